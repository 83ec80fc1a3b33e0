"""What stands in output/, compared with what the ledger says of it.

The signatures of files and folders tell without opening them whether they are as they were left; whatever differs, or
was recorded too soon to be believed, is looked at itself. Without a ledger that is everything.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, KeysView, Mapping
from pathlib import Path

from stadtnetz.fingerprint import digest
from stadtnetz.output.disk import FILE_MODE, FOLDER_MODE, Disk, Form, Seen
from stadtnetz.output.ledger import Ledger, Spare
from stadtnetz.output.marker import MARKER, MARKER_DATA
from stadtnetz.output.sight import Sight, look
from stadtnetz.output.tree import inventory
from stadtnetz.signatures import Signature, settled

__all__ = ["Live", "apart", "signatures", "untouched", "usable"]

_FILE, _FOLDER = Seen("", Form.FILE, 0, FILE_MODE), Seen("", Form.FOLDER, 0, FOLDER_MODE)
"""What is as it was left: one and the same for all, so that it is quickly told from the rest."""
_FEW = 200
"""So many files or folders are looked at one by one; for more, everything is."""


class Live:
    """The live site, as far as somebody asks for it."""

    def __init__(self, output: Path, ledger: Ledger, disk: Disk, sight: Sight | None = None) -> None:
        sight = sight or look(output, ledger, disk)
        self._output = output
        self._disk = disk
        self._digests: dict[str, str | None] = {}
        self.trusted = {file: entry.digest for file, entry in ledger.rows.items() if file not in sight.files}
        """The digests of recorded files that are as they were left."""
        self.doubtful = set(sight.files)
        """Recorded files that are not as they were left, whether or not their bytes are the same."""
        self.before = {file: settled(found) for file, found in sight.files.items()}
        """The signatures of doubtful files from before anybody read them."""
        self._recorded = ledger.folders.keys()
        self._seen = self._take_stock(ledger, sight.folders)
        # What is found through a link that took the place of a folder is not in output/.
        for file in self.trusted.keys() - self._seen.keys():
            del self.trusted[file]
            self.doubtful.add(file)
        self._looked_at = {
            path: seen for path, seen in self._seen.items() if seen is not _FILE and seen is not _FOLDER
        }
        """What is not known from the ledger alone."""
        self.unaltered = dict(ledger.folders)
        """The signatures of recorded folders that are as they were left."""
        for folder in sight.folders:
            del self.unaltered[folder]

    def _take_stock(self, ledger: Ledger, altered: Collection[str]) -> dict[str, Seen]:
        """Return everything that stands there, by path; only folders that were changed are listed."""
        if not ledger.folders or "" not in ledger.folders or len(altered) > _FEW:
            return inventory(self._output, self._disk)
        seen = dict.fromkeys(self.trusted, _FILE)
        seen |= dict.fromkeys(ledger.folders, _FOLDER)
        del seen[""]
        for file in self.doubtful:
            if (found := self._disk.look(self._output / file)) is not None:
                seen[file] = found
        children = _by_folder(seen, altered) if altered else {}
        for folder in altered:
            self._look_into(folder, seen, children)
        return seen

    def _look_into(self, folder: str, seen: dict[str, Seen], children: Mapping[str, set[str]]) -> None:
        """Correct what is known of one folder."""
        own = self._disk.look(self._output / folder) if folder else None
        if folder and (own is None or own.form is not Form.FOLDER):
            for path in [path for path in seen if path == folder or path.startswith(f"{folder}/")]:
                del seen[path]
            if own is not None:
                seen[folder] = own
            return
        if own is not None:
            seen[folder] = own
        there = {_below(folder, entry.name): entry for entry in self._disk.entries(self._output / folder)}
        for path in children.get(folder, set()) - there.keys():
            for gone in [other for other in seen if other == path or other.startswith(f"{path}/")]:
                del seen[gone]
        for path, entry in there.items():
            known = seen.get(path)
            if known is None or known.form is not entry.form:
                seen[path] = entry
                if entry.form is Form.FOLDER:
                    below = inventory(self._output / path, self._disk)
                    seen |= {f"{path}/{name}": found for name, found in below.items()}

    def paths(self) -> KeysView[str]:
        """Return the paths of everything that stands there, folders included."""
        return self._seen.keys()

    def folders(self) -> set[str]:
        """Return the paths of the folders that stand there."""
        found = self._looked_at
        as_left = (self._recorded & self._seen.keys()) - found.keys()
        return as_left | {path for path, seen in found.items() if seen.form is Form.FOLDER}

    def improper(self) -> set[str]:
        """Return the paths of what has another mode than we would give it."""
        return {path for path, seen in self._looked_at.items() if not seen.proper}

    def form(self, path: str) -> Form | None:
        """Return what stands under a path."""
        seen = self._seen.get(path)
        return None if seen is None else seen.form

    def digest(self, file: str) -> str | None:
        """Return the digest of a file's bytes; None where there is no file that may stay as it is."""
        if file in self.trusted:
            return self.trusted[file]
        if file not in self._digests:
            self._digests[file] = _digest_of(self._output / file, self._seen.get(file), self._disk)
        return self._digests[file]


