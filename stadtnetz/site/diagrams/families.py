"""The drawing of tandems: who passed on to whom, family by family.

A line falls from the mentor in petrol and swings to its mentee as an arc in petrol and marigold: the two arcs of the
mark. What a tandem is, is told by the kind of its line and again in words under the mentee's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from stadtnetz.network.lifecycle import TandemState
from stadtnetz.network.network import tandem_begin
from stadtnetz.site.cards import tandem_card
from stadtnetz.site.diagrams.kinship import Family, Node, Pair, Way, families_of
from stadtnetz.site.diagrams.lettering import broken
from stadtnetz.site.edition import Edition
from stadtnetz.site.tandem_words import period_of, standing_sentence
from stadtnetz.site.views import Drawing, FamiliesView, Label, LegendItem, Link, Stroke

__all__ = ["KINDS", "Place", "drawn_family", "families_view", "pairs_of"]

_WIDTH, _LEAST_ROOM = 288, 110
"""As wide as the smallest phone allows, so that nothing is ever shrunk there; a name has at least `_LEAST_ROOM`."""
_COLUMN, _LANE, _LEFT = 34, 14, 9
"""Steps from column to column and from lane to lane; the room left of the first column."""
_BESIDE = 26
"""The room between lanes and columns, for the arrows."""
_TOP, _GAP = 26, 14
_NAME, _NAME_LEADING, _NOTE, _NOTE_LEADING = 16, 21, 14, 18
_MIDDLE = 11
"""Where a row's line is, below its top: half the height of a name."""
_ARC, _HALF = 17, 5
"""An arc's radius, and how far from its corner it is half way round: 1 - cos 45° of it."""

_UNCONFIRMED = "unconfirmed"
_LINES: Mapping[str, tuple[tuple[str, int, str], ...]] = {
    TandemState.RUNNING: (("first", 10, ""), ("second", 6, "")),
    TandemState.CONTINUED: (("first", 9, ""), ("paper", 6, ""), ("second", 2, "")),
    TandemState.ENDED: (("first", 5, ""), ("second", 2, "")),
    TandemState.ANNOUNCED: (("first", 4, "0 8"),),
    TandemState.UNDATED: (("first", 3, "10 6"),),
    _UNCONFIRMED: (("first", 3, "9 6 0 6"),),
    TandemState.PENDING: (("first", 2, "3 5"),),
}
"""By kind of line: its strokes from below, each with colour, width and dashes."""
KINDS = tuple(_LINES)
"""What a tandem can be: its state, or that its roles are inferred."""
_SLEEVES = frozenset({TandemState.RUNNING, TandemState.CONTINUED, TandemState.ENDED})
"""Kinds that begin as the mentor's plain arc and turn into the mentee's half way."""


class Place(Struct, frozen=True):
    """What is written at a node; without an address it is a side that is still open."""

    name: Link
    notes: tuple[str, ...]


def families_view(edition: Edition) -> FamiliesView | None:
    """Draw every tandem; None where there is none."""
    pairs = pairs_of(edition)
    if not pairs:
        return None
    t = edition.texts
    families = families_of(pairs)
    kinds = {pair.tandem: _kind(edition, pair.tandem) for pair in pairs}
    places = {node.key: _place(edition, node, family) for family in families for node in family.nodes}
    return FamiliesView(
        anchor="weitergabe",
        heading=t.gettext("Who passed it on to whom"),
        lead=t.gettext(
            "Lines lead from the place that accompanies to the one that is accompanied. Each step to the right is "
            "a generation; the numbers above count them."
        ),
        drawings=tuple(drawn_family(_title(edition, family), family, places, kinds) for family in families),
        legend=_legend(edition, kinds.values()),
        generations=_generations(edition, families),
    )


def pairs_of(edition: Edition) -> tuple[Pair, ...]:
    """Return the tandems in the order in which they began; a side that is open is a node of its own."""
    network = edition.network
    ordered = sorted(network.tandems.items(), key=lambda pair: (tandem_begin(pair[1].entry), pair[0]))

    def key(city: str | None, tandem: str) -> str:
        return city if city is not None and city in network.cities else f"?{tandem}"

    return tuple(Pair(id_, key(item.entry.mentor, id_), key(item.entry.mentee, id_)) for id_, item in ordered)


