"""How long a save takes to be on screen: the real site in a preview, a news item open in Chromium.

`python -m benchmarks.preview` prints, for each kind of edit, the median from the save to the page that shows it. How
much of that is the build, the terminal of a preview says; the rest is looking, waiting for calm, and the browser.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from tests.browser.chromium import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["main"]

ROOT = Path(__file__).resolve().parents[1]
NEWS = "content/news/2022/dessau-rosslau-ist-zurueck.md"
AT = "aktuelles/2022/dessau-rosslau-ist-zurueck/"
SHEET = "templates/assets/site.css"
TIMES = 7
_PATIENCE = 60_000


@dataclass(frozen=True, slots=True)
class Edit:
    """A kind of edit: the file, what becomes of its text for a number, and when a page shows that."""

    name: str
    file: str
    change: Callable[[str, int], str]
    shows: Callable[[int], str]


EDITS = (
    Edit(
        "a paragraph",
        NEWS,
        lambda text, n: f"{text}\nAbsatz {n}x\n",
        lambda n: f"document.body.innerText.includes('Absatz {n}x')",
    ),
    Edit(
        "a headline",
        NEWS,
        lambda text, n: text.replace("title: ", f"title: Nr. {n}x ", 1),
        lambda n: f"document.title.includes('Nr. {n}x')",
    ),
    Edit(
        "the style sheet",
        SHEET,
        lambda text, n: f"{text}\nbody {{ outline: {n + 1}px solid; }}\n",
        lambda n: f"getComputedStyle(document.body).outlineWidth === '{n + 1}px'",
    ),
    Edit(
        "the template of news",
        "templates/news.html",
        lambda text, n: text.replace("{% block content %}", f"{{% block content %}}<p>Vorlage {n}x</p>", 1),
        lambda n: f"document.body.innerText.includes('Vorlage {n}x')",
    ),
)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="stadtnetz-") as folder:
        root = Path(folder)
        for part in ("content", "templates"):
            shutil.copytree(ROOT / part, root / part)
        shutil.copy(ROOT / "site.yaml", root)
        command = [sys.executable, str(ROOT / "build.py"), "serve", "--root", folder, "--as-of", "2026-11-20"]
        with subprocess.Popen(  # noqa: S603 - our own program
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as process:
            try:
                url = _ready(process)
                with chromium() as browser:
                    page = browser.new_page()
                    page.goto(url + AT)
                    page.locator("stadtnetz-preview .badge").wait_for()
                    for edit in EDITS:
                        taken = _measured(edit, root, page)
                        print(f"{edit.name:22} {median(taken) * 1000:6.0f} ms")
            finally:
                process.terminate()


def _ready(process: subprocess.Popen[str]) -> str:
    """Wait for the first build; return the preview's address."""
    url = ""
    for line in process.stdout or ():
        if "http://" in line:
            url = next(word for word in line.split() if word.startswith("http://"))
        if "Bereit" in line:
            return url
    raise RuntimeError("the preview did not start")


def _measured(edit: Edit, root: Path, page: Page) -> list[float]:
    """Return the seconds of each save, without the first, after which everything is warm; undo the edit."""
    file = root / edit.file
    text = file.read_text("utf-8")
    taken: list[float] = []
    loaded: list[float] = []
    page.on("load", lambda _: loaded.append(time.perf_counter()))
    for number in range(TIMES + 1):
        started = time.perf_counter()
        file.write_text(edit.change(text, number), "utf-8")
        page.wait_for_function(f"() => {edit.shows(number)}", timeout=_PATIENCE, polling=5)
        seen = time.perf_counter() - started
        # The driver needs some time to find its way into a page that was loaded anew; the page says at once that it is.
        taken.append(min(seen, loaded[-1] - started) if loaded and loaded[-1] > started else seen)
    file.write_text(text, "utf-8")
    page.wait_for_function(f"() => !({edit.shows(TIMES)})", timeout=_PATIENCE)
    return taken[1:]


if __name__ == "__main__":
    main()
