"""When the site would change by itself: the next moment after the clock's at which anything differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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

__all__ = ["Moments", "event_moments", "moments_of"]


@dataclass(frozen=True, slots=True)
class Moments:
    """The stretch of time around a build's moment in which nothing changes by itself; None where it has no end."""

    until: datetime | None
    """The next moment at which the site may change."""
    rest_since: datetime | None
    """The last one at which anything but news did."""
    told_since: datetime | None
    told_until: datetime | None
    """The stretch in which the problems that are reported stay the same as well."""


def moments_of(library: Library, now: datetime, *, drafts: bool = False) -> Moments:
    """Return when the site and what is reported about it changed by themselves, and will again."""
    rest: list[datetime] = []
    news: list[datetime] = []
    told: list[datetime] = []
    for item in library.all_items():
        entry = item.entry
        if drafts or not entry.draft:
            (news if isinstance(entry, News) else rest).extend(_moments(entry))
        if entry.review_by is not None:
            told.append(entry.review_by.ends(BERLIN))
        if isinstance(entry, Tandem) and entry.pending is not None:
            told.append(entry.pending.expected.ends(BERLIN))
        # Of what nobody may see yet it is reported all the same that it is referred to, or must go.
        if entry.draft:
            told.extend(_moments(entry))
    if library.site is not None:
        ages = assessment_ages(library.site.config.accessibility)
        rest += [] if ages is None else [ages.starts(BERLIN)]
    changes = [*rest, *news]
    all_moments = [*changes, *told]
    return Moments(
        until=_next(changes, now),
        rest_since=_last(rest, now),
        told_since=_last(all_moments, now),
        told_until=_next(all_moments, now),
    )


def _next(moments: list[datetime], now: datetime) -> datetime | None:
    return min((moment for moment in moments if moment > now), default=None)


def _last(moments: list[datetime], now: datetime) -> datetime | None:
    return max((moment for moment in moments if moment <= now), default=None)


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
