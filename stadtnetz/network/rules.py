"""What a careful editor would notice: rules over the whole network, each with a stable code.

A rule speaks only where the data make it certain. A tandem that began in "2020" and a membership that began in
"2020" may be in order, so nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from stadtnetz.clock import BERLIN, Clock
from stadtnetz.dates import PartialDate
from stadtnetz.diagnostics import Diagnostic, Related, problem
from stadtnetz.model.city import City, Membership
from stadtnetz.model.event import Event
from stadtnetz.model.news import News, NewsType
from stadtnetz.model.partner import Level, Partner
from stadtnetz.model.shared import Entry
from stadtnetz.model.tandem import Tandem
from stadtnetz.network.library import Item, Library
from stadtnetz.network.lifecycle import membership_begins, tandem_end
from stadtnetz.network.references import placed_pictures

__all__ = ["check_rules", "lacks_source"]

# The bounding box of Germany in degrees, rounded outwards; from the outlines of Natural Earth 1:10m.
SOUTH, NORTH, WEST, EAST = 47.2, 55.1, 5.8, 15.1

NEEDS_SOURCE = frozenset({"city", "partner", "tandem", "news", "event", "milestone", "phase", "network"})


def check_rules(library: Library, clock: Clock) -> Iterator[Diagnostic]:
    """Report what contradicts itself, is overdue, or lacks what readers and law need."""
    cities: dict[str, Item[Entry]] = dict(library.items["city"])
    for item in library.all_items():
        yield from _entry(item, clock)
        match item.entry:
            case City():
                yield from _city(item, item.entry)
            case Partner():
                yield from _partner(item, item.entry)
            case Tandem():
                yield from _tandem(item, item.entry, cities, clock)
            case News():
                yield from _news(item, item.entry)
            case Event():
                yield from _event(item, item.entry)
    yield from _one_mentor_at_a_time(library)


def _entry(item: Item[Entry], clock: Clock) -> Iterator[Diagnostic]:
    entry = item.entry
    if entry.review_by is not None and clock.passed(entry.review_by):
        yield problem(
            "review-overdue", item.path, item.spans.value(("review_by",)), date=str(entry.review_by)
        )
    if lacks_source(item):
        yield problem("source-missing", item.path, item.spans.value(()), kind=item.kind)
    for place, picture in placed_pictures(entry):
        if picture.withdraw_by is not None and clock.reached(picture.withdraw_by):
            span = item.spans.value((*place, "withdraw_by"))
            yield problem(
                "picture-withdrawn", item.path, span, date=str(picture.withdraw_by), file=picture.file
            )


def lacks_source(item: Item[Entry]) -> bool:
    """Tell whether an entry that states facts names no source for them; a draft may still be without."""
    entry = item.entry
    named = entry.sources or getattr(entry, "original", None) is not None
    return item.kind in NEEDS_SOURCE and not named and not entry.draft


def _city(item: Item[Entry], city: City) -> Iterator[Diagnostic]:
    place = city.coordinates
    if place is not None and not (SOUTH <= place.lat <= NORTH and WEST <= place.lon <= EAST):
        swapped = SOUTH <= place.lon <= NORTH and WEST <= place.lat <= EAST
        suggestion = f"lat: {place.lon}, lon: {place.lat}" if swapped else ""
        span = item.spans.value(("coordinates",))
        yield problem(
            "coordinates-outside",
            item.path,
            span,
            lat=str(place.lat),
            lon=str(place.lon),
            suggestion=suggestion,
        )
    for (first, one), (second, two) in combinations(enumerate(city.membership), 2):
        if _surely_overlap(one, two):
            related = Related("other-here", item.path, item.spans.value(("membership", first)))
            yield problem(
                "membership-overlap", item.path, item.spans.value(("membership", second)), related=(related,)
            )


def _surely_overlap(one: Membership, two: Membership) -> bool:
    """Tell whether two periods share time for certain: each goes on when the other has begun."""
    return _surely_reaches(one, two) and _surely_reaches(two, one)


def _surely_reaches(one: Membership, two: Membership) -> bool:
    """Tell whether a period goes on after another has begun; without an end it goes on for ever."""
    begins = two.admitted or two.attested or two.selected
    return one.until is None or (begins is not None and begins.surely_before(one.until))


def _partner(item: Item[Entry], partner: Partner) -> Iterator[Diagnostic]:
    if partner.level is Level.LOCAL and not partner.cities:
        yield problem("partner-without-city", item.path, item.spans.value(("level",)))


def _tandem(
    item: Item[Entry], tandem: Tandem, cities: dict[str, Item[Entry]], clock: Clock
) -> Iterator[Diagnostic]:
    if tandem.mentor is not None and tandem.mentor == tandem.mentee:
        yield problem("tandem-self", item.path, item.spans.value(("mentee",)), id=tandem.mentor)
        return
    if tandem.pending is not None and clock.passed(tandem.pending.expected):
        span = item.spans.value(("pending", "expected"))
        yield problem("tandem-overdue", item.path, span, date=str(tandem.pending.expected))
    if tandem.start is None:
        return
    for side, id_ in (("mentor", tandem.mentor), ("mentee", tandem.mentee)):
        city = cities[id_].entry if id_ in cities else None
        if not isinstance(city, City):
            continue
        span = item.spans.value((side,))
        if _surely_no_member(city, tandem.start):
            yield problem(f"{side}-not-member", item.path, span, city=city.name, date=str(tandem.start))
        elif side == "mentor" and _surely_untrained(city, tandem.start):
            yield problem("mentor-untrained", item.path, span, city=city.name, date=str(tandem.start))


def _surely_no_member(city: City, date: PartialDate) -> bool:
    """Tell whether no period can include the date. Without a known beginning nothing is certain."""
    return all(_surely_outside(period, date) for period in city.membership)


def _surely_outside(period: Membership, date: PartialDate) -> bool:
    begins = period.admitted or period.selected
    before = begins is not None and date.surely_before(begins)
    return before or (period.until is not None and period.until.surely_before(date))


def _surely_untrained(city: City, date: PartialDate) -> bool:
    """Tell whether the first year of the first period can't be over at a date."""
    if not city.membership or any(period.admitted is None for period in city.membership):
        return False
    begins = [begin for period in city.membership if (begin := membership_begins(period)) is not None]
    return date.surely_before(PartialDate.of(min(begins)).plus_years(1))


