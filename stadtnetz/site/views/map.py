"""The map of the network: a drawing, the same in a list, and ways to narrow both.

Numbers are units of the drawing, whole ones; a thousand are its width.
"""

from __future__ import annotations

from stadtnetz.fingerprint import Value
from stadtnetz.site.views.frame import Badge, Link

__all__ = [
    "MapArc",
    "MapDrawing",
    "MapFacet",
    "MapFacetValue",
    "MapMark",
    "MapRow",
    "MapText",
    "MapView",
    "MiniMap",
]


class MapText(Value, frozen=True):
    """Words on the map; `anchor` is the value of `text-anchor`."""

    text: str
    x: int
    y: int
    anchor: str


class MapArc(Value, frozen=True):
    """A tandem: an arc that begins at the accompanying place and ends at the accompanied one.

    Its halves are data of SVG paths. `head` are the corners of the arrow's head; empty where no source says who
    accompanies whom.
    """

    title: str
    ends: tuple[str, str]
    """The ids of both places."""
    whole: str
    second: str
    head: str
    running: bool


class MapMark(Value, frozen=True):
    """A place: where it stands, what can be pressed around it, and its name where there is room.

    `key` is that of its status (`Badge.key`); `state` and `status` are values of the filters.
    """

    id: str
    url: str
    title: str
    """Place, state and status: the name of the link."""
    key: str
    state: str
    status: str
    x: int
    y: int
    reach: int
    """The radius of what can be pressed."""
    wide: MapText | None
    """Its name on a large map, counted from the mark; see `fits`."""
    narrow: MapText | None
    """Its name on a small map, None where it has no room."""
    fits: bool
    """Whether its name has room on a large map; otherwise it shows while the place is pointed at."""


class MapDrawing(Value, frozen=True):
    """The drawing, in the order in which it is painted."""

    width: int
    height: int
    areas: tuple[str, ...]
    """The states, as data of SVG paths."""
    names: tuple[MapText, ...]
    arcs: tuple[MapArc, ...]
    marks: tuple[MapMark, ...]
    moved: bool
    """Whether marks had to be moved apart."""


class MapFacetValue(Value, frozen=True):
    """A value of a filter with its own page; `key` is the status whose sign is shown."""

    value: str
    text: str
    url: str
    number: int
    current: bool
    key: str = ""


class MapFacet(Value, frozen=True):
    """A filter: "land" or "status" in addresses. Its first value is everything and has an empty `value`."""

    field: str
    title: str
    values: tuple[MapFacetValue, ...]


class MapRow(Value, frozen=True):
    """A place in the list; `stage` puts the statuses into the order of a place's life."""

    link: Link
    state_name: str
    badge: Badge
    stage: int
    since: str
    begun: str
    """When it was admitted, for sorting."""
    tandems: tuple[Link, ...]
    state: str
    status: str


class MapView(Value, frozen=True):
    """A page with the map."""

    heading: str
    lead: str
    title: str
    """The name of the drawing."""
    description: str
    drawing: MapDrawing
    facets: tuple[MapFacet, ...]
    result: str
    """How many places are shown, in words."""
    one: str
    many: str
    """The same for one place and for "#" places, for the filters."""
    none: str
    rows: tuple[MapRow, ...]
    absent: tuple[Link, ...]
    """Places that are not on the map."""
    main_url: str
    """Where the map stands with all places on it."""
    is_whole: bool
    """Whether that is here."""
    shows_tandems: bool
    shows_running: bool
    shows_inferred: bool
    """Which kinds of arcs the legend has to explain."""


class MiniMap(Value, frozen=True):
    """The map beside a place: an outline, the place, its tandem partners."""

    width: int
    height: int
    outline: str
    x: int
    y: int
    partners: tuple[tuple[int, int], ...]
    arcs: tuple[MapArc, ...]
    url: str
    """The place on the large map."""
