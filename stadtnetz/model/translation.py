"""A translation of an entry: its texts in another language; every other field stays with the original."""

from __future__ import annotations

from pydantic import Field

from stadtnetz.model.base import Day, OldAddress, Record, Text, YesNo

__all__ = ["Translation"]


class Translation(Record):
    """Texts that replace those of the original: `<id>.en.md`, `<id>.de-simple.md`."""

    title: Text | None = Field(None, title="Überschrift", description="Überschrift in der anderen Sprache.")
    short_title: Text | None = Field(None, title="Kurztitel", description="Für die Navigation.")
    name: Text | None = Field(None, title="Name", description="Name in der anderen Sprache.")
    kicker: Text | None = Field(None, title="Dachzeile", description="Das Thema über der Überschrift.")
    lead: Text | None = Field(None, title="Vorspann", description="Das Wichtigste in ein bis drei Sätzen.")
    summary: Text | None = Field(None, title="Kurzbeschreibung", description="Ein bis zwei Sätze.")
    updated: Day | None = Field(None, title="Stand", description="Tag, für den die Übersetzung gilt.")
    reviewed_by: Text | None = Field(
        None,
        title="Geprüft von",
        description="Wer den Text geprüft hat; nur dann darf er „Leichte Sprache“ heißen.",
    )
    draft: YesNo = Field(False, title="Entwurf", description="„ja“: erscheint nicht.")
    aliases: tuple[OldAddress, ...] = Field(
        (), title="Frühere Adressen", description="Wo diese Übersetzung früher stand, etwa /en/old-name/."
    )
    note: Text | None = Field(
        None, title="Interne Notiz", description="Für die Redaktion; wird nie veröffentlicht."
    )
