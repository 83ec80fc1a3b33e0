"""What the search knows of each page, and how that is cut into shards.

A record is made from an entry, not from the rendered page: so it holds the page's own content alone (no navigation,
no teasers of other entries, no sources), and a shard has to be indexed again only when something changed that is in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from msgspec import Struct

from stadtnetz.fingerprint import of_bytes
from stadtnetz.model.city import City, State
from stadtnetz.model.event import Event
from stadtnetz.model.news import News
from stadtnetz.model.page import Layout, Page
from stadtnetz.model.partner import Partner
from stadtnetz.model.phase import Phase
from stadtnetz.model.regional_network import RegionalNetwork
from stadtnetz.model.shared import Entry
from stadtnetz.model.tandem import Tandem
from stadtnetz.model.topic import Topic
from stadtnetz.network.library import Item
from stadtnetz.readings import LongText
from stadtnetz.site.addresses import HOME, permalink
from stadtnetz.site.cards import tandem_title
from stadtnetz.site.edition import Edition, has_edition, stand_of, translation_of
from stadtnetz.site.parts import contact_view
from stadtnetz.text.plain import joined, plain_text

__all__ = ["FOLDER", "Findable", "Shard", "shards_of"]

FOLDER = "suche/index/"
"""Where the index stands in output/."""
NEWS_OF_A_SHARD = 400
"""From how many news on a shard takes no further year: a changed article costs the indexing of one shard, and a
reader's first search about four small requests for each of them."""

_KINDS = ("page", "city", "partner", "tandem", "event", "network", "topic")
"""Every kind that has pages, besides news."""
_DAY = len("2022-07-08")


class Findable(NamedTuple):
    """A page as the search knows it; a named tuple, because ten thousand of them are made in every build."""

    path: str
    language: str
    """The page's: de, en, de-simple."""
    kind: str
    title: str
    lead: str
    more: tuple[str, ...]
    """What else the page says of itself in short: names, labels, places."""
    date: str
    """As precise as known, in ISO format: 2022, 2022-07, 2022-07-08; "" where there is none."""
    states: tuple[str, ...]
    versions: tuple[str, ...]
    """The other languages in which this page stands."""
    texts: tuple[str, ...]
    """The fingerprints of its long texts."""


class Shard(Struct, frozen=True):
    """A part of the index. Shards of one language are searched together.

    `key` stands for everything that is in it; `language` decides on the stemmer.
    """

    name: str
    language: str
    key: str
    found: tuple[Findable, ...]
    stand: date | None
    """The latest day that anything in it holds for."""
    leads: bool
    """Whether the program stands with it, which reads the other shards of its language as well."""
    _long: tuple[tuple[LongText, ...], ...]

    @property
    def folder(self) -> str:
        """Return where its files stand: a browser may keep them for ever, since the name changes with the content."""
        return f"{FOLDER}{self.name}.{self.key[:8]}/"

    def contents(self) -> Iterator[tuple[Findable, str]]:
        """Yield every record with its whole text, for which long texts are taken out of the memory."""
        for one, texts in zip(self.found, self._long, strict=True):
            long = (plain_text(text.body.html) for text in texts)
            yield one, joined((one.lead, *long, *one.more))


_Made = tuple[Findable, date | None, tuple[LongText, ...]]


def shards_of(editions: Sequence[Edition]) -> tuple[Shard, ...]:
    """Cut what readers may find into shards, those of the main language first; none where the site has no search."""
    network = editions[0].network
    if not network.site.search:
        return ()
    found: dict[str, list[_Made]] = {}
    for edition in editions:
        made = found.setdefault(edition.texts.language, [])
        for kind in _KINDS if edition.is_main else ("page",):
            items = (item for _, item in sorted(network.items[kind].items()))
            made += [_made(edition, item) for item in items if has_edition(network, item, edition.language)]
    parts = [(language, language, made) for language, made in found.items() if made]
    main = editions[0]
    language = main.texts.language
    for year, group in _groups(main):
        parts.append((f"{language}-{year}", language, [_made(main, item) for item in group]))
    leading = {language: name for name, language, _ in reversed(parts)}
    return tuple(_shard(*part, leads=part[0] in leading.values()) for part in parts)


def _shard(name: str, language: str, made: Sequence[_Made], *, leads: bool) -> Shard:
    found = tuple(one for one, _, _ in made)
    key = of_bytes(repr((language, leads, found)).encode("utf-8", "surrogatepass"))
    stand = max((day for _, day, _ in made if day is not None), default=None)
    return Shard(name, language, key, found, stand, leads, tuple(texts for _, _, texts in made))


