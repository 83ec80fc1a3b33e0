"""Cards: an entry of any kind in a list."""

from __future__ import annotations

from collections.abc import Iterable

from stadtnetz.model.city import City
from stadtnetz.model.news import News
from stadtnetz.model.shared import Period
from stadtnetz.network.library import Item
from stadtnetz.network.lifecycle import TandemState
from stadtnetz.network.network import news_order
from stadtnetz.site.edition import Edition
from stadtnetz.site.figures import teaser
from stadtnetz.site.parts import since_until
from stadtnetz.site.states import city_badge, event_badge, tandem_badge
from stadtnetz.site.views import Badge, Card

__all__ = [
    "badge_of",
    "city_card",
    "city_cards",
    "event_card",
    "event_cards",
    "network_card",
    "news_card",
    "news_cards",
    "partner_card",
    "tandem_card",
    "tandem_cards",
    "tandem_title",
    "topic_card",
]


def city_card(edition: Edition, id_: str) -> Card:
    """Return a place with its kind, its state and its stage."""
    return edition.once("city-card", id_, lambda: _city_card(edition, id_))


def _city_card(edition: Edition, id_: str) -> Card:
    item = edition.network.cities[id_]
    entry = item.entry
    return Card(
        kind="city",
        title=edition.name(item),
        url=edition.url_of("city", id_),
        kicker=f"{entry.type.label(edition.language)} · {entry.state.label(edition.language)}",
        badge=badge_of(edition, id_),
        text=member_since(edition, entry),
    )


def badge_of(edition: Edition, id_: str) -> Badge:
    """Return where a place stands."""
    network = edition.network
    running = (network.tandem_states[tandem] for tandem in network.tandems_by_mentor.get(id_, ()))
    return city_badge(edition.texts, network.standings[id_], accompanies_now=TandemState.RUNNING in running)


def member_since(edition: Edition, city: City) -> str:
    """Say from when a place is or was a member, in a few words."""
    t = edition.texts
    period = city.membership[-1] if city.membership else None
    if period is None or (period.admitted is None and period.until is None):
        return ""
    if period.until is not None:
        return since_until(edition, period.admitted, period.until)
    return (
        t.gettext("since %(date)s", date=t.format_date(period.admitted))
        if period.admitted is not None
        else ""
    )


def city_cards(edition: Edition, ids: Iterable[str]) -> tuple[Card, ...]:
    """Return places in alphabetical order."""
    cards = (city_card(edition, id_) for id_ in ids if id_ in edition.network.cities)
    return tuple(sorted(cards, key=lambda card: edition.texts.sort_key(card.title)))


def partner_card(edition: Edition, id_: str, *, places: bool = True) -> Card:
    """Return a partner with its sectors and places; on a place's page, under its sector, with further ones only."""
    item = edition.network.partners[id_]
    entry = item.entry
    sectors = edition.texts.join(
        [sector.label(edition.language) for sector in entry.sectors[0 if places else 1 :]]
    )
    return Card(
        kind="partner",
        title=edition.name(item),
        url=edition.url_of("partner", id_),
        kicker=sectors or (edition.texts.gettext("Sector not stated") if places else ""),
        text="; ".join(_partnership(edition, period) for period in entry.periods),
        links=edition.links("city", entry.cities) if places else (),
    )


def _partnership(edition: Edition, period: Period) -> str:
    dates = since_until(edition, period.since, period.until)
    return f"{dates} ({period.role})" if period.role else dates


def tandem_title(edition: Edition, id_: str) -> str:
    """Name a tandem by its two places, the experienced one first; an open side comes last."""
    t = edition.texts
    entry = edition.network.tandems[id_].entry
    items = [edition.network.cities.get(city or "") for city in (entry.mentor, entry.mentee)]
    names = [edition.name(item, short=True) for item in items if item is not None]
    if len(names) == len(items):
        return t.gettext("%(mentor)s and %(mentee)s", mentor=names[0], mentee=names[1])
    return t.gettext("%(name)s and a place not yet known", name=names[0] if names else t.gettext("A place"))


