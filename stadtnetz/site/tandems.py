"""Pages about tandems: the overview by state, and one page each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from stadtnetz.model.tandem import Tandem
from stadtnetz.network.lifecycle import TandemState
from stadtnetz.network.network import tandem_begin
from stadtnetz.site.cards import city_card, event_cards, news_cards, tandem_card, tandem_cards, tandem_title
from stadtnetz.site.diagrams.families import families_view
from stadtnetz.site.edition import Edition, named_days, stand_of
from stadtnetz.site.frame import page_for, section_link
from stadtnetz.site.lists import jumps_to
from stadtnetz.site.parts import source_views
from stadtnetz.site.planning import MadePage, PlannedPage, planned, planned_about
from stadtnetz.site.states import tandem_badge
from stadtnetz.site.structured.things import tandem_thing
from stadtnetz.site.tandem_words import period_of, standing_sentence
from stadtnetz.site.views import Card, Count, Group, Link, ListView, Prose, SiteView, TandemView

__all__ = ["tandem_pages"]


def tandem_pages(edition: Edition, site: SiteView) -> Iterator[PlannedPage]:
    """Yield the overview and one page for each tandem."""
    yield planned(edition, "tandems/", _overview, site)
    for id_, item in edition.network.tandems.items():
        yield planned_about(edition, f"tandems/{id_}/", item, _tandem_page, site, id_)


def _overview(edition: Edition, site: SiteView) -> MadePage:
    t = edition.texts
    network = edition.network
    titles = {
        TandemState.PENDING: ("noch-offen", t.gettext("Partner still open")),
        TandemState.ANNOUNCED: ("angekuendigt", t.gettext("Announced")),
        TandemState.RUNNING: ("laufend", t.gettext("Running")),
        TandemState.CONTINUED: ("weitergefuehrt", t.gettext("Year of company over, exchange went on")),
        TandemState.ENDED: ("abgeschlossen", t.gettext("Year of company over")),
        TandemState.UNDATED: ("ohne-datum", t.gettext("Dates not known")),
    }
    groups = tuple(
        Group(anchor, title, tandem_cards(edition, ids))
        for state, (anchor, title) in titles.items()
        if (ids := [id_ for id_ in reversed(_by_start(edition)) if network.tandem_states[id_] is state])
    )
    generations = _generations(edition)
    lead = t.gettext(
        "A place that has been through the programme accompanies a new one for a year. Who accompanies whom:"
    )
    families = families_view(edition)
    jumps = jumps_to((*groups, *generations))
    if families is not None:
        jumps = (Link(families.heading, f"#s-{families.anchor}"), *jumps)
    view = ListView(
        heading=t.gettext("Tandems"),
        lead=lead,
        prose=Prose(),
        counts=(Count(len(network.tandems), t.ngettext("tandem", "tandems", len(network.tandems))),)
        if network.tandems
        else (),
        counts_note="",
        facets=(),
        groups=(*groups, *generations),
        empty=t.gettext("No tandem is recorded yet."),
        jumps=jumps,
        families=families,
    )
    return page_for(
        edition,
        site,
        path="tandems/",
        template="list.html",
        view=view,
        title=view.heading,
        description=lead,
        section="tandem",
        stand=[stand_of(item) for item in network.tandems.values()],
        kind="CollectionPage",
    )


def _by_start(edition: Edition) -> list[str]:
    tandems = edition.network.tandems
    return sorted(tandems, key=lambda id_: (tandem_begin(tandems[id_].entry), id_))


def _generations(edition: Edition) -> tuple[Group, ...]:
    """List those that accompany more than one other, or pass on what they were given themselves."""
    t = edition.texts
    network = edition.network
    cards = []
    for mentor, ids in network.tandems_by_mentor.items():
        if mentor not in network.cities or (len(ids) < 2 and mentor not in network.tandems_by_mentee):
            continue
        mentees = [network.tandems[id_].entry.mentee or "" for id_ in ids]
        links = tuple(edition.link("city", mentee) for mentee in mentees if mentee in network.cities)
        card = city_card(edition, mentor)
        text = t.ngettext(
            "has accompanied %(num)s place:", "has accompanied %(num)s places:", len(links), num=len(links)
        )
        cards.append(Card("city", card.title, card.url, text=text, links=links))
    if not cards:
        return ()
    ordered = tuple(sorted(cards, key=lambda card: edition.texts.sort_key(card.title)))
    return (Group("mehrere-tandems", t.gettext("Places with several tandems"), ordered),)


def _tandem_page(edition: Edition, site: SiteView, id_: str) -> MadePage:
    network = edition.network
    item = network.tandems[id_]
    entry = item.entry
    title = tandem_title(edition, id_)
    siblings = [other for other in network.tandems_by_mentor.get(entry.mentor or "", ()) if other != id_]
    view = TandemView(
        title=title,
        badge=tandem_badge(edition.texts, network.tandem_states[id_]),
        standing=standing_sentence(edition, id_),
        mentor=_side(edition, entry.mentor, edition.texts.gettext("accompanies")),
        mentee=_side(edition, entry.mentee, edition.texts.gettext("is accompanied")),
        period=period_of(edition, entry),
        remark=entry.remark or "",
        summary=entry.summary or "",
        prose=edition.prose(item, item.text),
        topics=edition.links("topic", entry.topics),
        chain=_chain(edition, entry),
        siblings=tuple(tandem_card(edition, other) for other in siblings),
        news=news_cards(edition, network.related("tandem", id_, "news")),
        events=event_cards(edition, network.related("tandem", id_, "event")),
        sources=source_views(
            edition,
            [*entry.sources, *([entry.pending.source] if entry.pending and entry.pending.source else [])],
        ),
    )
    return page_for(
        edition,
        site,
        path=f"tandems/{id_}/",
        template="tandem.html",
        view=view,
        title=edition.texts.gettext("Tandem %(title)s", title=title),
        description=view.standing,
        section="tandem",
        trail=(section_link(edition, "tandem"),),
        stand=[stand_of(item)],
        item=item,
        structured=[tandem_thing(edition, id_)],
        lists=named_days(edition, item),
    )


def _side(edition: Edition, city: str | None, role: str) -> Card:
    if city is None or city not in edition.network.cities:
        return Card("city", edition.texts.gettext("not yet known"), "", kicker=role)
    card = city_card(edition, city)
    return Card("city", card.title, card.url, kicker=role, badge=card.badge, text=card.kicker)


def _chain(edition: Edition, tandem: Tandem) -> tuple[Link, ...]:
    """Follow the tandem back to its first mentor and on to the first that its mentee accompanies."""
    network = edition.network
    if tandem.mentor is None or tandem.mentee is None:
        return ()
    chain = [tandem.mentor, tandem.mentee]
    while (
        before := _neighbour(network.tandems_by_mentee, edition, chain[0], "mentor")
    ) and before not in chain:
        chain.insert(0, before)
    while (
        after := _neighbour(network.tandems_by_mentor, edition, chain[-1], "mentee")
    ) and after not in chain:
        chain.append(after)
    if len(chain) < 3:
        return ()
    return tuple(edition.link("city", city) for city in chain if city in network.cities)


def _neighbour(by_city: Mapping[str, tuple[str, ...]], edition: Edition, city: str, side: str) -> str | None:
    found = (getattr(edition.network.tandems[id_].entry, side) for id_ in by_city.get(city, ()))
    return next((other for other in found if other is not None), None)
