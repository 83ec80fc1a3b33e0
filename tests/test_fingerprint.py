"""A fingerprint is equal exactly when the value is: type, order and boundaries count."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from stadtnetz.fingerprint import Fingerprints, of_program
from stadtnetz.site.views import Badge, Card, Link

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=4).map(tuple),
    max_leaves=12,
)
cards = st.builds(
    Card,
    kind=st.sampled_from(["city", "news"]),
    title=st.text(max_size=5),
    url=st.text(max_size=5),
    badge=st.none() | st.builds(Badge, st.text(max_size=3), st.text(max_size=3)),
    links=st.lists(st.builds(Link, st.text(max_size=3), st.text(max_size=3)), max_size=3).map(tuple),
)


def of(*values: object) -> str:
    return Fingerprints().of(*values)


def typed(value: object) -> object:
    """Return something that is equal only for equal values of equal types: True is not 1."""
    return (type(value).__name__, [typed(item) for item in value] if isinstance(value, tuple) else value)


@given(one=plain, two=plain)
def test_plain_values_share_a_fingerprint_exactly_when_they_are_equal(one: object, two: object) -> None:
    assert (of(one) == of(two)) == (typed(one) == typed(two))


@given(one=cards, two=cards)
def test_views_share_a_fingerprint_exactly_when_they_are_equal(one: Card, two: Card) -> None:
    assert (of(one) == of(two)) == (one == two)


@given(card=cards)
def test_looking_again_gives_the_same(card: Card) -> None:
    known = Fingerprints()
    assert known.of(card) == known.of(card) == of(replace(card))


def test_order_and_boundaries_count() -> None:
    assert of(("a", "b")) != of(("b", "a"))
    assert of("ab", "c") != of("a", "bc")
    assert of(("a",), "b") != of("a", ("b",))
    assert of({"a": 1, "b": 2}) != of({"b": 2, "a": 1})


def test_what_is_escaped_differs_from_what_is_not() -> None:
    assert of("<b>") != of(Markup("<b>"))


def test_records_of_two_kinds_with_the_same_fields_differ() -> None:
    class Other(Struct, frozen=True):
        key: str
        text: str

    assert of(Badge("a", "b")) != of(Other("a", "b"))


def test_dates_have_fingerprints_and_what_can_change_has_none() -> None:
    assert of(date(2022, 7, 8)) != of(date(2022, 7, 9))
    with pytest.raises(TypeError):
        of(["a list can change"])


def test_the_program_has_one_fingerprint_for_a_process() -> None:
    assert of_program() == of_program()
    assert len(of_program()) == 32
