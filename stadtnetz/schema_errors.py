"""What pydantic's errors mean to the person who wrote the file: our codes, labels and places.

Each error's location leads through the model (for labels, choices and the names of possible fields) and through
the positions of the file. Every error type that the model can raise has a code; one that nobody has thought of
still becomes a plain sentence.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from stadtnetz.dates import DateFormatError, ImpossibleDateError, PartialDate
from stadtnetz.diagnostics import Diagnostic, Span, problem
from stadtnetz.diagnostics.suggest import nearest
from stadtnetz.model.base import Choice, Record
from stadtnetz.model.city import State
from stadtnetz.model.picture import Picture
from stadtnetz.text.document import Loc, Plain, YamlDocument
from stadtnetz.text.slug import slugify

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic.fields import FieldInfo

__all__ = ["CODES", "diagnose"]

CODES: Mapping[str, str] = {
    "extra_forbidden": "unknown-field",
    "missing": "field-missing",
    "string_type": "text-expected",
    "tuple_type": "list-expected",
    "list_type": "list-expected",
    "model_type": "fields-expected",
    "model_attributes_type": "fields-expected",
    "dict_type": "fields-expected",
    "enum": "unknown-choice",
    "int_type": "number-expected",
    "int_parsing": "number-expected",
    "int_parsing_size": "number-range",
    "int_from_float": "number-expected",
    "float_type": "number-expected",
    "float_parsing": "number-expected",
    "finite_number": "number-expected",
    "greater_than": "number-range",
    "greater_than_equal": "number-range",
    "less_than": "number-range",
    "less_than_equal": "number-range",
    "bool_type": "yes-no-form",
    "bool_parsing": "yes-no-form",
    "date_form": "date-form",
    "date_impossible": "date-impossible",
    "date_precision": "date-precision",
    "period_order": "period-order",
    "id_form": "id-form",
    "text_empty": "text-empty",
    "url_form": "url-form",
    "address_form": "address-form",
    "manifest_form": "manifest-form",
    "host_form": "host-form",
    "email_form": "email-form",
    "phone_form": "phone-form",
    "length_form": "length-form",
    "yes_no_form": "yes-no-form",
    "tandem_without_city": "tandem-without-city",
    "tandem_one_sided": "tandem-one-sided",
    "tandem_not_pending": "tandem-not-pending",
}
"""Pydantic's error types, and those of the model, with our codes."""

_LONGEST_VALUE = 60


class _Finding(Struct, frozen=True):
    """One of pydantic's errors with its surroundings."""

    kind: str
    loc: Loc
    value: object
    context: Mapping[str, Any]
    reason: str
    owner: type[Record]
    """The record that the field belongs to."""
    info: FieldInfo | None
    document: YamlDocument
    path: str

    @property
    def field(self) -> str:
        """Return the name of the nearest field; an item of a list goes by the name of the list."""
        return next((str(part) for part in reversed(self.loc) if isinstance(part, str)), "")

    @property
    def label(self) -> str:
        return (self.info.title if self.info else None) or self.field

    @property
    def shown(self) -> str:
        text = str(self.value) if isinstance(self.value, str | int | float) else ""
        text = " ".join(text.split())
        return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"

    def report(self, code: str, span: Span | None = None, **params: str | int) -> Diagnostic:
        common: dict[str, str | int] = {"field": self.field, "label": self.label, "value": self.shown}
        return problem(
            code, self.path, span or self.document.spans.value(self.loc), related=(), **{**common, **params}
        )


def diagnose(
    error: ValidationError, model: type[Record], document: YamlDocument, path: str
) -> Iterator[Diagnostic]:
    """Yield all errors of a record."""
    for item in error.errors(include_url=False):
        loc = tuple(part for part in item["loc"] if isinstance(part, str | int))
        owner, info = _field(model, loc)
        finding = _Finding(
            item["type"],
            loc,
            item.get("input"),
            item.get("ctx", {}),
            item["msg"],
            owner,
            info,
            document,
            path,
        )
        yield _diagnostic(finding)


def _diagnostic(finding: _Finding) -> Diagnostic:
    code = CODES.get(finding.kind, "value-invalid")
    if finding.value is None and code not in ("unknown-field", "field-missing"):
        return finding.report("text-empty")
    if code in ("field-missing", "text-empty"):
        return _absent(finding, code)
    if code == "unknown-field":
        return _unknown_field(finding)
    if code == "unknown-choice":
        return _unknown_choice(finding)
    if code == "list-expected":
        return finding.report(code, suggestion=finding.shown)
    if code == "fields-expected":
        record = _record(finding.info.annotation) if finding.info else None
        return finding.report(code, known=_names(record or finding.owner))
    if code == "number-range":
        limits = ((" ≥ ", "ge"), (" > ", "gt"), (" ≤ ", "le"), (" < ", "lt"))
        limit = ", ".join(
            f"{sign.strip()} {finding.context[key]}" for sign, key in limits if key in finding.context
        )
        return finding.report(code, limit=limit or "< 10¹⁸")
    if code.startswith(("yes-no-", "date-")) and not isinstance(finding.value, str):
        return finding.report("text-expected")
    if code == "date-precision":
        return finding.report(code, example=str(finding.context.get("example", "2022-07-08")))
    if code == "period-order":
        return _period(finding)
    if code == "id-form":
        return finding.report(code, suggestion=slugify(finding.shown))
    if code == "url-form":
        return finding.report(code, suggestion=_likely_url(finding.shown))
    if code.startswith("tandem-"):
        return _tandem(finding, code)
    if code == "value-invalid":
        return finding.report(code, reason=finding.reason)
    return finding.report(code)


