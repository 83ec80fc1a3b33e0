"""One record, several printers: readable text with an excerpt, and JSON.

Control characters in content are shown, not sent: a file must not be able to drive the terminal of whoever
checks it.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from stadtnetz.diagnostics.catalogue import Severity, note, wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from stadtnetz.diagnostics import Diagnostic, Span

__all__ = ["as_objects", "as_text", "excerpt", "place", "visible"]


_WORDS = {
    "de": {
        Severity.ERROR: "Fehler",
        Severity.WARNING: "Warnung",
        Severity.ADVICE: "Empfehlung",
        "hint": "Hinweis",
    },
    "en": {
        Severity.ERROR: "error",
        Severity.WARNING: "warning",
        Severity.ADVICE: "advice",
        "hint": "hint",
    },
}
_WIDEST = 160
"""Code points of a line that an excerpt shows."""


def visible(text: str) -> str:
    """Replace characters that would not print as themselves (controls, direction marks) by visible ones."""
    return "".join(_visible_character(character) for character in text)


def _visible_character(character: str) -> str:
    if character == "\t":
        return "→"
    category = unicodedata.category(character)
    if category == "Cc":
        return chr(0x2400 + ord(character)) if ord(character) < 0x20 else "\N{REPLACEMENT CHARACTER}"
    return (
        "\N{REPLACEMENT CHARACTER}"
        if category in ("Cf", "Cs", "Zl", "Zp") and character != "\N{SOFT HYPHEN}"
        else character
    )


def as_text(
    diagnostics: Iterable[Diagnostic],
    language: str,
    text_of: Callable[[str], str | None],
    style: Callable[[str, str], str],
) -> str:
    """Print for people. `style(text, role)` colours a severity, "place" and "hint", or does nothing."""
    return "\n\n".join(_one_text(diagnostic, language, text_of, style) for diagnostic in diagnostics)


def _one_text(
    diagnostic: Diagnostic,
    language: str,
    text_of: Callable[[str], str | None],
    style: Callable[[str, str], str],
) -> str:
    words = _WORDS[language]
    message, hint = wording(diagnostic.code, dict(diagnostic.params), language)
    severity = diagnostic.severity
    lines = [
        f"{style(place(diagnostic.path, diagnostic.span), 'place')}: "
        f"{style(words[severity], severity.value)} [{diagnostic.code}]",
        f"  {visible(message)}",
    ]
    lines += excerpt(text_of(diagnostic.path), diagnostic.span, style, severity.value)
    for other in diagnostic.related:
        lines.append(f"  {note(other.note, language)}: {style(place(other.path, other.span), 'place')}")
    if hint:
        lines.append(f"  {style(words['hint'], 'hint')}: {visible(hint)}")
    return "\n".join(lines)


def place(path: str, span: Span | None) -> str:
    """Write a place as `file:line:column`, which editors and terminals turn into a link."""
    return visible(path) if span is None else f"{visible(path)}:{span.line}:{span.column}"


def excerpt(text: str | None, span: Span | None, style: Callable[[str, str], str], role: str) -> list[str]:
    """Return the line of a text that a span begins in, and a line of carets; nothing where there is no such line."""
    if text is None or span is None:
        return []
    lines = text.split("\n")
    if not 1 <= span.line <= len(lines):
        return []
    line = lines[span.line - 1].rstrip("\r")
    start = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    shift = max(0, min(start - 20, len(line) - _WIDEST))
    shown = line[shift : shift + _WIDEST]
    length = max(1, min(end, shift + len(shown)) - start)
    number = str(span.line)
    return [
        f"  {number} | {visible(shown)}",
        f"  {' ' * len(number)} | {' ' * (start - shift)}{style('^' * length, role)}",
    ]


def as_objects(diagnostics: Iterable[Diagnostic], language: str) -> list[dict[str, Any]]:
    """Return plain objects for programs, one a problem, ready for JSON."""
    return [_one_object(diagnostic, language) for diagnostic in diagnostics]


def _one_object(diagnostic: Diagnostic, language: str) -> dict[str, Any]:
    message, hint = wording(diagnostic.code, dict(diagnostic.params), language)
    return {
        "path": diagnostic.path,
        **_span_object(diagnostic.span),
        "severity": diagnostic.severity.value,
        "code": diagnostic.code,
        "message": message,
        "hint": hint,
        "related": [
            {"note": note(other.note, language), "path": other.path, **_span_object(other.span)}
            for other in diagnostic.related
        ],
    }


def _span_object(span: Span | None) -> dict[str, int | None]:
    if span is None:
        return {"line": None, "column": None, "end_line": None, "end_column": None}
    return {
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
