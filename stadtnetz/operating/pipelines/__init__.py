"""The pipelines that `ci-init` writes: one folder a target, holding the files as they will stand in a project.

They are plain files, so that each system's own linter can read them where they are; docs/pipelines.md shows them
and is made from them.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

__all__ = ["TARGETS", "Written", "files_of", "write_pipeline"]

TARGETS = ("github", "gitlab", "forgejo", "woodpecker", "rsync", "pre-commit")
_HERE = Path(__file__).parent


class Written(Struct, frozen=True):
    """What became of a target's files: `written` now, `same` as they stood, or `kept` because they are others."""

    written: tuple[str, ...]
    same: tuple[str, ...]
    kept: tuple[str, ...]


def files_of(target: str) -> Mapping[str, bytes]:
    """Return a target's files by their path in a project, with forward slashes."""
    folder = _HERE / target
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def write_pipeline(target: str, root: Path, *, force: bool) -> Written:
    """Write a target's files below the root: all of them, or none where one would replace another without `force`.

    Raises OSError where the disk refuses.
    """
    files = files_of(target)
    same = tuple(path for path, data in files.items() if _bytes(root / path) == data)
    other = tuple(path for path in files if path not in same and os.path.lexists(root / path))
    if other and not force:
        return Written((), same, other)
    written = tuple(path for path in files if path not in same)
    for path in written:
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.is_symlink():
            place.unlink()  # what it leads to is not ours to change
        place.write_bytes(files[path])
        if files[path].startswith(b"#!"):
            place.chmod(place.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    return Written(written, same, ())


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() and not path.is_symlink() else None
