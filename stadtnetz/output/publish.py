"""Make output/ hold a site's files and nothing else, in one step.

The new site is made ready beside the live one and takes its place when it is complete, so that a reader, a sync or
a deployment never meets half a site; a full disk, a kill or a second build changes nothing. Files with the same
bytes are shared between both by hard link, hence no file is ever written twice under one name. Bytes decide what is
the same, or what the file system says since they were last read; never times alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from stadtnetz.diagnostics import problem
from stadtnetz.fingerprint import digest
from stadtnetz.output.disk import Disk
from stadtnetz.output.errors import PublishError, reported
from stadtnetz.output.exchange import mend, needs_mending
from stadtnetz.output.ledger import Ledger
from stadtnetz.output.marker import Places, claim_leftover
from stadtnetz.output.publisher import Published, Publisher

__all__ = ["PublishError", "Published", "Publisher", "publish", "publishing", "recover"]


@contextmanager
def publishing(
    output: Path, ledger: Ledger, *, disk: Disk | None = None, spares: bool = True, aside: bool = False
) -> Iterator[Publisher]:
    """Take output/ for this build alone, and mend what a killed one left; see `Publisher`.

    Raises PublishError, also from inside.
    """
    disk = disk or Disk()
    places = Places.beside(output)
    with reported(output), _locked(places, output, disk):
        mend(places, disk)
        claim_leftover(
            places.spare, disk
        )  # what stands there and is not ours is reported before anything is done
        publisher = Publisher(places, ledger, disk, spares=spares, aside=aside)
        try:
            yield publisher
        finally:
            publisher.leave()


def publish(files: Mapping[str, bytes], output: Path, *, disk: Disk | None = None) -> Published:
    """Publish files, by their paths below output/. Raises PublishError, and then nothing has changed."""
    with publishing(output, Ledger(), disk=disk, spares=False) as publisher:
        return publisher.publish({path: digest(data) for path, data in files.items()}, files)


def recover(output: Path, *, disk: Disk | None = None) -> None:
    """Mend what a killed build left, unless another build is at work. Raises PublishError.

    Publishing does this by itself; commands that only read call it so that the site is back as soon as possible.
    """
    disk = disk or Disk()
    places = Places.beside(output)
    with reported(output):
        if not needs_mending(places, disk):
            return
        with suppress(_BusyError), _locked(places, output, disk):
            mend(places, disk)


class _BusyError(PublishError):
    """Another build holds the lock."""


@contextmanager
def _locked(places: Places, output: Path, disk: Disk) -> Iterator[None]:
    disk.make_parents(places.output)
    descriptor = disk.lock(places.lock)
    if descriptor is None:
        raise _BusyError(problem("output-busy", output.as_posix(), name=output.name))
    try:
        yield
    finally:
        disk.unlock(places.lock, descriptor)
