"""The oracle: output/ must be what a clean build would make, byte for byte.

Incremental builds are fast because they trust keys; this is how anybody can check that the trust is deserved.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from stadtnetz.outcome import Built
from stadtnetz.pipeline import build
from stadtnetz.settings import Progress, Settings

__all__ = ["Difference", "Verified", "verify"]


class Difference(Struct, frozen=True):
    """A file that is not as it should be: `missing`, `foreign` or `different`."""

    file: str
    what: str


class Verified(Struct, frozen=True):
    """The clean build, and where output/ differs from it; both empty of findings means that all is right."""

    clean: Built
    differences: tuple[Difference, ...]


def verify(settings: Settings, output: Path, progress: Progress) -> Verified:
    """Build cleanly into a folder of its own and compare it with output/, which is not touched."""
    with tempfile.TemporaryDirectory(prefix="stadtnetz-") as folder:
        fresh = Path(folder) / "output"
        clean = build(replace(settings, clean=True, keep_state=False), fresh, progress)
        differences = tuple(_differences(fresh, output)) if clean.published is not None else ()
        return Verified(clean, differences)


def _differences(fresh: Path, output: Path) -> Iterator[Difference]:
    expected, found = _files(fresh), _files(output)
    for file in sorted(expected | found):
        if file not in found:
            yield Difference(file, "missing")
        elif file not in expected:
            yield Difference(file, "foreign")
        elif (fresh / file).read_bytes() != (output / file).read_bytes():
            yield Difference(file, "different")


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