def _kind(edition: Edition, id_: str) -> str:
    state = edition.network.tandem_states[id_]
    confirmed = edition.network.tandems[id_].entry.confirmed
    return state.value if confirmed or state is TandemState.PENDING else _UNCONFIRMED


def _place(edition: Edition, node: Node, family: Family) -> Place:
    t = edition.texts
    known = node.key in edition.network.cities
    name = edition.link("city", node.key) if known else Link(t.gettext("not yet known"))
    coming = [way for way in family.ways if way.mentee == node]
    notes: list[str] = []
    for way in coming:
        first, *more = _notes(edition, way.tandem)
        if len(coming) > 1:
            mentor = _name(edition, way.mentor.key)
            first = t.gettext("accompanied by %(name)s: %(note)s", name=mentor, note=first)
        notes += [first, *more]
    return Place(name, tuple(notes))


def _name(edition: Edition, key: str) -> str:
    item = edition.network.cities.get(key)
    return edition.texts.gettext("not yet known") if item is None else edition.name(item, short=True)


def _notes(edition: Edition, tandem: str) -> list[str]:
    """Say when a tandem began and what it is, a line each."""
    card = tandem_card(edition, tandem)
    words = [card.text, card.badge.text if card.badge else ""]
    if not edition.network.tandems[tandem].entry.confirmed:
        words.append(edition.texts.gettext("roles inferred"))
    # Of a tandem without dates, both would say the same.
    return list({word.casefold(): word for word in words if word}.values())


def _title(edition: Edition, family: Family) -> str:
    first = _name(edition, family.nodes[0].key)
    return edition.texts.gettext("Passed on, beginning with %(name)s", name=first)


def drawn_family(name: str, family: Family, places: Mapping[str, Place], kinds: Mapping[str, str]) -> Drawing:
    """Draw a family. `places` are by the keys of its nodes, `kinds` of lines by the ids of its tandems."""
    left = _LEFT + (family.lanes * _LANE + _BESIDE if family.lanes else 0)
    width = max(_WIDTH, left + (family.generations - 1) * _COLUMN + _MIDDLE + _LEAST_ROOM)
    labels = [
        Label(left + number * _COLUMN, 14, (str(number + 1),), _NOTE, anchor="middle", colour="ink-soft")
        for number in range(family.generations)
    ]
    middles: list[int] = []
    top = _TOP
    for node in family.nodes:
        middles.append(top + _MIDDLE)
        written = _labels(places[node.key], left + node.generation * _COLUMN + _MIDDLE + 4, top, width)
        labels += written
        top = _bottom(written[-1]) + _GAP
    strokes = [*_ways(family, left, middles, kinds), *_dots(family, left, middles, places)]
    return Drawing(
        name=name,
        width=width,
        height=top - _GAP + 2,
        strokes=tuple(strokes),
        labels=tuple(labels),
    )


def _labels(place: Place, x: int, top: int, width: int) -> list[Label]:
    """Write a place's name and under it what its tandems are."""
    room = width - x
    name = Label(
        x,
        top + 17,
        broken(place.name.text, _NAME, room),
        _NAME,
        _NAME_LEADING,
        colour="link" if place.name.url else "ink-soft",
        url=place.name.url,
        language=place.name.language,
        italic=not place.name.url,
    )
    found = [name]
    for note in place.notes:
        y = _bottom(found[-1]) + _NOTE_LEADING - 3
        found.append(Label(x, y, broken(note, _NOTE, room), _NOTE, _NOTE_LEADING, colour="ink-soft"))
    return found


def _bottom(label: Label) -> int:
    """Return where a label's last line ends, with its descenders."""
    return label.y + (len(label.lines) - 1) * label.leading + 5


