"""`build.py explain`: why a file would be rendered, without a trace of the question."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from stadtnetz.cli import cli
from tests.minisite import NETWORK, MiniSite, snapshot

DAY = ("--as-of", "2022-08-01")
ARTICLE = "/aktuelles/2021/meldung/"
SOURCE = "content/news/2021/meldung.md"
DRAWING = b"%PDF-1.4\n% invented\n%%EOF\n"


@pytest.fixture
def site(tmp_path: Path) -> MiniSite:
    made = MiniSite(tmp_path, NETWORK)
    assert made.build().published is not None
    return made


def ask(site: MiniSite, address: str, *options: str) -> Result:
    """Ask, and see that the question changed nothing."""
    before = state(site)
    arguments = ["explain", "--root", str(site.root), *DAY, "--no-search", *options, address]
    result = CliRunner().invoke(cli, arguments, prog_name="build.py")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert state(site) == before
    return result


def state(site: MiniSite) -> tuple[dict[str, bytes], dict[str, tuple[int, int]]]:
    times = {
        str(path): (path.lstat().st_mtime_ns, path.lstat().st_ino) for path in sorted(site.root.rglob("*"))
    }
    return snapshot(site.root), times


def told(site: MiniSite, address: str, *options: str) -> dict[str, Any]:
    result = ask(site, address, "--format", "json", *options)
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_a_fresh_page_stays_as_it_is(site: MiniSite) -> None:
    result = ask(site, ARTICLE)
    assert result.exit_code == 0
    assert "aktuelles/2021/meldung/index.html: bleibt beim nächsten Bau, wie sie ist" in result.stdout
    assert f"Inhalt: {SOURCE}" in result.stdout
    assert "Vorlagen: " in result.stdout


def test_it_answers_in_english(site: MiniSite) -> None:
    result = ask(site, ARTICLE, "--lang", "en")
    assert "stays as it is in the next build: nothing that it depends on has changed." in result.stdout
    assert f"Content: {SOURCE}" in result.stdout


def test_it_answers_programs(site: MiniSite) -> None:
    found = told(site, ARTICLE)
    assert found["file"] == "aktuelles/2021/meldung/index.html"
    assert found["stale"] is False
    assert found["reason"] == ""
    assert found["origin"] == SOURCE
    assert len(found["templates"]) == len(set(found["templates"])) > 1
    assert all(name.endswith(".html") for name in found["templates"])


@pytest.mark.parametrize(
    "address",
    [
        ARTICLE,
        ARTICLE[1:],
        f"{ARTICLE[1:]}index.html",
        f"https://netz.musterstadt.de{ARTICLE}",
        f"{ARTICLE}?von=feed#anfang",
        "/aktuelles/2021/%6Deldung/",
    ],
)
def test_an_address_may_be_written_in_many_ways(site: MiniSite, address: str) -> None:
    assert told(site, address)["file"] == "aktuelles/2021/meldung/index.html"


@pytest.mark.parametrize("address", ["/", "", "index.html", "https://netz.musterstadt.de/"])
def test_the_home_page_has_an_answer_too(site: MiniSite, address: str) -> None:
    assert told(site, address)["file"] == "index.html"


def test_a_changed_text_makes_its_page_stale_and_no_other(site: MiniSite) -> None:
    site.edit(SOURCE, "Ein erfundener Text", "Ein neuer Text")
    assert told(site, ARTICLE)["reason"] == "values"
    assert told(site, "/staedte/beispielhausen/")["reason"] == ""
    result = ask(site, ARTICLE)
    assert (
        "wird beim nächsten Bau neu gebaut: etwas, das auf der Seite steht, hat sich geändert"
        in result.stdout
    )


def test_the_answer_is_what_the_build_does(site: MiniSite) -> None:
    site.edit(SOURCE, "zeigt, wie es geht", "zeigt es noch einmal")
    files = [str(path.relative_to(site.output)) for path in site.output.rglob("*.html")]
    expected = {file for file in files if told(site, file)["stale"]}
    assert expected
    built = site.build()
    assert {file for file in built.reasons if file.endswith(".html")} == expected
    assert not any(told(site, file)["stale"] for file in files)


def test_a_changed_template_makes_those_stale_that_reach_it(site: MiniSite) -> None:
    templates = told(site, ARTICLE)["templates"]
    own = [name for name in templates if name not in told(site, "/staedte/musterstadt/")["templates"]]
    assert own
    template = site.root / "templates" / own[0]
    template.write_text(f"{template.read_text('utf-8')}{{# an invented remark #}}\n", "utf-8")
    assert told(site, ARTICLE)["reason"] == "templates"
    assert told(site, "/staedte/musterstadt/")["reason"] == ""
    assert "eine Vorlage hat sich geändert" in ask(site, ARTICLE).stdout


def test_an_altered_or_missing_page_is_stale(site: MiniSite) -> None:
    page = site.output / ARTICLE[1:] / "index.html"
    page.write_text("altered")
    assert told(site, ARTICLE)["reason"] == "bytes"
    page.unlink()
    assert told(site, ARTICLE)["reason"] == "bytes"


def test_a_new_page_is_stale(site: MiniSite) -> None:
    site.write("content/news/2021/zweite.md", NETWORK[SOURCE])
    found = told(site, "/aktuelles/2021/zweite/")
    assert (found["reason"], found["origin"]) == ("new", "content/news/2021/zweite.md")


def test_an_asset_has_an_answer(site: MiniSite) -> None:
    asset = next(path for path in sorted(site.output.rglob("*.css")))
    name = str(asset.relative_to(site.output))
    found = told(site, name)
    assert (found["file"], found["reason"], found["origin"]) == (name, "", "")
    asset.write_text("altered")
    assert told(site, name)["reason"] == "bytes"


def test_a_feed_and_the_sitemap_have_answers(site: MiniSite) -> None:
    for name in ("feed.xml", "sitemap.xml"):
        assert told(site, name)["reason"] == ""
    site.write("content/news/2021/zweite.md", NETWORK[SOURCE])
    for name in ("feed.xml", "/sitemap.xml"):
        assert told(site, name)["reason"] == "values"


def test_a_file_without_a_template_has_an_answer(site: MiniSite) -> None:
    name = "daten/cities.csv"
    found = told(site, name)
    assert (found["file"], found["reason"], found["templates"]) == (name, "", [])
    site.edit("content/cities/musterstadt.yaml", "name: Musterstadt", "name: Neustadt")
    assert told(site, name)["reason"] == "values"
    assert told(site, "daten/partners.csv")["reason"] == ""
    (site.output / "daten/partners.csv").write_text("altered")
    assert told(site, "daten/partners.csv")["reason"] == "bytes"


def test_without_a_build_everything_is_new_and_it_says_why(tmp_path: Path) -> None:
    site = MiniSite(tmp_path, NETWORK)
    result = ask(site, ARTICLE)
    assert "neu gebaut: neu." in result.stdout
    assert "Von einem früheren Bau ist nichts bekannt" in result.stdout
    assert not site.output.exists()
    assert not (site.root / ".build").exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), ("Eine solche Seite oder Datei wird nicht gebaut.", f"Meinten Sie {ARTICLE}?")),
        (("--lang", "en"), ("No such page or file is built.", f"Did you mean {ARTICLE}?")),
    ],
)
def test_an_unknown_address_is_told_with_the_nearest(
    site: MiniSite, options: tuple[str, ...], words: tuple[str, ...]
) -> None:
    result = ask(site, "/aktuelles/2021/meldnug/", *options)
    assert result.exit_code == 1
    for word in words:
        assert word in result.stderr
    assert result.stdout == ""


def test_an_unknown_address_is_told_to_programs(site: MiniSite) -> None:
    result = ask(site, "/../../etc/passwd", "--format", "json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["file"] is None


def test_a_copied_file_has_an_answer(tmp_path: Path) -> None:
    attached = "attachments: [{file: blatt.pdf, title: Blatt}]\ncities: [musterstadt]"
    article = str(NETWORK[SOURCE]).replace("cities: [musterstadt]", attached)
    site = MiniSite(tmp_path, {**NETWORK, SOURCE: article, "content/news/2021/blatt.pdf": DRAWING})
    assert site.build().published is not None
    (copy,) = site.output.rglob("*.pdf")
    name = str(copy.relative_to(site.output))
    assert told(site, name)["reason"] == ""
    copy.write_bytes(b"altered")
    assert told(site, name)["reason"] == "bytes"


def test_broken_content_is_reported_instead_of_an_answer(site: MiniSite) -> None:
    site.write("site.yaml", "title: [")
    result = ask(site, ARTICLE)
    assert result.exit_code == 1
    assert "site.yaml" in result.stderr


def test_a_page_whose_entry_is_broken_is_not_called_unknown(site: MiniSite) -> None:
    site.edit("content/cities/musterstadt.yaml", "state: DE-NI", "state: DE-XX")
    result = ask(site, "/staedte/musterstadt/")
    assert result.exit_code == 1
    assert "Solange es Fehler gibt" in result.stderr
    assert "Meinten Sie /" not in result.stderr
