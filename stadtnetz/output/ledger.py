"""The ledger: which key each rendered file of output/ was made with, and the digest of its bytes.

It lives in .build/, which may come from a cache that others can write. So it is plain JSON behind a readable first
line with the digest of what follows; whatever is damaged, foreign or of another form counts as absent.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from stadtnetz.fingerprint import digest

__all__ = ["Entry", "Ledger", "load_ledger", "save_ledger"]

_FIRST = "stadtnetz ledger 1"


@dataclass(frozen=True, slots=True)
class Entry:
    """One rendered file: the key that it was made with, and the digest of its bytes."""

    key: str
    digest: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """What is known of the last build; `missing` says why nothing is known, "" where something is."""

    entries: Mapping[str, Entry]
    missing: str = ""


def load_ledger(path: Path) -> Ledger:
    """Read a ledger; one that can't be relied on is empty and says why."""
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return Ledger({}, "absent")
    except (OSError, UnicodeDecodeError):
        return Ledger({}, "unreadable")
    first, _, body = text.partition("\n")
    if first != f"{_FIRST} {digest(body.encode())}":
        return Ledger({}, "damaged")
    try:
        content = json.loads(body)
    except (json.JSONDecodeError, RecursionError):
        return Ledger({}, "damaged")
    entries = (
        {path: Entry(*row) for path, row in content.items() if _is_row(row)}
        if isinstance(content, dict)
        else {}
    )
    return Ledger(entries)


def _is_row(row: object) -> bool:
    return isinstance(row, list) and len(row) == 2 and all(isinstance(part, str) for part in row)


def save_ledger(path: Path, entries: Mapping[str, Entry]) -> bool:
    """Write a ledger in one step; False where .build/ can't be written: the next build is slower, never wrong."""
    body = json.dumps(
        {file: [entry.key, entry.digest] for file, entry in entries.items()}, indent=0, sort_keys=True
    )
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(f"{_FIRST} {digest(body.encode())}\n{body}".encode())
        beside.replace(path)
    except OSError:
        return False
    return True
