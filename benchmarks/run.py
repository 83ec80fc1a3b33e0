"""Measures everything and renews docs/performance.md: `python -m benchmarks.run`, or `make bench`.

A short run takes a part: `--only ours --sizes 100`, `--only peers --peers hugo,pelican --sizes 1000`. Whatever is
measured replaces the same figures of earlier runs in benchmarks/results/; the tables are made from what is there.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.compare import measure
from benchmarks.corpus import ROOT, articles
from benchmarks.hugoserver import measure_server
from benchmarks.ours import MINIMAL, OURS
from benchmarks.peers.install import install, version
from benchmarks.peers.known import PEERS
from benchmarks.peers.peer import Peer
from benchmarks.processes import BuildFailedError, environment, run, summary
from benchmarks.real_site import measure_real
from benchmarks.results_file import load, save
from benchmarks.tables import renew
from stadtnetz import __version__

__all__ = ["main"]

PARTS = ("ours", "peers", "server", "growth", "floor", "profile", "real")
COMPARED_UP_TO = 10_000
"""The others are not asked for more: the slowest take minutes for this already."""
LARGE, PROFILED = 50_000, 1_000


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says."""

    only: frozenset[str]
    sizes: tuple[int, ...]
    peers: tuple[str, ...]
    runs: int
    limit: float
    folder: Path
    environment: dict[str, str | int]

    @property
    def compared(self) -> list[int]:
        """Return the sizes at which generators are compared."""
        return [size for size in self.sizes if size <= COMPARED_UP_TO]


def say(text: str) -> None:
    """Report progress; a full run takes long."""
    print(text, file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, measure and write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description="Measure builds.")
    parser.add_argument("--only", type=_words(PARTS), default=PARTS, help=f"parts: {','.join(PARTS)}")
    parser.add_argument(
        "--sizes", type=_numbers, default=(100, 1_000, 10_000, 100_000), help="numbers of news"
    )
    parser.add_argument("--peers", type=_words(tuple(PEERS)), default=tuple(PEERS), help=",".join(PEERS))
    parser.add_argument("--runs", type=int, default=5, help="how often each build is timed (default: 5)")
    parser.add_argument("--limit", type=float, default=900, help="seconds after which a process is stopped")
    parser.add_argument("--folder", type=Path, help="where the projects go (default: a temporary folder)")
    parser.add_argument("--no-docs", action="store_true", help="leave docs/performance.md as it is")
    given = parser.parse_args(arguments)
    words = _told(list(sys.argv[1:] if arguments is None else arguments))
    made = {**environment(), "command": f"make bench BENCH='{words}'" if words else "make bench"}
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        folder = given.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        _measure(
            Options(frozenset(given.only), given.sizes, given.peers, given.runs, given.limit, folder, made)
        )
    if not given.no_docs:
        renew()


def _told(words: list[str]) -> str:
    """Write the options down as others can use them: where the projects were is this machine's affair."""
    if "--folder" in words:
        at = words.index("--folder")
        del words[at : at + 2]
    return " ".join(words)


def _words(known: tuple[str, ...]) -> Any:  # noqa: ANN401 - argparse takes any callable
    def read(text: str) -> tuple[str, ...]:
        words = tuple(text.split(","))
        if unknown := [word for word in words if word not in known]:
            raise argparse.ArgumentTypeError(f"{unknown[0]} is none of {', '.join(known)}")
        return words

    return read


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(sorted(int(word) for word in text.split(",")))


def _measure(options: Options) -> None:
    if not options.only.isdisjoint(("ours", "peers", "server")):
        for size in options.compared:
            _compare(options, size)
    if "growth" in options.only:
        _growth(options)
    base = max(options.compared, default=PROFILED)
    if "floor" in options.only:
        _floor(options, base)
    if "profile" in options.only:
        news = min(base, PROFILED)
        shares = _own_process(options, "profiling", str(_project(options, news)))
        save("profile", {"environment": options.environment, "news": news, "shares": shares})
    if "real" in options.only:
        builds = measure_real(options.folder, runs=options.runs, limit=options.limit)
        save("real", {"environment": options.environment, "builds": builds})


