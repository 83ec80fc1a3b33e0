"""Problems as data: what is wrong, where, and under which stable code.

Checkers yield diagnostics and go on; they never raise for bad input. A diagnostic holds no prose: its texts are
made from its code and parameters in one place (`catalogue`), so that every message exists in both languages and
every printer (terminal, JSON, reports) says the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from stadtnetz.diagnostics.catalogue import Severity, note, rule, wording

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Diagnostic", "Related", "Severity", "Span", "are_sound", "has_errors", "in_order", "problem"]


class Span(Struct, frozen=True, order=True, array_like=True):
    """A stretch of text: lines and columns from 1, columns in code points, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int

    @classmethod
    def at(cls, line: int, column: int, length: int = 1) -> Span:
        """Make a span inside one line."""
        return cls(line, column, line, column + length)


class Related(Struct, frozen=True, array_like=True):
    """A second place that belongs to a problem, with a note from the catalogue ("first-here")."""

    note: str
    path: str
    span: Span | None = None


class Diagnostic(Struct, frozen=True, array_like=True):
    """One problem.

    `path` is relative to the project's root, with forward slashes. `params` fill the message's blanks; dates in
    them are ISO text, kinds of entry their names, so that each language can say them in its own way.
    """

    code: str
    path: str
    span: Span | None = None
    params: tuple[tuple[str, str | int], ...] = ()
    related: tuple[Related, ...] = ()

    @property
    def severity(self) -> Severity:
        """Return how bad it is; fixed by the code."""
        return rule(self.code).severity


def problem(
    code: str, path: str, span: Span | None = None, *, related: tuple[Related, ...] = (), **params: str | int
) -> Diagnostic:
    """Make a diagnostic. Raises KeyError for a code that the catalogue does not have."""
    rule(code)
    return Diagnostic(code, path, span, tuple(sorted(params.items())), related)


def are_sound(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether diagnostics that come from outside can be told: whether the catalogue has words for them."""
    try:
        for one in diagnostics:
            wording(one.code, dict(one.params), "de")
            for other in one.related:
                note(other.note, "de")
    except (KeyError, ValueError, IndexError):
        return False
    return True


def has_errors(diagnostics: Iterable[Diagnostic], *, strict: bool = False) -> bool:
    """Tell whether a build may not publish; with `strict`, warnings count as well. Advice never does."""
    stopping = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return any(diagnostic.severity in stopping for diagnostic in diagnostics)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort by file and place, each once: the order in which an editor mends them."""
    first = Span(0, 0, 0, 0)
    return tuple(
        sorted(set(diagnostics), key=lambda d: (d.path, d.span or first, d.code, d.params, len(d.related)))
    )
