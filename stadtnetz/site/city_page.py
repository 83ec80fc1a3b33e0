"""The page of one place: who, since when, with whom, who accompanies whom, whom to ask."""

from __future__ import annotations

from stadtnetz.dates import PartialDate
from stadtnetz.model.city import City, Fact, Membership, State
from stadtnetz.model.partner import Sector
from stadtnetz.network.library import Item
from stadtnetz.network.lifecycle import Stage, Standing, year_over
from stadtnetz.site.cards import badge_of, city_cards, event_cards, news_cards, partner_card, tandem_cards
from stadtnetz.site.edition import Edition, named_days, stand_of
from stadtnetz.site.figures import figures
from stadtnetz.site.frame import page_for, section_link
from stadtnetz.site.map.mini import mini_map
from stadtnetz.site.parts import contact_view, membership_view, milestones, source_views, website
from stadtnetz.site.planning import MadePage
from stadtnetz.site.structured.things import city_thing
from stadtnetz.site.subscriptions import city_subscriptions
from stadtnetz.site.views import Card, CityView, FactView, Group, LifeStep, Link, SiteView
from stadtnetz.text.slug import slugify

__all__ = ["city_page", "places_in", "state_path"]


def state_path(state: State) -> str:
    """Return the address of a state's list."""
    return f"staedte/land/{slugify(state.label_de)}/"


def places_in(edition: Edition, state: State) -> list[str]:
    """Return the places of a state."""
    return [id_ for id_, item in edition.network.cities.items() if item.entry.state is state]


def city_page(edition: Edition, site: SiteView, id_: str) -> MadePage:
    """Plan the page of one place."""
    network = edition.network
    item = network.cities[id_]
    entry = item.entry
    place = network.standings[id_]
    leads = [
        one
        for one in network.related("city", id_, "partner")
        if network.partners[one].entry.lead and not entry.contact
    ]
    nobody = not (entry.contact or leads or entry.website or place.stage is Stage.FORMER)
    state = Link(entry.state.label(edition.language), edition.addresses.url(state_path(entry.state)))
    view = CityView(
        name=edition.name(item),
        type_label=entry.type.label(edition.language),
        state=state,
        badge=badge_of(edition, id_),
        standing=_standing_sentence(edition, item, place),
        life=_life(edition, id_, place),
        periods=tuple(membership_view(edition, period) for period in entry.membership),
        summary=entry.summary or "",
        prose=edition.prose(item, item.text),
        figures=figures(edition, item),
        facts=tuple(_fact(edition, fact) for fact in entry.facts),
        partners=_partners_by_sector(edition, id_),
        accompanied_by=tandem_cards(edition, network.tandems_by_mentee.get(id_, ())),
        accompanies=tandem_cards(edition, network.tandems_by_mentor.get(id_, ())),
        news=news_cards(edition, network.related("city", id_, "news"), 6, places=False),
        events=event_cards(edition, network.related("city", id_, "event"), places=False),
        topics=edition.links("topic", network.related("city", id_, "topic")),
        networks=edition.links("network", network.related("city", id_, "network")),
        milestones=milestones(edition, "city", id_),
        contact=contact_view(edition, item),
        ask=edition.links("partner", leads),
        ask_note=edition.texts.gettext("No contact is recorded here yet.") if nobody else "",
        website=website(entry.website),
        sources=source_views(edition, [*entry.sources, *(s for p in entry.membership for s in p.sources)]),
        neighbours=city_cards(edition, [other for other in places_in(edition, entry.state) if other != id_]),
        map=mini_map(edition, id_),
    )
    return page_for(
        edition,
        site,
        path=f"staedte/{id_}/",
        template="city.html",
        view=view,
        title=view.name,
        description=entry.summary or view.standing,
        section="city",
        trail=(section_link(edition, "city"), state),
        stand=[stand_of(item)],
        item=item,
        structured=[city_thing(edition, item)],
        subscriptions=city_subscriptions(edition, id_),
        lists=named_days(edition, item),
    )


def _standing_sentence(edition: Edition, item: Item[City], place: Standing) -> str:
    """Say in one sentence where the place stands, claiming no more than its dates do."""
    t = edition.texts
    name = edition.name(item)
    if place.period is None:
        return t.gettext("%(name)s is recorded here, but not yet a member.", name=name)
    if place.stage is Stage.FORMER and place.period.until is not None:
        return t.gettext(
            "%(name)s was a member until %(date)s.", name=name, date=t.format_date(place.period.until)
        )
    if not place.confirmed:
        return t.gettext("%(name)s was a member; whether it still is, no source seen confirms.", name=name)
    if place.stage is Stage.SELECTED:
        return t.gettext("%(name)s has been selected by the jury.", name=name)
    admitted = place.period.admitted
    if place.readmitted:
        return t.gettext("%(name)s left the network and came back.", name=name)
    if admitted is None:
        return t.gettext(
            "The sources below name %(name)s as a member; since when, none of them says.", name=name
        )
    return t.gettext(
        "According to the sources below, %(name)s has belonged to the network since %(date)s.",
        name=name,
        date=t.format_date(admitted),
    )


