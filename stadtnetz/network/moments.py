"""When the site would change by itself: the next moment after the clock's at which anything differs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from stadtnetz.clock import BERLIN
from stadtnetz.dates import PartialDate
from stadtnetz.model.city import City
from stadtnetz.model.event import Event
from stadtnetz.model.news import News
from stadtnetz.model.shared import Entry
from stadtnetz.model.site_config import SiteConfig
from stadtnetz.model.tandem import Tandem
from stadtnetz.network.library import Library
from stadtnetz.network.lifecycle import membership_changes, tandem_changes
from stadtnetz.network.network import Network, news_changes
from stadtnetz.network.operator import assessment_ages, security_ages
from stadtnetz.network.references import placed_pictures

__all__ = ["REASONS", "Change", "Moments", "Scope", "changes_of", "moments_of", "open_moments"]


class Moments(Struct, frozen=True):
    """The stretch of time around a build's moment in which nothing changes by itself; None where it has no end."""

    until: datetime | None
    """The next moment at which the site may change."""
    rest_since: datetime | None
    """The last one at which anything but news did."""
    told_since: datetime | None
    told_until: datetime | None
    """The stretch in which the problems that are reported stay the same as well."""


class Scope(StrEnum):
    """What changes at a moment."""

    REST = "rest"
    """The site, beyond the news alone."""
    NEWS = "news"
    TOLD = "told"
    """What is reported about the content; readers see no difference."""


class Change(Struct, frozen=True):
    """A moment at which something changes by itself: why (one of `REASONS`), and whose entry it is.

    `kind` and `id` are "site" and "" for what site.yaml says.
    """

    at: datetime
    why: str
    kind: str
    id: str
    path: str
    scope: Scope


REASONS = (
    *("news-appears", "embargo-lifts", "news-expires"),
    *("event-begins", "event-over"),
    *("city-selected", "membership-begins", "first-year-over", "membership-over", "figures-hold"),
    *("tandem-begins", "tandem-over", "tandem-overdue"),
    *("picture-withdrawn", "review-due", "statement-holds", "statement-ages"),
    *("security-ages", "security-expires"),
)
"""Everything that makes a moment one."""


def changes_of(library: Library, *, drafts: bool = False) -> Iterator[Change]:
    """Yield every moment at which anything changed or will change by itself, in no order."""
    for item in library.all_items():
        for scope, why, at in _scoped(item.entry, drafts=drafts):
            yield Change(at, why, item.kind, item.id, item.path, scope)
    for scope, why, at in _of_site(library):
        yield Change(at, why, "site", "", "site.yaml", scope)


def moments_of(library: Library, now: datetime, *, drafts: bool = False) -> Moments:
    """Return when the site and what is reported about it changed by themselves, and will again."""
    moments: dict[Scope, list[datetime]] = {scope: [] for scope in Scope}
    for item in library.all_items():
        for scope, _, at in _scoped(item.entry, drafts=drafts):
            moments[scope].append(at)
    for scope, _, at in _of_site(library):
        moments[scope].append(at)
    changes = [*moments[Scope.REST], *moments[Scope.NEWS]]
    all_moments = [*changes, *moments[Scope.TOLD]]
    return Moments(
        until=_next(changes, now),
        rest_since=_last(moments[Scope.REST], now),
        told_since=_last(all_moments, now),
        told_until=_next(all_moments, now),
    )


_INTERNAL = frozenset({"picture-withdrawn", "news-expires", "figures-hold", "security-ages"})
"""Moments that no page names: what is planned for them must not be guessed from when they are."""


def open_moments(network: Network) -> tuple[datetime | None, datetime | None]:
    """Return the last and the next moment that readers can know of: of what they see, and for reasons they see.

    What says more, as `Moments` does, gives away that something waits for its embargo to end, or that a picture must
    go.
    """
    named = [
        one for by_id in network.items.values() for item in by_id.values() for one in _changes(item.entry)
    ]
    named += [(why, at) for _, why, at in _of_config(network.site)]
    known = [at for why, at in named if why not in _INTERNAL]
    return _last(known, network.clock.now), _next(known, network.clock.now)


_Named = Iterator[tuple[Scope, str, datetime]]


def _scoped(entry: Entry, *, drafts: bool) -> _Named:
    """Yield an entry's moments with what changes then, and why."""
    scope = Scope.NEWS if isinstance(entry, News) else Scope.REST
    if entry.draft and not drafts:
        # Of what nobody may see yet it is reported all the same that it is referred to, or must go.
        scope = Scope.TOLD
    for why, at in _changes(entry):
        yield scope, why, at
    if entry.review_by is not None:
        yield Scope.TOLD, "review-due", entry.review_by.ends(BERLIN)
    if isinstance(entry, Tandem) and entry.pending is not None:
        yield Scope.TOLD, "tandem-overdue", entry.pending.expected.ends(BERLIN)


def _of_site(library: Library) -> _Named:
    if library.site is not None:
        yield from _of_config(library.site.config)


def _of_config(config: SiteConfig) -> _Named:
    stated = config.accessibility
    if stated.assessed is not None:
        # Until then it is reported that a site can't have been assessed in the future.
        yield Scope.TOLD, "statement-holds", stated.assessed.starts(BERLIN)
    ages = assessment_ages(stated)
    if ages is not None:
        yield Scope.REST, "statement-ages", ages.starts(BERLIN)
    security, ages = config.security, security_ages(config.security)
    if ages is not None and security.expires is not None and (security.email or security.url):
        yield Scope.TOLD, "security-ages", ages.starts(BERLIN)
        yield Scope.REST, "security-expires", security.expires.ends(BERLIN)


def _next(moments: list[datetime], now: datetime) -> datetime | None:
    return min((moment for moment in moments if moment > now), default=None)


def _last(moments: list[datetime], now: datetime) -> datetime | None:
    return max((moment for moment in moments if moment <= now), default=None)


def _changes(entry: Entry) -> Iterator[tuple[str, datetime]]:
    match entry:
        case City():
            yield from membership_changes(entry)
            # Counts hold for the latest day that a place's data speak of, once it has come.
            stand = [entry.updated] if entry.updated is not None else [one.seen for one in entry.sources]
            for day in stand:
                yield "figures-hold", PartialDate.of(day.first_day).starts(BERLIN)
        case Tandem():
            yield from tandem_changes(entry)
        case News():
            yield from news_changes(entry)
        case Event():
            yield from _event_changes(entry)
    for _, picture in placed_pictures(entry):
        if picture.withdraw_by is not None:
            yield "picture-withdrawn", picture.withdraw_by.starts(BERLIN)


def _event_changes(event: Event) -> Iterator[tuple[str, datetime]]:
    """Yield the start and the end of every date of an event."""
    dates = [(event.start, event.end), *((repeat.start, repeat.end) for repeat in event.repeats)]
    for start, end in dates:
        yield "event-begins", start.starts(BERLIN)
        yield "event-over", (end or start).ends(BERLIN)
