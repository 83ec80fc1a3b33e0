"""A regional network: cities that meet in a state or across state borders."""

from __future__ import annotations

from pydantic import Field

from stadtnetz.model.base import AnyDate, CityRef, PartnerRef, Text, TopicRef, Url, YesNo
from stadtnetz.model.city import State
from stadtnetz.model.shared import Contact, Entry

__all__ = ["RegionalNetwork"]


class RegionalNetwork(Entry):
    """Not a synonym of a state: a region can cross state borders."""

    name: Text = Field(title="Name", description="Wie das Netzwerk sich nennt.")
    summary: Text = Field(title="Kurzbeschreibung", description="Ein bis zwei Sätze.")
    states: tuple[State, ...] = Field((), title="Länder", description="In welchen Ländern es arbeitet.")
    since: AnyDate | None = Field(None, title="Seit", description="Gründung oder erstes bekanntes Treffen.")
    until: AnyDate | None = Field(None, title="Bis", description="Ende, wenn es eines gab.")
    cities: tuple[CityRef, ...] = Field(
        (), title="Orte", description="Kennungen der Orte, die eine Quelle nennt."
    )
    complete: YesNo = Field(
        False,
        title="Liste vollständig",
        description="„ja“, wenn die Quelle alle Orte nennt; sonst zeigt die Seite, dass die Liste unvollständig ist.",
    )
    partners: tuple[PartnerRef, ...] = Field(
        (), title="Partner", description="Kennungen der tragenden Partner."
    )
    topics: tuple[TopicRef, ...] = Field((), title="Themen", description="Kennungen der Themen.")
    website: Url | None = Field(None, title="Webseite", description="Nur wenn bekannt.")
    contact: Contact | None = Field(None, title="Kontakt", description="Öffentliche Ansprechstelle.")
