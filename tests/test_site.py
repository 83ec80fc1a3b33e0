"""Whole sites, an invented one and the real content: every page as a browser, a feed reader and a robot read it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import feedparser
import pytest
from lxml import etree, html
from PIL import Image

from stadtnetz.clock import BERLIN, Clock
from stadtnetz.diagnostics import Severity
from stadtnetz.model.kinds import KINDS
from stadtnetz.model.news import News
from stadtnetz.network.lifecycle import TandemState
from stadtnetz.network.network import Network
from stadtnetz.pipeline import build, examine
from stadtnetz.settings import Settings
from stadtnetz.site.addresses import permalink
from stadtnetz.site.names import entry_name
from tests.minisite import DISK, MELDUNG, ROOT, SITE, Files, MiniSite, snapshot
from tests.test_network import WHOLE

BASE = "https://example.org/netz/"
AS_OF = "2026-11-20"


@dataclass(frozen=True)
class Page:
    """A built page: its path below the base address, and what a parser makes of it."""

    path: str
    tree: html.HtmlElement

    def all(self, xpath: str) -> list[str]:
        """Return texts or attributes."""
        return [str(one) for one in self.tree.xpath(xpath)]

    def one(self, xpath: str) -> str:
        [found] = self.all(xpath)
        return " ".join(found.split())

    @property
    def url(self) -> str:
        return BASE + self.path

    @property
    def is_404(self) -> bool:
        return self.path == "404.html"

    @cached_property
    def ids(self) -> Counter[str]:
        return Counter(self.all("//@id"))

    @cached_property
    def links(self) -> frozenset[str]:
        """Return the paths below the base address that the page's content leads to."""
        targets = (urljoin(self.url, href) for href in self.all("//main//a/@href"))
        return frozenset(url.partition("#")[0].removeprefix(BASE) for url in targets if url.startswith(BASE))

    @cached_property
    def text(self) -> str:
        return " ".join(self.tree.xpath("string(//body)").split())


@dataclass(frozen=True)
class Site:
    """A site as it was published, with the network that it shows."""

    output: Path
    network: Network
    files: dict[str, bytes]

    @cached_property
    def pages(self) -> dict[str, Page]:
        found = {}
        for path, data in self.files.items():
            if path.endswith(".html"):
                address = path.removesuffix("index.html")
                found[address] = Page(address, html.document_fromstring(data.decode()))
        return found

    def entries(self) -> Iterator[tuple[str, str, str]]:
        """Yield kind, id and path of every visible entry that has a page of its own."""
        for kind, by_id in self.network.items.items():
            for id_, item in by_id.items():
                path = permalink(item)
                if path is not None and "#" not in path:
                    yield kind, id_, path


def published(root: Path, output: Path, as_of: str = AS_OF) -> Site:
    built = build(Settings(root, Clock.from_text(as_of), BASE), output, disk=DISK)
    wrong = [d for d in built.diagnostics if d.severity is Severity.ERROR]
    assert wrong == []
    assert built.examined.site is not None
    return Site(output, built.examined.site.network, snapshot(output))


def photograph() -> bytes:
    file = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "JPEG")
    return file.getvalue()


TEXT = """
---
title: Ein langer Text
lead: Er hat alles, was ein Text haben kann.
updated: 2022-01-10
pictures:
  - {file: feld.jpg, alt: Ein Feld, credit: Erika Muster, caption: Sommer, licence: CC-BY-4.0}
attachments:
  - {file: plan.pdf, title: Der Plan, accessible: nein}
---
Zu [Musterstadt](city:musterstadt#s-content), [draußen](https://musterstadt.de/), [hier](#zwei) und
[dort](/partner/).[^1] {#anfang}

## Eins

| a | b |
| - | - |
| 1 | 2 |

## Zwei {#zwei}

### Zwei und ein halb

Text.

## Zwei

Nochmal.

[^1]: Eine Fußnote mit [Link](topic:lesen).
"""


def short(title: str, body: str, more: str = "") -> str:
    return f"---\ntitle: {title}\nlead: Vorspann.\nupdated: 2022-01-10\n{more}---\n{body}\n"