def tandem_card(edition: Edition, id_: str) -> Card:
    """Return a tandem with its state and its dates."""
    return edition.once("tandem-card", id_, lambda: _tandem_card(edition, id_))


def _tandem_card(edition: Edition, id_: str) -> Card:
    t = edition.texts
    entry = edition.network.tandems[id_].entry
    if entry.pending is not None:
        text = t.gettext("expected by %(date)s", date=t.format_date(entry.pending.expected))
    elif entry.start is not None:
        text = t.gettext("began %(date)s", date=t.format_date(entry.start))
    elif entry.attested is not None:
        text = t.gettext("start not known, named %(date)s", date=t.format_date(entry.attested))
    else:
        text = t.gettext("dates not known")
    return Card(
        kind="tandem",
        title=tandem_title(edition, id_),
        url=edition.url_of("tandem", id_),
        badge=tandem_badge(t, edition.network.tandem_states[id_]),
        text=text,
    )


def tandem_cards(edition: Edition, ids: Iterable[str]) -> tuple[Card, ...]:
    """Return tandems in the order given."""
    return tuple(tandem_card(edition, id_) for id_ in ids if id_ in edition.network.tandems)


def news_card(edition: Edition, id_: str, *, places: bool = True, picture: bool = False) -> Card:
    """Return a news item with its type, its date and its lead; with its first picture where that is asked for."""
    item = edition.network.news[id_]
    form = f"news-card{' with places' if places else ''}{' and picture' if picture else ''}"
    return edition.once(form, id_, lambda: _news_card(edition, item, places=places, picture=picture))


def _news_card(edition: Edition, item: Item[News], *, places: bool, picture: bool) -> Card:
    entry = item.entry
    kind = entry.type.label(edition.language)
    return Card(
        kind="news",
        title=edition.name(item),
        url=edition.url_of("news", item.id),
        kicker=f"{kind} · {entry.kicker}" if entry.kicker else kind,
        date=edition.date_text(entry.published),
        text=entry.lead,
        links=edition.links("city", entry.cities) if places else (),
        picture=teaser(edition, item) if picture else None,
    )


def news_cards(
    edition: Edition, ids: Iterable[str], most: int | None = None, *, places: bool = True
) -> tuple[Card, ...]:
    """Return news, newest first; without their places where the page is about one."""
    items = sorted((edition.network.news[id_] for id_ in ids if id_ in edition.network.news), key=news_order)
    return tuple(news_card(edition, item.id, places=places) for item in items[:most])


def event_card(edition: Edition, id_: str, *, places: bool = True) -> Card:
    """Return an event with its date and its status."""
    item = edition.network.events[id_]
    entry = item.entry
    when = edition.date_text(entry.start)
    if entry.end is not None:
        when = type(when)(when.iso, edition.texts.format_range(entry.start, entry.end))
    return Card(
        kind="event",
        title=edition.name(item),
        url=edition.url_of("event", id_),
        date=when,
        badge=event_badge(edition.texts, entry, edition.network),
        text=entry.lead,
        links=edition.links("city", entry.cities) if places else (),
    )


def event_cards(edition: Edition, ids: Iterable[str], *, places: bool = True) -> tuple[Card, ...]:
    """Return events, latest first; without their places where the page is about one."""
    items = [edition.network.events[id_] for id_ in ids if id_ in edition.network.events]
    ordered = sorted(items, key=lambda item: (str(item.entry.start), item.id), reverse=True)
    return tuple(event_card(edition, item.id, places=places) for item in ordered)


def topic_card(edition: Edition, id_: str) -> Card:
    """Return a topic with its summary."""
    item = edition.network.topics[id_]
    return Card("topic", edition.name(item), edition.url_of("topic", id_), text=item.entry.summary)


def network_card(edition: Edition, id_: str) -> Card:
    """Return a regional network with its states."""
    item = edition.network.networks[id_]
    states = edition.texts.join([state.label(edition.language) for state in item.entry.states])
    return Card(
        "network", edition.name(item), edition.url_of("network", id_), kicker=states, text=item.entry.summary
    )
