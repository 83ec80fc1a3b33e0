"""What in output/ is not as the ledger says, seen from outside: by the signatures of files and folders.

For a large site that takes a while, so it is done aside where something else can be done in the meantime.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
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


_SIGHT, _FOLDERS = Decoder(Sight), Decoder(tuple[str, ...])


def look(output: Path, ledger: Ledger, disk: Disk) -> Sight:
    """Look at everything in output/ that the ledger knows of."""
    rows = ledger.rows
    signed = disk.signatures(str(output), rows)
    files = {
        file: found
        for (file, entry), found in zip(rows.items(), signed, strict=True)
        if found != entry.signature or found == NEVER
    }
    return Sight(files, altered(output, ledger.folders, disk))


def altered(root: Path, folders: Mapping[str, Signature], disk: Disk) -> tuple[str, ...]:
    """Return the folders of a tree that are not as recorded, or were recorded too soon to be believed."""
    signed = disk.signatures(str(root), folders)
    return tuple(
        path
        for (path, recorded), found in zip(folders.items(), signed, strict=True)
        if found != recorded or found == NEVER
    )


class Looking:
    """A look that may still be going on, first at output/, then at the spare tree, which not every build needs.

    Whoever begins it ends it with `drop`.
    """

    def __init__(
        self, output: Path, ledger: Ledger, disk: Disk, spare: Path | None = None, *, aside: bool
    ) -> None:
        """Begin; `aside` where another process may do it."""
        number = len(ledger.rows) + len(ledger.folders)
        self.aside = aside and number >= _MANY
        """Whether another process is busy with it."""
        works = [partial(_encoded, partial(look, output, ledger, disk))]
        if spare is not None and ledger.spare is not None:
            works.append(partial(_encoded, partial(altered, spare, ledger.spare.folders, disk)))
        self._works = works
        self._meanwhile = Meanwhile(*works, alone=not self.aside)

    def sight(self) -> Sight:
        """Return what is to be seen in output/."""
        return _SIGHT.decode(self._meanwhile.result())

    def of_spare(self) -> tuple[str, ...]:
        """Return the folders of the spare tree that are not as recorded, by the same paths."""
        return _FOLDERS.decode(self._meanwhile.result(1)) if len(self._works) > 1 else ()

    def drop(self) -> None:
        """Look no further."""
        self._meanwhile.drop()


def _encoded(work: Callable[[], object]) -> bytes:
    return encode(work())
