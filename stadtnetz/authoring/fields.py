"""What the content model says about a field: its German label and help, its form, whether it must be filled in.

Questions and comments in new files are made from this, so that they can't say anything else than the model.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from stadtnetz.model.base import Choice, Record, Reference
from stadtnetz.model.shared import Entry
from stadtnetz.text.document import Loc

__all__ = ["Field", "field_at", "fields_of"]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record; at most one of `kind`, `choices` and `record` says what its values are."""

    name: str
    label: str
    help: str
    required: bool
    many: bool
    kind: str
    """Which kind of entry it names, "" for none."""
    choices: type[Choice] | None
    record: type[Record] | None


@cache
def fields_of(model: type[Record]) -> tuple[Field, ...]:
    """Return a model's fields in the order in which they are written: what all entries have comes last."""
    common = set(Entry.model_fields) if issubclass(model, Entry) else set()
    names = sorted(model.model_fields, key=lambda name: name in common)
    return tuple(_field(model, name) for name in names)


def field_at(model: type[Record], loc: Loc) -> Field:
    """Return the field that a way leads to. Raises KeyError where the model has no such way."""
    names = [part for part in loc if isinstance(part, str)]
    owner = model
    for name in names[:-1]:
        inner = _field(owner, name).record
        if inner is None:
            raise KeyError(loc)
        owner = inner
    return _field(owner, names[-1])


def _field(model: type[Record], name: str) -> Field:
    info = model.model_fields[name]
    parts = [info.annotation, *info.metadata, *_inside(info.annotation)]
    kinds = [part.kind for part in parts if isinstance(part, Reference)]
    classes = [part for part in parts if isinstance(part, type)]
    return Field(
        name,
        info.title or name,
        info.description or "",
        info.is_required(),
        any(typing.get_origin(part) is tuple for part in parts),
        kinds[0] if kinds else "",
        next((part for part in classes if issubclass(part, Choice)), None),
        next((part for part in classes if issubclass(part, Record)), None),
    )


def _inside(annotation: object) -> Iterator[object]:
    """Yield everything that an annotation is made of."""
    if typing.get_origin(annotation) in (typing.Annotated, typing.Union, types.UnionType, tuple):
        for part in typing.get_args(annotation):
            yield part
            yield from _inside(part)
