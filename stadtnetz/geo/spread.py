"""Marks that lie too close together, moved apart as little as it takes to tell them apart."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, hypot, pi, sin

from stadtnetz.geo.plane import Box, Point

__all__ = ["spread"]

_TURNS, _ROUNDS = 20, 20
"""More than any real map takes; a crowd that has no room at all ends here."""
_SLACK = 1.02


def spread(points: Sequence[Point], distance: float, view: Box) -> tuple[Point, ...]:
    """Return the points with at least `distance` between any two, in the same order, all within the view.

    Those that stand alone stay where they are. Two at the same place part in a direction that depends on their numbers.
    """
    moved = [_within(point, view) for point in points]
    for _ in range(_TURNS):
        near = _neighbours(moved, 3 * distance)
        if not _part(moved, near, distance, view):
            break
    return tuple(moved)


def _part(moved: list[Point], near: Sequence[tuple[int, int]], distance: float, view: Box) -> bool:
    """Push neighbours apart until none is too close; tell whether there was anything to do."""
    for round_number in range(_ROUNDS):
        close = False
        for a, b in near:
            dx, dy = moved[b].x - moved[a].x, moved[b].y - moved[a].y
            apart = hypot(dx, dy)
            if apart >= distance:
                continue
            close = True
            push = (distance * _SLACK - apart) / 2
            # A golden angle from pair to pair: a whole crowd at one place spreads to all sides.
            turn = (a + b) * pi * (3 - 5**0.5)
            across, down = (dx / apart, dy / apart) if apart > 1e-9 else (cos(turn), sin(turn))
            moved[a] = _within(Point(moved[a].x - across * push, moved[a].y - down * push), view)
            moved[b] = _within(Point(moved[b].x + across * push, moved[b].y + down * push), view)
        if not close:
            return round_number > 0
    return True


def _neighbours(points: Sequence[Point], reach: float) -> list[tuple[int, int]]:
    return [
        (a, b)
        for a in range(len(points))
        for b in range(a + 1, len(points))
        if abs(points[a].x - points[b].x) < reach and abs(points[a].y - points[b].y) < reach
    ]


def _within(point: Point, view: Box) -> Point:
    return Point(min(view.right, max(view.left, point.x)), min(view.bottom, max(view.top, point.y)))
