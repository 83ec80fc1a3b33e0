"""Diagnostics as plain rows, for what is remembered between builds and what workers send."""

from __future__ import annotations

from typing import Any

from stadtnetz.diagnostics import Diagnostic, Related, Span

__all__ = ["from_row", "to_row"]


def to_row(diagnostic: Diagnostic) -> tuple[object, ...]:
    """Return a diagnostic as JSON can hold it."""
    related = [(other.note, other.path, _numbers(other.span)) for other in diagnostic.related]
    return diagnostic.code, diagnostic.path, _numbers(diagnostic.span), diagnostic.params, related


def from_row(row: list[Any]) -> Diagnostic:
    """Return the diagnostic again. Raises ValueError, TypeError or KeyError for what is no such row."""
    code, path, span, params, related = row
    found = Diagnostic(
        str(code),
        str(path),
        _span(span),
        tuple((str(name), value) for name, value in params),
        tuple(Related(str(note), str(where), _span(at)) for note, where, at in related),
    )
    _ = found.severity  # KeyError for a code that there is not
    return found


def _numbers(span: Span | None) -> tuple[int, ...] | None:
    return None if span is None else (span.line, span.column, span.end_line, span.end_column)


def _span(numbers: list[Any] | None) -> Span | None:
    return None if numbers is None else Span(*(int(number) for number in numbers))