def _compare(options: Options, size: int) -> None:
    """Measure the generators over one corpus; keep what an earlier run knows of the ones left out."""
    known = load(f"compare-{size}")
    generators: dict[str, Any] = known.get("generators", {})
    again: dict[str, Any] = known.get("again", {})
    ours = (OURS, MINIMAL) if "ours" in options.only else ()
    versions = {peer.name: (peer, __version__) for peer in ours}
    for name in options.peers if "peers" in options.only else ():
        peer = PEERS[name]
        if why := install(peer):
            say(f"{peer.label} can't be installed: {why}")
            generators[name] = _row(options, peer, version(peer), {}) | {"failed": f"not installed: {why}"}
        else:
            versions[name] = peer, version(peer)
    measured = measure(
        [peer for peer, _ in versions.values()],
        options.folder,
        news=size,
        runs=options.runs,
        limit=options.limit,
        say=say,
    )
    for name, builds in measured.items():
        generators[name] = _row(options, *versions[name], builds)
    if ours:
        times = _own_process(options, "again", str(_project(options, size)), str(size), str(options.runs))
        again["ours"] = {**times, "started": options.environment["started"]}
    if "server" in options.only and "hugo" in options.peers and not install(PEERS["hugo"]):
        try:
            again["hugo"] = measure_server(options.folder, news=size, runs=options.runs, limit=options.limit)
        except BuildFailedError as error:
            again["hugo"] = {"failed": str(error)}
        say(f"Hugo's server, {size} news: {again['hugo']}")
    if generators:
        order = [name for name in ("ours", "minimal", *PEERS) if name in generators]
        rows = {name: generators[name] for name in order}
        save(f"compare-{size}", {"environment": options.environment, "generators": rows, "again": again})


def _row(options: Options, peer: Peer, number: str, builds: Mapping[str, object]) -> dict[str, Any]:
    started = options.environment["started"]
    return {"label": peer.label, "version": number, "started": started, "builds": builds}


def _growth(options: Options) -> None:
    sizes: dict[str, Any] = {}
    for size in options.sizes:
        # The largest takes minutes: once is enough to see whether growth is linear.
        runs = 1 if size >= LARGE else options.runs
        measured = measure(
            [OURS], options.folder, news=size, runs=runs, limit=4 * options.limit, say=say, only=("cold",)
        )
        sizes[str(size)] = measured[OURS.name]["cold"]
    save("growth", {"environment": options.environment, "sizes": sizes})


def _floor(options: Options, size: int) -> None:
    """Measure what the libraries cost alone: each part of a build from nothing, and all that an edit takes."""
    project = _project(options, size)
    costs = _own_process(options, "floor", str(project), str(size))
    if not (project / OURS.output).exists():
        run(OURS.command(OURS.cold, project), project, 4 * options.limit)
    command = [sys.executable, "-m", "benchmarks.edit_floor", str(project)]
    edit = summary(run(command, ROOT, options.limit) for _ in range(options.runs))
    say(f"an edit's floor: {edit}")
    save("floor", {"environment": options.environment, "news": size, "costs": costs, "edit": edit})


def _project(options: Options, size: int) -> Path:
    project = options.folder / f"{OURS.name}-{size}"
    if not project.exists():
        OURS.make_project(project, articles(size))
    return project


def _own_process(options: Options, module: str, *arguments: str) -> dict[str, Any]:
    """Run a module of this package as a process of its own and read the JSON that it prints."""
    done = subprocess.run(  # noqa: S603 - our own modules
        [sys.executable, "-m", f"benchmarks.{module}", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        timeout=4 * options.limit,
        check=True,
    )
    say(f"{module}: {done.stdout.strip()[:200]}")
    return dict(json.loads(done.stdout))


if __name__ == "__main__":
    main()
