"""Pages about places: the overview, by state, A to Z, and one page each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from stadtnetz.model.city import State
from stadtnetz.network.lifecycle import Stage
from stadtnetz.site.cards import city_cards, partner_card
from stadtnetz.site.city_page import city_page, places_in, state_path
from stadtnetz.site.counts import count_stand, counts_note, member_counts
from stadtnetz.site.edition import Edition, stand_of
from stadtnetz.site.frame import map_link, page_for, section_link
from stadtnetz.site.lists import by_letter, jumps_to
from stadtnetz.site.planning import MadePage, PlannedPage, knowing, planned, planned_about, planned_from
from stadtnetz.site.subscriptions import state_subscriptions
from stadtnetz.site.views import Card, Facet, FacetValue, Group, ListView, Prose, SiteView, Subscription

__all__ = ["city_pages"]


def city_pages(edition: Edition, site: SiteView) -> Iterator[PlannedPage]:
    """Yield the lists and one page for each place."""
    yield planned(edition, "staedte/", _overview, site)
    yield planned(edition, "staedte/a-z/", _alphabet, site)
    for state in _states(edition):
        # Whether there is a feed depends on all news, and nothing else on the page does.
        feeds = tuple(state_subscriptions(edition, state))
        inputs = (edition.facts.rest, *(feed.url for feed in feeds))
        making = partial(knowing, edition, (), (), _state_page, site, state, feeds)
        yield planned_from(edition, inputs, state_path(state), "", making)
    for id_, item in edition.network.cities.items():
        yield planned_about(edition, f"staedte/{id_}/", item, city_page, site, id_)


def _states(edition: Edition) -> list[State]:
    present = {item.entry.state for item in edition.network.cities.values()}
    return sorted(present, key=lambda state: edition.texts.sort_key(state.label(edition.language)))


def _facet(edition: Edition, current: State | None) -> tuple[Facet, ...]:
    values = tuple(
        FacetValue(
            state.label(edition.language),
            edition.addresses.url(state_path(state)),
            len(places_in(edition, state)),
            state is current,
        )
        for state in _states(edition)
    )
    return (Facet(edition.texts.gettext("By state"), values),) if values else ()


def _overview(edition: Edition, site: SiteView) -> MadePage:
    t = edition.texts
    network = edition.network
    members = set(network.member_ids)
    unconfirmed = set(network.unconfirmed_ids)
    by_stage = {id_: place.stage for id_, place in network.standings.items()}
    waiting = [
        id_
        for id_, stage in by_stage.items()
        if stage in (Stage.SELECTED, Stage.NOT_YET) and id_ not in unconfirmed
    ]
    former = [id_ for id_, stage in by_stage.items() if stage is Stage.FORMER]
    groups = (
        _group(edition, "mitglieder", t.gettext("Members"), members, ""),
        _group(edition, "ausgewaehlt", t.gettext("Selected, not yet admitted"), waiting, ""),
        _group(
            edition,
            "status-nicht-bestaetigt",
            t.gettext("Status not confirmed"),
            unconfirmed,
            t.gettext("These places were members; no source seen says whether they still are."),
        ),
        _group(edition, "ehemalige", t.gettext("Former members"), former, ""),
    )
    shown = tuple(group for group in groups if group.cards)
    lead = t.gettext(
        "Cities, municipalities, districts and their associations in the network, with their partners and tandems."
    )
    view = ListView(
        heading=t.gettext("Cities and municipalities"),
        lead=lead,
        prose=Prose(),
        counts=member_counts(edition)[:2],
        counts_note=counts_note(edition),
        facets=(*_facet(edition, None), _more(edition)),
        groups=shown,
        empty=t.gettext("No place is recorded yet."),
        layout="rows",
        jumps=jumps_to(shown),
    )
    return _list_page(edition, site, "staedte/", view, network.cities)


def _more(edition: Edition) -> Facet:
    t = edition.texts
    number = len(edition.network.cities)
    values = (
        FacetValue(t.gettext("All places from A to Z"), edition.addresses.url("staedte/a-z/"), number),
        FacetValue(t.gettext("All places on the map"), map_link(edition).url, number),
    )
    return Facet(t.gettext("Other views"), values)


def _group(edition: Edition, anchor: str, title: str, ids: Iterable[str], text: str) -> Group:
    return Group(anchor, title, city_cards(edition, ids), text=text)


def _list_page(
    edition: Edition,
    site: SiteView,
    path: str,
    view: ListView,
    ids: Iterable[str],
    subscriptions: Iterable[Subscription] = (),
) -> MadePage:
    trail = () if path == "staedte/" else (section_link(edition, "city"),)
    days = [stand_of(edition.network.cities[id_]) for id_ in ids]
    return page_for(
        edition,
        site,
        path=path,
        template="list.html",
        view=view,
        title=view.heading,
        description=view.lead,
        section="city",
        trail=trail,
        stand=[*days, count_stand(edition) if view.counts else None],
        kind="CollectionPage",
        subscriptions=subscriptions,
    )


def _alphabet(edition: Edition, site: SiteView) -> MadePage:
    t = edition.texts
    groups = by_letter(edition, city_cards(edition, edition.network.cities))
    view = ListView(
        heading=t.gettext("All places from A to Z"),
        lead=t.gettext("Every place that is, was or will be a member, in alphabetical order."),
        prose=Prose(),
        counts=(),
        counts_note="",
        facets=_facet(edition, None),
        groups=groups,
        empty=t.gettext("No place is recorded yet."),
        layout="rows",
        jumps=jumps_to(groups),
    )
    return _list_page(edition, site, "staedte/a-z/", view, edition.network.cities)


def _state_page(edition: Edition, site: SiteView, state: State, feeds: Iterable[Subscription]) -> MadePage:
    t = edition.texts
    ids = places_in(edition, state)
    name = state.label(edition.language)
    networks = [id_ for id_, item in edition.network.networks.items() if state in item.entry.states]
    partners = [id_ for id_, item in edition.network.partners.items() if state in item.entry.states]
    groups = [Group("orte", t.gettext("Places"), city_cards(edition, ids))]
    if partners:
        cards = tuple(partner_card(edition, id_) for id_ in partners)
        groups.append(Group("partner", t.gettext("Partners in the state and the region"), cards))
    if networks:
        cards = tuple(Card("network", link.text, link.url) for link in edition.links("network", networks))
        groups.append(Group("netzwerke", t.gettext("Regional networks"), cards))
    view = ListView(
        heading=t.gettext("Places in %(state)s", state=name),
        lead=t.ngettext(
            "%(num)s place in %(state)s is recorded here.",
            "%(num)s places in %(state)s are recorded here.",
            len(ids),
            num=t.format_number(len(ids)),
            state=name,
        ),
        prose=Prose(),
        counts=(),
        counts_note="",
        facets=_facet(edition, state),
        groups=tuple(groups),
        empty="",
        layout="rows",
    )
    return _list_page(edition, site, state_path(state), view, ids, feeds)
