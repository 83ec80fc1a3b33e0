"""The manifest of a build: what it was made from, for when it holds, and every file with its SHA-256.

It is the same for the same files, commit and stretch of time, whenever it was written: it names no moment at which
somebody built, but the one since which what it describes has been so. So a build that changes nothing changes nothing
in it either.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Literal

from msgspec import DecodeError, Struct
from msgspec.json import Decoder, encode
from msgspec.json import format as format_

from stadtnetz import __version__
from stadtnetz.clock import Moment

__all__ = ["MalformedManifestError", "Manifest", "differences", "read_manifest", "written"]


class MalformedManifestError(ValueError):
    """What should be a manifest is none."""


class Manifest(Struct, frozen=True):
    """What a manifest says."""

    commit: str | None
    """The commit that everything was made from; None where there is none, or files differ from it."""
    moment: datetime | None
    """Since when what readers see has been so, as far as they can know; None for always."""
    valid_until: datetime | None
    """When it will change by itself, as far as readers can know."""
    entries: tuple[str, ...]
    """The addresses of entries' pages below the site's root: those that must not get lost."""
    files: Mapping[str, str]
    """SHA-256, in hexadecimal, by path in output/; of all but the manifest itself."""


class _Generator(Struct, frozen=True):
    name: str
    version: str


class _Sum(Struct, frozen=True):
    sha256: str


class _Written(Struct, frozen=True):
    """A manifest as its file has it."""

    format: Literal[1]
    generator: _Generator
    commit: str | None
    moment: Moment | None
    valid_until: Moment | None
    entries: tuple[str, ...]
    files: dict[str, _Sum]


_DECODER = Decoder(_Written)


def written(manifest: Manifest) -> bytes:
    """Return a manifest as JSON (UTF-8)."""
    files = {file: _Sum(manifest.files[file]) for file in sorted(manifest.files)}
    generator = _Generator("stadtnetz", __version__)
    content = _Written(
        1, generator, manifest.commit, manifest.moment, manifest.valid_until, manifest.entries, files
    )
    return format_(encode(content), indent=1) + b"\n"


def read_manifest(data: bytes) -> Manifest:
    """Read a manifest, which may come from anywhere. Raises MalformedManifestError."""
    try:
        found = _DECODER.decode(data)
    except (DecodeError, RecursionError) as error:
        raise MalformedManifestError(str(error)) from error
    sums = {file: one.sha256 for file, one in found.files.items()}
    return Manifest(found.commit, found.moment, found.valid_until, found.entries, sums)


def differences(
    manifest: Manifest, there: Collection[str], sum_of: Callable[[str], str | None]
) -> list[tuple[str, str]]:
    """Return each file that is not as the manifest says, with what is wrong: `missing`, `foreign` or `different`."""
    found = [(file, "foreign") for file in there if file not in manifest.files]
    for file, wanted in manifest.files.items():
        sum_ = sum_of(file)
        if sum_ != wanted:
            found.append((file, "missing" if sum_ is None else "different"))
    return sorted(found)
