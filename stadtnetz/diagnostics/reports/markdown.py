"""Markdown for a comment on a merge request, or for the summary of a job."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from stadtnetz.diagnostics.catalogue import Severity
from stadtnetz.diagnostics.printers import place, visible
from stadtnetz.diagnostics.reports.common import sentences, worst_first

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stadtnetz.diagnostics import Diagnostic

__all__ = ["as_it_is", "comment", "in_code"]

_LONGEST = 60_000
"""Characters: GitHub refuses a comment of more than 65,536."""

_WORDS = {
    "de": {
        "title": "Prüfung der Inhalte",
        "clean": "Keine Fehler, keine Warnungen.",
        "strict": "Warnungen zählen hier wie Fehler.",
        Severity.ERROR: ("1 Fehler", "{} Fehler"),
        Severity.WARNING: ("1 Warnung", "{} Warnungen"),
        Severity.ADVICE: ("1 Empfehlung", "{} Empfehlungen"),
        "more": "… und {} weitere; `python build.py check` nennt alle.",
    },
    "en": {
        "title": "Check of the content",
        "clean": "No errors, no warnings.",
        "strict": "Warnings count as errors here.",
        Severity.ERROR: ("1 error", "{} errors"),
        Severity.WARNING: ("1 warning", "{} warnings"),
        Severity.ADVICE: ("1 piece of advice", "{} pieces of advice"),
        "more": "… and {} more; `python build.py check` names all.",
    },
}


def comment(diagnostics: tuple[Diagnostic, ...], language: str, strict: bool) -> str:
    """Return the problems by severity, the worst first, as many as a comment has room for."""
    words = _WORDS[language]
    lines = [f"## {words['title']}"]
    if not diagnostics:
        return f"{lines[0]}\n\n{words['clean']}\n"
    numbers = Counter(one.severity for one in diagnostics)
    if strict and numbers[Severity.WARNING] and not numbers[Severity.ERROR]:
        lines += ["", str(words["strict"])]
    length, last = 0, None
    for shown, one in enumerate(worst_first(diagnostics)):
        item = _item(one, language)
        length += len(item)
        if length > _LONGEST:
            lines += ["", str(words["more"]).format(len(diagnostics) - shown)]
            break
        if one.severity is not last:
            last, number = one.severity, numbers[one.severity]
            single, many = words[one.severity]
            lines += ["", f"### {single if number == 1 else many.format(number)}", ""]
        lines.append(item)
    return "\n".join(lines) + "\n"


def _item(diagnostic: Diagnostic, language: str) -> str:
    first, *rest = sentences(diagnostic, language)
    lines = [
        f"- {in_code(place(diagnostic.path, diagnostic.span))} {as_it_is(first)} ({in_code(diagnostic.code)})"
    ]
    return "\n".join([*lines, *(f"  <br>{as_it_is(line)}" for line in rest)])


def as_it_is(text: str) -> str:
    """Return a text that Markdown shows as it is. Nobody is called by it: a joiner stands behind each @."""
    return re.sub(r"([\\`*_{}\[\]()#+!|~<>&@-])", r"\\\1", visible(text)).replace("@", "@\N{WORD JOINER}")


def in_code(text: str) -> str:
    """Return a text as code, in as many backticks as it takes."""
    longest = max((len(run) for run in _backticks(text)), default=0)
    fence, pad = "`" * (longest + 1), " " if longest else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _backticks(text: str) -> Iterable[str]:
    return re.findall("`+", text)
