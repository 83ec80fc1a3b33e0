"""Events in the vocabulary of https://schema.org/Event."""

from __future__ import annotations

import re

from stadtnetz.dates import PartialDate
from stadtnetz.model.event import Event, EventStatus
from stadtnetz.network.library import Item
from stadtnetz.site.edition import Edition
from stadtnetz.site.structured.pages import iso
from stadtnetz.site.structured.script import Thing, filled
from stadtnetz.site.structured.things import named, organisation

__all__ = ["event_thing"]

_STATUS = {EventStatus.CANCELLED: "EventCancelled", EventStatus.MOVED: "EventRescheduled"}
_FREE = frozenset({"kostenfrei", "kostenlos", "gratis", "eintritt frei", "frei"})
_PRICE = re.compile(r"(?P<whole>\d{1,4})(?:[,.](?P<cents>\d\d))?\s*(?:€|EUR|Euro)")
_VIRTUAL = "online"
"""What editors write as the place of an event that has none."""


def event_thing(edition: Edition, item: Item[Event]) -> Thing:
    """Return an event with its further dates as parts of it."""
    entry = item.entry
    url = edition.addresses.absolute(edition.paths["event", item.id])
    common: dict[str, object] = {
        "name": edition.name(item),
        "eventStatus": f"https://schema.org/{_STATUS.get(entry.status, 'EventScheduled')}",
        "eventAttendanceMode": _mode(entry),
        "location": _location(entry),
    }
    parts = [
        filled({"@type": "Event", **_dates(one.start, one.end), **common, "url": url})
        for one in entry.repeats
    ]
    return filled(
        {
            "@type": "Event",
            "@id": f"{url}#event",
            **common,
            **_dates(entry.start, entry.end),
            "description": entry.lead,
            "url": url,
            "inLanguage": edition.language,
            "organizer": organisation(entry.organiser) if entry.organiser else None,
            "audience": {"@type": "Audience", "audienceType": entry.audience} if entry.audience else None,
            "isAccessibleForFree": _is_free(entry.price) or None,
            "offers": _offer(entry),
            "about": named(edition, entry),
            "subEvent": parts,
        }
    )


def _dates(start: PartialDate, end: PartialDate | None) -> dict[str, object]:
    return {"startDate": iso(start), "endDate": iso(end) if end is not None else None}


def _has_place(event: Event) -> bool:
    return event.place is not None and event.place.name.casefold() != _VIRTUAL


def _is_online(event: Event) -> bool:
    return event.online_url is not None or (event.place is not None and not _has_place(event))


def _mode(event: Event) -> str | None:
    if not (_has_place(event) or _is_online(event)):
        return None
    words = {
        (True, True): "MixedEventAttendanceMode",
        (True, False): "OfflineEventAttendanceMode",
        (False, True): "OnlineEventAttendanceMode",
    }
    return f"https://schema.org/{words[_has_place(event), _is_online(event)]}"


def _location(event: Event) -> list[Thing]:
    found: list[Thing] = []
    if event.place is not None and _has_place(event):
        found.append(filled({"@type": "Place", "name": event.place.name, "address": event.place.address}))
    if _is_online(event):
        found.append(filled({"@type": "VirtualLocation", "name": "Online", "url": event.online_url}))
    return found


def _is_free(price: str | None) -> bool:
    return price is not None and price.strip(" .").casefold() in _FREE


def _offer(event: Event) -> Thing | None:
    """Return what taking part costs and where to register: only a price that is nothing but a price has a number."""
    price = _PRICE.fullmatch(event.price.strip(" .")) if event.price else None
    registration = event.registration
    known = filled(
        {
            "price": "0"
            if _is_free(event.price)
            else f"{price['whole']}.{price['cents'] or '00'}"
            if price
            else None,
            "url": registration.url if registration else None,
            "validThrough": iso(registration.deadline) if registration and registration.deadline else None,
            "availability": "https://schema.org/SoldOut" if event.status is EventStatus.SOLD_OUT else None,
        }
    )
    if not known:
        return None
    return {"@type": "Offer", **known, **({"priceCurrency": "EUR"} if "price" in known else {})}
