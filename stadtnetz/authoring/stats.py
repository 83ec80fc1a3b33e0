"""What content there is, and what lies fallow: by kind, by what may be seen, by age."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from msgspec import Struct

from stadtnetz.authoring.titles import title_of
from stadtnetz.clock import Clock
from stadtnetz.dates import PartialDate
from stadtnetz.model.city import City
from stadtnetz.model.news import News
from stadtnetz.model.page import Layout, Page
from stadtnetz.model.shared import Entry
from stadtnetz.network.library import Item, Library
from stadtnetz.network.network import is_visible
from stadtnetz.network.rules import lacks_source

__all__ = ["AGES", "Named", "Publicity", "Stats", "stats_of"]

AGES = (6, 12, 24)
"""Months that part the young from the old."""

_PRESENT = frozenset({"city", "partner", "page", "topic", "network", "background"})
"""Kinds that tell how things are. The others tell of something dated, which does not become wrong by being old."""

_STANDS_ALONE = frozenset({"phase", "milestone"})
"""Kinds that are shown because they exist, without being named anywhere."""


class Publicity(StrEnum):
    """Whether readers may see an entry."""

    SEEN = "seen"
    DRAFT = "draft"
    NOT_YET = "not-yet"
    """News that are scheduled or under embargo."""
    EXPIRED = "expired"


class Named(Struct, frozen=True):
    """An entry in a list; `since` is its date as text, "" where it has none."""

    kind: str
    id: str
    title: str
    path: str
    since: str


class Stats(Struct, frozen=True):
    """The figures. `ages` has for each kind how many entries are how old (see `AGES`), and how many have no date."""

    kinds: Mapping[str, Mapping[Publicity, int]]
    ages: Mapping[str, tuple[int, ...]]
    states: Mapping[str, int]
    """Places by their state."""
    stale: tuple[Named, ...]
    orphaned: tuple[Named, ...]
    unsourced: tuple[Named, ...]


def stats_of(library: Library, clock: Clock, stale_after: int) -> Stats:
    """Count, and name what was last brought up to date more months ago than `stale_after`, the oldest first."""
    limit = months_before(clock.today, stale_after)
    linked = _linked(library)
    kinds: dict[str, Counter[Publicity]] = {}
    ages: dict[str, list[int]] = {}
    states: Counter[str] = Counter()
    stale: list[Named] = []
    orphaned: list[Named] = []
    unsourced: list[Named] = []
    for item in library.all_items():
        kinds.setdefault(item.kind, Counter())[_publicity(item.entry, clock)] += 1
        since = _since(item.entry)
        ages.setdefault(item.kind, [0] * (len(AGES) + 2))[_age(since, clock.today)] += 1
        if isinstance(item.entry, City):
            states[item.entry.state.value] += 1
        named = Named(item.kind, item.id, title_of(item, library), item.path, str(since or ""))
        if item.kind in _PRESENT and since is not None and since.last_day < limit:
            stale.append(named)
        if (item.kind, item.id) not in linked and not _stands_alone(item):
            orphaned.append(named)
        if lacks_source(item):
            unsourced.append(named)
    return Stats(
        {kind: dict(counts) for kind, counts in kinds.items()},
        {kind: tuple(numbers) for kind, numbers in ages.items()},
        dict(sorted(states.items())),
        tuple(sorted(stale, key=lambda one: (one.since, one.path))),
        tuple(orphaned),
        tuple(unsourced),
    )


def months_before(day: date, months: int) -> date:
    """Return the same day some months earlier, or the last one where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _publicity(entry: Entry, clock: Clock) -> Publicity:
    if entry.draft:
        return Publicity.DRAFT
    if is_visible(entry, clock, drafts=False):
        return Publicity.SEEN
    expired = isinstance(entry, News) and entry.expires is not None and clock.reached(entry.expires)
    return Publicity.EXPIRED if expired else Publicity.NOT_YET


def _since(entry: Entry) -> PartialDate | None:
    """Return the day that an entry holds for; news hold for the day on which they were published."""
    if entry.updated is not None:
        return entry.updated
    return PartialDate.of(entry.published.first_day) if isinstance(entry, News) else None


def _age(since: PartialDate | None, today: date) -> int:
    """Return the number of the group of ages: the last one is for entries without a date."""
    if since is None:
        return len(AGES) + 1
    return sum(since.last_day < months_before(today, months) for months in AGES)


def _linked(library: Library) -> set[tuple[str, str]]:
    """Return every entry that names another or is named, in its fields, in its texts or in site.yaml."""
    found: set[tuple[str, str]] = set()
    if library.site is not None:
        found |= {(one.kind, one.id) for one in library.site.references}
    for item in library.all_items():
        own = (item.kind, item.id)
        named = {(target.kind, target.id) for target in item.targets}
        for text, _ in item.all_texts:
            # A path to a page ("/presse/") names it as well.
            named |= {
                ("page", id_.strip("/")) if kind == "path" else (kind, id_) for kind, id_ in text.targets
            }
        others = {(kind, id_) for kind, id_ in named - {own} if id_ in library.declared.get(kind, {})}
        if others:
            found |= {own, *others}
    return found


def _stands_alone(item: Item[Entry]) -> bool:
    entry = item.entry
    return item.kind in _STANDS_ALONE or (isinstance(entry, Page) and entry.layout is Layout.HOME)
