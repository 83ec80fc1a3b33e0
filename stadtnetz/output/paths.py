"""What must be true of planned paths.

The plan is ours, so a violation is our bug and raises ValueError. A site is built on one system and served or
unpacked on another: what differs only by case or by Unicode form is one file there, so it is a collision here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from stadtnetz.output.marker import MARKER

__all__ = ["check_paths", "folders_of"]


def check_paths(paths: Iterable[str]) -> None:
    """Raise ValueError unless all paths are relative, stay below the root and keep out of each other's way."""
    taken: dict[str, tuple[str, bool]] = {_folded(MARKER): (MARKER, True)}
    folders: set[str] = set()
    for path in paths:
        _check_form(path)
        if _folded(path) == MARKER:
            raise ValueError(f"path is reserved: {path!r}")
        for part, is_file in (*((folder, False) for folder in _new_above(path, folders)), (path, True)):
            known = taken.setdefault(_folded(part), (part, is_file))
            if known != (part, is_file):
                raise ValueError(f"paths collide: {known[0]!r} and {path!r}")


def folders_of(paths: Iterable[str]) -> tuple[str, ...]:
    """Return every folder that the paths need, each after the one that holds it."""
    folders: set[str] = set()
    for folder in {path.rpartition("/")[0] for path in paths}:
        if folder and folder not in folders:
            folders.add(folder)
            _new_above(folder, folders)
    return tuple(sorted(folders))


_NOWHERE = frozenset(("", ".", ".."))


def _check_form(path: str) -> None:
    normal = path.isascii() or unicodedata.normalize("NFC", path) == path
    if not path.isprintable() or "\\" in path or not normal:
        raise ValueError(f"path has unusable characters: {path!r}")
    parts = path.split("/")
    if not _NOWHERE.isdisjoint(parts):
        raise ValueError(f"path does not stay below the root: {path!r}")
    if ":" in parts[0]:
        raise ValueError(f"path names a drive: {path!r}")


def _new_above(path: str, folders: set[str]) -> list[str]:
    """Add the folders that hold a path to those that are known, and return the new ones, the innermost first."""
    found: list[str] = []
    folder = path.rpartition("/")[0]
    while folder and folder not in folders:
        folders.add(folder)
        found.append(folder)
        folder = folder.rpartition("/")[0]
    return found


def _folded(path: str) -> str:
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path.casefold())
