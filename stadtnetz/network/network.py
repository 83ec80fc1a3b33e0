"""The network: visible entries, linked both ways, as of one moment.

A `Network` exists only through `connect`, which leaves out what must not be seen at its moment (drafts, embargoed,
scheduled and expired news) before anything is linked, so that nothing hidden can leave a trace further on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as changed
from datetime import datetime
from functools import cached_property
from typing import TypeVar, cast

from msgspec.structs import replace

from stadtnetz.clock import BERLIN, Clock
from stadtnetz.fingerprint import of_bytes
from stadtnetz.model.background import Background
from stadtnetz.model.city import City
from stadtnetz.model.event import Event
from stadtnetz.model.milestone import Milestone
from stadtnetz.model.news import News
from stadtnetz.model.page import Page
from stadtnetz.model.partner import Partner
from stadtnetz.model.phase import Phase
from stadtnetz.model.regional_network import RegionalNetwork
from stadtnetz.model.shared import Contact, Entry
from stadtnetz.model.site_config import SiteConfig
from stadtnetz.model.tandem import Tandem
from stadtnetz.model.topic import Topic
from stadtnetz.network.glance import Glance, glance_of
from stadtnetz.network.library import Item, Library
from stadtnetz.network.lifecycle import Stage, Standing, TandemState, has_begun, standing, tandem_state

__all__ = ["Network", "connect", "is_visible", "news_changes", "news_order", "tandem_begin"]

E = TypeVar("E", bound=Entry)
Key = tuple[str, str]
"""A kind and an id."""


@dataclass(frozen=True)
class Network:
    """Everything that a site of one moment can show."""

    site: SiteConfig
    clock: Clock
    items: Mapping[str, Mapping[str, Item[Entry]]]
    hidden: frozenset[Key]
    """Entries that exist but must not be seen."""
    glances: Mapping[str, Glance]
    """What lists need of all news by their ids, newest first."""
    naming: Mapping[Key, Mapping[str, Sequence[str]]]
    """By entry: the ids of what names it, by kind; news newest first."""
    drafts_shown: bool
    media: Mapping[str, int]
    """The files beside the entries, by path, with their size in bytes."""

    def _all(self, kind: str, model: type[E]) -> Mapping[str, Item[E]]:  # noqa: ARG002 - the model fixes the type
        return cast("Mapping[str, Item[E]]", self.items[kind])

    @property
    def cities(self) -> Mapping[str, Item[City]]:
        """Places by id."""
        return self._all("city", City)

    @property
    def partners(self) -> Mapping[str, Item[Partner]]:
        """Partners by id."""
        return self._all("partner", Partner)

    @property
    def tandems(self) -> Mapping[str, Item[Tandem]]:
        """Tandems by id."""
        return self._all("tandem", Tandem)

    @property
    def news(self) -> Mapping[str, Item[News]]:
        """News by id."""
        return self._all("news", News)

    @property
    def events(self) -> Mapping[str, Item[Event]]:
        """Events by id."""
        return self._all("event", Event)

    @property
    def pages(self) -> Mapping[str, Item[Page]]:
        """Fixed pages by id."""
        return self._all("page", Page)

    @property
    def topics(self) -> Mapping[str, Item[Topic]]:
        """Topics by id."""
        return self._all("topic", Topic)

    @property
    def networks(self) -> Mapping[str, Item[RegionalNetwork]]:
        """Regional networks by id."""
        return self._all("network", RegionalNetwork)

    @property
    def phases(self) -> Mapping[str, Item[Phase]]:
        """Phases of the programme by id."""
        return self._all("phase", Phase)

    @property
    def backgrounds(self) -> Mapping[str, Item[Background]]:
        """Background blocks by id."""
        return self._all("background", Background)

    @property
    def milestones(self) -> Mapping[str, Item[Milestone]]:
        """Milestones by id."""
        return self._all("milestone", Milestone)

    def with_news(self, ids: Iterable[str]) -> Network:
        """Return the same network with these news alone, for a page that must not depend on others."""
        # Worked out first and copied with it: none of that depends on news.
        _ = self.standings, self.tandem_states, self.tandems_by_mentor, self.tandems_by_mentee
        chosen = {id_: self.items["news"][id_] for id_ in ids if id_ in self.items["news"]}
        glances = {id_: self.glances[id_] for id_ in chosen}
        other = object.__new__(Network)
        vars(other).update(vars(self), items={**self.items, "news": chosen}, glances=glances)
        vars(other).pop("news_in_order", None)
        return other

    def among(self, glances: Mapping[str, Glance], news: Mapping[str, Item[Entry]]) -> Network:
        """Return the same network with other news; the ones that no page shows may be missing in `news`."""
        items = {**self.items, "news": news}
        return changed(self, items=items, glances=glances, naming=_naming(items, glances))

    @cached_property
    def news_in_order(self) -> tuple[Item[News], ...]:
        """All news, newest first."""
        return tuple(sorted(self.news.values(), key=news_order))

    def related(self, kind: str, id_: str, other: str) -> tuple[str, ...]:
        """Return the ids of one kind that an entry names or that name it."""
        known = self.items[other]
        item = self.items[kind].get(id_)
        named = [one.id for one in item.targets if one.kind == other and one.id in known] if item else []
        return tuple(sorted({*named, *self.naming.get((kind, id_), {}).get(other, ())}))

    def news_by(self, kind: str) -> Iterator[tuple[str, tuple[Glance, ...]]]:
        """Yield the ids of a kind's entries that news name, each with those news, newest first."""
        for id_ in self.items[kind]:
            if named := self.naming.get((kind, id_), {}).get("news"):
                yield id_, tuple([self.glances[one] for one in dict.fromkeys(named)])

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        """Where every place stands."""
        mentors = {item.entry.mentor for item in self.tandems.values() if has_begun(item.entry, self.clock)}
        return {
            id_: standing(item.entry, self.clock, has_mentored=id_ in mentors)
            for id_, item in self.cities.items()
        }

    @cached_property
    def tandem_states(self) -> Mapping[str, TandemState]:
        """What every tandem is."""
        return {id_: tandem_state(item.entry, self.clock) for id_, item in self.tandems.items()}

    @cached_property
    def tandems_by_mentor(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of the tandems in which a city accompanies another, oldest first."""
        return self._tandems_by("mentor")

    @cached_property
    def tandems_by_mentee(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of the tandems in which a city is accompanied, oldest first."""
        return self._tandems_by("mentee")

    def _tandems_by(self, side: str) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for id_, item in sorted(
            self.tandems.items(), key=lambda pair: (tandem_begin(pair[1].entry), pair[0])
        ):
            city = getattr(item.entry, side)
            if city is not None:
                found.setdefault(city, []).append(id_)
        return {city: tuple(ids) for city, ids in found.items()}

    @cached_property
    def stage_counts(self) -> Mapping[Stage, int]:
        """How many places are in each stage, confirmed ones only."""
        counts = dict.fromkeys(Stage, 0)
        for place in self.standings.values():
            counts[place.stage] += place.confirmed
        return counts

    @cached_property
    def member_ids(self) -> tuple[str, ...]:
        """The places that count as members."""
        return tuple(id_ for id_, place in self.standings.items() if place.is_member)

    @cached_property
    def unconfirmed_ids(self) -> tuple[str, ...]:
        """Places whose membership began, and for which no source says that it goes on."""
        return tuple(
            id_
            for id_, place in self.standings.items()
            if not place.confirmed and place.stage not in (Stage.FORMER, Stage.NOT_YET)
        )


def news_order(item: Item[News]) -> tuple[float, str]:
    """Sort key for news, newest first and stable where two appeared at one moment."""
    return -item.entry.published.starts(BERLIN).timestamp(), item.id


def tandem_begin(tandem: Tandem) -> str:
    """Return a sort key: when a tandem began, or was first heard of."""
    return str(tandem.start or tandem.attested or tandem.announced or "")


def connect(library: Library, site: SiteConfig, clock: Clock, *, drafts: bool) -> Network:
    """Link everything that may be seen at the clock's moment; with `drafts`, drafts as well."""
    items: dict[str, dict[str, Item[Entry]]] = {}
    hidden: set[Key] = set()
    for kind, by_id in library.items.items():
        items[kind] = {}
        for id_, item in by_id.items():
            if is_visible(item.entry, clock, drafts=drafts):
                items[kind][id_] = item if site.contact_emails else _without_mailbox(item)
            else:
                hidden.add((kind, id_))
    news = sorted(cast("Iterable[Item[News]]", items["news"].values()), key=news_order)
    glances = {item.id: glance_of(item, drafts=drafts) for item in news}
    return Network(
        site, clock, items, frozenset(hidden), glances, _naming(items, glances), drafts, library.media
    )


def _without_mailbox(item: Item[Entry]) -> Item[Entry]:
    """Return an entry as if its contact had no mail address: what is left out here can't turn up anywhere."""
    contact: Contact | None = getattr(item.entry, "contact", None)
    if contact is None or contact.email is None:
        return item
    entry = item.entry.model_copy(update={"contact": contact.model_copy(update={"email": None})})
    return replace(item, entry=entry, fingerprint=of_bytes(f"{item.fingerprint} without mailbox".encode()))


def is_visible(entry: Entry, clock: Clock, *, drafts: bool) -> bool:
    """Tell whether an entry may be seen at the clock's moment."""
    if entry.draft and not drafts:
        return False
    if not isinstance(entry, News):
        return True
    opens = (entry.published, entry.embargo)
    return all(date is None or clock.reached(date) for date in opens) and not (
        entry.expires is not None and clock.reached(entry.expires)
    )


def news_changes(entry: News) -> Iterator[tuple[str, datetime]]:
    """Yield every instant at which a news item appears or disappears, with why: a name as in `moments.REASONS`."""
    published = entry.published.starts(BERLIN)
    lifted = None if entry.embargo is None else entry.embargo.starts(BERLIN)
    if lifted is not None and lifted >= published:
        yield "embargo-lifts", lifted
    else:
        yield "news-appears", published
    if entry.expires is not None:
        yield "news-expires", entry.expires.starts(BERLIN)


def _naming(
    items: Mapping[str, Mapping[str, Item[Entry]]], glances: Mapping[str, Glance]
) -> dict[Key, dict[str, list[str]]]:
    """Return what names each entry; what an entry names itself is looked up in it."""
    others = [item for kind, by_id in items.items() if kind != "news" for item in by_id.values()]
    named = [((target.kind, target.id), item.kind, item.id) for item in others for target in item.targets]
    named += [(target, "news", id_) for id_, glance in glances.items() for target in glance.names]
    found: dict[Key, dict[str, list[str]]] = {}
    for target, kind, id_ in named:
        if target[1] in items.get(target[0], {}):
            found.setdefault(target, {}).setdefault(kind, []).append(id_)
    return found
