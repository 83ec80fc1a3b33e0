"""What stands in output/, compared with what the ledger says of it.

The signatures of files and folders tell without opening them whether they are as they were left; whatever differs is
looked at itself. Without a ledger that is everything.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from stadtnetz.fingerprint import digest
from stadtnetz.output.disk import FILE_MODE, FOLDER_MODE, Disk, Form, Seen
from stadtnetz.output.ledger import Ledger
from stadtnetz.output.marker import MARKER
from stadtnetz.output.tree import inventory
from stadtnetz.signatures import NEVER, Signature, settled

__all__ = ["Live", "same_folders", "signatures", "untouched"]


class Live:
    """The live site, as far as somebody asks for it."""

    def __init__(self, output: Path, ledger: Ledger, disk: Disk) -> None:
        self._output = output
        self._disk = disk
        self._digests: dict[str, str | None] = {}
        self._seen: dict[str, Seen] = {}
        self._trusted: dict[str, str] = {}
        self.doubtful: set[str] = set()
        """Recorded files that are not as they were left, whether or not their bytes are the same."""
        self.as_left = False
        """Whether every folder holds what it held; files may have other bytes all the same."""
        self._take_stock(ledger)

    def _take_stock(self, ledger: Ledger) -> None:
        """Compare every recorded signature; whatever is new or changed is looked at by itself."""
        self.as_left = same_folders(self._output, ledger.folders, self._disk)
        for file, entry in ledger.entries():
            if entry.signature != NEVER and self._signature(file) == entry.signature:
                self._trusted[file] = entry.digest
            else:
                self.doubtful.add(file)
        if self.as_left:
            self._seen_by_trust(ledger)
        else:
            self._seen = inventory(self._output, self._disk)

    def _signature(self, path: str) -> Signature:
        return self._disk.signature(f"{self._output}{os.sep}{path}" if path else str(self._output))

    def _seen_by_trust(self, ledger: Ledger) -> None:
        """Every folder is as it was left, so that it holds what is recorded; files may have other bytes."""
        self._seen = {file: Seen(file, Form.FILE, 0, FILE_MODE) for file in self._trusted}
        for file in self.doubtful:
            if (seen := self._disk.look(self._output / file)) is not None:
                self._seen[file] = seen
        self._seen |= {path: Seen(path, Form.FOLDER, 0, FOLDER_MODE) for path in ledger.folders if path}

    def paths(self) -> Iterable[str]:
        """Return the paths of everything that stands there, folders included."""
        return self._seen.keys()

    def form(self, path: str) -> Form | None:
        """Return what stands under a path."""
        seen = self._seen.get(path)
        return None if seen is None else seen.form

    def is_proper(self, path: str) -> bool:
        """Tell whether what stands there has the mode that we would give it."""
        return self._seen[path].proper

    def digest(self, file: str) -> str | None:
        """Return the digest of a file's bytes; None where there is no file that may stay as it is."""
        if file in self._trusted:
            return self._trusted[file]
        if file not in self._digests:
            self._digests[file] = self._read(file)
        return self._digests[file]

    def _read(self, file: str) -> str | None:
        seen = self._seen.get(file)
        if seen is None or seen.form is not Form.FILE or not seen.proper:
            return None
        try:
            return digest(self._disk.read(self._output / file))
        except OSError:
            return None  # it can't be read, so it is written anew


def untouched(output: Path, ledger: Ledger, disk: Disk) -> bool:
    """Tell whether everything is as the ledger says, without opening or listing anything."""
    if MARKER not in ledger.rows or not same_folders(output, ledger.folders, disk):
        return False
    for file, row in ledger.rows.items():
        if not _matches(
            row[-1] if isinstance(row, list) and row else None, disk.signature(f"{output}{os.sep}{file}")
        ):
            return False
    return True


def _matches(recorded: object, found: Signature) -> bool:
    return found != NEVER and recorded == list(found)


def same_folders(root: Path, folders: Mapping[str, object], disk: Disk) -> bool:
    """Tell whether all folders of a tree are as recorded: nothing was added to them, removed or renamed."""
    return bool(folders) and all(
        _matches(row, disk.signature(f"{root}{os.sep}{path}" if path else str(root)))
        for path, row in folders.items()
    )


def signatures(root: Path, paths: Iterable[str], disk: Disk) -> dict[str, list[int]]:
    """Return the signatures of files or folders of a tree, as the ledger holds them."""
    return {
        path: list(settled(disk.signature(f"{root}{os.sep}{path}" if path else str(root)))) for path in paths
    }
