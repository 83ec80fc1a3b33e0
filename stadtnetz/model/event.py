"""An event: a network meeting, a workshop, a tandem visit."""

from __future__ import annotations

from pydantic import Field

from stadtnetz.model.base import (
    Choice,
    CityRef,
    DayOrMinute,
    EventDate,
    NetworkRef,
    PartnerRef,
    Record,
    TandemRef,
    Text,
    TopicRef,
    Url,
)
from stadtnetz.model.picture import Picture
from stadtnetz.model.shared import Contact, Entry

__all__ = ["Event", "EventStatus", "Place", "Registration", "Repeat"]


class EventStatus(Choice):
    """Whether an event takes place."""

    PLANNED = "planned", "geplant", "planned"
    CONFIRMED = "confirmed", "findet statt", "confirmed"
    MOVED = "moved", "verschoben", "moved"
    SOLD_OUT = "sold-out", "ausgebucht", "sold out"
    CANCELLED = "cancelled", "abgesagt", "cancelled"


class Place(Record):
    """Where an event is."""

    name: Text = Field(title="Name", description="Gebäude oder Saal.")
    address: Text | None = Field(
        None, title="Anschrift", description="Straße, Hausnummer, Postleitzahl, Ort."
    )


class Registration(Record):
    """How to take part."""

    url: Url | None = Field(None, title="Anmeldung", description="Adresse der Anmeldung.")
    deadline: DayOrMinute | None = Field(
        None, title="Anmeldeschluss", description="Letzter Tag der Anmeldung."
    )
    remark: Text | None = Field(
        None, title="Hinweis", description="Etwa: höchstens zwei Personen je Einrichtung."
    )


class Repeat(Record):
    """A further date of the same event."""

    start: DayOrMinute = Field(title="Beginn", description="Tag, auf Wunsch mit Uhrzeit.")
    end: DayOrMinute | None = Field(None, title="Ende", description="Tag oder Uhrzeit des Endes.")


class Event(Entry):
    """Something with a date. Without a time it is all day; times are Europe/Berlin."""

    title: Text = Field(title="Titel", description="Wie die Veranstaltung heißt.")
    lead: Text = Field(title="Kurzbeschreibung", description="Ein bis drei Sätze für Liste und Kalender.")
    start: EventDate = Field(
        title="Beginn",
        description="„2025-05-15“ ganztägig, „2025-05-15 18:30“ mit Uhrzeit; so genau wie bekannt.",
    )
    end: EventDate | None = Field(
        None, title="Ende", description="Letzter Tag (einschließlich) oder Uhrzeit des Endes."
    )
    repeats: tuple[Repeat, ...] = Field(
        (), title="Weitere Termine", description="Weitere Tage derselben Veranstaltung."
    )
    status: EventStatus = Field(
        EventStatus.CONFIRMED, title="Status", description="Findet statt, verschoben, ausgebucht, abgesagt."
    )
    place: Place | None = Field(None, title="Ort", description="Gebäude und Anschrift.")
    online_url: Url | None = Field(
        None, title="Online-Zugang", description="Adresse für die Teilnahme im Netz."
    )
    organiser: Text | None = Field(None, title="Veranstaltet von", description="Wer einlädt.")
    contact: Contact | None = Field(
        None, title="Kontakt", description="Für Fragen der Gäste; wird veröffentlicht."
    )
    registration: Registration | None = Field(
        None, title="Anmeldung", description="Wie und bis wann man sich anmeldet."
    )
    price: Text | None = Field(None, title="Kosten", description="Etwa „kostenfrei“.")
    audience: Text | None = Field(None, title="Zielgruppe", description="Für wen die Veranstaltung ist.")
    access: Text | None = Field(
        None, title="Barrierefreiheit", description="Zugang, Gebärdensprache, Schriftdolmetschen."
    )
    cities: tuple[CityRef, ...] = Field(
        (), title="Orte", description="Kennungen der Orte, in denen oder für die sie stattfindet."
    )
    partners: tuple[PartnerRef, ...] = Field(
        (), title="Partner", description="Kennungen der beteiligten Partner."
    )
    networks: tuple[NetworkRef, ...] = Field(
        (), title="Netzwerke", description="Kennungen der regionalen Netzwerke."
    )
    tandems: tuple[TandemRef, ...] = Field((), title="Tandems", description="Kennungen der Tandems.")
    topics: tuple[TopicRef, ...] = Field((), title="Themen", description="Kennungen der Themen.")
    pictures: tuple[Picture, ...] = Field((), title="Bilder", description="Das erste steht oben.")
