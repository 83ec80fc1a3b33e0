"""Fingerprints of values and of the program: equal exactly when what they stand for is the same.

A value's fingerprint covers its types, its fields in order and the length of everything, so that no two different
values can run together. The program's own fingerprint is part of every key: whoever changes the generator or one
of its libraries invalidates what it made, and nobody has to bump a number.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from hashlib import blake2b
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = ["Fingerprints", "digest", "of_program"]

_SIZE = 16
"""Bytes of a fingerprint: too many for two things to share one by accident."""

_LIBRARIES = (
    "babel",
    "icalendar",
    "jinja2",
    "markdown",
    "markupsafe",
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
        """Return the fingerprint of values: frozen dataclasses, tuples, mappings, texts, numbers, dates, None.

        Raises TypeError for anything else: what can change has no fingerprint.
        """
        return blake2b(self._bytes(values), digest_size=_SIZE).hexdigest()

    def _bytes(self, value: object) -> bytes:
        kind = type(value)
        if kind is str:
            content = str(value).encode("utf-8", "surrogatepass")
            return b"s" + len(content).to_bytes(8, "big") + content
        if kind is tuple and isinstance(value, tuple):
            return _tagged(b"t", b"".join([self._bytes(item) for item in value]))
        if value is None:
            return b"n"
        if kind is bool:
            return b"y" if value else b"f"
        if kind is int:
            return _tagged(b"i", str(value).encode())
        if kind is bytes and isinstance(value, bytes):
            return _tagged(b"b", value)
        if is_dataclass(value) and not isinstance(value, type):
            return self._record(value)
        return self._rare(value)

    def _record(self, value: DataclassInstance) -> bytes:
        known = self._known.get(id(value))
        if known is None:
            label, names = _shape(type(value))
            content = b"".join([self._bytes(getattr(value, name)) for name in names])
            known = (value, b"r" + blake2b(label + content, digest_size=_SIZE).digest())
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()  # ten thousand pages' values are not to be kept for the sake of a few shared ones
            self._known[id(value)] = known
        return known[1]

    def _rare(self, value: object) -> bytes:
        name = f"{type(value).__module__}.{type(value).__qualname__}".encode()
        if isinstance(value, str):  # Markup, choices: the same letters with another meaning
            return _tagged(b"S", _tagged(b"k", name) + str.__str__(value).encode("utf-8", "surrogatepass"))
        if isinstance(value, date):
            return _tagged(b"d", value.isoformat().encode())
        if isinstance(value, Mapping):
            return _tagged(
                b"m", b"".join([self._bytes(key) + self._bytes(item) for key, item in value.items()])
            )
        raise TypeError(f"no fingerprint for {type(value).__qualname__}")


def _tagged(tag: bytes, content: bytes) -> bytes:
    return tag + len(content).to_bytes(8, "big") + content


@cache
def _shape(kind: type[DataclassInstance]) -> tuple[bytes, tuple[str, ...]]:
    """Return what stands for a class, and the names of its fields."""
    label = _tagged(b"k", f"{kind.__module__}.{kind.__qualname__}".encode())
    return label, tuple(field.name for field in fields(kind))


@cache
def of_program() -> str:
    """Return the fingerprint of the generator: its files, its libraries, and the Python that runs it."""
    parts = [sys.version, *_versions()]
    found = blake2b("\n".join(parts).encode(), digest_size=_SIZE)
    for name, data in sorted(_files(resources.files("stadtnetz"), "")):
        found.update(_tagged(b"f", name.encode()) + _tagged(b"b", data))
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
