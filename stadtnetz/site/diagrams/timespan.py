"""Places on a line of time, for dates as precise as their sources.

A date takes the room of every day that it can mean: a year takes its year, never its first of January. What would
lie on one another is moved into lanes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from stadtnetz.dates import PartialDate

__all__ = ["Scale", "Span", "lanes_for"]


class Span(Struct, frozen=True):
    """A stretch of time: it begins on a day from `first` to `first_latest`, and ends from `last_earliest` to `last`."""

    first: date
    first_latest: date
    last_earliest: date
    last: date

    @classmethod
    def of(cls, when: PartialDate) -> Span:
        """Return the days that one date can mean; of none of them it is certain."""
        return cls(when.first_day, when.last_day, when.first_day, when.last_day)

    @classmethod
    def between(cls, start: PartialDate, end: PartialDate) -> Span:
        """Return the stretch from one date to another."""
        return cls(start.first_day, start.last_day, end.first_day, end.last_day)

    @property
    def certain(self) -> tuple[date, date] | None:
        """Return the first and the last day that belong to the stretch whatever its dates mean exactly."""
        return (self.first_latest, self.last_earliest) if self.first_latest <= self.last_earliest else None


class Scale(Struct, frozen=True):
    """Whole years from the first to the last, each of the same length; `start` is where the first one begins."""

    first_year: int
    last_year: int
    start: int
    year: int

    @property
    def end(self) -> int:
        """Return where the last year ends."""
        return self.start + self.year * (self.last_year - self.first_year + 1)

    def begin_of(self, day: date) -> int:
        """Return where a day begins."""
        length = date(day.year, 12, 31).timetuple().tm_yday
        passed = (day.timetuple().tm_yday - 1) / length
        return self.start + round(self.year * (day.year - self.first_year + passed))

    def end_of(self, day: date) -> int:
        """Return where a day ends."""
        return self.begin_of(day + timedelta(days=1))


def lanes_for(stretches: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Give each stretch (from, to), in the order of their beginnings, the first lane where it touches no other."""
    ends: list[int] = []
    lanes: list[int] = []
    for begin, end in stretches:
        lane = next((number for number, taken in enumerate(ends) if taken < begin), len(ends))
        if lane == len(ends):
            ends.append(end)
        ends[lane] = end
        lanes.append(lane)
    return tuple(lanes)
