"""Put a staged site in the place of the live one, and mend what a killed build left.

Where the system can exchange two names in one step, readers never meet a gap. Elsewhere two renames do it, and
the names themselves are the journal: `.output.old` without `output` means that the second rename is missing.
Then the old site goes back, since nothing says whether the new one is complete.
"""

from __future__ import annotations

import errno
from contextlib import suppress
from pathlib import Path

from stadtnetz.output.disk import Disk
from stadtnetz.output.marker import Places, claim_leftover
from stadtnetz.output.tree import remove

__all__ = ["go_live", "mend", "needs_mending"]

_CANNOT_EXCHANGE = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM})
"""A file system that knows no exchange, a kernel without it, or a sandbox that forbids what it doesn't know."""


def go_live(places: Places, disk: Disk, *, first: bool) -> Path | None:
    """Make the stage the live site; return where the old site is now. With `first` there is none."""
    if first:
        disk.rename(places.stage, places.output)
        return None
    try:
        disk.exchange(places.stage, places.output)
    except NotImplementedError:
        return _rename_twice(places, disk)
    except OSError as error:
        if error.errno not in _CANNOT_EXCHANGE:
            raise
        return _rename_twice(places, disk)
    return places.stage


def _rename_twice(places: Places, disk: Disk) -> Path:
    disk.rename(places.output, places.old)
    try:
        disk.rename(places.stage, places.output)
    except OSError:
        with suppress(OSError):  # then the next start puts it back
            disk.rename(places.old, places.output)
        raise
    return places.old


def needs_mending(places: Places, disk: Disk) -> bool:
    """Tell whether an earlier build left anything."""
    return any(disk.look(path) is not None for path in (places.stage, places.old, places.fresh, places.lock))


def mend(places: Places, disk: Disk) -> None:
    """Put back a site that an earlier build took away, and remove what it left. Needs the lock."""
    if disk.look(places.output) is None and claim_leftover(places.old, disk):
        disk.rename(places.old, places.output)
    for leftover in (places.stage, places.old, places.fresh):
        if claim_leftover(leftover, disk):
            remove(leftover, disk)
