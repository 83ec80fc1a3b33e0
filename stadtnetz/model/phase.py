"""A phase of the programme, with its admission rounds."""

from __future__ import annotations

from pydantic import Field, model_validator

from stadtnetz.model.base import AnyDate, PartnerRef, Record, Text
from stadtnetz.model.shared import Entry, Source, ordered

__all__ = ["Phase", "Round"]


class Round(Record):
    """One round of admission: apply, be selected by the jury, be admitted."""

    name: Text = Field(title="Name", description="Etwa „Aufnahmerunde 2022“.")
    opens: AnyDate | None = Field(None, title="Beginn", description="Ab wann man sich bewerben konnte.")
    closes: AnyDate | None = Field(None, title="Schluss", description="Bis wann man sich bewerben konnte.")
    applicants: int | None = Field(
        None, title="Bewerbungen", description="Nur wenn eine Quelle die Zahl nennt.", ge=0
    )
    admitted: int | None = Field(
        None, title="Aufgenommen", description="Wie viele Orte aufgenommen wurden.", ge=0
    )
    network_size: int | None = Field(
        None,
        title="Größe laut Quelle",
        description="Wie viele Mitglieder die Quelle danach nennt; die Seite zählt selbst.",
        ge=0,
    )
    remark: Text | None = Field(None, title="Anmerkung", description="Etwa, dass Quellen sich widersprechen.")
    sources: tuple[Source, ...] = Field((), title="Quellen", description="Belege für diese Runde.")

    @model_validator(mode="after")
    def _in_order(self) -> Round:
        ordered(self.opens, self.closes)
        return self


class Phase(Entry):
    """A stretch of the programme with its own rules and carriers."""

    name: Text = Field(title="Name", description="Etwa „Phase III“.")
    title: Text = Field(title="Überschrift", description="Worum es in der Phase ging, in wenigen Worten.")
    summary: Text = Field(title="Kurzbeschreibung", description="Was die Phase war, in ein bis drei Sätzen.")
    start: AnyDate = Field(title="Beginn", description="So genau wie bekannt.")
    end: AnyDate | None = Field(None, title="Ende", description="So genau wie bekannt.")
    eligible: Text | None = Field(None, title="Wer teilnehmen konnte", description="Größe und Art der Orte.")
    partners: tuple[PartnerRef, ...] = Field(
        (), title="Träger und Partner", description="Kennungen, so wie Quellen sie für die Phase nennen."
    )
    rounds: tuple[Round, ...] = Field((), title="Aufnahmerunden", description="Bewerbung, Auswahl, Aufnahme.")

    @model_validator(mode="after")
    def _in_order(self) -> Phase:
        ordered(self.start, self.end)
        return self
