"""News: press releases, reports, calls, portraits, reviews."""

from __future__ import annotations

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from stadtnetz.model.base import (
    AnyDate,
    BackgroundRef,
    Choice,
    CityRef,
    DayOrMinute,
    EventRef,
    NetworkRef,
    PartnerRef,
    TandemRef,
    Text,
    TopicRef,
    Url,
)
from stadtnetz.model.picture import Attachment, Picture
from stadtnetz.model.shared import Contact, Entry

__all__ = ["News", "NewsType"]


class NewsType(Choice):
    """What kind of text a news entry is."""

    PRESS_RELEASE = "press-release", "Pressemitteilung", "Press release"
    NEWS = "news", "Meldung", "News"
    CALL = "call", "Aufruf", "Call"
    PORTRAIT = "portrait", "Porträt", "Portrait"
    REVIEW = "review", "Rückblick", "Review"


class News(Entry):
    """A dated text."""

    type: NewsType = Field(
        NewsType.NEWS, title="Art", description="Pressemitteilung, Meldung, Aufruf, Porträt, Rückblick."
    )
    title: Text = Field(title="Überschrift", description="Was geschehen ist, in einer Zeile.")
    kicker: Text | None = Field(None, title="Dachzeile", description="Das Thema über der Überschrift.")
    dateline: Text | None = Field(
        None,
        title="Ortsmarke",
        description="Ort vor dem ersten Satz in normaler Schreibung; Großbuchstaben macht die Gestaltung.",
    )
    lead: Text = Field(
        title="Vorspann", description="Das Wichtigste in ein bis drei Sätzen; steht auch in Listen."
    )
    published: DayOrMinute = Field(
        title="Veröffentlicht", description="Tag, auf Wunsch mit Uhrzeit; vorher erscheint nichts."
    )
    embargo: DayOrMinute | None = Field(
        None, title="Sperrfrist", description="Bis dahin erscheint die Meldung nirgends auf der Seite."
    )
    expires: DayOrMinute | None = Field(
        None, title="Läuft ab", description="Ab dann ist die Meldung nicht mehr auf der Seite."
    )
    happened: AnyDate | None = Field(
        None,
        title="Ereignis am",
        description="Wann das Berichtete geschah; nicht nach der Veröffentlichung (außer bei Ankündigungen).",
    )
    issuer: Text | None = Field(
        None,
        title="Herausgegeben von",
        description="Welche Stelle den Text verantwortet, wenn nicht die Redaktion.",
    )
    contact: Contact | None = Field(None, title="Pressekontakt", description="An wen Rückfragen gehen.")
    responsible: Text | None = Field(
        None,
        title="Verantwortlich",
        description="Verantwortliche Person nach § 18 Abs. 2 MStV, wenn es nicht die der Seite ist.",
    )
    cities: tuple[CityRef, ...] = Field((), title="Orte", description="Kennungen der Orte, um die es geht.")
    partners: tuple[PartnerRef, ...] = Field(
        (), title="Partner", description="Kennungen der Partner, um die es geht."
    )
    tandems: tuple[TandemRef, ...] = Field(
        (), title="Tandems", description="Kennungen der Tandems, um die es geht."
    )
    networks: tuple[NetworkRef, ...] = Field(
        (), title="Netzwerke", description="Kennungen der regionalen Netzwerke."
    )
    events: tuple[EventRef, ...] = Field((), title="Termine", description="Kennungen der Termine.")
    topics: tuple[TopicRef, ...] = Field((), title="Themen", description="Kennungen der Themen.")
    pictures: tuple[Picture, ...] = Field((), title="Bilder", description="Das erste steht oben.")
    background: BackgroundRef | None = Field(
        None, title="Hintergrundtext", description="Kennung des Textbausteins am Ende."
    )
    attachments: tuple[Attachment, ...] = Field((), title="Anlagen", description="Dateien zum Herunterladen.")
    original: Url | None = Field(
        None,
        title="Original",
        description="Adresse der ursprünglichen Mitteilung, wenn sie anderswo erschien.",
    )
    correction: Text | None = Field(
        None, title="Berichtigung", description="Was nach der Veröffentlichung richtiggestellt wurde."
    )

    @model_validator(mode="after")
    def _expires_later(self) -> News:
        if self.expires is not None and self.expires.surely_before(self.published):
            raise PydanticCustomError(
                "period_order",
                "expires before it is published",
                {"start": str(self.published), "end": str(self.expires)},
            )
        return self