def _absent(finding: _Finding, code: str) -> Diagnostic:
    """Report a field that is missing or empty; for a field that stands there without a value, at its name."""
    spans = finding.document.spans
    there = finding.loc in spans.keys or finding.loc in spans.values
    place = spans.value if code == "text-empty" else spans.key
    span = place(finding.loc) if there else _parent(finding)
    if issubclass(finding.owner, Picture) and finding.field in ("alt", "credit"):
        picture = _raw(finding.document.data, finding.loc[:-1])
        file = picture.get("file") if isinstance(picture, dict) else None
        return finding.report(
            f"picture-without-{finding.field}", span, file=file if isinstance(file, str) else "?"
        )
    if code == "field-missing" and there:
        code = "field-empty"
    return finding.report(code, span, help=(finding.info.description if finding.info else None) or "")


def _parent(finding: _Finding) -> Span:
    """Return where a field is missing: at the field that contains it, or at the record's first character."""
    spans, parent = finding.document.spans, finding.loc[:-1]
    if parent in spans.keys:
        return spans.keys[parent]
    start = spans.value(parent)
    return Span.at(start.line, start.column)


def _unknown_field(finding: _Finding) -> Diagnostic:
    names = finding.owner.model_fields
    labels = {(info.title or "").casefold(): name for name, info in names.items()}
    meant = labels.get(finding.field.casefold()) or nearest(finding.field, names)
    span = finding.document.spans.key(finding.loc)
    return finding.report("unknown-field", span, known=_names(finding.owner), suggestion=meant)


def _unknown_choice(finding: _Finding) -> Diagnostic:
    choices = _choices(finding.info.annotation) if finding.info else None
    if choices is None:
        return finding.report("value-invalid", reason=finding.reason)
    if not isinstance(finding.value, str):
        return finding.report("text-expected")
    values = [choice.value for choice in choices]
    labels = {
        text.casefold(): choice.value for choice in choices for text in (choice.label_de, choice.label_en)
    }
    wanted = finding.value.casefold()
    short = {value.casefold().removeprefix("de-"): value for value in values}
    meant = labels.get(wanted) or short.get(wanted) or nearest(finding.value, values)
    meant = meant or labels.get(nearest(wanted, labels), "")
    code = "unknown-state" if choices is State else "unknown-choice"
    return finding.report(code, known=", ".join(values), suggestion=meant)


def _period(finding: _Finding) -> Diagnostic:
    """Report at the date that comes too early."""
    start, end = str(finding.context.get("start", "")), str(finding.context.get("end", ""))
    record = _raw(finding.document.data, finding.loc)
    fields = record.items() if isinstance(record, dict) else ()
    late = [(*finding.loc, name) for name, value in fields if isinstance(value, str) and _iso(value) == end]
    span = finding.document.spans.value(late[-1]) if late else None
    return finding.report("period-order", span, start=start, end=end)


def _iso(text: str) -> str:
    try:
        return str(PartialDate.parse(text))
    except (DateFormatError, ImpossibleDateError):
        return ""


def _tandem(finding: _Finding, code: str) -> Diagnostic:
    keys = finding.document.spans.keys
    names = ("pending",) if code == "tandem-not-pending" else ("mentor", "mentee", "pending")
    found = [keys[(*finding.loc, name)] for name in names if (*finding.loc, name) in keys]
    start = finding.document.spans.value(finding.loc)
    return finding.report(code, found[0] if found else Span.at(start.line, start.column))


def _likely_url(value: str) -> str:
    return f"https://{value}" if value and "://" not in value and "." in value and " " not in value else ""


def _names(model: type[Record]) -> str:
    return ", ".join(model.model_fields)


def _raw(data: Plain, loc: Loc) -> Plain:
    """Return what stands at a location in the file's plain data."""
    for part in loc:
        if isinstance(data, dict) and isinstance(part, str):
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        else:
            return None
    return data


def _field(model: type[Record], loc: Loc) -> tuple[type[Record], FieldInfo | None]:
    """Follow a location through the model: the record that the last field belongs to, and that field."""
    owner, info = model, None
    for part in loc:
        if isinstance(part, int):
            continue
        if info is not None and (inner := _record(info.annotation)) is not None:
            owner = inner
        info = owner.model_fields.get(part)
        if info is None:
            break
    return owner, info


def _record(annotation: object) -> type[Record] | None:
    """Return the record that a field holds, alone or in a list."""
    return next((found for found in _types(annotation) if issubclass(found, Record)), None)


def _choices(annotation: object) -> type[Choice] | None:
    return next((found for found in _types(annotation) if issubclass(found, Choice)), None)


def _types(annotation: object) -> Iterator[type]:
    if typing.get_origin(annotation) in (typing.Annotated, typing.Union, types.UnionType, tuple):
        for part in typing.get_args(annotation):
            yield from _types(part)
    elif isinstance(annotation, type):
        yield annotation
