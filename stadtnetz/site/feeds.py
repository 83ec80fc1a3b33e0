"""The Atom feed, the list of addresses for search engines, and robots.txt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from stadtnetz.clock import BERLIN
from stadtnetz.model.news import News
from stadtnetz.network.library import Item
from stadtnetz.site.cards import news_order
from stadtnetz.site.edition import Edition
from stadtnetz.site.feed_views import FeedEntry, FeedView, SitemapUrl
from stadtnetz.site.frame import PlannedPage
from stadtnetz.site.views import Alternate

__all__ = ["PlannedText", "feed", "robots", "sitemap"]

_IN_FEED = 30
"""How many items the feed keeps: more than a reader that looks in once a month can miss."""


@dataclass(frozen=True, slots=True)
class PlannedText:
    """A file that a template makes and that is no page."""

    file: str
    template: str
    language: str
    context: Mapping[str, object]


def feed(edition: Edition) -> PlannedText:
    """Plan the Atom feed of all news (RFC 4287)."""
    site = edition.network.site
    absolute = edition.addresses.absolute
    items = sorted(edition.network.news.values(), key=news_order)[:_IN_FEED]
    entries = tuple(_entry(edition, item) for item in items)
    epoch = datetime.fromtimestamp(0, BERLIN).isoformat()
    view = FeedView(
        id=_stable_id(f"feed/{site.title}"),
        title=site.title,
        subtitle=site.tagline,
        language=edition.texts.language,
        url=absolute("feed.xml"),
        home_url=absolute(""),
        updated=max((entry.updated for entry in entries), default=epoch),
        author=site.imprint.name or site.title,
        entries=entries,
    )
    return PlannedText("feed.xml", "feed.xml", edition.language, {"feed": view})


def _stable_id(name: str) -> str:
    """Return an id that depends on the name alone, so that a site that moves does not repeat its items."""
    return uuid5(NAMESPACE_URL, f"stadtnetz:{name}").urn


def _entry(edition: Edition, item: Item[News]) -> FeedEntry:
    entry = item.entry
    published = entry.published.starts(BERLIN)
    updated = max(published, entry.updated.starts(BERLIN)) if entry.updated is not None else published
    path = edition.paths["news", item.id]
    return FeedEntry(
        id=_stable_id(f"news/{item.id}"),
        title=edition.name(item),
        url=edition.addresses.absolute(path),
        updated=updated.isoformat(),
        published=published.isoformat(),
        summary=entry.lead,
        author=entry.issuer or "",
    )


def sitemap(pages: Iterable[PlannedPage]) -> PlannedText:
    """Plan sitemap.xml: every page with the day of its last change of content."""
    urls = tuple(
        SitemapUrl(page.meta.canonical, page.modified.isoformat() if page.modified else "", _languages(page))
        for page in sorted(pages, key=lambda page: page.path)
        if page.in_sitemap
    )
    return PlannedText("sitemap.xml", "sitemap.xml", "de", {"urls": urls})


def _languages(page: PlannedPage) -> tuple[Alternate, ...]:
    """Return the versions of a page, itself included; nothing where there is only one."""
    others = [alternate for alternate in page.meta.alternates if alternate.same_page]
    if not others:
        return ()
    own = Alternate(page.language, "", page.meta.url, page.meta.canonical)
    return tuple(sorted((own, *others), key=lambda alternate: alternate.language))


def robots(edition: Edition) -> PlannedText:
    """Plan robots.txt."""
    return PlannedText(
        "robots.txt",
        "robots.txt",
        edition.language,
        {"sitemap_url": edition.addresses.absolute("sitemap.xml")},
    )
