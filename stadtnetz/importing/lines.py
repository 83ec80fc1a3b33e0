"""From lines to paragraphs: what a program broke to fit a width is joined, what a person wrote in lines is not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from stadtnetz.importing.blocks import Block, Form, Place, Run, plain_block

__all__ = ["blocks_of_lines", "blocks_of_text", "tidy"]

_NARROWEST = 45
"""Characters below which lines are lines of their own: no program breaks prose so early."""
_WIDEST = 130
"""Characters above which nothing was broken: each paragraph is a line."""
_BULLET = re.compile(r"\s*(?:[•‣▪●○◦·∙–*-]|\uf0b7)\s+(?=\S)")
_NUMBER = re.compile(
    r"\s*\d{1,2}[.)]\s+(?!(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)[a-zä]*\b)(?=\S)"
)
"""A numbered item, which "20. Juni" is not."""
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]")
"""Soft hyphens, marks of direction and others that nobody sees; a name with one in it would never be found."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef]")
_COMPOUND = re.compile(r"(?:und|oder|bzw\.|sowie|and|or)\b")


def tidy(text: str) -> str:
    """Return a text without what nobody sees, with ordinary blanks and `\\n` at the ends of lines."""
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n\n"))
    return _CONTROL.sub(" ", text).replace("\xa0", " ").replace("\u202f", " ").replace("\u2011", "-")


def blocks_of_text(text: str, place: Place = Place.TEXT) -> Iterator[Block]:
    """Yield the blocks of a plain text; empty lines part them."""
    lines = tidy(text).split("\n")
    # The whole text tells how wide it is: the longest of three lines of an address is no broken line.
    width = max((len(line.strip()) for line in lines), default=0)
    stretch: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            stretch.append(line)
        else:
            yield from blocks_of_lines([plain_block(one.rstrip(), place=place) for one in stretch], width)
            stretch = []


def blocks_of_lines(lines: Sequence[Block], width: int) -> Iterator[Block]:
    """Join the lines of one stretch where a program broke them at a width; the blocks after the first are tight."""
    for number, group in enumerate(_groups(lines, width)):
        block = _joined(group)
        if number:
            block = replace(block, tight=True)
        yield _as_item(block)


def _groups(lines: Sequence[Block], width: int) -> Iterator[list[Block]]:
    group: list[Block] = []
    for line in lines:
        if group and not _goes_on(group[-1].text.strip(), line.text, width):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _goes_on(before: str, line: str, width: int) -> bool:
    """Tell whether a program broke the line: its next word would not have fitted."""
    if (
        not _NARROWEST <= width <= _WIDEST
        or _BULLET.match(line)
        or _NUMBER.match(line)
        or line.startswith(">")
    ):
        return False
    first = line.split(maxsplit=1)[0]
    if line[:1].isspace() and line.strip()[:1].islower():
        return True  # a list item that goes on below its own beginning
    return len(before) + 1 + len(first) > width * 0.9 or (
        # A line that ends in the middle of a word or a sentence, in a text with a ragged edge.
        len(before) > width * 0.7 and first[0].islower()
    )


def _joined(lines: Iterable[Block]) -> Block:
    blocks = [line.cut(0) for line in lines]
    runs: list[Run] = list(blocks[0].runs)
    for before, block in pairwise(blocks):
        runs += _seam(before.text, block.text, runs)
        runs += block.runs
    return replace(blocks[0], runs=tuple(runs))


def _seam(before: str, after: str, runs: list[Run]) -> list[Run]:
    """Return what stands between two lines, and take the hyphen away where it only divides a word."""
    if re.search(r"[^\W\d_]-$", before) and after[:1].islower() and not _COMPOUND.match(after):
        runs[-1] = replace(runs[-1], text=runs[-1].text[:-1])
        return []
    # "Bürger-/-innen", "Presse-\nund Öffentlichkeitsarbeit" and "Heinrich-\nBöll-Haus" keep theirs.
    return [] if before.endswith("-") and after[:1].isupper() else [Run(" ")]


def _as_item(block: Block) -> Block:
    if block.form is not Form.PARAGRAPH:
        return block
    text = block.text
    for pattern, level in ((_BULLET, 0), (_NUMBER, 1)):
        mark = pattern.match(text)
        if mark:
            return replace(block.cut(mark.end()), form=Form.ITEM, level=level)
    return block.cut(0)
