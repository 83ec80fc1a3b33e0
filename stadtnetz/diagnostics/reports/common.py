"""What several reports need: the order of importance, a fingerprint that survives edits, texts for people."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

from stadtnetz.diagnostics.catalogue import Severity, note, wording
from stadtnetz.diagnostics.printers import place, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stadtnetz.diagnostics import Diagnostic

__all__ = ["fingerprints", "sentences", "worst_first"]

_ORDER = tuple(Severity)


def worst_first(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sort by severity; what is equally bad keeps its order."""
    return sorted(diagnostics, key=lambda one: _ORDER.index(one.severity))


def fingerprints(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """Return for each problem by what it is known again when lines above it come or go.

    Made from code, file and parameters. The same thing twice in a file is told apart by counting, since systems drop
    what has a fingerprint that they have seen.
    """
    seen: Counter[str] = Counter()
    found = []
    for one in diagnostics:
        name = repr((one.code, one.path, one.params))
        seen[name] += 1
        found.append(sha256(f"{name} {seen[name]}".encode()).hexdigest())
    return found


def sentences(diagnostic: Diagnostic, language: str) -> list[str]:
    """Return the message, the related places and the hint, a line each, with nothing in them that is no text."""
    message, hint = wording(diagnostic.code, dict(diagnostic.params), language)
    others = [f"{note(one.note, language)}: {place(one.path, one.span)}" for one in diagnostic.related]
    return [visible(message), *others, *([visible(hint)] if hint else [])]
