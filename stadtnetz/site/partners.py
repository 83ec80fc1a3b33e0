"""Pages about partners: the overview, by level, by sector, and one page each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stadtnetz.model.partner import Level, Sector
from stadtnetz.site.cards import city_cards, event_cards, news_cards, partner_card
from stadtnetz.site.city_page import state_path
from stadtnetz.site.edition import Edition, named_days, stand_of
from stadtnetz.site.frame import page_for, section_link
from stadtnetz.site.lists import by_letter, jumps_to
from stadtnetz.site.parts import contact_view, partnership_view, source_views, website
from stadtnetz.site.planning import MadePage, PlannedPage, planned, planned_about
from stadtnetz.site.structured.things import partner_thing
from stadtnetz.site.views import Card, Facet, FacetValue, Group, Link, ListView, PartnerView, Prose, SiteView
from stadtnetz.text.slug import slugify

__all__ = ["partner_pages"]


def _level_path(level: Level) -> str:
    return f"partner/ebene/{slugify(level.label_de)}/"


def _sector_path(sector: Sector) -> str:
    return f"partner/bereich/{slugify(sector.label_de)}/"


def partner_pages(edition: Edition, site: SiteView) -> Iterator[PlannedPage]:
    """Yield the lists and one page for each partner."""
    yield planned(edition, "partner/", _overview, site)
    for level, ids in _by_level(edition):
        yield planned(edition, _level_path(level), _of_level, site, level, ids)
    for sector, ids in _by_sector(edition):
        yield planned(edition, _sector_path(sector), _of_sector, site, sector, ids)
    for id_, item in edition.network.partners.items():
        yield planned_about(edition, f"partner/{id_}/", item, _partner_page, site, id_)


def _of_level(edition: Edition, site: SiteView, level: Level, ids: list[str]) -> MadePage:
    groups = by_letter(edition, _cards(edition, ids))
    jumps = jumps_to(groups) if len(ids) > 24 else ()
    heading, lead = _level_heading(edition, level), _number(edition, len(ids))
    return _list_page(edition, site, _level_path(level), heading, lead, groups, jumps, (level, None), ids)


def _of_sector(edition: Edition, site: SiteView, sector: Sector, ids: list[str]) -> MadePage:
    groups = tuple(
        Group(slugify(level.label_de), _level_heading(edition, level), _cards(edition, chosen))
        for level, members in _by_level(edition)
        if (chosen := [id_ for id_ in members if id_ in ids])
    )
    heading = edition.texts.gettext("Partners: %(sector)s", sector=sector.label(edition.language))
    lead = _number(edition, len(ids))
    return _list_page(edition, site, _sector_path(sector), heading, lead, groups, (), (None, sector), ids)


def _overview(edition: Edition, site: SiteView) -> MadePage:
    t = edition.texts
    partners = edition.network.partners
    groups = tuple(
        Group(
            slugify(level.label_de),
            _level_heading(edition, level),
            _cards(edition, ids),
            url=edition.addresses.url(_level_path(level)),
        )
        for level, ids in _by_level(edition)
    )
    lead = t.gettext(
        "Who carries the programme: in the federal government, in the states and regions, and in each place."
    )
    return _list_page(
        edition,
        site,
        "partner/",
        t.gettext("Partners"),
        lead,
        groups,
        jumps_to(groups),
        (None, None),
        partners,
    )


def _number(edition: Edition, number: int) -> str:
    t = edition.texts
    return t.ngettext(
        "%(num)s partner is recorded here.",
        "%(num)s partners are recorded here.",
        number,
        num=t.format_number(number),
    )


def _level_heading(edition: Edition, level: Level) -> str:
    t = edition.texts
    return {
        Level.FEDERAL: t.gettext("Federal partners"),
        Level.STATE: t.gettext("Partners in the states"),
        Level.REGIONAL: t.gettext("Regional partners"),
        Level.LOCAL: t.gettext("Local partners"),
    }[level]


def _by_level(edition: Edition) -> list[tuple[Level, list[str]]]:
    partners = edition.network.partners
    found = [(level, [id_ for id_, item in partners.items() if item.entry.level is level]) for level in Level]
    return [(level, ids) for level, ids in found if ids]


def _by_sector(edition: Edition) -> list[tuple[Sector, list[str]]]:
    partners = edition.network.partners
    found = [
        (sector, [id_ for id_, item in partners.items() if sector in item.entry.sectors]) for sector in Sector
    ]
    return [(sector, ids) for sector, ids in found if ids]


def _cards(edition: Edition, ids: Iterable[str]) -> tuple[Card, ...]:
    cards = (partner_card(edition, id_) for id_ in ids)
    return tuple(sorted(cards, key=lambda card: edition.texts.sort_key(card.title)))


def _facets(edition: Edition, level: Level | None, sector: Sector | None) -> tuple[Facet, ...]:
    t = edition.texts
    url = edition.addresses.url
    levels = tuple(
        FacetValue(_level_heading(edition, one), url(_level_path(one)), len(ids), one is level)
        for one, ids in _by_level(edition)
    )
    sectors = tuple(
        FacetValue(one.label(edition.language), url(_sector_path(one)), len(ids), one is sector)
        for one, ids in _by_sector(edition)
    )
    facets = (Facet(t.gettext("By level"), levels), Facet(t.gettext("By sector"), sectors))
    return tuple(facet for facet in facets if facet.values)


def _list_page(
    edition: Edition,
    site: SiteView,
    path: str,
    heading: str,
    lead: str,
    groups: tuple[Group, ...],
    jumps: tuple[Link, ...],
    current: tuple[Level | None, Sector | None],
    ids: Iterable[str],
) -> MadePage:
    view = ListView(
        heading=heading,
        lead=lead,
        prose=Prose(),
        counts=(),
        counts_note="",
        facets=_facets(edition, *current),
        groups=groups,
        empty=edition.texts.gettext("No partner is recorded yet."),
        layout="rows",
        jumps=jumps,
    )
    return page_for(
        edition,
        site,
        path=path,
        template="list.html",
        view=view,
        title=heading,
        description=lead,
        section="partner",
        trail=() if path == "partner/" else (section_link(edition, "partner"),),
        stand=[stand_of(edition.network.partners[id_]) for id_ in ids],
        kind="CollectionPage",
    )


def _partner_page(edition: Edition, site: SiteView, id_: str) -> MadePage:
    network = edition.network
    item = network.partners[id_]
    entry = item.entry
    url = edition.addresses.url
    level = Link(_level_heading(edition, entry.level), url(_level_path(entry.level)))
    phases = [network.phases[phase].entry.name for phase in network.related("partner", id_, "phase")]
    view = PartnerView(
        name=edition.name(item),
        level=level,
        sectors=tuple(
            Link(sector.label(edition.language), url(_sector_path(sector))) for sector in entry.sectors
        ),
        states=tuple(
            _state_link(edition, state.label(edition.language), state_path(state)) for state in entry.states
        ),
        lead=entry.lead,
        summary=entry.summary or "",
        periods=tuple(partnership_view(edition, period) for period in entry.periods),
        prose=edition.prose(item, item.text),
        cities=city_cards(edition, network.related("partner", id_, "city")),
        networks=edition.links("network", network.related("partner", id_, "network")),
        phases=tuple(phases),
        topics=edition.links("topic", network.related("partner", id_, "topic")),
        news=news_cards(edition, network.related("partner", id_, "news")),
        events=event_cards(edition, network.related("partner", id_, "event")),
        contact=contact_view(edition, item),
        website=website(entry.website),
        sources=source_views(edition, entry.sources),
    )
    places = edition.texts.join([card.title for card in view.cities])
    described = entry.summary or (
        edition.texts.gettext("%(name)s: partner in %(places)s.", name=view.name, places=places)
        if places
        else edition.texts.gettext("%(name)s: partner of the programme.", name=view.name)
    )
    return page_for(
        edition,
        site,
        path=f"partner/{id_}/",
        template="partner.html",
        view=view,
        title=view.name,
        description=described,
        section="partner",
        trail=(section_link(edition, "partner"), level),
        stand=[stand_of(item)],
        item=item,
        structured=[partner_thing(edition, id_)],
        lists=named_days(edition, item),
    )


def _state_link(edition: Edition, text: str, path: str) -> Link:
    """Link to a state's list where places there are recorded; otherwise name the state."""
    present = {state_path(item.entry.state) for item in edition.network.cities.values()}
    return Link(text, edition.addresses.url(path) if path in present else "")
