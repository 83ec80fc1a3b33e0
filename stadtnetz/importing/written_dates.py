"""Dates as German and English releases write them, with the time where one is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time

from msgspec import Struct

from stadtnetz.dates import ImpossibleDateError, PartialDate

__all__ = ["DATE", "WrittenDate", "first_date", "written_dates"]

_GERMAN = "januar februar märz april mai juni juli august september oktober november dezember"
_ENGLISH = "january february march april may june july august september october november december"
_SHORT = "jan feb mär apr mai jun jul aug sep okt nov dez"
_MONTHS = {
    **{name: number for names in (_GERMAN, _ENGLISH, _SHORT) for number, name in enumerate(names.split(), 1)},
    "jänner": 1,
    "mar": 3,
    "sept": 9,
    "oct": 10,
    "dec": 12,
}
_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
DATE = (
    r"(?:(?:Mo|Di|Mi|Do|Fr|Sa|So|Mon|Diens|Donners|Frei|Sams|Sonn|Mittwoch)(?:tag)?\.?,? ?(?:den |dem )?)?"
    rf"(?:\d{{1,2}}\. ?(?:{_NAMES})\.? (?:19|20)\d\d|\d{{1,2}}\. ?\d{{1,2}}\. ?(?:(?:19|20)\d\d|\d\d(?!\d))"
    rf"|(?:19|20)\d\d-\d\d-\d\d|\d{{1,2}}(?:st|nd|rd|th)? (?:{_NAMES}) (?:19|20)\d\d"
    rf"|(?:{_NAMES}) \d{{1,2}}, (?:19|20)\d\d)"
)
"""A whole date, as a pattern without groups; to be used ignoring case."""
_DAY = re.compile(
    rf"(?<![\d.])(?:(?P<d>\d{{1,2}})(?:\.|st|nd|rd|th)? ?(?P<name>{_NAMES})\.? (?P<y>(?:19|20)\d\d)"
    rf"|(?P<d2>\d{{1,2}})\. ?(?P<m2>\d{{1,2}})\. ?(?P<y2>(?:19|20)\d\d|\d\d)(?!\d)"
    rf"|(?P<y3>(?:19|20)\d\d)-(?P<m3>\d\d)-(?P<d3>\d\d)"
    rf"|(?P<name4>{_NAMES}) (?P<d4>\d{{1,2}}), (?P<y4>(?:19|20)\d\d))",
    re.IGNORECASE,
)
_TIME = re.compile(
    r",? ?(?:um |ab |at |T)?(?P<h>\d{1,2})(?:[:.](?P<min>\d\d))? ?(?:Uhr|h\b)"
    r"|(?:,? (?:um |at )?|T)(?P<h2>\d{1,2}):(?P<min2>\d\d)",
    re.IGNORECASE,
)


class WrittenDate(Struct, frozen=True):
    """A date in a text, and where it stands there."""

    start: int
    end: int
    date: PartialDate


def written_dates(text: str) -> Iterator[WrittenDate]:
    """Yield every day that a text names; what no calendar has is no date."""
    for match in _DAY.finditer(text):
        year = int(match["y"] or match["y2"] or match["y3"] or match["y4"])
        # "8.7.22": no release is older than the programme's idea, none younger than this century.
        year += 2000 if year < 100 else 0
        name = match["name"] or match["name4"]
        month = _MONTHS[name.lower()] if name else int(match["m2"] or match["m3"])
        day = int(match["d"] or match["d2"] or match["d3"] or match["d4"])
        clock = _TIME.match(text, match.end())
        hour = _hour(clock)
        try:
            found = PartialDate(year, month, day, hour)
        except ImpossibleDateError:
            continue
        yield WrittenDate(match.start(), clock.end() if clock and hour else match.end(), found)


def first_date(text: str) -> PartialDate | None:
    """Return the first day that a text names."""
    return next((one.date for one in written_dates(text)), None)


def _hour(match: re.Match[str] | None) -> time | None:
    if match is None:
        return None
    hour, minute = int(match["h"] or match["h2"]), int(match["min"] or match["min2"] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
