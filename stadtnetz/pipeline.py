"""The whole way from files to files.

disk → source → model → network → pages → render → output

`examine` goes as far as the plan and finds every problem on the way; `build` renders what is stale and publishes it.
Nothing is published when there is an error: the old output/ stays as it is.

This module tells first whether there is anything to do at all. What does the work is imported only then: the libraries
that it needs take longer to start than to find out that nothing changed.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from stadtnetz.diagnostics import Diagnostic, has_errors, problem
from stadtnetz.early import EarlyReading, changed_entries
from stadtnetz.fingerprint import of_bytes, of_program
from stadtnetz.outcome import Built
from stadtnetz.output.disk import Disk
from stadtnetz.output.exchange import needs_mending
from stadtnetz.output.ledger import Kept, Ledger, Place, Summary, load_ledger
from stadtnetz.output.live import untouched
from stadtnetz.output.marker import Places
from stadtnetz.output.publish import PublishError, publishing
from stadtnetz.output.publisher import Published, Publisher
from stadtnetz.output.sight import Looking, Sight
from stadtnetz.settings import STATE, Awaited, Progress, Settings, silent
from stadtnetz.source import SourceChangedError, Sources, read_sources

if TYPE_CHECKING:
    from stadtnetz.examination import Examined
    from stadtnetz.memory import Memory

__all__ = ["build", "clear_up", "examine", "ledger_path"]

_ATTEMPTS = 3
"""How often a build starts again because somebody writes to content/ at the same time."""


def examine(settings: Settings, progress: Progress = silent) -> Examined:
    """Read, link, check and plan. Every problem of the content, the templates and site.yaml is reported."""
    # Imported here for the sake of a quick start; see above.
    from stadtnetz.examination import examine_sources
    from stadtnetz.groundwork import memory_of

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


def clear_up() -> None:
    """Look for circles of objects, and set aside what is kept: for a process that goes on, between its builds."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


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
        ledger = _known(path, memory) if settings.keep_state else Ledger(missing="absent")
    place = Place(output, ledger, path)
    known = ledger.sources
    for _ in range(_ATTEMPTS):
        progress("read", 0, 1)
        with ExitStack() as whole:
            try:
                # Of what goes wrong with output/ here, a whole build tells: it meets it again.
                with suppress(PublishError), ExitStack() as stack:
                    standing = _Standing(settings, place, disk, stack, at_once=memory is not None)
                    sources, problems = read_sources(settings.root, known)
                    alone = memory is not None or settings.jobs <= standing.processes
                    begun = EarlyReading(() if alone else changed_entries(sources, ledger.sources))
                    whole.callback(begun.drop)
                    own = cache(partial(_remembered, settings, memory, begun, whole))
                    if not (settings.clean or problems):
                        built = _unchanged(settings, sources, place, disk, standing) or _retouched(
                            settings, sources, place, progress, standing, own
                        )
                        if built:
                            return built
                # Imported here for the sake of a quick start; see above.
                from stadtnetz.building import Job

                return Job(settings, place, disk, progress, awaited).run(sources, problems, own())
            except SourceChangedError as error:
                known, changed = {}, str(error)
    return Built(sources, (problem("file-vanished", changed),), None)


def _known(path: Path, memory: Memory | None) -> Ledger:
    """Return the ledger; a process that builds again and again has it still, unless somebody else wrote it since."""
    kept: Kept | None = memory.lasting(f"ledger {path}", lambda: None) if memory is not None else None
    return kept.ledger if kept is not None and kept.still_stands(path) else load_ledger(path)


def _remembered(settings: Settings, memory: Memory | None, begun: EarlyReading, stack: ExitStack) -> Memory:
    """Return the memory of this process, or else one for this build."""
    if memory is not None:
        return memory
    # Imported here for the sake of a quick start; see above.
    from stadtnetz.groundwork import memory_of

    own = memory_of(settings)
    stack.callback(own.close)
    own.await_rows(begun.rows)
    return own


