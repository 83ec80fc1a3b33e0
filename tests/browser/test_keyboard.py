"""The site by keyboard alone: everything can be reached, and one sees where one is."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.host import Host
from tests.browser.kinds import KINDS

# Marks everything that a keyboard must reach, and remembers how its outline looks without focus.
MARK = """
() => {
  const look = (one) => { const s = getComputedStyle(one); return `${s.outlineStyle} ${s.outlineWidth}`; };
  const all = [...document.querySelectorAll('a[href], summary, button, input, select, textarea')]
    .filter((one) => one.checkVisibility() && one.tabIndex >= 0);
  all.forEach((one, number) => { one.dataset.number = number; one.dataset.look = look(one); });
  return all.length;
}
"""
# Tells where the focus is, how it shows, and whether it can be seen.
LOOK = """
() => {
  const one = document.activeElement;
  const style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  return {
    number: one.dataset.number ?? null,
    what: one.outerHTML.slice(0, 120),
    changed: `${style.outlineStyle} ${style.outlineWidth}` !== one.dataset.look,
    outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}
"""


def test_the_skip_link_is_first_and_moves_the_focus_to_the_content(page: Page, site: Host):
    page.goto(site.at(KINDS["article"]))
    skip = page.locator(".skip-link")
    expect(skip).not_to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize(
    "kind",
    [
        *("home", "city", "tandem", "partner", "article", "events", "programme", "questions", "imprint"),
        "map of a state",
    ],
)
def test_tab_reaches_everything_and_shows_where_it_is(page: Page, site: Host, kind: str):
    page.goto(site.at(KINDS[kind]))
    number = page.evaluate(MARK)
    seen: list[dict[str, Any]] = []
    # Regions that scroll take the focus too, so there may be more stops than marked elements.
    for _ in range(number + 10):
        page.keyboard.press("Tab")
        stop = page.evaluate(LOOK)
        if stop["number"] is None and stop["what"].startswith("<body"):
            break
        seen.append(stop)
    order = [int(stop["number"]) for stop in seen if stop["number"] is not None]
    assert order == list(range(number)), "the focus follows the order of the page and leaves nothing out"
    for stop in seen:
        assert stop["outline"] >= 2, f"no outline: {stop['what']}"
        assert stop["changed"] or stop["number"] is None, f"focus changes nothing: {stop['what']}"
        assert stop["inside"], f"focus is out of sight: {stop['what']}"
