"""A fingerprint is equal exactly when the value is: type, order and boundaries count."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from msgspec.structs import replace

from stadtnetz.fingerprint import Value, of_program
from stadtnetz.fingerprint import of_values as of
from stadtnetz.site.views import Badge, Card, Link

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text() | st.binary(),
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
    assert of(card) == of(card) == of(replace(card))


def test_order_and_boundaries_count() -> None:
    assert of(("a", "b")) != of(("b", "a"))
    assert of("ab", "c") != of("a", "bc")
    assert of(("a",), "b") != of("a", ("b",))
    assert of({"a": 1, "b": 2}) != of({"b": 2, "a": 1})


def test_what_is_escaped_differs_from_what_is_not() -> None:
    assert of("<b>") != of(Markup("<b>"))


def test_records_of_two_kinds_with_the_same_fields_differ() -> None:
    class Other(Value, frozen=True):
        key: str
        text: str

    assert of(Badge("a", "b")) != of(Other("a", "b"))


def test_dates_have_fingerprints_and_strange_objects_have_none() -> None:
    assert of(date(2022, 7, 8)) != of(date(2022, 7, 9))
    with pytest.raises(TypeError):
        of(object())


def changeable(kind: object) -> bool:
    """Tell whether a field of this type may hold what can change, or what has no order."""
    if typing.get_origin(kind) in (tuple, typing.Union, types.UnionType):
        return any(changeable(one) for one in typing.get_args(kind) if one is not Ellipsis)
    return not (isinstance(kind, type) and issubclass(kind, (str, int, types.NoneType, date, Value)))


def kinds_of(base: type) -> Iterator[type]:
    for kind in base.__subclasses__():
        yield kind
        yield from kinds_of(kind)


@pytest.mark.parametrize("kind", [one for one in kinds_of(Value) if one.__module__.startswith("stadtnetz.")])
def test_no_view_holds_what_can_change(kind: type) -> None:
    hints = typing.get_type_hints(kind)
    assert [name for name in kind.__struct_fields__ if changeable(hints[name])] == []


def test_the_program_has_one_fingerprint_for_a_process() -> None:
    assert of_program() == of_program()
    assert len(of_program()) == 32
