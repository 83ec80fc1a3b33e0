"""What changed between two texts, as whoever reviews it wants to read it: lines, and inside them the words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

__all__ = ["Line", "Piece", "changes_between"]

_ALIKE = 0.4
"""From this likeness on two lines are one line that was changed."""
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_AROUND = 30
"""Characters of unchanged text that are shown beside a change."""


class Piece(Struct, frozen=True):
    """A stretch of a line: "same", "gone" or "new"."""

    kind: str
    text: str


Line = tuple[Piece, ...]


def changes_between(before: Sequence[str], after: Sequence[str]) -> tuple[Line, ...]:
    """Return the lines that differ: gone, new, or changed in some of their words. Nothing where nothing does."""
    # Lists have hundreds of equal short lines; none of them is too frequent to count.
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    found: list[Line] = []
    for what, start, end, new_start, new_end in matcher.get_opcodes():
        if what != "equal":
            found += _replaced(before[start:end], after[new_start:new_end])
    return tuple(found)


def _replaced(before: Sequence[str], after: Sequence[str]) -> Iterator[Line]:
    if len(before) == len(after):
        for old, new in zip(before, after, strict=True):
            yield from _one_line(old, new)
        return
    for line in before:
        yield (Piece("gone", line),)
    for line in after:
        yield (Piece("new", line),)


def _one_line(old: str, new: str) -> Iterator[Line]:
    words, others = _WORDS.findall(old), _WORDS.findall(new)
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    if matcher.ratio() < _ALIKE:
        yield (Piece("gone", old),)
        yield (Piece("new", new),)
        return
    pieces: list[Piece] = []
    for what, start, end, new_start, new_end in matcher.get_opcodes():
        if what == "equal":
            pieces.append(Piece("same", "".join(words[start:end])))
            continue
        if start < end:
            pieces.append(Piece("gone", "".join(words[start:end])))
        if new_start < new_end:
            pieces.append(Piece("new", "".join(others[new_start:new_end])))
    last = len(pieces) - 1
    yield tuple(
        _short(piece, first=number == 0, last=number == last) if piece.kind == "same" else piece
        for number, piece in enumerate(pieces)
    )


def _short(piece: Piece, *, first: bool, last: bool) -> Piece:
    """Leave out the middle of a long stretch that did not change, or its end at the edge of the line."""
    text = piece.text
    if len(text) <= (1 if first or last else 2) * _AROUND + 10:
        return piece
    head = "" if first else text[:_AROUND].rpartition(" ")[0]
    tail = "" if last else text[-_AROUND:].partition(" ")[2]
    return Piece("same", f"{head} … {tail}".strip() if first else f"{head} … {tail}")