EVERYTHING: Files = {
    **WHOLE,
    "site.yaml": SITE + "navigation: [text]\nfooter: [text, impressum]\nnews_per_page: 2\n",
    "content/pages/text.md": TEXT,
    "content/pages/text.en.md": short("A long text", "To [Musterstadt](city:musterstadt)."),
    "content/pages/text.de-simple.md": short("Ein Text", "Das ist einfach."),
    "content/pages/start.md": short("Willkommen", "Guten Tag.", "layout: home\n"),
    "content/pages/start.en.md": short("Welcome", "Hello."),
    "content/pages/impressum.md": short("Impressum", "Text.", "layout: imprint\n"),
    "content/pages/programm.md": short("Programm", "Text.", "layout: programme\n"),
    "content/pages/presse.md": short("Presse", "Text.", "layout: press\n"),
    "content/pages/daten.md": short("Daten", "Text.", "layout: data\n"),
    "content/phases/eins.yaml": "name: Phase I\ntitle: Anfang\nsummary: Es begann.\nstart: 2015\n"
    'sources: [{url: "https://musterstadt.de/eins", seen: 2022}]\n',
    "content/pages/feld.jpg": photograph(),
    "content/pages/plan.pdf": b"%PDF-1.7 erfunden",
    **{
        f"content/news/2022/nummer-{number}.md": MELDUNG.replace("2021-07-08", f"2022-0{number}-01").replace(
            "Musterstadt zeigt, wie es geht", f"Nummer {number}"
        )
        for number in range(1, 6)
    },
}


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return published(ROOT, tmp_path_factory.mktemp("real") / "output")


