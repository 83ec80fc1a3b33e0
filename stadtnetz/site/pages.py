"""The pages of an edition, kind by kind."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from stadtnetz.site.cities import city_pages
from stadtnetz.site.edition import Edition
from stadtnetz.site.events import event_pages
from stadtnetz.site.fixed import fixed_pages
from stadtnetz.site.groups import network_pages, topic_pages
from stadtnetz.site.index import index_pages
from stadtnetz.site.languages import in_words
from stadtnetz.site.map.pages import map_pages
from stadtnetz.site.news import news_pages
from stadtnetz.site.news_lists import news_lists
from stadtnetz.site.partners import partner_pages
from stadtnetz.site.planning import PlannedPage
from stadtnetz.site.subscribe import subscribe_pages
from stadtnetz.site.tandems import tandem_pages
from stadtnetz.site.views import SiteView

__all__ = ["pages_knowing", "pages_of"]

_Planner = Callable[[Edition, SiteView], Iterator[PlannedPage]]

_OF_OTHERS: tuple[_Planner, ...] = (
    fixed_pages,
    city_pages,
    tandem_pages,
    partner_pages,
    event_pages,
    network_pages,
    topic_pages,
    index_pages,
)
_OF_NEWS = (news_lists, news_pages)
"""Those that are many, and that can be planned for some news alone."""
_TOOLS: tuple[_Planner, ...] = (map_pages, subscribe_pages)
"""Pages that are made of the interface's words, in each of its languages."""


def pages_of(edition: Edition, site: SiteView) -> Iterator[PlannedPage]:
    """Yield all pages of an edition but those for searching."""
    yield from _of_others(edition, site)
    if edition.is_main:
        for of_news in _OF_NEWS:
            yield from of_news(edition, site)
    if edition.is_main or in_words(edition.language):
        for pages in _TOOLS:
            yield from pages(edition, site)


def _of_others(edition: Edition, site: SiteView) -> Iterator[PlannedPage]:
    # Other editions have what is translated; the main one has everything.
    for pages in _OF_OTHERS if edition.is_main else (fixed_pages,):
        yield from pages(edition, site)


def pages_knowing(edition: Edition, site: SiteView, news: Collection[str]) -> Iterator[PlannedPage]:
    """Yield the pages of an edition that know one of these news, without looking at the news themselves."""
    known = frozenset(news)
    yield from (page for page in _of_others(edition, site) if not known.isdisjoint(page.news))
    if edition.is_main:
        for of_news in _OF_NEWS:
            yield from of_news(edition, site, known)
