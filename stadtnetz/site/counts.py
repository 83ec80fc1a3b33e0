"""Numbers about the network, computed and never typed in, with the day that they hold for.

A number holds from the last change in the data until the next. Its "Stand" is therefore not the day of the build
but the latest of: a membership that began or ended, an entry that was brought up to date. So it says how fresh the
data are, and a page does not change every midnight although nothing else did.
"""

from __future__ import annotations

from datetime import date

from stadtnetz.clock import BERLIN
from stadtnetz.dates import PartialDate
from stadtnetz.network.lifecycle import Stage, membership_moments
from stadtnetz.site.edition import Edition, stand_of
from stadtnetz.site.views import Count

__all__ = ["count_stand", "counts_note", "member_counts"]


def member_counts(edition: Edition) -> tuple[Count, ...]:
    """Count members, tandems, states and partners."""
    network = edition.network
    t = edition.texts
    url = edition.addresses.url
    members = network.member_ids
    states = {network.cities[id_].entry.state for id_ in members}
    found = (
        (len(members), t.ngettext("member", "members", len(members)), "staedte/"),
        (len(states), t.ngettext("state", "states", len(states)), "staedte/"),
        (len(network.tandems), t.ngettext("tandem", "tandems", len(network.tandems)), "tandems/"),
        (len(network.partners), t.ngettext("partner", "partners", len(network.partners)), "partner/"),
    )
    return tuple(
        Count(number, label, url(path), edition.original_mark) for number, label, path in found if number
    )


def count_stand(edition: Edition) -> date | None:
    """Return the day that the counts hold for."""
    network = edition.network
    changes = [
        moment.astimezone(BERLIN).date()
        for item in network.cities.values()
        for moment in membership_moments(item.entry)
        if moment <= network.clock.now
    ]
    written = [
        day for item in network.cities.values() if (day := stand_of(item)) and day <= network.clock.today
    ]
    days: list[date] = [*changes, *written]
    return max(days, default=None)


def counts_note(edition: Edition) -> str:
    """Say what was counted, for when, and what is not known."""
    network = edition.network
    t = edition.texts
    day = count_stand(edition)
    if day is None:
        return ""
    known = network.site.data_as_of
    # Entries may have been looked through after the last source was found; a number is no fresher than its sources.
    stand = known if known is not None and known.last_day < day else PartialDate.of(day)
    parts = [
        t.gettext("Counted from the memberships recorded here, as of %(date)s.", date=t.format_date(stand))
    ]
    unconfirmed = len(network.unconfirmed_ids)
    if unconfirmed:
        parts.append(
            t.ngettext(
                "%(num)s further place is not counted because no source confirms its status today.",
                "%(num)s further places are not counted because no source confirms their status today.",
                unconfirmed,
                num=t.format_number(unconfirmed),
            )
        )
    former = network.stage_counts[Stage.FORMER]
    if former:
        parts.append(
            t.ngettext(
                "%(num)s place is a former member.",
                "%(num)s places are former members.",
                former,
                num=t.format_number(former),
            )
        )
    if known is not None:
        parts.append(
            t.gettext(
                "Sources reach until %(date)s; nothing is stated about the time after.",
                date=t.format_date(known),
            )
        )
    return " ".join(parts)
