"""Where in a text an offset lies, as people count: lines and columns from 1, columns in code points."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from msgspec import Struct

from stadtnetz.diagnostics import Span

__all__ = ["Places"]


class Places(Struct, frozen=True):
    """The line starts of a text whose lines end in \\n; `first_line` is the number of its first line in its file."""

    starts: tuple[int, ...]
    length: int
    first_line: int

    @classmethod
    def of(cls, text: str, first_line: int = 1) -> Places:
        """Find the line starts of a text."""
        lengths = [len(line) + 1 for line in text.split("\n")]
        return cls(tuple(accumulate(lengths[:-1], initial=0)), len(text), first_line)

    def span(self, start: int, end: int) -> Span:
        """Return the stretch from one offset to another, the end exclusive."""
        line, column = self._place(start)
        end_line, end_column = self._place(max(start, end))
        return Span(line, column, end_line, end_column)

    def at(self, offset: int, length: int = 1) -> Span:
        """Return a stretch of some length inside one line."""
        line, column = self._place(offset)
        return Span.at(line, column, length)

    def offset(self, line: int) -> int:
        """Return where a line starts, counting lines in the text from 0."""
        return self.starts[min(line, len(self.starts) - 1)]

    def _place(self, offset: int) -> tuple[int, int]:
        offset = max(0, min(offset, self.length))
        row = bisect_right(self.starts, offset) - 1
        return self.first_line + row, offset - self.starts[row] + 1
