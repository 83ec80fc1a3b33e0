"""Finds Chromium and starts it with a fresh profile and without any service of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserType, sync_playwright

__all__ = ["ARGUMENTS", "NoBrowserError", "chromium", "executable"]

_NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class NoBrowserError(RuntimeError):
    """There is no browser; the message says how to get one."""

    def __init__(self) -> None:
        super().__init__("Kein Chromium gefunden. / No Chromium found. Set it up with:  make browser")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the Chromium of this machine, else the one that Playwright brought; each start has a new profile."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable(playwright.chromium), args=list(ARGUMENTS)
        )
        try:
            yield browser
        finally:
            browser.close()


def executable(own: BrowserType) -> str:
    """Return where this machine's Chromium is, else Playwright's own."""
    by_name = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if by_name is not None:
        return by_name
    if Path(own.executable_path).exists():
        return own.executable_path
    raise NoBrowserError
