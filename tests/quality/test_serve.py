"""What the preview lays over a page is as accessible as the page: axe finds nothing in badge, list and draft mark."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.previewed import GENEROUS, Previewed, previewed
from tests.minisite import MELDUNG, NETWORK, MiniSite
from tests.quality.axe import findings, source

pytestmark = pytest.mark.quality

DRAFT = MELDUNG.replace("type: press-release", "type: press-release\ndraft: ja")


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Previewed]:
    site = MiniSite(tmp_path_factory.mktemp("serve"), {**NETWORK, "content/news/2021/entwurf.md": DRAFT})
    with previewed(site, drafts=True) as at_work:
        at_work.built(1)
        yield at_work


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_the_preview_adds(
    browser: Browser, preview: Previewed, width: int, scheme: str
):
    # Another mistake each time: what was closed once would stay closed.
    wrong = MELDUNG.replace("[musterstadt]", f"[{scheme}-{width}]")
    preview.site.write("content/news/2021/meldung.md", wrong)
    context = browser.new_context(
        locale="de-DE",
        bypass_csp=True,
        color_scheme=scheme,  # type: ignore[arg-type]
        viewport={"width": width, "height": 900},
    )
    context.set_default_timeout(GENEROUS * 1000)
    expect.set_options(timeout=GENEROUS * 1000)
    context.add_init_script(source())
    page = context.new_page()
    page.goto(preview.url + "aktuelles/2021/entwurf/")
    dialog = page.locator("stadtnetz-preview dialog")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text(f"„{scheme}-{width}“")
    assert [str(one) for one in findings(page)] == []
    # Nothing runs over the edge.
    assert page.evaluate("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert dialog.evaluate("it => it.scrollWidth <= it.clientWidth")
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    expect(page.locator("stadtnetz-draft")).to_be_visible()
    assert [str(one) for one in findings(page)] == []
    context.close()
