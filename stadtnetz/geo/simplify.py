"""Lines with fewer points that look the same: the method of Douglas and Peucker.

A border between two areas has to be simplified once, as a line of its own, and not as a part of either: only then do
both keep the same points and leave no gap. See `outlines`.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

from stadtnetz.geo.plane import Point

__all__ = ["simplified"]


def simplified(line: Sequence[Point], tolerance: float) -> tuple[Point, ...]:
    """Return the points of a line without which it would be out by more than `tolerance`; its ends always stay."""
    if len(line) < 3:
        return tuple(line)
    keep = {0, len(line) - 1}
    waiting = [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        farthest, distance = first, tolerance
        for number in range(first + 1, last):
            found = _distance(line[number], line[first], line[last])
            if found > distance:
                farthest, distance = number, found
        if farthest != first:
            keep.add(farthest)
            waiting += [(first, farthest), (farthest, last)]
    return tuple(line[number] for number in sorted(keep))


def _distance(point: Point, start: Point, end: Point) -> float:
    """Return how far a point is from a stretch; a ring's first stretch has no length."""
    dx, dy = end.x - start.x, end.y - start.y
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else ((point.x - start.x) * dx + (point.y - start.y) * dy) / length
    along = min(1.0, max(0.0, along))
    return hypot(point.x - start.x - along * dx, point.y - start.y - along * dy)
