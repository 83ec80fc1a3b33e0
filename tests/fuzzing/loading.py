"""What an input goes through: it is read, what is wrong with it is reported, and a sound one is built beside others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stadtnetz.clock import Clock
from stadtnetz.diagnostics import Diagnostic
from stadtnetz.diagnostics.printers import as_objects, as_text
from stadtnetz.examination import examine_sources
from stadtnetz.memory import Memory
from stadtnetz.model.kinds import KINDS, Kind
from stadtnetz.readings import read
from stadtnetz.rows import Task
from stadtnetz.settings import Settings, silent
from stadtnetz.source import SourceFile, Sources, read_sources
from tests.minisite import ROOT

__all__ = ["Neighbours", "Seed", "corpus", "load", "render_all"]

CLOCK = Clock.from_text("2026-11-20")
_DRIVING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]")
"""What a terminal, or whoever reads it, would take for something else."""


@dataclass(frozen=True, slots=True)
class Seed:
    """A sound file of the real content, and what it is read as; without a kind it is site.yaml."""

    path: str
    data: bytes
    kind: Kind | None = None
    language: str = "de"
    translation: bool = False
    is_text: bool = False

    def task(self, data: bytes) -> Task:
        """Return how other bytes under the same name are read."""
        file = SourceFile.of(self.path, data)
        return Task(file, self.kind, self.language, self.translation, self.is_text)


def corpus(each: int = 8) -> list[Seed]:
    """Return up to `each` files of every form from the real content, evenly spread over it, and site.yaml."""
    found = [Seed("site.yaml", (ROOT / "site.yaml").read_bytes())]
    for kind in KINDS.values():
        paths = sorted((ROOT / "content" / kind.folder).rglob("*.*"))
        by_form: dict[tuple[str, ...], list[Path]] = {}
        for path in (one for one in paths if one.suffix in (".yaml", ".md")):
            by_form.setdefault(tuple(path.suffixes), []).append(path)
        for form, paths in by_form.items():
            for path in paths[:: max(1, len(paths) // each)][:each]:
                translation = len(form) == 2
                found.append(
                    Seed(
                        path.relative_to(ROOT).as_posix(),
                        path.read_bytes(),
                        kind,
                        form[0][1:] if translation else "de",
                        translation,
                        form == (".md",) and kind.form == "yaml",
                    )
                )
    return found


def load(seed: Seed, data: bytes) -> None:
    """Read an input, take out everything that was read, and report every problem. Fails on what must not be."""
    task = seed.task(data)
    reading = next(iter(read([task], Memory(None)).values()))
    tuple(reading.references())
    if reading.text is not None:
        assert "<script" not in reading.text.body.html
    assert reading.record is not None or reading.diagnostics or task.is_text
    _report(reading.diagnostics, data)


def _report(diagnostics: tuple[Diagnostic, ...], data: bytes) -> None:
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    for language in ("de", "en"):
        printed = as_text(diagnostics, language, lambda _: text, lambda words, _: words)
        assert not _DRIVING.search(printed), printed
        as_objects(diagnostics, language)


class Neighbours:
    """A small whole site in which one file after the other is exchanged for an input."""

    def __init__(self, root: Path) -> None:
        self._settings = Settings(root, CLOCK, search=False, keep_state=False)
        self._sources, problems = read_sources(root)
        assert problems == ()
        self._memory = Memory(None, lasting=True)

    def problems(self, seed: Seed, data: bytes) -> Iterator[Diagnostic]:
        """Examine the site with the input in it and yield what is wrong; if nothing stops it, render every page."""
        files = {**self._sources.files, seed.path: SourceFile.of(seed.path, data)}
        sources = Sources(dict(sorted(files.items())))
        examined = examine_sources(self._settings, sources, (), self._memory, silent)
        self._memory.save()
        yield from examined.diagnostics
        site = examined.site
        if site is None or any(one.severity == "error" for one in examined.diagnostics):
            return
        for page in site.plan.pages:
            made = page.make()
            context = {"site": made.site, "meta": made.meta, "page": made.view}
            site.design.renderer.render(made.template, page.language, context)
        for text in site.plan.texts:
            site.design.renderer.render(text.template, text.language, text.make())
        for file in site.plan.files:
            file.make()


def render_all(neighbours: Neighbours, seed: Seed, data: bytes) -> None:
    """Put an input into a site and build that in memory."""
    problems = tuple(neighbours.problems(seed, data))
    _report(tuple(one for one in problems if one.path == seed.path), data)
