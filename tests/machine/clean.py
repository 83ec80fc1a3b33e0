"""What a clean build makes of a project, built once for all steps at which the project is the same one.

Damage to output/ and .build/ leaves the sources as they are, and whoever leaves out a part of the machinery on purpose
follows the script that others have followed: what is compared with need not be built again for that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stadtnetz.diagnostics import Diagnostic
from stadtnetz.fingerprint import digest
from tests.machine.engine import Tree, build_cleanly, copied, ledger_of, sources_of, tree
from tests.machine.world import World

__all__ = ["Clean", "clean"]


@dataclass(frozen=True)
class Clean:
    """The outcome of a clean build; without a site there is no ledger."""

    tree: Tree
    ledger: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]
    published: bool
    pages: int
    files: int


_known: dict[str, Clean] = {}
"""By all that a build is made from."""


def clean(world: World) -> Clean:
    """Return what a clean build of a copy of the project makes, at the same moment and by the same program."""
    asked = (sources_of(world), world.now, world.program, world.search)
    key = digest(repr(asked).encode("utf-8", "surrogatepass"))
    if key not in _known:
        _known[key] = _built(world)
    return _known[key]


def _built(world: World) -> Clean:
    with copied(world) as other:
        output = other / "output"
        built = build_cleanly(world, world.settings(other), output)
        published = built.published is not None
        return Clean(
            tree(output),
            ledger_of(other, output) if published else {},
            built.diagnostics,
            published,
            built.pages,
            built.files,
        )
