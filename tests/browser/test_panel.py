"""The panel "Darstellung": works by mouse and by keys, keeps nothing unasked, isn't there where it can't work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.host import Host
from tests.browser.kinds import KINDS
from tests.minisite import NETWORK, SITE, MiniSite

LETTERS = "parseFloat(getComputedStyle(document.body).fontSize)"
GROUND = "getComputedStyle(document.documentElement).backgroundColor"
KEPT = "localStorage.getItem('darstellung')"
# Everything that a page could leave behind on a device, besides cookies.
TRACES = """async () => [
  ...Object.keys(localStorage), ...Object.keys(sessionStorage),
  ...(await indexedDB.databases()), ...(await caches.keys()),
  ...(await navigator.serviceWorker.getRegistrations()),
]"""
# Notes what the page looks like when its body begins: the moment before anything is painted.
BEFORE_PAINT = """
new MutationObserver((_, observer) => {
  if (!document.body) return;
  window.atFirst = {...document.documentElement.dataset};
  observer.disconnect();
}).observe(document, {childList: true, subtree: true});
"""
# How much of the page moved by itself, as browsers count it.
SHIFTS = """() => new Promise((resolve) => {
  new PerformanceObserver((list) => resolve(list.getEntries().map((one) => one.value)))
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => resolve([]), 200);
})"""
NO_STORAGE = """Object.defineProperty(window, 'localStorage', {
  get() { throw new DOMException('off', 'SecurityError'); },
})"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Give a reader with JavaScript, who never was here before."""
    context = browser.new_context(
        locale="de-DE", color_scheme="light", viewport={"width": 1280, "height": 900}
    )
    context.set_default_timeout(5_000)
    yield context
    context.close()


@pytest.fixture
def page(page: Page, complaints: list[str]) -> Iterator[Page]:
    """Forgive that the icon did not come before the reader went on to another page."""
    yield page
    complaints[:] = [one for one in complaints if not (one.startswith("failed: ") and "/favicon." in one)]


def opener(page: Page) -> Locator:
    return page.get_by_role("button", name="Darstellung")


