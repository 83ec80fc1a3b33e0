"""Hugo's server: how long after a file was written the new page is served, on the loopback.

By default the server renders only what a browser looked at lately ("fast render"); without that it renders the whole
site, which is what our rebuild publishes. Both are measured.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import statistics
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus import articles, newest
from benchmarks.edits import Edit, Editor
from benchmarks.peers.known import PEERS
from benchmarks.processes import BuildFailedError

__all__ = ["measure_server"]

_LOOK_EVERY = 0.002


def measure_server(folder: Path, *, news: int, runs: int, limit: float) -> dict[str, object]:
    """Return the seconds from the writing of an article to its being served, with and without fast rendering."""
    hugo = PEERS["hugo"]
    project = folder / f"hugo-{news}"
    if not project.exists():
        hugo.make_project(project, articles(news))
    editor = Editor(newest(news))
    results: dict[str, object] = {}
    for name, flags in (("whole", ["--disableFastRender"]), ("fast", [])):
        with _served(project, flags, limit) as address:
            known = [_timed(project, address, editor.body(), limit) for _ in range(runs + 1)][1:]
        results[name] = {
            "runs": runs,
            "seconds": round(statistics.median(known), 4),
            "fastest": round(min(known), 4),
            "slowest": round(max(known), 4),
        }
    return results


@contextlib.contextmanager
def _served(project: Path, flags: list[str], limit: float) -> Iterator[str]:
    """Run the server until the block ends; give its address once it answers."""
    port = _free_port()
    words = ["hugo", "server", "--port", str(port), "--bind", "127.0.0.1", "--disableLiveReload", *flags]
    process = subprocess.Popen(  # noqa: S603 - our own list of commands
        PEERS["hugo"].command(tuple(words), project),
        cwd=project,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        address = f"http://127.0.0.1:{port}/"
        _wait_for(address, "<main>", limit)
        yield address
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def _timed(project: Path, address: str, edit: Edit, limit: float) -> float:
    hugo = PEERS["hugo"]
    page = address + hugo.page(edit.article).removesuffix("index.html")
    time.sleep(1)  # as an editor would: the server gathers events that come close together
    started = time.perf_counter()
    hugo.write(project, edit.article)
    _wait_for(page, edit.words, limit)
    return time.perf_counter() - started


def _wait_for(address: str, words: str, limit: float) -> None:
    """Ask for a page of the loopback until it contains some words."""
    end = time.perf_counter() + limit
    while time.perf_counter() < end:
        try:
            with urllib.request.urlopen(address, timeout=limit) as answer:  # noqa: S310 - our own loopback address
                if words in answer.read().decode():
                    return
        except (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError):
            pass  # not up yet, busy, or writing the page: that is what is being timed
        time.sleep(_LOOK_EVERY)
    raise BuildFailedError(f"not served after {limit:.0f} s")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
