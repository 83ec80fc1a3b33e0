"""What will change by itself: the moments of the network, those of the next days, with the names of whose they are.

It is for those who write: what is under embargo stands here with its title. It is printed, and never part of a site.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from stadtnetz.authoring.titles import title_of
from stadtnetz.clock import BERLIN, Clock
from stadtnetz.network.library import Library
from stadtnetz.network.moments import Change, Scope, changes_of

__all__ = ["Upcoming", "upcoming"]


class Upcoming(Struct, frozen=True):
    """A change that is still to come. `draft` tells that the entry is a draft: readers will not see it."""

    change: Change
    title: str
    draft: bool

    @property
    def on_site(self) -> bool:
        """Tell whether readers will see a difference."""
        return self.change.scope is not Scope.TOLD


def upcoming(library: Library, clock: Clock, days: int, *, drafts: bool = False) -> tuple[Upcoming, ...]:
    """Return what changes after the clock's moment and within some days, the next first."""
    # Days of the calendar: where the clocks are put forward one of them has 23 hours.
    last = datetime.combine(clock.today + timedelta(days=days), clock.now.time(), BERLIN)
    found = {change for change in changes_of(library, drafts=drafts) if clock.now < change.at <= last}
    ordered = sorted(found, key=lambda one: (one.at, one.why, one.kind, one.id))
    return tuple(_named(change, library) for change in ordered)


def _named(change: Change, library: Library) -> Upcoming:
    item = library.items.get(change.kind, {}).get(change.id)
    if item is None:
        return Upcoming(change, "", draft=False)
    return Upcoming(change, title_of(item, library), draft=item.entry.draft)
