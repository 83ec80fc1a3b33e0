"""Dates as sources state them: a year, a month, a day, or a day with a time.

A source that says "2020" does not say "1 January 2020". Every date in content keeps the precision that it
was given, and every comparison says which edge of it is meant: the first instant that it can mean
(`starts`) or the first instant after it (`ends`).
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

__all__ = ["DateFormatError", "ImpossibleDateError", "PartialDate", "Precision"]

_ISO = re.compile(
    r"(?P<y>[0-9]{4})(?:-(?P<m>[0-9]{1,2})(?:-(?P<d>[0-9]{1,2})(?:[T ]+(?P<t>[0-9]{1,2}:[0-9]{2}))?)?)?"
)
_GERMAN = re.compile(
    r"(?:(?:(?P<d>[0-9]{1,2})\.\s?)?(?P<m>[0-9]{1,2})\.)?(?P<y>[0-9]{4})(?:,?\s+(?P<t>[0-9]{1,2}:[0-9]{2})(?: Uhr)?)?"
)

Precision = str
"""One of "year", "month", "day", "minute"."""

EARLIEST_YEAR, LATEST_YEAR = 1800, 2199
"""Years outside are typing errors: nothing in the programme's records lies there."""


class DateFormatError(ValueError):
    """The text is not a date in any of the accepted forms."""


class ImpossibleDateError(ValueError):
    """The text has the form of a date, but the calendar has no such day or the clock no such time."""


class PartialDate(Struct, frozen=True):
    """A date with the precision of its source; a time is wall-clock time in Europe/Berlin.

    Raises ImpossibleDateError for a day that the calendar does not have. What is computed from a date may lie
    outside the years that may be written.
    """

    year: int
    month: int | None = None
    day: int | None = None
    time: time | None = None

    def __post_init__(self) -> None:
        if (self.day is not None and self.month is None) or (self.time is not None and self.day is None):
            raise ImpossibleDateError(str(self))
        if self.time is not None and (
            self.time.second or self.time.microsecond or self.time.tzinfo is not None
        ):
            raise ImpossibleDateError(str(self))
        try:
            date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)
        except ValueError as error:
            raise ImpossibleDateError(str(self)) from error

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read `2020`, `2020-07`, `2020-07-01`, `01.07.2020`, `07.2020`, a day also with `18:30`.

        Raises DateFormatError or ImpossibleDateError.
        """
        match = _ISO.fullmatch(text.strip()) or _GERMAN.fullmatch(text.strip())
        if match is None or (match["t"] and not match["d"]):
            raise DateFormatError(text)
        try:
            clock = time.fromisoformat(match["t"].zfill(5)) if match["t"] else None
        except ValueError as error:
            raise ImpossibleDateError(text) from error
        year = int(match["y"])
        if not EARLIEST_YEAR <= year <= LATEST_YEAR:
            raise ImpossibleDateError(text)
        month, day = (int(match[part]) if match[part] else None for part in "md")
        return cls(year, month, day, clock)

    @classmethod
    def of(cls, moment: datetime | date) -> PartialDate:
        """Return the day of a date or of a moment, without its time."""
        return cls(moment.year, moment.month, moment.day)

    def __str__(self) -> str:
        text = f"{self.year:04}"
        if self.month is not None:
            text += f"-{self.month:02}"
        if self.day is not None:
            text += f"-{self.day:02}"
        if self.time is not None:
            text += f"T{self.time:%H:%M}"
        return text

    @property
    def precision(self) -> Precision:
        """Return how much is known."""
        if self.time is not None:
            return "minute"
        if self.day is not None:
            return "day"
        return "year" if self.month is None else "month"

    @property
    def first_day(self) -> date:
        """Return the first day that this date can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """Return the last day that this date can mean."""
        if self.day is not None:
            return self.first_day
        following = (
            date(self.year + 1, 1, 1)
            if self.month in (None, 12)
            else date(self.year, (self.month or 0) + 1, 1)
        )
        return following - timedelta(days=1)

    def starts(self, zone: ZoneInfo) -> datetime:
        """Return the first instant that this date can mean."""
        return datetime.combine(self.first_day, self.time or time(), zone)

    def ends(self, zone: ZoneInfo) -> datetime:
        """Return the first instant after this date; for a date with a time, that instant itself."""
        if self.time is not None:
            return self.starts(zone)
        return datetime.combine(self.last_day + timedelta(days=1), time(), zone)

    def plus_years(self, years: int) -> PartialDate:
        """Return the same date some years on, in the same precision; 29 February becomes 28 February."""
        day = self.day
        if (self.month, day) == (2, 29) and not _is_leap(self.year + years):
            day = 28
        return PartialDate(self.year + years, self.month, day, self.time)

    def surely_before(self, other: PartialDate) -> bool:
        """Tell whether this date lies before the other whatever either of them means exactly."""
        if self.time is not None and other.time is not None:
            return (self.first_day, self.time) < (other.first_day, other.time)
        # What happens on one day is not surely in order as long as one of the times is unknown.
        return self.last_day < other.first_day


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
