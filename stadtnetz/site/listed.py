"""What the list of addresses must know of a page; the ledger keeps it of pages that are not made again."""

from __future__ import annotations

from msgspec import Struct

__all__ = ["Listed", "Version"]


class Version(Struct, frozen=True, array_like=True):
    """A page in one of its languages."""

    language: str
    label: str
    url: str
    absolute_url: str


class Listed(Struct, frozen=True, array_like=True):
    """A page's complete address, the day of its last change in ISO format or "", and its versions if it has several."""

    url: str
    modified: str
    versions: tuple[Version, ...] = ()
