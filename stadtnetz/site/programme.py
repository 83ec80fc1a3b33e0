"""The programme's phases, rounds and milestones."""

from __future__ import annotations

from stadtnetz.model.phase import Phase, Round
from stadtnetz.network.library import Item
from stadtnetz.site.edition import Edition
from stadtnetz.site.parts import milestone_view, since_until, source_views
from stadtnetz.site.views import MilestoneView, PhaseView, RoundView

__all__ = ["milestones_by_year", "phase_views"]


def phase_views(edition: Edition) -> tuple[PhaseView, ...]:
    """Return the phases in their order."""
    items = sorted(edition.network.phases.values(), key=lambda item: (str(item.entry.start), item.id))
    return tuple(_phase(edition, item) for item in items)


def _phase(edition: Edition, item: Item[Phase]) -> PhaseView:
    entry = item.entry
    return PhaseView(
        anchor=item.id,
        name=entry.name,
        title=entry.title,
        period=since_until(edition, entry.start, entry.end),
        summary=entry.summary,
        prose=edition.prose(item, item.text, anchors=item.id),
        eligible=entry.eligible or "",
        partners=edition.links("partner", entry.partners),
        rounds=tuple(_round(edition, one) for one in entry.rounds),
        sources=source_views(edition, entry.sources),
    )


def _round(edition: Edition, one: Round) -> RoundView:
    def number(value: int | None) -> str:
        return "" if value is None else edition.texts.format_number(value)

    return RoundView(
        name=one.name,
        window=since_until(edition, one.opens, one.closes) if one.opens or one.closes else "",
        applicants=number(one.applicants),
        admitted=number(one.admitted),
        network_size=number(one.network_size),
        remark=one.remark or "",
        sources=source_views(edition, one.sources),
    )


def milestones_by_year(edition: Edition) -> tuple[tuple[str, tuple[MilestoneView, ...]], ...]:
    """Return the milestones under their years, oldest first."""
    items = sorted(edition.network.milestones.values(), key=lambda item: (str(item.entry.date), item.id))
    years = sorted({item.entry.date.year for item in items})
    return tuple(
        (str(year), tuple(milestone_view(edition, item) for item in items if item.entry.date.year == year))
        for year in years
    )
