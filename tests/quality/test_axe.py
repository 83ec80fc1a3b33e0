"""axe-core finds nothing: on every kind of page, light and dark, narrow and wide, large, and with forced colours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.host import Host
from tests.quality.axe import findings, source
from tests.quality.pages import PAGES

pytestmark = pytest.mark.quality

CONTRAST = (Path(__file__).parents[1] / "browser" / "contrast.js").read_text("utf-8")


@dataclass(frozen=True)
class View:
    """How a reader looks at a page; `letters` is the browser's own text size in pixels."""

    width: int
    scheme: str = "light"
    letters: int = 16
    forced: bool = False


VIEWS = {
    "320 px, light": View(320),
    "320 px, dark": View(320, "dark"),
    "1280 px, light": View(1280),
    "1280 px, dark": View(1280, "dark"),
    "1280 px, letters at 200 %": View(1280, letters=32),
    "320 px, letters at 200 %": View(320, letters=32),
    "1280 px, forced colours": View(1280, forced=True),
}
AT_FIRST = VIEWS["1280 px, light"]
"""How each page is opened, whatever the one before it was looked at with."""


@contextmanager
def opened(browser: Browser) -> Iterator[Page]:
    """Open a page with axe in it, which the site's own security policy would keep out."""
    context = browser.new_context(locale="de-DE", bypass_csp=True, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    context.add_init_script(source())
    yield context.new_page()
    context.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a page of a reader who never was here before."""
    with opened(browser) as page:
        yield page


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """Give one page to all tests that only look: what takes long is to get axe ready."""
    with opened(browser) as page:
        yield page


def look(page: Page, view: View) -> None:
    page.set_viewport_size({"width": view.width, "height": 900})
    page.emulate_media(color_scheme=view.scheme, forced_colors="active" if view.forced else "none")
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": view.letters, "fixed": view.letters}})
    session.detach()


def found(page: Page, view: View) -> list[str]:
    """Ask axe. It takes forced colours for the author's and can't see drawn letters: a script of ours does both."""
    if view.forced:
        return [*map(str, findings(page, without=("color-contrast",))), *page.evaluate(CONTRAST)]
    return [*map(str, findings(page)), *page.evaluate(CONTRAST)]


def report(path: str, wrong: dict[str, list[str]]) -> str:
    lines = [f"/{path}"]
    for name, ones in wrong.items():
        lines += [f"  {name}:", *(f"    {one}" for one in ones)]
    return "\n".join(lines)


def found_in_all_views(page: Page) -> dict[str, list[str]]:
    wrong = {}
    for name, view in VIEWS.items():
        look(page, view)
        if ones := found(page, view):
            wrong[name] = ones
    return wrong


@pytest.mark.parametrize("kind", PAGES)
def test_axe_finds_nothing_on_any_kind_of_page(tab: Page, site: Host, kind: str):
    look(tab, AT_FIRST)
    tab.goto(site.at(PAGES[kind]))
    wrong = found_in_all_views(tab)
    assert not wrong, report(PAGES[kind], wrong)


@pytest.mark.parametrize("name", ["320 px, light", "1280 px, dark", "1280 px, forced colours"])
def test_nor_in_what_opens(page: Page, site: Host, name: str):
    """Open the menu and everything else that a click opens, and try each choice of the display panel."""
    page.goto(site.at(PAGES["article"]))
    look(page, VIEWS[name])
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    page.locator(".display-place button").click()
    wrong = {}
    # Where the system forces its colours there is nothing to choose, and the panel does not offer it.
    for scheme in [None, *page.locator(".display [name=scheme]:visible").all()]:
        if scheme is not None:
            scheme.check()
        if ones := found(page, VIEWS[name]):
            wrong[f"{name}, colours: {(scheme and scheme.get_attribute('value')) or 'as before'}"] = ones
    assert not wrong, report(PAGES["article"], wrong)


ANSWERS = {
    "results": "suche/?q=Beteiligung",
    "results narrowed": "suche/?q=L%C3%BCneburg&kind=news",
    "no results": "suche/?q=Xylophon",
    "English and German results": "en/suche/?q=Programm",
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_nor_in_what_the_search_answers(tab: Page, site: Host, answer: str):
    look(tab, AT_FIRST)
    tab.goto(site.at(ANSWERS[answer]))
    tab.wait_for_function("/Treffer|results/.test(document.querySelector('#s-status').textContent)")
    wrong = found_in_all_views(tab)
    assert not wrong, report(ANSWERS[answer], wrong)


def test_it_would_speak_up(page: Page, site: Host):
    page.goto(site.at("404.html"))
    page.set_content("""
      <html lang="xx"><title>x</title><h1>Musterstadt</h1><img src="nichts.png">
      <p style="color: #aaa; background: #fff">blass <a href="a">x</a><a href="b">y</a></p></html>
    """)
    page.evaluate(source())
    assert {one.rule for one in findings(page)} >= {
        "color-contrast",
        "html-lang-valid",
        "image-alt",
        "region",
    }
