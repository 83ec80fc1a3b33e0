"""The programme on a line of time, taken from the network and put into words.

It is drawn twice (see `timeline`), along the line for wide pages and paper and down it for phones; a page shows one of
the two. Years lead to their milestones and phases to their texts below, which say the same in words.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from stadtnetz.site.diagrams.timeline import (
    DOT,
    ROUND,
    VAGUE_DOT,
    Happening,
    Past,
    drawn_across,
    drawn_down,
    happenings,
)
from stadtnetz.site.diagrams.timespan import Span
from stadtnetz.site.edition import Edition
from stadtnetz.site.views import HistoryView, LegendItem, Stroke

__all__ = ["history_view", "past_of"]


def history_view(edition: Edition) -> HistoryView | None:
    """Draw the programme's history; None where neither a phase nor a milestone is recorded."""
    past = past_of(edition)
    if not (past.phases or past.milestones):
        return None
    t = edition.texts
    name = t.gettext("The programme on a line of time")
    return HistoryView(
        heading=name,
        lead=t.gettext(
            "Years and phases lead to what is written about them below. Where only the year or the month is known, "
            "the mark takes up all of it. A phase has a thick edge where it is certain, a dashed one where it is "
            "possible."
        ),
        across=replace(drawn_across(past), name=name),
        down=replace(drawn_down(past), name=name),
        legend=tuple(_legend(edition, past)),
    )


def past_of(edition: Edition) -> Past:
    """Take phases, rounds and milestones out of the network; a round without any date can't be drawn."""
    network = edition.network
    phases, rounds = [], []
    for item in network.phases.values():
        entry = item.entry
        span = Span.between(entry.start, entry.end or entry.start)
        phases.append(Happening(entry.name, span, f"#s-{item.id}", goes_on=entry.end is None))
        for one in entry.rounds:
            opens, closes = one.opens or one.closes, one.closes or one.opens
            if opens is not None and closes is not None:
                rounds.append(Happening(one.name, Span.between(opens, closes)))
    milestones = [Happening(item.id, Span.of(item.entry.date)) for item in network.milestones.values()]
    return Past(
        happenings(phases),
        happenings(rounds),
        happenings(milestones),
        frozenset(item.entry.date.year for item in network.milestones.values()),
    )


def _legend(edition: Edition, past: Past) -> Iterable[LegendItem]:
    """Explain the marks that occur; phases bear their names."""
    t = edition.texts

    def sample(path: str, kinds: tuple[tuple[str, int], ...]) -> tuple[Stroke, ...]:
        return tuple(Stroke(path, colour, width) for colour, width in kinds)

    if past.rounds:
        yield LegendItem(sample("M8 8H32", ROUND), t.gettext("time to apply"))
    if any(one.is_exact for one in past.milestones):
        yield LegendItem(sample("M20 8h0", DOT), t.gettext("milestone"))
    if any(not one.is_exact for one in past.milestones):
        yield LegendItem(sample("M12 8H28", VAGUE_DOT), t.gettext("milestone, month or year known"))
