"""Runs a whole process and says what it cost: time on the clock, time on the processor, peak of memory."""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

__all__ = ["BuildFailedError", "BuildTimeoutError", "Run", "environment", "run", "summary"]


_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Whoever measures may have told Python not to keep compiled modules; whoever builds a site has not."""


class BuildFailedError(Exception):
    """A process ended with an error; its last words are the message."""


class BuildTimeoutError(BuildFailedError):
    """A process was stopped at the time limit."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one process cost. `memory` is the peak of the largest process of its family, in MB."""

    seconds: float
    cpu: float
    memory: float


def run(command: list[str], folder: Path, limit: float) -> Run:
    """Run a command in a folder to its end; what it prints is kept only for the case that it fails.

    What earlier ones wrote is on the disk before it begins: otherwise it would have to share the way there with them.
    """
    os.sync()
    with tempfile.TemporaryFile() as printed:
        started = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 - our own list of commands
            command,
            cwd=folder,
            env=_ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=printed,
            start_new_session=True,
        )
        stopped = threading.Event()

        def stop() -> None:
            stopped.set()
            os.killpg(process.pid, signal.SIGKILL)

        timer = threading.Timer(limit, stop)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        if stopped.is_set():
            raise BuildTimeoutError(f"stopped after {limit:.0f} s")
        if process.returncode != 0:
            printed.seek(0)
            lines = printed.read().decode("utf-8", "replace").strip().splitlines()
            raise BuildFailedError(lines[-1] if lines else f"ended with {process.returncode}")
    # Linux counts kilobytes, macOS bytes.
    memory = usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
    return Run(seconds, usage.ru_utime + usage.ru_stime, memory)


def summary(runs: Iterable[Run]) -> dict[str, float | int]:
    """Return what is kept of several runs: median, range, and the largest memory."""
    known = list(runs)
    seconds = [one.seconds for one in known]
    return {
        "runs": len(known),
        "seconds": round(statistics.median(seconds), 4),
        "fastest": round(min(seconds), 4),
        "slowest": round(max(seconds), 4),
        "cpu": round(statistics.median(one.cpu for one in known), 4),
        "memory": round(max(one.memory for one in known), 1),
    }


def environment() -> dict[str, str | int]:
    """Say what kind of machine it was, without naming it."""
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        "python": sys.version.partition(" ")[0],
        "date": time.strftime("%Y-%m-%d"),
        "started": time.strftime("%Y-%m-%dT%H:%M:%S"),
    }