def _digest_of(path: Path, seen: Seen | None, disk: Disk) -> str | None:
    if seen is None or seen.form is not Form.FILE or not seen.proper:
        return None
    try:
        return digest(disk.read(path))
    except OSError:
        return None  # it can't be read, so it is written anew


def untouched(output: Path, ledger: Ledger, disk: Disk, sight: Sight) -> bool:
    """Tell whether everything is as the ledger says; only what was recorded too soon is opened or listed."""
    rows = ledger.rows
    if not rows or len(sight.files) > _FEW:
        return False
    return is_as_left(output, ledger.folders, rows, disk, sight.folders) and all(
        _digest_of(output / file, disk.look(output / file), disk) == rows[file].digest for file in sight.files
    )


def is_as_left(
    root: Path, folders: Mapping[str, Signature], files: Iterable[str], disk: Disk, altered: Collection[str]
) -> bool:
    """Tell whether a tree has these folders with these files in them, and nothing else."""
    if "" not in folders or len(altered) > _FEW:
        return False
    children = _by_folder((*files, *(path for path in folders if path)), altered) if altered else {}
    for folder in altered:
        there = _listed(root, folder, disk)
        if there is None or children.get(folder, set()) != there.keys():
            return False
        if any((entry.form is Form.FOLDER) != (path in folders) for path, entry in there.items()):
            return False
    return True


def usable(
    spare: Spare, root: Path, output: Path, files: Iterable[str], disk: Disk, altered: Collection[str]
) -> Mapping[str, Signature] | None:
    """Return the folders of a spare tree that are as they were left, with their signatures; `altered` are not.

    None unless the tree shares all its files with the live one, but those that are behind.
    """
    if "" not in spare.folders or len(altered) > _FEW:
        return None
    children = _by_folder(files, altered) if altered else {}
    marker = disk.look(root / MARKER)
    if _digest_of(root / MARKER, marker, disk) != digest(MARKER_DATA):
        return None
    behind = frozenset((MARKER, *spare.behind))  # each tree has a marker of its own
    for folder in altered:
        there = _listed(root, folder, disk)
        if there is None or children.get(folder, set()) - there.keys() - behind:
            return None
        for path, entry in there.items():
            if entry.form is Form.FOLDER:
                right = path in spare.folders
            else:
                # The same file has the same number; what was put in its place has another.
                right = path in behind or disk.signature(_place(output, path))[3] == entry.signature[3]
            if not right:
                return None
    return {path: spare.folders[path] for path in spare.folders.keys() - set(altered)}


def apart(files: Mapping[str, Signature], spare: Path, disk: Disk) -> set[str]:
    """Return those files, with their signatures in the live tree, that are not one with the spare's.

    What has two names has the same bytes under both, whatever they are.
    """
    others = disk.signatures(str(spare), files)
    shared = {
        file
        for (file, own), other in zip(files.items(), others, strict=True)
        if own[3] and own[3] == other[3]
    }
    return files.keys() - shared


def _listed(root: Path, folder: str, disk: Disk) -> dict[str, Seen] | None:
    own = disk.look(root / folder)
    if own is None or own.form is not Form.FOLDER or not own.proper:
        return None
    return {_below(folder, entry.name): entry for entry in disk.entries(root / folder)}


def _by_folder(paths: Iterable[str], folders: Collection[str]) -> dict[str, set[str]]:
    """Return what stands in these folders."""
    found: dict[str, set[str]] = {folder: set() for folder in folders}
    for path in paths:
        children = found.get(path.rpartition("/")[0])
        if children is not None:
            children.add(path)
    return found


def _below(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _place(root: Path, path: str) -> str:
    return f"{root}{os.sep}{path}" if path else str(root)


def signatures(
    root: Path, paths: Collection[str], disk: Disk, known: Mapping[str, Signature] | None = None
) -> dict[str, Signature]:
    """Return the signatures of files or folders of a tree, as the ledger holds them; `known` ones are not asked for."""
    known = known or {}
    asked = [path for path in paths if path not in known]
    signed = disk.signatures(str(root), asked)
    return {path: known[path] for path in paths if path in known} | {
        path: settled(found) for path, found in zip(asked, signed, strict=True)
    }
