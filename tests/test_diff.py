"""`build.py diff`: what a working tree changes on the site, as somebody reads it who reviews the change."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from stadtnetz.authoring.difference import compare
from stadtnetz.authoring.pagetext import text_of
from stadtnetz.authoring.wording import Line, changes_between
from stadtnetz.cli import cli
from stadtnetz.cli.diff_formats import render
from stadtnetz.cli.diff_words import DIFF_WORDS
from stadtnetz.pipeline import build
from tests.minisite import NETWORK, ROOT, MiniSite, snapshot

DAY = ("--as-of", "2022-08-01")
OLD_NEWS = """
---
title: Ein alter Aufruf
lead: Ein erfundener Vorspann.
published: 2022-01-10
---
Ein erfundener Text, der wegfällt.
"""
MOVING = """
---
title: Ein Besuch in Beispielhausen
lead: Wie der Besuch war.
published: 2022-02-01
topics: [beteiligung]
---
Der erste Absatz des Besuchs.

Der zweite Absatz.

Der dritte Absatz.
"""
TOPIC = """
name: Beteiligung
summary: Ein erfundenes Thema.
"""
EMBARGOED = """
---
title: Streng geheim
lead: Ein erfundener Vorspann.
published: 2022-07-01
embargo: 2022-12-01
---
"""


def git(site: MiniSite, *arguments: str) -> None:
    who = (
        "-c",
        "user.name=Erika Muster",
        "-c",
        "user.email=erika@musterstadt.de",
        "-c",
        "commit.gpgsign=false",
    )
    subprocess.run(["git", *who, *arguments], cwd=site.root, check=True, capture_output=True)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> MiniSite:
    """A repository whose working tree differs from its last commit in all the ways that there are."""
    site = MiniSite(
        tmp_path_factory.mktemp("diff"),
        {
            **NETWORK,
            "content/news/2022/aufruf.md": OLD_NEWS,
            "content/news/2022/besuch.md": MOVING,
            "content/topics/beteiligung.yaml": TOPIC,
        },
    )
    site.write(".gitignore", "/output/\n/.build/\n")
    git(site, "init", "-q", "-b", "main")
    git(site, "add", "-A")
    git(site, "commit", "-q", "-m", "Anfang")
    site.remove("content/news/2022/aufruf.md")
    (site.root / "content/news/2022/besuch.md").rename(site.root / "content/news/2022/zu-besuch.md")
    site.edit("content/news/2021/meldung.md", "Ein erfundener Text über", "Ein *neuer* &lt;Text&gt; über")
    site.write("content/news/2022/neu.md", OLD_NEWS.replace("Ein alter Aufruf", "Ganz neu"))
    site.write("content/news/2022/geheim.md", EMBARGOED)
    site.edit("site.yaml", "title: Netz der Musterstädte", "title: Bund der Musterstädte")
    return site


def diff(site: MiniSite, *options: str, code: int = 0) -> Result:
    before = snapshot(site.root)
    result = CliRunner().invoke(cli, ["diff", "--root", str(site.root), *DAY, *options], prog_name="build.py")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    assert snapshot(site.root) == before
    return result


@pytest.fixture(scope="module")
def told(site: MiniSite) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(diff(site, "--format", "json").stdout)
    return found


def test_pages_that_come_and_go(told: dict[str, Any]) -> None:
    assert told["added"] == ["/aktuelles/2022/neu/"]
    assert told["removed"] == ["/aktuelles/2022/aufruf/"]


def test_a_page_that_moved_is_recognised(told: dict[str, Any]) -> None:
    assert [(one["before"], one["address"]) for one in told["moved"]] == [
        ("/aktuelles/2022/besuch/", "/aktuelles/2022/zu-besuch/")
    ]


def test_a_changed_text_is_shown_by_its_words(told: dict[str, Any]) -> None:
    (page,) = (one for one in told["changed"] if one["address"] == "/aktuelles/2021/meldung/")
    pieces = [(piece["kind"], piece["text"]) for line in page["lines"] for piece in line]
    assert ("gone", "erfundener") in pieces
    assert any(kind == "new" and "neuer" in text for kind, text in pieces)


def test_what_surrounds_every_page_is_told_once(told: dict[str, Any]) -> None:
    titles = [
        one
        for one in told["around"]
        if any("Bund" in piece["text"] for line in one["lines"] for piece in line)
    ]
    assert titles
    assert max(len(one["addresses"]) for one in titles) > 5
    assert not [
        one
        for one in told["changed"]
        if any("Bund" in piece["text"] for line in one["lines"] for piece in line)
        and "/staedte/" in one["address"]
    ]


def test_what_is_under_embargo_is_no_part_of_it(told: dict[str, Any]) -> None:
    assert "geheim" not in json.dumps(told).casefold()


def test_other_files_are_named(told: dict[str, Any]) -> None:
    assert {"feed.xml", "sitemap.xml"} <= set(told["files_changed"])


@pytest.mark.parametrize("language", ["de", "en"])
def test_people_read_it(language: str, built: tuple[Path, Path]) -> None:
    shown = render(compare(*built), "main", "text", language)
    words = DIFF_WORDS[language]
    for part in (words["title"].format(name="main"), words["added"], words["removed"], words["moved"]):
        assert part in shown
    assert "/aktuelles/2022/besuch/ → /aktuelles/2022/zu-besuch/" in shown


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two sites to compare without building again."""
    before, after = tmp_path_factory.mktemp("built") / "before", tmp_path_factory.mktemp("built") / "after"
    for folder, title, text in (
        (before, "Alt", "Es gibt <b>drei</b> Orte."),
        (after, "Neu", "Es gibt <b>vier</b> Orte."),
    ):
        page = f"<html><head><title>{title}</title></head><body><nav>{title}</nav><main><h1>Orte</h1><p>{text}</main>"
        for name in ("index.html", "orte/index.html"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(page, "utf-8")
        body = "".join(
            f"<p>Absatz {number} &lt;script&gt;alert(1)&lt;/script&gt; [x](y)" for number in range(5)
        )
        slug = "besuch" if folder == before else "zu-besuch"
        (folder / f"aktuelles/2022/{slug}").mkdir(parents=True)
        (folder / f"aktuelles/2022/{slug}/index.html").write_text(f"<main>{body}</main>", "utf-8")
        other = folder / f"aktuelles/{title.lower()}/index.html"
        other.parent.mkdir()
        other.write_text(f"<main><h1>{title} &lt;script&gt; *{title}*</h1></main>", "utf-8")
        (folder / ".stadtnetz").write_bytes(b"")
    return before, after


def test_markdown_shows_texts_as_they_are(built: tuple[Path, Path]) -> None:
    shown = render(compare(*built), "main_1", "markdown", "de")
    assert shown.startswith("## Änderungen auf der Seite gegenüber main\\_1\n")
    assert "- **/orte/**\n    - Es gibt ~~drei~~**vier** Orte." in shown
    assert "<script>" not in shown


def test_html_is_a_page_of_its_own(built: tuple[Path, Path]) -> None:
    shown = render(compare(*built), "main <1>", "html", "en")
    page = lxml_html.document_fromstring(shown)
    assert page.get("lang") == "en"
    assert page.findtext(".//title") == "Changes on the site since main <1>"
    assert [one.text for one in page.iter("del")][-1] == "Alt"
    assert (page.xpath("//del")[0].text, page.xpath("//ins")[0].text) == ("drei", "vier")
    assert not page.xpath("//script | //style | //link | //img | //@style | //@src")


def test_nothing_is_said_too(built: tuple[Path, Path]) -> None:
    assert "Auf der Seite ändert sich nichts." in render(compare(built[0], built[0]), "x", "text", "de")


def test_a_site_that_was_built_earlier_is_a_base_as_well(site: MiniSite, tmp_path: Path) -> None:
    output = tmp_path / "frueher"
    # Not by the command, which would miss the pages that this working tree removes.
    assert build(site.settings(search=True), output).published is not None
    assert "Auf der Seite ändert sich nichts." in diff(site, "--base", str(output)).stdout


class TestWhatCantBe:
    def test_a_revision_that_nobody_knows(self, site: MiniSite) -> None:
        for name in ("gibtesnicht", "--upload-pack=x", "content"):
            result = diff(site, f"--base={name}", code=2)
            assert f"„{name}“ ist weder ein Stand in git noch ein Ordner" in result.stderr

    def test_outside_a_repository(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
        result = diff(MiniSite(tmp_path), "--lang", "en", code=2)
        assert "There is no git repository here." in result.stderr

    def test_without_git(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        assert "Hier gibt es kein git-Verzeichnis." in diff(MiniSite(tmp_path), code=2).stderr

    def test_a_repository_without_a_site(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, templates=False)
        git(site, "init", "-q", "-b", "main")
        git(site, "commit", "-q", "--allow-empty", "-m", "Leer")
        assert "Im Stand main gibt es hier keine site.yaml" in diff(site, code=2).stderr

    def test_content_with_errors(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, {"content/cities/kaputt.yaml": "name: Kaputt\n"}, templates=False)
        git(site, "init", "-q", "-b", "main")
        git(site, "add", "-A")
        git(site, "commit", "-q", "-m", "Anfang")
        result = diff(site, code=1)
        assert "Der jetzige Stand hat Fehler" in result.stderr
        assert "content/cities/kaputt.yaml" in result.stderr
        assert "[operator-missing]" not in result.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_whoever_stops_it_finds_nothing_left(site: MiniSite, tmp_path: Path, number: signal.Signals) -> None:
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "build.py"), "diff", "--root", str(site.root), *DAY],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while not list(tmp_path.glob("stadtnetz-*/base/site.yaml")):
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(number)
    assert process.wait(120) != 0
    assert list(tmp_path.iterdir()) == []


class TestText:
    def test_lines_are_what_readers_see(self) -> None:
        page = text_of(
            "<!doctype html><html><head><title>x</title><style>a{}</style></head><body><nav><a href='/'>Start</a></nav>"
            "<main><h1>Ein <em>Titel</em></h1><p>Mit <a href='/orte/'>Orten</a>,<br>und\n mehr.<script>x</script></p>"
            "<img src='a.webp' alt='Ein Platz'><a href='#oben'>Oben</a></main><footer>Ende &amp; aus</footer></body>"
        )
        assert page.main == ("Ein Titel", "Mit Orten </orte/>,", "und mehr.", "[Ein Platz] Oben")
        assert page.around == ("Start </>", "Ende & aus")

    words = st.lists(st.sampled_from(["Ort", "Stadt", "und", ",", "ein", "–"]), max_size=5).map(" ".join)

    @given(st.lists(words, max_size=6), st.lists(words, max_size=6))
    def test_the_pieces_hold_both_texts(self, before: list[str], after: list[str]) -> None:
        found = changes_between(before, after)
        assert bool(found) == (before != after)
        assert len([line for line in found if side(line, "gone")]) <= len(before)
        old = [text for line in found if (text := side(line, "gone")) and has(line, "gone", "same")]
        new = [text for line in found if (text := side(line, "new")) and has(line, "new", "same")]
        assert set(old) <= set(before)
        assert set(new) <= set(after)

    def test_long_stretches_are_shortened(self) -> None:
        before = f"{'Anfang ' * 30}alt {'Mitte ' * 30}alt {'Ende ' * 30}"
        (line,) = changes_between([before], [before.replace("alt", "neu")])
        shown = "".join(piece.text for piece in line)
        assert len(shown) < 250
        assert shown.count("…") == 3
        assert [piece.text for piece in line if piece.kind == "new"] == ["neu", "neu"]


def side(line: Line, kind: str) -> str:
    return "".join(piece.text for piece in line if piece.kind in (kind, "same"))


def has(line: Line, *kinds: str) -> bool:
    return any(piece.kind in kinds for piece in line)


def test_both_languages_say_the_same() -> None:
    assert DIFF_WORDS["de"].keys() == DIFF_WORDS["en"].keys()
