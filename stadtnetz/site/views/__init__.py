"""What templates see: small frozen values, already in words of the page's language.

A template shows a view and decides nothing: dates are formatted, addresses complete, lists sorted. Views hold no
records and no network, so that a page depends on exactly what it shows.
"""

from __future__ import annotations

from stadtnetz.site.views.entries import (
    CityView,
    EventView,
    NetworkView,
    NewsView,
    PartnerView,
    TandemView,
    TopicView,
)
from stadtnetz.site.views.frame import (
    FEEDBACK,
    Alternate,
    Badge,
    DateText,
    Link,
    Meta,
    NavItem,
    SiteView,
)
from stadtnetz.site.views.pages import HomeView, IndexView, ListView, NotFoundView, PageView
from stadtnetz.site.views.parts import (
    Card,
    ContactView,
    Count,
    ExternalVideoView,
    Facet,
    FacetValue,
    FactView,
    FigureView,
    Group,
    LifeStep,
    MilestoneView,
    OperatorField,
    Pager,
    PeriodView,
    PhaseView,
    Prose,
    RoundView,
    SourceView,
    StatementSection,
    VideoView,
)

__all__ = [
    "FEEDBACK",
    "Alternate",
    "Badge",
    "Card",
    "CityView",
    "ContactView",
    "Count",
    "DateText",
    "EventView",
    "ExternalVideoView",
    "Facet",
    "FacetValue",
    "FactView",
    "FigureView",
    "Group",
    "HomeView",
    "IndexView",
    "LifeStep",
    "Link",
    "ListView",
    "Meta",
    "MilestoneView",
    "NavItem",
    "NetworkView",
    "NewsView",
    "NotFoundView",
    "OperatorField",
    "PageView",
    "Pager",
    "PartnerView",
    "PeriodView",
    "PhaseView",
    "Prose",
    "RoundView",
    "SiteView",
    "SourceView",
    "StatementSection",
    "TandemView",
    "TopicView",
    "VideoView",
]
