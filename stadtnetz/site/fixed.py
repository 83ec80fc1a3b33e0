"""Pages with a fixed address: home, programme, press, data, legal pages and all others in pages/."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from msgspec.structs import replace

from stadtnetz.model.news import NewsType
from stadtnetz.model.page import Layout, Page
from stadtnetz.model.shared import Entry
from stadtnetz.network.library import Item
from stadtnetz.network.network import news_order, tandem_begin
from stadtnetz.site.addresses import HOME, permalink
from stadtnetz.site.cards import event_card, news_card, tandem_cards
from stadtnetz.site.contact_cards import press_card
from stadtnetz.site.counts import count_stand, counts_note, member_counts
from stadtnetz.site.diagrams.history import history_view
from stadtnetz.site.diagrams.members import members_view
from stadtnetz.site.edition import Edition, has_edition, stand_of, translation_of
from stadtnetz.site.events import upcoming_events
from stadtnetz.site.figures import figures, press_figures
from stadtnetz.site.frame import map_link, page_for
from stadtnetz.site.opendata.files import data_catalogue, data_stands, datasets, licence
from stadtnetz.site.operator import operator_sections
from stadtnetz.site.parts import attachments, source_views
from stadtnetz.site.picture_views import IN_PAGE
from stadtnetz.site.planning import MadePage, PlannedPage, planned_knowing
from stadtnetz.site.programme import milestones_by_year, phase_views
from stadtnetz.site.statement import Statement, statement
from stadtnetz.site.structured.questions import questions_thing
from stadtnetz.site.structured.script import Thing
from stadtnetz.site.subscriptions import of_feed
from stadtnetz.site.videos import external_videos, videos
from stadtnetz.site.views import Card, HomeView, Link, PageView, Prose, SiteView

__all__ = ["fixed_pages"]

_PRESS_PICTURES = 48
"""How many pictures the press page offers, the latest."""
_NEWS_ON_HOME, _TANDEMS_ON_HOME = 6, 4
"""How much the first page shows of what is new."""


def fixed_pages(edition: Edition, site: SiteView) -> Iterator[PlannedPage]:
    """Yield every page of pages/ that this edition has; the main edition has a first page in any case."""
    for id_, item in edition.network.pages.items():
        if id_ != HOME and has_edition(edition.network, item, edition.language):
            path = edition.prefix + (permalink(item) or "")
            programme = item.entry.layout is Layout.PROGRAMME and edition.is_main
            items = (item, *(edition.network.phases.values() if programme else ()))
            yield _planned(edition, site, path, items, item)
    home = edition.network.pages.get(HOME)
    if edition.is_main or (home is not None and has_edition(edition.network, home, edition.language)):
        first = [] if home is None else [home]
        origin = "" if home is None else home.path
        # Lists of entries are in the main language; other editions show what is theirs and the numbers.
        news = list(islice(edition.network.glances, _NEWS_ON_HOME)) if edition.is_main else []
        yield planned_knowing(edition, edition.prefix, first, news, origin, _home, site, home, news)


def _planned(
    edition: Edition, site: SiteView, path: str, items: Sequence[Item[Entry]], item: Item[Page]
) -> PlannedPage:
    """Plan a page; unless it is for the press, it knows of no news but those that its texts name."""
    glances = edition.network.glances.values() if item.entry.layout is Layout.PRESS else ()
    news = [one.id for one in glances if one.type is NewsType.PRESS_RELEASE or one.illustrated]
    return planned_knowing(edition, path, items, news, item.path, _page, site, item)


def _texts_of(edition: Edition, item: Item[Page]) -> tuple[str, str, Prose, date | None]:
    """Return heading, lead, long text and stand in this edition's language."""
    translated = translation_of(edition.network, item, edition.language)
    if translated is None:
        return item.entry.title, item.entry.lead, edition.prose(item, item.text), stand_of(item)
    stand = translated.texts.updated.first_day if translated.texts.updated else stand_of(item)
    lead = translated.texts.lead or ""
    return edition.name(item), lead, edition.prose(item, translated.text), stand


