"""What must hold after every step, whatever the step was."""

from __future__ import annotations

from tests.machine.clean import clean
from tests.machine.engine import build, differences, ledger_of, stamps, tree
from tests.machine.world import World

__all__ = ["UnequalError", "check", "same"]


class UnequalError(AssertionError):
    """An incremental build is not what a clean one is."""


def check(world: World) -> bool:
    """Build, and compare with a clean build of a copy of the project; then build again, which must do nothing.

    Returns whether the site could be published.
    """
    before = tree(world.output)
    built = build(world)
    expected, found = clean(world), tree(world.output)
    same("the diagnostics", expected.diagnostics, built.diagnostics)
    same("the outcome", expected.published, built.published is not None)
    if expected.published:
        same("output/", [], differences(expected.tree, found))
        same("the ledger", expected.ledger, ledger_of(world.root, world.output))
        same("pages and files", (expected.pages, expected.files), (built.pages, built.files))
    else:
        same("an errored build's output/", [], differences(before, found))
    _check_again(world, built.diagnostics)
    return built.published is not None


def _check_again(world: World, diagnostics: object) -> None:
    touched = stamps(world.output)
    again = build(world)
    same("the second build's diagnostics", diagnostics, again.diagnostics)
    now = stamps(world.output)
    changed = sorted(path for path in {*touched, *now} if touched.get(path) != now.get(path))
    same("what the second build touches", [], changed)
    if again.published is not None:
        same("what the second build renders", {}, dict(again.reasons))
        same("what the second build writes", (0, 0), (again.published.written, again.published.removed))


def same(what: str, expected: object, found: object) -> None:
    """Demand that two things are equal."""
    if expected != found:
        raise UnequalError(f"{what}: {found!r} instead of {expected!r}")
