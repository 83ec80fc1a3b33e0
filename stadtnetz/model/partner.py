"""A partner: who works in a city, or carries the programme in a state or in the whole country."""

from __future__ import annotations

from pydantic import Field

from stadtnetz.model.base import Choice, CityRef, Text, TopicRef, Url, YesNo
from stadtnetz.model.city import State
from stadtnetz.model.shared import Contact, Entry, Period

__all__ = ["Level", "Partner", "Sector"]


class Level(Choice):
    """Where a partner works."""

    FEDERAL = "federal", "Bund", "Federal"
    STATE = "state", "Land", "State"
    REGIONAL = "regional", "Region", "Regional"
    LOCAL = "local", "vor Ort", "Local"


class Sector(Choice):
    """Which part of society a partner belongs to; several are possible, and none where no source says."""

    CIVIL_SOCIETY = "civil-society", "Zivilgesellschaft", "Civil society"
    ADMINISTRATION = "administration", "Verwaltung", "Administration"
    POLITICS = "politics", "Politik", "Politics"
    BUSINESS = "business", "Wirtschaft", "Business"
    SCIENCE = "science", "Wissenschaft", "Science"
    EDUCATION = "education", "Bildung", "Education"
    FOUNDATION = "foundation", "Stiftung", "Foundation"
    MUNICIPAL_ASSOCIATION = (
        "municipal-association",
        "Kommunaler Spitzenverband",
        "Municipal umbrella association",
    )


class Partner(Entry):
    """An organisation that carries the programme somewhere."""

    name: Text = Field(title="Name", description="Wie die Einrichtung sich selbst nennt.")
    short_name: Text | None = Field(None, title="Kurzname", description="Kürzer, für Listen.")
    level: Level = Field(title="Ebene", description="Bund, Land, Region oder vor Ort.")
    sectors: tuple[Sector, ...] = Field(
        (), title="Bereiche", description="Einer oder mehrere; leer, wenn keine Quelle es sagt."
    )
    states: tuple[State, ...] = Field(
        (), title="Länder", description="Für Partner eines Landes oder einer Region."
    )
    cities: tuple[CityRef, ...] = Field(
        (), title="Orte", description="Kennungen der Orte, in denen der Partner mitwirkt."
    )
    topics: tuple[TopicRef, ...] = Field((), title="Themen", description="Kennungen der Themen.")
    periods: tuple[Period, ...] = Field(
        (), title="Zeiträume", description="Von wann bis wann der Partner dabei ist."
    )
    lead: YesNo = Field(
        False, title="Federführend", description="„ja“, wenn der Partner vor Ort die Federführung hat."
    )
    summary: Text | None = Field(None, title="Kurzbeschreibung", description="Ein bis zwei Sätze.")
    website: Url | None = Field(None, title="Webseite", description="Nur wenn bekannt.")
    contact: Contact | None = Field(None, title="Kontakt", description="Öffentliche Ansprechstelle.")
