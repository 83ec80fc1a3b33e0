"""The spare tree of a first site, so that the next change is quick as well.

Of thousands of files this takes a while. So another process does it, where there can be one, while the new site's bytes
are on their way to the disk, and signs both trees: when the site goes live, nothing in them changes any more.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.msgpack import Decoder, encode

from stadtnetz.output.disk import Disk
from stadtnetz.output.live import signatures
from stadtnetz.output.staging import share_all
from stadtnetz.signatures import Signature
from stadtnetz.workers import Meanwhile

__all__ = ["Twin", "Twinning"]

_MANY = 2_000
"""Files; sharing fewer takes less time than starting a process for it."""


class Twin(Struct, frozen=True):
    """The signatures of a tree's files and folders, its root excepted, and of the folders of its twin."""

    files: Mapping[str, Signature]
    folders: Mapping[str, Signature]
    of_spare: Mapping[str, Signature]


_DECODER = Decoder(Twin | None)


class Twinning:
    """The making of a tree that shares all its files with another; whoever begins it ends it with `drop`."""

    def __init__(
        self,
        source: Path,
        tree: Path,
        wanted: Collection[str],
        folders: Collection[str],
        disk: Disk,
        *,
        aside: bool,
    ) -> None:
        """Begin; `aside` where another process may do it."""
        self._work = partial(_twin_of, source, tree, wanted, folders, disk)
        self._meanwhile = Meanwhile(self._encoded, alone=not aside or len(wanted) < _MANY)

    def _encoded(self) -> bytes:
        return encode(self._work())

    def twin(self) -> Twin | None:
        """Return what was made; None where files can't be shared. Raises OSError."""
        made: Twin | None = _DECODER.decode(self._meanwhile.result())
        return made

    def drop(self) -> None:
        """Go no further."""
        self._meanwhile.drop()


def _twin_of(
    source: Path, tree: Path, wanted: Collection[str], folders: Collection[str], disk: Disk
) -> Twin | None:
    if not share_all(wanted, source, tree, disk):
        return None
    # What was shared last is looked at last: what happened a moment ago is not believed.
    of_spare = signatures(tree, ("", *folders), disk)
    of_folders = signatures(source, folders, disk)
    return Twin(signatures(source, wanted, disk), of_folders, of_spare)
