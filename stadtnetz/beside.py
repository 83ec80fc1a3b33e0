"""What one process made of the program's own files or of templates, kept beside the program for the next one.

Compiling the templates of one page, or the words of one language, takes as long as much of what an edit makes
necessary. What comes out may be code, so it must not stand in .build/, which may come from a cache that others write.
It stands where Python keeps the compiled program, under the same rules: whoever can write there can change the program
itself.
"""

from __future__ import annotations

import os
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path

from stadtnetz.fingerprint import of_bytes, of_program

__all__ = ["keep", "kept"]


def kept(place: str, name: str) -> bytes | None:
    """Return what this very program kept at a place under a name, None for anything else.

    `place` is part of a file's name; `name` has no line break and stands for what the data was made of.
    """
    try:
        first, _, data = _file(place).read_bytes().partition(b"\n")
    except OSError:
        return None
    # Otherwise it is of something else, or of another program; or damaged.
    return data if first == _first_line(name, data) else None


def keep(place: str, name: str, data: bytes) -> None:
    """Keep data in the place of what was there."""
    path = _file(place)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    with suppress(OSError):  # where Python keeps nothing, we don't either: the next process makes it again
        beside.write_bytes(_first_line(name, data) + b"\n" + data)
        beside.replace(path)


def _file(place: str) -> Path:
    module = Path(__file__).with_name(f"{place}.py")
    return Path(cache_from_source(str(module))).with_suffix(".kept")


def _first_line(name: str, data: bytes) -> bytes:
    return f"{of_program()} {name} {of_bytes(data)}".encode()