def _groups(edition: Edition) -> Iterator[tuple[int, list[Item[News]]]]:
    """Yield news by groups of whole years, each under its first; a new article changes the last group alone."""

    def year_of(item: Item[News]) -> int:
        return item.entry.published.year

    ordered = sorted(edition.network.news.values(), key=lambda item: (year_of(item), item.id))
    first, group = 0, list[Item[News]]()
    for year, items in groupby(ordered, key=year_of):
        first = first or year
        group += items
        if len(group) >= NEWS_OF_A_SHARD:
            yield first, group
            first, group = 0, []
    if group:
        yield first, group


def _made(edition: Edition, item: Item[Entry]) -> _Made:
    """Return an entry's record in an edition, the day that it holds for, and the long texts that its page shows."""
    network, entry = edition.network, item.entry
    translated = translation_of(network, item, edition.language)
    if translated is None:
        lead, more = _lead(entry), tuple(one for one in _more(edition, item) if one)
        long = [item.text, *(phase.text for phase in _phases(edition, entry))]
    else:
        lead, more, long = translated.texts.lead or translated.texts.summary or "", (), [translated.text]
    texts = tuple(text for text in long if text is not None)
    home = item.kind == "page" and item.id == HOME
    others = (one for one in network.site.languages if one != edition.language)
    record = Findable(
        path=edition.prefix + ("" if home else permalink(item) or ""),
        language=edition.language,
        kind=item.kind,
        title=tandem_title(edition, item.id) if item.kind == "tandem" else edition.name(item),
        lead=lead,
        more=more,
        date=_date(entry),
        states=tuple(sorted({str(state) for state in _states(edition, item)})),
        versions=tuple(one for one in others if has_edition(network, item, one)),
        texts=tuple(text.fingerprint for text in texts),
    )
    return record, stand_of(item), texts


def _lead(entry: Entry) -> str:
    match entry:
        case News() | Event() | Page():
            return entry.lead
        case City() | Partner() | Tandem() | RegionalNetwork() | Topic():
            return entry.summary or ""
    raise TypeError(f"{type(entry).__name__} has no page")


def _more(edition: Edition, item: Item[Entry]) -> Iterator[str]:
    """Yield the short texts of an entry's page: what it is, whom to ask, and what it belongs to."""
    entry, language = item.entry, edition.language
    named: tuple[str, ...] = ("topic",)
    match entry:
        case City():
            yield from (entry.type.label(language), entry.state.label(language))
            yield from _lines(edition, item)
            named = ("topic", "milestone")
        case Partner():
            yield from (entry.level.label(language), *(sector.label(language) for sector in entry.sectors))
            yield from _lines(edition, item)
            named = ("city", "network", "topic")
        case Tandem():
            yield entry.remark or ""
            named = ("city", "topic")
        case News():
            yield from (entry.type.label(language), entry.kicker or "", entry.dateline or "")
            yield from (entry.correction or "", entry.issuer or "")
            named = ("city", "partner", "network", "topic")
        case Event():
            place = (entry.place.name, entry.place.address or "") if entry.place is not None else ()
            yield from (*place, entry.organiser or "", entry.audience or "", entry.access or "")
            yield from _lines(edition, item)
            named = ("city", "partner", "network", "topic")
        case RegionalNetwork():
            yield from _lines(edition, item)
            named = ("city", "partner", "topic", "milestone")
        case Page():
            for phase in _phases(edition, entry):
                yield from (phase.entry.name, phase.entry.title, phase.entry.summary)
    for kind in named:
        ids = sorted(edition.network.related(item.kind, item.id, kind))
        yield from (_name(edition, kind, id_) for id_ in ids)


def _name(edition: Edition, kind: str, id_: str) -> str:
    """Return the name of what news and other entries belong to; thousands may belong to one place."""
    return edition.once(f"name of {kind}", id_, lambda: edition.name(edition.network.items[kind][id_]))


def _lines(edition: Edition, item: Item[Entry]) -> tuple[str, ...]:
    view = contact_view(edition, item)
    return () if view is None else view.lines


def _phases(edition: Edition, entry: Entry) -> list[Item[Phase]]:
    """Return the phases that stand on the programme's page, in the order of their ids."""
    if not (isinstance(entry, Page) and entry.layout is Layout.PROGRAMME):
        return []
    return [phase for _, phase in sorted(edition.network.phases.items())]


def _states(edition: Edition, item: Item[Entry]) -> tuple[State, ...]:
    """Return the states that a page is about: its own, else those of the places that it names."""
    match item.entry:
        case City() as city:
            return (city.state,)
        case Partner() | RegionalNetwork() as group if group.states:
            return group.states
        case Page() | Topic():
            return ()
    cities = edition.network.cities
    return tuple(cities[id_].entry.state for id_ in edition.network.related(item.kind, item.id, "city"))


def _date(entry: Entry) -> str:
    """Return when it was: the day of a news item, of an event, of a tandem's beginning."""
    match entry:
        case News():
            return str(entry.published)[:_DAY]
        case Event():
            return str(entry.start)[:_DAY]
        case Tandem() if entry.start is not None:
            return str(entry.start)[:_DAY]
    return ""
