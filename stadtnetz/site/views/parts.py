"""Parts that several kinds of page show."""

from __future__ import annotations

from markupsafe import Markup
from msgspec import field

from stadtnetz.fingerprint import Value
from stadtnetz.site.views.frame import Badge, DateText, Link
from stadtnetz.site.views.media import TeaserView

__all__ = [
    "Card",
    "ContactView",
    "Count",
    "DataColumn",
    "DatasetView",
    "Facet",
    "FacetValue",
    "FactView",
    "Group",
    "LifeStep",
    "MilestoneView",
    "OperatorField",
    "Pager",
    "PeriodView",
    "PhaseView",
    "Prose",
    "RoundView",
    "SourceView",
    "StatementSection",
]


class Prose(Value, frozen=True):
    """Sanitised HTML of a long text with its contents list; empty html means no text."""

    html: Markup = field(default_factory=Markup)
    contents: tuple[Link, ...] = ()
    """Links to the headings, only when there are three or more."""


class SourceView(Value, frozen=True):
    """An item of the list of sources."""

    text: str
    url: str
    seen: str
    """When it was seen, in words."""
    language: str = ""
    """Set where the text is in another language than the page."""


class ContactView(Value, frozen=True):
    """A public contact; empty strings are left out."""

    lines: tuple[str, ...]
    """Name, role, organisation, address, in this order, those that are known."""
    email: str = ""
    phone: str = ""
    phone_url: str = ""
    website: Link | None = None
    card_url: str = ""
    """The same as an entry for an address book."""


class Card(Value, frozen=True):
    """One entry in a list, of any kind: `kind` is city, partner, tandem, news, event, topic, network, page."""

    kind: str
    title: str
    url: str
    kicker: str = ""
    """A short line above the title: the type of news, the state of a city, the sectors of a partner."""
    date: DateText | None = None
    badge: Badge | None = None
    text: str = ""
    """One or two sentences, or facts in words ("seit 2022")."""
    links: tuple[Link, ...] = ()
    """Entries that belong to it (the cities of a news item); shown as a small list."""
    language: str = ""
    """Set where title and address are in another language than the page."""
    picture: TeaserView | None = None


class Group(Value, frozen=True):
    """A part of a list under a heading; with an empty title there is no heading."""

    anchor: str
    title: str
    cards: tuple[Card, ...]
    url: str = ""
    """A page of its own for this group, if there is one."""
    text: str = ""


class Count(Value, frozen=True):
    """A number computed from the data, with what it counts."""

    number: int
    label: str
    url: str = ""
    language: str = ""
    """Set where the address leads to a page in another language."""


class FacetValue(Value, frozen=True):
    """One value of a facet."""

    text: str
    url: str
    number: int
    current: bool = False


class Facet(Value, frozen=True):
    """A way to narrow a list: its values are pages of their own (by year, by topic, by state, by sector)."""

    title: str
    values: tuple[FacetValue, ...]


class Pager(Value, frozen=True):
    """Previous and next page of a list, and all of them."""

    previous_url: str
    next_url: str
    label: str
    """In words: page 2 of 5."""


class LifeStep(Value, frozen=True):
    """A step in the life of a city in the network; `state` is done, now or open."""

    label: str
    date: DateText | None
    state: str


class PeriodView(Value, frozen=True):
    """One period of membership or partnership in words."""

    text: str
    remark: str = ""


class FactView(Value, frozen=True):
    """A figure with its date and its source."""

    label: str
    value: str
    stand: DateText
    source: SourceView


class MilestoneView(Value, frozen=True):
    """A dated fact."""

    date: DateText
    text: str
    links: tuple[Link, ...]
    sources: tuple[SourceView, ...]


class RoundView(Value, frozen=True):
    """An admission round; empty strings were not found in sources."""

    name: str
    window: str
    applicants: str
    admitted: str
    network_size: str
    remark: str
    sources: tuple[SourceView, ...]


class PhaseView(Value, frozen=True):
    """A phase of the programme."""

    anchor: str
    name: str
    title: str
    period: str
    summary: str
    prose: Prose
    eligible: str
    partners: tuple[Link, ...]
    rounds: tuple[RoundView, ...]
    sources: tuple[SourceView, ...]


class OperatorField(Value, frozen=True):
    """Something that the operator states; an empty `value` is shown as missing, in the words of `note` if any."""

    label: str
    value: str
    url: str = ""
    language: str = ""
    """Set where the value is in another language than the page."""
    note: str = ""
    external: bool = False


class StatementSection(Value, frozen=True):
    """A part of the accessibility statement."""

    anchor: str
    heading: str
    paragraphs: tuple[str, ...]
    fields: tuple[OperatorField, ...] = ()
    items: tuple[tuple[OperatorField, ...], ...] = ()
    """Known barriers, each with what it is (without a label), why, what helps instead and until when."""


class DataColumn(Value, frozen=True):
    """A column of a table of open data."""

    name: str
    label: str
    form: str
    """In words: text, date, number, list of ids."""
    description: str
    codes: tuple[tuple[str, str], ...] = ()
    """The values that it can have, each with what it means."""


class DatasetView(Value, frozen=True):
    """A table of open data with its files."""

    anchor: str
    title: str
    description: str
    rows: str
    """How many there are, in words."""
    stand: DateText | None
    files: tuple[Link, ...]
    columns: tuple[DataColumn, ...]
