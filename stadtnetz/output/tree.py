"""Whole folders: what they hold, and how they are removed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from stadtnetz.output.disk import Disk, Form, Seen
from stadtnetz.output.marker import MARKER

__all__ = ["inventory", "remove"]


def inventory(folder: Path, disk: Disk) -> dict[str, Seen]:
    """Return everything below a folder by its path from there, folders included, links not followed."""
    return dict(_walk(folder, "", disk))


def _walk(folder: Path, prefix: str, disk: Disk) -> Iterator[tuple[str, Seen]]:
    for seen in disk.entries(folder):
        path = prefix + seen.name
        yield path, seen
        if seen.form is Form.FOLDER:
            yield from _walk(folder / seen.name, path + "/", disk)


def remove(folder: Path, disk: Disk) -> None:
    """Remove a folder that is ours, its marker last: what a kill leaves of it is still known as ours."""
    _empty(folder, disk, disk.look(folder), spare=MARKER)
    if disk.look(folder / MARKER) is not None:
        disk.unlink(folder / MARKER)
    disk.remove_folder(folder)


def _empty(folder: Path, disk: Disk, seen: Seen | None, *, spare: str | None = None) -> None:
    if seen is not None and seen.mode & 0o700 != 0o700:
        disk.open_up(folder)
    for entry in disk.entries(folder):
        path = folder / entry.name
        if entry.form is Form.FOLDER:
            _empty(path, disk, entry)
            disk.remove_folder(path)
        elif entry.name != spare:
            disk.unlink(path)
