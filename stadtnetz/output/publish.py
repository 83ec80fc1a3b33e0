"""Make output/ hold a site's files and nothing else, in one step.

The new site is staged beside the live one and takes its place when it is complete, so that a reader, a sync or
a deployment never meets half a site; a full disk, a kill or a second build changes nothing. Files with the same
bytes are shared with the old site by hard link, hence no file is ever written twice under one name. Bytes decide
what is the same, never times.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from stadtnetz.diagnostics import Diagnostic, problem
from stadtnetz.output.disk import Disk, Form, Seen
from stadtnetz.output.errors import PublishError, reason, reported
from stadtnetz.output.exchange import go_live, mend, needs_mending
from stadtnetz.output.marker import MARKER, MARKER_DATA, Places, claim
from stadtnetz.output.paths import check_paths, folders_of
from stadtnetz.output.tree import inventory, remove

__all__ = ["PublishError", "Published", "publish", "recover"]


@dataclass(frozen=True, slots=True)
class Published:
    """How many of the site's files are new or changed, the same as before, and gone."""

    written: int
    kept: int
    removed: int
    warnings: tuple[Diagnostic, ...] = ()
    """What needs attention although the new site is live."""


def publish(files: Mapping[str, bytes], output: Path, *, disk: Disk | None = None) -> Published:
    """Publish files, by their paths below output/. Raises PublishError, and then nothing has changed."""
    check_paths(files)
    disk = disk or Disk()
    places = Places.beside(output)
    with reported(output), _locked(places, output, disk):
        mend(places, disk)
        first = not claim(places.output, disk)
        planned = {MARKER: MARKER_DATA, **files}
        found = {} if first else inventory(places.output, disk)
        same = frozenset(
            path
            for path, data in planned.items()
            if _holds(places.output / path, found.get(path), data, disk)
        )
        if not first and _complete(planned, same, found, disk.look(places.output)):
            return _counted(files, same, found)
        retired = _replace(planned, same, places, disk, first=first)
        warnings = () if retired is None else _cleared(retired, disk)
        return _counted(files, same, found, warnings)


def recover(output: Path, *, disk: Disk | None = None) -> None:
    """Mend what a killed build left, unless another build is at work. Raises PublishError.

    Publishing does this by itself; commands that only read call it so that the site is back as soon as possible.
    """
    disk = disk or Disk()
    places = Places.beside(output)
    with reported(output):
        if not needs_mending(places, disk):
            return
        with suppress(_BusyError), _locked(places, output, disk):
            mend(places, disk)


class _BusyError(PublishError):
    """Another build holds the lock."""


@contextmanager
def _locked(places: Places, output: Path, disk: Disk) -> Iterator[None]:
    disk.make_parents(places.output)
    descriptor = disk.lock(places.lock)
    if descriptor is None:
        raise _BusyError(problem("output-busy", output.as_posix(), name=output.name))
    try:
        yield
    finally:
        disk.unlock(places.lock, descriptor)


def _holds(path: Path, seen: Seen | None, data: bytes, disk: Disk) -> bool:
    """Tell whether a file of the old site can be shared as it is."""
    if seen is None or seen.form is not Form.FILE or not seen.proper or seen.size != len(data):
        return False
    try:
        return disk.read(path) == data
    except OSError:
        return False  # it can't be read, so it is written anew


def _complete(
    planned: Mapping[str, bytes], same: frozenset[str], found: Mapping[str, Seen], root: Seen | None
) -> bool:
    """Tell whether the live site is already what is planned, so that nothing needs to be touched."""
    if len(same) != len(planned) or root is None or not root.proper:
        return False
    others = {path: seen for path, seen in found.items() if path not in same}
    return others.keys() == set(folders_of(planned)) and all(seen.proper for seen in others.values())


def _replace(
    planned: Mapping[str, bytes], same: frozenset[str], places: Places, disk: Disk, *, first: bool
) -> Path | None:
    """Stage the site and make it live; return where the old one is now."""
    try:
        _stage(planned, same, places, disk)
        disk.settle(places.stage)
        return go_live(places, disk, first=first)
    except OSError:
        with suppress(OSError):  # what can't be removed now is removed by the next build
            if disk.look(places.stage) is not None:
                remove(places.stage, disk)
        raise


def _stage(planned: Mapping[str, bytes], same: frozenset[str], places: Places, disk: Disk) -> None:
    disk.make_folder(places.stage)
    disk.write(places.stage / MARKER, MARKER_DATA)  # first of all: from here on the folder is known as ours
    for folder in folders_of(planned):
        disk.make_folder(places.stage / folder)
    for path, data in planned.items():
        if path != MARKER and not (path in same and _shared(places, path, disk)):
            disk.write(places.stage / path, data)


def _shared(places: Places, path: str, disk: Disk) -> bool:
    try:
        disk.link(places.output / path, places.stage / path)
    except OSError:
        # No links here, or not of this file (another owner, too many links). If the disk itself is the reason,
        # writing a copy meets it again and reports it.
        return False
    return True


def _cleared(retired: Path, disk: Disk) -> tuple[Diagnostic, ...]:
    """Remove the old site; the new one is live already, so that failing here is not failing to publish."""
    try:
        remove(retired, disk)
    except OSError as error:
        return (problem("output-leftover", retired.as_posix(), name=retired.name, reason=reason(error)),)
    return ()


def _counted(
    files: Mapping[str, bytes],
    same: frozenset[str],
    found: Mapping[str, Seen],
    warnings: tuple[Diagnostic, ...] = (),
) -> Published:
    kept = len(same - {MARKER})
    gone = sum(
        seen.form is not Form.FOLDER and path not in files and path != MARKER for path, seen in found.items()
    )
    return Published(len(files) - kept, kept, gone, warnings)
