"""What the runner knows about another generator."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import Article
from benchmarks.peers.forms import File, Form

__all__ = ["HERE", "TOOLS", "Peer"]

HERE = Path(__file__).parent
TOOLS = HERE.parents[1] / ".bench"
"""Where the generators are installed: outside what git tracks, one folder each."""


def _nothing() -> Iterable[File]:
    return ()


@dataclass(frozen=True, slots=True)
class Peer:
    """A generator, how it is called and where it puts what it makes."""

    name: str
    label: str
    package: str
    """The package whose version the report names."""
    cold: tuple[str, ...]
    """The command of a build from nothing; the first word is a program of the peer's own folder in .bench/."""
    form: Form
    output: str
    caches: tuple[str, ...] = ()
    """What a build leaves behind besides its output, below the project's folder; * is allowed."""
    again: tuple[str, ...] | None = None
    """The command of every later build, where it differs."""
    extra: Callable[[], Iterable[File]] = _nothing
    page: Callable[[Article], str] = lambda article: f"news/{article.year}/{article.slug}/index.html"
    """Where the page of an article is below the output."""

    @property
    def home(self) -> Path:
        """Return the folder with the peer's pinned versions and fixed files."""
        return HERE / self.name

    @property
    def tools(self) -> Path:
        """Return the folder it is installed in."""
        return TOOLS / self.name

    def command(self, words: tuple[str, ...], folder: Path) -> list[str]:
        """Return a command with the whole path of its program, and of the project where it says {folder}."""
        return [str(self.tools / words[0]), *(word.replace("{folder}", str(folder)) for word in words[1:])]

    def make_project(self, folder: Path, articles: Iterable[Article]) -> None:
        """Write the whole project."""
        shutil.copytree(self.home / "project", folder)
        modules = self.tools / "node_modules"
        if modules.is_dir():
            (folder / "node_modules").symlink_to(modules)
        for path, text in self.extra():
            _write(folder / path, text)
        for article in articles:
            self.write(folder, article)

    def write(self, folder: Path, article: Article) -> str:
        """Write an article, also over an older one; return its path below the folder."""
        path, text = self.form(article)
        _write(folder / path, text)
        return path

    def forget(self, folder: Path) -> None:
        """Put aside all that earlier builds left, in a folder beside the project.

        Where it was deleted, ext4 without a journal would look at each number of a file that became free in the last
        five minutes before it gives a new one: seconds that have nothing to do with building.
        """
        aside = Path(tempfile.mkdtemp(prefix="aside-", dir=folder.parent))
        for pattern in (self.output, *self.caches):
            for path in folder.glob(pattern):
                path.rename(aside / path.name)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
