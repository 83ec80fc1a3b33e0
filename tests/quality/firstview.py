"""What a reader's browser fetches, moves and keeps when a page is opened for the first time."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

__all__ = ["Fetched", "FirstView", "first_view"]

_NOTICE = """
window.moved = [];
window.noted = (entries) => window.moved.push(...entries.map((entry) =>
  `${entry.value.toFixed(4)} ` + entry.sources.map((source) => source.node?.outerHTML?.slice(0, 80)).join(' ')));
window.notice = new PerformanceObserver((list) => window.noted(list.getEntries()));
window.notice.observe({ type: 'layout-shift', buffered: true });
"""
# A page may still do something once it has loaded; two frames later that has been painted.
_MOVED = """
async () => {
  await new Promise((done) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 200));
  window.noted(window.notice.takeRecords());
  return window.moved;
}
"""
_ICON = "document.querySelector('link[rel~=icon]')?.href"
_KEPT = """
async () => [
  document.cookie,
  ...Object.keys(localStorage),
  ...Object.keys(sessionStorage),
  ...(await indexedDB.databases()).map((one) => one.name),
  ...await caches.keys(),
  ...(await navigator.serviceWorker.getRegistrations()).map((one) => one.scope),
].filter(Boolean)
"""


@dataclass(frozen=True)
class Fetched:
    """A file as it travels: compressed, if it's a text."""

    url: str
    kind: str
    size: int

    @property
    def is_photograph(self) -> bool:
        """Say whether it is a picture that a page shows, which the budgets leave out; drawings of ours count."""
        return self.kind == "image" and not self.url.endswith(".svg")


@dataclass(frozen=True)
class FirstView:
    """The traces of one visit; `moved` are layout shifts, `kept` is what stays on the reader's device."""

    fetched: tuple[Fetched, ...]
    moved: tuple[str, ...]
    kept: tuple[str, ...]

    def weight(self, kind: str | None = None) -> int:
        """Return how many bytes travel, of all but pictures or of one kind of file."""
        counted = (
            one for one in self.fetched if one.kind == kind or (kind is None and not one.is_photograph)
        )
        return sum(one.size for one in counted)


def first_view(page: Page, url: str) -> FirstView:
    """Open a page in a fresh window, read it to its end, and tell what that took."""
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # Playwright takes no built-in functions
    page.add_init_script(_NOTICE)
    page.goto(url, wait_until="load")
    # At the top first: further down, the browser keeps in place what the reader looks at, whatever moves above.
    page.evaluate(_MOVED)
    page.mouse.wheel(0, 20_000)
    moved = page.evaluate(_MOVED)
    fetched = [_fetched(answer) for answer in answers]
    # Browsers without a window fetch no icon; the reader's does.
    icon = page.evaluate(_ICON)
    if icon and all(one.url != icon for one in fetched):
        fetched.append(Fetched(icon, "image", len(gzip.compress(page.request.get(icon).body()))))
    cookies = tuple(str(cookie) for cookie in page.context.cookies())
    return FirstView(tuple(fetched), tuple(moved), cookies + tuple(page.evaluate(_KEPT)))


def _fetched(answer: Response) -> Fetched:
    kind, body = answer.request.resource_type, answer.body()
    return Fetched(answer.url, kind, len(body) if kind in {"image", "font"} else len(gzip.compress(body)))
