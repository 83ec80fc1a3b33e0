"""Fingerprints of values and of the program: equal exactly when what they stand for is the same.

A value's fingerprint covers its types, its fields in order and the length of everything, so that no two different
values can run together. The program's own fingerprint is part of every key: whoever changes the generator or one
of its libraries invalidates what it made, and nobody has to bump a number.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from hashlib import blake2b
from importlib import resources
from operator import attrgetter
from pathlib import Path

from msgspec import Struct

__all__ = ["Fingerprints", "digest", "of_program"]

_SIZE = 16
"""Bytes of a fingerprint: too many for two things to share one by accident."""

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

_Fields = Callable[[object], tuple[object, ...]]
_MOST_KNOWN = 20_000
_SOURCES = (".py", ".toml", ".po", ".ttf")


def digest(data: bytes) -> str:
    """Return the fingerprint of bytes, as hex."""
    return blake2b(data, digest_size=_SIZE).hexdigest()


class Fingerprints:
    """Fingerprints of frozen values; what several pages share is looked at once.

    Values whose fingerprints are known are kept alive, so that an identity is never taken for another's.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, bytes]] = {}

    def of(self, *values: object) -> str:
        """Return the fingerprint of values: frozen records, tuples, mappings, texts, numbers, dates, None.

        Raises TypeError for anything else: what can change has no fingerprint.
        """
        parts: list[bytes] = []
        self._put(values, parts)
        return blake2b(b"".join(parts), digest_size=_SIZE).hexdigest()

    def _put(self, value: object, parts: list[bytes]) -> None:
        """Add what stands for a value: a letter for its type, how long it is, and its content."""
        kind = type(value)
        if kind is str:
            content = value.encode("utf-8", "surrogatepass")  # type: ignore[attr-defined]
            parts += b"s%d:" % len(content), content
        elif value is None:
            parts.append(b"n")
        elif kind is tuple:
            parts.append(b"t%d:" % len(value))  # type: ignore[arg-type]
            for item in value:  # type: ignore[attr-defined]
                self._put(item, parts)
        elif kind is bool:
            parts.append(b"y" if value else b"f")
        elif kind is int:
            parts.append(b"i%d:" % value)  # type: ignore[str-format]
        elif (shape := _shape(kind)) is not None:  # type: ignore[arg-type]
            parts.append(self._record(value, *shape))
        else:
            self._put_rare(value, parts)

    def _record(self, value: object, label: bytes, fields_of: _Fields) -> bytes:
        known = self._known.get(id(value))
        if known is None:
            parts = [label]
            for item in fields_of(value):
                self._put(item, parts)
            known = (value, b"r" + blake2b(b"".join(parts), digest_size=_SIZE).digest())
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()  # ten thousand pages' values are not to be kept for the sake of a few shared ones
            self._known[id(value)] = known
        return known[1]

    def _put_rare(self, value: object, parts: list[bytes]) -> None:
        name = f"{type(value).__module__}.{type(value).__qualname__}".encode()
        if isinstance(value, bytes):
            parts += b"b%d:" % len(value), value
        elif isinstance(value, str):  # Markup, choices: the same letters with another meaning
            content = str.__str__(value).encode("utf-8", "surrogatepass")
            parts += b"S%d:%d:" % (len(name), len(content)), name, content
        elif isinstance(value, date):
            parts += b"d", value.isoformat().encode(), b":"
        elif isinstance(value, Mapping):
            parts.append(b"m%d:" % len(value))
            for key, item in value.items():
                self._put(key, parts)
                self._put(item, parts)
        else:
            raise TypeError(f"no fingerprint for {type(value).__qualname__}")


@cache
def _shape(kind: type) -> tuple[bytes, _Fields] | None:
    """Return what stands for a class of records and what returns the values of its fields, None for another class."""
    if not issubclass(kind, Struct):
        return None
    name = f"{kind.__module__}.{kind.__qualname__}".encode()
    names = kind.__struct_fields__
    return b"k%d:%d:" % (len(name), len(names)) + name, _getter(names)


def _getter(names: tuple[str, ...]) -> _Fields:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


@cache
def of_program() -> str:
    """Return the fingerprint of the generator: its files, its libraries, and the Python that runs it."""
    parts = [sys.version, *_versions()]
    found = blake2b("\n".join(parts).encode(), digest_size=_SIZE)
    for name, data in sorted(_files(resources.files("stadtnetz"), "")):
        found.update(b"f%d:%d:" % (len(name.encode()), len(data)) + name.encode() + data)
    return found.hexdigest()


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
