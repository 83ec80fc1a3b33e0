"""Where the time of a cold build goes, by part of the program and by library.

Started by the runner as a process of its own: `python -m benchmarks.profiling FOLDER` prints shares of the time as
JSON. One process does all the work here, and the profiler makes small functions look dearer than they are: the shares
say where to look, the other tables say what things cost.
"""

from __future__ import annotations

import cProfile
import json
import pstats
import re
import sys
from collections import Counter
from pathlib import Path

from benchmarks.again import builder
from benchmarks.ours import OURS

_LIBRARY = re.compile(r"(?:site-packages|lib/python3\.\d+)/([A-Za-z0-9_]+)")
_OWN = re.compile(r"/stadtnetz/(?:([a-z0-9_]+)/|([a-z0-9_]+)\.py)")


def shares(project: Path) -> dict[str, float]:
    """Return the share of a cold build's time that each part takes itself, the largest first."""
    OURS.forget(project)
    once = builder(project, jobs=1)
    profiler = cProfile.Profile()
    profiler.runcall(once)
    statistics = pstats.Stats(profiler)
    own: Counter[str] = Counter()
    for place, (_, _, seconds, _, callers) in statistics.stats.items():  # type: ignore[attr-defined]
        if place[0] != "~":
            own[_part(place[0])] += seconds
            continue
        # A function written in C belongs to whoever called it.
        for caller, (_, _, within, _) in callers.items():
            own[_part(caller[0])] += within
    whole = sum(own.values())
    return {name: round(seconds / whole, 4) for name, seconds in own.most_common()}


def _part(file: str) -> str:
    if found := _OWN.search(file):
        return f"stadtnetz/{found[1] or found[2]}"
    if "site-packages" in file and (found := _LIBRARY.search(file[file.index("site-packages") :])):
        return found[1]
    if file.startswith("<template") or "templates/" in file:
        return "templates"
    return "Python's own library"


def main() -> None:
    """Print the shares."""
    print(json.dumps(shares(Path(sys.argv[1]))))


if __name__ == "__main__":
    main()
