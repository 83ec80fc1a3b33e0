"""Pages with pictures, which the real site has none of: axe and the Nu checker look at a small site that has them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.minisite import MiniSite
from tests.picturesite import picture_files
from tests.quality.axe import findings, source
from tests.quality.nu import checked, report
from tests.quality.test_nu import KNOWN, is_of_data_block

pytestmark = pytest.mark.quality

PAGES = (
    "",
    "aktuelles",
    "presse",
    "staedte/beispielhausen",
    "aktuelles/2022/vereinbarung",
    "aktuelles/2022/im-text",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site with pictures; its pages are looked at one by one, without a server."""
    site = MiniSite(tmp_path_factory.mktemp("pictures"), picture_files())
    assert site.build().published is not None
    return site.output


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, folder: Path, scheme: str) -> None:
    context = browser.new_context(
        bypass_csp=True, color_scheme=scheme, reduced_motion="reduce", viewport={"width": 360, "height": 800}
    )
    context.add_init_script(source())
    page = context.new_page()
    # Files at the root of nothing: the site's own addresses are answered from its folder.
    page.route("**/*", lambda route: route.fulfill(path=_file(folder, route.request.url)))
    for path in PAGES:
        page.goto(f"https://netz.musterstadt.de/{path}/".replace("de//", "de/"))
        assert page.locator("main img").count() > 0
        assert [*map(str, findings(page))] == [], path
    context.close()


def _file(folder: Path, url: str) -> Path:
    path = folder / url.removeprefix("https://netz.musterstadt.de/")
    return path / "index.html" if path.is_dir() else path


def test_the_checker_has_nothing_to_say(folder: Path) -> None:
    said = checked(folder / path / "index.html" for path in PAGES)
    # Read as files, pages have no origin that could be their own.
    known = (*KNOWN, r"^Resource violates Content Security Policy")
    said = [one for one in said if not is_of_data_block(one)]
    unknown = [one for one in said if not any(re.search(one_known, one["message"]) for one_known in known)]
    assert not unknown, "\n" + report(unknown)
