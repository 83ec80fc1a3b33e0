"""One view for each kind of entry that has a page."""

from __future__ import annotations

from stadtnetz.fingerprint import Value
from stadtnetz.site.views.frame import Badge, DateText, Link
from stadtnetz.site.views.map import MiniMap
from stadtnetz.site.views.media import FigureView
from stadtnetz.site.views.parts import (
    Card,
    ContactView,
    FactView,
    Group,
    LifeStep,
    MilestoneView,
    PeriodView,
    Prose,
    SourceView,
)

__all__ = [
    "CityView",
    "EventView",
    "NetworkView",
    "NewsView",
    "PartnerView",
    "TandemView",
    "TopicView",
]


class CityView(Value, frozen=True):
    """A city: who, since when, with whom, who accompanies whom, whom to ask."""

    name: str
    type_label: str
    state: Link
    badge: Badge
    standing: str
    """One sentence on its place in the network."""
    life: tuple[LifeStep, ...]
    periods: tuple[PeriodView, ...]
    summary: str
    prose: Prose
    figures: tuple[FigureView, ...]
    facts: tuple[FactView, ...]
    partners: tuple[Group, ...]
    accompanied_by: tuple[Card, ...]
    """Tandems in which the city is the new one."""
    accompanies: tuple[Card, ...]
    """Tandems in which the city is the experienced one."""
    news: tuple[Card, ...]
    events: tuple[Card, ...]
    topics: tuple[Link, ...]
    networks: tuple[Link, ...]
    milestones: tuple[MilestoneView, ...]
    contact: ContactView | None
    ask: tuple[Link, ...]
    """The partners that lead in the place: whom to ask where no contact is recorded."""
    ask_note: str
    """What to say where nobody can be named; empty for former members."""
    website: Link | None
    sources: tuple[SourceView, ...]
    neighbours: tuple[Card, ...]
    """Other members in the same state."""
    map: MiniMap | None = None


class PartnerView(Value, frozen=True):
    """A partner."""

    name: str
    level: Link
    sectors: tuple[Link, ...]
    """Empty where no source states one."""
    states: tuple[Link, ...]
    lead: bool
    summary: str
    periods: tuple[PeriodView, ...]
    prose: Prose
    cities: tuple[Card, ...]
    networks: tuple[Link, ...]
    phases: tuple[str, ...]
    topics: tuple[Link, ...]
    news: tuple[Card, ...]
    events: tuple[Card, ...]
    contact: ContactView | None
    website: Link | None
    sources: tuple[SourceView, ...]


class TandemView(Value, frozen=True):
    """A tandem. An unknown side is a link without address and words like "noch nicht bekannt"."""

    title: str
    badge: Badge
    standing: str
    """One sentence: who accompanies whom, when."""
    mentor: Card
    mentee: Card
    period: str
    remark: str
    summary: str
    prose: Prose
    topics: tuple[Link, ...]
    chain: tuple[Link, ...]
    """From the first mentor to this mentee and those that it accompanies; empty when there is no longer chain."""
    siblings: tuple[Card, ...]
    """Other tandems of the same mentor."""
    news: tuple[Card, ...]
    events: tuple[Card, ...]
    sources: tuple[SourceView, ...]


class NewsView(Value, frozen=True):
    """An article that reads like a release."""

    type_and_date: str
    """For instance "Pressemitteilung vom 8. Juli 2022"."""
    date: DateText
    kicker: str
    title: str
    dateline: str
    """In normal case; capitals are made by CSS."""
    lead: str
    prose: Prose
    figures: tuple[FigureView, ...]
    correction: str
    updated: DateText | None
    issuer: str
    background_title: str
    background_date: str
    background: Prose
    contact: ContactView | None
    responsible: str
    original: Link | None
    attachments: tuple[Link, ...]
    cities: tuple[Card, ...]
    partners: tuple[Link, ...]
    tandems: tuple[Card, ...]
    topics: tuple[Link, ...]
    networks: tuple[Link, ...]
    events: tuple[Card, ...]
    sources: tuple[SourceView, ...]
    previous: Link | None
    following: Link | None


class EventView(Value, frozen=True):
    """An event."""

    title: str
    badge: Badge
    """Upcoming, past, cancelled …"""
    when: str
    start: DateText
    repeats: tuple[DateText, ...]
    lead: str
    prose: Prose
    figures: tuple[FigureView, ...]
    place: tuple[str, ...]
    online: Link | None
    organiser: str
    registration: Link | None
    registration_text: str
    price: str
    audience: str
    access: str
    contact: ContactView | None
    cities: tuple[Card, ...]
    partners: tuple[Link, ...]
    tandems: tuple[Card, ...]
    topics: tuple[Link, ...]
    networks: tuple[Link, ...]
    news: tuple[Card, ...]
    sources: tuple[SourceView, ...]
    calendar_url: str = ""
    """The event as a calendar entry; empty where no day is known, or when it is over."""


class NetworkView(Value, frozen=True):
    """A regional network."""

    name: str
    summary: str
    states: tuple[Link, ...]
    since: str
    complete_note: str
    """What is known of the list's completeness."""
    prose: Prose
    cities: tuple[Card, ...]
    partners: tuple[Link, ...]
    topics: tuple[Link, ...]
    news: tuple[Card, ...]
    events: tuple[Card, ...]
    milestones: tuple[MilestoneView, ...]
    contact: ContactView | None
    website: Link | None
    sources: tuple[SourceView, ...]


class TopicView(Value, frozen=True):
    """A topic with everything that names it."""

    name: str
    summary: str
    prose: Prose
    cities: tuple[Card, ...]
    tandems: tuple[Card, ...]
    partners: tuple[Link, ...]
    networks: tuple[Link, ...]
    news: tuple[Card, ...]
    events: tuple[Card, ...]
    sources: tuple[SourceView, ...]
