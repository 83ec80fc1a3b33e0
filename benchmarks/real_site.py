"""Time and memory of whole processes on the real content: `.venv/bin/python -m benchmarks.real_site`.

Works on a copy, so that it may edit. Times are those of one machine on one day; docs/performance.md says which.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.corpus import ROOT
from benchmarks.edits import where
from benchmarks.ours import OURS
from benchmarks.processes import BuildFailedError, Run, run, summary

__all__ = ["measure_real"]

RUNS = 7


def measure_real(folder: Path, *, runs: int, limit: float) -> dict[str, dict[str, object]]:
    """Measure a build from nothing, one over an unchanged site, one after an edit, and a check."""
    site = _Site(folder / "real", limit)
    return {
        "build from nothing": dict(summary(site.cold() for _ in range(runs))),
        "nothing changed": dict(summary(site.run("build") for _ in range(runs))),
        "one text edited": dict(summary(site.edited(number) for number in range(1, runs + 1))),
        "check": dict(summary(site.run("check") for _ in range(runs))),
    }


class _Site:
    """A copy of the real site. The first build, which warms the caches of the operating system, is not counted."""

    def __init__(self, folder: Path, limit: float) -> None:
        self._folder, self._limit = folder, limit
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name in ("content", "templates"):
            shutil.copytree(ROOT / name, folder / name)
        shutil.copy(ROOT / "site.yaml", folder)
        self._news = max((folder / "content" / "news").rglob("*.md"))
        self._text = self._news.read_text("utf-8")
        self.run("build")

    def run(self, command: str) -> Run:
        output = ("--output", str(self._folder / "output")) if command == "build" else ()
        words = [
            sys.executable,
            str(ROOT / "build.py"),
            command,
            "--quiet",
            "--root",
            str(self._folder),
            *output,
        ]
        return run(words, self._folder, self._limit)

    def cold(self) -> Run:
        OURS.forget(self._folder)
        return self.run("build")

    def edited(self, number: int) -> Run:
        words = f"Nachgetragen wurde dies in Fassung {number} einer Messung."
        self._news.write_text(f"{self._text}\n{words}\n", "utf-8")
        done = self.run("build")
        if not where(self._folder / "output", words):
            raise BuildFailedError("no page shows the edit")
        return done


def main() -> None:
    """Print a table."""
    print(f"| whole process, median of {RUNS} | time | range | memory |\n| --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for name, one in measure_real(Path(folder), runs=RUNS, limit=600).items():
            span = f"{one['fastest']:.2f}–{one['slowest']:.2f}"
            print(f"| {name} | {one['seconds']:.2f} s | {span} s | {one['memory']:.0f} MB |")


if __name__ == "__main__":
    main()
