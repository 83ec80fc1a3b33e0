"""A milestone: a dated fact in the programme's history."""

from __future__ import annotations

from pydantic import Field

from stadtnetz.model.base import AnyDate, CityRef, EventRef, NetworkRef, PartnerRef, Text, TopicRef
from stadtnetz.model.shared import Entry

__all__ = ["Milestone"]


class Milestone(Entry):
    """One line of the programme's history."""

    date: AnyDate = Field(title="Datum", description="So genau wie die Quelle.")
    title: Text = Field(title="Was geschah", description="In einem Satz.")
    cities: tuple[CityRef, ...] = Field((), title="Orte", description="Kennungen der beteiligten Orte.")
    partners: tuple[PartnerRef, ...] = Field(
        (), title="Partner", description="Kennungen der beteiligten Partner."
    )
    networks: tuple[NetworkRef, ...] = Field(
        (), title="Netzwerke", description="Kennungen der regionalen Netzwerke."
    )
    events: tuple[EventRef, ...] = Field((), title="Termine", description="Kennungen der Termine.")
    topics: tuple[TopicRef, ...] = Field((), title="Themen", description="Kennungen der Themen.")
