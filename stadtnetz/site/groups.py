"""Pages about regional networks and topics: what gathers entries of many kinds."""

from __future__ import annotations

from collections.abc import Iterator

from stadtnetz.site.cards import city_cards, event_cards, network_card, news_cards, tandem_cards, topic_card
from stadtnetz.site.city_page import state_path
from stadtnetz.site.edition import Edition, named_days, stand_of
from stadtnetz.site.frame import page_for, section_link
from stadtnetz.site.parts import contact_view, milestones, since_until, source_views, website
from stadtnetz.site.planning import MadePage, PlannedPage, planned, planned_about
from stadtnetz.site.structured.things import network_thing
from stadtnetz.site.subscriptions import topic_subscriptions
from stadtnetz.site.views import Card, Group, Link, ListView, NetworkView, Prose, SiteView, TopicView

__all__ = ["network_pages", "topic_pages"]


def network_pages(edition: Edition, site: SiteView) -> Iterator[PlannedPage]:
    """Yield the list of regional networks and one page each."""
    yield planned(edition, "netzwerke/", _networks, site)
    for id_, item in edition.network.networks.items():
        yield planned_about(edition, f"netzwerke/{id_}/", item, _network_page, site, id_)


def topic_pages(edition: Edition, site: SiteView) -> Iterator[PlannedPage]:
    """Yield the list of topics and one page each."""
    yield planned(edition, "themen/", _topics, site)
    for id_, item in edition.network.topics.items():
        yield planned_about(edition, f"themen/{id_}/", item, _topic_page, site, id_)


def _networks(edition: Edition, site: SiteView) -> MadePage:
    t = edition.texts
    cards = tuple(network_card(edition, id_) for id_ in edition.network.networks)
    lead = t.gettext("Places that meet in a state or across its borders.")
    return _list(edition, site, "network", t.gettext("Regional networks"), lead, cards)


def _topics(edition: Edition, site: SiteView) -> MadePage:
    t = edition.texts
    cards = tuple(topic_card(edition, id_) for id_ in edition.network.topics)
    lead = t.gettext("What places in the network work on, with everything that belongs to it.")
    return _list(edition, site, "topic", t.gettext("Topics"), lead, cards)


def _list(
    edition: Edition, site: SiteView, kind: str, heading: str, lead: str, cards: tuple[Card, ...]
) -> MadePage:
    ordered = tuple(sorted(cards, key=lambda card: edition.texts.sort_key(card.title)))
    view = ListView(
        heading=heading,
        lead=lead,
        prose=Prose(),
        counts=(),
        counts_note="",
        facets=(),
        groups=(Group("alle", "", ordered),) if ordered else (),
        empty=edition.texts.gettext("Nothing is recorded here yet."),
    )
    return page_for(
        edition,
        site,
        path="netzwerke/" if kind == "network" else "themen/",
        template="list.html",
        view=view,
        title=heading,
        description=lead,
        section=kind,
        stand=[stand_of(item) for item in edition.network.items[kind].values()],
        kind="CollectionPage",
    )


def _network_page(edition: Edition, site: SiteView, id_: str) -> MadePage:
    network = edition.network
    item = network.networks[id_]
    entry = item.entry
    t = edition.texts
    cities = city_cards(edition, entry.cities)
    if not cities:
        note = t.gettext("The sources seen do not name its places.")
    elif entry.complete:
        note = ""
    else:
        note = t.gettext("The list has the places that sources name; there may be more.")
    present = {place.entry.state for place in network.cities.values()}
    view = NetworkView(
        name=edition.name(item),
        summary=entry.summary,
        states=tuple(
            Link(
                state.label(edition.language),
                edition.addresses.url(state_path(state)) if state in present else "",
            )
            for state in entry.states
        ),
        since=since_until(edition, entry.since, entry.until) if entry.since or entry.until else "",
        complete_note=note,
        prose=edition.prose(item, item.text),
        cities=cities,
        partners=edition.links("partner", network.related("network", id_, "partner")),
        topics=edition.links("topic", network.related("network", id_, "topic")),
        news=news_cards(edition, network.related("network", id_, "news")),
        events=event_cards(edition, network.related("network", id_, "event")),
        milestones=milestones(edition, "network", id_),
        contact=contact_view(edition, item),
        website=website(entry.website),
        sources=source_views(edition, entry.sources),
    )
    return page_for(
        edition,
        site,
        path=f"netzwerke/{id_}/",
        template="network.html",
        view=view,
        title=view.name,
        description=entry.summary,
        section="network",
        trail=(section_link(edition, "network"),),
        stand=[stand_of(item)],
        item=item,
        structured=[network_thing(edition, id_)],
        lists=named_days(edition, item),
    )


def _topic_page(edition: Edition, site: SiteView, id_: str) -> MadePage:
    network = edition.network
    item = network.topics[id_]
    view = TopicView(
        name=edition.name(item),
        summary=item.entry.summary,
        prose=edition.prose(item, item.text),
        cities=city_cards(edition, network.related("topic", id_, "city")),
        tandems=tandem_cards(edition, network.related("topic", id_, "tandem")),
        partners=edition.links("partner", network.related("topic", id_, "partner")),
        networks=edition.links("network", network.related("topic", id_, "network")),
        news=news_cards(edition, network.related("topic", id_, "news")),
        events=event_cards(edition, network.related("topic", id_, "event")),
        sources=source_views(edition, item.entry.sources),
    )
    return page_for(
        edition,
        site,
        path=f"themen/{id_}/",
        template="topic.html",
        view=view,
        title=view.name,
        description=item.entry.summary,
        section="topic",
        trail=(section_link(edition, "topic"),),
        stand=[stand_of(item)],
        item=item,
        kind="CollectionPage",
        subscriptions=topic_subscriptions(edition, id_),
        lists=named_days(edition, item),
    )
