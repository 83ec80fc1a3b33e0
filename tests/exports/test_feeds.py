"""Feeds, read by feedparser: what is in which of them, and what an edit makes anew."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import feedparser
import pytest
from lxml import etree

from stadtnetz.clock import BERLIN
from tests.exports.rich import HIDDEN, MEAN, RICH
from tests.minisite import MELDUNG, NETWORK, MiniSite
from tests.test_site import BASE, Site

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def feeds(site: Site) -> dict[str, feedparser.FeedParserDict]:
    return {path: feedparser.parse(data) for path, data in site.files.items() if path.endswith("feed.xml")}


def test_every_feed_is_sound_and_is_where_it_says(exported: Site):
    found = feeds(exported)
    assert len(found) > 4
    for path, feed in found.items():
        assert not feed.bozo, (path, feed.get("bozo_exception"))
        assert [link.href for link in feed.feed.links if link.rel == "self"] == [BASE + path]
        home = feed.feed.link.removeprefix(BASE)
        page = exported.pages[home]
        assert f"/netz/{path}" in page.all("/html/head/link[@type='application/atom+xml']/@href")
        assert 1 <= len(feed.entries) <= 30
        assert len({entry.id for entry in feed.entries}) == len(feed.entries)
        for entry in feed.entries:
            assert entry.link.removeprefix(BASE) in exported.pages
            assert entry.summary
            assert entry.published_parsed <= entry.updated_parsed
        newest = max(datetime.fromisoformat(entry.updated) for entry in feed.entries)
        assert datetime.fromisoformat(feed.feed.updated) == newest
        tree = etree.fromstring(exported.files[path])
        assert tree.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"


def test_ids_tell_feeds_apart(exported: Site):
    ids = [feed.feed.id for feed in feeds(exported).values()]
    assert len(set(ids)) == len(ids)


def test_each_item_is_in_the_feeds_that_it_belongs_to_and_in_no_other(rich: Site):
    found = {path: [entry.title for entry in feed.entries] for path, feed in feeds(rich).items()}
    known = "Musterstadt zeigt, wie es geht"
    assert found == {
        "feed.xml": [MEAN, known],
        "aktuelles/art/aufruf/feed.xml": [MEAN],
        "aktuelles/art/pressemitteilung/feed.xml": [known],
        "aktuelles/ort/musterstadt/feed.xml": [known],
        "aktuelles/thema/lesen/feed.xml": [known],
        "staedte/land/niedersachsen/feed.xml": [known],
    }


def test_an_item_says_its_type_its_topics_and_its_places(rich: Site):
    feed = feedparser.parse(rich.files["aktuelles/ort/musterstadt/feed.xml"])
    assert [(tag.term, tag.label) for tag in feed.entries[0].tags] == [
        ("type:press-release", "Pressemitteilung"),
        ("topic:lesen", "Lesen, schreiben; rechnen"),
        ("city:musterstadt", "Musterstadt"),
    ]


def test_moments_have_the_offset_of_their_day(rich: Site):
    [entry] = feedparser.parse(rich.files["aktuelles/art/aufruf/feed.xml"]).entries
    assert (entry.published, entry.updated) == ("2022-03-27T01:30:00+01:00", "2022-06-01T00:00:00+02:00")
    assert entry.summary == MEAN
    assert entry.author == "Amt für Muster"


def test_a_page_offers_its_feed_to_readers(rich: Site):
    for path in (
        "aktuelles/",
        "aktuelles/ort/musterstadt/",
        "staedte/musterstadt/",
        "themen/lesen/",
        "presse/",
    ):
        assert rich.pages[path].all("//main//a[@type='application/atom+xml']/@href"), path
    assert not rich.pages["staedte/leerstadt/"].all("//main//a[@type='application/atom+xml']/@href")


def test_the_page_that_lists_them_has_all_feeds_and_calendars(exported: Site):
    page = exported.pages["abonnieren/"]
    listed = {href.removeprefix("/netz/") for href in page.all("//main//a/@href")}
    files = {path for path in exported.files if path.endswith(("feed.xml", "termine.ics"))}
    assert files <= listed
    footers = [
        one.all("//footer//a[contains(@href, 'abonnieren/')]/@href") for one in exported.pages.values()
    ]
    assert all(len(hrefs) == 1 for hrefs in footers)


def test_a_text_under_embargo_leaves_no_trace(rich: Site):
    wrong = [
        path
        for path, data in rich.files.items()
        if HIDDEN.encode() in data or HIDDEN.lower().encode() in data
    ]
    assert wrong == []
    assert "aktuelles/ort/leerstadt/feed.xml" not in rich.files
    assert "aktuelles/art/portraet/feed.xml" not in rich.files


def test_the_end_of_an_embargo_is_when_an_item_is_new(tmp_path: Path):
    site = MiniSite(tmp_path, RICH)
    site.build("2022-09-01T10:00")
    feed = feedparser.parse((site.output / "aktuelles/ort/leerstadt/feed.xml").read_bytes())
    [entry] = feed.entries
    assert datetime.fromisoformat(entry.updated) == datetime(2022, 9, 1, 10, tzinfo=BERLIN)
    assert datetime.fromisoformat(entry.published) == datetime(2022, 1, 5, tzinfo=BERLIN)


OTHER = MELDUNG.replace("cities: [musterstadt]", "cities: [beispielhausen]").replace(
    "press-release", "review"
)


@pytest.fixture
def two(tmp_path: Path) -> MiniSite:
    site = MiniSite(tmp_path, {**NETWORK, "content/news/2022/andere.md": OTHER})
    site.build()
    return site


def made(site: MiniSite) -> set[str]:
    return {file for file in site.build().reasons if file.endswith("feed.xml")}


def test_an_edited_title_makes_the_feeds_that_have_it(two: MiniSite):
    two.edit("content/news/2022/andere.md", "wie es geht", "wie es auch geht")
    assert made(two) == {
        "feed.xml",
        "aktuelles/art/rueckblick/feed.xml",
        "aktuelles/ort/beispielhausen/feed.xml",
        "staedte/land/niedersachsen/feed.xml",
    }


def test_an_edited_body_makes_no_feed(two: MiniSite):
    two.edit("content/news/2022/andere.md", "erfundener Text", "neuer Text")
    assert made(two) == set()


def test_a_renamed_city_makes_the_feeds_that_name_it(two: MiniSite):
    two.edit("content/cities/musterstadt.yaml", "name: Musterstadt", "name: Neustadt")
    assert "aktuelles/ort/musterstadt/feed.xml" in made(two)
    two.edit("content/cities/musterstadt.yaml", "lat: 52.5", "lat: 52.6")
    assert made(two) == set()


def test_a_feed_keeps_the_newest(tmp_path: Path):
    news = {
        f"content/news/2022/nummer-{number:02}.md": MELDUNG.replace(
            "published: 2021-07-08", f"published: 2022-01-{number:02}"
        )
        for number in range(1, 32)
    }
    site = MiniSite(tmp_path, {**NETWORK, **news})
    site.build()
    feed = feedparser.parse((site.output / "aktuelles/ort/musterstadt/feed.xml").read_bytes())
    assert [entry.link.rstrip("/")[-2:] for entry in feed.entries] == [
        f"{day:02}" for day in range(31, 1, -1)
    ]
