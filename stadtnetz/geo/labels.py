"""Names at the points of a drawing, none upon another nor upon another point's mark.

Greedy, and the same for the same input: the most important point chooses first, each from eight places around it, and
takes the one where its name covers the fewest lines. Who finds none stays without a name. *Rejected:* simulated
annealing and the like, which find room for some more names, but give a different map after every edit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from stadtnetz.geo.plane import Box, Point

__all__ = ["Label", "Mark", "Style", "place_labels", "width_of"]

_WIDTHS = {
    0.3: "ijlIJ'|",
    0.42: "frt -()/.,",
    0.56: "szcL",
    0.64: "abdeghknopquvxyäöüßEFPSTY",
    0.75: "ABCKNRUVXZÄÜ",
    0.83: "wDGHOQÖ",
    1.0: "mMW",
}
_WIDTH = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_OTHER = 0.7
"""Widths in parts of the letters' size, in the widest typeface that the site may be shown in, DejaVu Sans."""
_ABOVE, _BELOW = 0.78, 0.22
"""How far letters reach from their base line."""


class Mark(Struct, frozen=True):
    """A point with a name; of two marks the one with the lower rank chooses first."""

    key: str
    name: str
    at: Point
    rank: tuple[int, ...]


class Style(Struct, frozen=True):
    """The size of letters, the radius of marks, and what stays free between the two."""

    size: float
    radius: float
    gap: float


class Label(Struct, frozen=True):
    """Where a name stands: `x` and `y` are those of its base line's start, middle or end, as `anchor` says (SVG)."""

    key: str
    x: int
    y: int
    anchor: str
    box: Box


def width_of(text: str, size: float) -> float:
    """Return how wide a text is at most."""
    return sum(_WIDTH.get(letter, _OTHER) for letter in text) * size


def place_labels(
    marks: Iterable[Mark], style: Style, view: Box, lines: Sequence[Point] = ()
) -> tuple[dict[str, Label], dict[str, Label]]:
    """Return the labels that fit, by key, and where the others would stand if they were alone.

    `lines` are points of lines that should better stay visible. Only a name that is wider than the view is in neither.
    """
    ordered = sorted(marks, key=lambda mark: (mark.rank, mark.key))
    discs = {mark.key: Box.around(mark.at, style.radius + style.gap / 2) for mark in ordered}
    placed: dict[str, Label] = {}
    spare: dict[str, Label] = {}
    for mark in ordered:
        candidates = [one for one in _around(mark, style) if view.holds(one.box)]
        if not candidates:
            continue
        reach = _union(candidates)
        taken = [disc for key, disc in discs.items() if key != mark.key and disc.overlaps(reach)]
        taken += [label.box for label in placed.values() if label.box.overlaps(reach)]
        near = [point for point in lines if reach.has(point)]
        free = [one for one in candidates if not any(one.box.overlaps(other) for other in taken)]
        if free:
            placed[mark.key] = min(free, key=lambda one: sum(map(one.box.has, near)))
        else:
            spare[mark.key] = candidates[0]
    return placed, spare


def _around(mark: Mark, style: Style) -> list[Label]:
    """Return the places for a name around its mark, the usual ones first."""
    off, near = style.radius + style.gap, 0.7 * style.radius + style.gap
    middle = (_ABOVE - _BELOW) / 2 * style.size
    up, down = -near - _BELOW * style.size, near + _ABOVE * style.size
    high, low = -off - _BELOW * style.size, off + _ABOVE * style.size
    places = (
        (off, middle, "start"),
        (-off, middle, "end"),
        (near, up, "start"),
        (near, down, "start"),
        (-near, up, "end"),
        (-near, down, "end"),
        (0.0, high, "middle"),
        (0.0, low, "middle"),
    )
    return [_label(mark, style, Point(mark.at.x + dx, mark.at.y + dy), anchor) for dx, dy, anchor in places]


def _label(mark: Mark, style: Style, at: Point, anchor: str) -> Label:
    width = width_of(mark.name, style.size)
    x, y = round(at.x), round(at.y)
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    box = Box(left, y - _ABOVE * style.size, left + width, y + _BELOW * style.size)
    return Label(mark.key, x, y, anchor, box)


def _union(labels: Sequence[Label]) -> Box:
    return Box(
        min(one.box.left for one in labels),
        min(one.box.top for one in labels),
        max(one.box.right for one in labels),
        max(one.box.bottom for one in labels),
    )
