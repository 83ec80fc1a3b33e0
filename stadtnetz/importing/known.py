"""What the site knows already: its places, partners and background blocks, as a recogniser wants them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from stadtnetz.dates import PartialDate

__all__ = ["Known", "KnownBackground", "KnownName"]


class KnownName(Struct, frozen=True):
    """An entry with the names that it goes by; `cities` are the places in which a partner works."""

    kind: str
    id: str
    names: tuple[str, ...]
    cities: tuple[str, ...] = ()


class KnownBackground(Struct, frozen=True):
    """A background block: its heading, its words, and for when it holds."""

    id: str
    title: str
    text: str
    as_of: PartialDate


class Known(Struct, frozen=True):
    """Everything that can be recognised."""

    names: tuple[KnownName, ...] = ()
    backgrounds: tuple[KnownBackground, ...] = ()

    def of(self, kind: str) -> Iterator[KnownName]:
        """Yield what is known of a kind."""
        return (one for one in self.names if one.kind == kind)
