"""What the accessibility statement rests on: whose law, what an assessment found, which barriers are known."""

from __future__ import annotations

from pydantic import Field

from stadtnetz.model.base import AnyDate, Choice, Email, Phone, Record, Text, Url

__all__ = [
    "Accessibility",
    "AccessibilityTexts",
    "Barrier",
    "BarrierTexts",
    "Conformity",
    "Jurisdiction",
]


class Jurisdiction(Choice):
    """Whose law a statement on accessibility follows: the federation's or a state's."""

    FEDERAL = "federal", "Bund", "Federal law"
    BW = "DE-BW", "Baden-Württemberg", "Baden-Württemberg"
    BY = "DE-BY", "Bayern", "Bavaria"
    BE = "DE-BE", "Berlin", "Berlin"
    BB = "DE-BB", "Brandenburg", "Brandenburg"
    HB = "DE-HB", "Bremen", "Bremen"
    HH = "DE-HH", "Hamburg", "Hamburg"
    HE = "DE-HE", "Hessen", "Hesse"
    MV = "DE-MV", "Mecklenburg-Vorpommern", "Mecklenburg-Western Pomerania"
    NI = "DE-NI", "Niedersachsen", "Lower Saxony"
    NW = "DE-NW", "Nordrhein-Westfalen", "North Rhine-Westphalia"
    RP = "DE-RP", "Rheinland-Pfalz", "Rhineland-Palatinate"
    SL = "DE-SL", "Saarland", "Saarland"
    SN = "DE-SN", "Sachsen", "Saxony"
    ST = "DE-ST", "Sachsen-Anhalt", "Saxony-Anhalt"
    SH = "DE-SH", "Schleswig-Holstein", "Schleswig-Holstein"
    TH = "DE-TH", "Thüringen", "Thuringia"


class Conformity(Choice):
    """How far the site meets the requirements (Decision (EU) 2018/1523); never more than an assessment found."""

    NOT_ASSESSED = "not-assessed", "nicht bewertet", "not assessed"
    NONE = "none", "nicht vereinbar", "not compliant"
    PARTIAL = "partial", "teilweise vereinbar", "partially compliant"
    FULL = "full", "vollständig vereinbar", "fully compliant"


class BarrierTexts(Record):
    """A known barrier in another language."""

    what: Text | None = Field(None, title="Was", description="Was nicht barrierefrei ist.")
    why: Text | None = Field(None, title="Warum", description="Woran es liegt.")
    alternative: Text | None = Field(None, title="Alternative", description="Was stattdessen hilft.")


class Barrier(Record):
    """Something that is known not to be accessible."""

    what: Text = Field(title="Was", description="Was nicht barrierefrei ist.")
    why: Text | None = Field(None, title="Warum", description="Woran es liegt.")
    alternative: Text | None = Field(None, title="Alternative", description="Was stattdessen hilft.")
    until: AnyDate | None = Field(
        None, title="Bis wann", description="Wann die Barriere beseitigt sein soll."
    )
    translations: dict[str, BarrierTexts] = Field(
        {}, title="Übersetzungen", description="In anderen Sprachen, etwa unter „en“ und „de-simple“."
    )


class AccessibilityTexts(Record):
    """The statement's own words in another language."""

    method: Text | None = Field(None, title="Verfahren", description="Wie geprüft wurde.")


class Accessibility(Record):
    """What the accessibility statement rests on; it never claims more than stands here."""

    assessed: AnyDate | None = Field(None, title="Geprüft am", description="Wann die Seite geprüft wurde.")
    method: Text | None = Field(None, title="Verfahren", description="Wie geprüft wurde.")
    conformity: Conformity = Field(
        Conformity.NOT_ASSESSED,
        title="Ergebnis",
        description="Was die Prüfung ergab: full (vollständig), partial (teilweise), none (nicht vereinbar); "
        "gilt nur zusammen mit Datum und Verfahren.",
    )
    barriers: tuple[Barrier, ...] = Field(
        (), title="Bekannte Barrieren", description="Was bekanntermaßen fehlt oder nicht zugänglich ist."
    )
    state: Jurisdiction | None = Field(
        None,
        title="Land",
        description="Nach wessen Recht die Erklärung steht: Kürzel des Landes (DE-NI) oder federal für den Bund.",
    )
    email: Email | None = Field(None, title="E-Mail", description="Wohin Hinweise auf Barrieren gehen.")
    phone: Phone | None = Field(None, title="Telefon", description="Mit Vorwahl.")
    enforcement: Text | None = Field(
        None,
        title="Schlichtungsstelle",
        description="Name und Anschrift, wenn eine andere als die des Landes zuständig ist.",
    )
    enforcement_url: Url | None = Field(
        None, title="Schlichtungsstelle im Netz", description="Adresse der Seite dieser anderen Stelle."
    )
    translations: dict[str, AccessibilityTexts] = Field(
        {}, title="Übersetzungen", description="In anderen Sprachen, etwa unter „en“ und „de-simple“."
    )
