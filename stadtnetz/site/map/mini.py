"""The small map beside a place: where it lies, and where its tandem partners are."""

from __future__ import annotations

from functools import cache

from stadtnetz.geo.arcs import arc_between
from stadtnetz.geo.outlines import germany, path_of
from stadtnetz.geo.plane import Point
from stadtnetz.site.edition import Edition
from stadtnetz.site.frame import map_link
from stadtnetz.site.map.drawing import arc_view, where
from stadtnetz.site.map.record import shown
from stadtnetz.site.views import MiniMap

__all__ = ["mini_map"]

_TOLERANCE, _SMALLEST = 8, 80
"""Of its outline, in units: it is a fifth as wide as the large one."""
_CLEAR, _LOWEST, _HEAD = 34, 90, 56


def mini_map(edition: Edition, id_: str) -> MiniMap | None:
    """Return the map beside a place, None where it can't be drawn."""
    records = edition.once("map", "positions", lambda: _positions(edition))
    if id_ not in records:
        return None
    own = records[id_]
    tandems = [
        one
        for one in shown(edition).tandems
        if id_ in (one.mentor, one.mentee) and one.mentor in records and one.mentee in records
    ]
    arcs = tuple(
        arc_view(
            one,
            arc_between(
                records[one.mentor], records[one.mentee], clear=_CLEAR, lowest=_LOWEST, view=germany().view
            ),
            _HEAD,
        )
        for one in tandems
    )
    partners = {
        other: records[other] for one in tandems for other in (one.mentor, one.mentee) if other != id_
    }
    return MiniMap(
        width=germany().width,
        height=germany().height,
        outline=_outline(),
        x=round(own.x),
        y=round(own.y),
        partners=tuple((round(point.x), round(point.y)) for point in partners.values()),
        arcs=arcs,
        url=f"{map_link(edition).url}#s-place-{id_}",
    )


def _positions(edition: Edition) -> dict[str, Point]:
    found = {place.id: where(place) for place in shown(edition).places}
    return {id_: point for id_, point in found.items() if point is not None}


@cache
def _outline() -> str:
    outlines = germany().coarser(_TOLERANCE, _SMALLEST)
    return "".join(path_of(outlines.rings(code)) for code in outlines.areas)
