"""What the file system says about a file without opening it, and when that may be believed.

A program can set a file's time of modification back, but not its time of change (`ctime`): every write, rename, new
link and `utime` moves that on. So a file whose size, times and number are the recorded ones holds the recorded
bytes, with one exception: a clock that ticks every few milliseconds gives two writes in one tick the same time.
Therefore only what had settled when it was recorded is believed; the rest is read again. Git does the same.
"""

from __future__ import annotations

import os
import time

__all__ = ["NEVER", "Signature", "believable", "settled", "signature_of"]

Signature = tuple[int, int, int, int]
"""Size, time of modification and time of change in nanoseconds, and number of the file."""

NEVER: Signature = (-1, 0, 0, 0)
"""The signature that no file has: what carries it is always read."""

_FINE, _COARSE = 20_000_000, 2_100_000_000
"""Nanoseconds after which a time has settled: Linux stamps files once in a tick of at most 10 ms; where times come in
whole milliseconds or more, as on FAT and some network drives, the tick may be two seconds."""

believable = os.name == "posix"
"""Elsewhere `ctime` is the time of creation, and every file is read in every build."""


def signature_of(status: os.stat_result) -> Signature:
    """Return the signature of a file or folder."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def settled(signature: Signature, looked: int | None = None) -> Signature:
    """Return a signature that was taken at a moment (nanoseconds since 1970) if it may be believed later, else NEVER.

    The moment is when the file was looked at, before it was read; without it, now.
    """
    now = time.time_ns() if looked is None else looked
    latest = max(signature[1], signature[2])
    fine = signature[2] % 1_000_000 != 0
    return signature if believable and latest < now - (_FINE if fine else _COARSE) else NEVER
