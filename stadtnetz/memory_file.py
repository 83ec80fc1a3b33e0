"""The file that the memory stands in: opened with care, since others may have written it, and sealed row by row."""

from __future__ import annotations

import os
import sqlite3
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

__all__ = ["LONGEST", "NOT_NOW", "Heap", "code", "connect", "id_of", "seal", "seals"]

_TABLE = "CREATE TABLE row (id INTEGER PRIMARY KEY, key TEXT, short BLOB, long BLOB, short_seal BLOB, long_seal BLOB)"
"""Found by a number: with keys, some kilobytes would be moved about whenever one comes between two others."""
LONGEST = 64_000_000
"""Bytes of a row: larger ones make SQLite refuse all that is written with them."""
_BUSY_SECONDS = 5.0
NOT_NOW = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
    }
)
"""Another build writes, or the disk is at fault; anything else is wrong with the file itself."""


class Heap:
    """Large values of a memory without a folder: in a file without a name, where they take no room of this process."""

    def __init__(self) -> None:
        self._file: BinaryIO | None = None
        self._places: dict[str, tuple[int, int]] = {}

    def put(self, key: str, value: bytes) -> bool:
        """Take a value; False where there is no room for it."""
        # Imported here for the sake of a quick start: hardly any build does without a folder.
        import tempfile

        self.forget(key)
        if not hasattr(os, "pread"):
            return False
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(prefix="stadtnetz-", buffering=0)  # noqa: SIM115 - lives as we do
            start = self._file.seek(0, os.SEEK_END)
            whole = self._file.write(value) == len(value)
        except OSError:
            return False
        if whole:
            self._places[key] = (start, len(value))
        return whole

    def get(self, key: str) -> bytes | None:
        """Return a value, None where there is none."""
        if self._file is None or key not in self._places:
            return None
        start, size = self._places[key]
        return os.pread(self._file.fileno(), size, start)

    def forget(self, key: str) -> None:
        """Drop a value, if it is there."""
        self._places.pop(key, None)

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
        self._file, self._places = None, {}


def code(error: sqlite3.Error) -> int:
    """Return SQLite's own code of an error, without the details in its higher bits."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def connect(path: Path) -> sqlite3.Connection:
    """Open a file with our table and nothing else. Raises sqlite3.DatabaseError for any other file."""
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS)
    try:
        _prepare(connection)
    except sqlite3.Error:
        connection.close()
        raise
    except UnicodeDecodeError as error:  # SQLite names what it can't make sense of, as it stands there
        connection.close()
        raise sqlite3.DatabaseError("not ours") from error
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    connection.text_factory = lambda text: text.decode("utf-8", "replace")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
    # A foreign file must not run what its schema says; and a power cut may cost us the file, but no time is lost on it.
    for setting in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "synchronous = OFF"):
        connection.execute(f"PRAGMA {setting}")
    found = connection.execute("SELECT sql FROM sqlite_schema").fetchall()
    if not found:
        connection.execute(_TABLE)
    elif found != [(_TABLE,)]:
        raise sqlite3.DatabaseError("not ours")


def id_of(key: str) -> int:
    """Return the number of a key's row; two keys with the same one are not to be had, and would cost a row."""
    return int.from_bytes(sha256(key.encode()).digest()[:8], "big", signed=True)


def seal(key: str, part: bytes) -> bytes:
    """Return what tells whether a row's part is as it was written. It keeps damage away, nobody who means harm."""
    found = sha256(key.encode())
    found.update(part)
    return found.digest()[:8]


def seals(key: object, part: object, found: object) -> bool:
    """Tell whether a part is what was sealed."""
    return isinstance(key, str) and isinstance(part, bytes) and found == seal(key, part)
