"""The one moment that a build holds for.

A build is a function of its files and of this moment; nothing below the command line asks the time.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct

from stadtnetz.dates import PartialDate

if TYPE_CHECKING:
    from datetime import date

__all__ = ["BERLIN", "Clock", "Moment"]

BERLIN = ZoneInfo("Europe/Berlin")

Moment = Annotated[datetime, Meta(tz=True)]
"""A moment that files of ours hold: without its offset it could not be compared with the clock's."""


class Clock(Struct, frozen=True):
    """The moment of a build, an aware datetime in Europe/Berlin with whole seconds."""

    now: datetime

    @classmethod
    def at(cls, moment: datetime) -> Clock:
        """Make a clock from any aware moment."""
        return cls(moment.astimezone(BERLIN).replace(microsecond=0))

    @classmethod
    def from_epoch(cls, seconds: int) -> Clock:
        """Make a clock from SOURCE_DATE_EPOCH (seconds since 1970, UTC)."""
        return cls.at(datetime.fromtimestamp(seconds, UTC))

    @classmethod
    def from_text(cls, text: str) -> Clock:
        """Make a clock from `2022-08-01` (its first instant) or `2022-08-01T12:30`; see PartialDate.parse."""
        return cls.at(PartialDate.parse(text).starts(BERLIN))

    @property
    def today(self) -> date:
        """Return the day in Europe/Berlin."""
        return self.now.date()

    def reached(self, moment: PartialDate) -> bool:
        """Tell whether the first instant of a date has come."""
        return moment.starts(BERLIN) <= self.now

    def passed(self, moment: PartialDate) -> bool:
        """Tell whether all of a date is over."""
        return moment.ends(BERLIN) <= self.now
