"""Pages that are no single entry: home, lists, fixed pages, the index, 404."""

from __future__ import annotations

from stadtnetz.fingerprint import Value
from stadtnetz.site.views.drawings import FamiliesView, HistoryView, MembersView
from stadtnetz.site.views.frame import Link, Subscription
from stadtnetz.site.views.media import ExternalVideoView, FigureView, VideoView
from stadtnetz.site.views.parts import (
    Card,
    Count,
    DatasetView,
    Facet,
    Group,
    MilestoneView,
    OperatorField,
    Pager,
    PhaseView,
    Prose,
    SourceView,
    StatementSection,
)

__all__ = [
    "Engine",
    "HomeView",
    "IndexView",
    "ListView",
    "MovedView",
    "NotFoundView",
    "PageView",
    "SearchFacet",
    "SearchView",
    "SubscribeView",
    "SubscriptionGroup",
]


class HomeView(Value, frozen=True):
    """The first page."""

    heading: str
    lead: str
    prose: Prose
    counts: tuple[Count, ...]
    counts_note: str
    """What was counted and for when."""
    actions: tuple[Link, ...]
    """How to go on: find a city, join."""
    news: tuple[Card, ...]
    events: tuple[Card, ...]
    events_heading: str
    tandems: tuple[Card, ...]
    topics: tuple[Link, ...]


class ListView(Value, frozen=True):
    """A list of entries, grouped, with facets and pages."""

    heading: str
    lead: str
    prose: Prose
    counts: tuple[Count, ...]
    counts_note: str
    facets: tuple[Facet, ...]
    groups: tuple[Group, ...]
    empty: str
    """What to say when there is nothing."""
    pager: Pager | None = None
    layout: str = "cards"
    """`cards` for texts with a lead, `rows` for many short entries."""
    jumps: tuple[Link, ...] = ()
    """Links to the groups of a long list."""
    narrowing: Link | None = None
    """To what narrows the list, where that stands on another page of it."""
    families: FamiliesView | None = None
    """On the overview of tandems: who passed on to whom."""


class PageView(Value, frozen=True):
    """A page with a fixed address; the parts that its layout does not have are empty."""

    layout: str
    heading: str
    lead: str
    prose: Prose
    figures: tuple[FigureView, ...]
    press_pictures: tuple[FigureView, ...]
    """What newspapers may print."""
    attachments: tuple[Link, ...]
    operator: tuple[tuple[str, tuple[OperatorField, ...]], ...]
    """Sections of operator's data: a heading and its fields."""
    incomplete: bool
    """True where the operator has left required fields empty: the page says so."""
    phases: tuple[PhaseView, ...]
    milestones: tuple[tuple[str, tuple[MilestoneView, ...]], ...]
    """By year."""
    counts: tuple[Count, ...]
    counts_note: str
    cards: tuple[Card, ...]
    """Press releases on the press page, tandems on the page that explains them."""
    cards_heading: str
    sources: tuple[SourceView, ...]
    statement: tuple[StatementSection, ...] = ()
    """The parts of the accessibility statement."""
    videos: tuple[VideoView, ...] = ()
    external_videos: tuple[ExternalVideoView, ...] = ()
    history: HistoryView | None = None
    """On the programme's page."""
    members: MembersView | None = None
    """On the page about the data."""
    card_url: str = ""
    """The operator's contact on this page as an entry for an address book."""
    datasets: tuple[DatasetView, ...] = ()
    licence: Link | None = None
    """Under which licence the data may be used; a link without words where none is stated."""


class IndexView(Value, frozen=True):
    """Everything from A to Z."""

    heading: str
    lead: str
    jumps: tuple[Link, ...]
    groups: tuple[tuple[str, tuple[tuple[Link, str], ...]], ...]
    """Letter, then links with the kind of entry in words."""


class SubscriptionGroup(Value, frozen=True):
    """Feeds or calendars of one kind."""

    anchor: str
    title: str
    items: tuple[Subscription, ...]


class SubscribeView(Value, frozen=True):
    """All feeds and calendars."""

    heading: str
    lead: str
    groups: tuple[SubscriptionGroup, ...]


class NotFoundView(Value, frozen=True):
    """404.html; its links are absolute, since it is shown at any address."""

    heading: str
    lead: str
    links: tuple[Link, ...]


class MovedView(Value, frozen=True):
    """A page at an old address: where its readers are sent. It has no frame."""

    language: str
    policy: str
    heading: str
    text: str
    to: Link
    canonical: str
    """The absolute address of the new page."""


class Engine(Value, frozen=True):
    """The index of one language: the addresses of the folders that it consists of, the first with the program."""

    language: str
    folders: tuple[str, ...]


class SearchFacet(Value, frozen=True):
    """A way to narrow what was found: its name in the address, its label, what to call no choice, its values."""

    name: str
    label: str
    any_label: str
    values: tuple[tuple[str, str], ...]
    """Keys with their labels."""


class SearchView(Value, frozen=True):
    """The search page; without engines there is nothing to search and the ways alone are shown."""

    heading: str
    lead: str
    engines: tuple[Engine, ...]
    facets: tuple[SearchFacet, ...]
    ways: tuple[Link, ...]
    """Where to look instead, the site from A to Z first."""