def panel(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Darstellung")


def opened(page: Page, address: str) -> Locator:
    page.goto(address)
    opener(page).click()
    expect(panel(page)).to_be_visible()
    return panel(page)


class TestTextSize:
    def test_grows_and_comes_back(self, page: Page, site: Host):
        inside = opened(page, site.at(KINDS["article"]))
        usual = page.evaluate(LETTERS)
        inside.get_by_role("button", name="Größer").click(click_count=2)
        expect(inside.get_by_role("status").first).to_have_text("130 %")
        assert page.evaluate(LETTERS) == pytest.approx(1.3 * usual, rel=0.05)
        inside.get_by_role("button", name="Zurücksetzen").click()
        expect(inside.get_by_role("status").first).to_have_text("100 %")
        assert page.evaluate(LETTERS) == usual

    def test_ends_at_double_and_says_so(self, page: Page, site: Host):
        inside = opened(page, site.at(KINDS["city"]))
        usual = page.evaluate(LETTERS)
        larger, smaller = (inside.get_by_role("button", name=name) for name in ("Größer", "Kleiner"))
        larger.click(click_count=9)
        expect(larger).to_have_attribute("aria-disabled", "true")
        expect(inside.get_by_role("status").first).to_have_text("200 %")
        assert page.evaluate(LETTERS) > 1.8 * usual
        smaller.click(click_count=9)
        expect(smaller).to_have_attribute("aria-disabled", "true")
        expect(larger).to_have_attribute("aria-disabled", "false")
        assert page.evaluate(LETTERS) < usual

    def test_adds_to_the_browsers_own(self, page: Page, site: Host):
        session = page.context.new_cdp_session(page)
        session.send("Page.enable")
        session.send("Page.setFontSizes", {"fontSizes": {"standard": 24}})
        inside = opened(page, site.at(KINDS["article"]))
        inside.get_by_role("button", name="Größer").click()
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "27.6px"


class TestColours:
    def test_each_choice_shows_at_once(self, page: Page, site: Host):
        inside = opened(page, site.at(KINDS["home"]))
        light = page.evaluate(GROUND)
        seen = {}
        for name in ("Dunkel", "Starker Kontrast", "Hell", "Wie am Gerät"):
            inside.get_by_role("radio", name=name).check()
            seen[name] = page.evaluate(GROUND)
        assert seen["Hell"] == seen["Wie am Gerät"] == light
        assert seen["Starker Kontrast"] == "rgb(255, 255, 255)"
        assert seen["Dunkel"] not in {light, "rgb(255, 255, 255)"}

    def test_the_choice_wins_over_the_device_and_gives_way_again(self, page: Page, site: Host):
        page.emulate_media(color_scheme="dark")
        inside = opened(page, site.at(KINDS["home"]))
        dark = page.evaluate(GROUND)
        inside.get_by_role("radio", name="Hell").check()
        assert page.evaluate(GROUND) != dark
        inside.get_by_role("radio", name="Starker Kontrast").check()
        assert page.evaluate(GROUND) == "rgb(0, 0, 0)"
        inside.get_by_role("radio", name="Wie am Gerät").check()
        assert page.evaluate(GROUND) == dark

    def test_where_the_device_forces_its_colours_there_is_nothing_to_choose(self, page: Page, site: Host):
        page.emulate_media(forced_colors="active")
        inside = opened(page, site.at(KINDS["home"]))
        expect(inside.get_by_role("radio")).to_have_count(0)
        expect(inside.get_by_role("button", name="Größer")).to_be_visible()


class TestMemory:
    def test_nothing_is_kept_before_the_reader_asks(self, page: Page, site: Host):
        inside = opened(page, site.at(KINDS["article"]))
        inside.get_by_role("button", name="Größer").click()
        inside.get_by_role("radio", name="Dunkel").check()
        page.goto(site.at(KINDS["city"]))
        assert page.evaluate(TRACES) == []
        assert page.context.cookies() == []
        assert page.evaluate("({...document.documentElement.dataset})") == {}

    def test_what_is_kept_holds_before_anything_is_painted(self, page: Page, site: Host):
        page.add_init_script(BEFORE_PAINT)
        inside = opened(page, site.at(KINDS["article"]))
        inside.get_by_role("radio", name="Dunkel").check()
        inside.get_by_role("checkbox").check()
        inside.get_by_role("button", name="Größer").click()
        assert page.context.cookies() == []
        page.goto(site.at(KINDS["city"]))
        assert page.evaluate("window.atFirst") == {"scheme": "dark", "textSize": "115"}
        opener(page).click()
        expect(panel(page).get_by_role("radio", name="Dunkel")).to_be_checked()
        expect(panel(page).get_by_role("checkbox")).to_be_checked()
        expect(panel(page).get_by_role("status").first).to_have_text("115 %")

    def test_without_the_tick_it_is_forgotten(self, page: Page, site: Host):
        inside = opened(page, site.at(KINDS["home"]))
        inside.get_by_role("radio", name="Dunkel").check()
        inside.get_by_role("checkbox").check()
        assert page.evaluate(KEPT) is not None
        inside.get_by_role("checkbox").uncheck()
        assert page.evaluate(TRACES) == []
        page.reload()
        assert page.evaluate("({...document.documentElement.dataset})") == {}

    def test_a_browser_that_keeps_nothing_is_told_of(self, page: Page, site: Host):
        page.add_init_script(NO_STORAGE)
        inside = opened(page, site.at(KINDS["home"]))
        inside.get_by_role("checkbox").click()
        expect(inside.get_by_role("checkbox")).not_to_be_checked()
        expect(inside).to_contain_text("Ihr Browser lässt nicht zu")
        inside.get_by_role("button", name="Größer").click()
        expect(inside.get_by_role("status").first).to_have_text("115 %")

    @pytest.mark.parametrize("kept", ["{", "7", "null", '{"textSize": "9000", "scheme": "<b>"}'])
    def test_what_others_wrote_does_no_harm(self, page: Page, site: Host, kept: str):
        page.goto(site.url)
        usual = page.evaluate(LETTERS)
        page.evaluate("(kept) => localStorage.setItem('darstellung', kept)", kept)
        inside = opened(page, site.url)
        assert page.evaluate(LETTERS) == usual
        inside.get_by_role("button", name="Größer").click()
        expect(inside.get_by_role("status").first).to_have_text("115 %")


def test_by_keyboard_alone(page: Page, site: Host):
    page.goto(site.at(KINDS["article"]))
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(opener(page)).to_be_focused()
    page.keyboard.press("Enter")
    inside = panel(page)
    expect(inside.get_by_role("button", name="Kleiner")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(inside.get_by_role("status").first).to_have_text("115 %")
    expect(inside.get_by_role("button", name="Größer")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(inside.get_by_role("radio", name="Hell")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(inside.get_by_role("checkbox")).to_be_checked()
    page.keyboard.press("Escape")
    expect(inside).to_be_hidden()
    expect(opener(page)).to_be_focused()


def test_a_press_beside_it_or_on_its_last_button_closes_it(page: Page, site: Host):
    inside = opened(page, site.at(KINDS["article"]))
    inside.click(position={"x": 5, "y": 5})
    expect(inside).to_be_visible()
    page.mouse.click(200, 700)
    expect(inside).to_be_hidden()
    opener(page).click()
    inside.get_by_role("button", name="Schließen").click()
    expect(inside).to_be_hidden()
    expect(opener(page)).to_be_focused()


@pytest.mark.parametrize("width", [360, 1280, 1920])
def test_its_buttons_stay_under_the_pointer(page: Page, site: Host, width: int):
    page.set_viewport_size({"width": width, "height": 800})
    inside = opened(page, site.at(KINDS["city"]))
    box = inside.get_by_role("button", name="Größer").bounding_box()
    assert box is not None
    for _ in range(4):
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(inside.get_by_role("status").first).to_have_text("200 %")


def test_speaks_the_language_of_the_page(page: Page, site: Host):
    page.goto(site.at(KINDS["English"]))
    page.get_by_role("button", name="Display").click()
    inside = page.get_by_role("dialog", name="Display")
    inside.get_by_role("button", name="Larger").click()
    expect(inside.get_by_role("status").first).to_have_text("115%")


def test_without_scripts_there_is_no_panel_and_no_gap(browser: Browser, site: Host):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url)
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.locator(".display-place")).to_be_hidden()
    expect(page.locator(".display")).to_have_count(0)
    context.close()


def test_turned_off_it_brings_no_script(tmp_path: Path):
    mini = MiniSite(tmp_path, NETWORK)
    mini.write("site.yaml", SITE + "display_panel: nein\n")
    assert mini.build().published is not None
    pages = list(mini.output.rglob("*.html"))
    # What stays are data, which no browser runs, and the map's own filters.
    running = [one for one in pages if re.search(r"<script(?! type=.application/ld)", one.read_text("utf-8"))]
    assert running
    assert all("karte" in one.parts for one in running)
    assert [one.name for one in pages if "display" in one.read_text("utf-8")] == []


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_when_the_button_comes(page: Page, site: Host, width: int):
    page.set_viewport_size({"width": width, "height": 800})
    for kind in ("home", "city", "article"):
        page.goto(site.at(KINDS[kind]))
        expect(opener(page)).to_be_visible()
        assert sum(page.evaluate(SHIFTS)) == 0, kind


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_stands_the_largest_letters_on_the_smallest_phone(
    page: Page, site: Host, kind: str
):
    """Also that nothing breaks the security policy or asks another host: the fixture `page` collects complaints."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(site.at(KINDS[kind]))
    # The search reads its index with WebAssembly; nothing else may.
    more = " 'wasm-unsafe-eval'" if kind.startswith("search") else ""
    assert policy(page)["script-src"] == f"'self'{more}"
    assert policy(page)["style-src"] == "'self'"
    assert policy(page)["default-src"] == "'none'"
    page.evaluate("document.documentElement.dataset.textSize = '200'")
    page.locator(".display-place button").click()
    expect(page.locator(".display")).to_be_visible()
    assert page.evaluate(SIDEWAYS) <= 0


def policy(page: Page) -> dict[str, Any]:
    written = page.locator("meta[http-equiv='Content-Security-Policy']").get_attribute("content") or ""
    return {name: value for name, _, value in (part.strip().partition(" ") for part in written.split(";"))}


def test_the_policy_stops_what_is_written_into_a_page(page: Page, site: Host, complaints: list[str]):
    page.goto(site.url)
    page.evaluate(
        """() => {
          const script = document.createElement('script');
          script.textContent = 'window.foreign = true';
          document.body.append(script);
          document.body.insertAdjacentHTML('beforeend', '<p style="position: fixed" id="t">x</p>');
        }"""
    )
    assert page.evaluate("window.foreign") is None
    assert page.evaluate("getComputedStyle(document.querySelector('#t')).position") == "static"
    assert len(complaints) == 2
    complaints.clear()
