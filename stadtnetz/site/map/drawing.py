"""From the records of the map to its drawing. The same records give the same drawing, to the unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from math import hypot

from stadtnetz.geo.arcs import Arc, arc_between
from stadtnetz.geo.labels import Label, Mark, Style, place_labels
from stadtnetz.geo.names import place_names
from stadtnetz.geo.outlines import germany, path_of
from stadtnetz.geo.plane import Box, Point
from stadtnetz.geo.spread import spread
from stadtnetz.site.map.record import MapPlace, MapTandem, Shown, state_value, status_value
from stadtnetz.site.views import MapArc, MapDrawing, MapMark, MapText

__all__ = ["NAME_SIZE", "NARROW", "WIDE", "arc_view", "draw", "is_on_map", "where"]

WIDE = Style(size=21, radius=9, gap=4)
"""Of a map of 500 to 670 pixels."""
NARROW = Style(size=40, radius=14, gap=5)
"""Of a map of 270 to 450 pixels; site.css makes the marks larger there."""
NAME_SIZE = 18
"""Of the names of states."""
_APART = 21
"""The least distance between two marks: their width and a little."""
_REACH = 18
"""The radius of what can be pressed around a mark that has room: 24 pixels across on a map of 670."""
_LOWEST, _HEAD, _SAMPLES = 30, 18, 12


def where(place: MapPlace) -> Point | None:
    """Return where a place is on the map, None where that is not known or not in Germany."""
    if place.position is None:
        return None
    outlines = germany()
    point = outlines.projection.place(float(place.position.lat), float(place.position.lon))
    return point if outlines.view.has(point) else None


def is_on_map(place: MapPlace) -> bool:
    """Tell whether a place can be drawn."""
    return where(place) is not None


def draw(shown: Shown, state_names: Mapping[str, str]) -> MapDrawing:
    """Draw the places that have a position, and the tandems between them. `state_names` are by ISO 3166-2 code."""
    outlines = germany()
    known = [(place, point) for place in shown.places if (point := where(place)) is not None]
    exact = [point for _, point in known]
    inner = Box(_APART, _APART, outlines.width - _APART, outlines.height - _APART)
    spots = [_whole(point) for point in spread(exact, _APART, inner)]
    at = {place.id: spot for (place, _), spot in zip(known, spots, strict=True)}
    arcs = [(one, _arc(one, at)) for one in shown.tandems if one.mentor in at and one.mentee in at]
    along = [arc.at(step / _SAMPLES) for _, arc in arcs for step in range(1, _SAMPLES)]
    ends = {id_ for one, _ in arcs for id_ in (one.mentor, one.mentee)}
    marks = [Mark(place.id, place.name, at[place.id], _rank(place, ends)) for place, _ in known]
    wide, spare = place_labels(marks, WIDE, outlines.view, along)
    narrow, _ = place_labels(marks, NARROW, outlines.view, along)
    taken = [label.box for label in wide.values()] + [Box.around(spot, WIDE.radius) for spot in spots]
    taken += [Box.around(point, 3) for point in along]
    return MapDrawing(
        width=outlines.width,
        height=outlines.height,
        areas=_areas(),
        names=_names(state_names, taken),
        arcs=tuple(arc_view(one, arc) for one, arc in arcs),
        marks=tuple(
            _mark(place, at[place.id], spots, {**spare, **wide}, narrow, fits=place.id in wide)
            for place, _ in known
        ),
        moved=any(hypot(a.x - b.x, a.y - b.y) > 1 for a, b in zip(exact, spots, strict=True)),
    )


@cache
def _areas() -> tuple[str, ...]:
    outlines = germany()
    return tuple(path_of(outlines.rings(code)) for code in outlines.areas)


def _whole(point: Point) -> Point:
    return Point(round(point.x), round(point.y))


def _rank(place: MapPlace, ends: set[str]) -> tuple[int, ...]:
    """Name first who is in a tandem, then whose membership is certain."""
    return (place.id not in ends, not place.confirmed)


def _arc(tandem: MapTandem, at: Mapping[str, Point]) -> Arc:
    return arc_between(
        at[tandem.mentor],
        at[tandem.mentee],
        clear=NARROW.radius + 2,
        lowest=_LOWEST,
        view=germany().view,
        others=at.values(),
    )


def arc_view(tandem: MapTandem, arc: Arc, head: float = _HEAD) -> MapArc:
    """Write an arc for SVG; without a head where it is inferred who accompanies whom."""
    line = arc.shortened(0.7 * head) if tandem.confirmed else arc
    corners = arc.head(head, head) if tandem.confirmed else ()
    return MapArc(
        title=tandem.title,
        ends=(tandem.mentor, tandem.mentee),
        whole=_path(line),
        second=_path(line.halves()[1]),
        head=" ".join(f"{corner.x:.0f},{corner.y:.0f}" for corner in corners),
        running=tandem.running,
    )


def _path(arc: Arc) -> str:
    start, control, end = arc.start, arc.control, arc.end
    return f"M{start.x:.0f} {start.y:.0f}Q{control.x:.0f} {control.y:.0f} {end.x:.0f} {end.y:.0f}"


def _names(names: Mapping[str, str], taken: Sequence[Box]) -> tuple[MapText, ...]:
    """Write a state's name into it, or its letters where the name has no room."""
    spellings = {code: (name, code.removeprefix("DE-")) for code, name in names.items()}
    found = place_names(spellings, NAME_SIZE, taken)
    return tuple(MapText(text, label.x, label.y, label.anchor) for text, label in found.values())


def _mark(
    place: MapPlace,
    spot: Point,
    spots: Sequence[Point],
    wide: Mapping[str, Label],
    narrow: Mapping[str, Label],
    *,
    fits: bool,
) -> MapMark:
    nearest = min((hypot(spot.x - x, spot.y - y) for x, y in spots if (x, y) != spot), default=2.0 * _REACH)
    return MapMark(
        id=place.id,
        url=place.link.url,
        title=f"{place.name}, {place.state_name}: {place.badge.text}",
        key=place.badge.key,
        state=state_value(place.state),
        status=status_value(place.badge.key),
        x=int(spot.x),
        y=int(spot.y),
        reach=min(_REACH, int(nearest / 2)),
        wide=_text(place, spot, wide.get(place.id)),
        narrow=_text(place, spot, narrow.get(place.id)),
        fits=fits,
    )


def _text(place: MapPlace, spot: Point, label: Label | None) -> MapText | None:
    """Write a name beside its mark, whose place its numbers are counted from."""
    if label is None:
        return None
    return MapText(place.name, round(label.x - spot.x), round(label.y - spot.y), label.anchor)
