"""Nothing that anybody writes into any field ever runs: hundreds of payloads, in every field of every kind.

The pages are looked at twice: with their security policy, which must have nothing to forbid, and without it, so that
escaping alone is enough.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from urllib.parse import urlsplit

import lxml.html
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from stadtnetz.diagnostics import Severity
from stadtnetz.text.markdown import render
from tests.minisite import MiniSite
from tests.picturesite import landscape, saved
from tests.trust.filled import project
from tests.trust.payloads import MAILS, PAYLOADS, URLS

ORIGIN = "https://netz.musterstadt.de/"
EACH = 9
"""Payloads in a field: with four hundred fields each is in about ten."""
WATCH = """
window.ran = [];
window.evil = () => { window.ran.push(new Error().stack); return 1; };
for (const name of ["alert", "confirm", "prompt"]) window[name] = () => window.ran.push(name);
const forbidden = "securitypolicyviolation";
document.addEventListener(forbidden, (event) => window.ran.push(`forbidden: ${event.blockedURI}`));
"""
LIVE = r"""() => {
  const wrong = [];
  const addresses = /^(href|src|action|formaction|data|xlink:href|to)$/i;
  const running = /^(javascript|vbscript|data|blob|feed|view-source):/i;
  const foreign = /^(iframe|object|embed|base|math|animate|set|marquee|noscript)$/i;
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      if (/^(on.*|style|srcdoc)$/i.test(name)) wrong.push(`${element.tagName} ${name}`);
      const address = value.replace(/[\t\n\r]/g, "").replace(/^[\u0000-\u0020]+/, "");
      if (addresses.test(name) && running.test(address)) wrong.push(`${element.tagName} ${name}=${value}`);
    }
    if (foreign.test(element.localName)) wrong.push(element.tagName);
    if (element.matches("script:not([src]):not([type='application/ld+json'])")) wrong.push("an inline script");
  }
  for (const data of document.querySelectorAll("script[type='application/ld+json']")) JSON.parse(data.textContent);
  return [...window.ran, ...wrong];
}"""


def _bodies() -> tuple[str, list[str]]:
    """Return a text with every payload that may stand in one, and what is left of those that may not."""
    allowed, refused = [], []
    for payload in PAYLOADS:
        for text in (payload, f"Wort [x]({payload}) Wort", f"`{payload}`"):
            body, problems = render(f"{text}\n", "content/pages/a.md", 1, "de")
            if any(one.severity is Severity.ERROR for one in problems):
                refused.append(body.html)
            else:
                allowed.append(text)
    return "\n\n".join(allowed) + "\n", refused


@pytest.fixture(scope="module")
def bodies() -> tuple[str, list[str]]:
    return _bodies()


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory, bodies: tuple[str, list[str]]) -> Path:
    texts, urls, mails = cycle(PAYLOADS), cycle(URLS[:5] + URLS[7:]), cycle(MAILS)
    paragraphs = cycle(bodies[0].split("\n\n"))

    def words(form: str, _: str) -> str:
        if form == "url":
            return next(urls)
        return next(mails) if form == "mail" else "Suchwort " + " ".join(next(texts) for _ in range(EACH))

    def body(_: str) -> str:
        return "Suchwort\n\n" + "\n\n".join(next(paragraphs) for _ in range(60)) + "\n"

    files = project(words, body, saved(landscape(64, 48), "PNG"))
    site = MiniSite(tmp_path_factory.mktemp("scripts"), files)
    built = site.build(search=True)
    errors = [(one.path, one.span, one.code) for one in built.diagnostics if one.severity is Severity.ERROR]
    assert errors == []
    return site.output


@pytest.fixture(params=["with the policy", "without the policy"])
def context(request: pytest.FixtureRequest, browser: Browser, output: Path) -> Iterator[BrowserContext]:
    """Serve the site out of its folder; whatever is asked of others is noted as an attack."""
    context = browser.new_context(bypass_csp=request.param == "without the policy")
    context.add_init_script(WATCH)

    def answer(route: Route) -> None:
        url = urlsplit(route.request.url)
        path = output / url.path.lstrip("/")
        path = path / "index.html" if path.is_dir() else path
        if not route.request.url.startswith(ORIGIN) or not path.is_file():
            asked.append(route.request.url)
            route.abort()
            return
        route.fulfill(
            body=path.read_bytes(),
            content_type=mimetypes.guess_type(path.name)[0] or "application/octet-stream",
        )

    asked: list[str] = []
    context.route("**/*", answer)
    yield context
    assert asked == []
    context.close()


def addresses(output: Path) -> list[str]:
    return [
        ORIGIN + str(path.relative_to(output)).removesuffix("index.html")
        for path in sorted(output.rglob("*.html"))
    ]


def looked_at(page: Page, url: str) -> list[str]:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(url, wait_until="load")
    wrong: list[str] = page.evaluate(LIVE)
    return [*wrong, *dialogs]


def test_there_are_several_hundred_payloads_in_hundreds_of_places(output: Path) -> None:
    assert len(PAYLOADS) > 300
    shown = "".join(
        lxml.html.parse(str(path)).getroot().text_content() for path in output.rglob("index.html")
    )
    assert sum(payload.split("\n")[0].strip() in shown for payload in PAYLOADS) > len(PAYLOADS) * 0.8


def test_nothing_runs_on_any_page(context: BrowserContext, output: Path) -> None:
    page = context.new_page()
    wrong = {url: found for url in addresses(output) if (found := looked_at(page, url))}
    assert wrong == {}


def test_nothing_runs_among_what_was_found(context: BrowserContext) -> None:
    page = context.new_page()
    assert looked_at(page, f"{ORIGIN}suche/?q=Suchwort") == []
    page.wait_for_selector("main mark")
    assert page.evaluate(LIVE) == []
    assert looked_at(page, f"{ORIGIN}suche/?q=%3Cimg%20src%3Dx%20onerror%3Devil()%3E") == []


def test_what_is_left_of_a_refused_text_does_not_run_either(
    browser: Browser, bodies: tuple[str, list[str]]
) -> None:
    context = browser.new_context(bypass_csp=True)
    context.add_init_script(WATCH)
    asked: list[str] = []

    def answer(route: Route) -> None:
        if route.request.url == ORIGIN:
            route.fulfill(
                body="<!DOCTYPE html><main>" + "\n".join(bodies[1]) + "</main>",
                content_type="text/html; charset=utf-8",
            )
        else:
            asked.append(route.request.url)
            route.abort()

    context.route("**/*", answer)
    assert len(bodies[1]) > 100
    assert looked_at(context.new_page(), ORIGIN) == []
    assert [url for url in asked if not url.startswith(ORIGIN)] == []
    context.close()


@pytest.mark.parametrize(
    "text", ["<img src=x onerror=evil()>", "<script>evil()</script>", '<a href="javascript:evil()">x</a>']
)
def test_what_is_looked_for_would_be_found(browser: Browser, text: str) -> None:
    context = browser.new_context()
    context.add_init_script(WATCH)
    context.route(
        "**/*", lambda route: route.fulfill(body=f"<!DOCTYPE html>{text}", content_type="text/html")
    )
    assert looked_at(context.new_page(), ORIGIN) != []
    context.close()
