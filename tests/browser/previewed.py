"""Runs a preview of a small site in a thread, with a clock that a test can turn, and ends it with the test."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from stadtnetz.clock import Clock
from stadtnetz.serve.builder import Builder, Done, Failed
from stadtnetz.serve.hosts import Hosts, listen
from stadtnetz.serve.preview import Asked, Preview
from tests.minisite import MiniSite

__all__ = ["GENEROUS", "Previewed", "previewed", "wait_for"]

GENEROUS = 60.0
"""Seconds after which something that should have happened never will; only a broken preview needs them."""


def wait_for(what: str, true: Callable[[], object]) -> None:
    """Wait until something is true, however long this machine takes; fail where it never gets true."""
    end = time.monotonic() + GENEROUS
    while not true():
        assert time.monotonic() < end, f"waited in vain: {what}"
        time.sleep(0.01)  # not so long that it matters, and long enough to let others work


@dataclass
class Previewed:
    """A preview at work. `turn` sets the clock, `told` has how each build ended."""

    site: MiniSite
    hosts: Hosts
    preview: Preview
    moment: list[str]
    told: list[Done | Failed] = field(default_factory=list)

    @property
    def url(self) -> str:
        return self.hosts.url

    @property
    def folder(self) -> Path:
        """Return where the preview is built."""
        return self.preview.folder

    def turn(self, moment: str) -> None:
        self.moment[0] = moment

    def built(self, times: int) -> None:
        """Wait until so many builds have ended."""
        wait_for(f"{times} builds", lambda: len(self.told) >= times)

    def last(self) -> Done:
        outcome = self.told[-1]
        assert isinstance(outcome, Done), outcome.traceback
        return outcome


@contextmanager
def previewed(
    site: MiniSite,
    as_of: str = "2022-08-01",
    *,
    editor: str = "vscode",
    builder: Callable[[Path], Builder] = Builder,
    port: int = 0,
    host: str = "127.0.0.1",
    **options: object,
) -> Iterator[Previewed]:
    """Start a preview, at a free port unless one is named, and end it."""
    sockets = listen(host, port)
    hosts = Hosts(host, sockets[0].getsockname()[1])
    moment = [as_of]
    told: list[Done | Failed] = []
    asked = Asked(site.settings(as_of, **options), hosts, "de", editor)
    ended: list[Callable[[], object]] = []
    started = threading.Event()
    shown: list[Preview] = []

    async def work() -> None:
        task, loop = asyncio.current_task(), asyncio.get_running_loop()
        assert task is not None
        ended.append(lambda: loop.call_soon_threadsafe(task.cancel))
        shown.append(Preview(asked, lambda: Clock.from_text(moment[0]), told.append, builder))
        started.set()
        await shown[0].run(sockets)

    def run() -> None:
        try:
            asyncio.run(work())
        except asyncio.CancelledError:
            pass  # that is how a preview ends
        finally:
            started.set()

    thread = threading.Thread(target=run)
    thread.start()
    started.wait()
    try:
        yield Previewed(site, hosts, shown[0], moment, told)
    finally:
        ended[0]()
        thread.join(GENEROUS)
        assert not thread.is_alive(), "the preview did not end"
