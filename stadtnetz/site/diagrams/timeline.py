"""The line of time as strokes, boxes and words: along the line, or down it.

Every mark has an extent along the line, its words included; whatever would touch goes into another lane, so that
nothing lies on anything else, however much happened in one year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from stadtnetz.site.diagrams.lettering import broken, width_of
from stadtnetz.site.diagrams.timespan import Scale, Span, lanes_for
from stadtnetz.site.views import Box, Drawing, Label, Stroke

__all__ = ["DOT", "ROUND", "VAGUE_DOT", "Happening", "Past", "drawn_across", "drawn_down", "happenings"]

DOT = (("first", 10),)
VAGUE_DOT = (("first", 10), ("paper", 5))
ROUND = (("first", 10), ("second", 6))
"""Marks: their strokes from below, each with colour and width."""

_ACROSS, _DOWN, _DOWN_YEAR = 880, 288, 60
"""How wide the drawings are along the line and down it; how long a year is in the latter."""
_SIZE, _SMALL, _LEADING = 16, 14, 18
_DOT_LANE = 12
_LEAST_ROOM = 90
"""What room each of several phases of one time has at least in the drawing down the line."""
_LEAST_OUTLINE = 8
_LONGEST = 220
"""What room a name may take along the line."""
_YEAR_ROOM = 46
"""What room the number of a year takes along the line."""


class Happening(Struct, frozen=True):
    """A phase, a round or a milestone. `goes_on` marks a phase whose end is not known: it lasts as long as the line."""

    name: str
    span: Span
    url: str = ""
    goes_on: bool = False

    @property
    def is_exact(self) -> bool:
        """Tell whether its day is known."""
        return self.span.first == self.span.last


class Past(Struct, frozen=True):
    """All that is drawn, in the order of time; `linked` are the years that have a text on the page."""

    phases: tuple[Happening, ...]
    rounds: tuple[Happening, ...]
    milestones: tuple[Happening, ...]
    linked: frozenset[int]

    @property
    def years(self) -> tuple[int, int]:
        """Return the first and the last year. ValueError where nothing happened."""
        spans = [one.span for one in (*self.phases, *self.rounds, *self.milestones)]
        return min(span.first.year for span in spans), max(span.last.year for span in spans)


class _Sheet(Struct):
    """What has been drawn so far."""

    strokes: list[Stroke] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def mark(self, path: str, kinds: Iterable[tuple[str, int]]) -> None:
        self.strokes += [Stroke(path, colour, width) for colour, width in kinds]

    def bar(self, x: int, y: int, width: int, height: int, *, certain: bool) -> None:
        self.boxes.append(Box(x, y, width, height, "mild" if certain else "first", outline=not certain))

    def drawing(self, width: int, height: int, grid: str) -> Drawing:
        strokes = (Stroke(grid, "line", 1), *self.strokes)
        return Drawing("", width, height, strokes, tuple(self.boxes), tuple(self.labels))


def happenings(found: Iterable[Happening]) -> tuple[Happening, ...]:
    """Put happenings into the order of time."""
    return tuple(sorted(found, key=lambda one: (one.span.first, one.span.last, one.name)))


def drawn_across(past: Past) -> Drawing:
    """Draw time from left to right: years, phases, rounds, milestones."""
    first, last = past.years
    scale = Scale(first, last, 4, max(1, (_ACROSS - 8) // (last - first + 1)))
    sheet = _Sheet()
    bottom = _phases_across(sheet, past.phases, scale, 34)
    bottom = _rounds_across(sheet, past.rounds, scale, bottom)
    dots = [_dot(one, scale) for one in past.milestones]
    lanes = _lanes([(begin - 7, end + 7) for begin, end in dots])
    for one, (begin, end), lane in zip(past.milestones, dots, lanes, strict=True):
        sheet.mark(f"M{begin} {bottom + 8 + lane * _DOT_LANE}H{end}", _kind(one))
    bottom += (max(lanes, default=-1) + 1) * _DOT_LANE + 4
    grid = "".join(f"M{_new_year(scale, year)} 26V{bottom}" for year in range(first, last + 2))
    step = -(-_YEAR_ROOM // scale.year)
    for year in range(first, last + 1, step):
        middle = (_new_year(scale, year) + _new_year(scale, min(year + step, last + 1))) // 2
        sheet.labels.append(_year(past, year, middle, 18, "middle"))
    return sheet.drawing(_ACROSS, bottom + 2, f"{grid}M{scale.start} 26H{scale.end}")


def _phases_across(sheet: _Sheet, phases: Sequence[Happening], scale: Scale, top: int) -> int:
    """Draw phases as bars with their names in them; return where the next row begins."""
    names = [_line(one.name, _LONGEST) for one in phases]
    bars = [_bar(one, scale) for one in phases]
    extents = []
    for name, (begin, end) in zip(names, bars, strict=True):
        room = width_of(name, _SIZE) + 16
        extents.append((min(begin, _ACROSS - round(room)), max(end - 2, begin + round(room))))
    lanes = _lanes(extents)
    for one, name, extent, lane in zip(phases, names, extents, lanes, strict=True):
        y = top + lane * 40
        for start, stop, certain in _parts(one, scale):
            sheet.bar(start, y, stop - start, 34, certain=certain)
            if certain:
                sheet.boxes.append(Box(start, y, stop - start, 4, "first"))
        sheet.labels.append(Label(extent[0] + 8, y + 24, (name,), _SIZE, colour="link", url=one.url))
    return top + (max(lanes, default=-1) + 1) * 40


def _rounds_across(sheet: _Sheet, rounds: Sequence[Happening], scale: Scale, top: int) -> int:
    """Draw rounds as strokes with their names beside them: right, else left, else above where neither has room."""
    placed = []
    for one in rounds:
        name = _line(one.name, _LONGEST)
        begin, end = _dot(one, scale)
        room = round(width_of(name, _SIZE)) + 10
        if end + room <= _ACROSS:
            placed.append((begin - 8, end + room, begin, end, name, Label(end + 10, 5, (name,), _SIZE)))
        elif begin >= room:
            label = Label(begin - 10, 5, (name,), _SIZE, anchor="end")
            placed.append((begin - room, end + 8, begin, end, name, label))
        else:
            label = Label(min(begin, _ACROSS - room), 0, (name,), _SIZE)
            placed.append((min(begin - 8, label.x), end + 8, begin, end, name, label))
    placed.sort(key=lambda one: one[:5])
    lanes = _lanes([(one[0], one[1]) for one in placed])
    for (*_, begin, end, _, label), lane in zip(placed, lanes, strict=True):
        y = top + 12 + lane * 26
        sheet.mark(f"M{begin} {y if label.y else y + 9}H{end}", ROUND)
        sheet.labels.append(replace(label, y=y + label.y, halo=True))
    return top + (max(lanes, default=-1) + 1) * 26


def drawn_down(past: Past) -> Drawing:
    """Draw time from top to bottom: years, milestones, phases with the rounds on them."""
    first, last = past.years
    scale = Scale(first, last, 2, _DOWN_YEAR)
    sheet = _Sheet()
    dots = [_dot(one, scale) for one in past.milestones]
    lanes = _lanes([(begin - 6, end + 6) for begin, end in dots])
    for one, (begin, end), lane in zip(past.milestones, dots, lanes, strict=True):
        sheet.mark(f"M{48 + lane * _DOT_LANE} {begin}V{end}", _kind(one))
    left = 44 + (max(lanes, default=-1) + 1) * _DOT_LANE
    beside = _lanes([(begin, end - 1) for begin, end in (_bar(one, scale) for one in past.phases)])
    width = max(_DOWN, left + (max(beside, default=0) + 1) * _LEAST_ROOM)
    named = [*_phases_down(sheet, past.phases, beside, scale, left, width)]
    for one in past.rounds:
        begin, end = _dot(one, scale)
        sheet.mark(f"M{left + 12} {begin}V{end}", ROUND)
        named.append((begin, 5, left + 20, one))
    bottom = max(scale.end, _names_down(sheet, named, width))
    for year in range(first, last + 1):
        sheet.labels.append(_year(past, year, 0, _new_year(scale, year) + 20, "start"))
    grid = "".join(f"M0 {_new_year(scale, year)}H{width}" for year in range(first, last + 2))
    return sheet.drawing(width, bottom + 2, grid)


def _phases_down(
    sheet: _Sheet, phases: Sequence[Happening], lanes: Sequence[int], scale: Scale, left: int, width: int
) -> Iterator[tuple[int, int, int, Happening]]:
    """Draw phases as bars, those of one time side by side; yield where their names should stand."""
    lane_width = (width - left) // (max(lanes, default=0) + 1)
    for one, lane in zip(phases, lanes, strict=True):
        x = left + lane * lane_width
        for start, stop, certain in _parts(one, scale):
            sheet.bar(x, start, lane_width - 4, stop - start, certain=certain)
            if certain:
                sheet.boxes.append(Box(x, start, 4, stop - start, "first"))
        yield _bar(one, scale)[0], 18, x + 20, one


def _names_down(sheet: _Sheet, named: Iterable[tuple[int, int, int, Happening]], width: int) -> int:
    """Write names as near below their places as those above leave room; return where the last one ends."""
    free = 0
    for begin, below, x, one in sorted(named, key=lambda place: (*place[:3], place[3].name)):
        lines = broken(one.name, _SMALL, width - x - 2)
        y = max(begin + below, free + _LEADING)
        free = y + (len(lines) - 1) * _LEADING
        colour = "link" if one.url else "ink"
        sheet.labels.append(
            Label(x, y, lines, _SMALL, _LEADING, colour=colour, url=one.url, halo=not one.url)
        )
    return free + 6


def _line(name: str, room: int) -> str:
    """Return a name as one line."""
    lines = broken(name, _SIZE, room)
    return lines[0] if len(lines) == 1 else f"{lines[0]}…"


def _bar(one: Happening, scale: Scale) -> tuple[int, int]:
    """Return where a phase begins and ends at the most."""
    return scale.begin_of(one.span.first), scale.end if one.goes_on else scale.end_of(one.span.last)


def _parts(one: Happening, scale: Scale) -> tuple[tuple[int, int, bool], ...]:
    """Cut a phase's bar, less a gap to the next one, into what is certain and what is only possible."""
    begin, end = _bar(one, scale)
    begin, end = begin + 1, max(end - 1, begin + 3)
    if one.span.certain is None or one.goes_on:
        return ((begin, end, False),)
    first, last = (scale.begin_of(one.span.certain[0]), scale.end_of(one.span.certain[1]))
    first, last = max(begin, first), min(end, last)
    parts = ((begin, first, False), (first, last, True), (last, end, False))
    # What is possible for a month only stays open: an outline would be nothing but a thick line.
    least = {True: 2, False: _LEAST_OUTLINE}
    seen = tuple(part for part in parts if part[1] - part[0] > least[part[2]])
    return seen or ((begin, end, False),)


def _dot(one: Happening, scale: Scale) -> tuple[int, int]:
    """Return from where to where a mark's line goes; its round ends stay within the days that it can mean."""
    begin, end = scale.begin_of(one.span.first), scale.end_of(one.span.last)
    middle = (begin + end) // 2
    return (begin + 5, end - 5) if end - begin > 10 else (middle, middle)


def _kind(one: Happening) -> tuple[tuple[str, int], ...]:
    return DOT if one.is_exact else VAGUE_DOT


def _new_year(scale: Scale, year: int) -> int:
    return scale.begin_of(date(year, 1, 1))


def _year(past: Past, year: int, x: int, y: int, anchor: str) -> Label:
    linked = year in past.linked
    return Label(
        x,
        y,
        (str(year),),
        _SIZE,
        anchor=anchor,
        colour="link" if linked else "ink-soft",
        url=f"#s-{year}" if linked else "",
    )


def _lanes(extents: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Give each extent its lane, whatever order they are in."""
    order = sorted(range(len(extents)), key=lambda number: extents[number])
    lanes = dict(zip(order, lanes_for([extents[number] for number in order]), strict=True))
    return tuple(lanes[number] for number in range(len(extents)))
