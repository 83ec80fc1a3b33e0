"""Ends a build at its n-th write below a folder, whoever writes there and by whatever call.

Python announces every change of a file system to its audit hooks, so nothing of the program has to be replaced, and
what it writes besides output/ (its state, its lock) dies as well. After the first death nothing more is written: the
`finally` and `except` of a killed process do not run either.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["KillError", "failing_at", "killed_at"]

_CHANGES = frozenset(
    f"os.{name}"
    for name in ("rename", "link", "symlink", "mkdir", "remove", "rmdir", "chmod", "truncate", "utime")
) | {"sqlite3.connect"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class KillError(BaseException):
    """The process ends here; nothing but the machine catches it."""


class _Watch:
    """Counts the writes below a folder, and lets the n-th and all after it die, or the n-th alone fail."""

    def __init__(self, folder: Path, at: int, number: int | None) -> None:
        self.folder, self.at, self.number = str(folder), at, number
        self.seen = 0
        self.busy = False

    def __call__(self, event: str, given: tuple[object, ...]) -> None:
        if self.busy or not self._counts(event, given):
            return
        self.seen += 1
        if self.number is None:
            if self.seen == self.at:
                self._tear(event, given)
            if self.seen >= self.at:
                raise KillError
        elif self.seen == self.at:
            raise OSError(self.number, os.strerror(self.number), str(given[0]))

    def _counts(self, event: str, given: tuple[object, ...]) -> bool:
        if event == "open":
            if not (isinstance(given[2], int) and given[2] & _WRITING):
                return False
        elif event not in _CHANGES:
            return False
        path = given[0]
        return isinstance(path, str | bytes | os.PathLike) and os.fsdecode(path).startswith(self.folder)

    def _tear(self, event: str, given: tuple[object, ...]) -> None:
        """Leave what a kill leaves of a file that was about to be written: nothing but its name."""
        if event == "open" and int(given[2]) & (os.O_EXCL | os.O_TRUNC):  # type: ignore[call-overload]
            self.busy = True
            Path(os.fsdecode(given[0])).write_bytes(b"")  # type: ignore[arg-type]
            self.busy = False


_watching: list[_Watch] = []
"""At most one; an audit hook can't be taken away again, so it looks here whether there is anything to do."""


def _hook(event: str, given: tuple[object, ...]) -> None:
    if _watching:
        _watching[-1](event, given)


sys.addaudithook(_hook)


@contextmanager
def killed_at(folder: Path, at: int) -> Iterator[None]:
    """Kill whatever writes below a folder for the n-th time; a build with fewer writes comes to its end."""
    with _watched(_Watch(folder, at, None)):
        try:
            yield
        except KillError:
            return


@contextmanager
def failing_at(folder: Path, at: int, number: int = errno.ENOSPC) -> Iterator[None]:
    """Refuse the n-th write below a folder with an error of the system."""
    with _watched(_Watch(folder, at, number)):
        yield


@contextmanager
def _watched(watch: _Watch) -> Iterator[None]:
    _watching.append(watch)
    try:
        yield
    finally:
        _watching.remove(watch)
