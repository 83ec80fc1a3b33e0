"""Asks Lighthouse for its four figures about a page, as on a phone; nothing but the loopback can be reached."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from tests.browser.chromium import ARGUMENTS
from tests.quality.tools import node_file, program

__all__ = ["ENOUGH", "Measured", "measured"]

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
ENOUGH = 98

_BEGIN = "const { begin } = await import(process.argv[1]); await begin(); process.exit();"
"""What its command does, and then it ends: left to itself, it waits for seconds until its timers have run out."""

_ONLY_LOOPBACK = "--host-resolver-rules='MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'"


@dataclass(frozen=True)
class Measured:
    """The figures of a page from 0 to 100, and every audit that took something from them."""

    figures: dict[str, int]
    complaints: tuple[str, ...]

    @property
    def is_enough(self) -> bool:
        """Say whether no figure is too low."""
        return min(self.figures.values()) >= ENOUGH


def measured(url: str, browser: str, folder: Path) -> Measured:
    """Measure once; where that is not enough, twice more, and take the middle: a busy machine is not the page."""
    runs = [_run(url, browser, folder)]
    if not runs[0].is_enough:
        runs += [_run(url, browser, folder) for _ in range(2)]
    figures = {name: round(median(run.figures[name] for run in runs)) for name in CATEGORIES}
    return Measured(figures, tuple(sorted({one for run in runs for one in run.complaints})))


def _run(url: str, browser: str, folder: Path) -> Measured:
    report = folder / "lighthouse.json"
    done = subprocess.run(
        [
            *(program("node"), "--input-type=module", "--eval", _BEGIN, "--"),
            *(node_file("lighthouse/cli/bin.js").as_uri(), url),
            *("--output=json", f"--output-path={report}", "--quiet"),
            f"--only-categories={','.join(CATEGORIES)}",
            "--no-enable-error-reporting",  # it would report to its makers
            "--disable-full-page-screenshot",
            f"--chrome-flags={' '.join((*ARGUMENTS, _ONLY_LOOPBACK))}",
        ],
        env={**os.environ, "CHROME_PATH": browser},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"Lighthouse did not measure {url}:\n{done.stderr[-2000:]}")
    told = json.loads(report.read_text("utf-8"))
    categories = told["categories"]
    missing = [name for name in CATEGORIES if categories[name]["score"] is None]
    if missing:
        raise RuntimeError(
            f"Lighthouse has no figure for {', '.join(missing)} of {url}: {told['runWarnings']}"
        )
    figures = {name: round(100 * categories[name]["score"]) for name in CATEGORIES}
    return Measured(figures, tuple(_complaints(told)))


def _complaints(told: dict[str, Any]) -> list[str]:
    lines = []
    for name in CATEGORIES:
        for part in told["categories"][name]["auditRefs"]:
            audit = told["audits"][part["id"]]
            if part["weight"] > 0 and audit["score"] is not None and audit["score"] < 1:
                items = audit.get("details", {}).get("items", [])[:3]
                lines.append(
                    f"{name}: {audit['title']} ({audit.get('displayValue', audit['score'])}) {items}"[:600]
                )
    return lines
