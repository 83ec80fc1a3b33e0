"""The Atom feeds, the list of addresses for search engines, and robots.txt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import islice
from operator import itemgetter

from msgspec import Struct

from stadtnetz.clock import BERLIN
from stadtnetz.fingerprint import of_bytes, of_values
from stadtnetz.model.news import News, NewsType
from stadtnetz.network.glance import Glance
from stadtnetz.network.library import Item
from stadtnetz.network.network import Network
from stadtnetz.site.edition import Edition
from stadtnetz.site.feed_views import FeedEntry, FeedView
from stadtnetz.site.files import stable_uuid
from stadtnetz.site.listed import SitemapUrl, Version
from stadtnetz.site.planning import Inputs, MadePage, given
from stadtnetz.site.subscriptions import ALL_NEWS, feed_path, of_feed

__all__ = ["PlannedText", "about", "feeds", "robots", "sitemap"]

_IN_FEED = 30
"""How many items a feed keeps: more than a reader that looks in once a month can miss."""

_EPOCH = datetime.fromtimestamp(0, BERLIN)
"""When a feed without news was brought up to date: the standard demands a moment."""


class PlannedText(Struct, frozen=True):
    """A file that a template makes and that is no page; see `PlannedPage`."""

    file: str
    template: str
    language: str
    inputs: Inputs
    make: Callable[[], Mapping[str, object]]
    news: tuple[str, ...] = ()
    """The ids of the news that have a part in it."""


_Groups = Mapping[tuple[str, str], Sequence[Glance]]


def feeds(edition: Edition) -> Iterator[PlannedText]:
    """Plan the Atom feeds (RFC 4287): of everything, of each city, topic, state and type of news.

    A feed holds the newest items with their leads; full texts would stand in up to a dozen feeds each, and every
    edit of one would make them all anew. Its inputs are those items and what things are called, so that an edited
    item makes only the feeds that have it.
    """
    ordered = tuple(edition.network.glances.values())
    names = _names(edition)
    yield _planned(edition, names, ordered[:_IN_FEED], edition.network.site.title, ALL_NEWS, "")
    for (kind, id_), items in _by_feed(edition.network, ordered).items():
        title = f"{edition.network.site.title}: {of_feed(edition, kind, id_).text}"
        path = feed_path(kind, id_)
        yield _planned(edition, names, items, title, path, path.removesuffix("feed.xml"))


def _by_feed(network: Network, ordered: Sequence[Glance]) -> _Groups:
    """Give each feed its newest items; `ordered` are all news, newest first."""
    found: dict[tuple[str, str], Sequence[Glance]] = {}
    for type_ in NewsType:
        found["type", type_.value] = tuple(islice((one for one in ordered if one.type is type_), _IN_FEED))
    for kind in ("topic", "city"):
        for id_, items in network.news_by(kind):
            found[kind, id_] = items[:_IN_FEED]
    places = {glance.id: place for place, glance in enumerate(ordered)}
    in_states: dict[str, set[int]] = {}
    for id_, item in network.cities.items():
        of_state = in_states.setdefault(item.entry.state.value, set())
        of_state.update(places[one.id] for one in found.get(("city", id_), ()))
    for state, chosen in in_states.items():
        found["state", state] = [ordered[place] for place in sorted(chosen)[:_IN_FEED]]
    return {key: items for key, items in found.items() if items}


def _names(edition: Edition) -> str:
    """Return what stands for the names of all places and topics, which are the categories of items."""
    network = edition.network
    named = [(id_, edition.link(kind, id_).text) for kind in ("city", "topic") for id_ in network.items[kind]]
    return of_bytes(repr(named).encode("utf-8", "surrogatepass"))


def _planned(
    edition: Edition, names: str, glances: Iterable[Glance], title: str, path: str, home: str
) -> PlannedText:
    site = edition.network.site
    shared = (edition.addresses.base_url, edition.language, site.title, site.tagline, site.imprint.name or "")
    ids = tuple([glance.id for glance in glances])

    def inputs() -> tuple[str, ...]:
        return (*shared, names, title, path, *(edition.network.news[id_].facts for id_ in ids))

    making = partial(_feed, edition, ids, title, path, home)
    return PlannedText(path, "feed.xml", edition.language, inputs, making, ids)


def _feed(edition: Edition, ids: Sequence[str], title: str, path: str, home: str) -> Mapping[str, object]:
    site = edition.network.site
    items = [edition.network.news[id_] for id_ in ids]
    absolute = edition.addresses.absolute
    name = f"feed/{site.title}" if path == ALL_NEWS else f"feed/{site.title}/{path}"
    view = FeedView(
        id=f"urn:uuid:{stable_uuid(name)}",
        title=title,
        subtitle=site.tagline,
        language=edition.texts.language,
        url=absolute(path),
        home_url=absolute(home),
        updated=max((_updated(item.entry) for item in items), default=_EPOCH).isoformat(),
        author=site.imprint.name or site.title,
        entries=tuple(_entry(edition, item) for item in items),
    )
    return {"feed": view}


def _entry(edition: Edition, item: Item[News]) -> FeedEntry:
    entry = item.entry
    topics, cities = (edition.network.topics, edition.network.cities)
    categories = [
        (f"type:{entry.type.value}", entry.type.label(edition.language)),
        *((f"topic:{id_}", edition.link("topic", id_).text) for id_ in entry.topics if id_ in topics),
        *((f"city:{id_}", edition.link("city", id_).text) for id_ in entry.cities if id_ in cities),
    ]
    return FeedEntry(
        id=f"urn:uuid:{stable_uuid(f'news/{item.id}')}",
        title=edition.name(item),
        url=edition.addresses.absolute(edition.paths["news", item.id]),
        updated=_updated(entry).isoformat(),
        published=entry.published.starts(BERLIN).isoformat(),
        summary=entry.lead,
        author=entry.issuer or "",
        categories=tuple(dict.fromkeys(categories)),
    )


def _updated(entry: News) -> datetime:
    """Return when an item last changed for its readers; for them it begins when its embargo ends."""
    days = (entry.published, entry.embargo, entry.updated)
    return max(day.starts(BERLIN) for day in days if day is not None)


def about(page: MadePage) -> SitemapUrl | None:
    """Return what the list of addresses shows of a page, None for one that is not in it."""
    if not page.in_sitemap:
        return None
    modified = page.modified.isoformat() if page.modified else ""
    return SitemapUrl(page.meta.canonical, modified, _versions(page))


def sitemap(pages: Iterable[tuple[str, SitemapUrl | None]]) -> PlannedText:
    """Plan sitemap.xml of the pages' paths and what `about` says of each."""
    urls = tuple(url for _, url in sorted(pages, key=itemgetter(0)) if url is not None)
    return PlannedText("sitemap.xml", "sitemap.xml", "de", given(of_values(urls)), lambda: {"urls": urls})


def _versions(page: MadePage) -> tuple[Version, ...]:
    """Return the versions of a page, itself included; nothing where there is only one."""
    others = [Version(one.language, one.absolute_url) for one in page.meta.alternates if one.same_page]
    if not others:
        return ()
    own = Version(page.language, page.meta.canonical)
    return tuple(sorted((own, *others), key=lambda one: one.language))


def robots(edition: Edition) -> PlannedText:
    """Plan robots.txt."""
    url = edition.addresses.absolute("sitemap.xml")
    return PlannedText("robots.txt", "robots.txt", edition.language, given(url), lambda: {"sitemap_url": url})
