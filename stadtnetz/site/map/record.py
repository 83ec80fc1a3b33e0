"""What the map shows of the network, and nothing else: a map is drawn anew when one of these records changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct

from stadtnetz.i18n import Texts
from stadtnetz.model.city import State
from stadtnetz.network.lifecycle import TandemState
from stadtnetz.site.cards import badge_of, member_since, tandem_title
from stadtnetz.site.edition import Edition
from stadtnetz.site.views import Badge, Link
from stadtnetz.text.slug import slugify

__all__ = ["MapPlace", "MapTandem", "Position", "Shown", "shown", "state_value", "status_value", "statuses"]

_STATUSES = {
    "not-yet": "noch-nicht-mitglied",
    "selected": "ausgewaehlt",
    "first-year": "im-ersten-jahr",
    "member": "mitglied",
    "trained": "erstes-jahr-abgeschlossen",
    "mentor": "begleitet-andere",
    "unconfirmed": "nicht-bestaetigt",
    "former": "ehemalig",
}
"""The keys of `states.city_badge`, in the order of a place's life, and how addresses call them."""


class Position(Struct, frozen=True):
    """Degrees as their source writes them: fingerprints know no floats."""

    lat: str
    lon: str


class MapPlace(Struct, frozen=True):
    """A place that is, was or will be a member. `tandems` says what it is in each of its tandems, with a link."""

    id: str
    name: str
    link: Link
    state: State
    state_name: str
    badge: Badge
    confirmed: bool
    since: str
    """From when to when it is a member, in words; "" where that is not known."""
    begun: str
    """When it was admitted, for sorting (2022, 2022-07, 2022-07-08)."""
    position: Position | None
    tandems: tuple[Link, ...]

    @property
    def stage(self) -> int:
        """Return how far it is in its life."""
        return list(_STATUSES).index(self.badge.key)


class MapTandem(Struct, frozen=True):
    """A tandem of two known places. `confirmed` is false where it is inferred who accompanies whom."""

    title: str
    mentor: str
    mentee: str
    running: bool
    confirmed: bool


class Shown(Struct, frozen=True):
    """Everything on the map: places by state and then by name, tandems by id."""

    places: tuple[MapPlace, ...]
    tandems: tuple[MapTandem, ...]


def state_value(state: State) -> str:
    """Return how addresses call a state."""
    return slugify(state.label_de)


def status_value(key: str) -> str:
    """Return how addresses call a status."""
    return _STATUSES[key]


def statuses(edition: Edition) -> dict[str, str]:
    """Return the statuses that places have, by key, in their own words, in the order of a place's life."""
    words: dict[str, set[str]] = {key: set() for key in _STATUSES}
    for place in shown(edition).places:
        words[place.badge.key].add(place.badge.text)
    return {key: " / ".join(sorted(texts)) for key, texts in words.items() if texts}


def shown(edition: Edition) -> Shown:
    """Return what the map shows in an edition."""
    return edition.once("map", "shown", lambda: _shown(edition))


def _shown(edition: Edition) -> Shown:
    network = edition.network
    sort_key = edition.texts.sort_key
    places = sorted(
        (_place(edition, id_) for id_ in network.cities),
        key=lambda place: (sort_key(place.state_name), sort_key(place.name)),
    )
    tandems = (_tandem(edition, id_) for id_ in sorted(network.tandems))
    return Shown(tuple(places), tuple(one for one in tandems if one is not None))


def _tandem(edition: Edition, id_: str) -> MapTandem | None:
    """Return a tandem whose two places readers can see, None for any other."""
    network = edition.network
    entry = network.tandems[id_].entry
    mentor, mentee = entry.mentor, entry.mentee
    if mentor is None or mentee is None or mentor not in network.cities or mentee not in network.cities:
        return None
    running = network.tandem_states[id_] is TandemState.RUNNING
    return MapTandem(tandem_title(edition, id_), mentor, mentee, running, entry.confirmed)


def _place(edition: Edition, id_: str) -> MapPlace:
    network = edition.network
    item = network.cities[id_]
    entry = item.entry
    where = entry.coordinates
    period = network.standings[id_].period
    begun = period.admitted if period is not None else None
    return MapPlace(
        id=id_,
        name=edition.name(item, short=True),
        link=edition.link("city", id_),
        state=entry.state,
        state_name=entry.state.label(edition.language),
        badge=badge_of(edition, id_),
        confirmed=network.standings[id_].confirmed,
        since=member_since(edition, entry),
        begun=str(begun) if begun is not None else "",
        position=Position(repr(where.lat), repr(where.lon)) if where is not None else None,
        tandems=tuple(_parts(edition, id_)),
    )


def _parts(edition: Edition, id_: str) -> Iterable[Link]:
    network = edition.network
    for tandem in network.tandems_by_mentee.get(id_, ()):
        yield _part(edition, tandem, network.tandems[tandem].entry.mentor, _accompanied)
    for tandem in network.tandems_by_mentor.get(id_, ()):
        yield _part(edition, tandem, network.tandems[tandem].entry.mentee, _accompanies)


def _part(
    edition: Edition, id_: str, other: str | None, sentence: Callable[[Texts, TandemState, str], str]
) -> Link:
    """Say what a place is in a tandem; claim no roles where these are inferred, and no partner who is not known."""
    t = edition.texts
    link = edition.link("tandem", id_)
    if other is None or other not in edition.network.cities:
        return Link(t.gettext("tandem partner not yet known"), link.url, link.language)
    name = edition.name(edition.network.cities[other], short=True)
    if not edition.network.tandems[id_].entry.confirmed:
        return Link(t.gettext("tandem with %(name)s", name=name), link.url, link.language)
    return Link(sentence(t, edition.network.tandem_states[id_], name), link.url, link.language)


def _accompanied(t: Texts, state: TandemState, name: str) -> str:
    match state:
        case TandemState.RUNNING:
            return t.gettext("is accompanied by %(name)s", name=name)
        case TandemState.ENDED | TandemState.CONTINUED:
            return t.gettext("was accompanied by %(name)s", name=name)
        case TandemState.ANNOUNCED:
            return t.gettext("is to be accompanied by %(name)s", name=name)
        case _:
            return t.gettext("tandem with %(name)s", name=name)


def _accompanies(t: Texts, state: TandemState, name: str) -> str:
    match state:
        case TandemState.RUNNING:
            return t.gettext("accompanies %(name)s", name=name)
        case TandemState.ENDED | TandemState.CONTINUED:
            return t.gettext("accompanied %(name)s", name=name)
        case TandemState.ANNOUNCED:
            return t.gettext("is to accompany %(name)s", name=name)
        case _:
            return t.gettext("tandem with %(name)s", name=name)
