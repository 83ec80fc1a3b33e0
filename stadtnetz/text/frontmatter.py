"""Split a Markdown file into the fields at its top and its text.

The fields stand between two lines of three hyphens. Nothing is interpreted here; the line numbers of both parts
are kept, so that later stages report places in the file and not in a part of it.
"""

from __future__ import annotations

import re

from msgspec import Struct

from stadtnetz.diagnostics import Diagnostic, problem
from stadtnetz.text.places import Places

__all__ = ["FrontMatter", "has_front_matter", "split"]

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_LEADING = re.compile(r"(?:[ \t]*\n)*")


class FrontMatter(Struct, frozen=True):
    """The two parts of a file, each with the number of its first line."""

    yaml: str
    yaml_line: int
    body: str
    body_line: int


def has_front_matter(text: str) -> bool:
    """Tell whether a text begins with a fence and has a second one."""
    opening = _opening(text)
    return opening is not None and _FENCE.search(text, opening.end()) is not None


def split(text: str, path: str) -> tuple[FrontMatter | None, tuple[Diagnostic, ...]]:
    """Split a file at its fences; None and a diagnostic where they are missing, unclosed or hold nothing."""
    if not text.strip():
        return None, (problem("file-empty", path, Places.of(text).at(0)),)
    opening = _opening(text)
    if opening is None:
        return None, (problem("front-matter-missing", path, Places.of(text).at(_first_text(text))),)
    closing = _FENCE.search(text, opening.end())
    if closing is None:
        return None, (problem("front-matter-unclosed", path, Places.of(text).at(opening.start(), 3)),)
    fields = text[opening.end() + 1 : closing.start()]
    if not fields.strip():
        return None, (problem("front-matter-missing", path, Places.of(text).at(opening.start(), 3)),)
    yaml_line = text.count("\n", 0, opening.start()) + 2
    body_line = text.count("\n", 0, closing.start()) + 2
    return FrontMatter(fields, yaml_line, text[closing.end() + 1 :], body_line), ()


def _first_text(text: str) -> int:
    leading = _LEADING.match(text)
    return leading.end() if leading else 0


def _opening(text: str) -> re.Match[str] | None:
    return _FENCE.match(text, _first_text(text))
