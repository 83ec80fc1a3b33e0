"""Diagrams in a browser: whatever its font is, words fit; letters are never small; one drawing of two is there."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.host import Host

# Words that leave their drawing or lie on others, and letters below twelve pixels, in the drawings that are shown.
WRONG = """
() => [...document.querySelectorAll('.diagram svg[aria-label]')].flatMap((svg) => {
  if (!svg.checkVisibility()) return [];
  const frame = svg.getBoundingClientRect();
  const words = [...svg.querySelectorAll('text')].map((text) => {
    const box = text.getBoundingClientRect();
    return { text: text.textContent, box, size: parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a };
  });
  const apart = (one, other) => one.right <= other.left || other.right <= one.left
    || one.bottom <= other.top + 4 || other.bottom <= one.top + 4;
  return words.flatMap((one, number) => [
    ...(one.box.left < frame.left - 1 || one.box.right > frame.right + 1 ? [`leaves: ${one.text}`] : []),
    ...(one.size < 12 ? [`small: ${one.text}`] : []),
    ...words.slice(number + 1).filter((other) => !apart(one.box, other.box))
      .map((other) => `${one.text} / ${other.text}`),
  ]);
})
"""
SHOWN = (
    "[...document.querySelectorAll('.diagram svg[aria-label]')].filter((svg) => svg.checkVisibility()).length"
)


@pytest.mark.parametrize("path", ["tandems/", "programm/", "daten/"])
def test_words_in_drawings_can_be_read(page: Page, site: Host, path: str):
    page.goto(site.at(path))
    expect(page.locator(".diagram")).to_have_count(1)
    for width in (320, 360, 820, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(SHOWN) >= 1
        assert page.evaluate(WRONG) == [], f"{width} pixels"


def test_the_line_of_time_is_drawn_once_for_everybody(page: Page, site: Host):
    page.goto(site.at("programm/"))
    shown = page.get_by_role("group", name="Das Programm im Zeitverlauf")
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        expect(shown).to_have_count(1)
    page.emulate_media(media="print")
    expect(shown).to_have_count(1)
    page.emulate_media(media="screen")
    shown.get_by_role("link", name="2015", exact=True).click()
    expect(page.locator("#s-2015")).to_be_in_viewport()
    page.keyboard.press("Home")
    shown.get_by_role("link", name="Phase II", exact=True).click()
    expect(page.locator("#s-phase-2")).to_be_in_viewport()


def test_places_in_the_drawing_of_tandems_are_links(page: Page, site: Host):
    page.goto(site.at("tandems/"))
    family = page.get_by_role("group", name="Weitergegeben, ausgehend von Stendal")
    assert family.get_by_role("link").all_text_contents() == ["Stendal", "Lemgo", "Parchim", "Gardelegen"]
    family.get_by_role("link", name="Lemgo").click()
    expect(page).to_have_url(site.at("staedte/lemgo/"))
