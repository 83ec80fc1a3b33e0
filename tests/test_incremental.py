"""Incremental builds: which pages are rendered after an edit, and that the site is the one a clean build makes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from stadtnetz import incremental, pipeline
from stadtnetz.incremental import KEY_PARTS, Keys
from stadtnetz.pipeline import build
from tests.minisite import NETWORK, MiniSite, snapshot

ARTICLE = "aktuelles/2021/meldung/index.html"


@pytest.fixture
def site(tmp_path: Path) -> MiniSite:
    made = MiniSite(tmp_path, NETWORK)
    made.build()
    return made


def rendered(site: MiniSite, as_of: str = "2022-08-01") -> set[str]:
    """Build, compare with a clean build, and return what was rendered."""
    built = site.build(as_of)
    assert built.published is not None, built.diagnostics
    other = site.root / "clean"
    clean = build(replace(site.settings(as_of), clean=True), other)
    assert clean.diagnostics == built.diagnostics
    assert snapshot(site.output) == snapshot(other)
    assert site.build(as_of).reasons == {}, "a second build renders nothing"
    return set(built.reasons)


def test_a_second_build_renders_nothing(site: MiniSite) -> None:
    assert site.build().reasons == {}


def test_a_changed_body_renders_the_article_alone(site: MiniSite) -> None:
    site.edit("content/news/2021/meldung.md", "Ein erfundener Text", "Ein neuer Text")
    assert rendered(site) == {ARTICLE}


def test_a_changed_title_renders_what_shows_it(site: MiniSite) -> None:
    site.edit("content/news/2021/meldung.md", "zeigt, wie es geht", "zeigt es noch einmal")
    found = rendered(site)
    assert {
        ARTICLE,
        "index.html",
        "aktuelles/index.html",
        "staedte/musterstadt/index.html",
        "feed.xml",
    } <= found
    assert not any(
        file.startswith(("tandems/", "partner/", "staedte/beispielhausen", "termine/")) for file in found
    )


def test_a_comment_renders_nothing(site: MiniSite) -> None:
    site.edit("content/cities/musterstadt.yaml", "name: Musterstadt", "# Ein Kommentar\nname: Musterstadt")
    assert rendered(site) == set()


def test_the_same_size_with_the_same_time_is_noticed(site: MiniSite) -> None:
    import os

    path = site.root / "content/news/2021/meldung.md"
    times = path.stat()
    site.edit("content/news/2021/meldung.md", "erfundener Text", "veraltete Text")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert rendered(site) == {ARTICLE}


def test_a_renamed_entry_moves_and_leaves_nothing_behind(site: MiniSite) -> None:
    (site.root / "content/news/2021/meldung.md").rename(site.root / "content/news/2021/neuer-name.md")
    found = rendered(site)
    assert "aktuelles/2021/neuer-name/index.html" in found
    assert not (site.output / ARTICLE).exists()


def test_a_template_renders_the_pages_that_reach_it(site: MiniSite) -> None:
    site.edit("templates/tandem.html", "{% block content %}", "{% block content %}<!-- neu -->")
    assert rendered(site) == {"tandems/musterstadt-beispielhausen/index.html"}
    site.edit("templates/base.html", "<body", "<!-- neu --><body")
    assert {ARTICLE, "index.html", "404.html"} <= rendered(site)


def test_a_stylesheet_gets_a_new_name_on_every_page(site: MiniSite) -> None:
    (site.root / "templates/assets/site.css").write_bytes(b"body { color: navy }")
    assert {ARTICLE, "index.html"} <= rendered(site)


def test_the_passing_of_time_renders_what_it_changes(site: MiniSite) -> None:
    found = rendered(site, as_of="2022-06-30T23:59")
    site.build("2022-06-30T23:59")
    found = rendered(site, as_of="2022-07-01")
    assert "tandems/musterstadt-beispielhausen/index.html" in found
    assert ARTICLE in found  # it shows the tandem's state or the city's stage


def test_a_damaged_page_is_rendered_again(site: MiniSite) -> None:
    (site.output / ARTICLE).write_text("kaputt")
    built = site.build()
    assert built.reasons == {ARTICLE: "bytes"}
    (site.output / ARTICLE).unlink()
    assert site.build().reasons == {ARTICLE: "bytes"}


@pytest.mark.parametrize("damage", [b"", b"fremd", b"\xff\xfe"])
def test_without_a_usable_ledger_everything_is_rendered_and_nothing_differs(
    site: MiniSite, damage: bytes
) -> None:
    before = snapshot(site.output)
    (ledger,) = (site.root / ".build").glob("*.ledger")
    ledger.write_bytes(damage)
    built = site.build()
    assert len(built.reasons) > 20
    assert built.state == "damaged"
    assert snapshot(site.output) == before


def test_another_base_url_renders_everything(site: MiniSite) -> None:
    assert len(site.build(base_url="https://netz.musterstadt.de/unten/").reasons) > 20


def test_an_error_keeps_the_site_and_mending_it_renders_nothing(site: MiniSite) -> None:
    before = snapshot(site.output)
    site.edit("content/news/2021/meldung.md", "cities: [musterstadt]", "cities: [mustrstadt]")
    assert site.build().published is None
    site.edit("content/news/2021/meldung.md", "cities: [mustrstadt]", "cities: [musterstadt]")
    assert site.build().reasons == {}
    assert snapshot(site.output) == before


# One change for each part of the key that only this part can notice.
SABOTAGE = {
    "program": lambda _, patch: [
        patch.setattr(module, "of_program", lambda: "another program") for module in (incremental, pipeline)
    ],
    "templates": lambda site, _: site.edit(
        "templates/tandem.html", "{% block content %}", "{% block content %}<!-- neu -->"
    ),
    "assets": lambda site, _: (site.root / "templates/assets/site.css").write_bytes(b"body { color: navy }"),
    "values": lambda site, _: site.edit(
        "content/news/2021/meldung.md", "Ein erfundener Text", "Ein neuer Text"
    ),
}


@pytest.mark.parametrize("part", sorted(SABOTAGE))
def test_a_key_without_a_part_misses_a_change(
    site: MiniSite, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    site_whole = site.root / "whole"
    original = Keys.__init__

    def partial_keys(self: Keys, *args: Any) -> None:
        original(self, *args, parts=tuple(name for name in KEY_PARTS if name != part))

    build(site.settings(), site_whole)
    with monkeypatch.context() as patch:
        patch.setattr(Keys, "__init__", partial_keys)
        build(replace(site.settings(), clean=True), site.output)
        SABOTAGE[part](site, patch)
        missed = build(site.settings(), site.output)
    with monkeypatch.context() as patch:
        if part == "program":
            SABOTAGE[part](site, patch)
        noticed = build(site.settings(), site_whole)
    assert set(missed.reasons) < set(noticed.reasons)


def test_language_and_place_are_part_of_the_key(site: MiniSite) -> None:
    examined = site.examine()
    assert examined.site is not None
    closures, assets = examined.site.design.templates.closures, examined.site.design.assets
    key = Keys(examined.sources, closures, assets)
    moved = Keys(examined.sources, closures, replace(assets, base_path="/netz/"))
    assert key.frame("404.html", "de") != key.frame("404.html", "en")
    assert key.frame("404.html", "de") != moved.frame("404.html", "de")


def test_a_changed_article_redraws_nothing(site: MiniSite) -> None:
    """Diagrams stand on pages that know of no news, so that nothing of them is even worked out again."""
    for page, layout in (("programm", "programme"), ("daten", "data")):
        text = f"---\ntitle: Seite\nlead: Vorspann.\nlayout: {layout}\n---\nText.\n"
        site.write(f"content/pages/{page}.md", text)
    drawn = ("tandems/", "programm/", "daten/")
    before = inputs(site)
    site.edit("content/news/2021/meldung.md", "zeigt, wie es geht", "zeigt es allen")
    after = inputs(site)
    assert {path: after[path] for path in drawn} == {path: before[path] for path in drawn}
    assert after["aktuelles/"] != before["aktuelles/"]
    site.edit("content/tandems/musterstadt-beispielhausen.yaml", "2021-07-01", "2021-08-01")
    assert all(inputs(site)[path] != before[path] for path in drawn)


def test_a_page_that_links_to_an_article_follows_it(site: MiniSite) -> None:
    site.write(
        "content/pages/daten.md",
        "---\ntitle: Daten\nlead: Vorspann.\nlayout: data\n---\nSiehe [die Meldung](news:meldung).\n",
    )
    assert "/aktuelles/2021/meldung/" in (rendered(site) and site.html("daten"))
    site.edit("content/news/2021/meldung.md", "published: 2021-07-08", "published: 2021-07-08\ndraft: true")
    rendered(site)
    assert "/aktuelles/2021/meldung/" not in site.html("daten")


def inputs(site: MiniSite) -> dict[str, tuple[str, ...]]:
    """Return what each page is made from."""
    examined = site.examine()
    assert examined.site is not None, examined.diagnostics
    return {page.path: page.inputs() for page in examined.site.plan.pages}


def test_a_build_with_other_names_for_assets_does_not_pass_for_this_one(tmp_path: Path):
    site = MiniSite(tmp_path, NETWORK)
    assert site.build(fingerprints=False).published is not None
    assert (site.output / "assets/site.css").is_file()
    assert 'href="/assets/site.css"' in site.html("")
    # With plain names, a changed style sheet changes no page.
    site.edit("templates/assets/site.css", "@layer", "/* neu */ @layer")
    assert not site.build(fingerprints=False).reasons
    assert site.build().reasons
    assert not (site.output / "assets/site.css").exists()
