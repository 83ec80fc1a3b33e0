"""The names of areas, each inside its own area, where nothing else stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from math import hypot

from stadtnetz.geo.labels import Label, width_of
from stadtnetz.geo.outlines import Ring, area_of, germany
from stadtnetz.geo.plane import Box, Point

__all__ = ["place_names"]

_STEP = 12
"""Units between the places that are tried."""
_ABOVE, _BELOW = 0.78, 0.22
_SPACED = 0.1
"""What stands between the letters, in parts of their size: a spaced name is one of an area."""
_AIR = 0.4
"""What stays free around a name, in parts of the letters' size."""

Room = tuple[float, float, float]
"""A base line's height, and from where to where letters on it are inside of the area."""


def place_names(
    names: Mapping[str, Sequence[str]], size: float, taken: Iterable[Box]
) -> dict[str, tuple[str, Label]]:
    """Return for each German state, by code, the first of its names that has room, with the place for it.

    The place is the one nearest to the middle of the state. A state without room is left out.
    """
    boxes = list(taken)
    found: dict[str, tuple[str, Label]] = {}
    for code, spellings in names.items():
        for name in spellings:
            label = _best(code, name, size, boxes)
            if label is not None:
                found[code] = name, label
                boxes.append(label.box)
                break
    return found


def _best(code: str, name: str, size: float, taken: Sequence[Box]) -> Label | None:
    width = width_of(name, size) + (len(name) * _SPACED + 2 * _AIR) * size
    middle = _middle(code)
    candidates = [
        (hypot(x - middle.x, y - middle.y), x, y)
        for y, left, right in _rooms(code, size)
        for x in range(round(left + width / 2), round(right - width / 2) + 1, _STEP)
    ]
    for _, x, y in sorted(candidates):
        air = _AIR * size
        box = Box(x - width / 2, y - _ABOVE * size - air, x + width / 2, y + _BELOW * size + air)
        if not any(box.overlaps(other) for other in taken):
            return Label(code, x, round(y), "middle", box)
    return None


@cache
def _middle(code: str) -> Point:
    """Return the middle of the largest part of a state (the centroid of its ring)."""
    ring = max(germany().rings(code), key=area_of)
    doubled = sum(a.x * b.y - b.x * a.y for a, b in pairwise(ring))
    x = sum((a.x + b.x) * (a.x * b.y - b.x * a.y) for a, b in pairwise(ring)) / (3 * doubled)
    y = sum((a.y + b.y) * (a.x * b.y - b.x * a.y) for a, b in pairwise(ring)) / (3 * doubled)
    return Point(x, y)


@cache
def _rooms(code: str, size: float) -> tuple[Room, ...]:
    """Return where letters of a size have room, line by line: inside at their top, their middle and their bottom."""
    rings = germany().rings(code)
    top = min(point.y for ring in rings for point in ring)
    bottom = max(point.y for ring in rings for point in ring)
    found = []
    for y in range(round(top + size), round(bottom), _STEP):
        heights = (y - _ABOVE * size, y - 0.3 * size, y + _BELOW * size)
        across = [_inside(rings, height) for height in heights]
        for left, right in across[1]:
            # The stretch that the other two heights leave of it; an area may be narrow above or below.
            parts = [
                (max(left, *(a for a, _ in chosen)), min(right, *(b for _, b in chosen)))
                for chosen in ((above, below) for above in across[0] for below in across[2])
            ]
            found += [(float(y), a, b) for a, b in parts if a < b]
    return tuple(found)


def _inside(rings: Sequence[Ring], y: float) -> list[tuple[float, float]]:
    """Return from where to where a horizontal line is inside of an area, by the even-odd rule."""
    crossings = sorted(
        a.x + (y - a.y) * (b.x - a.x) / (b.y - a.y)
        for ring in rings
        for a, b in pairwise(ring)
        if (a.y > y) != (b.y > y)
    )
    return list(zip(crossings[::2], crossings[1::2], strict=True))
