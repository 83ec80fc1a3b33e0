"""The map as readers use it: with and without scripts, with a mouse, with keys, on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESK, PATIENCE
from tests.browser.host import Host
from tests.browser.test_looks import CONTRAST

PHONE = {"width": 320, "height": 640}
MAP = "karte/"
SINCE, KEYS = "tbody td:nth-child(4)", "(all) => all.map((one) => one.dataset.key)"
# Names and marks as they are really drawn, in the typeface that this machine has.
DRAWN = """
() => {
  const box = (one) => { const b = one.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; };
  const shown = (one) => one.checkVisibility({ visibilityProperty: true });
  const places = [...document.querySelectorAll('.map a')];
  return {
    size: Math.min(...places.flatMap((a) => [...a.querySelectorAll('text')]).filter(shown).map((text) =>
      parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)),
    view: box(document.querySelector('.map')),
    names: places.flatMap((a) => [...a.querySelectorAll('text')].filter(shown).map((text) => [a.id, box(text)])),
    marks: places.map((a) => [a.id, box(a.querySelector('use'))]),
  };
}
"""


@pytest.fixture
def lively(browser: Browser, site: Host) -> Iterator[Page]:
    """Give a reader whose browser runs scripts, on the map."""
    context = browser.new_context(locale="de-DE", viewport=DESK)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type in {"error", "warning"} else None)
    page.goto(site.at(MAP))
    yield page
    assert wrong == []
    assert page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]") == ["", 0, 0]
    context.close()


def places(page: Page) -> int:
    return page.locator(".map a:visible").count()


def rows(page: Page) -> list[str]:
    return page.locator("tbody tr:visible th").all_inner_texts()


def choose(page: Page, name: str) -> int:
    """Press a value of a filter; return the number that it promised."""
    link = page.get_by_role("navigation", name="Karte eingrenzen").get_by_role(
        "link", name=re.compile(f"^{name} ")
    )
    promised = int(link.inner_text().split()[-1])
    link.click()
    return promised


def result(page: Page) -> str:
    return page.locator("[data-result]").inner_text()


def overlap(a: list[float], b: list[float], slack: float = 1) -> bool:
    return a[0] + slack < b[2] and b[0] + slack < a[2] and a[1] + slack < b[3] and b[1] + slack < a[3]


@pytest.mark.parametrize("width", [320, 360, 720, 1000, 1280, 1920])
def test_names_can_be_read_and_cover_nothing(page: Page, site: Host, width: int):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site.at(MAP))
    drawn = page.evaluate(DRAWN)
    assert drawn["size"] >= 10
    assert len(drawn["names"]) >= (25 if width < 700 else 80)
    # Letters' boxes are higher than what is drawn of them: the line's height, not the letter's.
    names = {id_: [left, top + (bottom - top) * 0.2, right, bottom - (bottom - top) * 0.15]
             for id_, (left, top, right, bottom) in drawn["names"]}  # fmt: skip
    for (one, a), (other, b) in combinations(names.items(), 2):
        assert not overlap(a, b), f"{one} and {other}"
    for id_, name in names.items():
        assert not any(overlap(name, mark) for other, mark in drawn["marks"] if other != id_), id_
        left, top, right, bottom = drawn["view"]
        assert left - 1 <= name[0] <= name[2] <= right + 1
        assert top - 1 <= name[1] <= name[3] <= bottom + 1


def test_pale_names_would_be_noticed(page: Page, site: Host):
    page.goto(site.at("karte/status/ehemalig/"))
    assert page.evaluate(CONTRAST) == []
    page.locator(".map a text").first.evaluate("(one) => { one.style.fill = getComputedStyle(one).stroke; }")
    assert page.evaluate(CONTRAST) == ["1.00: Gießen"]


def test_without_scripts_filters_are_pages(page: Page, site: Host):
    page.goto(site.at(MAP))
    everything = places(page)
    assert everything == len(rows(page))
    promised = choose(page, "Sachsen-Anhalt")
    expect(page).to_have_url(site.at("karte/land/sachsen-anhalt/"))
    assert promised == places(page) == len(rows(page)) < everything
    promised = choose(page, "Hat andere begleitet")
    expect(page).to_have_url(site.at("karte/status/begleitet-andere/"))
    assert promised == places(page) == len(rows(page))
    expect(page.locator("thead button")).to_have_count(0)
    page.locator(".facet__values").first.get_by_role("link", name=re.compile("^Alle ")).click()
    expect(page).to_have_url(site.at(MAP))


def test_a_place_on_the_map_leads_to_its_page_and_back(page: Page, site: Host):
    page.goto(site.at(MAP))
    page.get_by_role("link", name="Lüneburg, Niedersachsen: Erstes Jahr abgeschlossen").click()
    expect(page).to_have_url(site.at("staedte/lueneburg/"))
    page.get_by_role("link", name="Lüneburg auf der Karte des Netzwerks").click()
    expect(page).to_have_url(site.at("karte/#s-place-lueneburg"))
    expect(page.locator("#s-place-lueneburg")).to_be_in_viewport()
    ring = page.locator("#s-place-lueneburg circle").first
    assert ring.evaluate("(one) => getComputedStyle(one).stroke") != "none"


def test_a_phone_needs_no_scrolling_sideways_and_has_no_small_names(page: Page, site: Host):
    page.set_viewport_size(PHONE)
    page.goto(site.at(MAP))
    assert page.evaluate("document.scrollingElement.scrollWidth") == PHONE["width"]
    inside = "(one) => one.scrollWidth <= one.clientWidth"
    assert page.locator(".table-scroll").evaluate(inside), "neither inside of the list"
    expect(page.locator(".map .map__wide:visible")).to_have_count(0)


def test_filters_combine_in_place_and_back_undoes_them(lively: Page, site: Host):
    everything = places(lively)
    lively.evaluate("window.same = true")
    hesse = choose(lively, "Hessen")
    expect(lively).to_have_url(site.at("karte/?land=hessen"))
    assert hesse == places(lively) == len(rows(lively)) < everything
    assert result(lively) == f"{hesse} Orte"
    choose(lively, "Erstes Jahr abgeschlossen")
    expect(lively).to_have_url(site.at("karte/?land=hessen&status=erstes-jahr-abgeschlossen"))
    both = places(lively)
    assert 0 < both == len(rows(lively)) < hesse
    assert all("Hessen" in text for text in lively.locator("tbody tr:visible").all_inner_texts())
    current = lively.locator("[data-field] [aria-current=true]").evaluate_all(
        "(all) => all.map((a) => a.dataset.value)"
    )
    assert current == ["erstes-jahr-abgeschlossen", "hessen"]

    lively.go_back()
    expect(lively).to_have_url(site.at("karte/?land=hessen"))
    expect(lively.locator("[data-result]")).to_have_text(f"{hesse} Orte")
    lively.go_back()
    expect(lively.locator("[data-result]")).to_have_text(f"{everything} Orte")
    assert places(lively) == everything
    assert lively.evaluate("window.same"), "all of it on one page"


def test_a_shared_address_shows_the_same(lively: Page, site: Host):
    lively.goto(site.at("karte/?status=begleitet-andere&land=sachsen-anhalt"))
    assert rows(lively) == ["Stendal"]
    assert result(lively) == "1 Ort"
    lively.goto(site.at("karte/?land=berlin&status=ehemalig"))
    assert (rows(lively), places(lively), result(lively)) == ([], 0, "Kein Ort, auf den beides zutrifft.")
    lively.goto(site.at("karte/?land=atlantis&status=%3Cscript%3E"))
    assert places(lively) > 100, "what there is no filter for is left out"


def test_a_page_of_one_state_leads_on_to_both_filters(lively: Page, site: Host):
    lively.goto(site.at("karte/land/sachsen-anhalt/"))
    choose(lively, "Hat andere begleitet")
    expect(lively).to_have_url(site.at("karte/?land=sachsen-anhalt&status=begleitet-andere"))
    expect(lively.locator("tbody tr:visible")).to_have_count(
        1
    )  # the new page narrows its list once it is loaded
    assert rows(lively) == ["Stendal"]


def test_arcs_stay_with_their_places(lively: Page):
    arcs = lively.locator("[data-ends]:visible")
    assert arcs.count() >= 10
    choose(lively, "Sachsen-Anhalt")
    expect(arcs).to_have_count(1)
    assert arcs.first.get_attribute("data-ends") == "stendal gardelegen"


def test_names_that_had_no_room_get_some(lively: Page):
    named = lively.locator(".map a:visible text.map__wide:not([data-spare])")
    before = set(named.all_text_contents())
    choose(lively, "Rheinland-Pfalz")
    after = set(named.all_text_contents())
    assert after - before
    boxes = lively.evaluate(DRAWN)["names"]
    for (one, a), (other, b) in combinations([(id_, box) for id_, box in boxes if box[2] > box[0]], 2):
        assert not overlap(a, b, slack=3), f"{one} and {other}"


def test_changes_are_told(lively: Page):
    for region in ("[data-result]", "[data-order]"):
        expect(lively.locator(region)).to_have_role("status")
    lively.get_by_role("button", name="Bundesland").click()
    expect(lively.locator("[data-order]")).to_have_text("Sortiert nach „Bundesland“, aufsteigend.")


def test_the_list_is_sorted_by_each_of_its_columns(lively: Page):
    head = lively.locator("thead th")
    expect(head.first).to_have_attribute("aria-sort", "ascending")
    names = rows(lively)
    lively.get_by_role("button", name="Ort").click()
    expect(head.first).to_have_attribute("aria-sort", "descending")
    assert rows(lively) == names[::-1]

    lively.get_by_role("button", name="Mitgliedschaft").click()
    expect(head.first).not_to_have_attribute("aria-sort", re.compile("."))
    expect(head.nth(3)).to_have_attribute("aria-sort", "ascending")
    keys = lively.locator(SINCE).evaluate_all(KEYS)
    known = [key for key in keys if key]
    assert known == sorted(known)
    assert keys == known + [""] * (len(keys) - len(known)), "what is not known comes last"
    lively.get_by_role("button", name="Mitgliedschaft").click()
    again = lively.locator(SINCE).evaluate_all(KEYS)
    assert again == known[::-1] + [""] * (len(keys) - len(known))
    assert sorted(rows(lively)) == sorted(names), "nothing is lost"


def test_by_keys_alone(lively: Page, site: Host):
    lively.get_by_role("link", name="Zeichen und Auswahl").focus()
    lively.keyboard.press("Enter")
    expect(lively.locator("#s-filters")).to_be_in_viewport()
    lively.get_by_role("link", name=re.compile("^Bayern ")).focus()
    lively.keyboard.press("Enter")
    expect(lively).to_have_url(site.at("karte/?land=bayern"))
    expect(lively.get_by_role("link", name=re.compile("^Bayern "))).to_be_focused()
    lively.get_by_role("button", name="Status").focus()
    lively.keyboard.press("Space")
    expect(lively.locator("th[aria-sort]")).to_have_text(re.compile("Status"))
    expect(lively.get_by_role("button", name="Status")).to_be_focused()
    place = lively.locator(".map a:visible").first
    place.focus()
    lively.keyboard.press("Tab")
    ring = lively.evaluate("getComputedStyle(document.activeElement.querySelector('circle')).stroke")
    assert ring != "none"
    lively.keyboard.press("Enter")
    expect(lively).to_have_url(re.compile(r"/staedte/[a-z-]+/$"))


def test_a_name_without_room_shows_while_its_place_is_pointed_at(lively: Page):
    hidden = lively.locator("[data-spare]").first
    assert hidden.evaluate("(one) => getComputedStyle(one).visibility") == "hidden"
    hidden.locator("xpath=..").locator("circle").first.hover(force=True)
    assert hidden.evaluate("(one) => getComputedStyle(one).visibility") == "visible"
