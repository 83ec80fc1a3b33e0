"""Read the text of a PDF: a PDF has no paragraphs, only words at places; lines and columns are made of those.

pypdf is pure Python, follows no link and runs no script. A scan has no text; that is said, not guessed at.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from pypdf import PdfReader

from stadtnetz.importing.blocks import Block, Document, Form, Hints, Place, Run
from stadtnetz.importing.faults import UnreadableError
from stadtnetz.importing.lines import blocks_of_lines, tidy

__all__ = ["read_pdf"]

_MOST_PAGES = 40
_COLUMN = 4.0
"""Sizes of the type that part two columns; words are never so far apart."""
_PAGE_NUMBER = re.compile(r"(?:Seite |Page |- ?)?\d{1,3}(?: ?(?:von|of|/) ?\d{1,3})?(?: ?-)?", re.IGNORECASE)


class _Piece(Struct, frozen=True):
    """A stretch of text on a page: its left end and its baseline in points from the lower left, its size."""

    page: int
    x: float
    y: float
    size: float
    bold: bool
    text: str

    @property
    def end(self) -> float:
        """Return about where it ends: half its size a letter, which is wide enough for most types."""
        return self.x + 0.5 * self.size * len(self.text)


def read_pdf(data: bytes) -> Document:
    """Return a PDF's text as blocks. Raises UnreadableError."""
    try:
        reader = PdfReader(io.BytesIO(data))
        locked = reader.is_encrypted and not reader.decrypt("")
        pages = [] if locked else list(reader.pages[:_MOST_PAGES])
        more = 0 if locked else len(reader.pages) - len(pages)
        title = "" if locked or reader.metadata is None else str(reader.metadata.title or "")
        pieces = [piece for number, page in enumerate(pages) for piece in _pieces(page, number)]
    except Exception as error:  # a file from outside: pypdf raises what its damage leads to, of any kind
        raise UnreadableError("import-damaged", format="PDF", reason=type(error).__name__) from error
    if locked:
        raise UnreadableError("import-locked")
    if more:
        raise UnreadableError("import-long", limit=_MOST_PAGES)
    if not any(piece.text.strip() for piece in pieces):
        raise UnreadableError("import-scan")
    return Document(tuple(_blocks(pieces, len(pages))), Hints(title=tidy(title).strip()))


def _pieces(page: Any, number: int) -> Iterator[_Piece]:  # noqa: ANN401
    found: list[_Piece] = []

    def visit(text: str, cm: list[float], tm: list[float], font: dict[str, Any] | None, size: float) -> None:
        if text.strip():
            x, y = tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]
            height = abs(size * (tm[3] or 1) * (cm[3] or 1)) or 10.0
            bold = "bold" in str((font or {}).get("/BaseFont", "")).lower()
            found.append(_Piece(number, x, y, height, bold, tidy(text).strip("\n")))

    page.extract_text(visitor_text=visit)
    yield from found


def _blocks(pieces: Sequence[_Piece], pages: int) -> Iterator[Block]:
    lines = [line for page in range(pages) for line in _lines([one for one in pieces if one.page == page])]
    usual = Counter(round(line[0].size, 1) for line in lines).most_common(1)[0][0]
    gaps = [
        before[0].y - line[0].y
        for before, line in pairwise(lines)
        if before[0].page == line[0].page and 0 < before[0].y - line[0].y < 3 * usual
    ]
    gap = 1.35 * (median(gaps) if gaps else 1.2 * usual) / usual
    width = max(len(_words(line)) for line in lines)
    margins = _margins(lines, pages)
    stretch: list[tuple[_Piece, ...]] = []
    outside: list[Block] = []
    for line in lines:
        if margins.get(id(line)):
            # Behind the text: a page's number must not part the sentence that goes on over the page.
            outside.append(replace(_line(line, usual), place=Place.LETTERHEAD))
        elif not stretch or _belongs(stretch[-1], line, gap):
            stretch.append(line)
        else:
            yield from _stretch(stretch, usual, width)
            stretch = [line]
    yield from _stretch(stretch, usual, width)
    yield from {block.text: block for block in outside}.values()


def _stretch(lines: Sequence[tuple[_Piece, ...]], usual: float, width: int) -> Iterator[Block]:
    blocks = [_line(line, usual) for line in lines]
    if blocks and blocks[0].form is Form.HEADING:
        runs = [run for block in blocks for run in (*block.runs, Run(" "))]
        yield replace(blocks[0], runs=tuple(runs)).cut(0)
    else:
        yield from blocks_of_lines(blocks, width)


def _lines(pieces: Sequence[_Piece]) -> Iterator[tuple[_Piece, ...]]:
    """Yield lines in the order of reading; where two columns stand side by side, the left one first."""
    rows: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda one: (-round(one.y), one.x)):
        if rows and abs(rows[-1][0].y - piece.y) < 0.4 * piece.size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    right: list[tuple[_Piece, ...]] = []
    for row in rows:
        left, other = _columns(sorted(row, key=lambda one: one.x))
        if right and not other and left[0].x < right[0][0].x - _COLUMN:
            # A single line at the left of a column goes on with it while the right one has lines at that height.
            yield from right
            right = []
        yield tuple(left)
        if other:
            right.append(tuple(other))
    yield from right


def _columns(row: list[_Piece]) -> tuple[list[_Piece], list[_Piece]]:
    for number, (before, piece) in enumerate(pairwise(row), 1):
        if piece.x - before.end > _COLUMN * piece.size:
            return row[:number], row[number:]
    return row, []


def _margins(lines: Sequence[tuple[_Piece, ...]], pages: int) -> dict[int, bool]:
    """Return which lines are page numbers, or stand at the same place on several pages."""
    at = Counter((round(line[0].y), _words(line)) for line in lines)
    return {
        id(line): bool(_PAGE_NUMBER.fullmatch(_words(line)))
        or (pages > 1 and at[(round(line[0].y), _words(line))] > 1)
        for line in lines
    }


def _belongs(before: tuple[_Piece, ...], line: tuple[_Piece, ...], gap: float) -> bool:
    first, last = line[0], before[0]
    alike = abs(first.size - last.size) < 0.6 and first.bold == last.bold
    if first.page != last.page:
        # A sentence that goes on over the page.
        return alike and not _words(before).endswith((".", "!", "?", "“", ":")) and _words(line)[:1].islower()
    return alike and 0 <= last.y - first.y <= gap * first.size and abs(first.x - last.x) < 60


def _line(line: tuple[_Piece, ...], usual: float) -> Block:
    runs: list[Run] = []
    for piece in line:
        if runs and not runs[-1].text.endswith(" ") and not piece.text.startswith(" "):
            runs.append(Run(" "))
        runs.append(Run(piece.text, bold=piece.bold))
    large = line[0].size > 1.15 * usual
    return Block(tuple(runs), Form.HEADING if large else Form.PARAGRAPH, 1 if large else 0).cut(0)


def _words(line: tuple[_Piece, ...]) -> str:
    return " ".join(" ".join(piece.text for piece in line).split())
