"""What a YAML syntax error means to the person who wrote the file.

The parser knows the first error only and names it in its own terms. Here its sentence becomes one of our codes,
at the place where something has to be changed, and where the slip is a single character the text is mended (in
memory, without moving anything) so that the errors after it are found in the same run.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from stadtnetz.diagnostics import Diagnostic, problem
from stadtnetz.text.places import Places

if TYPE_CHECKING:
    import yaml

__all__ = ["TEMPLATE_SYNTAX", "Explanation", "explain"]

TEMPLATE_SYNTAX = re.compile(r"\{\{|\{%|\{#")
"""What Jinja would read; content is never a template."""

_MOST_TABS = 20
"""Reported at once: whoever has more has set the editor wrongly, and knows by then."""
_TABBED_LINE = re.compile(r"^ *\t[ \t]*(?=-? *[\w\"'][^\n]*:|- )", re.MULTILINE)


class Explanation(Struct, frozen=True):
    """What to report, and how to go on.

    `mended` has the same length as the text, None where reading can't go on; `reliable` tells whether the mended
    text still means what its author meant; `certain` errors are true even in a text that is not reliable.
    """

    diagnostics: tuple[Diagnostic, ...]
    mended: str | None = None
    reliable: bool = True
    certain: bool = False


class _Error(Struct, frozen=True):
    """A parser's error with its places as offsets, and the text around it."""

    text: str
    path: str
    places: Places
    problem: str
    context: str
    at: int
    since: int

    @property
    def line_start(self) -> int:
        return self.text.rfind("\n", 0, self.at) + 1

    def line(self, offset: int) -> str:
        """Return the line that an offset lies in."""
        start = self.text.rfind("\n", 0, offset) + 1
        end = self.text.find("\n", offset)
        return self.text[start : len(self.text) if end < 0 else end]

    def report(self, code: str, offset: int, length: int = 1, **params: str | int) -> Diagnostic:
        return problem(code, self.path, self.places.at(offset, length), related=(), **params)

    def mend(self, *offsets: int, by: str = "x") -> str:
        text = self.text
        for offset in offsets:
            text = text[:offset] + by + text[offset + 1 :]
        return text


def explain(error: yaml.YAMLError, text: str, path: str, places: Places) -> Explanation:
    """Say what a parser's error means; never raises."""
    mark = getattr(error, "problem_mark", None)
    context_mark = getattr(error, "context_mark", None)
    at = min(mark.index if mark else 0, len(text))
    since = min(context_mark.index if context_mark else at, len(text))
    found = _Error(
        text,
        path,
        places,
        getattr(error, "problem", None) or "",
        getattr(error, "context", None) or "",
        at,
        since,
    )
    for offset in (at - 1, at, since):
        if offset >= 0 and TEMPLATE_SYNTAX.match(text, offset):
            syntax = text[offset : offset + 2]
            return Explanation((found.report("template-syntax", offset, 2, syntax=syntax),), certain=True)
    for explained in (_tab, _colon, _quote, _character, _structure):
        if (explanation := explained(found)) is not None:
            return explanation
    if hit := TEMPLATE_SYNTAX.search(found.line(since)):
        offset = text.rfind("\n", 0, since) + 1 + hit.start()
        return Explanation((found.report("template-syntax", offset, 2, syntax=hit[0]),), certain=True)
    return Explanation((found.report("yaml-syntax", at, reason=found.problem or type(error).__name__),))


def _tab(error: _Error) -> Explanation | None:
    if "tab character" not in error.problem and not (
        "cannot start any token" in error.problem and error.text[error.at : error.at + 1] == "\t"
    ):
        return None
    lines = {match.start(): match.end() for match in _TABBED_LINE.finditer(error.text)}
    start = error.line_start
    indent = re.compile(r"[ \t]*").match(error.text, start)
    lines.setdefault(start, indent.end() if indent else start + 1)
    diagnostics: list[Diagnostic] = []
    mended = list(error.text)
    for begin, end in sorted(lines.items()):
        tab = error.text.find("\t", begin, end)
        if tab >= 0 and len(diagnostics) < _MOST_TABS:
            diagnostics.append(error.report("yaml-tab", tab))
        mended[begin:end] = error.text[begin:end].replace("\t", " ")
    if not diagnostics:
        diagnostics.append(error.report("yaml-tab", error.at))
    return Explanation(tuple(diagnostics), "".join(mended), reliable=False, certain=True)


