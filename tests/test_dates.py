"""Dates keep the precision of their source, and every comparison says which edge is meant."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtnetz.dates import DateFormatError, ImpossibleDateError, PartialDate

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "expected", "precision"),
    [
        ("2022", "2022", "year"),
        ("2022-07", "2022-07", "month"),
        ("2022-7", "2022-07", "month"),
        ("07.2022", "2022-07", "month"),
        ("2022-07-08", "2022-07-08", "day"),
        ("2022-7-8", "2022-07-08", "day"),
        ("08.07.2022", "2022-07-08", "day"),
        ("8.7.2022", "2022-07-08", "day"),
        ("8. 7.2022", "2022-07-08", "day"),
        ("2022-07-08 18:30", "2022-07-08T18:30", "minute"),
        ("2022-07-08T18:30", "2022-07-08T18:30", "minute"),
        ("08.07.2022 18:30", "2022-07-08T18:30", "minute"),
        ("08.07.2022, 8:30 Uhr", "2022-07-08T08:30", "minute"),
        (" 2022 ", "2022", "year"),
        ("29.02.2024", "2024-02-29", "day"),
    ],
)
def test_forms(text, expected, precision):
    found = PartialDate.parse(text)
    assert str(found) == expected
    assert found.precision == precision


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bald",
        "22",
        "2022-07-08-09",
        "8. Juli 2022",
        "07/08/2022",
        "2022-07 18:30",
        "2022 18:30",
        "2022-07-08 18",
        "2022-07-08 18:30:00",
        "٢٠٢٢",
        "2022-07-08\n18:30",
    ],
)
def test_other_forms_are_refused(text):
    with pytest.raises(DateFormatError):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "2022-02-30",
        "31.04.2022",
        "29.02.2023",
        "2022-13",
        "2022-00",
        "2022-07-00",
        "00.07.2022",
        "2022-07-08 24:00",
        "2022-07-08 18:60",
        "1799",
        "2200",
        "0000",
    ],
)
def test_what_the_calendar_does_not_have(text):
    with pytest.raises(ImpossibleDateError):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    "parts",
    [
        (2022, None, 8),
        (2022, 7, None, time(18)),
        (2022, 0),
        (2022, 7, 0),
        (2022, 7, 8, time(18, 30, 5)),
        (2022, 7, 8, time(18, tzinfo=UTC)),
    ],
)
def test_only_whole_dates_can_be_made(parts):
    with pytest.raises(ImpossibleDateError):
        PartialDate(*parts)


def test_edges():
    assert (PartialDate(2020).first_day, PartialDate(2020).last_day) == (date(2020, 1, 1), date(2020, 12, 31))
    assert (PartialDate(2020, 2).first_day, PartialDate(2020, 2).last_day) == (
        date(2020, 2, 1),
        date(2020, 2, 29),
    )
    assert PartialDate(2020, 12).last_day == date(2020, 12, 31)
    summer = PartialDate(2022, 7, 8)
    assert summer.starts(BERLIN).astimezone(UTC) == datetime(2022, 7, 7, 22, tzinfo=UTC)
    assert summer.ends(BERLIN).astimezone(UTC) == datetime(2022, 7, 8, 22, tzinfo=UTC)
    minute = PartialDate(2022, 7, 8, time(18, 30))
    assert minute.starts(BERLIN) == minute.ends(BERLIN)
    assert PartialDate(2199).ends(BERLIN).year == 2200


def test_days_of_the_change_of_clocks():
    # 25 hours and 23 hours long; 02:30 is there twice, and not at all.
    long, short = PartialDate(2024, 10, 27), PartialDate(2024, 3, 31)
    for day, hours in ((long, 25), (short, 23)):
        length = day.ends(BERLIN).astimezone(UTC) - day.starts(BERLIN).astimezone(UTC)
        assert length == timedelta(hours=hours)
    assert PartialDate.parse("2024-03-31 02:30").starts(BERLIN).astimezone(UTC).hour in (0, 1)


def test_years_on():
    assert str(PartialDate.parse("2024-02-29").plus_years(1)) == "2025-02-28"
    assert str(PartialDate.parse("2024-02-29").plus_years(4)) == "2028-02-29"
    assert str(PartialDate.parse("2020-07").plus_years(1)) == "2021-07"
    assert str(PartialDate.parse("2020-07-01 18:30").plus_years(-1)) == "2019-07-01T18:30"


def test_what_follows_the_last_year_can_be_computed():
    assert str(PartialDate.parse("2199").plus_years(1)) == "2200"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("2020", "2021", True),
        ("2020", "2020", False),
        ("2020-06", "2020", False),
        ("2020", "2020-06", False),
        ("2020-06", "2020-07-01", True),
        ("2020-06-30", "2020-07", True),
        ("2020-07-01", "2020-07-01", False),
        ("2020-07-01 10:00", "2020-07-01 11:00", True),
        ("2020-07-01 11:00", "2020-07-01 10:00", False),
        ("2020-07-01", "2020-07-01 10:00", False),
        ("2020-07-01 10:00", "2020-07-01", False),
        ("2020-06-30 23:59", "2020-07-01", True),
        ("2020-12", "2020-12-31 10:00", False),
    ],
)
def test_surely_before(first, second, expected):
    assert PartialDate.parse(first).surely_before(PartialDate.parse(second)) is expected


DAYS = st.dates(date(1800, 1, 1), date(2199, 12, 31))
TIMES = st.times().map(lambda t: t.replace(second=0, microsecond=0))


@st.composite
def partial_dates(draw):
    day = draw(DAYS)
    precision = draw(st.sampled_from(["year", "month", "day", "minute"]))
    if precision == "year":
        return PartialDate(day.year)
    if precision == "month":
        return PartialDate(day.year, day.month)
    return PartialDate(day.year, day.month, day.day, draw(TIMES) if precision == "minute" else None)


@given(partial_dates())
def test_what_is_written_is_read_back(moment):
    assert PartialDate.parse(str(moment)) == moment


@given(partial_dates())
def test_a_date_starts_before_it_ends(moment):
    assert moment.first_day <= moment.last_day
    assert moment.starts(BERLIN).astimezone(UTC) <= moment.ends(BERLIN).astimezone(UTC)
    assert (moment.starts(BERLIN) == moment.ends(BERLIN)) == (moment.precision == "minute")


@given(partial_dates(), partial_dates())
def test_surely_before_is_an_order(first, second):
    assert not first.surely_before(first)
    assert not (first.surely_before(second) and second.surely_before(first))
    if first.surely_before(second):
        assert first.last_day <= second.first_day


@given(partial_dates(), partial_dates(), partial_dates())
def test_surely_before_is_transitive(first, second, third):
    if first.surely_before(second) and second.surely_before(third):
        assert first.surely_before(third)


@given(st.one_of(st.text(max_size=25), st.text("0123456789-.:T Uhr", max_size=22)))
def test_any_text_is_a_date_or_refused(text):
    try:
        found = PartialDate.parse(text)
    except (DateFormatError, ImpossibleDateError):
        return
    assert PartialDate.parse(str(found)) == found
