"""Makes the tables of docs/performance.md from the measurements, between two comments, and the plot beside it.

The runner does it at its end; `python -m benchmarks.tables` does it alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.corpus import ROOT
from benchmarks.plot import Panel, draw
from benchmarks.results_file import RESULTS, load, load_all

__all__ = ["BEGIN", "DOCUMENT", "END", "DocumentError", "renew", "tables"]

DOCUMENT = ROOT / "docs" / "performance.md"
PLOT = ROOT / "docs" / "growth.svg"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"

_SCENARIOS = {
    "cold": "from nothing",
    "nothing": "nothing changed",
    "body": "one text edited",
    "title": "one title edited",
}


class DocumentError(Exception):
    """The document lacks the comments between which the tables belong."""


def renew(document: Path = DOCUMENT, plot: Path = PLOT, results: Path = RESULTS) -> None:
    """Write the tables into the document, and the plot."""
    text = document.read_text("utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise DocumentError(f"{document} lacks {BEGIN} or {END}")
    document.write_text(f"{before}{BEGIN}\n\n{tables(results)}\n{END}{after}", "utf-8")
    if points := load("growth", results).get("sizes"):
        plot.write_text(_plot(points), "utf-8")


def tables(results: Path = RESULTS) -> str:
    """Return all tables as Markdown; a topic that was never measured has none."""
    parts: list[str] = []
    for size, measured in load_all("compare-", results).items():
        parts += _compared(size, measured)
    parts += _repeated(load_all("compare-", results))
    for title, name, make in (
        ("Growth", "growth", _growth),
        ("The real content", "real", _real),
        ("The floor", "floor", _floor),
        ("Where a cold build's time goes", "profile", _profile),
    ):
        if measured := load(name, results):
            parts += [f"### {title}", make(measured), _made(measured["environment"])]
    return "\n\n".join(parts) + "\n"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Lay out a table whose columns after the first hold numbers."""
    names = list(head)
    rule = ["---", *("---:" for _ in names[1:])]
    return "\n".join("| " + " | ".join(row) + " |" for row in (names, rule, *rows))


def _made(environment: Mapping[str, Any]) -> str:
    cores, python, date = environment["cores"], environment["python"], environment["date"]
    return f"{cores} cores, Python {python}, {date}: `{environment['command']}`"


def _seconds(value: float) -> str:
    return f"{value:.2f} s" if value < 10 else f"{value:.1f} s"


def _cell(result: Mapping[str, Any] | None) -> str:
    if result is None:
        return "–"
    if "failed" in result:
        return str(result["failed"])
    stale = result.get("stale_pages")
    return _seconds(result["seconds"]) + (f" ({stale} pages stale)" if stale else "")


def _compared(size: int, measured: Mapping[str, Any]) -> list[str]:
    """Return the table of all generators over one corpus."""
    head = ["Whole process", *_SCENARIOS.values(), "pages", "memory"]
    rows = []
    started = measured["environment"]["started"]
    mixed = False
    for one in measured["generators"].values():
        builds = one["builds"]
        old = one["started"] != started
        mixed = mixed or old
        known = [build for build in builds.values() if "failed" not in build]
        memory = f"{max(build['memory'] for build in known):.0f} MB" if known else "–"
        pages = f"{builds.get('cold', {}).get('pages', 0):,}" if known else "–"
        cells = [_cell(builds.get(name)) for name in _SCENARIOS] if builds else [one["failed"], "–", "–", "–"]
        rows.append([f"{one['label']} {one['version']}{'*' if old else ''}", *cells, pages, memory])
    note = "\n\n\\* from an earlier run than the rest" if mixed else ""
    return [f"### {size:,} news", _table(head, rows) + note, _made(measured["environment"])]


def _repeated(sizes: Mapping[int, Mapping[str, Any]]) -> list[str]:
    """Return the table of rebuilds inside a process that has built before."""
    rows = []
    for size, measured in sizes.items():
        again = measured.get("again", {})
        if ours := again.get("ours"):
            rows.append(
                [f"stadtnetz, as its preview builds, text edited, {size:,} news", _seconds(ours["body"])]
            )
            rows.append(
                [f"stadtnetz, as its preview builds, title edited, {size:,} news", _seconds(ours["title"])]
            )
        if hugo := again.get("hugo"):
            if "failed" in hugo:
                rows.append([f"Hugo's server, {size:,} news", hugo["failed"]])
                continue
            rows.append([f"Hugo's server, whole site, {size:,} news", _seconds(hugo["whole"]["seconds"])])
            rows.append([f"Hugo's server, fast render, {size:,} news", _seconds(hugo["fast"]["seconds"])])
    table = _table(["From the edit to the new site, process running", "Time"], rows)
    return ["### In a process that has built before", table] if rows else []


def _growth(measured: Mapping[str, Any]) -> str:
    rows = [
        [
            f"{int(size):,}",
            _cell(one),
            *(
                ["–", "–", "–"]
                if "failed" in one
                else [
                    f"{1000 * one['seconds'] / int(size):.2f} ms",
                    f"{one['memory']:.0f} MB",
                    f"{one['pages']:,}",
                ]
            ),
        ]
        for size, one in measured["sizes"].items()
    ]
    table = _table(["News", "Cold build", "per news", "memory of the largest process", "pages"], rows)
    return table + "\n\n![Time and memory of a cold build against the number of news](growth.svg)"


def _plot(sizes: Mapping[str, Any]) -> str:
    known = [(float(size), one) for size, one in sizes.items() if "failed" not in one]
    return draw(
        [
            Panel("Time of a cold build", "s", [(size, one["seconds"]) for size, one in known]),
            Panel("Memory of the largest process", "MB", [(size, one["memory"]) for size, one in known]),
        ],
        "Time and memory of a cold build against the number of news; the dashed line is linear growth",
    )


def _real(measured: Mapping[str, Any]) -> str:
    rows = [
        [name, _cell(one), f"{one['fastest']:.2f}–{one['slowest']:.2f} s", f"{one['memory']:.0f} MB"]
        for name, one in measured["builds"].items()
    ]
    runs = next(iter(measured["builds"].values()))["runs"]
    return _table([f"Whole process, median of {runs}", "Time", "Range", "Memory"], rows)


def _floor(measured: Mapping[str, Any]) -> str:
    rows = [[name, f"{cost:.3f} ms"] for name, cost in measured["costs"].items()]
    rows.append(["all of it", f"{sum(measured['costs'].values()):.3f} ms"])
    table = _table([f"One core, a news item of {measured['news']:,}", "Time"], rows)
    edit = measured.get("edit")
    if edit is None:
        return table
    range_ = f"{edit['fastest']:.2f}–{edit['slowest']:.2f} s"
    return f"{table}\n\nAn edit, whole process (`benchmarks/edit_floor.py`): {_cell(edit)} ({range_})."


def _profile(measured: Mapping[str, Any]) -> str:
    shares = {name: share for name, share in measured["shares"].items() if share >= 0.01}
    rows = [[name, f"{100 * share:.0f} %"] for name, share in shares.items()]
    rows.append(["the rest", f"{100 * (1 - sum(shares.values())):.0f} %"])
    return _table([f"Its own time, one process, {measured['news']:,} news", "Share"], rows)


if __name__ == "__main__":
    renew()
