"""One step of the machine: an edit by name, then the oracles; and the script that makes every edit once in order."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import zip_longest
from pathlib import Path

from tests.machine.edits_content import CONTENT_EDITS
from tests.machine.edits_design import DESIGN_EDITS
from tests.machine.edits_news import NEWS_EDITS
from tests.machine.edits_outside import OUTSIDE_EDITS, hash_seed
from tests.machine.oracles import check
from tests.machine.world import World

__all__ = ["EDITS", "begin", "follow_script", "step"]

_IN_TURN = zip_longest(CONTENT_EDITS, NEWS_EDITS, OUTSIDE_EDITS, DESIGN_EDITS)
EDITS: dict[str, Callable[[World, int], None]] = {
    edit.__name__: edit for edits in _IN_TURN for edit in edits if edit is not None
}
"""Every edit by its name. Whoever writes a new one adds it to its module's list, and it is part of every run.

Their kinds take turns, so that whatever is left out on purpose is noticed early."""

_TURNS = 2
_SICK = 2
"""Steps that a mistake in the content may last: nobody learns much from a site that is never published."""


def begin(folder: Path, *, search: bool = False) -> World:
    """Make the seeded site, build it, and put its first state aside."""
    world = World(folder, search=search)
    check(world)
    shutil.copytree(world.output, world.first / "output")
    shutil.copytree(world.state, world.first / ".build")
    world.keep()
    return world


def step(world: World, name: str, pick: int) -> None:
    """Make an edit, or mend what earlier ones broke, and compare what is built with what a clean build makes."""
    if world.sick == _SICK or (world.sick and pick % 2):
        mend(world)
    else:
        EDITS[name](world, pick)
        world.note(healthy=check(world))


def mend(world: World) -> None:
    """Take back what keeps the site from being published, as a step of its own."""
    world.mend()
    world.note(healthy=check(world))


def follow_script(world: World, *, alone: bool = False) -> None:
    """Make every edit several times, with choices that differ, the same ones in each run; mend what breaks at once.

    With `alone` nothing but this process builds.
    """
    for turn in range(_TURNS):
        for place, name in enumerate(EDITS):
            if not (alone and name == hash_seed.__name__):
                step(world, name, 2 * (turn * 17 + place * 5))
            if world.sick:
                mend(world)
