"""Calendars (RFC 5545): of each event, of each city's events, of all.

Everything in them comes from the entries; that includes the moments of change, so that an entry that stays the same
gives the same bytes for ever. A date of which only the month or the year is known can't be in a calendar.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from stadtnetz.clock import BERLIN
from stadtnetz.dates import PartialDate
from stadtnetz.fingerprint import of_bytes
from stadtnetz.model.city import Coordinates
from stadtnetz.model.event import Event, EventStatus
from stadtnetz.network.library import Item
from stadtnetz.site.edition import Edition, stand_of
from stadtnetz.site.files import PlannedFile, stable_uuid
from stadtnetz.site.subscriptions import (
    ALL_EVENTS,
    all_events,
    calendar_path,
    city_calendar,
    has_calendar_date,
    is_calendar_date,
)

if TYPE_CHECKING:
    from icalendar import Calendar, Timezone
    from icalendar import Event as CalendarEvent

__all__ = ["calendars"]

_FIRST_SEQUENCE = date(2014, 1, 1)
"""Before the programme: revisions are counted in days from here."""

_STATUS = {EventStatus.PLANNED: "TENTATIVE", EventStatus.CANCELLED: "CANCELLED"}
_SAID = (EventStatus.CANCELLED, EventStatus.MOVED, EventStatus.SOLD_OUT)
"""What must be seen in the title: many calendars do not show the status of an entry."""


def calendars(edition: Edition) -> Iterator[PlannedFile]:
    """Plan every calendar that has an entry."""
    network = edition.network
    dated = [item for item in network.events.values() if has_calendar_date(item.entry)]
    for item in dated:
        yield _planned(edition, calendar_path("event", item.id), edition.name(item), [item])
    for id_ in network.cities:
        chosen = [item for item in dated if id_ in item.entry.cities]
        for one in city_calendar(edition, id_):
            name = f"{network.site.title}: {one.text}"
            yield _planned(edition, calendar_path("city", id_), name, chosen)
    for one in all_events(edition):
        yield _planned(edition, ALL_EVENTS, f"{network.site.title}: {one.text}", dated)


def _planned(edition: Edition, path: str, name: str, items: Sequence[Item[Event]]) -> PlannedFile:
    network = edition.network
    # What an entry says of others: the names of its topics, and where its place is.
    topics = [(id_, edition.name(network.topics[id_])) for item in items for id_ in _topics(edition, item)]
    points = [_point(edition, item) for item in items]
    said = of_bytes(repr((topics, points)).encode("utf-8", "surrogatepass"))
    inputs = (edition.addresses.base_url, path, name, said, *(item.facts for item in items))
    return PlannedFile(path, inputs, partial(_calendar, edition, path, name, tuple(items)))


def _topics(edition: Edition, item: Item[Event]) -> list[str]:
    return [id_ for id_ in item.entry.topics if id_ in edition.network.topics]


def _point(edition: Edition, item: Item[Event]) -> Coordinates | None:
    """Return where an event is, if its place is a city as a whole: of a building in it no source says where it is."""
    place = item.entry.place
    if place is None or place.address is not None:
        return None
    for id_ in item.entry.cities:
        city = edition.network.cities.get(id_)
        if city is not None and place.name in (city.entry.name, city.entry.short_name):
            return city.entry.coordinates
    return None


def _calendar(edition: Edition, path: str, name: str, items: Sequence[Item[Event]]) -> bytes:
    # Imported here: only a build that makes a calendar has to wait for it.
    from icalendar import Calendar, vText

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//stadtnetz//stadtnetz//{edition.language.upper()}")
    # The name by RFC 7986, and the one that older calendars know; the library escapes only what it knows.
    calendar.add("name", vText(name))
    calendar.add("x-wr-calname", vText(name))
    calendar.add("source", edition.addresses.absolute(path), parameters={"VALUE": "URI"})
    calendar.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    events = [event for item in items for event in _events(edition, item)]
    if any(isinstance(event.start, datetime) for event in events):
        calendar.add_component(_berlin())
    for event in events:
        _add(calendar, event)
    return bytes(calendar.to_ical(sorted=False))


def _berlin() -> Timezone:
    """Return the rule of Central European Time since 1996, which is in force without an end.

    Source: Directive 2000/84/EC, https://eur-lex.europa.eu/eli/dir/2000/84/oj
    """
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    winter, summer = timedelta(hours=1), timedelta(hours=2)
    zone = Timezone()
    zone.add("tzid", "Europe/Berlin")
    for part, name, begin, before, after in (
        (TimezoneDaylight(), "CEST", datetime(1996, 3, 31, 2), winter, summer),
        (TimezoneStandard(), "CET", datetime(1996, 10, 27, 3), summer, winter),
    ):
        part.add("tzname", name)
        part.add("dtstart", begin)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("rrule", {"freq": "yearly", "bymonth": begin.month, "byday": "-1su"})
        zone.add_component(part)
    return zone


class _Dated(Struct, frozen=True):
    """One date of an event, as calendars want it: the end is exclusive, None where it is not known."""

    edition: Edition
    item: Item[Event]
    uid: str
    start: date | datetime
    end: date | datetime | None


def _events(edition: Edition, item: Item[Event]) -> Iterator[_Dated]:
    """Yield each date of an event that a calendar can hold.

    Further dates are entries of their own: they may last differently, and not every calendar knows lists of dates.
    The first keeps its id when it is moved; a further one is known by its day.
    """
    entry = item.entry
    dates = [(f"event/{item.id}", entry.start, entry.end)]
    dates += [(f"event/{item.id}/{one.start}", one.start, one.end) for one in entry.repeats]
    for name, start, end in dates:
        if is_calendar_date(start):
            first, last = _span(start, end)
            yield _Dated(edition, item, stable_uuid(name), first, last)


def _span(start: PartialDate, end: PartialDate | None) -> tuple[date | datetime, date | datetime | None]:
    """Return start and exclusive end, both days or both moments."""
    if end is None or not is_calendar_date(end):
        end = start
    if start.time is None:
        return start.first_day, end.last_day + timedelta(days=1)
    begin = start.starts(BERLIN)
    # Of an end on the same day without a time nothing is known; on a later one, the event lasts that day.
    over = begin if end.time is None and end.first_day == start.first_day else end.ends(BERLIN)
    return begin, over if over > begin else None


def _add(calendar: Calendar, dated: _Dated) -> None:
    from icalendar import Event as CalendarEvent

    edition, entry = dated.edition, dated.item.entry
    day = stand_of(dated.item)
    event = CalendarEvent()
    event.add("uid", dated.uid)
    event.add("dtstamp", _utc(day or entry.start.first_day))
    if day is not None:
        event.add("last-modified", _utc(day))
        event.add("sequence", max(0, (day - _FIRST_SEQUENCE).days))
    event.add("dtstart", dated.start)
    if dated.end is not None:
        event.add("dtend", dated.end)
    event.add("status", _STATUS.get(entry.status, "CONFIRMED"))
    name = edition.name(dated.item)
    label = entry.status.label(edition.language)
    event.add("summary", f"{label.capitalize()}: {name}" if entry.status in _SAID else name)
    event.add("description", _description(edition, dated.item))
    _add_where_and_who(event, edition, dated.item)
    topics = [edition.name(edition.network.topics[id_]) for id_ in _topics(edition, dated.item)]
    if topics:
        event.add("categories", topics)
    event.add("url", edition.addresses.absolute(edition.paths["event", dated.item.id]))
    calendar.add_component(event)


def _add_where_and_who(event: CalendarEvent, edition: Edition, item: Item[Event]) -> None:
    from icalendar import vCalAddress

    entry = item.entry
    if entry.place is not None:
        event.add("location", ", ".join(part for part in (entry.place.name, entry.place.address) if part))
    point = _point(edition, item)
    if point is not None:
        event.add("geo", (point.lat, point.lon))
    if entry.online_url is not None:
        event.add("conference", entry.online_url, parameters={"VALUE": "URI"})
    contact = entry.contact
    if contact is not None and contact.email is not None:
        organizer = vCalAddress(f"mailto:{contact.email}")
        name = entry.organiser or contact.organisation or contact.name
        if name:
            organizer.params["CN"] = name
        event.add("organizer", organizer)


def _description(edition: Edition, item: Item[Event]) -> str:
    """Return what calendars show below the title; not all of them show the address of the page elsewhere."""
    t = edition.texts
    entry = item.entry
    lines = [entry.lead]
    if entry.online_url is not None:
        lines.append(f"{t.gettext('Online')}: {entry.online_url}")
    if entry.registration is not None and entry.registration.url is not None:
        lines.append(f"{t.gettext('Registration')}: {entry.registration.url}")
    lines.append(edition.addresses.absolute(edition.paths["event", item.id]))
    return "\n".join(lines)


def _utc(day: date) -> datetime:
    return datetime.combine(day, time(), BERLIN).astimezone(UTC)
