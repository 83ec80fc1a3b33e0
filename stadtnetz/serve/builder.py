"""Builds in a process of its own, which goes on and remembers: a build neither stops the server nor takes it along.

The two processes are both ours and send each other plain records. When the builder ends unexpectedly (no memory left, a
fault in a library), the next build starts a new one.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
import sys
import threading
import time
import traceback
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from stadtnetz.outcome import Built
from stadtnetz.output.disk import Disk
from stadtnetz.pipeline import build, clear_up, examine
from stadtnetz.settings import Awaited, Progress, Settings
from stadtnetz.source import SourceChangedError, SourceFile, Sources

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

    from stadtnetz.examination import Examined
    from stadtnetz.memory import Memory

__all__ = ["Builder", "Done", "Failed", "Superseded"]

_BROWSER = 0.15
"""Seconds for which a machine with few cores is left to the browser that loads a page."""
_PATIENCE = 5.0
"""Seconds that a builder has to end when it is told to."""


class Done(Struct, frozen=True):
    """A build came to its end, with a new site or with problems.

    `built` has no record of the way, and only those sources in which problems lie.
    """

    built: Built
    drafts: frozenset[str]
    """The files in the preview's folder that come from drafts."""
    seconds: float
    search_waits: bool = False
    """Whether another build should bring the search index up to date."""
    only_search: bool = False
    """Whether nothing but that index was brought up to date."""


class Failed(Struct, frozen=True):
    """A mistake of ours ended a build; the text is for whoever mends it."""

    traceback: str


class Superseded(Struct, frozen=True):
    """A build gave way to the next one before anything was published."""


class _SupersededError(Exception):
    """Ends a build that nobody waits for any more."""


_GIVE_WAY = "give way"
"""Sent to a builder at work; when it has ended before, it is no message for the next build."""


class _Ahead(Struct, frozen=True):
    """A page that somebody waits for, or what is new in it, before the site is there."""

    file: str
    data: bytes


class Builder:
    """Starts the process when it is first needed. `build` blocks; `stop` may be called meanwhile."""

    def __init__(self, output: Path) -> None:
        self._output = output
        self._process: SpawnProcess | None = None
        self._connection: Connection | None = None
        self._sending = threading.Lock()
        """Two threads send, and a connection takes one message at a time."""

    def build(self, settings: Settings, awaited: Awaited | None = None) -> Done | Failed | Superseded:
        """Build with these settings; awaited pages are shown as soon as they are rendered."""
        connection = self._connected()
        try:
            with self._sending:
                connection.send((settings, frozenset() if awaited is None else awaited.files))
            while isinstance(outcome := connection.recv(), _Ahead):
                if awaited is not None:
                    awaited.show(outcome.file, outcome.data)
        except (EOFError, OSError):
            return Failed(f"The process that builds ended unexpectedly, exit code {self._ended()}.")
        assert isinstance(outcome, Done | Failed | Superseded)  # noqa: S101 - for the type checker; the other end is `_work`
        return outcome

    def supersede(self) -> None:
        """Let the build at work, if it still renders, give way to another; called while `build` blocks."""
        connection = self._connection  # the other thread may let go of it meanwhile
        if connection is not None:
            with self._sending, suppress(OSError):  # it has ended unexpectedly, which `build` finds out
                connection.send(_GIVE_WAY)

    def stop(self) -> None:
        """End the process, in the middle of a build if need be: output is exchanged in one step or not at all."""
        if self._process is not None:
            self._process.terminate()
            self._ended()

    def _connected(self) -> Connection:
        if self._connection is None:
            # Started anew rather than forked: a fork of a process with threads may hang.
            context = multiprocessing.get_context("spawn")
            ours, theirs = context.Pipe()
            # No daemon: it starts workers of its own. It ends with us, since its connection does.
            self._process = context.Process(target=_work, args=(theirs, self._output), daemon=False)
            self._process.start()
            theirs.close()
            self._connection = ours
        return self._connection

    def _ended(self) -> int | None:
        process, self._process = self._process, None
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
        if process is None:
            return None
        process.join(_PATIENCE)
        if process.is_alive():
            process.kill()
            process.join()
        return process.exitcode


