"""Markdown to safe HTML, together with everything that others must know about a text.

Pure: the same text gives the same body. The steps: set marks that carry positions, convert, read the marks that
came out in raw tags, remove all marks, sanitise. Nothing raises for bad input; what is wrong becomes diagnostics
with the place in the file.
"""

from __future__ import annotations

import re

from stadtnetz.diagnostics import Diagnostic, problem
from stadtnetz.text.body import Body, BodyImage, BodyReference, Heading
from stadtnetz.text.extensions import convert
from stadtnetz.text.job import Job
from stadtnetz.text.marks import set_marks, without_marks
from stadtnetz.text.places import Places
from stadtnetz.text.sanitise import objection, sanitise
from stadtnetz.text.yamlerrors import TEMPLATE_SYNTAX

__all__ = ["LONGEST_BODY", "Body", "BodyImage", "BodyReference", "Heading", "render"]

LONGEST_BODY = 400_000
"""Characters; a long novel's half. Python-Markdown is not linear for every text."""
_LONGEST_PARAGRAPH = 20_000
_MOST_SIGNS = {"[": 400, "`": 2_000, "#": 2_000, "<": 2_000, "~": 2_000}
"""How often a character may occur at which Python-Markdown looks through the rest of the paragraph, or of the text."""
_MOST_LINES = 500
"""In a paragraph: headings that are underlined are taken off it one by one, and what is left is copied each time."""
_MOST_CELLS = 20_000
"""Of all tables: each row gets as many cells as the first has, so that a short text can make millions."""
_WIDEST_GAP = 200
"""Blanks in a row; what may stand between the parts of a reference is tried in every way."""

_GAP = re.compile(rf"[ \t]{{{_WIDEST_GAP}}}")
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n|\Z")

_RAW_TAG = re.compile(">\ufdd1(\\d+)\ufdd2")
_ALONE = re.compile(
    r"<p>\s*(</?details(?:\s[^<>]*)?>|<summary(?:\s[^<>]*)?>(?:(?!</?p>).)*?</summary>)\s*</p>", re.DOTALL
)
_BLOCK_LINE = re.compile(
    r"^[ \t]*((?:</?details(?:\s[^<>\n]*)?>|<summary(?:\s[^<>\n]*)?>.*</summary>)(?:\ufdd1\d+\ufdd2)?)[ \t]*$",
    re.MULTILINE,
)


def render(text: str, path: str, first_line: int, language: str) -> tuple[Body, tuple[Diagnostic, ...]]:
    """Convert a text that begins at a line of a file. A body comes out in any case, if only an empty one."""
    places = Places.of(text, first_line)
    refused = _too_much(text, path, places)
    if refused is not None:
        return _EMPTY, (refused,)
    marked = set_marks(text)
    job = Job(path, language, places, text, marked)
    for offset in marked.unclosed:
        job.report("comment-unclosed", places.at(offset, 4))
    try:
        html = convert(_set_apart(marked.text), job)
    except RecursionError:
        # Python-Markdown descends into lists and quotations by recursion and has no limit of its own.
        return _EMPTY, (problem("markdown-nesting", path, places.at(0)),)
    _check_tags(html, job)
    html = without_marks(html)
    if "details" in html or "summary" in html:
        html = _ALONE.sub(r"\1", html)
    html = sanitise(html)
    if any(mark.kind == "tag" for mark in marked.marks):
        html = _settled(html)
    body = Body(html, tuple(job.headings), tuple(job.references), job.words, tuple(job.images))
    return body, tuple(dict.fromkeys(job.diagnostics))


_EMPTY = Body("", (), (), 0)
_MOST_TIMES = 5
"""Two were enough for whatever was tried; a text may not keep a build from ending."""


def _settled(html: str) -> str:
    """Sanitise until nothing changes any more: what tags written by hand leave open may be closed elsewhere each time.

    What was remembered is sanitised again by whoever takes it from there, and must come out the same.
    """
    for _ in range(_MOST_TIMES):
        before, html = html, sanitise(html)
        if html == before:
            break
    return html


def _too_much(text: str, path: str, places: Places) -> Diagnostic | None:
    """Refuse what would take Python-Markdown minutes: nobody writes it, but somebody may paste it."""
    if len(text) > LONGEST_BODY:
        return problem("text-too-long", path, places.at(0), limit=LONGEST_BODY)
    for sign, most in _MOST_SIGNS.items():
        if text.count(sign) > most:
            return problem("too-many-signs", path, places.at(text.find(sign)), sign=sign, limit=most)
    if " " * _WIDEST_GAP in text or "\t" in text:
        gap = _GAP.search(text)
        if gap is not None:
            return problem("gap-too-wide", path, places.at(gap.start()), limit=_WIDEST_GAP)
    lines = text.count("\n") + 1
    if len(text) <= _LONGEST_PARAGRAPH and lines <= _MOST_LINES and lines * text.count("|") <= _MOST_CELLS:
        return None  # what holds for the whole holds for each paragraph
    start = cells = 0
    for match in _PARAGRAPH_END.finditer(text):
        length, lines = match.start() - start, text.count("\n", start, match.start()) + 1
        if length > _LONGEST_PARAGRAPH:
            return problem("text-too-long", path, places.at(start), limit=_LONGEST_PARAGRAPH)
        if lines > _MOST_LINES:
            return problem("too-many-lines", path, places.at(start), limit=_MOST_LINES)
        if text.find("|", start, match.start()) >= 0:
            cells += lines * max(line.count("|") for line in text[start : match.start()].split("\n"))
            if cells > _MOST_CELLS:
                return problem("table-too-large", path, places.at(start), limit=_MOST_CELLS)
        start = match.end()
    return None


def _set_apart(text: str) -> str:
    """Put blank lines around the tags of a details box, so that Markdown works inside it."""
    return _BLOCK_LINE.sub(r"\n\1\n", text) if "<details" in text else text


def _check_tags(html: str, job: Job) -> None:
    """Report tags that Markdown let through as HTML: behind those, and only those, a mark follows a bare `>`."""
    reported: set[str] = set()
    for match in _RAW_TAG.finditer(html):
        number = int(match[1])
        if number >= len(job.marked.marks) or job.marked.marks[number].kind != "tag":
            continue
        mark = job.marked.marks[number]
        written = job.source[mark.start : mark.end]
        found = objection(written)
        if found and not (written.startswith("</") and found in reported):
            reported.add(found)
            job.report("html-not-allowed", job.places.span(mark.start, mark.end), what=found)
        for syntax in TEMPLATE_SYNTAX.finditer(written):
            job.report("template-syntax", job.places.at(mark.start + syntax.start(), 2), syntax=syntax[0])
