"""The stages of a city, the states of a tandem and of an event, in words."""

from __future__ import annotations

from enum import StrEnum

from stadtnetz.clock import BERLIN
from stadtnetz.i18n import Texts
from stadtnetz.model.event import Event, EventStatus
from stadtnetz.network.lifecycle import Stage, Standing, TandemState
from stadtnetz.network.network import Network
from stadtnetz.site.views import Badge

__all__ = ["EventTime", "city_badge", "event_badge", "event_time", "tandem_badge"]


def city_badge(texts: Texts, place: Standing, *, accompanies_now: bool) -> Badge:
    """Return where a city stands; what no source confirms is said before anything else."""
    if not place.confirmed and place.stage is not Stage.FORMER:
        return Badge("unconfirmed", texts.gettext("Status not confirmed"))
    words = {
        Stage.NOT_YET: texts.gettext("Not yet a member"),
        Stage.SELECTED: texts.gettext("Selected"),
        Stage.FIRST_YEAR: texts.gettext("In the first year"),
        Stage.MEMBER: texts.gettext("Member"),
        Stage.TRAINED: texts.gettext("First year completed"),
        Stage.MENTOR: texts.gettext("Accompanies others")
        if accompanies_now
        else texts.gettext("Has accompanied others"),
        Stage.FORMER: texts.gettext("Former member"),
    }
    return Badge(place.stage.value, words[place.stage])


def tandem_badge(texts: Texts, state: TandemState) -> Badge:
    """Return what a tandem is."""
    words = {
        TandemState.PENDING: texts.gettext("Partner still open"),
        TandemState.ANNOUNCED: texts.gettext("Announced"),
        TandemState.RUNNING: texts.gettext("Running"),
        TandemState.ENDED: texts.gettext("Year of company over"),
        TandemState.CONTINUED: texts.gettext("Year of company over, exchange went on"),
        TandemState.UNDATED: texts.gettext("Dates not known"),
    }
    return Badge(state.value, words[state])


class EventTime(StrEnum):
    """Where an event lies from the network's moment."""

    UPCOMING = "upcoming"
    NOW = "now"
    PAST = "past"


def event_time(event: Event, network: Network) -> EventTime:
    """Tell whether all of an event's dates are over, one is going on, or one is still to come."""
    now = network.clock.now
    dates = [(event.start, event.end), *((repeat.start, repeat.end) for repeat in event.repeats)]
    spans = [(start.starts(BERLIN), (end or start).ends(BERLIN)) for start, end in dates]
    if all(end <= now for _, end in spans):
        return EventTime.PAST
    return EventTime.NOW if any(start <= now < end for start, end in spans) else EventTime.UPCOMING


def event_badge(texts: Texts, event: Event, network: Network) -> Badge:
    """Return what readers must know first: that an event is off, over, or planned."""
    time = event_time(event, network)
    if event.status in (EventStatus.CANCELLED, EventStatus.MOVED):
        return Badge(event.status.value, event.status.label(texts.language))
    if time is EventTime.PAST:
        # That a planned event has taken place is more than its announcement says.
        planned = event.status is EventStatus.PLANNED
        return Badge("past", texts.gettext("Date has passed") if planned else texts.gettext("Past"))
    if event.status in (EventStatus.SOLD_OUT, EventStatus.PLANNED):
        return Badge(event.status.value, event.status.label(texts.language))
    return Badge(
        time.value, texts.gettext("Under way") if time is EventTime.NOW else texts.gettext("Upcoming")
    )
