"""The ledger: what each file of output/ was made from, and what the build knows of the disk.

It lives in .build/, which may come from a cache that others can write. So it is plain JSON behind a readable first
line with the digest of what follows; whatever is damaged, foreign or of another form counts as absent. Rows are looked
at one by one when they are needed: a build in which nothing changed needs few of them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from stadtnetz.signatures import NEVER, Signature

__all__ = ["Entry", "Ledger", "Spare", "load_ledger", "row_of", "save_ledger"]

_FIRST = "stadtnetz ledger 2"
_TEXTS = [str] * 6
_NUMBERS = [int] * 4
Rows = Mapping[str, Any]


class Entry(Struct, frozen=True):
    """One file of output/. Assets, pictures and copies have a digest and a signature alone."""

    digest: str
    inputs: str = ""
    """The fingerprint of everything that the page's values are made from."""
    values: str = ""
    """The fingerprint of the values themselves."""
    frame: str = ""
    """The fingerprint of how they are rendered; see `incremental.Keys`."""
    template: str = ""
    about: str = ""
    """What other files must know of the page, as JSON; see `site.feeds`."""
    signature: Signature = NEVER


class Spare(Struct, frozen=True):
    """A second tree beside output/ that shares its files, and is some files behind it."""

    folders: Rows
    behind: tuple[str, ...]


class Ledger(Struct, frozen=True):
    """What is known of the last build; `missing` says why nothing is known, "" where something is."""

    rows: Rows = field(default_factory=dict)
    folders: Rows = field(default_factory=dict)
    """The signatures of the folders of output/, by path; "" is output/ itself."""
    sources: Rows = field(default_factory=dict)
    """The signatures and digests of the files that the site was made from."""
    spare: Spare | None = None
    summary: Mapping[str, Any] = field(default_factory=dict)
    """What the build was asked for and how it ended."""
    missing: str = ""

    def entry(self, file: str) -> Entry | None:
        """Return what is known of a file; a row that is none counts as absent."""
        row = self.rows.get(file)
        if not isinstance(row, list) or not row or not _is_signature(row[-1]):
            return None
        *texts, signature = row
        if [*map(type, texts)] != _TEXTS:
            return None
        digest, inputs, values, frame, template, about = texts
        return Entry(digest, inputs, values, frame, template, about, tuple(signature))

    def entries(self) -> Iterator[tuple[str, Entry]]:
        """Yield everything that is known."""
        for file in self.rows:
            entry = self.entry(file)
            if entry is not None:
                yield file, entry

    def marks(self) -> Iterator[tuple[str, str, Signature]]:
        """Yield each file with the digest of its bytes and its signature."""
        for file, row in self.rows.items():
            if isinstance(row, list) and row and isinstance(row[0], str) and _is_signature(row[-1]):
                yield file, row[0], tuple(row[-1])

    def known_sources(self) -> dict[str, tuple[Signature, str]]:
        """Return the sources' signatures and digests."""
        return {
            path: (tuple(row[0]), row[1])
            for path, row in self.sources.items()
            if isinstance(row, list) and len(row) == 2 and _is_signature(row[0]) and isinstance(row[1], str)
        }


def _is_signature(value: object) -> bool:
    return isinstance(value, list) and [*map(type, value)] == _NUMBERS


def load_ledger(path: Path) -> Ledger:
    """Read a ledger; one that can't be relied on is empty and says why."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Ledger(missing="absent")
    except OSError:
        return Ledger(missing="unreadable")
    first, _, body = data.partition(b"\n")
    if first != _first_line(body):
        return Ledger(missing="damaged")
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return Ledger(missing="damaged")
    if not isinstance(content, dict):
        return Ledger(missing="damaged")
    rows, folders, sources, summary = (
        found if isinstance(found := content.get(name), dict) else {}
        for name in ("rows", "folders", "sources", "summary")
    )
    return Ledger(rows, folders, sources, _spare_from(content.get("spare")), summary)


def _spare_from(value: object) -> Spare | None:
    match value:
        case {"folders": dict() as folders, "behind": list() as behind}:
            return Spare(folders, tuple(str(path) for path in behind))
    return None


def save_ledger(path: Path, ledger: Ledger) -> bool:
    """Write a ledger in one step; False where .build/ can't be written: the next build is slower, never wrong."""
    spare = ledger.spare
    content = {
        "rows": ledger.rows,
        "folders": ledger.folders,
        "sources": ledger.sources,
        "spare": {"folders": spare.folders, "behind": spare.behind} if spare else None,
        "summary": ledger.summary,
    }
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(_first_line(body) + b"\n" + body)
        beside.replace(path)
    except OSError:
        return False
    return True


def row_of(entry: Entry, signature: list[int]) -> list[Any]:
    """Return an entry as the ledger holds it, with the signature that the file has now."""
    return [
        *(entry.digest, entry.inputs, entry.values, entry.frame, entry.template, entry.about),
        signature,
    ]


def _first_line(body: bytes) -> bytes:
    return f"{_FIRST} {blake2b(body, digest_size=16).hexdigest()}".encode()
