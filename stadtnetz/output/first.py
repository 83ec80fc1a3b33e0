"""What takes long for a first site, begun while the rest of it is made: its spare tree, and its way to the disk.

Of thousands of files both take a while, so other processes do them, where there can be any. Those that make the spare
tree, so that the next change is quick as well, sign both trees: when the site goes live, nothing in them changes any
more.
"""

from __future__ import annotations

import errno
import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

from msgspec import Struct
from msgspec.msgpack import Decoder, encode
from msgspec.structs import astuple

from stadtnetz.output.disk import Disk
from stadtnetz.output.live import signatures
from stadtnetz.output.marker import begin
from stadtnetz.output.paths import folders_of
from stadtnetz.output.staging import share_all
from stadtnetz.signatures import Signature
from stadtnetz.workers import Meanwhile

__all__ = ["Settling", "Twin", "Twinning"]

_MANY = 2_000
"""Files; for fewer, both take less time than starting a process."""
_PARTS = 2
"""Processes that share files: one for each core that the rest of the build leaves to them."""


class Twin(Struct, frozen=True):
    """The signatures of a tree's files and folders, and of the folders of its twin, "" being the root."""

    files: Mapping[str, Signature]
    folders: Mapping[str, Signature]
    of_spare: Mapping[str, Signature]


_DECODER = Decoder(Twin | None)


class Twinning:
    """The making of a tree that shares all its files with another; whoever begins it ends it with `drop`."""

    def __init__(self, source: Path, tree: Path, disk: Disk, *, aside: bool) -> None:
        """`aside` where other processes may do it."""
        self._source, self._tree, self._disk = source, tree, disk
        self._aside = aside
        self._begun: set[str] = set()
        self._parts: list[Meanwhile] = []

    def begin(self, files: Collection[str]) -> None:
        """Begin with files that are in their places already."""
        try:
            if self._disk.look(self._tree) is None:
                begin(self._tree, self._disk)
        except OSError:
            return  # tried again at the end
        aside = self._aside and len(files) >= _MANY
        for part in _cut(sorted(files), _PARTS if aside else 1):
            work = partial(_encoded, part, self._source, self._tree, self._disk)
            self._parts.append(Meanwhile(work, alone=not aside))
        self._begun |= set(files)

    def twin(self, wanted: Collection[str]) -> Twin | None:
        """Share the rest and return what was made; None where files can't be shared."""
        try:
            parts = self._made()
            # Only now: it changes folders that are signed before.
            self.begin([file for file in wanted if file not in self._begun])
            parts += self._made()
        except OSError:
            return None
        if not self._begun.issuperset(wanted):
            return None
        twins = [part for part in parts if part is not None]
        if len(twins) < len(parts):
            return None
        files, folders, of_spare = (_joined(maps) for maps in zip(*map(astuple, twins), strict=True))
        # Where one process was done first, another put something into the same folder.
        common = [
            path for path, times in Counter(chain(*(one.of_spare for one in twins))).items() if times > 1
        ]
        return Twin(files, folders, of_spare | signatures(self._tree, common, self._disk))

    def _made(self) -> list[Twin | None]:
        """Wait for what was begun, if anything was."""
        made: list[Twin | None] = [_DECODER.decode(part.result()) for part in self._parts]
        self.drop()
        return made

    def drop(self) -> None:
        """Go no further."""
        for part in self._parts:
            part.drop()
        self._parts = []


def _joined(maps: Iterable[Mapping[str, Signature]]) -> dict[str, Signature]:
    """Return all of them, the last where there are several."""
    joined: dict[str, Signature] = {}
    for one in maps:
        joined |= one
    return joined


def _cut(files: Sequence[str], number: int) -> Iterator[Sequence[str]]:
    """Cut a list into so many pieces."""
    size = -(-len(files) // number) or 1
    for start in range(0, max(len(files), 1), size):
        yield files[start : start + size]


def _encoded(files: Collection[str], source: Path, tree: Path, disk: Disk) -> bytes:
    return encode(_twin_of(files, source, tree, disk))


def _twin_of(files: Collection[str], source: Path, tree: Path, disk: Disk) -> Twin | None:
    if not share_all(files, source, tree, disk):
        return None
    folders = folders_of(files)
    # What was shared last is looked at last: what happened a moment ago is not believed.
    of_spare = signatures(tree, ("", *folders), disk)
    of_folders = signatures(source, folders, disk)
    return Twin(signatures(source, files, disk), of_folders, of_spare)


class Settling:
    """The way of a new site to the medium; whoever begins it ends it with `drop`."""

    def __init__(self, folder: Path, disk: Disk, *, aside: bool) -> None:
        """`aside` where another process may begin with it."""
        self._folder, self._disk = folder, disk
        self._aside = aside
        self._meanwhile: Meanwhile | None = None

    def begin(self, files: Collection[str]) -> None:
        """Begin with files that are there already."""
        if self._aside and len(files) >= _MANY:
            self._meanwhile = Meanwhile(self._settled)

    def _settled(self) -> bytes:
        try:
            self._disk.settle(self._folder)
        except OSError as error:
            return str(error.errno or errno.EIO).encode()
        return b"0"

    def wait(self) -> None:
        """Wait until everything is there. Raises OSError."""
        if self._meanwhile is not None:
            # The system tells of what it could not write once, and may have told the other process.
            number = int(self._meanwhile.result())
            self.drop()
            if number:
                raise OSError(number, os.strerror(number), str(self._folder))
        self._disk.settle(self._folder)

    def drop(self) -> None:
        """Go no further."""
        if self._meanwhile is not None:
            self._meanwhile.drop()
            self._meanwhile = None
