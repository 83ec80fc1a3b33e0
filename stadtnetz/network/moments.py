"""When the site would change by itself: the next moment after the clock's at which anything differs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from stadtnetz.clock import BERLIN
from stadtnetz.dates import PartialDate
from stadtnetz.model.city import City
from stadtnetz.model.event import Event
from stadtnetz.model.news import News
from stadtnetz.model.shared import Entry
from stadtnetz.model.tandem import Tandem
from stadtnetz.network.library import Library
from stadtnetz.network.lifecycle import membership_moments, tandem_moments
from stadtnetz.network.network import news_moments
from stadtnetz.network.operator import assessment_ages
from stadtnetz.network.references import placed_pictures

__all__ = ["event_moments", "valid_until"]


def valid_until(library: Library, now: datetime, *, drafts: bool = False) -> datetime | None:
    """Return the next moment after `now` at which the site may change, None when it never will by itself."""
    entries = (item.entry for item in library.all_items() if drafts or not item.entry.draft)
    moments = [moment for entry in entries for moment in _moments(entry)]
    if library.site is not None:
        ages = assessment_ages(library.site.config.accessibility)
        moments += [] if ages is None else [ages.starts(BERLIN)]
    return min((moment for moment in moments if moment > now), default=None)


def _moments(entry: Entry) -> Iterator[datetime]:
    match entry:
        case City():
            yield from membership_moments(entry)
            # Counts hold for the latest day that a place's data speak of, once it has come.
            stand = [entry.updated] if entry.updated is not None else [one.seen for one in entry.sources]
            yield from (PartialDate.of(day.first_day).starts(BERLIN) for day in stand)
        case Tandem():
            yield from tandem_moments([entry])
        case News():
            yield from news_moments([entry])
        case Event():
            yield from event_moments(entry)
    for _, picture in placed_pictures(entry):
        if picture.withdraw_by is not None:
            yield picture.withdraw_by.starts(BERLIN)


def event_moments(event: Event) -> Iterator[datetime]:
    """Yield the start and the end of every date of an event."""
    dates = [(event.start, event.end), *((repeat.start, repeat.end) for repeat in event.repeats)]
    for start, end in dates:
        yield start.starts(BERLIN)
        yield (end or start).ends(BERLIN)