_TANDEMS_SINCE = PartialDate(2020, 7)
"""Since phase III new places are accompanied: https://runde-tische.net/neu-in-der-engagierten-stadt-peer-learning-im-tandem/"""
_LIFE = (Stage.SELECTED, Stage.FIRST_YEAR, Stage.TRAINED, Stage.MENTOR)


def _life(edition: Edition, id_: str, place: Standing) -> tuple[LifeStep, ...]:
    """Return the steps of a member's life; of an ended or unconfirmed one only what has a date."""
    t = edition.texts
    period = place.period
    if period is None:
        return ()
    dates = _dates_of_life(edition, id_, period)
    if place.stage is Stage.FORMER or not place.confirmed:
        steps = [_step(edition, stage, dates[stage], "done") for stage in _LIFE if dates[stage] is not None]
        if period.until is not None:
            steps.append(LifeStep(t.gettext("Left the network"), edition.date_text(period.until), "now"))
        else:
            steps.append(LifeStep(t.gettext("Today's status not confirmed"), None, "open"))
        return (*_earlier(edition, id_, place), *steps)
    # Of an undated membership it is only known that it has begun.
    now = _LIFE.index(Stage.FIRST_YEAR if place.stage is Stage.MEMBER else place.stage)
    states = ["done" if number < now else "now" if number == now else "open" for number in range(len(_LIFE))]
    steps = [
        _step(edition, stage, dates[stage] if state != "open" else None, state)
        for stage, state in zip(_LIFE, states, strict=True)
    ]
    return (*_earlier(edition, id_, place), *steps)


def _dates_of_life(edition: Edition, id_: str, period: Membership) -> dict[Stage, PartialDate | None]:
    tandems = (edition.network.tandems[one].entry for one in edition.network.tandems_by_mentor.get(id_, ()))
    known = (entry.start or entry.attested for entry in tandems)
    exact = period.admitted is not None and period.admitted.precision == "day"
    return {
        Stage.SELECTED: period.selected,
        Stage.FIRST_YEAR: period.admitted,
        Stage.TRAINED: year_over(period.admitted) if period.admitted is not None and exact else None,
        Stage.MENTOR: next((date for date in known if date is not None), None),
    }


def _step(edition: Edition, stage: Stage, date: PartialDate | None, state: str) -> LifeStep:
    t = edition.texts
    before_tandems = stage is Stage.FIRST_YEAR and date is not None and date.surely_before(_TANDEMS_SINCE)
    labels = {
        Stage.SELECTED: t.gettext("Selected by the jury"),
        Stage.FIRST_YEAR: t.gettext("Admitted, first year")
        if before_tandems
        else t.gettext("Admitted, accompanied in the first year"),
        Stage.TRAINED: t.gettext("First year completed"),
        Stage.MENTOR: t.gettext("Tandem partner for others"),
    }
    return LifeStep(labels[stage], edition.date_text(date) if date is not None else None, state)


def _earlier(edition: Edition, id_: str, place: Standing) -> tuple[LifeStep, ...]:
    """Return the steps of a membership that ended before the present one began."""
    if not place.readmitted:
        return ()
    t = edition.texts
    steps = []
    for period in edition.network.cities[id_].entry.membership:
        if period is place.period:
            break
        for label, date in (
            (t.gettext("First admitted"), period.admitted),
            (t.gettext("Left the network"), period.until),
        ):
            steps.append(LifeStep(label, edition.date_text(date) if date is not None else None, "done"))
    return tuple(steps)


def _fact(edition: Edition, fact: Fact) -> FactView:
    label = fact.label or fact.kind.label(edition.language)
    return FactView(label, fact.value, edition.date_text(fact.as_of), source_views(edition, [fact.source])[0])


def _partners_by_sector(edition: Edition, id_: str) -> tuple[Group, ...]:
    """Group a place's partners by their first sector, in the order of the model."""
    ids = edition.network.related("city", id_, "partner")
    found: dict[Sector | None, list[Card]] = {}
    for partner in ids:
        entry = edition.network.partners[partner].entry
        found.setdefault(entry.sectors[0] if entry.sectors else None, []).append(
            partner_card(edition, partner, places=False)
        )
    order: list[Sector | None] = [*Sector, None]
    return tuple(
        Group(
            slugify(sector.value if sector else "ohne-bereich"),
            sector.label(edition.language) if sector else edition.texts.gettext("Sector not stated"),
            tuple(sorted(found[sector], key=lambda card: edition.texts.sort_key(card.title))),
        )
        for sector in order
        if sector in found
    )
