"""The whole way from files to files.

disk → source → model → network → pages → render → output

`examine` goes as far as the plan and finds every problem on the way; `build` renders what is stale and publishes it.
Nothing is published when there is an error: the old output/ stays as it is.

This module tells first whether there is anything to do at all. What does the work is imported only then: the libraries
that it needs take longer to start than to find out that nothing changed.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stadtnetz.diagnostics import has_errors, problem
from stadtnetz.diagnostics.rows import from_row
from stadtnetz.fingerprint import digest, of_program
from stadtnetz.outcome import Built
from stadtnetz.output.disk import Disk
from stadtnetz.output.exchange import needs_mending
from stadtnetz.output.ledger import Ledger, load_ledger
from stadtnetz.output.live import untouched
from stadtnetz.output.marker import Places
from stadtnetz.output.publisher import Published
from stadtnetz.settings import STATE, Awaited, Progress, Settings, silent
from stadtnetz.source import SourceChangedError, Sources, read_sources

if TYPE_CHECKING:
    from stadtnetz.examination import Examined
    from stadtnetz.memory import Memory

__all__ = ["build", "examine", "ledger_path"]

_ATTEMPTS = 3
"""How often a build starts again because somebody writes to content/ at the same time."""


def examine(settings: Settings, progress: Progress = silent) -> Examined:
    """Read, link, check and plan. Every problem of the content, the templates and site.yaml is reported."""
    # Imported here for the sake of a quick start; see above.
    from stadtnetz.examination import examine_sources, memory_of

    progress("read", 0, 1)
    sources, problems = read_sources(settings.root)
    memory = memory_of(settings)
    examined = examine_sources(settings, sources, problems, memory, progress)
    memory.save()
    memory.close()
    return examined


def build(
    settings: Settings,
    output: Path,
    progress: Progress = silent,
    *,
    disk: Disk | None = None,
    memory: Memory | None = None,
    awaited: Awaited | None = None,
) -> Built:
    """Bring output/ up to date in one step; on any error leave it alone.

    `memory` is what a process that builds again and again keeps between builds, `awaited` are pages to show before.
    """
    with _no_collections():
        return _build(settings, output, progress, disk or Disk(), memory, awaited)


@contextmanager
def _no_collections() -> Iterator[None]:
    """Let Python not look for circles of objects: among ten thousand entries that takes a tenth of an edit's build.

    A build makes few; a process that builds again and again has them collected in between.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _build(
    settings: Settings,
    output: Path,
    progress: Progress,
    disk: Disk,
    memory: Memory | None,
    awaited: Awaited | None,
) -> Built:
    path = ledger_path(settings.root, output)
    if settings.clean:
        ledger = Ledger(missing="clean")  # .build/ is not even looked at: others may have written to it
    else:
        ledger = load_ledger(path) if settings.keep_state else Ledger(missing="absent")
    known = ledger.sources
    for _ in range(_ATTEMPTS):
        progress("read", 0, 1)
        sources, problems = read_sources(settings.root, known)
        if (
            not settings.clean
            and not problems
            and (built := _unchanged(settings, sources, ledger, output, disk))
        ):
            return built
        # Imported here for the sake of a quick start; see above.
        from stadtnetz.building import Job

        job = Job(settings, output, ledger, path, disk, progress, awaited)
        try:
            return job.run(sources, problems, memory)
        except SourceChangedError as error:
            known, changed = {}, str(error)
    return Built(sources, (problem("file-vanished", changed),), None)


def _unchanged(
    settings: Settings, sources: Sources, ledger: Ledger, output: Path, disk: Disk
) -> Built | None:
    """Return how the build ends if nothing has to be done, None if something may have to be."""
    summary = ledger.summary
    same = (
        summary.get("asked") == settings.asked
        and summary.get("program") == of_program()
        and sources.files.keys() == ledger.sources.keys()
        and all(ledger.sources[path][1] == file.digest for path, file in sources.files.items())
        and not needs_mending(Places.beside(output), disk)
        and untouched(output, ledger, disk)
    )
    try:
        if not same or not _holds_at(settings.clock.now, summary):
            return None
        diagnostics = tuple(from_row(row) for row in summary["diagnostics"])
        until = datetime.fromisoformat(summary["until"]) if summary["until"] else None
        pages, files = int(summary["pages"]), int(summary["files"])
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    if has_errors(diagnostics, strict=settings.strict):
        return None
    return Built(sources, diagnostics, Published(0, files, 0), pages=pages, files=files, valid_until=until)


def _holds_at(now: datetime, summary: Mapping[str, Any]) -> bool:
    """Tell whether a moment lies in the stretch of time for which the last build holds."""
    since, until = summary["told_since"], summary["told_until"]
    begun = since is None or datetime.fromisoformat(since) <= now
    return begun and (until is None or now < datetime.fromisoformat(until))


def ledger_path(root: Path, output: Path) -> Path:
    """Return where the ledger of an output folder is: each folder has its own."""
    whole = output.absolute()
    return root / STATE / f"{whole.name}-{digest(str(whole).encode())[:8]}.ledger"
