"""What must be true of planned paths.

The plan is ours, so a violation is our bug and raises ValueError. A site is built on one system and served or
unpacked on another: what differs only by case or by Unicode form is one file there, so it is a collision here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from stadtnetz.output.marker import MARKER

__all__ = ["check_paths", "folders_of"]


def check_paths(paths: Iterable[str]) -> None:
    """Raise ValueError unless all paths are relative, stay below the root and keep out of each other's way."""
    taken: dict[str, tuple[str, bool]] = {_folded(MARKER): (MARKER, True)}
    for path in paths:
        _check_form(path)
        if _folded(path) == MARKER:
            raise ValueError(f"path is reserved: {path!r}")
        for part, is_file in (*((folder, False) for folder in _above(path)), (path, True)):
            known = taken.setdefault(_folded(part), (part, is_file))
            if known != (part, is_file):
                raise ValueError(f"paths collide: {known[0]!r} and {path!r}")


def folders_of(paths: Iterable[str]) -> tuple[str, ...]:
    """Return every folder that the paths need, each after the one that holds it."""
    return tuple(sorted({folder for path in paths for folder in _above(path)}))


def _check_form(path: str) -> None:
    if not path.isprintable() or "\\" in path or unicodedata.normalize("NFC", path) != path:
        raise ValueError(f"path has unusable characters: {path!r}")
    if any(part in ("", ".", "..") for part in path.split("/")):
        raise ValueError(f"path does not stay below the root: {path!r}")
    if ":" in path.split("/", 1)[0]:
        raise ValueError(f"path names a drive: {path!r}")


def _above(path: str) -> Iterator[str]:
    """Yield the folders that hold a path, the outermost first."""
    end = path.find("/")
    while end != -1:
        yield path[:end]
        end = path.find("/", end + 1)


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", path.casefold())
