"""On paper: a press release that looks like one, whatever the screen shows."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.host import Host
from tests.browser.kinds import KINDS

A4 = (595, 842)
ADDRESS = "aktuelles/2022/lueneburg-wird-engagierte-stadt/"


def pages_of(document: bytes) -> list[tuple[int, int]]:
    """Return the size of every page of a PDF, in points; Chromium writes these parts in plain text."""
    count = len(re.findall(rb"/Type\s*/Page\b", document))
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", document)
    sizes = [(round(float(width)), round(float(height))) for width, height in boxes]
    assert len(sizes) == count
    return sizes


def on_paper(page: Page) -> str:
    """Return the words that would be printed, in their order, each space a plain one."""
    page.emulate_media(media="print")
    return re.sub(r"\s+", " ", page.locator("body").inner_text())


def test_a_release_is_two_pages_of_a4(page: Page, site: Host):
    page.goto(site.at(KINDS["article"]))
    document = page.pdf(prefer_css_page_size=True)
    assert len(document) < 200_000
    assert pages_of(document) == [A4, A4]


def test_a_release_reads_in_its_order(page: Page, site: Host):
    page.goto(site.at(KINDS["article"]))
    words = on_paper(page)
    order = [
        "Engagierte Stadt – das Netzwerk",
        "Pressemitteilung vom 8. Juli 2022",
        "Mehr Beteiligung, mehr Rückhalt für das Ehrenamt",
        "Lüneburg wird „Engagierte Stadt“",
        "HANSESTADT LÜNEBURG.",
        "Wissen statt Geld",
        "Eine Tandemstadt steht zur Seite",
        "Zum Programm Stand: 8. Juli 2022",
        "Kontakt für Rückfragen",
        "Herausgegeben von",
        "Quellen",
        f"Diese Seite im Netz: {site.at(ADDRESS)}",
    ]
    places = [words.find(part) for part in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)
    for gone in (
        "Menü",
        "Zum Inhalt",
        "Startseite",
        "Auf dieser Seite",
        "Impressum",
        "English",
        "Darstellung",
    ):
        assert gone not in words


def test_sources_carry_their_addresses(page: Page, site: Host):
    page.goto(site.at(KINDS["article"]))
    page.emulate_media(media="print")
    printed = page.locator(".section--sources .external").evaluate_all(
        "(all) => all.map((one) => [one.href, getComputedStyle(one, '::after').content])"
    )
    assert printed
    assert [f'" (" "{address}" ")"' for address, _ in printed] == [shown for _, shown in printed] or [
        f'" ({address})"' for address, _ in printed
    ] == [shown for _, shown in printed]
    inner = page.locator(".prose a:not(.external)").first
    assert inner.evaluate("(one) => getComputedStyle(one, '::after').content") == "none"


@pytest.mark.parametrize("scheme", ["dark", "contrast"])
def test_what_the_screen_shows_does_not_matter(browser: Browser, site: Host, scheme: str):
    context = browser.new_context(color_scheme="dark", contrast="more")
    page = context.new_page()
    page.goto(site.at(KINDS["article"]))
    page.evaluate(
        "(scheme) => Object.assign(document.documentElement.dataset, {scheme, textSize: '200'})", scheme
    )
    page.get_by_role("button", name="Darstellung").click()
    assert pages_of(page.pdf(prefer_css_page_size=True)) == [A4, A4]
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.locator(".display").is_visible()
    context.close()


def test_a_city_on_paper_keeps_whom_to_ask(page: Page, site: Host):
    page.goto(site.at(KINDS["city"]))
    words = on_paper(page)
    for part in ("Lüneburg", "Der Weg durch das Programm", "Wen fragen?", "Partner", "Quellen"):
        assert part in words
    assert set(pages_of(page.pdf(prefer_css_page_size=True))) == {A4}
