"""A project folder that edits work on, and the moment that builds hold for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from stadtnetz.clock import Clock
from stadtnetz.pipeline import Settings
from tests.machine.seed import BEGIN, FILES
from tests.minisite import MiniSite

__all__ = ["World"]


class World:
    """The seeded site, and what the machine remembers of its way."""

    def __init__(self, folder: Path, *, search: bool = False) -> None:
        self.site = MiniSite(folder, FILES, templates=False)
        self.root, self.output, self.state = self.site.root, self.site.output, self.site.root / ".build"
        self.now: datetime = BEGIN
        self.search = search
        """Whether there is a search index: then every build takes a moment longer."""
        self.program = 1
        """Which version of the generator builds; the second one says so on every page."""
        self.count = 0
        self.first = folder / "first"
        """Where output/ and .build/ of the first build are kept."""
        self.sick = 0
        """For how many steps nothing could be published."""
        self._good: dict[str, bytes] = {}

    def keep(self) -> None:
        """Remember the project's files as they are, to mend it with."""
        self._good = self._sources()

    def mend(self) -> None:
        """Bring back the files of the last site that could be published, and touch no others."""
        now = self._sources()
        for path in now.keys() - self._good.keys():
            (self.root / path).unlink()
        for path, data in self._good.items():
            if now.get(path) != data:
                self.write(path, data)

    def note(self, *, healthy: bool) -> None:
        """Remember whether the site could be published."""
        self.sick = 0 if healthy else self.sick + 1
        if healthy:
            self.keep()

    def _sources(self) -> dict[str, bytes]:
        found = [*self.files("content"), *self.files("templates"), "site.yaml"]
        return {path: (self.root / path).read_bytes() for path in found}

    def fresh(self) -> str:
        """Return a word that has not been used."""
        self.count += 1
        return f"Wort{self.count:03}"

    def settings(self, root: Path | None = None) -> Settings:
        """Return the settings of a build, of a copy of the project if need be."""
        return Settings(root or self.root, Clock.at(self.now), search=self.search)

    def files(self, folder: str, *endings: str) -> list[str]:
        """Return the files below a folder with certain endings, as paths from the root."""
        found = (path for path in (self.root / folder).rglob("*") if path.is_file())
        named = (path.relative_to(self.root).as_posix() for path in found)
        return sorted(name for name in named if name.endswith(endings or ("",)))

    def entries(self) -> list[str]:
        """Return the files of the entries, translations and texts beside them left out."""
        found = self.files("content", ".yaml", ".md")
        stems = {name.removesuffix(".yaml") for name in found}
        return [
            name
            for name in found
            if name.count(".") == 1 and not (name.endswith(".md") and name.removesuffix(".md") in stems)
        ]

    def texts(self) -> list[str]:
        """Return every file with a long text."""
        return self.files("content", ".md")

    def read(self, path: str) -> str:
        """Return a file's text."""
        return (self.root / path).read_text("utf-8")

    def write(self, path: str, text: str | bytes) -> None:
        """Write a file."""
        self.site.write(path, text)

    def change(self, path: str, change: Callable[[str], str], *, restore_times: bool = False) -> None:
        """Change a file's text, on request under its old times; the change must be one."""
        target = self.root / path
        times, before = target.stat(), self.read(path)
        after = change(before)
        assert after != before, path
        target.write_text(after, "utf-8")
        if restore_times:
            assert target.stat().st_size == times.st_size, path
            os.utime(target, ns=(times.st_atime_ns, times.st_mtime_ns))

    def toggle(self, path: str, text: str | bytes) -> None:
        """Write a file that is not there, or remove it."""
        if (self.root / path).exists():
            self.site.remove(path)
        else:
            self.write(path, text)

    def discard(self, path: Path) -> None:
        """Remove a file or a whole folder."""
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
