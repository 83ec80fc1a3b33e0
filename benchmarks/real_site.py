"""Time and memory of whole processes on the real content: `.venv/bin/python benchmarks/real_site.py`.

Prints medians of several runs after one that warms the caches of the operating system. Times are those of one
machine on one day; docs/performance.md says which.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = 7


def run(*arguments: str) -> tuple[float, float]:
    """Run build.py once; return seconds and the peak of its memory in MB."""
    started = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, str(ROOT / "build.py"), *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"build.py {' '.join(arguments)} failed; run it by hand to see why")
    # Linux counts kilobytes, macOS bytes.
    return seconds, usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)


def measure(name: str, once: Callable[[], tuple[float, float]]) -> None:
    """Print the medians of several runs."""
    once()
    results = [once() for _ in range(RUNS)]
    seconds = statistics.median(result[0] for result in results)
    spread = f"{min(r[0] for r in results):.2f}–{max(r[0] for r in results):.2f}"
    memory = max(result[1] for result in results)
    print(f"| {name} | {seconds:.2f} s | {spread} s | {memory:.0f} MB |")


def main() -> None:
    """Measure a build from nothing, a build over an old one, and a check."""
    print(f"| whole process, median of {RUNS} | time | range | memory |\n| --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        numbers = iter(range(10_000))
        measure(
            "build from nothing", lambda: run("build", "--output", str(Path(folder) / f"new{next(numbers)}"))
        )
        measure("build over an unchanged site", lambda: run("build", "--output", str(Path(folder) / "old")))
    measure("check", lambda: run("check"))


if __name__ == "__main__":
    main()
