"""New files before the site is complete: beside output/, or, where no site is live yet, in their places of the stage.

For a first site every page needs a folder, and the system takes longer to make these than to write the pages. So they
are made along with the files, by all processes that render, not by one of them at the end.
"""

from __future__ import annotations

import os
from pathlib import Path

from stadtnetz.output.disk import Disk
from stadtnetz.output.marker import Places, begin
from stadtnetz.output.tree import remove

__all__ = ["Aside"]


class Aside:
    """The new files of one build. `first` tells that no site is live."""

    def __init__(self, places: Places, disk: Disk, *, first: bool) -> None:
        self._disk = disk
        self._fresh = places.fresh
        self._stage = places.stage if first else None
        self._begun: set[Path] = set()
        self._made = {""}
        """The folders of the stage that this process made or saw, by their paths below it."""
        self._process = os.getpid()

    def room(self) -> Path:
        """Return a folder beside output/ for files that have no place in the site yet."""
        self._begin(self._fresh)
        return self._fresh

    def place(self, file: str, name: str) -> Path:
        """Return where a new file of the site is to be put; `name` is its own among all that are put aside."""
        if self._stage is None:
            return self.room() / name
        self._begin(self._stage)
        return self._stage / file

    def put(self, path: Path, data: bytes) -> None:
        """Write a new file there, perhaps in a worker."""
        if self._stage is not None:
            self._make_folders(os.path.dirname(path)[len(str(self._stage)) + 1 :])  # noqa: PTH120 - for every page
        try:
            self._disk.write(path, data)
        except FileExistsError:
            # A worker that died had written it. Should the parent have died, its place belongs to another build now.
            if os.getpid() != self._process:
                raise
            self._disk.unlink(path)
            self._disk.write(path, data)

    def remove(self) -> None:
        """Remove what did not become part of a site. Raises OSError."""
        for folder in (self._fresh, self._stage):
            if folder is not None and self._disk.look(folder) is not None:
                remove(folder, self._disk)

    def _begin(self, folder: Path) -> None:
        if folder in self._begun:
            return
        if self._disk.look(folder) is None:
            begin(folder, self._disk)
        self._begun.add(folder)

    def _make_folders(self, folder: str) -> None:
        """Make a folder of the stage, by its path below it, with those above it, unless another process was quicker."""
        if folder in self._made:
            return
        self._make_folders(os.path.dirname(folder))  # noqa: PTH120 - for every page
        path = f"{self._stage}{os.sep}{folder}"
        try:  # nearly always it is not there: looking first would be one more question
            self._disk.make_folder(path)
        except FileExistsError:
            self._disk.mend_folder(path)  # whoever made it may have died before it had its mode
        self._made.add(folder)
