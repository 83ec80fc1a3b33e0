"""How things look on a terminal: colours by their role, paths, and texts that must not drive it."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from pathlib import Path
from typing import Any

import click

from stadtnetz.source import Sources

__all__ = ["escaped", "short", "styled", "text_of"]

_COLOURS: dict[str, dict[str, Any]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "advice": {"fg": "blue", "bold": True},
    "place": {"bold": True},
    "hint": {"fg": "cyan"},
}


def escaped(character: str) -> str:
    """Return a character as a terminal may see it."""
    if character.isprintable() or character == "\n":
        return character
    return json.dumps(character)[1:-1] if character != "\x7f" else "\\u007f"


def styled(text: str, role: str) -> str:
    """Colour a text by what it is; click leaves the colours out where there is no terminal."""
    return click.style(text, **_COLOURS[role])


def text_of(sources: Sources, path: str) -> str | None:
    """Return a file's text to show a line of, whatever its encoding: what is wrong with it is just what is told."""
    file = sources.files.get(path)
    if file is None:
        return None
    return (
        file.data.removeprefix(BOM_UTF8).decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    )


def short(path: Path) -> str:
    """Return a path as seen from here, where that is shorter."""
    try:
        return f"{path.relative_to(Path.cwd())}/"
    except ValueError:
        return f"{path}/"
