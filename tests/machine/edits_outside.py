"""What happens to a project that nobody edits: time, damage, old state, other processes, crashes, a new generator."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from stadtnetz.output.disk import Disk
from tests.machine.clean import clean
from tests.machine.edits_content import body, title
from tests.machine.edits_design import used_key
from tests.machine.engine import build, differences, tree
from tests.machine.kills import failing_at, killed_at
from tests.machine.oracles import same
from tests.machine.seed import BEGIN, THRESHOLDS
from tests.machine.world import World
from tests.minisite import DISK, ROOT

__all__ = ["OUTSIDE_EDITS", "hash_seed"]


class _PoorDisk(Disk):
    """A file system that knows neither exchanging nor hard links."""

    def exchange(self, one: Path, other: Path) -> None:
        raise NotImplementedError

    def link(self, existing: Path, new: Path) -> None:
        raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP), str(existing), None, str(new))


_POOR = _PoorDisk(durable=False)


def nothing(_world: World, _pick: int) -> None:
    pass


def clock(world: World, pick: int) -> None:
    """Go to a moment at which the site changes, or to the second before or after; sometimes that is in the past."""
    moments = (BEGIN, *THRESHOLDS)
    world.now = moments[pick // 3 % len(moments)] + timedelta(seconds=pick % 3 - 1)


def program(world: World, _pick: int) -> None:
    world.program = 3 - world.program


def _damaged(path: Path, pick: int, foreign: bytes) -> None:
    """Damage a file in one of many ways."""
    data = path.read_bytes()
    middle = len(data) // 2
    ways: tuple[Callable[[], object], ...] = (
        path.unlink,
        lambda: path.write_bytes(b""),
        lambda: path.write_bytes(data[:middle]),
        lambda: path.write_bytes(data[:middle] + b"?" + data[middle + 1 :]),
        lambda: path.write_bytes(b"\xff\xfe\x00 fremd"),
        lambda: path.write_bytes(foreign),
        lambda: path.write_bytes(data + data),
    )
    ways[pick % len(ways)]()


def output_same_size(world: World, pick: int) -> None:
    """Change one byte of a file of output/ and give it its times back."""
    path = _file(world.output, pick)
    if path is not None:
        times, data = path.stat(), path.read_bytes()
        path.write_bytes(data[:-1] + (b"!" if data[-1:] != b"!" else b"?"))
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def output_damaged(world: World, pick: int) -> None:
    path = _file(world.output, pick // 7)
    if path is not None:
        _damaged(path, pick, b"<html>fremd</html>")


def output_changed(world: World, pick: int) -> None:
    """Put something into output/ that belongs elsewhere, or take the place of what belongs there."""
    path = _file(world.output, pick // 7)
    if path is None:
        return
    beside = path.with_name(f"fremd-{world.fresh()}")
    ways: tuple[Callable[[], object], ...] = (
        lambda: beside.write_bytes(b"fremd"),
        beside.mkdir,
        lambda: (path.unlink(), path.mkdir()),
        lambda: (path.rename(beside), path.symlink_to(beside)),
        lambda: (path.rename(beside), path.mkdir(), beside.rename(path / "index.html")),
    )
    ways[pick % len(ways)]()


def output_modes(world: World, pick: int) -> None:
    """Change who may read a file of output/, or what is in a folder."""
    path = _file(world.output, pick // 7)
    if path is not None:
        path.chmod(0o600)
        if pick // 2 % 2:
            path.parent.chmod(0o700)


def output_swapped(world: World, pick: int) -> None:
    """Exchange the names of two files of output/, which keep their sizes, times and numbers."""
    one, other, beside = _file(world.output, pick), _file(world.output, pick // 7), world.output / "tausch"
    if one is not None and other is not None and one != other:
        one.rename(beside)
        other.rename(one)
        beside.rename(other)


def spare_damaged(world: World, pick: int) -> None:
    """Damage what a build keeps beside output/ for itself, if it keeps anything."""
    found = [path for folder in sorted(world.root.glob(".output.*")) for path in sorted(folder.rglob("*"))]
    files = [path for path in found if path.is_file() and not path.name.startswith(".")]
    if not files:
        return
    path = files[pick // 7 % len(files)]
    if pick % 2:
        times, data = path.stat(), path.read_bytes()
        path.write_bytes(data[:-1] + b"!")
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    else:
        _damaged(path, pick // 2, b"fremd")


def _file(output: Path, pick: int) -> Path | None:
    """Choose a file of a site; not the marker, without which the folder is not ours."""
    found = sorted(path for path in output.rglob("*") if path.is_file() and not path.name.startswith("."))
    return found[pick % len(found)] if found else None


def output_of_before(world: World, pick: int) -> None:
    """Bring back the site of the first build, or remove it all."""
    world.discard(world.output)
    if pick % 3:
        shutil.copytree(world.first / "output", world.output)


def state_damaged(world: World, pick: int) -> None:
    """Damage a file of .build/; a foreign one is another file of .build/, or of the first build's."""
    found = sorted(path for path in world.state.rglob("*") if path.is_file())
    if found:
        others = [*found, *sorted(path for path in (world.first / ".build").rglob("*") if path.is_file())]
        _damaged(found[pick // 7 % len(found)], pick, others[pick // 3 % len(others)].read_bytes())


def state_gone(world: World, _pick: int) -> None:
    world.discard(world.state)


def state_of_before(world: World, _pick: int) -> None:
    """Bring back what was known after the first build, as a cache of an old branch does."""
    world.discard(world.state)
    shutil.copytree(world.first / ".build", world.state)


def state_of_others(world: World, pick: int) -> None:
    """Take what another project knows: under our names it is well-formed, and wrong."""
    other = World(world.root.parent / "other")
    other.now = world.now + timedelta(days=pick)
    body(other, pick)
    title(other, pick)
    build(other)
    names = sorted(path.name for path in world.state.rglob("*") if path.is_file()) or ["state"]
    for place, path in enumerate(sorted(path for path in other.state.rglob("*") if path.is_file())):
        world.state.mkdir(exist_ok=True)
        shutil.copy2(path, world.state / names[place % len(names)])
    shutil.rmtree(other.root.parent)


def state_blocked(world: World, pick: int) -> None:
    """Let nothing be remembered: a file stands where .build/ belongs, or a folder where one of its files does."""
    files = sorted(path for path in world.state.rglob("*") if path.is_file())
    blocked = files[pick % len(files)] if files and pick % 2 else world.state
    world.discard(blocked)
    if blocked == world.state:
        blocked.write_bytes(b"fremd")
    else:
        blocked.mkdir()
    title(world, pick)
    expected, built = clean(world), build(world)
    same("the outcome without state", expected.published, built.published is not None)
    if expected.published:
        same("output/ without state", [], differences(expected.tree, tree(world.output)))
        told = [one for one in built.diagnostics if one.code != "state-not-writable"]
        same("the diagnostics without state", list(expected.diagnostics), told)
    world.discard(blocked)


def hash_seed(world: World, pick: int) -> None:
    """Build in another process, with another order of sets; the builds after it must find nothing to do."""
    world.program = 1
    told = subprocess.run(
        [
            sys.executable,
            ROOT / "build.py",
            "build",
            "--search" if world.search else "--no-search",
            "--root",
            world.root,
            "--output",
            world.output,
            "--quiet",
        ],
        env={
            **os.environ,
            "PYTHONHASHSEED": str(1 + pick % 1000),
            "SOURCE_DATE_EPOCH": str(int(world.now.timestamp())),
        },
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert told.returncode in (0, 1), told.stderr.decode()
    if told.returncode == 0:
        same("what is left to render after another process", {}, dict(build(world).reasons))


def crash(world: World, pick: int) -> None:
    """Die at a write anywhere, or at one of .build/ alone."""
    folder, at = (world.state, 1 + pick // 4 % 8) if pick % 4 == 0 else (world.root, 1 + pick % 200)
    _interrupted(world, pick, lambda: _killed(world, folder, at, DISK))


def crash_on_poor_disk(world: World, pick: int) -> None:
    """Die where two renames take the place of one exchange; between them there is no output/, until somebody looks."""
    _interrupted(world, pick, lambda: _killed(world, world.root, 1 + pick % 200, _POOR), gap=True)


def full_disk(world: World, pick: int) -> None:
    """Be refused one write; the build says so or does without."""

    def refused() -> None:
        with failing_at(world.root, 1 + pick % 200):
            build(world)

    _interrupted(world, pick, refused)


def _killed(world: World, folder: Path, at: int, disk: Disk) -> None:
    with killed_at(folder, at):
        build(world, disk)


def _interrupted(world: World, pick: int, happen: Callable[[], None], *, gap: bool = False) -> None:
    """Make a change, and let its build end early: the old site is there, or the new one, whole."""
    (body, title, used_key)[pick % 3](world, pick)
    old, new = tree(world.output), clean(world).tree
    happen()
    found = tree(world.output)
    same("a whole site, the old or the new one", True, found in (old, new) or (gap and not found))


OUTSIDE_EDITS = (
    *(
        nothing,
        output_modes,
        clock,
        program,
        output_same_size,
        output_damaged,
        output_changed,
        output_of_before,
    ),
    *(output_swapped, spare_damaged),
    *(state_damaged, state_gone, state_of_before, state_of_others, state_blocked),
    *(hash_seed, crash, crash_on_poor_disk, full_disk),
)