def _home(edition: Edition, site: SiteView, item: Item[Page] | None, news: Sequence[str]) -> MadePage:
    t = edition.texts
    network = edition.network
    heading, lead, prose, stand = (
        _texts_of(edition, item)
        if item is not None
        else (network.site.title, network.site.tagline, Prose(), None)
    )
    upcoming = upcoming_events(edition)
    latest = sorted(network.tandems.values(), key=lambda one: (tandem_begin(one.entry), one.id), reverse=True)
    view = HomeView(
        heading=heading,
        lead=lead,
        prose=prose,
        counts=member_counts(edition),
        counts_note=counts_note(edition),
        actions=_actions(edition),
        news=tuple(news_card(edition, id_, picture=True) for id_ in news),
        events=tuple(event_card(edition, id_) for id_ in upcoming[:_NEWS_ON_HOME]) if edition.is_main else (),
        events_heading=t.gettext("Upcoming events"),
        tandems=tandem_cards(edition, [one.id for one in latest[:_TANDEMS_ON_HOME]])
        if edition.is_main
        else (),
        topics=edition.links("topic", network.topics) if edition.is_main else (),
    )
    shown = [stand_of(network.news[id_]) for id_ in news]
    return page_for(
        edition,
        site,
        path=edition.prefix,
        template="home.html",
        view=view,
        title=heading,
        description=lead,
        section=HOME,
        stand=[stand, count_stand(edition), *shown],
        item=item,
        lists=[stand_of(network.events[id_]) for id_ in upcoming[:_NEWS_ON_HOME] if edition.is_main],
    )


def _actions(edition: Edition) -> tuple[Link, ...]:
    t = edition.texts
    actions = [Link(t.gettext("Find a place"), edition.addresses.url("staedte/"), edition.original_mark)]
    actions.append(replace(map_link(edition), text=t.gettext("See the map")))
    if "mitglied-werden" in edition.network.pages:
        join = edition.link("page", "mitglied-werden")
        actions.append(Link(t.gettext("Become a member"), join.url, join.language))
    return tuple(actions)


def _page(edition: Edition, site: SiteView, item: Item[Page]) -> MadePage:
    layout = item.entry.layout
    heading, lead, prose, stand = _texts_of(edition, item)
    sections = operator_sections(edition, layout)
    stated = statement(edition) if layout is Layout.ACCESSIBILITY else Statement((), (), incomplete=False)
    prose = replace(prose, contents=(*prose.contents, *_parts(edition, layout, stated)))
    programme = layout is Layout.PROGRAMME and edition.is_main
    shows_counts = layout is Layout.DATA
    cards_heading, cards = _cards(edition, layout)
    view = PageView(
        layout=layout.value,
        heading=heading,
        lead=lead,
        prose=prose,
        figures=figures(edition, item, sizes=IN_PAGE),
        press_pictures=press_figures(edition, _newest_first(edition), _PRESS_PICTURES)
        if layout is Layout.PRESS
        else (),
        attachments=attachments(edition, item),
        operator=tuple((section.heading, section.fields) for section in sections),
        incomplete=stated.incomplete or any(section.incomplete for section in sections),
        phases=phase_views(edition) if programme else (),
        milestones=milestones_by_year(edition) if programme else (),
        counts=member_counts(edition) if shows_counts else (),
        counts_note=counts_note(edition) if shows_counts else "",
        cards=cards,
        cards_heading=cards_heading,
        sources=source_views(edition, (*item.entry.sources, *stated.sources)),
        statement=stated.sections,
        videos=videos(edition, item),
        external_videos=external_videos(edition, item),
        history=history_view(edition) if programme else None,
        members=members_view(edition) if shows_counts else None,
        card_url=edition.addresses.url(card)
        if layout is Layout.PRESS and (card := press_card(edition))
        else "",
        datasets=datasets(edition) if shows_counts else (),
        licence=licence(edition) if shows_counts else None,
    )
    path = edition.prefix + (permalink(item) or "")
    return page_for(
        edition,
        site,
        path=path,
        template="page.html",
        view=view,
        title=heading,
        description=lead,
        section=item.id,
        trail=_trail(edition, item),
        stand=(stand, *_stated(edition, layout, programme=programme)),
        item=item,
        structured=_things(edition, layout, path, prose),
        subscriptions=[of_feed(edition, "type", NewsType.PRESS_RELEASE.value)]
        if layout is Layout.PRESS and cards
        else (),
        lists=_listed(edition, layout),
    )


