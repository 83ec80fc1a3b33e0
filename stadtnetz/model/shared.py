"""Records that several kinds of entry contain: sources, contacts, periods, links."""

from __future__ import annotations

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from stadtnetz.dates import PartialDate
from stadtnetz.model.base import AnyDate, Day, Email, OldAddress, Phone, Record, Text, Url, YesNo

__all__ = ["Contact", "Entry", "Period", "Source"]


class Source(Record):
    """Where a statement can be checked, and when it was last seen there."""

    url: Url = Field(title="Adresse", description="Vollständige Adresse der Seite, auf der die Angabe steht.")
    seen: AnyDate = Field(
        title="Gesehen am",
        description="Wann die Seite zuletzt geprüft wurde, so genau wie bekannt (2026-11).",
    )
    title: Text | None = Field(
        None,
        title="Titel",
        description="Wie die Quelle heißt oder wer sie herausgibt, für das Quellenverzeichnis.",
    )


class Contact(Record):
    """Whom readers can ask. Published: use a role and a role mailbox rather than a private person."""

    name: Text | None = Field(
        None, title="Name", description="Name, nur wenn er öffentlich genannt werden soll."
    )
    role: Text | None = Field(
        None, title="Funktion", description="Aufgabe oder Stelle, etwa „Ehrenamtskoordination“."
    )
    organisation: Text | None = Field(
        None, title="Einrichtung", description="Zu welcher Stelle der Kontakt gehört."
    )
    address: Text | None = Field(None, title="Anschrift", description="Postanschrift in einer Zeile.")
    email: Email | None = Field(
        None, title="E-Mail", description="Am besten ein Funktionspostfach, kein privates."
    )
    phone: Phone | None = Field(None, title="Telefon", description="Mit Vorwahl, etwa „030 62980110“.")
    url: Url | None = Field(None, title="Webseite", description="Seite mit weiteren Kontaktangaben.")


class Period(Record):
    """A dated stretch of time, for partnerships; either end may be unknown."""

    since: AnyDate | None = Field(
        None, title="Seit", description="Beginn, so genau wie die Quelle ihn nennt."
    )
    until: AnyDate | None = Field(
        None, title="Bis", description="Ende (einschließlich); leer, solange keines bekannt ist."
    )
    role: Text | None = Field(None, title="Rolle", description="Was der Partner in dieser Zeit getan hat.")

    @model_validator(mode="after")
    def _in_order(self) -> Period:
        ordered(self.since, self.until)
        return self


class Entry(Record):
    """What entries of every kind have."""

    draft: YesNo = Field(
        False,
        title="Entwurf",
        description="Solange hier „ja“ steht, erscheint der Eintrag nirgends auf der Seite.",
    )
    updated: Day | None = Field(
        None,
        title="Stand",
        description="Tag, für den die Angaben dieses Eintrags gelten; steht auf der Seite als „Stand“.",
    )
    review_by: Day | None = Field(
        None,
        title="Prüfen bis",
        description="Ab diesem Tag erinnert die Prüfung daran, den Eintrag durchzusehen.",
    )
    sources: tuple[Source, ...] = Field(
        (),
        title="Quellen",
        description="Wo die Angaben nachgelesen werden können; steht unten auf der Seite.",
    )
    aliases: tuple[OldAddress, ...] = Field(
        (),
        title="Frühere Adressen",
        description="Wo der Eintrag früher stand, etwa /staedte/alter-name/; von dort wird weitergeleitet.",
    )
    note: Text | None = Field(
        None, title="Interne Notiz", description="Für die Redaktion; wird nie veröffentlicht."
    )


def ordered(first: PartialDate | None, last: PartialDate | None) -> None:
    """Raise `period_order` where the last date surely lies before the first."""
    if first is not None and last is not None and last.surely_before(first):
        raise PydanticCustomError(
            "period_order", "ends before it starts", {"start": str(first), "end": str(last)}
        )
