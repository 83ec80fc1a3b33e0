"""The life of a city and the state of a tandem: stories with dates, and properties over all dates."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtnetz.clock import BERLIN, Clock
from stadtnetz.dates import PartialDate
from stadtnetz.model.city import City
from stadtnetz.model.tandem import Tandem
from stadtnetz.network.lifecycle import (
    Stage,
    TandemState,
    membership_moments,
    standing,
    tandem_moments,
    tandem_state,
)

ORDER = [Stage.NOT_YET, Stage.SELECTED, Stage.FIRST_YEAR, Stage.TRAINED, Stage.FORMER]


def city(*periods: dict[str, str]) -> City:
    return City.model_validate(
        {"name": "Musterstadt", "type": "city", "state": "DE-NI", "membership": list(periods)}
    )


def stage(place: City, day: str, *, has_mentored: bool = False) -> Stage:
    return standing(place, Clock.from_text(day), has_mentored=has_mentored).stage


def tandem(**fields: object) -> Tandem:
    return Tandem.model_validate({"mentor": "musterstadt", "mentee": "beispielhausen", **fields})


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2022-06-13", Stage.NOT_YET),
        ("2022-06-14", Stage.SELECTED),
        ("2022-06-30", Stage.SELECTED),
        ("2022-07-01", Stage.FIRST_YEAR),
        ("2023-06-30", Stage.FIRST_YEAR),
        ("2023-07-01", Stage.TRAINED),
        ("2024-12-31", Stage.TRAINED),
        ("2025-01-01", Stage.FORMER),
    ],
)
def test_a_city_goes_through_its_stages_on_the_day(day: str, expected: Stage) -> None:
    place = city({"selected": "2022-06-14", "admitted": "2022-07-01", "until": "2024"})
    assert stage(place, day) is expected


def test_an_admission_known_by_its_year_begins_with_the_selection() -> None:
    place = city({"selected": "2022-06-14", "admitted": "2022"})
    assert stage(place, "2022-06-13") is Stage.NOT_YET
    assert stage(place, "2022-07-08") is Stage.FIRST_YEAR


def test_a_first_year_of_unknown_beginning_ends_when_it_is_over_for_certain() -> None:
    place = city({"admitted": "2022"})
    assert stage(place, "2023-12-30") is Stage.FIRST_YEAR
    assert stage(place, "2023-12-31") is Stage.TRAINED


def test_who_has_accompanied_others_is_a_mentor_only_after_its_own_first_year() -> None:
    place = city({"admitted": "2020-07-01"})
    assert stage(place, "2021-06-30", has_mentored=True) is Stage.FIRST_YEAR
    assert stage(place, "2021-07-01", has_mentored=True) is Stage.MENTOR


def test_who_comes_back_is_readmitted() -> None:
    place = city({"admitted": "2015-09", "until": "2019"}, {"admitted": "2022-10"})
    assert stage(place, "2020-01-01") is Stage.FORMER
    back = standing(place, Clock.from_text("2022-11-01"), has_mentored=False)
    assert (back.stage, back.readmitted, back.is_member) == (Stage.FIRST_YEAR, True, True)


def test_a_membership_that_is_only_attested_says_no_more_than_that() -> None:
    place = city({"attested": "2025-03-05"})
    assert stage(place, "2025-03-04") is Stage.NOT_YET
    assert stage(place, "2025-03-05") is Stage.MEMBER
    assert stage(place, "2026-03-05") is Stage.TRAINED


def test_an_unconfirmed_membership_does_not_count() -> None:
    place = city({"admitted": "2015-09", "confirmed": "nein"})
    assert not standing(place, Clock.from_text("2026-01-01"), has_mentored=False).is_member


def test_a_city_without_dates_is_recorded_but_no_member_before_it_has_a_period() -> None:
    assert stage(city(), "2026-01-01") is Stage.NOT_YET


@pytest.mark.parametrize(
    ("fields", "day", "expected"),
    [
        ({"start": "2024-07-29"}, "2024-07-28", TandemState.ANNOUNCED),
        ({"start": "2024-07-29"}, "2024-07-29", TandemState.RUNNING),
        ({"start": "2024-07-29"}, "2025-07-28", TandemState.RUNNING),
        ({"start": "2024-07-29"}, "2025-07-29", TandemState.ENDED),
        ({"start": "2024"}, "2025-12-30", TandemState.RUNNING),
        ({"start": "2024"}, "2025-12-31", TandemState.ENDED),
        ({"start": "2024", "end": "2025-03"}, "2025-03-31", TandemState.RUNNING),
        ({"start": "2024", "end": "2025-03"}, "2025-04-01", TandemState.ENDED),
        ({"start": "2020", "continued": "ja"}, "2026-01-01", TandemState.CONTINUED),
        ({"attested": "2021"}, "2021-06-01", TandemState.UNDATED),
        ({"attested": "2021"}, "2026-01-01", TandemState.ENDED),
        ({}, "2026-01-01", TandemState.UNDATED),
    ],
)
def test_a_tandem_is_what_its_dates_make_it(fields: dict[str, str], day: str, expected: TandemState) -> None:
    assert tandem_state(tandem(**fields), Clock.from_text(day)) is expected


def test_a_tandem_with_one_side_open_is_pending_even_when_overdue() -> None:
    pending = Tandem.model_validate({"mentee": "musterstadt", "pending": {"expected": "2022-08-31"}})
    assert tandem_state(pending, Clock.from_text("2026-01-01")) is TandemState.PENDING


days = st.dates(date(2015, 1, 1), date(2030, 12, 31))


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    day = draw(days)
    return draw(
        st.sampled_from(
            [
                PartialDate(day.year),
                PartialDate(day.year, day.month),
                PartialDate(day.year, day.month, day.day),
            ]
        )
    )


@given(admitted=partial_dates(), moments=st.lists(days, min_size=2, max_size=6))
def test_life_goes_forward_only(admitted: PartialDate, moments: list[date]) -> None:
    place = city({"admitted": str(admitted), "until": str(admitted.plus_years(3))})
    stages = [stage(place, day.isoformat()) for day in sorted(moments)]
    assert [ORDER.index(one) for one in stages] == sorted(ORDER.index(one) for one in stages)


@given(admitted=partial_dates(), mentor=st.booleans())
def test_a_stage_changes_only_at_a_moment_that_is_announced(admitted: PartialDate, mentor: bool) -> None:
    place = city({"admitted": str(admitted), "until": str(admitted.plus_years(2))})
    moments = sorted(set(membership_moments(place)))
    for before, after in pairwise(moments):
        at_start = standing(place, Clock(before), has_mentored=mentor)
        at_end = standing(place, Clock(after - timedelta(seconds=1)), has_mentored=mentor)
        assert at_start == at_end
    long_before = Clock(datetime(2000, 1, 1, tzinfo=BERLIN))
    assert standing(place, long_before, has_mentored=mentor).stage is Stage.NOT_YET


@given(start=partial_dates())
def test_a_tandem_changes_only_at_a_moment_that_is_announced(start: PartialDate) -> None:
    one = tandem(start=str(start))
    moments = sorted(set(tandem_moments([one])))
    states = [tandem_state(one, Clock(moment)) for moment in moments]
    assert states == [TandemState.RUNNING, TandemState.ENDED]
    for moment, state in zip(moments, [TandemState.ANNOUNCED, TandemState.RUNNING], strict=True):
        assert tandem_state(one, Clock(moment - timedelta(seconds=1))) is state
