"""Languages: every page leads to the others, says where there is none, and marks what is in another language."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html

from tests.minisite import NETWORK, ROOT, SITE, MiniSite

START = """
---
title: Willkommen
lead: Ein erfundener Vorspann.
layout: home
updated: 2022-01-10
---
Mehr über [Musterstadt](city:musterstadt).
"""
START_EN = """
---
title: Welcome
lead: An invented lead.
updated: 2022-01-10
---
More on [Musterstadt](city:musterstadt) and the [programme](page:programm).
"""
START_SIMPLE = """
---
title: Willkommen in einfachen Worten
lead: Kurze Sätze.
updated: 2022-01-10
---
Das ist leicht.
"""
PROGRAMM = """
---
title: Das erfundene Programm
lead: Ein erfundener Vorspann.
updated: 2022-01-10
---
Ein erfundener Text.
"""
PROGRAMM_EN = """
---
title: The invented programme
short_title: Programme
lead: An invented lead.
updated: 2022-01-10
---
See [questions](page:fragen).
"""
FRAGEN = """
---
title: Fragen
lead: Ein erfundener Vorspann.
updated: 2022-01-10
---
Ein erfundener Text.
"""
PAGES = {
    **NETWORK,
    "content/pages/start.md": START,
    "content/pages/start.en.md": START_EN,
    "content/pages/start.de-simple.md": START_SIMPLE,
    "content/pages/programm.md": PROGRAMM,
    "content/pages/programm.en.md": PROGRAMM_EN,
    "content/pages/fragen.md": FRAGEN,
}
CONFIG = f"{SITE}navigation: [programm, fragen]\nfooter: [fragen]\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> MiniSite:
    made = MiniSite(tmp_path_factory.mktemp("languages"), PAGES)
    made.write("site.yaml", CONFIG)
    assert made.build().published is not None
    return made


def page(site: MiniSite, path: str) -> html.HtmlElement:
    return html.fromstring(site.html(path))


def switch(site: MiniSite, path: str) -> list[tuple[str, str, str]]:
    """Return what the language switch of a page offers: words, address, language."""
    links = page(site, path).xpath('//nav[@class="languages"]//a')
    assert all(link.get("lang") == link.get("hreflang") for link in links)
    return [(link.text, link.get("href"), link.get("hreflang")) for link in links]


class TestSwitch:
    def test_it_leads_to_the_same_page(self, site: MiniSite) -> None:
        assert switch(site, "") == [("English", "/en/", "en"), ("Einfache Sprache", "/einfach/", "de-simple")]
        assert switch(site, "en/programm")[0] == ("Deutsch", "/programm/", "de")

    def test_or_says_that_there_is_none_and_leads_home(self, site: MiniSite) -> None:
        home = [
            ("English (home page)", "/en/", "en"),
            ("Einfache Sprache (Startseite)", "/einfach/", "de-simple"),
        ]
        assert switch(site, "fragen") == home
        assert switch(site, "staedte") == home
        assert switch(site, "staedte/musterstadt") == home
        assert switch(site, "en/programm")[1] == home[1]

    def test_a_language_without_a_home_page_is_not_offered(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, {key: text for key, text in PAGES.items() if "start." not in key})
        site.build()
        assert switch(site, "fragen") == []
        assert switch(site, "programm") == [("English", "/en/programm/", "en")]

    def test_the_page_for_wrong_addresses_has_one_too(self, site: MiniSite) -> None:
        assert 'href="/en/" hreflang="en"' in (site.output / "404.html").read_text("utf-8")


class TestPlainLanguage:
    def test_a_german_page_offers_it_where_it_begins(self, site: MiniSite) -> None:
        (link,) = page(site, "").xpath('//p[@class="language-note"]/a')
        assert (link.text, link.get("href")) == ("Diese Seite in einfacher Sprache", "/einfach/")
        assert not page(site, "programm").xpath('//p[@class="language-note"]')
        assert not page(site, "en").xpath('//p[@class="language-note"]')

    def test_it_says_what_it_is(self, site: MiniSite) -> None:
        assert page(site, "einfach").xpath('//p[@class="language-note"]/text()') == ["Einfache Sprache"]

    def test_leichte_sprache_is_what_somebody_tested(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, PAGES)
        site.edit(
            "content/pages/start.de-simple.md", "updated:", "reviewed_by: Prüfgruppe Musterstadt\nupdated:"
        )
        site.build()
        (note,) = page(site, "einfach").xpath('//p[@class="language-note"]/text()')
        assert note == "Leichte Sprache, geprüft von Prüfgruppe Musterstadt"
        assert switch(site, "")[1][0] == "Leichte Sprache"
        (link,) = page(site, "").xpath('//p[@class="language-note"]/a')
        assert link.text == "Diese Seite in Leichter Sprache"


class TestMarks:
    @pytest.mark.parametrize(("path", "language"), [("", "de"), ("en", "en"), ("einfach", "de-simple")])
    def test_a_page_says_its_language(self, site: MiniSite, path: str, language: str) -> None:
        assert page(site, path).get("lang") == language

    def test_english_words_for_german_lists(self, site: MiniSite) -> None:
        (link,) = page(site, "en").xpath('//nav[@class="site-nav"]//a[@href="/staedte/"]')
        assert (link.text, link.get("hreflang"), link.get("lang")) == (
            "Cities and municipalities",
            "de",
            None,
        )

    def test_german_words_for_german_pages(self, site: MiniSite) -> None:
        for link in page(site, "en").xpath('//a[@href="/fragen/"]'):
            assert (link.text, link.get("hreflang"), link.get("lang")) == ("Fragen", "de", "de")

    def test_english_words_for_english_pages(self, site: MiniSite) -> None:
        (link,) = page(site, "en").xpath('//nav[@class="site-nav"]//a[@href="/en/programm/"]')
        assert (link.text, link.get("hreflang"), link.get("lang")) == ("Programme", None, None)

    def test_links_in_a_text_say_where_they_lead(self, site: MiniSite) -> None:
        prose = page(site, "en").xpath('//div[@class="prose"]//a')
        assert [(link.get("href"), link.get("hreflang")) for link in prose] == [
            ("/staedte/musterstadt/", "de"),
            ("/en/programm/", None),
        ]

    def test_german_pages_mark_nothing(self, site: MiniSite) -> None:
        for path in ("", "programm", "staedte/musterstadt"):
            assert not page(site, path).xpath('//a[@hreflang="de"] | //body//*[@lang="de"]')


def versions(tree: html.HtmlElement) -> dict[str, str]:
    return {
        link.get("hreflang"): link.get("href")
        for link in tree.xpath('//head/link[@rel="alternate"][@hreflang]')
    }


class TestSearchEngines:
    def test_translations_name_each_other_and_themselves(self, site: MiniSite) -> None:
        base = "https://netz.musterstadt.de/"
        expected = {"de": f"{base}programm/", "en": f"{base}en/programm/", "x-default": f"{base}programm/"}
        assert versions(page(site, "programm")) == expected
        assert versions(page(site, "en/programm")) == expected

    def test_what_is_not_translated_names_none(self, site: MiniSite) -> None:
        for path in ("fragen", "staedte", "staedte/musterstadt"):
            assert versions(page(site, path)) == {}

    def test_the_sitemap_names_translations_alone(self, site: MiniSite) -> None:
        sitemap = (site.output / "sitemap.xml").read_text("utf-8")
        entry = re.search(r"<url>\s*<loc>[^<]*/fragen/</loc>.*?</url>", sitemap, re.DOTALL)
        assert entry is not None
        assert "hreflang" not in entry[0]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> dict[str, html.HtmlElement]:
    """Build the content of this repository and read every page."""
    made = MiniSite(tmp_path_factory.mktemp("real"))
    shutil.copytree(ROOT / "content", made.root / "content", dirs_exist_ok=True)
    made.write("site.yaml", (ROOT / "site.yaml").read_bytes())
    assert made.build("2026-11-24").published is not None
    return {
        f"/{path.relative_to(made.output).as_posix().removesuffix('index.html')}": html.fromstring(
            path.read_text("utf-8")
        )
        for path in made.output.rglob("*.html")
    }


class TestRealSite:
    MAIN = (
        "",
        "programm",
        "tandems-erklaert",
        "mitglied-werden",
        "impressum",
        "datenschutz",
        "barrierefreiheit",
    )

    @pytest.mark.parametrize("path", [*MAIN, "faq", "presse"])
    def test_the_main_pages_are_there_in_english(self, real: dict[str, html.HtmlElement], path: str) -> None:
        assert f"/en/{path}/".replace("//", "/") in real

    @pytest.mark.parametrize("path", ["", "programm/", "barrierefreiheit/"])
    def test_and_in_plain_german(self, real: dict[str, html.HtmlElement], path: str) -> None:
        tree = real[f"/einfach/{path}"]
        assert tree.get("lang") == "de-simple"
        assert tree.xpath('//p[@class="language-note"]/text()') == ["Einfache Sprache"]

    def test_translations_name_each_other(self, real: dict[str, html.HtmlElement]) -> None:
        for path, tree in real.items():
            named = versions(tree)
            for url in named.values():
                assert versions(real[urlsplit(url).path]) == named, path
            if named:
                assert path in {urlsplit(url).path for url in named.values()}

    def test_every_page_offers_the_other_languages(self, real: dict[str, html.HtmlElement]) -> None:
        for path, tree in real.items():
            links = tree.xpath('//nav[@class="languages"]//a')
            assert len(links) == 2, path
            for link in links:
                assert real[link.get("href")].get("lang") == link.get("hreflang"), path

    def test_links_into_another_language_say_so(self, real: dict[str, html.HtmlElement]) -> None:
        for path, tree in real.items():
            language = tree.get("lang")
            # A drawing's links have no such attribute before SVG 2; the list under the map has the same links.
            for link in tree.xpath("//body//a[@href][not(ancestor::svg)]"):
                address = urlsplit(urljoin(path, link.get("href")))
                target = real.get(address.path) if not (address.scheme or address.netloc) else None
                if target is None:
                    continue
                there = target.get("lang")
                marked = link.get("hreflang")
                if there.partition("-")[0] != language.partition("-")[0]:
                    assert marked == there, f"{path}: {link.get('href')}"
                else:
                    assert marked in (None, there), f"{path}: {link.get('href')}"