def _ways(family: Family, left: int, middles: list[int], kinds: Mapping[str, str]) -> Iterator[Stroke]:
    """Draw every tandem from its mentor to its mentee."""
    below: dict[str, list[Way]] = {}
    for way in family.ways:
        end_x, end_y = left + way.mentee.generation * _COLUMN, middles[way.mentee.row]
        x = left + way.mentor.generation * _COLUMN
        if way.lane:
            # It leaves below the middle of its mentor and comes in above that of its mentee.
            lane, end_y = left - _LEFT - _BESIDE - (way.lane - 1) * _LANE - 6, end_y - 4
            path = _detour(x, middles[way.mentor.row] + 4, lane, end_x, end_y)
            arrival = f"M{end_x - _COLUMN} {end_y}H{end_x}"
            yield Stroke(f"M{end_x - _COLUMN - 6} {end_y - 5}l6 5-6 5", "first", 3)
        else:
            below.setdefault(way.mentor.key, []).append(way)
            arc = f"A{_ARC} {_ARC} 0 0 0 {x + _ARC} {end_y}H{end_x}"
            path = f"M{x} {end_y - _ARC}{arc}"
            arrival = f"M{x + _HALF} {end_y - _HALF}{arc}"
        kind = kinds[way.tandem]
        if kind in _SLEEVES:
            yield Stroke(path, "first", 3)
        yield from _strokes(arrival if kind in _SLEEVES else path, kind)
    for ways in below.values():
        x, y = left + ways[0].mentor.generation * _COLUMN, middles[ways[0].mentor.row]
        for number, way in enumerate(ways):
            end = middles[way.mentee.row] - _ARC
            open_only = all(kinds[one.tandem] == TandemState.PENDING for one in ways[number:])
            yield Stroke(f"M{x} {y}V{end}", "first", 2 if open_only else 3, "3 5" if open_only else "")
            y = end


def _detour(start_x: int, start_y: int, lane: int, end_x: int, end_y: int) -> str:
    """Lead a line from its start to the left, along a lane, and back to its end."""
    turn = _turn(start_y, end_y)
    return (
        f"M{start_x} {start_y}H{lane + 6}Q{lane} {start_y} {lane} {start_y + turn}"
        f"V{end_y - turn}Q{lane} {end_y} {lane + 6} {end_y}H{end_x}"
    )


def _turn(start: int, end: int) -> int:
    return 6 if end > start else -6 if end < start else 0


def _strokes(path: str, kind: str) -> Iterator[Stroke]:
    for colour, width, dash in _LINES[kind]:
        yield Stroke(path, colour, width, dash)


def _dots(family: Family, left: int, middles: list[int], places: Mapping[str, Place]) -> Iterator[Stroke]:
    """Draw a place: petrol where it accompanies others, marigold inside where it was accompanied itself."""
    mentors = {way.mentor.key for way in family.ways}
    mentees = {way.mentee.key for way in family.ways}
    for node in family.nodes:
        x, y = left + node.generation * _COLUMN, middles[node.row]
        dot = f"M{x} {y}h0"
        if not places[node.key].name.url:
            yield Stroke(dot, "paper", 18)
            yield Stroke(f"M{x - 7} {y}a7 7 0 0 1 14 0a7 7 0 0 1-14 0", "ink-soft", 2, "1 4")
            continue
        yield Stroke(dot, "first", 18)
        if node.key in mentees:
            yield Stroke(dot, "second", 9 if node.key in mentors else 13)


def _legend(edition: Edition, used: Iterable[str]) -> tuple[LegendItem, ...]:
    """Explain the kinds of lines that occur."""
    t = edition.texts
    words = {
        TandemState.RUNNING: t.gettext("running"),
        TandemState.CONTINUED: t.gettext("year over, exchange went on"),
        TandemState.ENDED: t.gettext("year over"),
        TandemState.ANNOUNCED: t.gettext("announced"),
        TandemState.UNDATED: t.gettext("dates not known"),
        _UNCONFIRMED: t.gettext("roles inferred"),
        TandemState.PENDING: t.gettext("one side still open"),
    }
    kinds = set(used)
    return tuple(
        LegendItem(tuple(_strokes("M5 8H35", kind)), text) for kind, text in words.items() if kind in kinds
    )


def _generations(
    edition: Edition, families: Iterable[Family]
) -> tuple[tuple[str, tuple[tuple[Link, str], ...]], ...]:
    """Say the same in sentences, by the generation of those who accompany."""
    t = edition.texts
    found: dict[int, list[tuple[Link, str]]] = {}
    for way in (way for family in families for way in family.ways):
        entry = edition.network.tandems[way.tandem].entry
        sentence = Link(standing_sentence(edition, way.tandem), edition.url_of("tandem", way.tandem))
        dates = "" if entry.pending is not None else period_of(edition, entry)
        found.setdefault(way.mentor.generation + 1, []).append((sentence, dates))
    return tuple(
        (t.gettext("Accompanied by generation %(number)s", number=str(number)), tuple(lines))
        for number, lines in sorted(found.items())
    )
