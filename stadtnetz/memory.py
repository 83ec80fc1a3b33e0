"""What was made of files and pictures in earlier builds, kept in .build/ so that it need not be made again.

A row has a key that covers everything its content depends on, a short part that every build needs, and a long part
that is read only for what is shown. .build/ may come from a cache that others can write, and it may be damaged: there
is no code in it, every part carries a seal, and what is malformed counts as absent. Without a folder that can be
written to, rows live as long as the process: builds are slower then, never wrong.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from stadtnetz.memory_file import LONGEST, NOT_NOW, Heap, code, connect, id_of, seal, seals

__all__ = ["FILE", "Memory", "Row"]

FILE = "memory.sqlite"
_OVERHEAD = 1_000
"""Bytes that a row takes besides what is in it."""
_LARGE = 64_000
"""Bytes of a value, such as a picture's, that is put aside where there is no folder to write it to."""
_MOST_HELD = 8_000_000
"""Bytes of new rows that are held before they are written."""
_SPARE = 500
"""How many rows that nothing asked for may stay: those of another branch, say."""

T = TypeVar("T")
Row = tuple[bytes, bytes]
"""The short and the long part."""


class Memory:
    """The rows of a project. `folder` is .build/, None for a memory that lasts as long as the process.

    A process that builds again and again keeps what it made of rows in `made`, by their keys.
    """

    def __init__(self, folder: Path | None, *, lasting: bool = False) -> None:
        self.made: dict[str, Any] | None = {} if lasting else None
        self._path = None if folder is None else folder / FILE
        self._fresh: dict[str, Row] = {}
        self._short: dict[str, bytes] | None = None
        self._asked: set[str] = set()
        self._held = 0
        self._damaged = False
        self._sparing = False
        self._expected: dict[str, bytes | None] = {}
        self._connection: sqlite3.Connection | None = None
        self._process = 0
        self._heap = Heap()
        self._awaited: Callable[[], Mapping[str, Row]] | None = None
        self._own: dict[str, bytes] = {}
        """The seals of long parts that this process made; a file may hold others with seals that are as good."""

    def await_rows(self, rows: Callable[[], Mapping[str, Row]]) -> None:
        """Take over rows that are being made elsewhere, as soon as one is asked for that is not known."""
        self._awaited = rows

    def short(self, key: str) -> bytes | None:
        """Return a row's short part, None where there is no such row."""
        found = self._known(key)
        if found is None and self._awaited is not None:
            awaited, self._awaited = self._awaited, None
            for other, row in awaited().items():
                self.put(other, *row)
            return self._fresh[key][0] if key in self._fresh else None
        return found

    def _known(self, key: str) -> bytes | None:
        self._asked.add(key)
        if key in self._fresh:
            return self._fresh[key][0]
        if self._short is None:
            if self._sparing:
                if key not in self._expected:
                    self.expect([key])
                return self._expected[key]
            self._short = self._read_short()
        return self._short.get(key)

    @contextmanager
    def sparing(self) -> Iterator[None]:
        """Read short parts as they are expected, for a build that needs few."""
        self._sparing = True
        try:
            yield
        finally:
            self._sparing = False
            self._expected.clear()

    def expect(self, keys: Iterable[str]) -> None:
        """Read short parts together that are asked for next; for a build that needs all, they are read anyway."""
        if self._sparing and self._short is None:
            asked = list(keys)
            self._expected |= dict.fromkeys(asked) | self._read_some(asked)

    def long(self, key: str) -> bytes | None:
        """Return a row's long part, None where there is no such row."""
        return self.long_part(key)[0]

    def long_part(self, key: str) -> tuple[bytes | None, bool]:
        """Return a row's long part, and whether it was made by this process, or by the one that it was forked from."""
        self._asked.add(key)
        if (large := self._heap.get(key)) is not None:
            return large, True
        if key in self._fresh:
            long = self._fresh[key][1]
            return long, self._own.get(key) == seal(key, long)
        connection = self._open()
        if connection is None:
            return None, False
        try:
            found = connection.execute(
                "SELECT long, long_seal FROM row WHERE id = ?", (id_of(key),)
            ).fetchone()
        except sqlite3.Error:
            return None, False
        if found is None or not seals(key, *found):
            return None, False
        return found[0], self._own.get(key) == found[1]

    def put(self, key: str, short: bytes, long: bytes) -> None:
        """Remember a row; it reaches the disk with `save`."""
        self._asked.add(key)
        self._own[key] = seal(key, long)
        self._heap.forget(key)
        if self._path is None and len(long) > _LARGE and self._heap.put(key, long):
            long = b""
        self._fresh[key] = (short, long)
        self._held += len(short) + len(long)
        if self._held > _MOST_HELD:
            self._held = 0  # where it can't be written it stays, and is tried again later
            self._flush(set())

    def forget(self, key: str) -> None:
        """Drop a row of which a part turned out to be lost, from the file as well: a next try must not find it."""
        self._fresh.pop(key, None)
        self._heap.forget(key)
        self._own.pop(key, None)
        self._expected.pop(key, None)
        if self._short is not None:
            self._short.pop(key, None)
        connection = self._open()
        if connection is not None:
            # Where it can't be written, nothing gets worse: the row is found to be lost another time.
            with suppress(sqlite3.Error), connection:
                connection.execute("DELETE FROM row WHERE id = ?", (id_of(key),))

    def save(self, *, prune: bool = True) -> bool:
        """Write what is new, and drop rows that nobody asked for once they are many. False where that can't be.

        Without `prune` all rows stay: for a build that did not ask for everything.
        """
        if not prune:
            return self._flush(set())
        if self._path is None:
            return True
        unused = set(self._short or ()) - self._asked
        drop = unused if len(unused) > max(_SPARE, len(self._asked)) else set()
        if self.made is not None:
            self.made = {key: value for key, value in self.made.items() if key in self._asked}
        self._asked = set()
        return self._flush(drop)

    def keep(self, key: str, value: T) -> T:
        """Keep what was made of a row, if this memory outlasts the build."""
        self._asked.add(key)
        if self.made is not None:
            self.made[key] = value
        return value

    def lasting(self, key: str, make: Callable[[], T]) -> T:
        """Return what an earlier build of this process kept under a name, or else what `make` makes."""
        found: T = self.made[key] if self.made is not None and key in self.made else make()
        return self.keep(key, found)

    def _flush(self, drop: set[str]) -> bool:
        if self._path is None or not (self._fresh or drop):
            return self._path is None or not self._fresh
        if not self._write(drop):
            return False
        if self._short is not None:
            for key in drop:
                self._short.pop(key, None)
            self._short.update({key: row[0] for key, row in self._fresh.items()})
        self._fresh.clear()
        return True

    def close(self) -> None:
        """Let go of the files."""
        self._disconnect()
        self._heap.close()

    def _disconnect(self) -> None:
        if self._connection is not None and self._process == os.getpid():
            self._connection.close()
        self._connection = None

    def _rescue(self) -> None:
        """Move the sound rows of a damaged file to a new one: the order may be wrong in which rows are looked for."""
        connection, question = self._open(), "SELECT key, short, long, short_seal, long_seal FROM row"
        try:
            rows = connection.execute(question).fetchall() if connection is not None else []
        except sqlite3.Error:
            rows = []
        for key, short, long, short_seal, long_seal in rows:
            if seals(key, short, short_seal) and seals(key, long, long_seal):
                self._fresh.setdefault(key, (short, long))
        self._discard()
        self._damaged = False

    def _write(self, drop: Iterable[str]) -> bool:
        """Write in one transaction, if need be into a new file."""
        if self._damaged:
            self._rescue()
        rows = [
            (id_of(key), key, short, long, seal(key, short), self._own.get(key) or seal(key, long))
            for key, (short, long) in self._fresh.items()
            if len(short) + len(long) < LONGEST - _OVERHEAD  # what is longer is made anew each time
        ]
        for _ in range(2):
            connection = self._open(make=True)
            if connection is None:
                return False
            try:
                with connection:
                    connection.executemany("DELETE FROM row WHERE id = ?", [(id_of(key),) for key in drop])
                    connection.executemany("INSERT OR REPLACE INTO row VALUES (?, ?, ?, ?, ?, ?)", rows)
            except sqlite3.Error as error:
                if code(error) in NOT_NOW:
                    return False
                self._discard()
            else:
                return True
        return False

    def _read_short(self) -> dict[str, bytes]:
        connection = self._open()
        if connection is None:
            return {}
        try:
            rows = connection.execute("SELECT key, short, short_seal FROM row").fetchall()
        except sqlite3.Error as error:
            if code(error) not in NOT_NOW:
                self._discard()
            return {}
        found = {key: short for key, short, seal in rows if seals(key, short, seal)}
        self._damaged = len(found) < len(rows)
        return found

    def _read_some(self, keys: Sequence[str]) -> dict[str, bytes]:
        connection = self._open()
        if connection is None:
            return {}
        question = "SELECT key, short, short_seal FROM row WHERE id IN (SELECT value FROM json_each(?))"
        try:
            rows = connection.execute(question, (json.dumps([id_of(key) for key in keys]),)).fetchall()
        except sqlite3.Error:
            return {}
        return {key: short for key, short, found in rows if seals(key, short, found)}

    def _open(self, *, make: bool = False) -> sqlite3.Connection | None:
        """Return this process's connection; a worker must not use its parent's."""
        if self._process != os.getpid():
            self._connection, self._process = None, os.getpid()
        if self._connection is None and self._path is not None and (make or self._path.is_file()):
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._connection = connect(self._path)
            except OSError:
                return None
            except sqlite3.Error as error:
                if code(error) in NOT_NOW:
                    return None
                self._discard()
                # What is no database, or not ours, gives way to a new one where there is something to write.
                return self._open(make=True) if make and self._path is not None else None
        return self._connection

    def _discard(self) -> None:
        """Remove a file that is not ours or damaged; if that can't be, do without."""
        self._disconnect()
        if self._path is not None:
            try:
                self._path.unlink(missing_ok=True)
            except OSError:
                self._path = None
