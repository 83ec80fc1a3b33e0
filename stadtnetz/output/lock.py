"""One build at a time: a lock that the system takes back when its holder dies.

A file that merely exists would outlive a killed build and block all later ones; a lock held on an open file
can't. The file itself is removed by its holder, so whoever gets the lock must make sure that it still holds the
file that the name leads to.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

__all__ = ["acquire", "release"]


def acquire(path: Path) -> int | None:
    """Return an open descriptor that holds the lock, or None while somebody else holds it."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
        held = False
        try:
            if not _locked(descriptor):
                return None
            held = _leads_to(path, descriptor)
        finally:
            if not held:
                os.close(descriptor)
        if held:
            return descriptor
        # The holder before us removed the file after we had opened it; another build may lock a new one.


def release(path: Path, descriptor: int) -> None:
    """Remove the file, then let go: in the other order we might remove the next holder's file."""
    try:
        with suppress(OSError):  # Windows does not remove open files; an empty file in our way is harmless
            path.unlink()
    finally:
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _leads_to(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.lstat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False
