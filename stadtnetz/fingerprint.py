"""Digests of files, and fingerprints of values and of the program: equal exactly when what they stand for is the same.

All are SHA-256, which today's processors take about twice as fast as any other that can be relied on.

A value's fingerprint is that of its bytes in MessagePack, which hold the length of everything and the fields in their
order, so that no two different values can run together. The program's own fingerprint is part of every key: whoever
changes the generator or one of its libraries invalidates what it made, and nobody has to bump a number.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib import resources
from pathlib import Path

from msgspec import Struct
from msgspec.msgpack import Encoder, Ext

__all__ = ["Value", "digest", "of_bytes", "of_program", "of_values"]

_LENGTH = 32
"""Hexadecimal digits of a fingerprint: too many for two things to share one by accident."""

_LIBRARIES = (
    "babel",
    "icalendar",
    "jinja2",
    "markdown",
    "markupsafe",
    "msgspec",
    "nh3",
    "pagefind",
    "pagefind-bin",
    "pillow",
    "pydantic",
    "pydantic-core",
    "pyphen",
    "pyyaml",
    "tzdata",
)
"""Libraries whose work ends up in output/ or in the cache."""

_SOURCES = (".py", ".toml", ".po", ".ttf")


def digest(data: bytes | memoryview) -> str:
    """Return the SHA-256 of a file's bytes, as hex: ledger and manifest name files by it."""
    return sha256(data).hexdigest()


def of_bytes(data: bytes) -> str:
    """Return the fingerprint of bytes, as hex: for keys, not for files."""
    return sha256(data).hexdigest()[:_LENGTH]


class Value(Struct, frozen=True, array_like=True, tag=True, tag_field="class_of_value"):
    """A frozen value that fingerprints are taken of; its class is part of it. Fields hold what `of_values` takes."""


def of_values(*values: object) -> str:
    """Return the fingerprint of values: records, tuples, mappings, texts, numbers, dates, None.

    Raises TypeError for any other object. Lists and sets must not occur either, since they can change or have no order;
    a date is not told from its text in ISO format, nor a choice from its value.
    """
    return of_bytes(_ENCODER.encode(values))


def _rare(value: object) -> object:
    """Return what stands for a value that the encoder does not know."""
    if isinstance(value, str):  # Markup: the same letters with another meaning
        return Ext(_TEXT, f"{type(value).__qualname__}\0{str.__str__(value)}".encode())
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"no fingerprint for {type(value).__qualname__}")


_TEXT = 1
_ENCODER = Encoder(enc_hook=_rare)


@cache
def of_program() -> str:
    """Return the fingerprint of the generator: its files, its libraries, and the Python that runs it."""
    parts = [sys.version, *_versions()]
    found = sha256("\n".join(parts).encode())
    for name, data in sorted(_files(resources.files("stadtnetz"), "")):
        found.update(b"f%d:%d:" % (len(name.encode()), len(data)) + name.encode() + data)
    return found.hexdigest()[:_LENGTH]


def _versions() -> list[str]:
    """Return the libraries' names with their versions, from the names of the folders that describe them.

    `importlib.metadata` says the same, but takes longer for it than a build in which nothing changed.
    """
    found = []
    for folder in map(Path, sys.path):
        if folder.is_dir():
            described = (entry.name for entry in folder.iterdir() if entry.name.endswith(".dist-info"))
            found += [name for name in described if _project(name) in _LIBRARIES]
    return sorted(found)


def _project(name: str) -> str:
    return name.partition("-")[0].lower().replace("_", "-")


def _files(folder: resources.abc.Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found = []
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name != "__pycache__":
            found += _files(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(_SOURCES):
            found.append((prefix + entry.name, entry.read_bytes()))
    return found
