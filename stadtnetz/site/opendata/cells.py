"""How the cells of the tables come about: from fields, from parts of entries, from other entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any

from stadtnetz.clock import BERLIN
from stadtnetz.model.base import Record
from stadtnetz.model.city import City, Coordinates
from stadtnetz.model.event import Event
from stadtnetz.model.partner import Partner
from stadtnetz.model.shared import Entry
from stadtnetz.model.tandem import Tandem
from stadtnetz.network.library import Item
from stadtnetz.site.edition import Edition, stand_of
from stadtnetz.site.opendata.columns import Codes, Column, Form, Value, of_field, visible, written

__all__ = [
    "COMMON",
    "ID",
    "belongs_to",
    "city_geometry",
    "coordinate",
    "field_of",
    "inner",
    "items",
    "no_moments",
    "part",
    "parts",
    "places_geometry",
    "reference",
    "references",
    "related",
    "repeats",
    "stand",
    "tandem_geometry",
]


def field_of(
    model: type[Record], name: str, form: Form = Form.TEXT, *, many: bool = False, codes: Codes = ()
) -> Column:
    """Return a column for a field of a row's entry."""
    return of_field(
        model, name, form, lambda _, item: written(getattr(item.entry, name)), many=many, codes=codes
    )


def inner(
    outer: type[Record], field: str, model: type[Record], name: str, as_: str, form: Form = Form.TEXT
) -> Column:
    """Return a column for a field of a record inside of the entry, which may be missing."""

    def value(_: Edition, item: Item[Entry]) -> Value:
        inside = getattr(item.entry, field)
        return None if inside is None else written(getattr(inside, name))

    about = model.model_fields[name]
    label = f"{outer.model_fields[field].title}: {about.title}"
    return Column(as_, label, about.description or "", form, value)


def references(model: type[Record], name: str, kind: str) -> Column:
    """Return a column with the ids of the visible entries that a field names."""

    def value(edition: Edition, item: Item[Entry]) -> Value:
        return visible(edition.network, kind, getattr(item.entry, name))

    return of_field(model, name, Form.ID, value, many=True)


def reference(model: type[Record], name: str, kind: str) -> Column:
    """Return a column with the id of the entry that a field names, if it is visible."""

    def value(edition: Edition, item: Item[Entry]) -> Value:
        return next(iter(visible(edition.network, kind, [getattr(item.entry, name)])), None)

    return of_field(model, name, Form.ID, value)


ID = Column("id", "Kennung", "Bleibt immer gleich.", Form.ID, lambda _, item: str(item.id), required=True)
COMMON = (
    Column(
        "as_of",
        "Stand",
        "Tag, für den die Angaben des Eintrags gelten.",
        Form.DATE,
        lambda _, item: None if (day := stand_of(item)) is None else day.isoformat(),
    ),
    Column(
        "url",
        "Seite",
        "Adresse des Eintrags auf dieser Seite.",
        Form.URL,
        lambda edition, item: edition.addresses.absolute(edition.paths[item.kind, item.id]),
        required=True,
    ),
    Column(
        "sources",
        "Quellen",
        "Adressen der Quellen.",
        Form.URL,
        lambda _, item: tuple(dict.fromkeys(source.url for source in item.entry.sources)),
        many=True,
    ),
)


def items(kind: str) -> Callable[[Edition], Iterable[Item[Entry]]]:
    """Return what goes through the entries of a kind."""
    return lambda edition: edition.network.items[kind].values()


def stand(kind: str, moments: Callable[[Any], Iterable[datetime]]) -> Callable[[Edition], date | None]:
    """Return what finds the day that a table holds for: the last change in the data, or by the passing of time."""

    def latest(edition: Edition) -> date | None:
        clock = edition.network.clock
        of_kind = edition.network.items[kind].values()
        written_days = (stand_of(item) for item in of_kind)
        days = [day for day in written_days if day is not None and day <= clock.today]
        passed = (moment for item in of_kind for moment in moments(item.entry) if moment <= clock.now)
        return max([*days, *(moment.astimezone(BERLIN).date() for moment in passed)], default=None)

    return latest


def no_moments(_: object) -> Iterable[datetime]:
    """Return nothing: for what does not change by the passing of time."""
    return ()


def coordinate(name: str) -> Column:
    """Return a column for a place's latitude or longitude."""

    def value(_: Edition, item: Item[City]) -> Value:
        point = item.entry.coordinates
        return None if point is None else float(getattr(point, name))

    about = Coordinates.model_fields[name]
    return Column(name, about.title or name, "In Grad, WGS 84, gerundet.", Form.NUMBER, value)


def _point(point: Coordinates) -> list[float]:
    # Longitude first: RFC 7946, section 3.1.1.
    return [float(point.lon), float(point.lat)]


def city_geometry(_: Edition, item: Item[City]) -> dict[str, object] | None:
    """Return where a place is."""
    point = item.entry.coordinates
    return None if point is None else {"type": "Point", "coordinates": _point(point)}


def tandem_geometry(edition: Edition, item: Item[Tandem]) -> dict[str, object] | None:
    """Return the line between the places of a tandem, from the one that accompanies."""
    cities = edition.network.cities
    sides = visible(edition.network, "city", (item.entry.mentor, item.entry.mentee))
    points = [point for side in sides if (point := cities[side].entry.coordinates) is not None]
    if len(points) < 2:
        return None
    return {"type": "LineString", "coordinates": [_point(point) for point in points]}


def places_geometry(edition: Edition, item: Item[Partner] | Item[Event]) -> dict[str, object] | None:
    """Return where the places are that an entry names; of a building or an office no source says where it is."""
    cities = edition.network.cities
    named = visible(edition.network, "city", item.entry.cities)
    points = [_point(point) for one in named if (point := cities[one].entry.coordinates) is not None]
    if not points:
        return None
    if len(points) == 1:
        return {"type": "Point", "coordinates": points[0]}
    return {"type": "MultiPoint", "coordinates": points}


def parts(kind: str, name: str) -> Callable[[Edition], Iterator[tuple[str, Record]]]:
    """Return what goes through the records that entries have several of, each with the id of its entry."""

    def each(edition: Edition) -> Iterator[tuple[str, Record]]:
        for id_, item in edition.network.items[kind].items():
            for one in getattr(item.entry, name):
                yield id_, one

    return each


def part(model: type[Record], name: str, form: Form = Form.TEXT) -> Column:
    """Return a column for a field of such a record."""
    return of_field(model, name, form, lambda _, pair: written(getattr(pair[1], name)))


def belongs_to(kind: str, label: str) -> Column:
    """Return a column with the id of the entry that a part belongs to."""
    return Column(kind, label, "Kennung.", Form.ID, lambda _, pair: str(pair[0]), required=True)


def repeats(_: Edition, item: Item[Event]) -> Value:
    """Return an event's further dates, as intervals where their end is known (ISO 8601)."""
    return tuple(f"{one.start}/{one.end}" if one.end else str(one.start) for one in item.entry.repeats)


def related(kind: str, other: str, label: str) -> Column:
    """Return a column with the ids of the entries of another kind that belong to an entry."""
    return Column(
        f"{other}s",
        label,
        "Kennungen der Einträge, die zusammengehören.",
        Form.ID,
        lambda edition, item: edition.network.related(kind, item.id, other),
        many=True,
    )
