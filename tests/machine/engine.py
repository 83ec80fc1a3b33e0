"""All that the machine knows of the generator: how to build, what the ledger says, and how another version acts."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from msgspec.structs import replace

from stadtnetz import pipeline
from stadtnetz.fingerprint import digest, of_program
from stadtnetz.output.disk import Disk
from stadtnetz.output.ledger import load_ledger
from stadtnetz.pipeline import Built, Settings
from stadtnetz.render.templates import Renderer
from tests.machine.world import World
from tests.minisite import DISK

__all__ = [
    *(
        "Tree",
        "build",
        "build_cleanly",
        "copied",
        "differences",
        "ledger_of",
        "sources_of",
        "stamps",
        "tree",
    ),
]

Tree = Mapping[str, tuple[int, str | None]]
"""Everything below a folder by path: its mode, and the digest of its bytes or None for a folder."""

_PROJECT = ("content", "templates", "site.yaml")


def build(world: World, disk: Disk = DISK) -> Built:
    """Build as an editor does: with everything that is known of earlier builds."""
    with _playing(world.program):
        return pipeline.build(world.settings(), world.output, disk=disk)


def build_cleanly(world: World, settings: Settings, output: Path) -> Built:
    """Build without anything that is known of earlier builds."""
    with _playing(world.program):
        return pipeline.build(replace(settings, clean=True), output, disk=DISK)


@contextmanager
def copied(world: World) -> Iterator[Path]:
    """Give the project's files in another folder: neither output/ nor .build/, and nothing else of ours."""
    other = world.root.with_name("copy")
    other.mkdir()
    try:
        for path in (world.root / name for name in _PROJECT):
            if path.is_dir():
                shutil.copytree(path, other / path.name)
            elif path.exists():
                shutil.copy2(path, other)
        yield other
    finally:
        shutil.rmtree(other)


def sources_of(world: World) -> tuple[Tree, ...]:
    """Return the project's files, which is all that `copied` takes with it."""
    return tuple(tree(world.root / name) for name in _PROJECT)


def ledger_of(root: Path, output: Path) -> Mapping[str, str]:
    """Return what the ledger of an output folder says: the digest of each file."""
    ledger = load_ledger(pipeline.ledger_path(root, output))
    assert not ledger.missing, ledger.missing
    return {file: entry.digest for file, entry in ledger.rows.items()}


def tree(folder: Path) -> Tree:
    """Return everything below a folder, the folder itself as "."; nothing where there is none."""
    if not folder.exists():
        return {}
    return {
        path.relative_to(folder).as_posix(): (
            path.lstat().st_mode,
            None if path.is_dir() else digest(path.read_bytes()),
        )
        for path in (folder, *folder.rglob("*"))
    }


def stamps(folder: Path) -> Mapping[str, tuple[int, int, int]]:
    """Return what tells whether a file was touched: its number and its times, for everything below a folder."""
    return {
        str(path.relative_to(folder)): (found.st_ino, found.st_mtime_ns, found.st_ctime_ns)
        for path in folder.rglob("*")
        if (found := path.lstat())
    }


def differences(expected: Tree, found: Tree) -> list[str]:
    """Name what differs between what two folders hold."""
    return [
        f"{path}: {_what(expected.get(path), found.get(path))}"
        for path in sorted(expected.keys() | found.keys())
        if expected.get(path) != found.get(path)
    ]


def _what(expected: tuple[int, str | None] | None, found: tuple[int, str | None] | None) -> str:
    if expected is None or found is None:
        return "foreign" if expected is None else "missing"
    return f"mode {found[0]:o}" if expected[0] != found[0] else "other bytes"


@contextmanager
def _playing(program: int) -> Iterator[None]:
    """Let another version of the generator build: it has another fingerprint, and other pages."""
    if program == 1:
        yield
        return
    render = Renderer.render

    def other(self: Renderer, *given: object) -> str:
        return f"{render(self, *given)}<!-- version {program} -->"  # type: ignore[arg-type]

    holders = [
        name
        for name, module in sys.modules.items()
        if name.startswith("stadtnetz.") and getattr(module, "of_program", None) is of_program
    ]
    with patch.object(Renderer, "render", other):
        patches = [patch(f"{name}.of_program", lambda: f"version {program}") for name in holders]
        for one in patches:
            one.start()
        try:
            yield
        finally:
            for one in patches:
                one.stop()
