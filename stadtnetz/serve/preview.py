"""The preview at work: it looks, builds when something is different or the clock demands it, and tells everybody.

Whatever goes wrong in a build is told and over; only Ctrl-C ends a preview.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import time
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from tornado.httpserver import HTTPServer

from stadtnetz.clock import Clock
from stadtnetz.serve.builder import Builder, Done, Failed, Superseded
from stadtnetz.serve.bursts import CALM, Bursts
from stadtnetz.serve.folder import Folder
from stadtnetz.serve.hosts import Hosts, is_loopback
from stadtnetz.serve.notice import editor_address
from stadtnetz.serve.shown import Shown
from stadtnetz.serve.watcher import Watcher
from stadtnetz.serve.web import application
from stadtnetz.serve.words import WORDS
from stadtnetz.settings import STATE, Awaited, Settings

__all__ = ["Asked", "Preview"]


_PAUSE, _LONGEST_PAUSE = 0.04, 1.0
"""Seconds between two looks, at least and at most."""
_LONGEST_BEHIND = 5.0
"""Seconds for which pages that nobody looks at may wait while somebody saves and saves."""
_INDEX_AFTER = 3.0
"""Seconds after a build until the search index follows, unless somebody saves before."""
_SHARE = 5
"""A look may take one in so many parts of the time: on a slow drive it is taken less often."""


class Asked(Struct, frozen=True):
    """What a preview is asked for. `editor` is one of `notice.EDITORS`, an address with blanks, or ""."""

    settings: Settings
    hosts: Hosts
    language: str
    editor: str


class Preview:
    """A preview of one project.

    `clock` gives the moment to show, `told` hears how each build ended. `builder` is a parameter for tests.
    """

    def __init__(
        self,
        asked: Asked,
        clock: Callable[[], Clock],
        told: Callable[[Done | Failed], None],
        builder: Callable[[Path], Builder] = Builder,
    ) -> None:
        root = asked.settings.root
        # Beside what builds remember, never in output/; each port has its own, since pages hold their addresses and two
        # previews (of today, and of a day to come) must not take turns in one folder.
        folder = root / STATE / f"preview-{asked.hosts.port}"
        folder.parent.mkdir(parents=True, exist_ok=True)
        # A preview lives at the root of its address, whatever the site's own will be.
        self._settings = replace(
            asked.settings, base_url=asked.hosts.url, fingerprints=False, manifest=False, quick_pictures=True
        )
        self._hosts = asked.hosts
        self._clock = clock
        self._told = told
        self._builder = builder(folder)
        self._watcher = Watcher(root)
        self.folder = folder
        self.shown = Shown(Folder(folder), WORDS[asked.language], _link(asked, root))
        self._until: datetime | None = None
        self._index_at: float | None = None
        self._due = asyncio.Event()
        self._behind: float | None = None
        """Since when something is saved that no complete build knows; None where nothing is."""

    async def run(self, sockets: list[socket.socket]) -> None:
        """Serve at these sockets until it is cancelled, or the system asks to end."""
        server = HTTPServer(application(self.shown, self._hosts))
        server.add_sockets(sockets)
        _end_when_asked()
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._watch())
                tasks.create_task(self._build())
        finally:
            server.stop()
            self._builder.stop()
            await server.close_all_connections()

    async def _watch(self) -> None:
        """Look again and again; what is different wakes the build, and so does the clock."""
        bursts = Bursts()
        bursts.changed(time.monotonic() - CALM)  # there was no build yet
        while True:
            began = time.monotonic()
            if await asyncio.to_thread(self._watcher.changed):
                bursts.changed(time.monotonic())
            now = time.monotonic()
            if self._until is not None and self._clock().now >= self._until:
                self._until = None
                self._due.set()
            if bursts.take(now) or (self._index_at is not None and now >= self._index_at):
                self._due.set()
            pause = min(max(_PAUSE, _SHARE * (now - began)), _LONGEST_PAUSE)
            await asyncio.sleep(CALM / 2 if bursts.waiting else pause)

    async def _build(self) -> None:
        """Build when it is due; what changes meanwhile is built afterwards."""
        while True:
            await self._due.wait()
            self._due.clear()
            index = self._index_at is not None and time.monotonic() >= self._index_at
            self._index_at = None
            self._behind = time.monotonic() if self._behind is None else self._behind
            outcome = await self._outcome(later=not index, until=self._behind + _LONGEST_BEHIND)
            if isinstance(outcome, Superseded):
                continue
            self._behind = None
            try:
                if isinstance(outcome, Done) and outcome.built.published is not None:
                    self._until = outcome.built.valid_until
                    self._index_at = time.monotonic() + _INDEX_AFTER if outcome.search_waits else None
                self.shown.take(outcome)
                self._told(outcome)
            except Exception:  # noqa: BLE001 - told like every mistake of ours, and the preview goes on
                failed = Failed(traceback.format_exc())
                self.shown.take(failed)
                self._told(failed)

    async def _outcome(self, *, later: bool, until: float) -> Done | Failed | Superseded:
        """Build; what is saved before a moment need not wait for pages that nobody looks at."""
        building = asyncio.create_task(asyncio.to_thread(self._one, self._awaited(), later=later))
        newer = asyncio.create_task(self._due.wait())
        try:
            await asyncio.wait({building, newer}, return_when=asyncio.FIRST_COMPLETED)
            if not building.done() and time.monotonic() < until:
                self._builder.supersede()
            return await building
        finally:
            newer.cancel()

    def _awaited(self) -> Awaited:
        """Return the pages that are open; the builder's thread tells of them, and ours shows them."""
        loop = asyncio.get_running_loop()

        def show(file: str, data: bytes) -> None:
            loop.call_soon_threadsafe(self.shown.take_ahead, file, data)

        return Awaited(self.shown.open_files(), show)

    def _one(self, awaited: Awaited, *, later: bool) -> Done | Failed | Superseded:
        try:
            settings = replace(self._settings, clock=self._clock(), search_later=later)
            return self._builder.build(settings, awaited)
        except Exception:  # noqa: BLE001 - told like every mistake of ours; a thread must not take it along
            return Failed(traceback.format_exc())


def _link(asked: Asked, root: Path) -> str:
    """Return the editor's address, "" where pages may be seen from elsewhere: it holds paths of this machine."""
    return editor_address(asked.editor, root) if asked.editor and is_loopback(asked.hosts.host) else ""


def _end_when_asked() -> None:
    """Let SIGTERM, and a terminal that is closed, end the preview as Ctrl-C does."""
    task, loop = asyncio.current_task(), asyncio.get_running_loop()
    for name in ("SIGTERM", "SIGHUP"):
        # Not on Windows, and not in a thread, where tests run a preview.
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError, AttributeError):
            if task is not None:
                loop.add_signal_handler(getattr(signal, name), task.cancel)
