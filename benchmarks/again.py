"""The pipeline called again and again in one process, as the preview calls it.

Started by the runner as a process of its own: `python -m benchmarks.again FOLDER NEWS RUNS` builds once, then edits a
text and builds again RUNS times, and prints as JSON how long each took until the new site was live.
"""

from __future__ import annotations

import gc
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.corpus import newest
from benchmarks.edits import Edit, Editor
from benchmarks.ours import OURS
from stadtnetz.clock import Clock
from stadtnetz.groundwork import memory_of
from stadtnetz.output.disk import Disk
from stadtnetz.pipeline import build, clear_up
from stadtnetz.settings import Settings
from stadtnetz.workers import sensible

__all__ = ["builder"]


def builder(root: Path, jobs: int, *, preview: bool = False) -> Callable[[], float]:
    """Return what builds a project again and again, and tells when the site was live.

    `preview` to build as `serve` does: what is only looked at has neither a manifest nor fingerprints in the names of
    its assets, and does not wait for the disk. The only place here that knows the pipeline's interface.
    """
    disk = Disk(durable=not preview)
    gc.disable()  # as the preview's builder does
    memory = memory_of(Settings(root, Clock.at(datetime.now(UTC))), lasting=True)

    def once() -> float:
        live = [0.0]

        def progress(step: str, done: int, whole: int) -> None:
            if step == "publish" and done == whole:
                live[0] = time.perf_counter()

        settings = Settings(
            root,
            Clock.at(datetime.now(UTC)),
            jobs=jobs,
            manifest=not preview,
            fingerprints=not preview,
            quick_pictures=preview,
        )
        built = build(settings, root / "output", progress, disk=disk, memory=memory)
        if built.published is None:
            raise SystemExit(f"the build failed: {built.diagnostics[0]}")
        return live[0]

    return once


def _timed(project: Path, once: Callable[[], float], edit: Edit) -> float:
    OURS.write(project, edit.article)
    clear_up()
    started = time.perf_counter()
    seconds = once() - started
    if edit.words not in (project / "output" / OURS.page(edit.article)).read_text("utf-8"):
        raise SystemExit("the page does not show the edit")
    return seconds


def main() -> None:
    """Build, then edit and build again; print the seconds of each kind of edit."""
    project, news, runs = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    once = builder(project, sensible(), preview=True)
    editor = Editor(newest(news))
    once()
    _timed(project, once, editor.body())  # the first build after the start loads what later ones keep
    body = [_timed(project, once, editor.body()) for _ in range(runs)]
    title = [_timed(project, once, editor.title()) for _ in range(runs)]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    medians = {"body": statistics.median(body), "title": statistics.median(title)}
    print(
        json.dumps(
            {**{name: round(seconds, 4) for name, seconds in medians.items()}, "memory": round(memory, 1)}
        )
    )


if __name__ == "__main__":
    main()
