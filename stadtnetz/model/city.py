"""A member of the network: a city, a municipality, a district or an association of them."""

from __future__ import annotations

from pydantic import Field, model_validator

from stadtnetz.model.base import AnyDate, Choice, Record, Text, TopicRef, Url, YesNo
from stadtnetz.model.picture import Picture
from stadtnetz.model.shared import Contact, Entry, Source, ordered

__all__ = ["City", "CityType", "Coordinates", "Fact", "FactKind", "Membership", "State"]


class CityType(Choice):
    """What kind of place a member is: not every one is a city."""

    CITY = "city", "Stadt", "City"
    MUNICIPALITY = "municipality", "Gemeinde", "Municipality"
    COLLECTIVE_MUNICIPALITY = "collective-municipality", "Verbandsgemeinde", "Collective municipality"
    AMT = "amt", "Amt", "Amt (association of municipalities)"
    MUNICIPAL_ASSOCIATION = "municipal-association", "Verwaltungsverband", "Municipal association"
    DISTRICT = "district", "Stadtteil oder Bezirk", "City district"


class State(Choice):
    """The sixteen states by their ISO 3166-2 codes, https://www.iso.org/obp/ui/#iso:code:3166:DE."""

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


class Coordinates(Record):
    """A point in decimal degrees, WGS 84."""

    lat: float = Field(
        title="Breite", description="Nördliche Breite in Grad, etwa 53.25.", allow_inf_nan=False
    )
    lon: float = Field(title="Länge", description="Östliche Länge in Grad, etwa 10.41.", allow_inf_nan=False)


class Membership(Record):
    """One stretch of membership. Selection by the jury and admission are different dates."""

    selected: AnyDate | None = Field(None, title="Ausgewählt", description="Wann die Jury ausgewählt hat.")
    admitted: AnyDate | None = Field(None, title="Aufgenommen", description="Wann die Mitgliedschaft begann.")
    attested: AnyDate | None = Field(
        None,
        title="Belegt",
        description="Ein Zeitpunkt, für den eine Quelle die Mitgliedschaft nennt, wenn der Beginn fehlt.",
    )
    until: AnyDate | None = Field(
        None, title="Bis", description="Letzter Tag, Monat oder letztes Jahr der Mitgliedschaft."
    )
    confirmed: YesNo = Field(
        True,
        title="Bestätigt",
        description="„nein“, wenn keine Quelle sagt, dass die Mitgliedschaft fortbesteht.",
    )
    remark: Text | None = Field(
        None, title="Anmerkung", description="Was zu diesen Daten gesagt werden muss; steht auf der Seite."
    )
    sources: tuple[Source, ...] = Field((), title="Quellen", description="Belege für diesen Zeitraum.")

    @model_validator(mode="after")
    def _in_order(self) -> Membership:
        ordered(self.selected, self.admitted)
        ordered(self.admitted or self.selected, self.until)
        return self


class FactKind(Choice):
    """What a figure about a place counts."""

    INHABITANTS = "inhabitants", "Einwohnerzahl", "Inhabitants"
    AREA = "area", "Fläche", "Area"
    ASSOCIATIONS = "associations", "Vereine", "Associations"
    VOLUNTEERS = "volunteers", "Freiwillige", "Volunteers"
    OTHER = "other", "Weitere Angabe", "Other figure"


class Fact(Record):
    """A figure about a place: never without its date and its source."""

    kind: FactKind = Field(title="Art", description="Was gezählt wird.")
    label: Text | None = Field(
        None, title="Bezeichnung", description="Eigene Bezeichnung, vor allem bei „other“."
    )
    value: Text = Field(
        title="Wert", description="Die Zahl oder Angabe, wie sie gezeigt werden soll, etwa „rund 40.000“."
    )
    as_of: AnyDate = Field(title="Stand", description="Für wann die Angabe gilt.")
    source: Source = Field(title="Quelle", description="Wo die Angabe steht.")


class City(Entry):
    """A place that is, was or will be a member of the network."""

    name: Text = Field(title="Name", description="Wie der Ort sich selbst nennt.")
    short_name: Text | None = Field(
        None, title="Kurzname", description="Kürzer, für Listen; auch das Wort für die A–Z-Liste."
    )
    type: CityType = Field(
        title="Art", description="Stadt, Gemeinde, Verbandsgemeinde, Amt, Verband oder Stadtteil."
    )
    state: State = Field(title="Land", description="Bundesland als Kürzel nach ISO 3166-2, etwa DE-NI.")
    coordinates: Coordinates | None = Field(
        None, title="Lage", description="Für die Karte; zwei Nachkommastellen genügen."
    )
    summary: Text | None = Field(
        None, title="Kurzbeschreibung", description="Ein bis zwei Sätze für Listen und Suche."
    )
    contact: Contact | None = Field(None, title="Kontakt", description="Öffentliche Ansprechstelle vor Ort.")
    website: Url | None = Field(None, title="Webseite", description="Seite des Ortes zum Engagement.")
    membership: tuple[Membership, ...] = Field(
        (),
        title="Mitgliedschaft",
        description="Ein Eintrag je Zeitraum, der früheste zuerst; wer zurückkommt, hat mehrere.",
    )
    facts: tuple[Fact, ...] = Field(
        (), title="Zahlen", description="Zahlen über den Ort, jede mit Stand und Quelle."
    )
    topics: tuple[TopicRef, ...] = Field(
        (), title="Themen", description="Kennungen der Themen, an denen der Ort arbeitet."
    )
    pictures: tuple[Picture, ...] = Field((), title="Bilder", description="Bilder des Ortes.")
