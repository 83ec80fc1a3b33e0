"""The life of a city in the network, and the state of a tandem, as functions of dates and one moment.

selected by the jury → in its first year (accompanied by a tandem city) → trained → tandem partner for others →
former; who comes back is readmitted. Dates are as vague as their sources ("2022"), so each step states the least
that is certain: a first year that began some time in 2022 is over for certain only at the end of 2023.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from stadtnetz.clock import BERLIN, Clock
from stadtnetz.dates import PartialDate
from stadtnetz.model.city import City, Membership
from stadtnetz.model.tandem import Tandem

__all__ = [
    "Stage",
    "Standing",
    "TandemState",
    "has_begun",
    "membership_begins",
    "membership_changes",
    "membership_moments",
    "standing",
    "tandem_changes",
    "tandem_end",
    "tandem_moments",
    "tandem_state",
    "year_over",
]


class Stage(StrEnum):
    """Where a place stands in its life in the network."""

    NOT_YET = "not-yet"
    """No period of membership has begun."""
    SELECTED = "selected"
    FIRST_YEAR = "first-year"
    MEMBER = "member"
    """A member; whether its first year is over is not known."""
    TRAINED = "trained"
    MENTOR = "mentor"
    FORMER = "former"


MEMBER_STAGES = frozenset({Stage.FIRST_YEAR, Stage.MEMBER, Stage.TRAINED, Stage.MENTOR})


class Standing(Struct, frozen=True):
    """A city's place in the network as of a moment.

    `period` is the one that holds or held last; `confirmed` is false where no source says that it goes on.
    """

    stage: Stage
    period: Membership | None
    readmitted: bool
    confirmed: bool

    @property
    def is_member(self) -> bool:
        """Tell whether the place counts as a member."""
        return self.stage in MEMBER_STAGES and self.confirmed


class TandemState(StrEnum):
    """What a tandem is at a moment."""

    PENDING = "pending"
    """One side is not yet known."""
    ANNOUNCED = "announced"
    RUNNING = "running"
    ENDED = "ended"
    CONTINUED = "continued"
    """The year is over, the exchange goes on."""
    UNDATED = "undated"
    """No source gives a date from which the state would follow."""


def year_over(begin: PartialDate) -> PartialDate:
    """Return the day on which a year after a date is over for certain."""
    return PartialDate.of(begin.last_day).plus_years(1)


def membership_begins(period: Membership) -> datetime | None:
    """Return the first instant at which a period may count as membership, None where no date is known.

    An admission that is known by its year only does not begin before the jury's selection.
    """
    begin = period.admitted or period.attested
    if begin is None:
        return None
    instant = begin.starts(BERLIN)
    if period.admitted is not None and period.selected is not None:
        instant = max(instant, period.selected.starts(BERLIN))
    return instant


def standing(city: City, clock: Clock, *, has_mentored: bool) -> Standing:
    """Tell where a city stands. `has_mentored` says whether a tandem has begun in which it accompanies another."""
    begun = sorted((period for period in city.membership if _has_begun(period, clock)), key=_first_sign)
    if not begun:
        return Standing(Stage.NOT_YET, None, readmitted=False, confirmed=True)
    period = begun[-1]
    return Standing(
        _stage(period, clock, has_mentored=has_mentored),
        period,
        readmitted=len(begun) > 1,
        confirmed=period.confirmed,
    )


def _first_sign(period: Membership) -> date:
    """Return the first day of which a period's data tell; periods without any come first."""
    known = period.admitted or period.attested or period.selected
    return known.first_day if known is not None else date.min


def _has_begun(period: Membership, clock: Clock) -> bool:
    begins = membership_begins(period)
    if begins is not None and begins <= clock.now:
        return True
    if period.selected is not None:
        return clock.reached(period.selected)
    return begins is None


def _stage(period: Membership, clock: Clock, *, has_mentored: bool) -> Stage:
    if period.until is not None and clock.passed(period.until):
        return Stage.FORMER
    begins = membership_begins(period)
    if begins is None or begins > clock.now:
        return Stage.SELECTED if period.selected is not None else Stage.MEMBER
    known = period.admitted or period.attested
    if known is not None and clock.reached(year_over(known)):
        return Stage.MENTOR if has_mentored else Stage.TRAINED
    return Stage.FIRST_YEAR if period.admitted is not None else Stage.MEMBER


def membership_changes(city: City) -> Iterator[tuple[str, datetime]]:
    """Yield every instant at which the city's stage may change, with why: a name as in `moments.REASONS`."""
    for period in city.membership:
        if (begins := membership_begins(period)) is not None:
            yield "membership-begins", begins
        if period.selected is not None:
            yield "city-selected", period.selected.starts(BERLIN)
        if (known := period.admitted or period.attested) is not None:
            yield "first-year-over", year_over(known).starts(BERLIN)
        if period.until is not None:
            yield "membership-over", period.until.ends(BERLIN)


def membership_moments(city: City) -> Iterator[datetime]:
    """Yield every instant at which the city's stage may change."""
    for _, at in membership_changes(city):
        yield at


def tandem_end(tandem: Tandem) -> PartialDate | None:
    """Return a tandem's end as it is known: written, or a year after its start in the start's precision."""
    if tandem.end is not None:
        return tandem.end
    return tandem.start.plus_years(1) if tandem.start is not None else None


def _over_at(tandem: Tandem) -> datetime | None:
    """Return the instant at which a tandem is over for certain."""
    if tandem.end is not None:
        return tandem.end.ends(BERLIN)
    known = tandem.start or tandem.attested
    return year_over(known).starts(BERLIN) if known is not None else None


def tandem_state(tandem: Tandem, clock: Clock) -> TandemState:
    """Tell what a tandem is at the clock's moment."""
    if tandem.pending is not None:
        return TandemState.PENDING
    over = _over_at(tandem)
    if over is not None and over <= clock.now:
        return TandemState.CONTINUED if tandem.continued else TandemState.ENDED
    if tandem.start is not None:
        return TandemState.RUNNING if clock.reached(tandem.start) else TandemState.ANNOUNCED
    return TandemState.UNDATED


def has_begun(tandem: Tandem, clock: Clock) -> bool:
    """Tell whether a tandem with two known sides has begun, for certain enough to call its mentor one."""
    known = tandem.start or tandem.attested
    return tandem.pending is None and known is not None and clock.reached(known)


def tandem_changes(tandem: Tandem) -> Iterator[tuple[str, datetime]]:
    """Yield every instant at which a tandem's state may change, with why: a name as in `moments.REASONS`."""
    # An open side that becomes overdue is a matter for the check; what readers see stays the same.
    if tandem.pending is not None:
        return
    if (known := tandem.start or tandem.attested) is not None:
        yield "tandem-begins", known.starts(BERLIN)
    if (over := _over_at(tandem)) is not None:
        yield "tandem-over", over


def tandem_moments(tandems: Iterable[Tandem]) -> Iterator[datetime]:
    """Yield every instant at which a tandem's state may change."""
    for tandem in tandems:
        for _, at in tandem_changes(tandem):
            yield at