class _Standing:
    """What stands in output/, which another process looks at while this one does something else.

    What is published rests on a look with the folder locked. A process that builds again and again locks it `at_once`.
    """

    def __init__(
        self, settings: Settings, place: Place, disk: Disk, stack: ExitStack, *, at_once: bool
    ) -> None:
        self._settings, self._place, self._disk, self._stack = settings, place, disk, stack
        self._publisher: Publisher | None = None
        self._looking: Looking | None = None
        if at_once and place.ledger.summary is not None:
            with suppress(PublishError):
                self.publisher()
        if self._publisher is None:
            self._looking = Looking(place.output, place.ledger, disk, aside=settings.jobs > 1)
            stack.callback(self._looking.drop)

    @property
    def processes(self) -> int:
        """Return how many processes are busy, this one included."""
        return 1 if self._looking is None or not self._looking.aside else 2

    def is_whole(self) -> bool:
        """Tell whether there is a site of ours, and nothing that a killed build left."""
        if self._publisher is not None:
            return not self._publisher.first  # whoever locked the folder has mended it
        return not needs_mending(Places.beside(self._place.output), self._disk)

    def sight(self) -> Sight:
        """Wait for the look and return what was seen."""
        return self.publisher().sight if self._looking is None else self._looking.sight()

    def publisher(self) -> Publisher:
        """Lock the folder, unless that is done, and begin to look at it. Raises PublishError."""
        if self._publisher is None:
            if self._looking is not None:
                self._looking.drop()
                self._looking = None
            self._publisher = self._stack.enter_context(
                publishing(
                    self._place.output,
                    self._place.ledger,
                    disk=self._disk,
                    spares=self._settings.keep_state,
                    aside=self._settings.jobs > 1,
                )
            )
        return self._publisher


def _unchanged(
    settings: Settings, sources: Sources, place: Place, disk: Disk, standing: _Standing
) -> Built | None:
    """Return how the build ends if nothing has to be done, None if something may have to be."""
    ledger, summary = place.ledger, place.ledger.summary
    if (
        summary is None
        or summary.asked != settings.asked
        or not _still_holds(settings, summary)
        or _changed(sources, ledger) != []
        or not standing.is_whole()
        or not untouched(place.output, ledger, disk, standing.sight())
    ):
        return None
    if has_errors(summary.diagnostics, strict=settings.strict):
        return None
    return Built(
        sources,
        summary.diagnostics,
        Published(0, summary.files, 0),
        pages=summary.pages,
        files=summary.files,
        valid_until=summary.until,
    )


def _retouched(
    settings: Settings,
    sources: Sources,
    place: Place,
    progress: Progress,
    standing: _Standing,
    own: Callable[[], Memory],
) -> Built | None:
    """Build if there is nothing to do but show new words of a few news, else return None; see `retouching`."""
    summary = place.ledger.summary
    if summary is None or settings.strict or not _still_holds(settings, summary):
        return None
    if {**summary.asked, **_INDIFFERENT} != {**settings.asked, **_INDIFFERENT}:
        return None
    changed = _changed(sources, place.ledger)
    if not changed or len(changed) > _FEW or not all(map(_may_be_words, changed)):
        return None
    if (summary.searched and not settings.search_later) or _names_any(summary.diagnostics, changed):
        return None
    publisher = standing.publisher()
    # Imported here for the sake of a quick start, now while output/ is looked at; see above.
    from stadtnetz.retouching import Retouching

    return Retouching(settings, place, summary, sources, publisher, progress).run(changed, own())


_FEW = 20
"""News that change at once; for more, a whole build takes little longer."""
_INDIFFERENT = {"commit": None, "search_later": None}
"""What a build may be asked for otherwise than the last one, without another page."""


def _changed(sources: Sources, ledger: Ledger) -> list[str] | None:
    """Return the files with other bytes than in the last build; None where there are others."""
    if sources.files.keys() != ledger.sources.keys():
        return None
    return [path for path, file in sources.files.items() if ledger.sources[path][1] != file.digest]


def _may_be_words(path: str) -> bool:
    return path.startswith("content/news/") and path.endswith(".md")


def _still_holds(settings: Settings, summary: Summary) -> bool:
    """Tell whether what the last build found out holds for this program and moment."""
    return summary.program == of_program() and summary.holds_at(settings.clock.now)


def _names_any(diagnostics: Iterable[Diagnostic], paths: Collection[str]) -> bool:
    return any(
        path in paths for one in diagnostics for path in (one.path, *(other.path for other in one.related))
    )


def ledger_path(root: Path, output: Path) -> Path:
    """Return where the ledger of an output folder is: each folder has its own."""
    whole = output.absolute()
    return root / STATE / f"{whole.name}-{of_bytes(str(whole).encode())[:8]}.ledger"
