"""The budgets of docs/performance.md that a page must keep, on every kind of page. 1 kB is 1,000 bytes."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, ViewportSize

from tests.browser.host import Host
from tests.quality.firstview import first_view
from tests.quality.pages import PAGES

pytestmark = pytest.mark.quality

KB = 1000
STYLE, STYLE_COMPRESSED = 25 * KB, 8 * KB
SCRIPT_COMPRESSED = 10 * KB
FIRST_VIEW_COMPRESSED, REQUESTS = 60 * KB, 8
PHONE, DESK = ViewportSize(width=360, height=780), ViewportSize(width=1280, height=900)


def sizes(files: list[Path]) -> tuple[int, int]:
    """Return how large files are together, as they are and compressed one by one."""
    texts = [file.read_bytes() for file in files]
    return sum(map(len, texts)), sum(len(gzip.compress(text)) for text in texts)


def test_the_style_sheet_is_small(site: Host):
    plain, compressed = sizes(list(site.folder.rglob("*.css")))
    assert plain <= STYLE, f"{plain:,} bytes as it is served"
    assert compressed <= STYLE_COMPRESSED, f"{compressed:,} bytes compressed"


@pytest.mark.parametrize(
    ("kind", "window"),
    [
        *(pytest.param(kind, PHONE, id=kind) for kind in PAGES),
        *(pytest.param(kind, DESK, id=f"{kind}, at a desk") for kind in ("home", "city", "article")),
    ],
)
def test_a_first_view_is_light_and_still_and_leaves_nothing(
    context: BrowserContext, site: Host, kind: str, window: ViewportSize
):
    page = context.new_page()
    page.set_viewport_size(window)
    view = first_view(page, site.at(PAGES[kind]))
    told = "\n".join(f"{one.size:>8,} {one.kind:<10} {one.url}" for one in view.fetched)
    assert view.weight() <= FIRST_VIEW_COMPRESSED, told
    assert view.weight("script") <= SCRIPT_COMPRESSED, told
    assert len(view.fetched) <= REQUESTS, told
    assert all(one.url.startswith(site.url) for one in view.fetched), f"no request to elsewhere\n{told}"
    assert view.moved == (), "nothing moves after it was shown"
    assert view.kept == (), "nothing stays on the reader's device"


def test_the_traces_would_be_seen(context: BrowserContext, site: Host):
    context.add_init_script("""
        localStorage.setItem('merkzettel', '1');
        document.cookie = 'keks=1';
        addEventListener('load', () => setTimeout(() => document.body.prepend('Musterstadt'), 50));
    """)
    view = first_view(context.new_page(), site.at(""))
    assert view.moved
    assert {"merkzettel", "keks=1"} <= set(view.kept)
    assert view.weight("stylesheet") > KB
    assert view.weight("script") < view.weight()
