"""The Atom feed, the list of addresses for search engines, and robots.txt."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import NAMESPACE_URL, uuid5

from stadtnetz.clock import BERLIN
from stadtnetz.model.news import News
from stadtnetz.network.library import Item
from stadtnetz.site.cards import news_order
from stadtnetz.site.edition import Edition
from stadtnetz.site.feed_views import FeedEntry, FeedView, SitemapUrl
from stadtnetz.site.frame import MadePage
from stadtnetz.site.views import Alternate

__all__ = ["PlannedText", "about", "feed", "robots", "sitemap"]

_IN_FEED = 30
"""How many items the feed keeps: more than a reader that looks in once a month can miss."""


@dataclass(frozen=True, slots=True)
class PlannedText:
    """A file that a template makes and that is no page; see `PlannedPage`."""

    file: str
    template: str
    language: str
    inputs: tuple[str, ...]
    make: Callable[[], Mapping[str, object]]


def feed(edition: Edition) -> PlannedText:
    """Plan the Atom feed of all news (RFC 4287)."""
    return PlannedText(
        "feed.xml", "feed.xml", edition.language, (edition.facts.whole,), partial(_feed, edition)
    )


def _feed(edition: Edition) -> Mapping[str, object]:
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
    return {"feed": view}


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


def about(page: MadePage) -> str:
    """Return what the list of addresses must know of a page, as JSON; "" for a page that is not in it."""
    if not page.in_sitemap:
        return ""
    languages = [(other.language, other.label, other.url, other.absolute_url) for other in _languages(page)]
    modified = page.modified.isoformat() if page.modified else ""
    return json.dumps((page.meta.canonical, modified, languages), ensure_ascii=False)


def sitemap(pages: Iterable[tuple[str, str]]) -> PlannedText:
    """Plan sitemap.xml of the pages' paths and what `about` says of each."""
    known = [said for _, said in sorted(pages) if said]
    return PlannedText("sitemap.xml", "sitemap.xml", "de", tuple(known), partial(_sitemap, known))


def _sitemap(known: list[str]) -> Mapping[str, object]:
    rows = [json.loads(said) for said in known]
    return {
        "urls": tuple(
            SitemapUrl(url, modified, tuple(Alternate(*other) for other in languages))
            for url, modified, languages in rows
        )
    }


def _languages(page: MadePage) -> tuple[Alternate, ...]:
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
        (edition.addresses.absolute("sitemap.xml"),),
        lambda: {"sitemap_url": edition.addresses.absolute("sitemap.xml")},
    )