@pytest.fixture(scope="session")
def mini(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = MiniSite(tmp_path_factory.mktemp("mini"), EVERYTHING)
    return published(site.root, site.output)


@pytest.fixture(scope="session", params=["mini", "real"])
def site(request: pytest.FixtureRequest) -> Site:
    found: Site = request.getfixturevalue(request.param)
    return found


LOADING = (
    "//img/@src | //script/@src | //iframe/@src | //video/@src | //video/@poster | //audio/@src | //source/@src"
    " | //track/@src | //embed/@src | //object/@data | //input/@src | //link[not(@rel='canonical')]"
    "[not(@rel='alternate')]/@href | //*[local-name()='use' or local-name()='image']/@href"
)
"""What a browser fetches without being asked."""


def srcsets(page: Page) -> list[str]:
    return [part.split()[0] for value in page.all("//@srcset | //@imagesrcset") for part in value.split(",")]


class TestLinks:
    def test_every_link_and_every_place_in_a_page_exists(self, site: Site) -> None:
        wrong = []
        for page in site.pages.values():
            for href in {*page.all("//@href"), *page.all(LOADING), *srcsets(page)}:
                url = urlsplit(urljoin(page.url, href))
                if url.scheme in ("mailto", "tel") or url.netloc != "example.org":
                    continue
                path = unquote(url.path)
                if not path.startswith("/netz/") or "//" in path:
                    wrong.append(f"{page.path}: {href} leaves the site")
                    continue
                below = path.removeprefix("/netz/")
                file = f"{below}index.html" if below == "" or below.endswith("/") else below
                if file not in site.files:
                    wrong.append(f"{page.path}: {href} leads nowhere")
                elif url.fragment and unquote(url.fragment) not in site.pages[below].ids:
                    wrong.append(f"{page.path}: {href} names no place")
        assert wrong == []

    def test_no_link_of_ours_is_left_unresolved(self, site: Site) -> None:
        schemes = tuple(f"{kind}:" for kind in KINDS)
        wrong = [
            f"{page.path}: {href}"
            for page in site.pages.values()
            for href in page.all("//@href | //@src")
            if href.startswith(schemes) or not href
        ]
        assert wrong == []

    def test_nothing_is_fetched_from_elsewhere(self, site: Site) -> None:
        wrong = [
            f"{page.path}: {target}"
            for page in site.pages.values()
            for target in [*page.all(LOADING), *srcsets(page)]
            if not urljoin(page.url, target).startswith(BASE)
        ]
        for path, data in site.files.items():
            if path.endswith(".css"):
                named = re.findall(r"url\(\s*[\"']?([^\"')]+)|@import", data.decode())
                wrong += [f"{path}: {target}" for target in named if not is_own(target)]
        assert wrong == []

    def test_what_leads_outside_is_marked(self, site: Site) -> None:
        wrong = [
            f"{page.path}: {link.get('href')}"
            for page in site.pages.values()
            for link in page.tree.xpath("//a[starts-with(@href, 'http')]")
            if not link.get("href").startswith(BASE)
            and ("external" not in link.get("class", "") or "noopener" not in link.get("rel", ""))
        ]
        assert wrong == []


def is_own(target: str) -> bool:
    return bool(target) and (target.startswith("data:") or not re.match(r"(?:[a-z]+:)?//", target))


class TestFrame:
    def test_every_page_says_its_language_title_and_description(self, site: Site) -> None:
        for page in site.pages.values():
            language = page.one("/html/@lang")
            assert language == expected_language(page), page.path
            assert len(page.one("/html/head/title/text()")) > 3, page.path
            assert len(page.one("/html/head/meta[@name='description']/@content")) > 3, page.path
            assert page.one("/html/head/meta[@charset]/@charset").lower() == "utf-8"

    def test_titles_tell_pages_apart(self, site: Site) -> None:
        titles = Counter(
            (expected_language(page), page.one("/html/head/title/text()")) for page in site.pages.values()
        )
        assert [title for title, number in titles.items() if number > 1] == []

    def test_the_canonical_address_is_the_page_s_own(self, site: Site) -> None:
        for page in site.pages.values():
            assert page.all("//link[@rel='canonical']/@href") == ([] if page.is_404 else [page.url])

    def test_translations_name_each_other(self, site: Site) -> None:
        for page in site.pages.values():
            for href in page.all("/html/head/link[@rel='alternate'][@hreflang]/@href"):
                other = site.pages[href.removeprefix(BASE)]
                named = {*other.all("/html/head/link[@rel='alternate'][@hreflang]/@href"), other.url}
                assert page.url in named, f"{other.path} does not name {page.path}"

    def test_there_is_one_main_heading_and_no_level_is_skipped(self, site: Site) -> None:
        for page in site.pages.values():
            levels = [
                int(tag.tag[1])
                for tag in page.tree.xpath("//*[self::h1 or self::h2 or self::h3 or self::h4]")
            ]
            assert levels.count(1) == 1, page.path
            # Headings of boxes may stand before the main one; from there on levels go down one by one.
            for level, following in pairwise(levels):
                assert following <= level + 1, f"{page.path}: h{level} → h{following}"
            assert not page.tree.xpath(
                "//*[self::h1 or self::h2 or self::h3 or self::h4][not(normalize-space())]"
            )

    def test_no_id_is_given_twice(self, site: Site) -> None:
        wrong = {
            page.path: [id_ for id_, number in page.ids.items() if number > 1] for page in site.pages.values()
        }
        assert {path: ids for path, ids in wrong.items() if ids} == {}

    def test_what_names_an_id_names_one_of_the_page(self, site: Site) -> None:
        for page in site.pages.values():
            for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
                for ids in page.all(f"//@{name}"):
                    assert set(ids.split()) <= set(page.ids), f"{page.path}: {name}={ids}"

    def test_the_skip_link_comes_first_and_leads_to_the_content(self, site: Site) -> None:
        for page in site.pages.values():
            first = page.tree.xpath("(//body//a)[1]")[0]
            assert first.get("href", "").startswith("#"), page.path
            assert page.tree.xpath("//main/@id") == [first.get("href")[1:]]

    def test_the_main_navigation_has_a_name(self, site: Site) -> None:
        for page in site.pages.values():
            labels = page.all("//nav/@aria-label | //nav/@aria-labelledby")
            assert len(labels) == len(page.tree.xpath("//nav")), page.path
            assert len(set(labels)) == len(labels), page.path
            assert page.tree.xpath(
                "//header//nav[@aria-label='Hauptnavigation' or @aria-label='Main navigation']//a"
            )

    def test_the_breadcrumb_leads_from_home_to_here(self, site: Site) -> None:
        homes = {"", "en/", "einfach/"} & set(site.pages)
        for page in site.pages.values():
            crumbs = page.tree.xpath("//nav[contains(@class, 'breadcrumb')]//li")
            if page.path in homes or page.is_404:
                assert crumbs == [], page.path
                continue
            assert len(crumbs) >= 2, page.path
            assert urljoin(page.url, crumbs[0].xpath(".//a/@href")[0]).removeprefix(BASE) in homes
            assert crumbs[-1].xpath(".//@aria-current") == ["page"], page.path
            assert crumbs[-1].text_content().strip()

    def test_every_page_says_what_day_it_holds_for(self, site: Site) -> None:
        for page in site.pages.values():
            if page.is_404 or EMPTY in page.text:
                continue
            stands = page.all("//p[@class='stand']/time/@datetime")
            assert len(stands) == 1, page.path
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", stands[0]), page.path

    def test_the_footer_has_the_legal_links(self, site: Site) -> None:
        legal = [f"/netz/{id_}/" for id_ in site.network.site.footer]
        assert legal
        for page in site.pages.values():
            ends = [
                href.replace("/netz/en/", "/netz/").replace("/netz/einfach/", "/netz/")
                for href in page.all("//footer//a/@href")
            ]
            assert set(legal) <= set(ends), page.path
            assert "/netz/a-z/" in ends, page.path


def expected_language(page: Page) -> str:
    prefix = page.path.partition("/")[0]
    return {"en": "en", "einfach": "de-simple"}.get(prefix, "de")


EMPTY = "noch kein"
"""Where nothing is recorded, nothing has a day."""


class TestSafety:
    def test_no_page_runs_code_of_its_own(self, site: Site) -> None:
        wrong = []
        for page in site.pages.values():
            data = "application/ld+json", "application/json"
            inline = [s for s in page.tree.xpath("//script[not(@src)]") if s.get("type") not in data]
            wrong += [f"{page.path}: inline script" for _ in inline]
            wrong += [f"{page.path}: {name}" for name in page.all("//@*[starts-with(name(), 'on')]")]
            wrong += [f"{page.path}: inline style" for _ in page.tree.xpath("//@style | //body//style")]
            wrong += [
                f"{page.path}: javascript:" for href in page.all("//@href") if "script:" in href.lower()
            ]
            wrong += [
                f"{page.path}: {tag.tag}" for tag in page.tree.xpath("//iframe | //object | //embed | //base")
            ]
        assert wrong == []

    def test_internal_notes_stay_inside(self, site: Site) -> None:
        whole = "\n".join(page.text for page in site.pages.values())
        for by_id in site.network.items.values():
            for item in by_id.values():
                for note in [item.entry.note, *(one.texts.note for one in item.translations.values())]:
                    assert note is None or " ".join(note.split()) not in whole, item.path

    def test_no_word_of_a_programmer_gets_out(self, site: Site) -> None:
        for page in site.pages.values():
            assert not re.search(
                r"\{\{|\}\}|\{%|%\(\w+\)s|\bNone\b|<stadtnetz|Markup\(|object at 0x", page.text
            ), page.path

    def test_only_what_belongs_to_the_site_is_there(self, site: Site) -> None:
        allowed = re.compile(
            r"\.stadtnetz|[a-z0-9/-]*index\.html|404\.html|(?:feed|sitemap)\.xml|robots\.txt"
            r"|(?:assets|bilder|dateien|videos|suche/index)/[\w./-]+|aktuelles/(?:ort|thema|art)/[a-z0-9-]+/feed\.xml"
            r"|staedte/land/[a-z-]+/feed\.xml|termine/termine\.ics|termine/[a-z0-9-]+/termin\.ics"
            r"|staedte/[a-z0-9-]+/termine\.ics|[a-z0-9/-]+/kontakt\.vcf"
            r"|\.htaccess|\.nginx\.conf|\.nojekyll|_headers|\.well-known/build\.json"
            r"|daten/[a-z]+\.(?:csv|json|geojson|schema\.json|csv-metadata\.json)"
        )
        assert [path for path in site.files if not allowed.fullmatch(path)] == []


class TestEntries:
    def test_every_visible_entry_has_its_page_with_its_name(self, site: Site) -> None:
        for kind, id_, path in site.entries():
            assert path in site.pages, f"{kind}:{id_}"
            if kind != "tandem":
                name = entry_name(site.network.items[kind][id_].entry)
                heading = " ".join(site.pages[path].tree.xpath("string(//h1)").split())
                assert heading == " ".join(name.split()), path

    def test_every_entry_is_reached_from_its_overview(self, site: Site) -> None:
        overviews = {
            "city": ["staedte/", "staedte/a-z/", "a-z/"],
            "partner": ["partner/", "a-z/"],
            "tandem": ["tandems/", "a-z/"],
            "event": ["termine/", "termine/archiv/", "a-z/"],
            "network": ["netzwerke/", "a-z/"],
            "topic": ["themen/", "a-z/"],
            "page": ["a-z/"],
            "news": [path for path in site.pages if re.fullmatch(r"aktuelles/(?:seite/\d+/)?", path)],
        }
        either = ("event", "news")
        for kind, id_, path in site.entries():
            lists = [site.pages[overview].links for overview in overviews[kind]]
            if kind in either:
                assert any(path in links for links in lists), f"{kind}:{id_}"
            else:
                assert all(path in links for links in lists), f"{kind}:{id_}"

    def test_every_page_can_be_reached_from_the_first(self, site: Site) -> None:
        reached: set[str] = set()
        waiting = [""]
        while waiting:
            path = waiting.pop()
            if path in reached or path not in site.pages:
                continue
            reached.add(path)
            page = site.pages[path]
            targets = (urljoin(page.url, href).partition("#")[0] for href in page.all("//a/@href"))
            waiting += [url.removeprefix(BASE) for url in targets if url.startswith(BASE)]
        assert {path for path in site.pages if path not in reached} <= {"404.html"}

    def test_a_page_leads_to_every_entry_that_its_entry_names(self, site: Site) -> None:
        wrong = []
        for kind, id_, path in site.entries():
            for reference in site.network.items[kind][id_].targets:
                target = site.network.items[reference.kind].get(reference.id)
                there = permalink(target) if target is not None else None
                if (
                    there is not None
                    and reference.kind != "background"
                    and there not in site.pages[path].links
                ):
                    wrong.append(f"{path} does not lead to {there}")
        assert wrong == []

    def test_and_they_lead_back(self, site: Site) -> None:
        wrong = []
        for kind, id_, path in site.entries():
            for reference in site.network.items[kind][id_].targets:
                target = site.network.items[reference.kind].get(reference.id)
                there = permalink(target) if target is not None else None
                if there is None or reference.kind in ("background", "page"):
                    continue
                # A place with much news shows the latest, and leads to the list of all.
                more = (
                    f"aktuelles/ort/{reference.id}/" if kind == "news" and reference.kind == "city" else path
                )
                if not {path, more} & site.pages[there].links or more not in site.pages:
                    wrong.append(f"{there} does not lead to {path}")
        assert wrong == []

    def test_lists_of_a_topic_and_a_place_have_all_their_news(self, site: Site) -> None:
        for kind, folder in (("topic", "thema"), ("city", "ort")):
            for id_ in site.network.items[kind]:
                start = f"aktuelles/{folder}/{id_}/"
                shown = {
                    link for path, page in site.pages.items() if path.startswith(start) for link in page.links
                }
                for news in site.network.related(kind, id_, "news"):
                    assert permalink(site.network.news[news]) in shown, f"{start}: {news}"

    def test_further_pages_of_a_list_lead_to_what_narrows_it(self, site: Site) -> None:
        pages = [path for path in site.pages if re.fullmatch(r"aktuelles/(?:\w+/)*seite/\d+/", path)]
        assert pages
        for path in pages:
            page, first = site.pages[path], path.partition("seite/")[0]
            assert not page.tree.xpath("//nav[@class='facets']"), path
            leads = {urljoin(page.url, address) for address in page.tree.xpath("//main//a/@href")}
            assert f"{BASE}{first}#s-facets" in leads, path
            assert site.pages[first].tree.xpath("//nav[@id='s-facets']"), path

    def test_numbers_beside_choices_are_those_of_the_lists(self, site: Site) -> None:
        for page in site.pages.values():
            for value in page.tree.xpath("//nav[@class='facets']//li/a"):
                path = urljoin(page.url, value.get("href")).removeprefix(BASE)
                number = int(value.xpath("string(span[@class='facet__number'])").strip() or -1)
                if path.startswith(("staedte/land/", "partner/ebene/")):
                    kind = "city" if path.startswith("staedte") else "partner"
                    entries = site.pages[path].tree.xpath(
                        f"//main//article[contains(@class, 'card--{kind}')]"
                    )
                    assert len(entries) == number, f"{page.path} → {path}"


class TestMachines:
    def test_a_feed_reader_finds_the_newest_news(self, site: Site) -> None:
        feed = feedparser.parse(site.files["feed.xml"])
        assert not feed.bozo, feed.get("bozo_exception")
        newest = sorted(
            site.network.news.values(),
            key=lambda item: (-item.entry.published.starts(BERLIN).timestamp(), item.id),
        )[:30]
        assert [entry.link for entry in feed.entries] == [f"{BASE}{permalink(item)}" for item in newest]
        assert [entry.title for entry in feed.entries] == [item.entry.title for item in newest]
        assert [link.href for link in feed.feed.links if link.rel == "self"] == [f"{BASE}feed.xml"]
        assert len({entry.id for entry in feed.entries}) == len(feed.entries)
        for entry in feed.entries:
            assert entry.published_parsed <= entry.updated_parsed
            assert entry.summary
        for page in site.pages.values():
            feeds = page.all("//link[@type='application/atom+xml']/@href")
            assert feeds.count("/netz/feed.xml") == 1
            assert {href.removeprefix("/netz/") for href in feeds} <= site.files.keys()

    def test_an_item_keeps_its_id_when_the_site_moves(self, mini: Site, tmp_path: Path) -> None:
        other = MiniSite(tmp_path, EVERYTHING)
        other.build(AS_OF)
        moved = feedparser.parse((other.output / "feed.xml").read_bytes())
        here = feedparser.parse(mini.files["feed.xml"])
        assert [entry.id for entry in moved.entries] == [entry.id for entry in here.entries]
        assert moved.feed.id == here.feed.id

    def test_the_sitemap_has_every_page_and_no_other(self, site: Site) -> None:
        space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
        tree = etree.fromstring(site.files["sitemap.xml"])
        assert tree.tag == f"{{{space['s']}}}urlset"
        found = [str(loc) for loc in tree.xpath("//s:url/s:loc/text()", namespaces=space)]
        assert sorted(found) == sorted(page.url for page in site.pages.values() if not page.is_404)
        assert len(found) == len(set(found))
        for day in tree.xpath("//s:lastmod/text()", namespaces=space):
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", day)
        for href in tree.xpath("//*[local-name()='link']/@href"):
            assert href.removeprefix(BASE) in site.pages

    def test_robots_are_told_where_it_is(self, site: Site) -> None:
        assert f"Sitemap: {BASE}sitemap.xml" in site.files["robots.txt"].decode().splitlines()


class TestEditions:
    def test_english_and_simple_pages_stand_beside_the_german_ones(self, site: Site) -> None:
        for language, prefix in (("en", "en/"), ("de-simple", "einfach/")):
            translated = [
                id_
                for id_, item in site.network.pages.items()
                if language in item.translations and not item.translations[language].texts.draft
            ]
            assert translated
            for id_ in translated:
                path = prefix + ("" if id_ == "start" else f"{id_}/")
                title = site.network.pages[id_].translations[language].texts.title
                assert site.pages[path].one("//h1//text()") == title
                assert [p for p in site.pages if p.startswith(prefix)]

    def test_an_english_page_speaks_english(self, site: Site) -> None:
        for page in site.pages.values():
            if page.path.startswith("en/"):
                assert "Skip to content" in page.text
                assert "Zum Inhalt springen" not in page.text


class TestRealContent:
    def test_everything_that_is_known_is_there(self, real: Site) -> None:
        numbers = Counter(kind for kind, _, _ in real.entries())
        assert (numbers["city"], numbers["partner"], numbers["tandem"]) == (109, 103, 11)
        assert numbers["news"] >= 15
        assert numbers["event"] >= 10

    def test_lueneburgs_tandem_was_open_and_still_is(self, real: Site) -> None:
        then = examine(Settings(ROOT, Clock.from_text("2022-08-01"), BASE))
        assert then.site is not None
        for network in (then.site.network, real.network):
            assert network.tandem_states["lueneburg-2022"] is TandemState.PENDING

    def test_lueneburgs_pages_say_so(self, real: Site) -> None:
        for path in ("tandems/lueneburg-2022/", "staedte/lueneburg/", "tandems/"):
            assert "noch nicht bekannt" in real.pages[path].text or "noch offen" in real.pages[path].text, (
                path
            )
        assert "31. August 2022" in real.pages["tandems/lueneburg-2022/"].text.replace("\xa0", " ")

    def test_the_model_article_leads_to_its_partners_its_tandem_and_its_city_and_they_lead_back(
        self, real: Site
    ) -> None:
        article = "aktuelles/2022/lueneburg-wird-engagierte-stadt/"
        item = real.network.news["lueneburg-wird-engagierte-stadt"]
        assert isinstance(item.entry, News)
        others = [
            "staedte/lueneburg/",
            "tandems/lueneburg-2022/",
            *(f"partner/{id_}/" for id_ in item.entry.partners),
        ]
        assert len(others) >= 7
        for other in others:
            assert other in real.pages[article].links
            assert article in real.pages[other].links
        assert "staedte/lueneburg/" in real.pages["tandems/lueneburg-2022/"].links
        assert "tandems/lueneburg-2022/" in real.pages["staedte/lueneburg/"].links

    def test_the_model_article_has_the_parts_of_a_release(self, real: Site) -> None:
        page = real.pages["aktuelles/2022/lueneburg-wird-engagierte-stadt/"]
        assert "Pressemitteilung vom 8. Juli 2022" in page.text.replace("\xa0", " ")
        assert page.one("//span[@class='dateline']/text()") == "Hansestadt Lüneburg."
        assert len(page.all("//nav[@class='contents']//a/@href")) >= 3
        assert page.tree.xpath("//aside[@class='background']//h2")
        assert page.all("//main//time/@datetime")[0] == "2022-07-08"

    def test_numbers_are_counted_and_say_for_when(self, real: Site) -> None:
        page = real.pages[""]
        shown = {
            " ".join(term.split()): int(number.replace(".", ""))
            for term, number in zip(
                [dt.text_content() for dt in page.tree.xpath("//dl[@class='counts']//dt")],
                [dd.text_content().strip() for dd in page.tree.xpath("//dl[@class='counts']//dd")],
                strict=True,
            )
        }
        assert shown["Mitglieder"] == len(real.network.member_ids)
        assert shown["Tandems"] == 11
        assert "Stand" in page.text

    def test_incomplete_pages_say_so(self, real: Site) -> None:
        for path in ("impressum/", "datenschutz/"):
            assert "noch nicht vollständig" in real.pages[path].text


class TestSameBytes:
    def built(self, site: MiniSite, name: str, **env: str) -> dict[str, bytes]:
        output = site.root.parent / name
        arguments = [
            "build.py",
            "build",
            "--root",
            site.root,
            "--output",
            output,
            "--quiet",
            "--base-url",
            BASE,
        ]
        subprocess.run(
            [sys.executable, *map(str, arguments)],
            cwd=ROOT,
            env={**os.environ, **env},
            check=True,
            capture_output=True,
        )
        return snapshot(output)

    def test_neither_hashing_nor_the_machine_s_time_zone_language_or_clock_matter(
        self, tmp_path: Path
    ) -> None:
        site = MiniSite(tmp_path, EVERYTHING)
        epoch = str(int(Clock.from_text(AS_OF).now.timestamp()))
        one = self.built(site, "one", PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C.UTF-8", SOURCE_DATE_EPOCH=epoch)
        for path in sorted(site.root.rglob("*"), reverse=True):
            os.utime(path, (1, 1))
        other = self.built(
            site,
            "other",
            PYTHONHASHSEED="4711",
            TZ="Pacific/Auckland",
            LC_ALL="de_DE.UTF-8",
            SOURCE_DATE_EPOCH=epoch,
        )
        assert one == other
        assert one["index.html"] != b""
