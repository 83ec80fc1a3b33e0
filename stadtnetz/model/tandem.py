"""A tandem: a city that has been through the programme accompanies one that is new in it."""

from __future__ import annotations

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from stadtnetz.model.base import AnyDate, CityRef, Record, Text, TopicRef, YesNo
from stadtnetz.model.shared import Entry, Source, ordered

__all__ = ["Pending", "Tandem"]


class Pending(Record):
    """One side of the tandem is not yet known."""

    expected: AnyDate = Field(title="Erwartet bis", description="Wann der Partnerort bekannt sein soll.")
    source: Source | None = Field(None, title="Quelle", description="Wo das angekündigt wurde.")


class Tandem(Entry):
    """Who accompanies whom, and when. The state (pending, running, ended) is derived, never written."""

    mentor: CityRef | None = Field(
        None, title="Begleitender Ort", description="Kennung des erfahrenen Ortes."
    )
    mentee: CityRef | None = Field(None, title="Begleiteter Ort", description="Kennung des neuen Ortes.")
    pending: Pending | None = Field(
        None,
        title="Noch offen",
        description="Nur wenn einer der beiden Orte noch nicht bekannt ist: bis wann er es sein soll.",
    )
    announced: AnyDate | None = Field(
        None, title="Angekündigt", description="Wann das Tandem bekannt gegeben wurde."
    )
    start: AnyDate | None = Field(None, title="Beginn", description="So genau wie bekannt.")
    end: AnyDate | None = Field(
        None,
        title="Ende",
        description="Letzter Tag; leer heißt: ein Jahr nach Beginn, wie im Programm vorgesehen.",
    )
    attested: AnyDate | None = Field(
        None,
        title="Belegt",
        description="Ein Zeitpunkt, für den eine Quelle das Tandem nennt, wenn der Beginn fehlt.",
    )
    continued: YesNo = Field(
        False, title="Weitergeführt", description="„ja“, wenn der Austausch nach dem Ende weitergeht."
    )
    confirmed: YesNo = Field(
        True, title="Bestätigt", description="„nein“, wenn die Rollen nur erschlossen sind."
    )
    topics: tuple[TopicRef, ...] = Field((), title="Themen", description="Woran beide gemeinsam arbeiten.")
    summary: Text | None = Field(None, title="Kurzbeschreibung", description="Ein bis zwei Sätze.")
    remark: Text | None = Field(
        None, title="Anmerkung", description="Was zu den Daten gesagt werden muss; steht auf der Seite."
    )

    @model_validator(mode="after")
    def _has_two_sides(self) -> Tandem:
        ordered(self.start, self.end)
        known = (self.mentor is not None) + (self.mentee is not None)
        if known == 0:
            raise PydanticCustomError("tandem_without_city", "no city at all")
        if known == 1 and self.pending is None:
            raise PydanticCustomError("tandem_one_sided", "one side is missing")
        if known == 2 and self.pending is not None:
            raise PydanticCustomError("tandem_not_pending", "both sides are known")
        return self
