"""How long a save takes to be on screen: the real site in a preview, one page open in Chromium.

`python -m benchmarks.preview` prints, for each kind of save, the median from the save to the loaded page that shows it.
How much of that is the build, the terminal of a preview says; the rest is looking, waiting for calm, and the browser.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from PIL import Image

from tests.browser.chromium import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["main"]

ROOT = Path(__file__).resolve().parents[1]
NEWS = "content/news/2022/dessau-rosslau-ist-zurueck.md"
AT = "aktuelles/2022/dessau-rosslau-ist-zurueck/"
LIST = "aktuelles/2022/"
TIMES = 7
_PATIENCE = 60_000
_BETWEEN = 2.0
"""Seconds after a save was seen until the next one."""
_AT_ONCE = 0.05
"""The same for whoever saves and saves: the site is still being built."""
_UNDONE = 5.0
"""Seconds after edits were undone, for all pages and the search index."""


@dataclass(frozen=True)
class Project:
    """A copy of the project. Every save begins with the files as they were, so that edits do not add up."""

    root: Path

    def text(self, file: str) -> str:
        """Return a file as it is in the repository."""
        return (ROOT / file).read_text("utf-8")

    def write(self, file: str, text: str) -> None:
        """Save a file."""
        (self.root / file).write_text(text, "utf-8")

    def change(self, file: str, old: str, new: str) -> None:
        """Save a file with its first `old` replaced."""
        self.write(file, self.text(file).replace(old, new, 1))


@dataclass(frozen=True, slots=True)
class Save:
    """A kind of save: the page that is open, what is saved for a number, and when that page shows it."""

    name: str
    at: str
    save: Callable[[Project, int], None]
    shows: Callable[[int], str]
    pause: float = _BETWEEN


def _paragraph(project: Project, n: int) -> None:
    project.write(NEWS, f"{project.text(NEWS)}\nAbsatz {n}x\n")


def _picture(project: Project, n: int) -> None:
    """Save a picture of twelve million pixels, as a phone takes them, and name it."""
    grain = Image.effect_noise((500, 375), 60).resize((4000, 3000)).convert("RGB")
    file = BytesIO()
    grain.save(file, "JPEG", quality=90)
    (project.root / f"content/news/2022/bild-{n}.jpg").write_bytes(file.getvalue())
    named = f"pictures:\n  - file: bild-{n}.jpg\n    alt: Rauschen {n}x\n    credit: erfunden\n    licence: reserved\n"
    project.change(NEWS, "sources:\n", f"{named}sources:\n")


def _rename(project: Project, n: int) -> None:
    (path,) = (project.root / "content/news/2022").glob("dessau-rosslau-*.md")
    path.rename(path.with_name(f"dessau-rosslau-{n}x.md"))


def _delete(project: Project, n: int) -> None:
    """Delete the news item of an even number, and bring it back for an odd one."""
    if n % 2:
        project.write(NEWS, project.text(NEWS))
    else:
        (project.root / NEWS).unlink()


def _contains(text: str) -> str:
    return f"document.body.innerText.includes('{text}')"


_LINK = "document.querySelector('main a[href*=\"/dessau-rosslau-ist-zurueck/\"]')"

SAVES = (
    Save("a paragraph", AT, _paragraph, lambda n: _contains(f"Absatz {n}x")),
    Save("the same, right after another", AT, _paragraph, lambda n: _contains(f"Absatz {n}x"), _AT_ONCE),
    Save(
        "a headline",
        AT,
        lambda project, n: project.change(NEWS, "title: ", f"title: Nr. {n}x "),
        lambda n: f"document.title.includes('Nr. {n}x')",
    ),
    Save(
        "the same, a list of news open",
        LIST,
        lambda project, n: project.change(NEWS, "title: ", f"title: Nr. {n}x "),
        lambda n: _contains(f"Nr. {n}x"),
    ),
    Save(
        "a picture of 12 megapixels",
        AT,
        _picture,
        lambda n: f"[...document.images].some(one => one.alt === 'Rauschen {n}x' && one.complete)",
    ),
    Save(
        "the style sheet",
        AT,
        lambda project, n: project.write(
            "templates/assets/site.css",
            project.text("templates/assets/site.css") + f"\nbody {{ outline: {n + 1}px solid; }}\n",
        ),
        lambda n: f"getComputedStyle(document.body).outlineWidth === '{n + 1}px'",
    ),
    Save(
        "the template of news",
        AT,
        lambda project, n: project.change(
            "templates/news.html", "{% block content %}", f"{{% block content %}}<p>Vorlage {n}x</p>"
        ),
        lambda n: _contains(f"Vorlage {n}x"),
    ),
    Save(
        "the template of all pages",
        AT,
        lambda project, n: project.change("templates/base.html", "</body>", f"<p>Rahmen {n}x</p></body>"),
        lambda n: _contains(f"Rahmen {n}x"),
    ),
    Save(
        "the same, right after another",
        AT,
        lambda project, n: project.change("templates/base.html", "</body>", f"<p>Rahmen {n}x</p></body>"),
        lambda n: _contains(f"Rahmen {n}x"),
        _AT_ONCE,
    ),
    Save(
        "the title in site.yaml",
        AT,
        lambda project, n: project.change("site.yaml", "title: ", f"title: Nr. {n}x "),
        lambda n: f"document.title.includes('Nr. {n}x')",
    ),
    Save(
        "a file deleted or back, its list open",
        LIST,
        _delete,
        lambda n: _LINK if n % 2 else f"!{_LINK}",
    ),
    Save(
        "a file renamed, its list open",
        LIST,
        _rename,
        lambda n: f"document.querySelector('main a[href*=\"/dessau-rosslau-{n}x/\"]')",
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
                    for save in SAVES:
                        taken = _measured(save, Project(root), browser, url)
                        print(f"{save.name:40} {median(taken) * 1000:6.0f} ms", flush=True)
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


def _measured(save: Save, project: Project, browser: Browser, url: str) -> list[float]:
    """Return the seconds of each save, without the first, after which everything is warm; undo them."""
    page = browser.new_page()
    page.goto(url + save.at)
    page.locator("stadtnetz-preview .badge").wait_for()
    taken: list[float] = []
    loaded: list[float] = []
    page.on("load", lambda _: loaded.append(time.perf_counter()))
    for number in range(TIMES + 1):
        time.sleep(save.pause)
        started = time.perf_counter()
        save.save(project, number)
        # What it takes to write the file is the editor's program's affair.
        started = time.perf_counter() if save.save is _picture else started
        page.wait_for_function(f"() => {save.shows(number)}", timeout=_PATIENCE, polling=5)
        seen = time.perf_counter() - started
        # The driver needs some time to find its way into a page that was loaded anew; the page says at once that it is.
        taken.append(min(seen, loaded[-1] - started) if loaded and loaded[-1] > started else seen)
    page.close()
    for path in (project.root / "content/news/2022").iterdir():
        if not (ROOT / path.relative_to(project.root)).exists():
            path.unlink()
    for file in (
        NEWS,
        "site.yaml",
        "templates/assets/site.css",
        "templates/news.html",
        "templates/base.html",
    ):
        project.write(file, project.text(file))
    time.sleep(_UNDONE)
    return taken[1:]


if __name__ == "__main__":
    main()
