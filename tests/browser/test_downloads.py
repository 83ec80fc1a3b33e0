"""Files that readers take with them: a calendar and a table, from the page where they are offered."""

from __future__ import annotations

import csv
from pathlib import Path

import vobject
from playwright.sync_api import Page, expect

from tests.browser.host import Host


def downloaded(page: Page, name: str) -> Path:
    """Click a link and return the file that the browser keeps."""
    with page.expect_download() as waiting:
        page.locator("main").get_by_role("link", name=name, exact=True).click()
    return waiting.value.path()


def test_a_table_can_be_downloaded(page: Page, site: Host):
    page.goto(site.at("daten/"))
    page.get_by_role("navigation", name="Auf dieser Seite").get_by_role(
        "link", name="Daten zum Herunterladen"
    ).click()
    expect(page.get_by_role("heading", name="Daten zum Herunterladen")).to_be_in_viewport()
    with downloaded(page, "CSV, Orte").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert "Lüneburg" in {row["name"] for row in rows}


def test_the_events_of_a_city_can_be_downloaded(page: Page, site: Host):
    page.goto(site.at("staedte/lueneburg/"))
    data = downloaded(page, "Termine für Lüneburg (Kalender)").read_bytes()
    assert len(vobject.readOne(data.decode()).vevent_list) == 3


def test_the_footer_leads_to_all_feeds_and_calendars(page: Page, site: Host):
    page.goto(site.url)
    page.locator("footer").get_by_role("link", name="Abonnieren: Feeds und Kalender").click()
    expect(page).to_have_url(site.at("abonnieren/"))
    link = page.locator("main").get_by_role("link", name="Lüneburg", exact=True).first
    expect(link).to_have_attribute("href", "/netz/aktuelles/ort/lueneburg/feed.xml")
