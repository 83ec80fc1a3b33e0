"""A reader without JavaScript, and a page that notices what a reader's browser would complain about."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Response, expect

from tests.browser.host import Host


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Give a reader without JavaScript, who never was here before."""
    context = browser.new_context(java_script_enabled=False, locale="de-DE", viewport=DESK)
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    yield context
    context.close()


@pytest.fixture
def complaints() -> list[str]:
    """Collect what went wrong in the browser; it must be empty at the end of each test."""
    return []


@pytest.fixture
def page(context: BrowserContext, site: Host, complaints: list[str]) -> Iterator[Page]:
    page = context.new_page()

    def requested(request: Request) -> None:
        if not request.url.startswith((site.url, "data:")):
            complaints.append(f"request to elsewhere: {request.url} on {page.url}")

    def answered(response: Response) -> None:
        if response.status >= 400:
            complaints.append(f"{response.status}: {response.url.removeprefix(site.url)} after {page.url}")

    def failed(request: Request) -> None:
        # Whoever clicks on before everything is there aborts the rest: that is no fault of the page.
        if request.failure != "net::ERR_ABORTED":
            complaints.append(f"failed: {request.url} {request.failure}")

    page.on("request", requested)
    page.on("response", answered)
    page.on("requestfailed", failed)
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on(
        "console",
        lambda said: (
            complaints.append(f"console: {said.text}") if said.type in {"error", "warning"} else None
        ),
    )
    yield page
    assert complaints == []


DESK = {"width": 1280, "height": 900}
PATIENCE = 10_000
"""Milliseconds; only a busy machine needs them."""
