"""The lists of news: of all, by year, by type, by topic, by place."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import date
from functools import partial

from msgspec import Struct

from stadtnetz.site.cards import news_card
from stadtnetz.site.edition import Edition
from stadtnetz.site.frame import page_for, section_link
from stadtnetz.site.lists import pages_of
from stadtnetz.site.planning import (
    MadePage,
    PlannedPage,
    facts_of_news,
    knowing,
    pictures_of_news,
    planned_with_news,
)
from stadtnetz.site.subscriptions import all_news, news_types, of_feed, type_path
from stadtnetz.site.views import (
    Group,
    Link,
    ListView,
    Pager,
    Prose,
    SiteView,
    Subscription,
)
from stadtnetz.site.ways import FACETS, Items, Ways, by_year, ways_of

__all__ = ["news_lists"]


def news_lists(
    edition: Edition, site: SiteView, about: AbstractSet[str] | None = None
) -> Iterator[PlannedPage]:
    """Yield the pages of every list, or only those that have one of the news in `about`."""
    t = edition.texts
    network = edition.network
    ordered = tuple(network.glances.values())
    topics, cities = tuple(network.news_by("topic")), tuple(network.news_by("city"))
    ways = ways_of(edition, ordered, topics, cities)
    listing = partial(_list_pages, edition, site, ways, about)
    lead = t.gettext("Press releases, reports and calls from the network.")
    yield from listing("aktuelles/", t.gettext("News"), ordered, all_news(edition), lead)
    for year, of_year in by_year(ordered):
        yield from listing(
            f"aktuelles/{year}/", t.gettext("News from %(year)s", year=str(year)), of_year, None
        )
    for type_, name in news_types(edition).items():
        of_type = [item for item in ordered if item.type is type_]
        if of_type:
            yield from listing(type_path(type_), name, of_type, of_feed(edition, "type", type_.value))
    for id_, chosen in topics:
        feed = of_feed(edition, "topic", id_)
        yield from listing(f"aktuelles/thema/{id_}/", feed.text, chosen, feed)
    for id_, chosen in cities:
        feed = of_feed(edition, "city", id_)
        yield from listing(f"aktuelles/ort/{id_}/", feed.text, chosen, feed)


def _number(edition: Edition, items: Items) -> str:
    t = edition.texts
    return t.ngettext(
        "%(num)s news item.", "%(num)s news items.", len(items), num=t.format_number(len(items))
    )


def _list_pages(
    edition: Edition,
    site: SiteView,
    ways: Ways,
    about: AbstractSet[str] | None,
    path: str,
    heading: str,
    items: Items,
    feed: Subscription | None,
    lead: str = "",
) -> Iterator[PlannedPage]:
    if about is not None and about.isdisjoint([item.id for item in items]):
        return  # most lists have none of them, and need not be cut into pages
    lead = lead or _number(edition, items)
    pages = pages_of(items, edition.network.site.news_per_page)
    day = max((item.day for item in items), default=None)
    common = (edition.facts.rest, path, heading, lead, str(len(pages)), str(day))
    of_list = NewsList(path, heading, lead, ways, len(pages), day, feed)
    for number, chosen in enumerate(pages, start=1):
        ids = tuple([item.id for item in chosen])
        if about is not None and about.isdisjoint(ids):
            continue
        narrowed = (*common, ways.fingerprint) if number == 1 else common
        inputs = partial(_inputs, edition, narrowed, ids)
        making = partial(knowing, edition, (), ids, _list_page, site, of_list, number, ids)
        yield planned_with_news(edition, inputs, _page_path(path, number), "", making, ids)


def _inputs(edition: Edition, shared: tuple[str, ...], ids: tuple[str, ...]) -> tuple[str, ...]:
    return (*shared, *facts_of_news(edition, ids), *pictures_of_news(edition, ids))


class NewsList(Struct, frozen=True):
    """What all pages of one list share."""

    path: str
    heading: str
    lead: str
    ways: Ways
    pages: int
    day: date | None
    feed: Subscription | None
    """None for a year: it gets no more news."""


def _list_page(
    edition: Edition, site: SiteView, of_list: NewsList, number: int, ids: tuple[str, ...]
) -> MadePage:
    t = edition.texts
    heading, lead, path = of_list.heading, of_list.lead, of_list.path
    trail = () if path == "aktuelles/" else (section_link(edition, "news"),)
    title = heading
    if number > 1:
        title = t.gettext("%(title)s, page %(page)s", title=heading, page=str(number))
        trail = (*trail, Link(heading, edition.addresses.url(path)))
    view = ListView(
        heading=title,
        lead=lead,
        prose=Prose(),
        counts=(),
        counts_note="",
        facets=of_list.ways.facets(edition, path) if number == 1 else (),
        groups=(Group("meldungen", "", tuple(news_card(edition, id_, picture=True) for id_ in ids)),)
        if ids
        else (),
        empty=t.gettext("There is no news yet."),
        pager=_pager(edition, path, number, of_list.pages),
        # On every page of a long list, links to all narrower lists would weigh more than what it lists.
        narrowing=Link(t.gettext("Narrow the list"), f"{edition.addresses.url(path)}#{FACETS}")
        if number > 1
        else None,
    )
    return page_for(
        edition,
        site,
        path=_page_path(path, number),
        template="list.html",
        view=view,
        title=title,
        description=lead if number == 1 else f"{title}. {lead}",
        section="news",
        trail=trail,
        stand=[of_list.day],
        kind="CollectionPage",
        subscriptions=() if of_list.feed is None else (of_list.feed,),
    )


def _page_path(path: str, number: int) -> str:
    return path if number == 1 else f"{path}seite/{number}/"


def _pager(edition: Edition, path: str, number: int, total: int) -> Pager | None:
    if total == 1:
        return None
    url = edition.addresses.url
    return Pager(
        previous_url=url(_page_path(path, number - 1)) if number > 1 else "",
        next_url=url(_page_path(path, number + 1)) if number < total else "",
        label=edition.texts.gettext("Page %(page)s of %(total)s", page=str(number), total=str(total)),
    )
