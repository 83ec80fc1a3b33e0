"""Members per year: a bar for each year, from zero, and the same as a table.

Bars, since a number holds for one day; a line between them would claim what nobody knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import ceil

from stadtnetz.dates import PartialDate
from stadtnetz.network.lifecycle import Stage, membership_begins
from stadtnetz.site.counts import count_stand
from stadtnetz.site.diagrams.lettering import width_of
from stadtnetz.site.diagrams.tally import Tally, tally_by_year
from stadtnetz.site.edition import Edition
from stadtnetz.site.views import Box, Drawing, Label, MembersView, Stroke

__all__ = ["members_drawing", "members_view"]

_WIDTH, _LEFT = 288, 46
"""`_LEFT` is the room of a year."""
_ROW, _BAR, _TOP, _SIZE = 26, 18, 4, 14


def members_view(edition: Edition) -> MembersView | None:
    """Draw the members of each year; None where no membership has a date that has come."""
    until = _until(edition)
    if until is None:
        return None
    tallies = tally_by_year((item.entry for item in edition.network.cities.values()), until)
    if not tallies:
        return None
    t = edition.texts
    names = [_name(edition, tally.day) for tally in tallies]
    heading = t.gettext("Members per year")
    columns = [t.gettext("End of"), t.gettext("Members")]
    doubts = any(tally.unconfirmed for tally in tallies)
    if doubts:
        columns.append(t.gettext("Besides, not confirmed"))
    rows = [
        (name, t.format_number(tally.members), *((t.format_number(tally.unconfirmed),) if doubts else ()))
        for name, tally in zip(names, tallies, strict=True)
    ]
    return MembersView(
        heading=heading,
        drawing=members_drawing(
            t.gettext(
                "%(heading)s: %(first)s at the end of %(start)s, %(last)s at the end of %(end)s",
                heading=heading,
                first=rows[0][1],
                start=names[0],
                last=rows[-1][1],
                end=names[-1],
            ),
            tallies,
        ),
        notes=_notes(edition, names[-1], doubts=doubts),
        caption=t.gettext("Members at the end of each year, as far as sources date them"),
        columns=tuple(columns),
        rows=tuple(rows),
    )


def _until(edition: Edition) -> date | None:
    """Return the last day that the data tell of: no later than the sources, nor than the last change."""
    known = edition.network.site.data_as_of
    day = count_stand(edition)
    return day if day is None or known is None else min(day, known.last_day)


def _name(edition: Edition, day: date) -> str:
    """Return a year, or the day itself where the year was not over."""
    if (day.month, day.day) == (12, 31):
        return str(day.year)
    known = edition.network.site.data_as_of
    if known is not None and known.last_day == day:
        return edition.texts.format_date(known)
    return edition.texts.format_date(PartialDate.of(day))


def members_drawing(name: str, tallies: Sequence[Tally]) -> Drawing:
    """Draw one bar a year; what is not confirmed is an empty bar behind it."""
    figures = [
        f"{tally.members} + {tally.unconfirmed}" if tally.unconfirmed else str(tally.members)
        for tally in tallies
    ]
    most = max(tally.members + tally.unconfirmed for tally in tallies) or 1
    room = _WIDTH - _LEFT - 6 - ceil(max(width_of(text, _SIZE) for text in figures))
    bottom = _TOP + len(tallies) * _ROW
    boxes: list[Box] = []
    labels: list[Label] = []
    for number, (tally, text) in enumerate(zip(tallies, figures, strict=True)):
        y = _TOP + number * _ROW
        counted = tally.members * room // most
        whole = (tally.members + tally.unconfirmed) * room // most
        boxes.append(Box(_LEFT, y, counted, _BAR, "first"))
        if tally.unconfirmed:
            boxes.append(
                Box(_LEFT + counted + 1, y + 1, max(whole - counted - 2, 1), _BAR - 2, "first", outline=True)
            )
        labels += [
            Label(0, y + 14, (str(tally.day.year),), _SIZE, colour="ink-soft"),
            Label(_LEFT + whole + 6, y + 14, (text,), _SIZE),
        ]
    zero = Stroke(f"M{_LEFT} 0V{bottom}", "ink-soft", 1)
    return Drawing(name, _WIDTH, bottom, (zero,), tuple(boxes), tuple(labels), role="img")


def _notes(edition: Edition, last: str, *, doubts: bool) -> tuple[str, ...]:
    """Say what was counted and what the numbers leave out."""
    t = edition.texts
    network = edition.network
    periods = [period for item in network.cities.values() for period in item.entry.membership]
    attested = sum(period.admitted is None and period.attested is not None for period in periods)
    undated = sum(
        all(membership_begins(period) is None for period in item.entry.membership)
        for id_, item in network.cities.items()
        if network.standings[id_].stage not in (Stage.NOT_YET, Stage.SELECTED)
    )
    notes = [
        t.gettext(
            "Counted from the dated memberships recorded here, at the end of each year, last at the end of %(date)s. "
            "Sources that give a number for the whole network often name more places than are known by name; those "
            "are missing here.",
            date=last,
        )
    ]
    if doubts:
        notes.append(
            t.gettext(
                "Empty bars and the second number are places that a source names, without any that confirms that "
                "they stayed; they are not counted."
            )
        )
    if attested:
        notes.append(
            t.ngettext(
                "The beginning of %(num)s membership is not known: it counts from the date for which a source "
                "names it.",
                "The beginning of %(num)s memberships is not known: they count from the date for which a source "
                "names them.",
                attested,
            )
        )
    if undated:
        notes.append(
            t.ngettext(
                "%(num)s place without any date is left out.",
                "%(num)s places without any date are left out.",
                undated,
            )
        )
    return tuple(notes)
