"""What will change by itself, as a calendar that reminds those who write; for them alone, never part of a site."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC

from icalendar import Calendar, Event

from stadtnetz.authoring.upcoming import Upcoming
from stadtnetz.clock import BERLIN, Clock
from stadtnetz.fingerprint import of_bytes

__all__ = ["as_calendar"]


def as_calendar(changes: Iterable[tuple[Upcoming, str, str]], clock: Clock, name: str) -> bytes:
    """Return a calendar (RFC 5545) of changes, each with the words for it and for what it rests on."""
    calendar = Calendar()
    calendar.add("prodid", "-//stadtnetz//upcoming//DE")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for one, summary, description in changes:
        calendar.add_component(_event(one, summary, description, clock))
    data: bytes = calendar.to_ical()
    return data


def _event(one: Upcoming, summary: str, description: str, clock: Clock) -> Event:
    change = one.change
    at = change.at.astimezone(BERLIN)
    midnight = (at.hour, at.minute) == (0, 0)
    event = Event()
    # The same change has the same name in every calendar, so that importing it again makes no second one.
    key = f"{change.kind} {change.id} {change.why} {change.at.isoformat()}"
    event.add("uid", f"{of_bytes(key.encode())}@stadtnetz")
    event.add("dtstamp", clock.now.astimezone(UTC))
    event.add("dtstart", at.date() if midnight else at.astimezone(UTC))
    event.add("summary", summary)
    event.add("description", description)
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event
