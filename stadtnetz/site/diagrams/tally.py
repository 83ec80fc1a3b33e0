"""How many places were members at the end of each year, from the dated periods of their membership."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from stadtnetz.clock import BERLIN, Clock
from stadtnetz.model.city import City, Membership
from stadtnetz.network.lifecycle import membership_begins

__all__ = ["Tally", "tally_by_year"]


@dataclass(frozen=True, slots=True)
class Tally:
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
    by_city = [_dated(city.membership) for city in cities]
    years = [begins.year for periods in by_city for begins in periods if begins.date() <= until]
    if not years:
        return ()
    days = [date(year, 12, 31) for year in range(min(years), until.year)]
    return tuple(_tally(by_city, day) for day in (*days, until))


def _dated(periods: Iterable[Membership]) -> Mapping[datetime, Membership]:
    found = {begins: period for period in periods if (begins := membership_begins(period)) is not None}
    return dict(sorted(found.items()))


def _tally(by_city: Iterable[Mapping[datetime, Membership]], day: date) -> Tally:
    # The last instant of the day: a membership "until 2017" is over when 2018 begins.
    clock = Clock.at(datetime.combine(day + timedelta(days=1), time(), BERLIN) - timedelta(seconds=1))
    members = unconfirmed = 0
    for periods in by_city:
        last = [period for begins, period in periods.items() if begins <= clock.now][-1:]
        for period in last:
            if period.until is None or not clock.passed(period.until):
                members += period.confirmed
                unconfirmed += not period.confirmed
    return Tally(day, members, unconfirmed)
