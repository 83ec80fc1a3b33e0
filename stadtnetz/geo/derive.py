"""Makes germany.toml from a TopoJSON file of the German states:

    python -m stadtnetz.geo.derive deu.topo.json > germany.toml

Nothing else needs that file; NOTICE.md says where it comes from.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from math import cos, radians
from pathlib import Path
from typing import Any

from stadtnetz.geo.outlines import area_of, rings_of
from stadtnetz.geo.plane import Point, Projection
from stadtnetz.geo.simplify import simplified

__all__ = ["derived"]

WIDTH = 1000
PARALLEL = 51.2
"""Degrees north: the middle of Germany."""
TOLERANCE = 2.0
"""Units by which a border may be out: a pixel and a bit where the map is largest."""
SMALLEST = 12.0
"""Square units; a smaller island is a dot that could be taken for a place."""
_MENDED = {"DE.": "DE-BB"}
"""Brandenburg has lost its letters in the source."""


def derived(topology: dict[str, Any]) -> str:
    """Return the text of germany.toml. Raises LookupError or ValueError for what is no such TopoJSON."""
    raw = [tuple(_degrees(topology["transform"], arc)) for arc in topology["arcs"]]
    projection, height = _frame([point for line in raw for point in line])
    lines = []
    for line in raw:
        drawn = simplified([projection.place(lat, lon) for lon, lat in line], TOLERANCE)
        lines.append(tuple(dict.fromkeys(Point(round(x), round(y)) for x, y in drawn[:-1])))
        lines[-1] += (Point(round(drawn[-1].x), round(drawn[-1].y)),)
    geometries = next(iter(topology["objects"].values()))["geometries"]
    areas = dict(sorted(_areas(geometries)))
    kept = {
        code: [
            ring
            for ring, points in zip(rings, rings_of(lines, rings), strict=True)
            if len(set(points)) > 2 and area_of(points) >= SMALLEST
        ]
        for code, rings in areas.items()
    }
    return _written(projection, height, lines, kept)


def _degrees(transform: dict[str, list[float]], arc: list[list[int]]) -> Iterator[tuple[float, float]]:
    """Yield longitude and latitude of an arc's points, which are written as steps on a grid."""
    (across, up), (west, south) = transform["scale"], transform["translate"]
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield west + x * across, south + y * up


def _frame(points: list[tuple[float, float]]) -> tuple[Projection, int]:
    """Fit everything into the width, with a small edge all around."""
    west, east = min(lon for lon, _ in points), max(lon for lon, _ in points)
    south, north = min(lat for _, lat in points), max(lat for _, lat in points)
    edge = 0.01 * (east - west)
    west, east = west - edge, east + edge
    edge *= cos(radians(PARALLEL))
    scale = WIDTH / ((east - west) * cos(radians(PARALLEL)))
    projection = Projection(round(west, 5), round(north + edge, 5), PARALLEL, round(scale, 4))
    return projection, round((north - south + 2 * edge) * scale)


def _areas(geometries: list[dict[str, Any]]) -> Iterator[tuple[str, list[list[int]]]]:
    for geometry in geometries:
        code = _MENDED.get(geometry["id"], geometry["id"].replace(".", "-"))
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        yield code, [ring for polygon in polygons for ring in polygon]


def _written(
    projection: Projection, height: int, lines: list[tuple[Point, ...]], areas: dict[str, list[list[int]]]
) -> str:
    """Write what is used, with the lines numbered anew."""
    used = sorted(
        {number if number >= 0 else ~number for rings in areas.values() for ring in rings for number in ring}
    )
    numbers = {old: new for new, old in enumerate(used)}
    text = [
        "# Outlines of the German states: made by stadtnetz/geo/derive.py; see NOTICE.md. Not to be edited by hand.",
        "# Lines are points on a grid, each written as the step from the one before it. Rings are numbers of lines;",
        "# a negative number n is line -n - 1 the other way round.",
        "lines = [",
        *(f'  "{_steps(lines[old])}",' for old in used),
        "]",
        "",
        "[projection]",
        f"west = {projection.west}",
        f"north = {projection.north}",
        f"parallel = {projection.parallel}",
        f"scale = {projection.scale}",
        "",
        "[view]",
        f"width = {WIDTH}",
        f"height = {height}",
        "",
        "[areas]",
    ]
    for code, rings in areas.items():
        renumbered = [[numbers[one] if one >= 0 else ~numbers[~one] for one in ring] for ring in rings]
        rings_written = ", ".join('"' + " ".join(map(str, ring)) + '"' for ring in renumbered)
        text.append(f"{code} = [{rings_written}]")
    return "\n".join(text) + "\n"


def _steps(line: tuple[Point, ...]) -> str:
    before = Point(0, 0)
    numbers = []
    for point in line:
        numbers += [round(point.x - before.x), round(point.y - before.y)]
        before = point
    return " ".join(map(str, numbers))


if __name__ == "__main__":
    sys.stdout.write(derived(json.loads(Path(sys.argv[1]).read_text("utf-8"))))
