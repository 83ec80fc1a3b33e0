"""The ways that readers take through the site, without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.host import Host
from tests.browser.kinds import KINDS

ARTICLE = KINDS["article"]


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def follow(page: Page, site: Host, name: str, path: str, *, within: str = "main") -> None:
    """Click the first link of that name and arrive at that address."""
    page.locator(within).get_by_role("link", name=name, exact=True).first.click()
    expect(page).to_have_url(site.at(path))


def test_home_leads_to_a_city_by_the_alphabet(page: Page, site: Host):
    page.goto(site.url)
    follow(page, site, "Städte und Gemeinden", "staedte/", within="header")
    page.get_by_role("link", name=re.compile("Alle Orte von A bis Z")).click()
    expect(page).to_have_url(site.at("staedte/a-z/"))
    page.get_by_role("navigation", name="Springen zu").get_by_role("link", name="L", exact=True).click()
    expect(page.get_by_role("heading", name="L", exact=True)).to_be_in_viewport()
    follow(page, site, "Lüneburg", "staedte/lueneburg/")
    assert heading(page) == "Lüneburg"


def test_city_leads_to_a_partner_and_back(page: Page, site: Host):
    page.goto(site.at("staedte/lueneburg/"))
    follow(page, site, "Heinrich-Böll-Haus Lüneburg", "partner/heinrich-boell-haus-lueneburg/")
    assert heading(page) == "Heinrich-Böll-Haus Lüneburg"
    follow(page, site, "Lüneburg", "staedte/lueneburg/")


def test_city_leads_through_its_tandem_to_the_other_city(page: Page, site: Host):
    page.goto(site.at("staedte/stendal/"))
    page.locator("main a[href$='/tandems/stendal-lemgo/']").first.click()
    assert heading(page) == "Stendal und Lemgo"
    follow(page, site, "Lemgo", "staedte/lemgo/")
    page.locator("main a[href$='/tandems/stendal-lemgo/']").first.click()
    follow(page, site, "Stendal", "staedte/stendal/")


def test_a_tandem_whose_mentor_is_not_known_says_so(page: Page, site: Host):
    page.goto(site.at("tandems/lueneburg-2022/"))
    expect(page.locator("main")).to_contain_text("31. August 2022")
    expect(page.locator(".tandem__side--open")).to_have_count(1)


def test_news_lead_by_their_second_page_to_an_article(page: Page, site: Host):
    page.goto(site.at("aktuelles/"))
    page.get_by_role("link", name="Nächste Seite").click()
    expect(page).to_have_url(site.at("aktuelles/seite/2/"))
    page.get_by_role("link", name="Vorige Seite").click()
    expect(page).to_have_url(site.at("aktuelles/"))
    page.get_by_role("link", name="Nächste Seite").click()
    follow(page, site, "Lüneburg wird „Engagierte Stadt“", ARTICLE)
    expect(page.get_by_text("Pressemitteilung vom 8. Juli 2022")).to_be_visible()


def test_the_contents_list_of_an_article_jumps_to_its_headings(page: Page, site: Host):
    page.goto(site.at(ARTICLE))
    contents = page.get_by_role("navigation", name="Auf dieser Seite")
    names = contents.get_by_role("link").all_inner_texts()
    assert len(names) >= 3
    for name in names:
        contents.get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("heading", level=2, name=name, exact=True)).to_be_in_viewport()
        assert "#" in page.url


def test_an_article_links_the_entries_that_it_names(page: Page, site: Host):
    page.goto(site.at(ARTICLE))
    follow(page, site, "mosaique – Haus der Kulturen", "partner/mosaique/", within=".prose")
    page.go_back()
    follow(page, site, "Tandemstadt", "tandems/lueneburg-2022/", within=".prose")


def test_news_can_be_narrowed_by_year_and_by_topic(page: Page, site: Host):
    page.goto(site.at("aktuelles/"))
    narrow = page.get_by_role("navigation", name="Auswahl eingrenzen")
    for name, path in (("2022", "aktuelles/2022/"), ("Beteiligung", "aktuelles/thema/beteiligung/")):
        link = narrow.get_by_role("link", name=re.compile(rf"^{name} \d+$"))
        number = int(link.inner_text().split()[-1])
        link.click()
        expect(page).to_have_url(site.at(path))
        assert page.locator("main article").count() == number
        expect(narrow.locator("[aria-current=page]").first).to_contain_text(name)


def test_past_events_are_in_the_archive(page: Page, site: Host):
    page.goto(site.at("termine/"))
    page.get_by_role("link", name=re.compile("Vergangene Termine")).click()
    expect(page).to_have_url(site.at("termine/archiv/"))
    follow(page, site, "Netzwerktreffen 2024 in Würzburg", "termine/netzwerktreffen-wuerzburg-2024/")
    expect(page.locator("main time").first).to_contain_text("2024")


def test_the_programme_shows_its_phases_and_milestones(page: Page, site: Host):
    page.goto(site.url)
    follow(page, site, "Programm", "programm/", within="header")
    for phase in ("Phase I", "Phase II", "Phase III", "Phase IV"):
        expect(page.get_by_role("heading", level=2, name=re.compile(rf"^{phase}:"))).to_be_visible()
    for year in ("2015", "2022", "2025"):
        expect(page.get_by_role("heading", level=2, name=year, exact=True)).to_be_visible()
    assert page.locator(".milestone").count() >= 30


def test_the_index_leads_to_every_letter_and_entry(page: Page, site: Host):
    page.goto(site.url)
    follow(page, site, "A bis Z", "a-z/", within="footer")
    page.get_by_role("navigation", name="Springen zu").get_by_role("link", name="T", exact=True).click()
    expect(page.get_by_role("heading", level=2, name="T", exact=True)).to_be_in_viewport()
    page.locator("main").get_by_role("link", name=re.compile("^Trier")).first.click()
    assert heading(page) == "Trier"


@pytest.mark.parametrize("path", ["gibt-es-nicht/", "staedte/luenebrug/", "aktuelles/2022/x/y.html"])
def test_an_unknown_address_offers_ways_on(page: Page, site: Host, complaints: list[str], path: str):
    answer = page.goto(site.at(path))
    assert answer is not None
    assert answer.status == 404
    assert heading(page) == "Diese Seite gibt es nicht"
    assert all("404" in complaint for complaint in complaints), complaints
    complaints.clear()
    follow(page, site, "Städte und Gemeinden", "staedte/")


def test_the_language_can_be_switched_and_back(page: Page, site: Host):
    page.goto(site.at("programm/"))
    languages = page.locator(".languages")
    languages.get_by_role("link", name="English").click()
    expect(page).to_have_url(site.at("en/programm/"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("link", name="Skip to content")).to_be_attached()
    languages.get_by_role("link", name="Deutsch").click()
    expect(page).to_have_url(site.at("programm/"))
    languages.get_by_role("link", name="Einfache Sprache").click()
    expect(page).to_have_url(site.at("einfach/programm/"))
    languages.get_by_role("link", name="Deutsch").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
