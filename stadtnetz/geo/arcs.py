"""An arc from one mark to another: it leaves the one, bends, and ends with a head at the other."""

from __future__ import annotations

from collections.abc import Iterable
from math import hypot

from msgspec import Struct

from stadtnetz.geo.plane import Box, Point

__all__ = ["Arc", "arc_between"]

_BEND = 0.2
"""The height of an arc in parts of its length."""
_SAMPLES = 12
"""At how many points an arc is looked at."""


class Arc(Struct, frozen=True):
    """A quadratic Bézier curve from `start` by `control` to `end`."""

    start: Point
    control: Point
    end: Point

    def at(self, part: float) -> Point:
        """Return the point of the curve at a part of its way, from 0 to 1."""
        a, b, c = (1 - part) ** 2, 2 * part * (1 - part), part**2
        return Point(
            a * self.start.x + b * self.control.x + c * self.end.x,
            a * self.start.y + b * self.control.y + c * self.end.y,
        )

    def halves(self) -> tuple[Arc, Arc]:
        """Cut the curve in its middle (de Casteljau)."""
        first, second = _middle(self.start, self.control), _middle(self.control, self.end)
        middle = _middle(first, second)
        return Arc(self.start, first, middle), Arc(middle, second, self.end)

    def head(self, length: float, width: float) -> tuple[Point, Point, Point]:
        """Return an arrow's head whose point is the arc's end."""
        across, down = _direction(self.control, self.end)
        back = Point(self.end.x - length * across, self.end.y - length * down)
        side = Point(-down * width / 2, across * width / 2)
        return self.end, Point(back.x + side.x, back.y + side.y), Point(back.x - side.x, back.y - side.y)

    def shortened(self, length: float) -> Arc:
        """Return the arc without the last stretch, where its head is."""
        across, down = _direction(self.control, self.end)
        return Arc(self.start, self.control, Point(self.end.x - length * across, self.end.y - length * down))


def arc_between(
    first: Point, second: Point, *, clear: float, lowest: float, view: Box, others: Iterable[Point] = ()
) -> Arc:
    """Return the arc from the first point to the second. It stops `clear` units before each, where the mark begins.

    `lowest` is the least height: places next to each other are joined by a visible hop. It bends to the left of its
    way, unless there it would leave the view or come across more of the other points than on the right.
    """
    dx, dy = second.x - first.x, second.y - first.y
    length = hypot(dx, dy)
    across, down = (dx / length, dy / length) if length else (1.0, 0.0)
    height = max(_BEND * length, lowest)
    middle = _middle(first, second)
    marks = [point for point in others if point not in (first, second)]
    arcs = []
    for side in (2, -2):
        control = Point(middle.x + side * height * down, middle.y - side * height * across)
        arcs.append(Arc(_towards(first, control, clear), control, _towards(second, control, clear)))
    return min(arcs, key=lambda arc: (not view.has(arc.at(0.5)), _crossed(arc, marks, clear)))


def _crossed(arc: Arc, marks: Iterable[Point], reach: float) -> int:
    along = [arc.at(step / _SAMPLES) for step in range(_SAMPLES + 1)]
    return sum(any(hypot(mark.x - x, mark.y - y) < reach for x, y in along) for mark in marks)


def _middle(a: Point, b: Point) -> Point:
    return Point((a.x + b.x) / 2, (a.y + b.y) / 2)


def _direction(a: Point, b: Point) -> tuple[float, float]:
    length = hypot(b.x - a.x, b.y - a.y) or 1.0
    return (b.x - a.x) / length, (b.y - a.y) / length


def _towards(point: Point, target: Point, distance: float) -> Point:
    across, down = _direction(point, target)
    return Point(point.x + across * distance, point.y + down * distance)
