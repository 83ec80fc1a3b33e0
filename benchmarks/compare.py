"""The same four builds by every generator: from nothing, nothing changed, a text edited, a title edited.

Each build is a process of its own. After an edit the output is looked at: a generator whose repeated build is quick
because it left pages stale is reported with the number of pages that know the edit.
"""

from __future__ import annotations

from collections.abc import Callable
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
    peer: Peer,
    folder: Path,
    *,
    news: int,
    runs: int,
    limit: float,
    say: Say,
    only: tuple[str, ...] = SCENARIOS,
) -> dict[str, Result]:
    """Measure a generator over a corpus; a build that fails ends the row and says why."""
    project = folder / f"{peer.name}-{news}"
    if not project.exists():
        peer.make_project(project, articles(news))
    results: dict[str, Result] = {}
    scenarios = _Scenarios(peer, project, news, runs, limit)
    for name in only:
        try:
            results[name] = scenarios.measure(name)
        except BuildFailedError as error:
            results[name] = {"failed": str(error)}
        say(f"{peer.label}, {news} news, {name}: {_told(results[name])}")
        if "failed" in results[name]:
            break
    return results


def _told(result: Result) -> str:
    if "failed" in result:
        return str(result["failed"])
    stale = f", {result['stale_pages']} pages stale" if result.get("stale_pages") else ""
    return f"{result['seconds']} s, {result['memory']} MB{stale}"


class _Scenarios:
    """The four builds of one generator over one project."""

    def __init__(self, peer: Peer, project: Path, news: int, runs: int, limit: float) -> None:
        self._peer, self._project = peer, project
        self._runs, self._limit = runs, limit
        self._article = newest(news)
        self._editor = Editor(self._article)
        self._titled = 1

    def _build(self, words: tuple[str, ...]) -> Run:
        return run(self._peer.command(words, self._project), self._project, self._limit)

    def measure(self, name: str) -> Result:
        """Measure the build of a name."""
        known = {"cold": self.cold, "nothing": self.nothing, "body": self.body, "title": self.title}
        return known[name]()

    def cold(self) -> Result:
        """Build without anything that an earlier build left."""
        self._peer.write(self._project, self._article)

        def once() -> Run:
            self._peer.forget(self._project)
            return self._build(self._peer.cold)

        known = self._repeated(once)
        self._titled = len(where(self._output, self._article.title))
        return {**summary(known), "pages": sum(1 for _ in self._output.rglob("*.html"))}

    def nothing(self) -> Result:
        """Build again, with nothing changed."""
        return dict(summary(self._repeated(lambda: self._build(self._peer.again or self._peer.cold))))

    def body(self) -> Result:
        """Build after a new edit of a text."""
        return self._edited(self._editor.body, shows=1)

    def title(self) -> Result:
        """Build after a new edit of a title: as many pages must show it as showed the old one."""
        return self._edited(self._editor.title, shows=self._titled)

    def _repeated(self, once: Callable[[], Run]) -> list[Run]:
        """Repeat a build as often as asked for, but no more once it has taken long enough altogether."""
        known: list[Run] = []
        while len(known) < self._runs and sum(one.seconds for one in known) < ENOUGH:
            known.append(once())
        return known

    @property
    def _output(self) -> Path:
        return self._project / self._peer.output

    def _edited(self, make: Callable[[], Edit], *, shows: int) -> Result:
        shown = []

        def once() -> Run:
            edit = make()
            self._peer.write(self._project, edit.article)
            done = self._build(self._peer.again or self._peer.cold)
            page = self._output / self._peer.page(edit.article)
            if edit.words not in page.read_text("utf-8"):
                raise BuildFailedError(f"{page.relative_to(self._project)} does not show the edit")
            shown.append(edit.words)
            return done

        known = self._repeated(once)
        pages = where(self._output, shown[-1])
        return {**summary(known), "pages_showing_it": len(pages), "stale_pages": max(0, shows - len(pages))}