def _work(connection: Connection, output: Path) -> None:
    """Build as often as asked, until nobody is there to ask."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of a terminal; ours stops us
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # what was begun is cleared up
    gc.disable()  # what is done by itself between two lines is done when nobody waits, see `clear_up`
    hand = _Hand(output)

    shown: list[str] = []

    def show(file: str, data: bytes) -> None:
        connection.send(_Ahead(file, data))
        shown.append(file)

    def progress(step: str, _done: int, _total: int) -> None:
        # Between pages nothing is half done; what was read and compiled is remembered.
        if step == "render" and connection.poll(_BROWSER if shown else 0):
            raise _SupersededError
        shown.clear()

    while True:
        try:
            if (asked := connection.recv()) == _GIVE_WAY:
                continue
            settings, open_files = asked
            shown.clear()
            outcome = hand.build(settings, Awaited(open_files, show), progress)
            connection.send(outcome)
            if not isinstance(outcome, Superseded):
                clear_up()  # while the editor looks at the page
        except (EOFError, OSError):
            return


class _Hand:
    """What goes on from build to build."""

    def __init__(self, output: Path) -> None:
        self._output = output
        self._memory: Memory | None = None
        self._drafts: frozenset[str] | None = None
        self._waiting: dict[str, str] | None = None
        """The digests of the sources of a build that left the index to another."""

    def build(self, settings: Settings, awaited: Awaited, progress: Progress) -> Done | Failed | Superseded:
        started = time.perf_counter()
        try:
            outcome = self._build(settings, awaited, progress)
        except _SupersededError:
            return Superseded()
        except Exception:  # noqa: BLE001 - told to the editor; the next build starts with a clean memory
            if self._memory is not None:
                self._memory.close()
            self._memory = None
            return Failed(traceback.format_exc())
        return replace(outcome, seconds=time.perf_counter() - started)

    def _build(self, settings: Settings, awaited: Awaited, progress: Progress) -> Done:
        # Imported here, in the process that needs it: the server starts and answers meanwhile.
        from stadtnetz.groundwork import memory_of

        if self._memory is None:
            self._memory = memory_of(settings, lasting=True)
        # A preview need not outlive a power cut, so nothing waits for the disk.
        disk = Disk(durable=False)
        built = build(settings, self._output, progress, disk=disk, memory=self._memory, awaited=awaited)
        examined = built.examined
        if built.published is not None and settings.drafts:
            if examined is None and self._drafts is None:
                examined = examine(settings)  # nothing had to be done, so nothing was found out
            if examined is not None:
                self._drafts = _files_of_drafts(examined)
        before, self._waiting = self._waiting, None
        digests = {path: file.digest for path, file in built.sources.files.items()}
        self._waiting = digests if built.search_waits else None
        told = replace(built, sources=_excerpted(built), examined=None)
        waits, only = self._waiting is not None, before == digests and not settings.search_later
        return Done(told, self._drafts or frozenset(), 0, search_waits=waits, only_search=only)


def _excerpted(built: Built) -> Sources:
    """Return the texts that problems lie in, with their bytes."""
    files: dict[str, SourceFile] = {}
    for path in sorted({one.path for one in built.diagnostics if one.span is not None}):
        file = built.sources.files.get(path)
        if file is not None:
            with suppress(SourceChangedError):  # changed in the meantime: its line would be another
                files[path] = SourceFile.of(path, file.data)
    return Sources(files)


def _files_of_drafts(examined: Examined) -> frozenset[str]:
    if examined.site is None:
        return frozenset()
    origins = {
        path
        for by_id in examined.site.network.items.values()
        for item in by_id.values()
        if item.entry.draft
        for path in (item.path, item.text_path, *(one.path for one in item.translations.values()))
    }
    return frozenset(page.file for page in examined.site.plan.pages if page.origin in origins)