def _colon(error: _Error) -> Explanation | None:
    if "mapping values are not allowed" not in error.problem:
        return None
    before = error.text[error.line_start : error.at]
    if match := re.match(r"([ \t]*(?:- +)*[^:\n]*:[ \t]+)(?=\S)", before):
        value = error.line(error.at)[match.end() :].strip()
        suggestion = f'{match[1].strip()} "{value}"' if '"' not in value else ""
        found = error.report("yaml-colon", error.at, suggestion=suggestion)
        return Explanation((found,), error.mend(error.at, by="·"), certain=True)
    above = error.text[: error.line_start].rstrip()
    start = above.rfind("\n") + 1
    previous = above[start:]
    indent = len(previous) - len(previous.lstrip())
    if re.search(r":(?:\s|$)", previous):
        return Explanation(
            (error.report("yaml-indent", error.at - len(before.lstrip()), len(before.strip()) or 1),)
        )
    if match := re.match(r"\s*(?:- +)*([\w-]+):(?=\S)(.*)", previous):
        suggestion = f"{match[1]}: {match[2]}"
        return Explanation((error.report("yaml-colon-space", start + match.end(1), suggestion=suggestion),))
    return Explanation((error.report("yaml-key", start + indent, max(1, len(previous) - indent)),))


def _quote(error: _Error) -> Explanation | None:
    if "escape c" in error.problem or "hexdecimal" in error.problem:
        slash = error.text.rfind("\\", 0, error.at + 1)
        mended = error.mend(slash, by="/") if slash >= 0 else None
        return Explanation((error.report("yaml-escape", max(slash, 0), 2),), mended, certain=True)
    if "quoted scalar" in error.context:
        return Explanation((error.report("yaml-quote", error.since),), error.mend(error.since), certain=True)
    before = error.text[: error.at].rstrip(" ")
    if not error.problem.startswith("did not find expected") or not before.endswith(('"', "'")):
        return None
    # A quotation mark closed too early: by an apostrophe, or because one above was never closed.
    mark = before[-1]
    end = error.text.find("\n", error.at)
    end = len(error.text) if end < 0 else end
    for _ in range(100):
        start = error.text.rfind("\n", 0, end) + 1
        hits = [start + m.start() for m in re.finditer(re.escape(mark), error.text[start:end])]
        if len(hits) % 2:
            return Explanation((error.report("yaml-quote", hits[0]),), error.mend(*hits))
        if start == 0:
            break
        end = start - 1
    start = error.line_start
    hits = [start + m.start() for m in re.finditer(re.escape(mark), error.text[start : error.at])]
    return Explanation(
        (error.report("yaml-quote", hits[0] if hits else error.at),), error.mend(*hits) if hits else None
    )


def _character(error: _Error) -> Explanation | None:
    character = error.text[error.at : error.at + 1]
    if "cannot start any token" in error.problem:
        found = error.report("yaml-character", error.at, character=character)
        return Explanation((found,), error.mend(error.at), certain=True)
    if "alphabetic or numeric" in error.problem and error.context.startswith("while scanning an"):
        return Explanation((error.report("yaml-alias", error.since),), error.mend(error.since), certain=True)
    if "block scalar" in error.context and "comment or line break" in error.problem:
        found = error.report(
            "yaml-character", error.since, character=error.text[error.since : error.since + 1]
        )
        return Explanation((found,), error.mend(error.since), certain=True)
    if "tag" in error.context:
        return Explanation((error.report("yaml-tag", error.since),), error.mend(error.since), certain=True)
    if "block sequence entries are not allowed" in error.problem:
        return Explanation((error.report("yaml-list", error.at),), error.mend(error.at))
    if error.problem == "did not find expected node content" and character:
        found = error.report("yaml-character", error.at, character=character)
        return Explanation((found,), error.mend(error.at))
    return None


def _structure(error: _Error) -> Explanation | None:
    if "could not find expected ':'" in error.problem:
        line = error.line(error.since).strip()
        return Explanation((error.report("yaml-key", error.since, max(1, len(line))),))
    if "expected ',' or" in error.problem:
        return _bracket(error, error.since)
    if "flow" in error.context and not error.text[error.at :].strip():
        return _bracket(error, max(error.text.rfind("[", 0, error.at), error.text.rfind("{", 0, error.at)))
    if error.text[error.at : error.at + 1] in ("]", "}"):
        return None
    if "<document start>" in error.problem and error.text[: error.at].rstrip().endswith("\n..."):
        return Explanation((error.report("yaml-documents", error.at),))
    indentation = (
        "did not find expected key",
        "did not find expected '-' indicator",
        "expected <document start>",
    )
    if any(text in error.problem for text in indentation):
        return Explanation((error.report("yaml-indent", error.at),))
    return None


def _bracket(error: _Error, offset: int) -> Explanation:
    opening = error.text[offset : offset + 1]
    closing = {"[": "]", "{": "}"}.get(opening, "]")
    return Explanation((error.report("yaml-bracket", max(offset, 0), opening=opening, closing=closing),))
