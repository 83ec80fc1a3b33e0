"""A small site for a test: files inline, the real templates, one moment.

    site = MiniSite(tmp_path, {"content/cities/musterstadt.yaml": MUSTERSTADT})
    site.examine(as_of="2022-08-01")

All names are invented.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

from stadtnetz.clock import Clock
from stadtnetz.diagnostics import Diagnostic
from stadtnetz.examination import Examined
from stadtnetz.outcome import Built
from stadtnetz.output.disk import Disk
from stadtnetz.pipeline import build, examine
from stadtnetz.settings import Settings

ROOT = Path(__file__).resolve().parents[1]

SITE = """
title: Netz der Musterstädte
tagline: Ein erfundenes Netzwerk für Tests
base_url: https://netz.musterstadt.de/
languages: [de, en, de-simple]
social_images: nein
"""
"""Without drawn previews, which most tests have no use for: tests/test_previews.py asks for them."""

WITH_PREVIEWS = SITE.replace("social_images: nein", "social_images: ja")

MUSTERSTADT = """
name: Musterstadt
type: city
state: DE-NI
coordinates: {lat: 52.5, lon: 9.7}
membership:
  - {selected: 2019-06-01, admitted: 2019-07-01}
updated: 2022-01-10
sources:
  - {url: "https://musterstadt.de/netz", seen: 2022-01}
"""

BEISPIELHAUSEN = """
name: Beispielhausen
type: municipality
state: DE-NI
membership:
  - {selected: 2021-05-01, admitted: 2021-07-01}
updated: 2022-01-10
sources:
  - {url: "https://beispielhausen.de/netz", seen: 2022-01}
"""

TANDEM = """
mentor: musterstadt
mentee: beispielhausen
start: 2021-07-01
updated: 2022-01-10
sources:
  - {url: "https://musterstadt.de/tandem", seen: 2022-01}
"""

MELDUNG = """
---
type: press-release
title: Musterstadt zeigt, wie es geht
dateline: Musterstadt
lead: Ein erfundener Vorspann.
published: 2021-07-08
cities: [musterstadt]
sources:
  - {url: "https://musterstadt.de/presse", seen: 2022-01}
---
Ein erfundener Text über [Beispielhausen](city:beispielhausen).
"""

CITIES = {
    "content/cities/musterstadt.yaml": MUSTERSTADT,
    "content/cities/beispielhausen.yaml": BEISPIELHAUSEN,
}
NETWORK = {
    **CITIES,
    "content/tandems/musterstadt-beispielhausen.yaml": TANDEM,
    "content/news/2021/meldung.md": MELDUNG,
}

UNFINISHED = frozenset({"operator-missing", "legal-page-missing"})
"""What is reported of every mini site: it has no operator. `LAWFUL` has one."""

_PAGE = "---\ntitle: {0}\nlead: Ein Vorspann.\nlayout: {1}\n---\nText\n"
LAWFUL: dict[str, str | bytes] = {
    "content/pages/impressum.md": _PAGE.format("Impressum", "imprint"),
    "content/pages/datenschutz.md": _PAGE.format("Datenschutz", "privacy"),
    "content/pages/barrierefreiheit.md": _PAGE.format("Barrierefreiheit", "accessibility"),
    "site.yaml": SITE
    + """
footer: [impressum, datenschutz, barrierefreiheit]
imprint: {name: Amt, address: "Weg 1, 12345 Musterstadt", represented_by: Leitung, email: post@musterstadt.de}
responsible: {name: Erika Muster, address: "Weg 1, 12345 Musterstadt"}
privacy: {controller: Amt, email: post@musterstadt.de, hosting: Rechenzentrum}
press: {email: presse@musterstadt.de}
accessibility: {assessed: 2022-07-01, method: Selbst, state: DE-NI, email: post@musterstadt.de}
""",
}
"""The rest of a site of which the law has nothing left to ask in August 2022."""

DISK = Disk(durable=False)
"""Waits for no medium: what a test builds need not outlive a power cut."""

Files = Mapping[str, str | bytes]


class MiniSite:
    """A project folder with a few entries; `output` is where builds go.

    Checks that need no pages are quicker without templates.
    """

    def __init__(self, folder: Path, files: Files | None = None, *, templates: bool = True) -> None:
        self.root = folder / "site"
        self.output = self.root / "output"
        self.root.mkdir(parents=True)
        (self.root / "content").mkdir()
        if templates:
            shutil.copytree(ROOT / "templates", self.root / "templates")
        self.write("site.yaml", SITE)
        for path, text in (files or {}).items():
            self.write(path, text)

    def write(self, path: str, text: str | bytes) -> None:
        """Write a file; a text loses its common indentation and the line break before it."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else dedent(text).lstrip("\n").encode())

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace a piece of a file, which must be there."""
        text = (self.root / path).read_text("utf-8")
        assert old in text, f"{path} does not contain {old!r}"
        (self.root / path).write_text(text.replace(old, new), "utf-8")

    def remove(self, path: str) -> None:
        """Delete a file."""
        (self.root / path).unlink()

    def settings(self, as_of: str = "2022-08-01", **options: object) -> Settings:
        """Return the settings of a build at a moment; without a search index, where that is not the subject."""
        options = {"search": False, **options}
        return Settings(self.root, Clock.from_text(as_of), **options)  # type: ignore[arg-type]

    def examine(self, as_of: str = "2022-08-01", **options: object) -> Examined:
        """Read, link, check and plan."""
        return examine(self.settings(as_of, **options))

    def build(self, as_of: str = "2022-08-01", **options: object) -> Built:
        """Build into output/."""
        return build(self.settings(as_of, **options), self.output, disk=DISK)

    def html(self, path: str) -> str:
        """Return a built page by its address below the root."""
        return (self.output / path / "index.html").read_text("utf-8")

    def findings(self, as_of: str = "2022-08-01") -> list[str]:
        """Return what a check finds about the content as "file:line:column code", without what is UNFINISHED."""
        return [told(d) for d in self.examine(as_of).diagnostics if d.code not in UNFINISHED]


def without_mark(files: Files) -> tuple[dict[str, str | bytes], str]:
    """Take the ▶ out of the files' texts; return them with the place where it stood, as file:line:column."""
    written: dict[str, str | bytes] = {}
    place = ""
    for path, content in files.items():
        written[path] = content
        if isinstance(content, str) and "▶" in content:
            text = dedent(content).lstrip("\n")
            before = text[: text.index("▶")]
            place = f"{path}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
            written[path] = text.replace("▶", "")
    return written, place


def told(diagnostic: Diagnostic) -> str:
    """Write a diagnostic in one line."""
    span = diagnostic.span
    place = f"{diagnostic.path}:{span.line}:{span.column}" if span else diagnostic.path
    return f"{place} {diagnostic.code}"


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
