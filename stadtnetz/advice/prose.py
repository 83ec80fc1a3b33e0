"""The sentences of a file, and where each of them stands: code, addresses and tags are blanked out, nothing moves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from stadtnetz.diagnostics import Span
from stadtnetz.text.places import Places

__all__ = ["BLANK", "Prose", "body_prose", "field_prose", "sentences"]

BLANK = "\x00"
"""Stands for every character that is no prose; `decode` lets none through, so it can't be the editor's own."""

# Every alternative begins with one sign outside of any group: only then does Python look for these signs alone, and
# skips ordinary text six times as fast.
_NO_PROSE = re.compile(
    r"""
      \n(?:
          (?P<fence>`{3,}|~{3,})(?:.*?\n(?P=fence)[ ]*(?=\n|\Z)|.*)   # code in lines of its own
        | [ ]{0,3}\[[^\]\n]+\]:[^\n]*                                # addresses and footnotes below the text
        | [ ]*\|[^\n]*                                               # tables
        | (?:\n(?:[ ]{4}|\t)[^\n]*)+                                 # code by indentation
      )
    | `(?P<ticks>`*)(?!`)[^\n]*?(?<!`)`(?P=ticks)(?!`)               # code in a line
    | \]\([^)\s]*(?:\s+"[^"\n]*")?\)                                 # where a link leads
    | <!--.*?-->
    | <[^<>\n]*>                                                    # tags and bare addresses
    | https?://\S+
    | \{[^{}\n]*\}                                                  # attributes
    """,
    re.VERBOSE | re.DOTALL,
)
_BLOCK_END = re.compile(r"\n[ \t]*(?=\n|[-*+>#]|\d+[.)][ ]|:::)")
_SENTENCE_END = re.compile(r"[.!?:…][“”\"»)]*(?=\s+[^a-zäöüß\s])|\Z")
_NUMBERED_OR_SHORT = re.compile(
    r"(?:\b\d{1,2}|\b[A-Za-zÄÖÜäöü]|\b(?:bzw|usw|ca|Nr|Abs|Art|Dr|St|Tel|Mio|Mrd|etc|evtl|ggf|inkl))$"
)


class Prose(Struct, frozen=True):
    """Text of an editor: of which part of the file ("title", "body", …), its words, and where offsets in it lie."""

    part: str
    words: str
    span: Callable[[int, int], Span]


def body_prose(text: str, first_line: int = 1) -> Prose:
    """Return the prose of a long text that begins at a line of its file."""
    words = _NO_PROSE.sub(_blank, f"\n{text}")[1:]
    return Prose("body", words, lambda start, end: Places.of(text, first_line).span(start, end))


def _blank(match: re.Match[str]) -> str:
    """Keep the line break before a code block, and the bracket that closes a link's words."""
    kept = match[0][0] if match[0][0] in "\n]" else BLANK
    return kept + BLANK * (len(match[0]) - 1)


def field_prose(name: str, value: str, file_text: str, span: Span) -> Prose:
    """Return the prose of a field. The file may fold or quote it, so the words are looked for where it stands."""

    def find(start: int, end: int) -> Span:
        places = Places.of(file_text)
        begin = places.offset(span.line - 1) + span.column - 1
        written = file_text[begin : places.offset(span.end_line - 1) + span.end_column - 1]
        words = re.compile(r"\s+".join(map(re.escape, value[start:end].split())) or r"[ ]{2,}")
        before = sum(1 for match in words.finditer(value) if match.start() < start)
        for number, match in enumerate(words.finditer(written)):
            if number == before:
                return places.span(begin + match.start(), begin + match.end())
        return span

    return Prose(name, value, find)


def sentences(prose: Prose) -> Iterator[tuple[int, int]]:
    """Yield where each sentence begins and ends. Headings, list items and paragraphs end sentences, too."""
    start = 0
    for block in _BLOCK_END.finditer(f"{prose.words}\n\n"):
        yield from _sentences(prose.words, start, min(block.start(), len(prose.words)))
        start = block.end()


def _sentences(words: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _SENTENCE_END.finditer(words, start, end):
        # "8. Juli" and "z. B. Lüneburg" go on behind their full stops.
        if match[0].startswith(".") and _NUMBERED_OR_SHORT.search(words, start, match.start()):
            continue
        while start < match.end() and not words[start].isalnum() and words[start] not in '„“"»«(':
            start += 1
        if start < match.end():
            yield start, match.end()
        start = match.end()
