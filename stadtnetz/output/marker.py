"""The file by which we know a folder as ours, and the names that we use beside output/.

Publishing replaces a folder as a whole, so it must never take one that it did not make. Everything it makes,
half-finished or not, holds the marker or is empty; whatever else carries one of our names is left alone.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from stadtnetz.diagnostics import problem
from stadtnetz.output.disk import Disk, Form
from stadtnetz.output.errors import PublishError

__all__ = ["MARKER", "MARKER_DATA", "Places", "begin", "claim", "claim_leftover"]

MARKER = ".stadtnetz"
_LINE = b"stadtnetz makes this folder anew with every build; nothing else is kept in it."
MARKER_DATA = _LINE + b"\n"


class Places(Struct, frozen=True):
    """Where a site is published, staged, retired and locked: all in one folder, so that renaming is enough."""

    output: Path
    stage: Path
    old: Path
    lock: Path
    fresh: Path
    spare: Path

    @classmethod
    def beside(cls, output: Path) -> Places:
        """Derive the places from output/. Raises PublishError for the root of a file system."""
        whole = output.absolute()
        if not whole.name or whole.name == "..":
            raise PublishError(problem("output-foreign", output.as_posix(), name=output.as_posix()))
        return cls(
            whole,
            *(whole.with_name(f".{whole.name}.{use}") for use in ("stage", "old", "lock", "fresh", "spare")),
        )


def begin(folder: Path, disk: Disk) -> None:
    """Make a folder that is known as ours before anything else is in it."""
    disk.make_folder(folder)
    disk.write(folder / MARKER, MARKER_DATA)


def claim(folder: Path, disk: Disk) -> bool:
    """Tell whether a folder of ours stands there. Raises PublishError if it is anything but ours or empty."""
    return _is_ours(folder, disk, _is_marker)


def claim_leftover(folder: Path, disk: Disk) -> bool:
    """Tell the same of a folder with one of our names beside output/, which a kill may have left half made."""
    return _is_ours(folder, disk, _is_torn_marker)


def _is_ours(folder: Path, disk: Disk, is_marker: Callable[[bytes], bool]) -> bool:
    seen = disk.look(folder)
    if seen is None:
        return False
    if seen.form is not Form.FOLDER:
        raise PublishError(problem("output-not-folder", folder.as_posix(), name=folder.name))
    entries = disk.entries(folder)
    marked = any(entry.name == MARKER and entry.form is Form.FILE for entry in entries)
    if entries and not (marked and is_marker(disk.read(folder / MARKER))):
        raise PublishError(problem("output-foreign", folder.as_posix(), name=folder.name))
    return True


def _is_marker(data: bytes) -> bool:
    # The line's end does not count: a checkout may have changed it.
    return data.startswith(_LINE)


def _is_torn_marker(data: bytes) -> bool:
    # A kill leaves the beginning of it, a power cut nothing or zeros.
    return _is_marker(data) or _LINE.startswith(data.rstrip(b"\0"))
