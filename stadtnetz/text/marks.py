"""Marks that carry positions through Python-Markdown, which keeps none.

Before conversion a mark is set at everything whose place may have to be reported: a link's destination, a
heading, an HTML tag, template syntax. Whatever Markdown makes of the text, a mark that comes out inside a link
was a link's, and one that comes out in code was only code; so nobody has to guess a second time what Markdown
regards as code. Marks are made of code points that Unicode keeps for such internal use and that `decode` refuses.

A single asterisk inside a word (Koordinator*innen) becomes such a code point as well, so that two of them in a
sentence are not taken for emphasis. HTML comments are editors' notes and are dropped here.
"""

from __future__ import annotations

import re

from markdown.inlinepatterns import HTML_RE
from msgspec import Struct, field

__all__ = ["MARK", "Mark", "Marked", "set_marks", "without_marks"]

_STAR, _OPEN, _CLOSE = "\ufdd0", "\ufdd1", "\ufdd2"

MARK = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
"""A mark in a text; group 1 is its number."""

_MARK_OR_BEGINNING = re.compile(f"{_OPEN}\\d*{_CLOSE}?")
_MARK_OR_PIECE = re.compile(f"{_OPEN}\\d*{_CLOSE}?|\\d*{_CLOSE}")
"""Python-Markdown ends a malformed link inside a mark at times."""

_INNER_STAR = re.compile(r"\*(?<=[^\W_]\*)(?=[^\W_])")

_PLACES = re.compile(
    r"""
      \n(?P<code>   (?P<fence>`{3,}+|~{3,}+)[^\n]*\n(?:[^\n]*\n)*?(?P=fence)[ ]*(?=\n|\Z) )
    | \\(?P<tick>   ` )
    | `(?P<ticks>  (?P<more>`*)(?!`)(?:(?!\n[ \t]*\n)[\s\S]){0,2000}?(?<!`)`(?P=more)(?!`) )
    | <(?P<comment>!--[\s\S]*?--> )
    | <(?P<open>   !-- )
    | <(?P<auto>   [A-Za-z][A-Za-z0-9+.\-]*://[^<>\s]*(?=>) )
    | <(?P<tag>    TAG )
    | \](?P<link>  \([ \t]*\n?[ \t]*<? )
    | \[(?P<note>  \^[^\]\n]+\](?!:) )
    | \n(?P<define>[ ]{0,3}\[(?!\^)[^\]\n]+\]:[ \t]*\n?[ \t]*<?(?=\S) )
    | \n(?P<heading>[ \t>]*\#{1,6}[ \t]* )
    | \n(?P<under> (?=(?:=+|-+)[ \t]*(?:\n|\Z)) )
    | \{(?P<template>[{%]|\#(?![A-Za-z][\w\-]*(?:[ ][^{}\n]*)?(?<!\#)\}) )
    """.replace("TAG", HTML_RE.removeprefix("(<").removesuffix(")").replace("#", r"\#")),
    re.VERBOSE,
)
"""Every alternative begins with one sign outside of any group: only then does Python look for these signs alone, and
skips ordinary text ten times as fast."""


class Mark(Struct, frozen=True):
    """What a mark stands for (a group's name above) and where, as offsets in the source."""

    kind: str
    start: int
    end: int


class Marked(Struct):
    """A text with marks set, and what they stand for; `unclosed` are offsets of comments without an end."""

    text: str = ""
    marks: list[Mark] = field(default_factory=list)
    unclosed: list[int] = field(default_factory=list)

    def find(self, text: str, *kinds: str) -> Mark | None:
        """Return the first mark of these kinds in a text that came out of Markdown."""
        for match in MARK.finditer(text):
            number = int(match[1])
            if number < len(self.marks) and (not kinds or self.marks[number].kind in kinds):
                return self.marks[number]
        return None


def set_marks(text: str) -> Marked:
    """Set marks in a Markdown source."""
    for reserved in (_STAR, _OPEN, _CLOSE):
        text = text.replace(reserved, "\N{REPLACEMENT CHARACTER}")
    if "*" in text:
        text = _INNER_STAR.sub(_STAR, text)
    marked = Marked()
    # The line break in front lets every alternative that needs the start of a line begin with one.
    pieces, last, source = [], 1, "\n" + text
    for match in _PLACES.finditer(source):
        kind = match.lastgroup or ""
        start, end = match.span()
        if kind in ("code", "tick", "ticks"):
            continue
        if kind == "open":
            marked.unclosed.append(start - 1)
        elif kind == "comment":
            pieces.append(source[last:start])
            last = end
        else:
            at = _before_attributes(source, start) if kind == "under" else end
            if kind == "under" and not source[max(last, source.rfind("\n", 0, at)) : at].strip():
                # A rule, not an underline: a mark would make a heading of the empty line above it.
                continue
            pieces.append(f"{source[last:at]}{_OPEN}{len(marked.marks)}{_CLOSE}")
            last = at
            marked.marks.append(_mark(kind, source, start, end))
    pieces.append(source[last:])
    marked.text = "".join(pieces)
    return marked


def _before_attributes(source: str, end: int) -> int:
    """Return where the text of an underlined heading ends: attributes after it must stay last in their line."""
    start = source.rfind("\n", 0, end) + 1
    brace = source.rfind("{", start, end)
    return brace - 1 if brace > start and source[brace - 1] == " " and source[:end].endswith("}") else end


def _mark(kind: str, source: str, start: int, end: int) -> Mark:
    if kind in ("link", "define"):
        return Mark("link", end - 1, end - 1)
    if kind == "auto":
        return Mark("link", start, end - 1)
    if kind == "heading":
        line = source[start + 1 : end]
        return Mark("heading", start + len(line) - len(line.lstrip(" \t>")), end - 1)
    if kind == "under":
        return Mark("heading", source.rfind("\n", 0, start), start - 1)
    return Mark(kind, start - 1, end - 1)


def without_marks(text: str) -> str:
    """Return a text with its marks gone and its asterisks back."""
    if _OPEN in text or _CLOSE in text:
        # Nearly always there are whole marks only; a pattern that begins with one sign is found much faster.
        bare = _MARK_OR_BEGINNING.sub("", text)
        text = _MARK_OR_PIECE.sub("", text) if _CLOSE in bare else bare
    return text.replace(_STAR, "*") if _STAR in text else text
