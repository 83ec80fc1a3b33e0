"""A few seconds of what `make fuzz` does for long: no input ends the program, and every one of them can be repeated."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzzing.loading import Neighbours, corpus, load, render_all
from tests.fuzzing.mutations import mutated
from tests.minisite import MiniSite
from tests.test_network import WHOLE

SEEDS = corpus(3)
OTHERS = [seed.data for seed in SEEDS]


@pytest.fixture(scope="module")
def neighbours(tmp_path_factory: pytest.TempPathFactory) -> Neighbours:
    return Neighbours(MiniSite(tmp_path_factory.mktemp("neighbours"), WHOLE).root)


def test_every_kind_of_file_is_among_the_seeds() -> None:
    forms = {(seed.kind and seed.kind.name, seed.translation, seed.is_text) for seed in SEEDS}
    assert len(forms) >= 13
    assert all(seed.task(seed.data).file.data == seed.data for seed in SEEDS)


@settings(max_examples=300)
@given(seed=st.sampled_from(SEEDS), random=st.randoms(use_true_random=False))
def test_no_mutated_file_ends_the_program(seed, random) -> None:
    load(seed, mutated(seed.data, OTHERS, random))


@settings(max_examples=15)
@given(seed=st.sampled_from(SEEDS), random=st.randoms(use_true_random=False))
def test_no_mutated_file_ends_a_build(neighbours: Neighbours, seed, random) -> None:
    render_all(neighbours, seed, mutated(seed.data, OTHERS, random))


def test_a_number_names_an_input_for_good() -> None:
    numbered = (Random("1 7"), Random("1 7"))  # noqa: S311 - inputs, not secrets
    first, second = (mutated(SEEDS[3].data, OTHERS, random) for random in numbered)
    assert first == second
    assert first != SEEDS[3].data
