"""How many places were members at the end of each year, from the dated periods of their membership."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from msgspec import Struct

from stadtnetz.clock import BERLIN
from stadtnetz.model.city import City, Membership
from stadtnetz.network.lifecycle import membership_begins

__all__ = ["Tally", "tally_by_year"]


class Tally(Struct, frozen=True):
    """What is known for the end of a day.

    `members` are those that the site counts. For the `unconfirmed` a source states that they began, and none that
    they went on.
    """

    day: date
    members: int
    unconfirmed: int


def tally_by_year(cities: Iterable[City], until: date) -> tuple[Tally, ...]:
    """Count at the end of every year from the first beginning on, and last at the end of the day `until`.

    A period of which no beginning and no attestation is known can't be placed in any year, and is left out.
    """
    by_city = [_stays(city.membership) for city in cities]
    years = [stay.begins.year for stays in by_city for stay in stays if stay.begins.date() <= until]
    if not years:
        return ()
    days = [date(year, 12, 31) for year in range(min(years), until.year)]
    return tuple(_tally(by_city, day) for day in (*days, until))


class _Stay(Struct, frozen=True):
    """A period of membership: its first instant and the first after it."""

    begins: datetime
    ends: datetime | None
    confirmed: bool


def _stays(periods: Iterable[Membership]) -> list[_Stay]:
    """Return the periods that have a beginning, the latest first."""
    found = [
        _Stay(begins, period.until.ends(BERLIN) if period.until is not None else None, period.confirmed)
        for period in periods
        if (begins := membership_begins(period)) is not None
    ]
    # Of two that begin at one moment, the one that is written last counts, as everywhere (see lifecycle.standing).
    return sorted(found, key=lambda stay: stay.begins)[::-1]


def _tally(by_city: Iterable[Sequence[_Stay]], day: date) -> Tally:
    # The last second of the day: a membership "until 2017" is over when 2018 begins.
    now = datetime.combine(day, time(23, 59, 59), BERLIN)
    members = unconfirmed = 0
    for stays in by_city:
        stay = next((stay for stay in stays if stay.begins <= now), None)
        if stay is not None and (stay.ends is None or stay.ends > now):
            members += stay.confirmed
            unconfirmed += not stay.confirmed
    return Tally(day, members, unconfirmed)
