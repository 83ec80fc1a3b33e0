"""Lighthouse's four figures, as on a phone, over a server that compresses as a host would: 98 is the least."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import executable
from tests.browser.host import Host
from tests.browser.kinds import KINDS
from tests.conftest import FIGURES
from tests.quality.lighthouse import ENOUGH, measured

pytestmark = [pytest.mark.quality, pytest.mark.alone]

MEASURED = {
    "home": KINDS["home"],
    "city": KINDS["city"],
    "article": KINDS["article"],
    "map": "karte/",
    "search": "suche/",
}


@pytest.mark.parametrize("kind", MEASURED)
def test_lighthouse_is_pleased(
    site: Host, browser: Browser, kind: str, tmp_path: Path, record_property: Callable[[str, object], None]
):
    if not (site.folder / MEASURED[kind]).is_dir():
        pytest.skip(f"the site has no /{MEASURED[kind]} yet")
    result = measured(site.at(MEASURED[kind]), executable(browser.browser_type), tmp_path)
    record_property(
        FIGURES, f"Lighthouse  {kind:<8}" + "".join(f"  {n} {v}" for n, v in result.figures.items())
    )
    assert result.is_enough, "\n".join([f"{result.figures}, at least {ENOUGH} each", *result.complaints])
