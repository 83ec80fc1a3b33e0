"""Pictures in a browser: it chooses the right file, fetches the first one once, and nothing moves."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.host import PREFIX, Host, _Handler
from tests.minisite import MiniSite
from tests.picturesite import picture_files

ARTICLE, IN_TEXT = "aktuelles/2022/vereinbarung/", "aktuelles/2022/im-text/"
SHOWN = "[...document.querySelectorAll('main img')].map(i => [i.getBoundingClientRect().width, i.sizes, i.currentSrc])"


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """Build the site with pictures and serve it."""
    site = MiniSite(tmp_path_factory.mktemp("pictures"), picture_files())
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, folder=site.output.resolve()))
    server.daemon_threads = True
    host = Host(f"http://127.0.0.1:{server.server_port}{PREFIX}", site.output)
    assert site.build(base_url=host.url).published is not None
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield host
    server.shutdown()
    server.server_close()


def opened(browser: Browser, url: str, width: int, density: float) -> tuple[Page, list[str]]:
    context = browser.new_context(viewport={"width": width, "height": 800}, device_scale_factor=density)
    page = context.new_page()
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url) if "/bilder/" in request.url else None)
    page.goto(url, wait_until="networkidle")
    return page, fetched


@pytest.mark.parametrize(
    ("width", "density", "expected"), [(360, 1, 400), (360, 2, 800), (1280, 1, 800), (1280, 2, 1600)]
)
def test_the_file_that_fits_is_fetched_once(
    browser: Browser, pictures: Host, width: int, density: float, expected: int
) -> None:
    page, fetched = opened(browser, pictures.at(ARTICLE), width, density)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    ((_, _, source),) = page.evaluate(SHOWN)
    assert source.endswith(f".{expected}.avif")
    assert fetched == [source], "what is preloaded is what is shown"
    assert said == []
    page.context.close()


@pytest.mark.parametrize("width", [320, 360, 700, 800, 959, 960, 1100, 1216, 1280, 1700])
def test_sizes_are_those_of_the_layout(browser: Browser, pictures: Host, width: int) -> None:
    """A picture may be fetched a little too large, but not by a step of the ladder for nothing."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    measure = """(sizes) => {
        const one = sizes.split(',').map(s => s.trim()).find(s => !s.startsWith('(')
          || matchMedia(s.slice(0, s.indexOf(')') + 1)).matches);
        const box = document.body.appendChild(document.createElement('div'));
        box.style.cssText = `position:absolute;inline-size:${one.replace(/^\\(.*?\\) /, '')}`;
        const found = box.getBoundingClientRect().width; box.remove(); return found; }"""
    for path in (ARTICLE, IN_TEXT, "", "presse/", "staedte/beispielhausen/"):
        page.goto(pictures.at(path))
        for real, sizes, _ in page.evaluate(SHOWN):
            assert 0.93 * real <= page.evaluate(measure, sizes) <= 1.12 * real, (path, width, real, sizes)
    page.context.close()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", ["", ARTICLE, IN_TEXT])
def test_nothing_moves(browser: Browser, pictures: Host, path: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.add_init_script(
        "window.moved = []; new PerformanceObserver(l => moved.push(...l.getEntries()))"
        ".observe({type: 'layout-shift', buffered: true});"
    )
    page.goto(pictures.at(path), wait_until="networkidle")
    page.mouse.wheel(0, 20_000)
    page.wait_for_timeout(200)
    assert page.evaluate("moved.length") == 0
    context.close()


def test_formats_that_a_browser_does_not_know_are_passed_over(browser: Browser, pictures: Host) -> None:
    """Take the better sources away, as a browser does that does not know them."""
    page, _ = opened(browser, pictures.at(ARTICLE), 360, 2)
    for kind, ending in (("image/avif", "webp"), ("image/webp", "jpg")):
        page.evaluate("(kind) => document.querySelector(`main source[type='${kind}']`).remove()", kind)
        page.wait_for_function(
            "(end) => document.querySelector('main img').currentSrc.endsWith(end)", arg=f".800.{ending}"
        )
    page.context.close()


def test_a_picture_is_as_large_as_it_says(browser: Browser, pictures: Host) -> None:
    page, _ = opened(browser, pictures.at(ARTICLE), 360, 2)
    ratio = page.evaluate("(i => i.width / i.height)(document.querySelector('main img'))")
    assert abs(ratio - 1.5) < 0.02
    page.context.close()
