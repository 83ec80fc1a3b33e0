"""Records to plain data and back, for what is remembered between builds.

What comes back was validated when it was read from its file; but memory on disk is data from outside. So every value
must have its field's type, and the checks of single fields (an address, an id) run again. What does not fit raises
`MalformedError`, and then the file is read anew. This takes a tenth of the time of a validation, and neither builds
nor needs pydantic's validators.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Mapping
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from stadtnetz.dates import DateFormatError, ImpossibleDateError, PartialDate
from stadtnetz.model.base import Record

if typing.TYPE_CHECKING:
    from pydantic.fields import FieldInfo

__all__ = ["MalformedError", "plain", "restore"]

R = TypeVar("R", bound=Record)
_Converter = Callable[[Any], Any]


class MalformedError(ValueError):
    """What was remembered is not what was stored."""


def plain(record: Record) -> dict[str, Any]:
    """Return a record as JSON can hold it, without the fields that have their defaults."""
    return record.model_dump(mode="json", exclude_defaults=True)


def restore(model: type[R], data: object) -> R:
    """Return the record that `plain` was given. Raises MalformedError."""
    defaults, required, converters = _shape(model)
    if not isinstance(data, dict) or not required <= data.keys():
        raise MalformedError(model.__name__)
    values = dict(defaults)
    try:
        for name, value in data.items():
            values[name] = converters[name](value)
    except (KeyError, ValueError, TypeError, OverflowError, PydanticCustomError) as error:
        raise MalformedError(f"{model.__name__}: {error}") from error
    record = model.__new__(model)
    put = object.__setattr__  # the record is frozen for everybody else
    put(record, "__dict__", values)
    put(record, "__pydantic_fields_set__", set(data))
    put(record, "__pydantic_extra__", None)
    put(record, "__pydantic_private__", None)
    return record


@cache
def _shape(model: type[Record]) -> tuple[Mapping[str, object], frozenset[str], Mapping[str, _Converter]]:
    """Return a record's defaults, its required fields, and what makes each value from plain data; once a class."""
    # Required fields as well, so that a record's fields are always in the same order.
    defaults = {name: _default(field) for name, field in model.model_fields.items()}
    required = frozenset(name for name, field in model.model_fields.items() if field.is_required())
    converters = {
        name: _checked(_converter(field.annotation), field.metadata)
        for name, field in model.model_fields.items()
    }
    return defaults, required, converters


def _default(field: FieldInfo) -> object:
    factory = field.default_factory
    if isinstance(factory, type) and issubclass(factory, Record):
        # Calling the class would make its validator, which takes longer than all that is restored.
        return restore(factory, {})
    return field.get_default(call_default_factory=True)


def _checked(convert: _Converter, metadata: typing.Iterable[object]) -> _Converter:
    checks: list[_Converter] = [
        typing.cast("_Converter", m.func) for m in metadata if isinstance(m, AfterValidator)
    ]
    if not checks:
        return convert

    def checked(value: object) -> object:
        made = convert(value)
        for check in checks:
            made = check(made)
        return made

    return checked


def _converter(annotation: object) -> _Converter:
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _checked(_converter(parts[0]), parts[1:])
    if origin in (typing.Union, types.UnionType):
        (inner,) = (part for part in parts if part is not type(None))
        return _optional(_converter(inner))
    if origin is tuple:
        return _many(_converter(parts[0]))
    if origin is dict:
        return _mapping(_converter(parts[1]))
    if not isinstance(annotation, type):
        raise TypeError(f"no way back for {annotation}")
    if issubclass(annotation, Record):
        return lambda value: restore(annotation, value)
    if issubclass(annotation, Enum):
        return annotation
    if annotation is PartialDate:
        return _date
    return _of_type(annotation)


def _optional(convert: _Converter) -> _Converter:
    return lambda value: None if value is None else convert(value)


def _many(convert: _Converter) -> _Converter:
    def many(value: object) -> object:
        if not isinstance(value, list):
            raise MalformedError("not a list")
        return tuple([convert(item) for item in value])

    return many


def _mapping(convert: _Converter) -> _Converter:
    def mapping(value: object) -> object:
        if not isinstance(value, dict):
            raise MalformedError("not a mapping")
        return {key: convert(item) for key, item in value.items()}

    return mapping


def _of_type(kind: type) -> _Converter:
    def same(value: object) -> object:
        if type(value) is kind:
            return value
        if kind is float and type(value) is int:
            return float(value)
        raise MalformedError(f"not {kind.__name__}")

    return same


@cache
def _date(value: str) -> PartialDate:
    try:
        return PartialDate.parse(value)
    except (DateFormatError, ImpossibleDateError, TypeError, AttributeError) as error:
        raise MalformedError("not a date") from error
