"""JSON-LD, expanded by pyld without a network, and Open Graph."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html
from markupsafe import Markup
from pyld import jsonld

from stadtnetz.dates import PartialDate
from stadtnetz.site.structured.pages import iso
from stadtnetz.site.structured.questions import questions_thing
from stadtnetz.site.structured.script import linked_data
from tests.exports.rich import MEAN
from tests.test_site import BASE, Page, Site

SCHEMA = "https://schema.org/"
TYPES = {
    "AdministrativeArea", "Answer", "Audience", "BreadcrumbList", "City", "CollectionPage", "ContactPoint",
    "DataCatalog", "DataDownload", "Dataset", "Event", "FAQPage", "GeoCoordinates", "GovernmentOrganization",
    "ListItem", "NewsArticle", "Offer", "Organization", "Place", "Question", "State", "Thing",
    "VirtualLocation", "WebPage", "WebSite",
}  # fmt: skip
"""Types that https://schema.org/docs/full.html has; a typing error would go unnoticed otherwise."""


def local(url: str, _: object) -> dict[str, Any]:
    """Stand for the context that a search engine knows: every word is one of schema.org."""
    assert url == "https://schema.org"
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url,
            "document": {"@context": {"@vocab": SCHEMA}}}  # fmt: skip


def things(page: Page) -> list[dict[str, Any]]:
    [text] = page.all("/html/head/script[@type='application/ld+json']/text()")
    graph = json.loads(text)
    assert graph["@context"] == "https://schema.org"
    found: list[dict[str, Any]] = graph["@graph"]
    return found


def of_type(page: Page, kind: str) -> dict[str, Any]:
    [found] = [thing for thing in things(page) if thing.get("@type") == kind]
    return found


def all_types(value: object) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(all_types, value))
    if isinstance(value, dict):
        own = value.get("@type", [])
        return set(own if isinstance(own, list) else [own]).union(*map(all_types, value.values()))
    return set()


def all_values(value: object) -> list[object]:
    if isinstance(value, list):
        return [one for item in value for one in all_values(item)]
    if isinstance(value, dict):
        return [one for item in value.values() for one in all_values(item)]
    return [value]


def test_every_page_has_one_graph_that_expands(exported: Site):
    for page in exported.pages.values():
        found = things(page)
        expanded = jsonld.expand(
            {"@context": "https://schema.org", "@graph": found}, {"documentLoader": local}
        )
        assert len(expanded) == len(found), page.path
        assert all_types(expanded) <= {SCHEMA + name for name in TYPES}, page.path
        assert not any(one in (None, "") for one in all_values(found)), page.path


def test_every_page_names_the_site_and_the_way_to_it(exported: Site):
    for page in exported.pages.values():
        assert of_type(page, "WebSite")["url"].startswith(BASE)
        crumbs = page.all("//nav[@class='breadcrumb']//li")
        lists = [one for one in things(page) if one.get("@type") == "BreadcrumbList"]
        assert len(lists) == (1 if crumbs else 0)
        for one in lists:
            items = one["itemListElement"]
            assert [item["position"] for item in items] == list(range(1, len(crumbs) + 1))
            assert items[-1]["item"] == page.url
            texts = page.tree.xpath("//nav[@class='breadcrumb']//li")
            assert [item["name"] for item in items] == [" ".join(li.text_content().split()) for li in texts]


def test_addresses_of_ours_lead_to_pages(exported: Site):
    for page in exported.pages.values():
        for value in all_values(things(page)):
            if isinstance(value, str) and value.startswith(BASE):
                path = value.partition("#")[0].removeprefix(BASE)
                assert path in exported.pages or path in exported.files, f"{page.path}: {value}"


def test_an_article(rich: Site):
    thing = of_type(rich.pages["aktuelles/2022/gemein/"], "NewsArticle")
    assert thing["headline"] == MEAN
    assert thing["datePublished"] == "2022-03-27T01:30:00+01:00"
    assert thing["dateModified"] == "2022-06-01"
    assert thing["author"] == {"@type": "Organization", "name": "Amt für Muster"}
    assert thing["publisher"] == {"@type": "Organization", "name": "Verein Musternetz"}
    assert (thing["articleSection"], thing["inLanguage"]) == ("Aufruf", "de")
    other = of_type(rich.pages["aktuelles/2021/meldung/"], "NewsArticle")
    assert [one["name"] for one in other["about"]] == ["Musterstadt", "Lesen, schreiben; rechnen"]


def test_events(rich: Site):
    evening = of_type(rich.pages["termine/abend/"], "Event")
    assert evening["startDate"] == "2022-03-26T18:30:00+01:00"
    assert evening["endDate"] == "2022-03-27T03:30:00+02:00"
    assert evening["eventAttendanceMode"] == f"{SCHEMA}MixedEventAttendanceMode"
    assert [one["@type"] for one in evening["location"]] == ["Place", "VirtualLocation"]
    assert evening["offers"]["price"] == "12.50"
    assert evening["offers"]["priceCurrency"] == "EUR"
    assert "isAccessibleForFree" not in evening
    days = of_type(rich.pages["termine/tage/"], "Event")
    assert (days["startDate"], days["endDate"], days["isAccessibleForFree"]) == (
        "2022-10-29",
        "2022-10-30",
        True,
    )
    assert days["location"] == [{"@type": "Place", "name": "Saal", "address": "Weg 1, 12345 Musterstadt"}]
    assert of_type(rich.pages["termine/ungenau/"], "Event")["startDate"] == "2023-06"
    parts = of_type(rich.pages["termine/reihe/"], "Event")["subEvent"]
    assert [one["startDate"] for one in parts] == ["2022-11-03T19:00:00+01:00", "2022-12-01"]


