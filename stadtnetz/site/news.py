"""News: their lists, and one page each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from stadtnetz.model.background import Background
from stadtnetz.model.news import News
from stadtnetz.network.library import Item
from stadtnetz.site.addresses import permalink
from stadtnetz.site.cards import city_cards, event_cards, tandem_cards
from stadtnetz.site.edition import Edition, stand_of
from stadtnetz.site.figures import figures, leading
from stadtnetz.site.frame import page_for, section_link
from stadtnetz.site.news_lists import news_lists
from stadtnetz.site.parts import attachments, contact_view, external, source_views
from stadtnetz.site.planning import MadePage, PlannedPage, knowing, news_named, pictures_of, planned_from
from stadtnetz.site.structured.things import article_of, news_thing
from stadtnetz.site.views import Link, NewsView, Prose, SiteView

__all__ = ["news_page", "news_pages"]


def news_pages(edition: Edition, site: SiteView) -> Iterator[PlannedPage]:
    """Yield the lists and one page for each news item."""
    ordered = edition.network.news_in_order
    yield from news_lists(edition, site, ordered)
    for index in range(len(ordered)):
        yield _planned(edition, site, ordered, index)


def news_page(edition: Edition, site: SiteView, id_: str) -> PlannedPage:
    """Return the page of one news item; of other news the edition must have those that it names or stands between."""
    ordered = edition.network.news_in_order
    return _planned(edition, site, ordered, [item.id for item in ordered].index(id_))


def _planned(edition: Edition, site: SiteView, ordered: Sequence[Item[News]], index: int) -> PlannedPage:
    """Plan a page that shows one news item, and of other news only those that it names or stands between."""
    item = ordered[index]
    newer = ordered[index - 1] if index else None
    older = ordered[index + 1] if index + 1 < len(ordered) else None
    beside = [one.id for one in (older, newer) if one is not None]
    backgrounds = _backgrounds(edition, item)
    named = (id_ for one in (item, *backgrounds) for id_ in news_named(one))
    known = (item.id, *named, *beside)
    shown = [edition.network.news[id_] for id_ in known[1:] if id_ in edition.network.news]
    inputs = (
        edition.facts.rest,
        item.facts,
        *item.texts,
        *(text for background in backgrounds for text in background.texts),
        *(other.facts for other in shown),
        *beside,
        *pictures_of(edition, [item]),
    )
    making = partial(knowing, edition, (item, *backgrounds), known, _news_page, site, item, older, newer)
    return planned_from(edition, inputs, edition.paths["news", item.id], item.path, making, known)


def _backgrounds(edition: Edition, item: Item[News]) -> list[Item[Background]]:
    background = edition.network.backgrounds.get(item.entry.background or "")
    return [] if background is None else [background]


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
        contact=contact_view(edition, item),
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
        article=article_of(edition, item),
        structured=[news_thing(edition, item, view.figures)],
        preload=shown[0].picture if shown else None,
    )
