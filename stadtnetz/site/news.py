"""News: one page each; their lists are in `site.news_lists`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain

from msgspec import Struct

from stadtnetz.model.background import Background
from stadtnetz.model.shared import Entry
from stadtnetz.network.glance import Glance, news_named
from stadtnetz.network.library import Item
from stadtnetz.site.addresses import permalink
from stadtnetz.site.cards import city_cards, event_cards, tandem_cards
from stadtnetz.site.edition import Edition, stand_of
from stadtnetz.site.figures import figures, leading
from stadtnetz.site.frame import page_for, section_link
from stadtnetz.site.parts import attachments, contact_view, external, source_views
from stadtnetz.site.planning import MadePage, PlannedPage, facts_of_news, pictures_of_news, planned_with_news
from stadtnetz.site.structured.things import article_of, news_thing
from stadtnetz.site.views import Link, NewsView, Prose, SiteView

__all__ = ["Backgrounds", "Glances", "Known", "news_page", "news_pages"]

Glances = Mapping[str, Glance]
Backgrounds = Mapping[str, Item[Background]]


def news_pages(
    edition: Edition, site: SiteView, about: AbstractSet[str] | None = None
) -> Iterator[PlannedPage]:
    """Yield one page for each news item, or only those that know one of the news in `about`."""
    network = edition.network
    glances, backgrounds, ids = network.glances, network.backgrounds, tuple(network.glances)
    for place in range(len(ids)) if about is None else _near(about, glances, backgrounds, ids):
        known = Known.at(glances, backgrounds, ids, place)
        if about is None or not about.isdisjoint(known.ids):
            yield _planned(edition, site, known)


def _near(
    about: AbstractSet[str], glances: Glances, backgrounds: Backgrounds, ids: Sequence[str]
) -> Iterator[int]:
    """Yield the places of all items that may know one of these news, and of few others."""
    naming = not about.isdisjoint(chain(*(news_named(background) for background in backgrounds.values())))
    beside = {place + step for place, id_ in enumerate(ids) if id_ in about for step in (-1, 0, 1)}
    for place, id_ in enumerate(ids):
        glance = glances[id_]
        if place in beside or not about.isdisjoint(glance.linked) or (naming and glance.names):
            yield place


def news_page(edition: Edition, site: SiteView, id_: str) -> PlannedPage:
    """Return the page of one news item."""
    return _planned(edition, site, Known.by(edition.network.glances, edition.network.backgrounds, id_))


class Known(Struct, frozen=True):
    """The news that a news item's page knows: itself, those that its texts name, and those that it stands between."""

    ids: tuple[str, ...]
    older: str | None
    newer: str | None

    @classmethod
    def by(cls, glances: Glances, backgrounds: Backgrounds, id_: str) -> Known:
        """Look up those that one of these news knows."""
        ids = tuple(glances)
        return cls.at(glances, backgrounds, ids, ids.index(id_))

    @classmethod
    def at(cls, glances: Glances, backgrounds: Backgrounds, ids: Sequence[str], place: int) -> Known:
        """Look up those that the item at a place knows; `ids` are those of all, newest first."""
        glance = glances[ids[place]]
        newer = ids[place - 1] if place else None
        older = ids[place + 1] if place + 1 < len(ids) else None
        named = (*glance.linked, *_named_below(glance, backgrounds))
        beside = (one for one in (older, newer) if one is not None)
        return cls((glance.id, *named, *beside), older, newer)


def _named_below(glance: Glance, backgrounds: Backgrounds) -> Iterator[str]:
    """Yield the news that the background block links to."""
    for kind, id_ in glance.names:
        if kind == "background" and id_ in backgrounds:
            yield from news_named(backgrounds[id_])


def _planned(edition: Edition, site: SiteView, known: Known) -> PlannedPage:
    """Plan a page that shows one news item, and of other news only those that it names or stands between."""
    glance = edition.network.glances[known.ids[0]]

    def inputs() -> tuple[str, ...]:
        texts = [text for one in shown() for text in one.texts]
        shown_pictures = pictures_of_news(edition, [glance.id])
        others = (known.older or "", known.newer or "")
        return (edition.facts.rest, *texts, *facts_of_news(edition, known.ids), *shown_pictures, *others)

    def shown() -> tuple[Item[Entry], ...]:
        item = edition.network.news[glance.id]
        background = edition.network.backgrounds.get(item.entry.background or "")
        return (item,) if background is None else (item, background)

    def make() -> MadePage:
        return _news_page(edition.showing(shown()).with_news(known.ids), site, known)

    path = edition.paths["news", glance.id]
    return planned_with_news(edition, inputs, path, glance.path, make, known.ids)


def _news_page(edition: Edition, site: SiteView, known: Known) -> MadePage:
    t = edition.texts
    network = edition.network
    item = network.news[known.ids[0]]
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
        previous=edition.link("news", known.older) if known.older else None,
        following=edition.link("news", known.newer) if known.newer else None,
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
