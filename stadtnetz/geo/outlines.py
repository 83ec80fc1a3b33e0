"""The outlines of the German states, as lines that neighbours share.

They stand in germany.toml, which `derive` makes; NOTICE.md says where they come from.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import pairwise

from msgspec import Struct

from stadtnetz.geo.plane import Box, Point, Projection
from stadtnetz.geo.simplify import simplified

__all__ = ["Outlines", "Ring", "area_of", "germany", "holds", "path_of", "rings_of"]

Ring = tuple[Point, ...]
"""The border of an area or of a hole in it; the last point is the first one again."""


class Outlines(Struct, frozen=True):
    """Areas that are made of shared lines. A ring is a list of numbers of lines; `~n` is line n the other way round."""

    projection: Projection
    width: int
    height: int
    lines: tuple[tuple[Point, ...], ...]
    areas: Mapping[str, tuple[tuple[int, ...], ...]]
    """Rings by ISO 3166-2 code."""

    @property
    def view(self) -> Box:
        """Return the whole drawing."""
        return Box(0, 0, self.width, self.height)

    def rings(self, code: str) -> tuple[Ring, ...]:
        """Return the rings of an area."""
        return rings_of(self.lines, self.areas[code])

    def coarser(self, tolerance: float, smallest: float) -> Outlines:
        """Return simpler outlines, without areas and islands of fewer square units than `smallest`."""
        lines = tuple(simplified(line, tolerance) for line in self.lines)
        areas = {
            code: tuple(
                ring
                for ring, points in zip(rings, rings_of(lines, rings), strict=True)
                if area_of(points) >= smallest
            )
            for code, rings in self.areas.items()
        }
        return Outlines(self.projection, self.width, self.height, lines, areas)


def rings_of(lines: Sequence[Sequence[Point]], rings: Iterable[Sequence[int]]) -> tuple[Ring, ...]:
    """Put rings together from their lines."""
    found = []
    for ring in rings:
        points: list[Point] = []
        for number in ring:
            line = lines[number] if number >= 0 else lines[~number][::-1]
            # A line begins where the one before it ended.
            points += line[1:] if points else line
        found.append(tuple(points))
    return tuple(found)


def area_of(ring: Sequence[Point]) -> float:
    """Return the area of a ring in square units, without a sign."""
    return abs(sum(a.x * b.y - b.x * a.y for a, b in pairwise(ring))) / 2


def holds(rings: Iterable[Ring], point: Point) -> bool:
    """Tell whether a point lies in an area, by the even-odd rule."""
    inside = False
    for ring in rings:
        for a, b in pairwise(ring):
            if (a.y > point.y) != (b.y > point.y):
                crossing = a.x + (point.y - a.y) * (b.x - a.x) / (b.y - a.y)
                inside ^= point.x < crossing
    return inside


def path_of(rings: Iterable[Ring]) -> str:
    """Write rings as the data of an SVG path, in whole units and steps from point to point, which takes few bytes."""
    parts = []
    for ring in rings:
        whole = [(round(point.x), round(point.y)) for point in ring[:-1]]
        numbers = [step for a, b in pairwise(whole) for step in (b[0] - a[0], b[1] - a[1])]
        steps = "".join(str(number) if number < 0 else f" {number}" for number in numbers).lstrip()
        parts.append(f"M{whole[0][0]} {whole[0][1]}l{steps}z")
    return "".join(parts)


@cache
def germany() -> Outlines:
    """Return the outlines of Germany, as they are part of the program."""
    known = tomllib.loads(resources.files("stadtnetz.geo").joinpath("germany.toml").read_text("utf-8"))
    return Outlines(
        Projection(**known["projection"]),
        known["view"]["width"],
        known["view"]["height"],
        tuple(_line(text) for text in known["lines"]),
        {
            code: tuple(tuple(int(number) for number in ring.split()) for ring in rings)
            for code, rings in known["areas"].items()
        },
    )


def _line(text: str) -> tuple[Point, ...]:
    """Read a line: its first point, then the steps to the next ones."""
    numbers = [int(number) for number in text.split()]
    x = y = 0
    points = []
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append(Point(x, y))
    return tuple(points)
