"""After any edit an incremental build is what a clean one is: a machine edits a small site and compares at each step.

`STADTNETZ_MACHINE_EXAMPLES=500` makes a longer run. What fails is told as a list of steps, each an edit with a number.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.machine.engine import build
from tests.machine.oracles import UnequalError
from tests.machine.sabotage import INGREDIENTS
from tests.machine.seed import THRESHOLDS
from tests.machine.steps import EDITS, begin, follow_script, step
from tests.machine.world import World

EXAMPLES = int(os.environ.get("STADTNETZ_MACHINE_EXAMPLES", "7"))
STEPS = 12
_ROOM = 1_000_000_000
"""Bytes; containers often have much less."""
PICKS = st.integers(0, 2519)
"""Even and odd, and every remainder that edits ask for."""


def _memory() -> str | None:
    """Return a folder in the machine's memory if there is room: thousands of sites are built here, and none is read."""
    shared = Path("/dev/shm")  # noqa: S108 - only where folders of our own are made
    return str(shared) if shared.is_dir() and shutil.disk_usage(shared).free > _ROOM else None


@pytest.fixture
def folder() -> Iterator[Path]:
    """Give a new folder."""
    with tempfile.TemporaryDirectory(prefix="machine-", dir=_memory()) as made:
        yield Path(made)


class SiteMachine(RuleBasedStateMachine):
    """Makes one edit a step, and a build with all oracles after each."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="machine-", dir=_memory())
        self.world: World

    @initialize()
    def begin(self) -> None:
        self.world = begin(Path(self.folder.name))

    def teardown(self) -> None:
        self.folder.cleanup()


def _rule(name: str) -> Callable[..., None]:
    def edit(self: SiteMachine, pick: int) -> None:
        step(self.world, name, pick)

    edit.__name__ = name
    return rule(pick=PICKS)(edit)


for _name in EDITS:
    setattr(SiteMachine, _name, _rule(_name))


def test_every_build_equals_a_clean_one() -> None:
    run_state_machine_as_test(
        SiteMachine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            derandomize=EXAMPLES == 7,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_every_edit_in_order(folder: Path) -> None:
    follow_script(begin(folder))


def test_the_thresholds_are_all_there_are(folder: Path) -> None:
    world = World(folder)
    found = []
    while (until := build(world).valid_until) is not None:
        world.now = until
        found.append(world.now)
    assert tuple(found) == THRESHOLDS


@pytest.mark.parametrize("ingredient", sorted(INGREDIENTS))
def test_the_machine_notices_what_is_left_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch, ingredient: str
) -> None:
    world = begin(folder)
    INGREDIENTS[ingredient](monkeypatch)
    with pytest.raises(UnequalError):
        follow_script(world, alone=True)
