"""Pages that somebody looks at while the site is built: rendered before all others and handed over at once.

An edit of a template changes every page, and whoever makes it looks at one. What is handed over is what the build
will publish a moment later, unless it fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import quote

from msgspec import Struct

from stadtnetz.examination import Site
from stadtnetz.fingerprint import digest
from stadtnetz.incremental import Keys, Rendering, work_of_page
from stadtnetz.memory import Memory
from stadtnetz.output.ledger import Ledger
from stadtnetz.settings import Awaited
from stadtnetz.source import Sources
from stadtnetz.workshop import bytes_of

__all__ = ["hand_over"]


class _Believed(Struct, frozen=True):
    """Takes the ledger's word for what stands in output/: whoever publishes will look."""

    ledger: Ledger

    def holds(self, file: str, wanted: str) -> bool:
        entry = self.ledger.rows.get(file)
        return entry is not None and entry.digest == wanted


def hand_over(awaited: Awaited, site: Site, sources: Sources, memory: Memory, ledger: Ledger) -> None:
    """Render the awaited pages that are stale, and show them with the pictures and files that are new in them."""
    standing = _Believed(ledger)
    works = [work_of_page(page) for page in site.plan.pages if page.file in awaited.files]
    assets = site.design.assets.files.items()
    if not works or not all(standing.holds(file, digest(data)) for file, data in assets):
        return
    keys = Keys(sources, site.design.templates.closures, site.design.assets)
    rendering = Rendering(site.design.renderer, keys, ledger, standing)
    pages = {work.file: data for work in works if (data := rendering.stale(work)) is not None}
    if pages:
        named = b"\0".join(pages.values()).decode()
        for file, wanted, load in _shown_by_pages(site, sources, memory):
            if not standing.holds(file, wanted) and quote(file) in named:
                awaited.show(file, load())
    for file, data in pages.items():
        awaited.show(file, data)


def _shown_by_pages(
    site: Site, sources: Sources, memory: Memory
) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Yield what pages may show besides themselves, with the digests of the bytes and a way to get these."""
    for file, made in site.made.items():
        yield file, made.digest, partial(bytes_of, made, memory)
    for file, source in site.plan.copies.items():
        one = sources.files[source]
        yield file, one.digest, lambda one=one: one.data  # type: ignore[misc]