def _one_mentor_at_a_time(library: Library) -> Iterator[Diagnostic]:
    by_mentee: dict[str, list[Item[Entry]]] = {}
    for item in library.items["tandem"].values():
        if isinstance(item.entry, Tandem) and item.entry.mentee is not None:
            by_mentee.setdefault(item.entry.mentee, []).append(item)
    for items in by_mentee.values():
        for one, two in combinations(items, 2):
            if (
                isinstance(one.entry, Tandem)
                and isinstance(two.entry, Tandem)
                and _at_one_time(one.entry, two.entry)
            ):
                related = Related("other-here", one.path, one.spans.value(("mentee",)))
                yield problem(
                    "tandem-twice",
                    two.path,
                    two.spans.value(("mentee",)),
                    related=(related,),
                    id=two.entry.mentee or "",
                )


def _at_one_time(one: Tandem, two: Tandem) -> bool:
    """Tell whether two tandems share time for certain: each begins at the latest before the other can end."""
    if one.start is None or two.start is None:
        return False
    return _latest_start(one) < _earliest_end(two) and _latest_start(two) < _earliest_end(one)


def _latest_start(tandem: Tandem) -> str:
    return "" if tandem.start is None else tandem.start.last_day.isoformat()


def _earliest_end(tandem: Tandem) -> str:
    end = tandem_end(tandem)
    return "" if end is None else end.first_day.isoformat()


def _news(item: Item[Entry], news: News) -> Iterator[Diagnostic]:
    # A call announces what is still to come.
    if (
        news.happened is not None
        and news.type is not NewsType.CALL
        and news.published.surely_before(news.happened)
    ):
        span = item.spans.value(("published",))
        yield problem(
            "news-before-event", item.path, span, date=str(news.published), happened=str(news.happened)
        )


def _event(item: Item[Entry], event: Event) -> Iterator[Diagnostic]:
    if event.end is not None and event.end.surely_before(event.start):
        span = item.spans.value(("end",))
        yield problem("event-order", item.path, span, start=str(event.start), end=str(event.end))
    for number, repeat in enumerate(event.repeats):
        if repeat.end is not None and repeat.end.surely_before(repeat.start):
            span = item.spans.value(("repeats", number, "end"))
            yield problem("event-order", item.path, span, start=str(repeat.start), end=str(repeat.end))
    registration = event.registration
    if registration is not None and registration.deadline is not None:
        dates = [(event.start, event.end), *((repeat.start, repeat.end) for repeat in event.repeats)]
        over = max((end or start).ends(BERLIN) for start, end in dates)
        deadline = registration.deadline.starts(BERLIN)
        # Whoever closes registration at the minute in which the event ends is not late.
        if over < deadline or (over == deadline and registration.deadline.time is None):
            span = item.spans.value(("registration", "deadline"))
            yield problem("registration-late", item.path, span, date=str(registration.deadline))
