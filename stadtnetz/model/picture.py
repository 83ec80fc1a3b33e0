"""A picture, inside the entry that shows it."""

from __future__ import annotations

from pydantic import Field

from stadtnetz.model.base import Choice, Day, Record, Text, Url, YesNo

__all__ = ["Attachment", "Column", "Licence", "Person", "Picture", "Row"]


class Row(Choice):
    """Where a person stands, from the viewer's side."""

    FRONT = "front", "vorne", "front row"
    MIDDLE = "middle", "mittlere Reihe", "middle row"
    BACK = "back", "hinten", "back row"


class Column(Choice):
    """Where a person stands, from left to right."""

    LEFT = "left", "links", "left"
    CENTRE = "centre", "Mitte", "centre"
    RIGHT = "right", "rechts", "right"


class Licence(Choice):
    """What others may do with a picture."""

    PRESS = "press", "Für Presseberichte frei", "Free for press use"
    CC_BY = "CC-BY-4.0", "CC BY 4.0", "CC BY 4.0"
    CC_BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0", "CC BY-SA 4.0"
    CC0 = "CC0-1.0", "CC0 1.0", "CC0 1.0"
    RESERVED = "reserved", "Alle Rechte vorbehalten", "All rights reserved"

    @property
    def deed(self) -> str:
        """Return the address of a licence of Creative Commons, "" for others: creativecommons.org/share-your-work."""
        return _DEEDS.get(self.value, "")


_DEEDS = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}


class Person(Record):
    """A person named in a caption, with the position where the source gives one."""

    name: Text = Field(title="Name", description="Vor- und Nachname, mit Titel.")
    role: Text | None = Field(None, title="Funktion", description="Amt oder Aufgabe.")
    organisation: Text | None = Field(None, title="Einrichtung", description="Für wen die Person steht.")
    row: Row | None = Field(
        None, title="Reihe", description="vorne (front), Mitte (middle) oder hinten (back)."
    )
    column: Column | None = Field(
        None, title="Platz", description="links (left), Mitte (centre) oder rechts (right)."
    )


class Picture(Record):
    """A picture file beside the entry, with what law and readers need to know of it."""

    file: Text = Field(
        title="Datei", description="Name der Bilddatei im selben Ordner (JPEG, PNG oder WebP)."
    )
    alt: Text = Field(
        title="Alternativtext",
        description="Was zu sehen ist, für Menschen, die das Bild nicht sehen; nicht die Bildunterschrift.",
    )
    caption: Text | None = Field(None, title="Bildunterschrift", description="Ein Satz zum Bild.")
    people: tuple[Person, ...] = Field(
        (), title="Personen", description="Wer zu sehen ist, mit Platz im Bild."
    )
    credit: Text = Field(
        title="Bildnachweis", description="Wer das Bild gemacht hat; steht immer am Bild (§ 13 UrhG)."
    )
    licence: Licence = Field(
        Licence.RESERVED, title="Lizenz", description="Was andere mit dem Bild tun dürfen."
    )
    licence_url: Url | None = Field(
        None, title="Lizenztext", description="Adresse der Lizenz; bei Creative Commons nicht nötig."
    )
    consent: Text | None = Field(
        None, title="Einwilligung", description="Aktenzeichen der Einwilligungen; wird nie veröffentlicht."
    )
    withdraw_by: Day | None = Field(
        None,
        title="Entfernen ab",
        description="Ab diesem Tag verschwindet das Bild überall; wird nie veröffentlicht.",
    )


class Attachment(Record):
    """A file to download."""

    file: Text = Field(
        title="Datei", description="Name der Datei im selben Ordner (PDF, CSV, DOCX oder ODT)."
    )
    title: Text = Field(title="Titel", description="Wie das Dokument heißt.")
    accessible: YesNo | None = Field(
        None,
        title="Barrierefrei",
        description="„ja“, wenn das Dokument geprüft barrierefrei ist; sonst „nein“.",
    )