@pytest.mark.parametrize(
    ("event", "status"),
    [
        ("abgesagt", "EventCancelled"),
        ("verschoben", "EventRescheduled"),
        ("voll", "EventScheduled"),
        ("tage", "EventScheduled"),
    ],
)
def test_the_status_of_an_event(rich: Site, event: str, status: str):
    thing = of_type(rich.pages[f"termine/{event}/"], "Event")
    assert thing["eventStatus"] == SCHEMA + status
    assert (thing.get("offers", {}).get("availability") == f"{SCHEMA}SoldOut") == (event == "voll")


def test_an_event_online_has_no_place(rich: Site):
    thing = of_type(rich.pages["termine/online/"], "Event")
    assert thing["eventAttendanceMode"] == f"{SCHEMA}OnlineEventAttendanceMode"
    assert [one["@type"] for one in thing["location"]] == ["VirtualLocation"]


def test_places_and_partners(rich: Site):
    city = of_type(rich.pages["staedte/musterstadt/"], "City")
    assert city["geo"] == {"@type": "GeoCoordinates", "latitude": 52.5, "longitude": 9.7}
    assert city["containedInPlace"]["identifier"] == "DE-NI"
    assert city["sameAs"] == "https://musterstadt.de/"
    of_type(rich.pages["staedte/beispielhausen/"], "AdministrativeArea")
    office = of_type(rich.pages["partner/amt/"], "GovernmentOrganization")
    assert [one["name"] for one in office["areaServed"]] == ["Musterstadt"]
    of_type(rich.pages["partner/verein/"], "Organization")
    tandem = things(rich.pages["tandems/musterstadt-beispielhausen/"])[-1]
    assert [one["name"] for one in tandem["about"]] == ["Musterstadt", "Beispielhausen"]


def test_questions_where_there_are_some(rich: Site):
    found = of_type(rich.pages["fragen/"], "FAQPage")["mainEntity"]
    assert [(one["name"], one["acceptedAnswer"]["text"]) for one in found] == [
        ("Gibt es Geld?", "Nein, nie & nimmer."),
        ("Warum?", "Darum."),
        ("Wann?", "Jetzt"),
    ]
    assert "FAQPage" not in all_types(things(rich.pages["presse/"]))
    assert questions_thing("<h2>Eins?</h2><p>a</p><h2>Zwei</h2>", "") is None
    assert questions_thing("<h2>Eins?</h2><p>a</p>", "") is None


def test_an_answer_is_plain_text_whatever_kind_of_text_it_was():
    found = questions_thing(
        Markup("<h2>Eins?</h2><p>a &lt; <em>b</em></p><h2>Zwei?</h2><ul><li>c</li></ul>"), ""
    )
    assert found is not None
    answers = [one["acceptedAnswer"]["text"] for one in found["mainEntity"]]
    assert answers == ["a < b", "c"]


def test_the_data_page_has_a_catalogue(rich: Site):
    catalogue = of_type(rich.pages["daten/"], "DataCatalog")
    for dataset in catalogue["dataset"]:
        assert "license" not in dataset, "none has been stated"
        for download in dataset["distribution"]:
            assert download["contentUrl"].removeprefix(BASE) in rich.files
    ids = {one["@id"].partition("#")[2] for one in catalogue["dataset"]}
    assert ids <= set(rich.pages["daten/"].ids)


def test_open_graph(exported: Site):
    for page in exported.pages.values():
        one = {
            name: page.all(f"/html/head/meta[@property='og:{name}']/@content")
            for name in ("title", "description", "type", "url", "site_name", "locale")
        }
        wanted = {name: 0 if name == "url" and page.is_404 else 1 for name in one}
        assert {name: len(values) for name, values in one.items()} == wanted, page.path
        own = "en_GB" if page.path.startswith("en/") else "de_DE"
        assert one["locale"] == [own]
        others = page.all("/html/head/meta[@property='og:locale:alternate']/@content")
        assert own not in others
        if "en" in page.all("/html/head/link[@rel='alternate']/@hreflang"):
            assert {own, *others} == {"de_DE", "en_GB"}


def test_open_graph_of_an_article(rich: Site):
    page = rich.pages["aktuelles/2022/gemein/"]
    assert page.one("//meta[@property='og:type']/@content") == "article"
    assert page.one("//meta[@property='article:published_time']/@content") == "2022-03-27T01:30:00+01:00"
    assert page.one("//meta[@property='article:modified_time']/@content") == "2022-06-01"
    other = rich.pages["aktuelles/2021/meldung/"]
    assert other.all("//meta[@property='article:modified_time']/@content") == []
    assert other.all("//meta[@property='article:tag']/@content") == ["Lesen, schreiben; rechnen"]


@pytest.mark.parametrize("text", ["2022", "2022-07", "2022-07-08"])
def test_dates_keep_their_precision(text: str):
    assert iso(PartialDate.parse(text)) == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
@example("</script><script>alert(1)</script>")
@example("<!--<script>")
@example("]]>&lt;/script&gt;\u2028\u2029")
def test_no_text_breaks_out_of_the_script(text: str):
    made = linked_data([{"@type": "Thing", "name": text}])
    assert not set(made) & set("<>&\u2028\u2029")
    tree = html.document_fromstring(
        f'<!DOCTYPE html><html><head><script type="application/ld+json">{made}</script></head>'
        "<body><p>x</p></body></html>"
    )
    assert [one.tag for one in tree.iter()] == ["html", "head", "script", "body", "p"]
    assert json.loads(tree.xpath("//script/text()")[0])["@graph"][0]["name"] == text
