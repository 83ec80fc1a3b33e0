"""News: pages of the list, by year, by topic, by place, and one page each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Concatenate, ParamSpec

from stadtnetz.fingerprint import Fingerprints, digest
from stadtnetz.model.background import Background
from stadtnetz.model.news import News
from stadtnetz.network.library import Item
from stadtnetz.site.addresses import permalink
from stadtnetz.site.cards import city_cards, event_cards, news_card, news_order, tandem_cards
from stadtnetz.site.edition import Edition, stand_of
from stadtnetz.site.figures import figures, leading
from stadtnetz.site.frame import MadePage, PlannedPage, page_for, planned_from, section_link
from stadtnetz.site.lists import pages_of
from stadtnetz.site.parts import attachments, contact_view, external, source_views
from stadtnetz.site.pictures import shown_pictures
from stadtnetz.site.views import Facet, FacetValue, Group, Link, ListView, NewsView, Pager, Prose, SiteView

__all__ = ["news_pages"]

P = ParamSpec("P")
Items = Sequence[Item[News]]
Ways = tuple[tuple[str, list[tuple[str, str, int]]], ...]


def news_pages(edition: Edition, site: SiteView) -> Iterator[PlannedPage]:
    """Yield the lists and one page for each news item."""
    t = edition.texts
    network = edition.network
    ordered = sorted(network.news.values(), key=news_order)
    ways = _ways(edition)
    lead = t.gettext("Press releases, reports and calls from the network.")
    yield from _list_pages(edition, site, ways, "aktuelles/", t.gettext("News"), lead, ordered)
    for year, of_year in _by_year(ordered):
        heading = t.gettext("News from %(year)s", year=str(year))
        yield from _list_pages(
            edition, site, ways, f"aktuelles/{year}/", heading, _number(edition, of_year), of_year
        )
    for id_, chosen in _grouped(ordered, "topics", network.topics):
        heading = t.gettext("News on the topic %(topic)s", topic=edition.link("topic", id_).text)
        yield from _list_pages(
            edition, site, ways, f"aktuelles/thema/{id_}/", heading, _number(edition, chosen), chosen
        )
    for id_, chosen in _grouped(ordered, "cities", network.cities):
        heading = t.gettext("News about %(city)s", city=edition.link("city", id_).text)
        yield from _list_pages(
            edition, site, ways, f"aktuelles/ort/{id_}/", heading, _number(edition, chosen), chosen
        )
    for index, item in enumerate(ordered):
        newer = ordered[index - 1] if index else None
        older = ordered[index + 1] if index + 1 < len(ordered) else None
        yield _planned(edition, site, item, older, newer)


def _planned(
    edition: Edition, site: SiteView, item: Item[News], older: Item[News] | None, newer: Item[News] | None
) -> PlannedPage:
    """Plan a page that shows one news item, and of other news only those that it names or stands between."""
    named = [id_ for text, _ in item.all_texts for kind, id_ in text.targets if kind == "news"]
    beside = [one.id for one in (older, newer) if one is not None]
    known = [item.id, *named, *beside]
    shown = [edition.network.news[id_] for id_ in known[1:] if id_ in edition.network.news]
    pictures = Fingerprints().of(*shown_pictures(item, edition.pictures))
    inputs = (
        edition.facts.rest,
        *item.facts,
        *item.texts,
        *(text for background in _backgrounds(edition, item) for text in background.texts),
        *(fact for other in shown for fact in other.facts),
        *beside,
        pictures,
    )
    showing = edition.showing([item, *_backgrounds(edition, item)])
    making = partial(_knowing, showing, known, _news_page, site, item, older, newer)
    return planned_from(edition, inputs, permalink(item) or "", item.path, making)


def _knowing(
    edition: Edition,
    ids: list[str],
    make: Callable[Concatenate[Edition, P], MadePage],
    *args: P.args,
    **more: P.kwargs,
) -> MadePage:
    """Make a page of an edition that has no other news than these."""
    return make(edition.with_news(ids), *args, **more)


def _backgrounds(edition: Edition, item: Item[News]) -> list[Item[Background]]:
    background = edition.network.backgrounds.get(item.entry.background or "")
    return [] if background is None else [background]


def _by_year(items: Items) -> list[tuple[int, list[Item[News]]]]:
    found: dict[int, list[Item[News]]] = {}
    for item in items:
        found.setdefault(item.entry.published.year, []).append(item)
    return sorted(found.items(), reverse=True)


def _grouped(items: Items, field: str, known: Iterable[str]) -> list[tuple[str, list[Item[News]]]]:
    """Return the known entries that items name in a field, each with those items in their order."""
    found: dict[str, list[Item[News]]] = {}
    for item in items:
        for id_ in dict.fromkeys(getattr(item.entry, field)):
            found.setdefault(id_, []).append(item)
    return [(id_, found[id_]) for id_ in known if id_ in found]


def _number(edition: Edition, items: Items) -> str:
    t = edition.texts
    return t.ngettext(
        "%(num)s news item.", "%(num)s news items.", len(items), num=t.format_number(len(items))
    )


def _ways(edition: Edition) -> Ways:
    """Count once what narrows the list: by year, topic and place, each value with its path and its number."""
    t = edition.texts
    items = list(edition.network.news.values())
    years = [
        (f"aktuelles/{year}/", str(year), number)
        for year, number in sorted(Counter(item.entry.published.year for item in items).items(), reverse=True)
    ]
    topics = _values(edition, items, "topic", "topics", "aktuelles/thema/")
    cities = _values(edition, items, "city", "cities", "aktuelles/ort/")
    return ((t.gettext("By year"), years), (t.gettext("By topic"), topics), (t.gettext("By place"), cities))


def _facets(edition: Edition, ways: Ways, current: str) -> tuple[Facet, ...]:
    """Return the ways to narrow the list; `current` is the path of the list that is shown."""
    return tuple(
        Facet(
            title,
            tuple(
                FacetValue(text, edition.addresses.url(path), number, path == current)
                for path, text, number in values
            ),
        )
        for title, values in ways
        if values
    )


def _values(edition: Edition, items: Items, kind: str, field: str, folder: str) -> list[tuple[str, str, int]]:
    found = [
        (f"{folder}{id_}/", edition.link(kind, id_).text, len(chosen))
        for id_, chosen in _grouped(items, field, edition.network.items[kind])
    ]
    return sorted(found, key=lambda value: edition.texts.sort_key(value[1]))


def _list_pages(
    edition: Edition, site: SiteView, ways: Ways, path: str, heading: str, lead: str, items: Items
) -> Iterator[PlannedPage]:
    pages = pages_of(items, edition.network.site.news_per_page)
    facets = _facets(edition, ways, path)
    narrowing = digest(f"{path} {ways}".encode())
    day = max((day for item in items if (day := stand_of(item)) is not None), default=None)
    common = (edition.facts.rest, narrowing, heading, lead, str(len(pages)), str(day))
    of_list = NewsList(path, heading, lead, facets, len(pages), day)
    for number, chosen in enumerate(pages, start=1):
        ids = [item.id for item in chosen]
        pictures = Fingerprints().of(*(shown_pictures(item, edition.pictures) for item in chosen))
        inputs = (*common, *(fact for item in chosen for fact in item.facts), pictures)
        making = partial(_knowing, edition, ids, _list_page, site, of_list, number, ids)
        yield planned_from(edition, inputs, _page_path(path, number), "", making)


@dataclass(frozen=True, slots=True)
class NewsList:
    """What all pages of one list share."""

    path: str
    heading: str
    lead: str
    facets: tuple[Facet, ...]
    pages: int
    day: date | None


def _list_page(edition: Edition, site: SiteView, of_list: NewsList, number: int, ids: list[str]) -> MadePage:
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
        facets=of_list.facets,
        groups=(Group("meldungen", "", tuple(news_card(edition, id_, picture=True) for id_ in ids)),)
        if ids
        else (),
        empty=t.gettext("There is no news yet."),
        pager=_pager(edition, path, number, of_list.pages),
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


def _news_page(
    edition: Edition, site: SiteView, item: Item[News], older: Item[News] | None, newer: Item[News] | None
) -> MadePage:
    t = edition.texts
    network = edition.network
    entry = item.entry
    published = edition.date_text(entry.published)
    background = network.backgrounds.get(entry.background or "")
    shown = leading(figures(edition, item))
    view = NewsView(
        type_and_date=t.gettext(
            "%(type)s of %(date)s", type=entry.type.label(edition.language), date=published.text
        ),
        date=published,
        kicker=entry.kicker or "",
        title=edition.name(item),
        dateline=entry.dateline or "",
        lead=entry.lead,
        prose=edition.prose(item, item.text),
        figures=shown,
        correction=entry.correction or "",
        updated=edition.date_text(entry.updated)
        if entry.updated and entry.updated != entry.published
        else None,
        issuer=entry.issuer or "",
        background_title=background.entry.title if background else "",
        background_date=t.format_date(background.entry.as_of) if background else "",
        background=edition.prose(background, background.text, anchors="hintergrund")
        if background
        else Prose(),
        contact=contact_view(entry.contact),
        responsible=entry.responsible or "",
        original=external(entry.original) if entry.original else None,
        attachments=attachments(edition, item),
        cities=city_cards(edition, entry.cities),
        partners=edition.links("partner", entry.partners),
        tandems=tandem_cards(edition, entry.tandems),
        topics=edition.links("topic", entry.topics),
        networks=edition.links("network", entry.networks),
        events=event_cards(edition, network.related("news", item.id, "event")),
        sources=source_views(edition, entry.sources),
        previous=edition.link("news", older.id) if older else None,
        following=edition.link("news", newer.id) if newer else None,
    )
    year = str(entry.published.year)
    return page_for(
        edition,
        site,
        path=permalink(item) or "",
        template="news.html",
        view=view,
        title=view.title,
        description=entry.lead,
        section="news",
        trail=(section_link(edition, "news"), Link(year, edition.addresses.url(f"aktuelles/{year}/"))),
        stand=[stand_of(item)],
        item=item,
        og_type="article",
        preload=shown[0].picture if shown else None,
    )
