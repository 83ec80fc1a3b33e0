"""Finds the checkers that `make tools` installs. Where one is missing, its tests fail and say how to get it."""

from __future__ import annotations

import shutil
from pathlib import Path

__all__ = ["NoToolError", "node_file", "program"]

_MODULES = Path(__file__).resolve().parents[2] / "node_modules"


class NoToolError(RuntimeError):
    """A checker is not installed; the message says how to get it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} fehlt. / {name} is missing. Set it up with:  make tools")


def node_file(path: str) -> Path:
    """Return a file of a Node package."""
    file = _MODULES / path
    if not file.is_file():
        raise NoToolError(path.partition("/")[0])
    return file


def program(*names: str) -> str:
    """Return the first of some programs that is there."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        raise NoToolError(names[0])
    return found
