"""What in output/ is not as the ledger says, seen from outside: by the signatures of files and folders.

For a large site that takes a while, so it is done aside where something else can be done in the meantime.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.msgpack import Decoder, encode

from stadtnetz.output.disk import Disk
from stadtnetz.output.ledger import Ledger
from stadtnetz.signatures import NEVER, Signature
from stadtnetz.workers import Meanwhile

__all__ = ["Looking", "Sight", "altered", "look"]

_MANY = 2_000
"""Files and folders; looking at fewer takes less time than starting a process for it."""


class Sight(Struct, frozen=True):
    """What is not as recorded, or was recorded too soon to be believed."""

    files: Mapping[str, Signature]
    """With the signatures that they have now."""
    folders: tuple[str, ...]
    of_spare: tuple[str, ...] = ()
    """Folders of the spare tree, by the same paths."""


_DECODER = Decoder(Sight)


def look(output: Path, ledger: Ledger, disk: Disk, spare: Path | None = None) -> Sight:
    """Look at everything that the ledger knows of, also in the spare tree if there is one."""
    rows = ledger.rows
    signed = disk.signatures(str(output), rows)
    files = {
        file: found
        for (file, entry), found in zip(rows.items(), signed, strict=True)
        if found != entry.signature or found == NEVER
    }
    of_spare = altered(spare, ledger.spare.folders, disk) if spare is not None and ledger.spare else ()
    return Sight(files, altered(output, ledger.folders, disk), of_spare)


def altered(root: Path, folders: Mapping[str, Signature], disk: Disk) -> tuple[str, ...]:
    """Return the folders of a tree that are not as recorded, or were recorded too soon to be believed."""
    signed = disk.signatures(str(root), folders)
    return tuple(
        path
        for (path, recorded), found in zip(folders.items(), signed, strict=True)
        if found != recorded or found == NEVER
    )


class Looking:
    """A look that may still be going on; whoever begins it ends it with `drop`."""

    def __init__(
        self, output: Path, ledger: Ledger, disk: Disk, spare: Path | None = None, *, aside: bool
    ) -> None:
        """Begin; `aside` where another process may do it."""
        number = len(ledger.rows) + len(ledger.folders)
        self._work = partial(look, output, ledger, disk, spare)
        self.aside = aside and number >= _MANY
        """Whether another process is busy with it."""
        self._meanwhile = Meanwhile(self._encoded, alone=not self.aside)

    def _encoded(self) -> bytes:
        return encode(self._work())

    def sight(self) -> Sight:
        """Return what is to be seen."""
        return _DECODER.decode(self._meanwhile.result())

    def drop(self) -> None:
        """Look no further."""
        self._meanwhile.drop()
