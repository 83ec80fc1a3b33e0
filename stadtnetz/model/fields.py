"""What the content model says about a field: its German label and help, its form, whether it must be filled in.

This is the one catalogue of all fields. Questions and comments in new files, JSON Schemas, the field reference and
the form in the browser are made from it, so that none of them can say anything else than what the check demands.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from stadtnetz.model.base import Choice, DateForm, Form, Record, Reference
from stadtnetz.model.shared import Entry

__all__ = ["Field", "field_at", "fields_of"]


class Field(Struct, frozen=True):
    """A field of a record; `form`, `dates`, `number`, `choices` or `record` says what its values are.

    A reference has the form of an id as well.
    """

    name: str
    label: str
    help: str
    required: bool
    many: bool
    """Whether it is a list."""
    by_language: bool
    """Whether it holds one value a language."""
    kind: str
    """Which kind of entry it names, "" for none."""
    choices: type[Choice] | None
    record: type[Record] | None
    form: Form | None
    dates: DateForm | None
    number: type[int] | type[float] | None
    least: float | None
    most: float | None
    """The limits of a number, inclusive."""
    default: object
    """None where there is none, and for lists and records."""


@cache
def fields_of(model: type[Record]) -> tuple[Field, ...]:
    """Return a model's fields in the order in which they are written: what all entries have comes last."""
    common = set(Entry.model_fields) if issubclass(model, Entry) else set()
    names = sorted(model.model_fields, key=lambda name: name in common)
    return tuple(_field(model, name) for name in names)


def field_at(model: type[Record], loc: tuple[str | int, ...]) -> Field:
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
    classes = [part for part in parts if isinstance(part, type)]
    form = next((part for part in parts if isinstance(part, Form)), None)
    origins = [typing.get_origin(part) for part in parts]
    return Field(
        name,
        info.title or name,
        info.description or "",
        info.is_required(),
        tuple in origins,
        dict in origins,
        next((part.kind for part in parts if isinstance(part, Reference)), ""),
        next((part for part in classes if issubclass(part, Choice)), None),
        next((part for part in classes if issubclass(part, Record)), None),
        form,
        next((part for part in parts if isinstance(part, DateForm)), None),
        next((part for part in classes if part in (int, float)), None) if form is None else None,
        _limit(info.metadata, "ge"),
        _limit(info.metadata, "le"),
        info.default if isinstance(info.default, str | bool | int) else None,
    )


def _limit(metadata: typing.Iterable[object], name: str) -> float | None:
    found = (getattr(part, name, None) for part in metadata)
    return next((limit for limit in found if isinstance(limit, int | float)), None)


def _inside(annotation: object) -> Iterator[object]:
    """Yield everything that an annotation is made of."""
    if typing.get_origin(annotation) in (typing.Annotated, typing.Union, types.UnionType, tuple, dict):
        for part in typing.get_args(annotation):
            yield part
            yield from _inside(part)
