"""The same four builds by every generator: from nothing, nothing changed, a text edited, a title edited.

Each build is a process of its own, and the generators take turns: a machine that is slower for a while is so for all of
them. After an edit the output is looked at: a generator whose repeated build is quick because it left pages stale is
reported with the number of pages that know the edit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.corpus import articles, newest
from benchmarks.edits import Edit, Editor, where
from benchmarks.peers.peer import Peer
from benchmarks.processes import BuildFailedError, Run, run, summary

__all__ = ["SCENARIOS", "Result", "Say", "measure"]

Result = dict[str, object]
Say = Callable[[str], None]

ENOUGH = 60.0
"""Seconds after which a build is not repeated any more: medians are for what is quick enough to waver."""
SCENARIOS = ("cold", "nothing", "body", "title")


def measure(
    peers: Sequence[Peer],
    folder: Path,
    *,
    news: int,
    runs: int,
    limit: float,
    say: Say,
    only: tuple[str, ...] = SCENARIOS,
) -> dict[str, dict[str, Result]]:
    """Measure generators over a corpus; a build that fails ends its generator's row and says why."""
    rows = [_Row(peer, folder, news, limit) for peer in peers]
    for name in only:
        standing = [row for row in rows if not row.has_failed]
        for row in standing:
            row.begin(name)
        for _ in range(runs):
            for row in standing:
                row.turn()
        for row in standing:
            row.end()
            say(f"{row.peer.label}, {news} news, {name}: {_told(row.results[name])}")
    return {row.peer.name: row.results for row in rows}


def _told(result: Result) -> str:
    if "failed" in result:
        return str(result["failed"])
    stale = f", {result['stale_pages']} pages stale" if result.get("stale_pages") else ""
    return f"{result['seconds']} s, {result['memory']} MB{stale}"


class _Row:
    """The builds of one generator over one project."""

    def __init__(self, peer: Peer, folder: Path, news: int, limit: float) -> None:
        self.peer = peer
        self.results: dict[str, Result] = {}
        self._project = folder / f"{peer.name}-{news}"
        if not self._project.exists():
            peer.make_project(self._project, articles(news))
        self._limit = limit
        self._article = newest(news)
        self._editor = Editor(self._article)
        self._builds = {"cold": self._cold, "nothing": self._again, "body": self._body, "title": self._title}
        self._name = ""
        self._runs: list[Run] = []
        self._words = ""
        """What the last edit put there."""
        self._titled = 1
        """How many pages must show a new title: as many as show the old one."""

    @property
    def has_failed(self) -> bool:
        """Tell whether a build of this generator failed."""
        return any("failed" in result for result in self.results.values())

    def begin(self, name: str) -> None:
        """Begin with the builds of a name."""
        self._name, self._runs = name, []
        if name == "cold":
            self.peer.write(self._project, self._article)

    def turn(self) -> None:
        """Build once more, unless a build failed or they have taken long enough altogether."""
        if self.has_failed or sum(one.seconds for one in self._runs) >= ENOUGH:
            return
        try:
            self._runs.append(self._builds[self._name]())
        except BuildFailedError as error:
            self.results[self._name] = {"failed": str(error)}

    def end(self) -> None:
        """Take down what the builds cost and what they showed."""
        if self.has_failed:
            return
        result: Result = dict(summary(self._runs))
        if self._name == "cold":
            self._titled = len(where(self._output, self._article.title))
            result["pages"] = sum(1 for _ in self._output.rglob("*.html"))
        elif self._name in ("body", "title"):
            pages = len(where(self._output, self._words))
            shows = 1 if self._name == "body" else self._titled
            result |= {"pages_showing_it": pages, "stale_pages": max(0, shows - pages)}
        self.results[self._name] = result

    def _cold(self) -> Run:
        """Build without anything that an earlier build left."""
        self.peer.forget(self._project)
        return self._build(self.peer.cold)

    def _again(self) -> Run:
        """Build again."""
        return self._build(self.peer.again or self.peer.cold)

    def _body(self) -> Run:
        return self._edited(self._editor.body())

    def _title(self) -> Run:
        return self._edited(self._editor.title())

    def _edited(self, edit: Edit) -> Run:
        """Build after a new edit, which its page must show."""
        self.peer.write(self._project, edit.article)
        done = self._again()
        page = self._output / self.peer.page(edit.article)
        if edit.words not in page.read_text("utf-8"):
            raise BuildFailedError(f"{page.relative_to(self._project)} does not show the edit")
        self._words = edit.words
        return done

    def _build(self, words: tuple[str, ...]) -> Run:
        return run(self.peer.command(words, self._project), self._project, self._limit)

    @property
    def _output(self) -> Path:
        return self._project / self.peer.output
