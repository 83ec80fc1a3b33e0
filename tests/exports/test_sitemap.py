"""The sitemap's days of change: of what a page states and of what it lists."""

from __future__ import annotations

from lxml import etree

from tests.test_site import BASE, Site

SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def days(site: Site) -> dict[str, str]:
    tree = etree.fromstring(site.files["sitemap.xml"])
    return {
        url.findtext("s:loc", namespaces=SPACE).removeprefix(BASE): url.findtext(
            "s:lastmod", "", namespaces=SPACE
        )
        for url in tree.iterfind("s:url", SPACE)
    }


def test_a_page_changed_when_what_it_lists_did(rich: Site):
    found = days(rich)
    # The entry is of January, an event of it of March.
    assert found["staedte/musterstadt/"] == found["termine/tage/"] == "2022-03-04"
    assert rich.pages["staedte/musterstadt/"].all("//p[@class='stand']/time/@datetime") == ["2022-01-10"]
    assert found["staedte/beispielhausen/"] == "2022-03-04"
    assert found["presse/"] == "2022-01-10"
    assert found["daten/"] == "2022-07-01", "when a tandem was over"
    assert found["aktuelles/2022/gemein/"] == found["aktuelles/art/aufruf/"] == "2022-06-01"
