"""What happens to computers while they build: the old site or the new one, whole, and the next build is right."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from stadtnetz import source
from stadtnetz.pipeline import build
from tests.minisite import DISK, MELDUNG, NETWORK, ROOT, MiniSite, snapshot
from tests.picturesite import landscape, saved

NEWS = "content/news/2021/meldung.md"
PICTURE = "content/news/2021/bild.jpg"
ATTACHMENT = "content/news/2021/anlage.pdf"
WITH_FILES = {
    **NETWORK,
    NEWS: MELDUNG.replace(
        "sources:",
        "pictures: [{file: bild.jpg, alt: Hügel, credit: Foto Muster}]\n"
        "attachments: [{file: anlage.pdf, title: Anlage}]\nsources:",
    ),
    PICTURE: saved(landscape(90, 60)),
    ATTACHMENT: b"%PDF-1.4 eine Anlage",
}


@pytest.fixture
def site(tmp_path: Path) -> MiniSite:
    made = MiniSite(tmp_path, WITH_FILES)
    assert made.build().published is not None
    return made


def clean(site: MiniSite, as_of: str = "2022-08-01") -> dict[str, bytes]:
    other = site.root / "clean"
    built = build(site.settings(as_of, clean=True, keep_state=False), other, disk=DISK)
    assert built.published is not None
    return snapshot(other)


def codes(site: MiniSite) -> set[str]:
    return {one.code for one in site.build().diagnostics if one.severity == "error"}


@pytest.mark.parametrize("step", ["plan", "render"])
@pytest.mark.parametrize("path", [NEWS, PICTURE, ATTACHMENT, "templates/base.html"])
def test_a_file_that_vanishes_between_reading_and_publishing(tmp_path: Path, step: str, path: str) -> None:
    site = MiniSite(tmp_path, {**WITH_FILES, ATTACHMENT: b"%PDF-1.4 alt"})
    assert site.build().published is not None
    old = snapshot(site.output)
    site.write(ATTACHMENT, b"%PDF-1.4 neu")
    new = clean(site)

    def vanish(now: str, *_: int) -> None:
        if now == step:
            (site.root / path).unlink(missing_ok=True)

    build(site.settings(), site.output, vanish, disk=DISK)
    assert snapshot(site.output) in (old, new)
    whole = (
        (ROOT / path).read_bytes()
        if path.startswith("templates/")
        else {**WITH_FILES, ATTACHMENT: b"%PDF-1.4 neu"}[path]
    )
    site.write(path, whole)
    assert site.build().published is not None
    assert snapshot(site.output) == new


def test_a_clock_that_goes_backwards(tmp_path: Path) -> None:
    """A computer that thinks it is earlier again shows what may be seen then: what is embargoed is gone."""
    news = MELDUNG.replace("published: 2021-07-08", "published: 2021-07-08\nembargo: 2022-08-10 12:00")
    site = MiniSite(tmp_path, {**NETWORK, NEWS: news})
    for moment in (
        "2022-08-10T12:00",
        "2022-08-10T11:59",
        "2022-08-01",
        "2022-08-11",
        "2022-08-01",
        "2022-08-11",
    ):
        assert site.build(moment).published is not None
        page = site.output / "aktuelles/2021/meldung/index.html"
        assert page.exists() == (moment in ("2022-08-10T12:00", "2022-08-11")), moment
        if moment == "2022-08-10T11:59":
            assert snapshot(site.output) == clean(site, moment)


def test_files_that_are_newer_than_the_clock(site: MiniSite) -> None:
    """Times from the future, or from 1970, hide no change and make none."""
    for moment in (0, 4_000_000_000):
        for path in (NEWS, "templates/base.html", "site.yaml"):
            os.utime(site.root / path, (moment, moment))
        site.edit(NEWS, "Ein erfundener Text", f"Ein anderer Text {moment} statt: Ein erfundener Text")
        os.utime(site.root / NEWS, (moment, moment))
        assert site.build().published is not None
        assert snapshot(site.output) == clean(site)


def forbidden(monkeypatch: pytest.MonkeyPatch, site: MiniSite) -> str:
    original = source._bytes

    def refuse(place: str, limit: int) -> object:
        if place.endswith("meldung.md"):
            raise PermissionError(13, "Permission denied", place)
        return original(place, limit)

    monkeypatch.setattr(source, "_bytes", refuse)
    site.edit(NEWS, "Ein erfundener Text", "Etwas Neues")
    return "file-unreadable"


def folder(_: pytest.MonkeyPatch, site: MiniSite) -> str:
    site.remove(PICTURE)
    (site.root / PICTURE).mkdir()
    return "media-missing"


def no_content(_: pytest.MonkeyPatch, site: MiniSite) -> str:
    (site.root / "content").rename(site.root / "weg")
    (site.root / "content").write_text("Datei")
    return "content-missing"


def foreign_name(_: pytest.MonkeyPatch, site: MiniSite) -> str:
    Path(os.fsdecode(os.fsencode(site.root / "content/cities") + b"/k\xf6ln.yaml")).write_text("name: a")
    return "file-name-characters"


def long_name(_: pytest.MonkeyPatch, site: MiniSite) -> str:
    name = "a" * 245
    site.write(f"content/news/2021/{name}.jpg", saved(landscape(40, 30)))
    site.edit(NEWS, "file: bild.jpg", f"file: {name}.jpg")
    return "output-failed"


@pytest.mark.parametrize("accident", [forbidden, folder, no_content, foreign_name, long_name])
def test_what_cannot_be_read_is_told_and_leaves_the_old_site(
    site: MiniSite, monkeypatch: pytest.MonkeyPatch, accident: Callable[[pytest.MonkeyPatch, MiniSite], str]
) -> None:
    old = snapshot(site.output)
    with monkeypatch.context() as patched:
        code = accident(patched, site)
        assert code in codes(site)
    assert snapshot(site.output) == old
    assert not [
        path for path in site.root.glob(".output.*") if path.name not in (".output.spare", ".output.lock")
    ]


def test_a_kill_while_pictures_and_search_are_made_costs_time_only(tmp_path: Path) -> None:
    site = MiniSite(tmp_path, WITH_FILES)
    command = [
        sys.executable,
        str(ROOT / "build.py"),
        "build",
        "--root",
        str(site.root),
        "--as-of",
        "2022-08-01",
    ]
    chance = random.Random(5)  # noqa: S311 - moments, not secrets
    for _ in range(3):
        running = subprocess.Popen(
            [*command, "--quiet"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.4, 1.6))
        running.send_signal(signal.SIGKILL)
        running.wait()
        if site.output.exists():
            assert "index.html" in snapshot(site.output)
    assert site.build(search=True).published is not None
    other = site.root / "clean"
    assert (
        build(site.settings(search=True, clean=True, keep_state=False), other, disk=DISK).published
        is not None
    )
    assert snapshot(site.output) == snapshot(other)


def test_a_state_folder_that_is_a_link_is_no_danger(site: MiniSite, tmp_path: Path) -> None:
    """What a link leads to is somebody's folder: nothing but our own two kinds of files is written there or removed."""
    elsewhere = tmp_path / "elsewhere"
    (site.root / ".build").rename(elsewhere)
    (elsewhere / "eigenes.txt").write_text("bleibt")
    (site.root / ".build").symlink_to(elsewhere)
    site.edit(NEWS, "Ein erfundener Text", "Etwas Neues")
    assert site.build().published is not None
    assert snapshot(site.output) == clean(site)
    assert (elsewhere / "eigenes.txt").read_text() == "bleibt"
