"""What comes out of YAML: plain data, and where everything in it stands. Nothing here needs YAML itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from msgspec import Struct

from stadtnetz.diagnostics import Span

__all__ = ["FieldReference", "Loc", "Plain", "Spans", "YamlDocument"]

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"
"""What YAML can say here."""

Loc: TypeAlias = tuple[str | int, ...]
"""The way to a value: keys and indices from the top."""


class Spans(Struct, frozen=True):
    """Where values and keys stand, by the way to them; also of values that are empty and therefore left out."""

    values: Mapping[Loc, Span]
    keys: Mapping[Loc, Span]

    def value(self, loc: Loc) -> Span:
        """Return where a value stands, or the nearest thing around it."""
        for length in range(len(loc), -1, -1):
            if loc[:length] in self.values:
                return self.values[loc[:length]]
        return Span.at(1, 1)

    def key(self, loc: Loc) -> Span:
        """Return where a key stands; where there is none (in lists), the value."""
        return self.keys[loc] if loc in self.keys else self.value(loc)


class FieldReference(Struct, frozen=True):
    """A field that names another entry: the way to it, what it names, and where."""

    loc: Loc
    kind: str
    id: str
    span: Span


class YamlDocument(Struct, frozen=True):
    """A mapping from the top; empty values are left out of mappings and stay None in lists."""

    data: dict[str, Plain]
    spans: Spans