def _stated(edition: Edition, layout: Layout, *, programme: bool) -> Iterator[date | None]:
    """Yield the days of what a page states besides its own text."""
    network = edition.network
    if layout is Layout.DATA:
        yield count_stand(edition)
    if programme:
        yield from map(stand_of, (*network.phases.values(), *network.milestones.values()))


def _parts(edition: Edition, layout: Layout, stated: Statement) -> Iterator[Link]:
    """Yield links to what readers look for below a page's own text."""
    yield from (Link(part.heading, f"#s-{part.anchor}") for part in stated.sections)
    if layout is Layout.DATA:
        yield Link(edition.texts.gettext("Data to download"), "#s-data")


def _things(edition: Edition, layout: Layout, path: str, prose: Prose) -> Iterator[Thing]:
    """Yield what search engines are told of a page: its questions, the data."""
    questions = questions_thing(prose.html, edition.addresses.absolute(path))
    if questions is not None:
        yield questions
    if layout is Layout.DATA and edition.is_main:
        yield data_catalogue(edition, path)


def _listed(edition: Edition, layout: Layout) -> Iterator[date | None]:
    """Yield the days of what a page lists."""
    network = edition.network
    if layout is Layout.PRESS:
        yield from (
            stand_of(one) for one in network.news.values() if one.entry.type is NewsType.PRESS_RELEASE
        )
    elif layout is Layout.TANDEMS:
        yield from map(stand_of, network.tandems.values())
    elif layout is Layout.DATA:
        yield from data_stands(edition)


def _trail(edition: Edition, item: Item[Page]) -> list[Link]:
    """Follow `parent` up; a circle ends where it closes."""
    pages: Mapping[str, Item[Page]] = edition.network.pages
    trail: list[Link] = []
    seen = {item.id}
    parent = item.entry.parent
    while parent is not None and parent in pages and parent not in seen:
        trail.insert(0, edition.link("page", parent))
        seen.add(parent)
        parent = pages[parent].entry.parent
    return trail


def _cards(edition: Edition, layout: Layout) -> tuple[str, tuple[Card, ...]]:
    t = edition.texts
    network = edition.network
    if layout is Layout.PRESS:
        releases = [one for one in network.news.values() if one.entry.type is NewsType.PRESS_RELEASE]
        cards = [news_card(edition, one.id) for one in sorted(releases, key=news_order)]
        return t.gettext("Press releases"), tuple(_foreign(edition, card) for card in cards)
    if layout is Layout.TANDEMS:
        ordered = sorted(
            network.tandems.values(), key=lambda one: (tandem_begin(one.entry), one.id), reverse=True
        )
        cards = list(tandem_cards(edition, [one.id for one in ordered]))
        return t.gettext("Tandems in the network"), tuple(
            replace(card, language=edition.original_mark) for card in cards
        )
    return "", ()


def _newest_first(edition: Edition) -> Iterator[Item[Entry]]:
    """Yield all entries that may have pictures for the press: news from the latest on, then the others by name."""
    yield from edition.network.news_in_order
    for kind in ("event", "city", "page"):
        items = edition.network.items[kind].values()
        yield from sorted(items, key=lambda item: edition.texts.sort_key(edition.name(item)))


def _foreign(edition: Edition, card: Card) -> Card:
    """Mark a card of an entry in another language; what is not its name would be a text in that language."""
    mark = edition.original_mark
    return replace(card, language=mark, text="", kicker=card.kicker.partition(" · ")[0]) if mark else card
