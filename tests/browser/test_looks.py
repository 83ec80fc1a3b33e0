"""Narrow windows, large letters, paper, and the dark: nobody has to scroll sideways or guess at pale words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.host import Host
from tests.browser.kinds import KINDS

CONTRAST = Path(__file__).with_name("contrast.js").read_text("utf-8")
PHONE, DESK = {"width": 320, "height": 640}, {"width": 1280, "height": 900}

# What makes a page wider than its window, unless it stands in a part that scrolls by itself; and cut-off lines.
SIDEWAYS = """
() => {
  const root = document.scrollingElement;
  const hides = (one) => ['hidden', 'clip'].includes(getComputedStyle(one).overflowX);
  const scrolls = (one) => one && (getComputedStyle(one).overflowX === 'auto' || scrolls(one.parentElement));
  const all = [...document.body.querySelectorAll('*')];
  const cut = all.filter((one) => one.clientWidth && hides(one) && one.scrollWidth > one.clientWidth + 1);
  const wide = root.scrollWidth <= root.clientWidth ? [] : all
    .filter((one) => one.getBoundingClientRect().right > root.clientWidth + 0.5 && !scrolls(one.parentElement));
  return [...cut, ...wide].map((one) => one.outerHTML.slice(0, 100));
}
"""
# Titles of entries that are squeezed into more lines than anybody wants to read, in a wide window.
SQUEEZED = """
() => [...document.querySelectorAll('main .card__title')].filter((one) => {
  const words = document.createRange();
  words.selectNodeContents(one);
  const lines = new Set([...words.getClientRects()].map((box) => Math.round(box.top)));
  return lines.size > 1 && lines.size > one.textContent.trim().split(/[\\s-]+/).length;
}).map((one) => one.textContent.trim())
"""
LETTERS = "parseFloat(getComputedStyle(document.body).fontSize)"
COLOURS = (
    "() => { const s = getComputedStyle(document.documentElement); return [s.backgroundColor, s.color]; }"
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_looks_right_to_everybody(page: Page, site: Host, kind: str):
    page.emulate_media(color_scheme="light")
    page.goto(site.at(KINDS[kind]))
    assert page.evaluate("document.querySelectorAll('h1').length") == 1
    if kind != "not found":
        expect(page.locator(".stand")).to_be_visible()
        assert re.search(r"(Stand|As of): .*\d{4}", page.locator(".stand").inner_text())

    light, pale = page.evaluate(COLOURS), page.evaluate(CONTRAST)
    page.emulate_media(color_scheme="dark")
    dark, pale_in_the_dark = page.evaluate(COLOURS), page.evaluate(CONTRAST)
    assert (pale, pale_in_the_dark) == ([], []), "words that are hard to tell from their ground"
    assert light[0] != dark[0], "the dark scheme has a ground of its own"
    assert light[1] != dark[1], "and letters of its own"

    assert page.evaluate(SQUEEZED) == [], "titles that are broken inside of their words"

    page.set_viewport_size(PHONE)
    assert page.evaluate(SIDEWAYS) == [], "a window of 320 pixels needs no scrolling sideways"
    page.set_viewport_size(DESK)
    before = page.evaluate(LETTERS)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    # Letters grow a little with the window too, so twice the root is a little less than twice the letter.
    assert page.evaluate(LETTERS) > 1.8 * before, "letters follow the reader's own setting"
    assert page.evaluate(SIDEWAYS) == [], "neither do letters of double size"


def test_the_menu_of_a_phone_opens_without_scripts(page: Page, site: Host):
    page.set_viewport_size(PHONE)
    page.goto(site.at(KINDS["article"]))
    menu = page.get_by_role("navigation", name="Hauptnavigation")
    tandems = menu.get_by_role("link", name="Tandems", exact=True)
    expect(tandems).to_be_hidden()
    menu.locator("summary").click()
    tandems.click()
    expect(page).to_have_url(site.at("tandems/"))


def test_the_printed_article_is_the_article(page: Page, site: Host):
    page.goto(site.at(KINDS["article"]))
    page.emulate_media(media="print", color_scheme="dark")
    for name in ("Hauptnavigation", "Sprachen", "Sie sind hier"):
        expect(page.locator(f"nav[aria-label='{name}']")).to_be_hidden()
    expect(page.locator(".skip-link")).to_be_hidden()
    expect(page.locator("footer")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".prose").first).to_be_visible()
    expect(page.locator(".stand")).to_be_visible()
    assert page.evaluate(CONTRAST) == [], "on paper, dark words on a light ground, whatever the screen shows"
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert min(int(part) for part in paper.strip("rgb()").split(",")) > 240
