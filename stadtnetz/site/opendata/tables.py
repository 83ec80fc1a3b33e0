"""The tables: places with their memberships, partners with their periods, tandems, events."""

from __future__ import annotations

from stadtnetz.model.city import City, CityType, Membership, State
from stadtnetz.model.event import Event, EventStatus, Place, Registration
from stadtnetz.model.partner import Level, Partner, Sector
from stadtnetz.model.shared import Period
from stadtnetz.model.tandem import Pending, Tandem
from stadtnetz.network.lifecycle import Stage, TandemState, membership_moments, tandem_moments
from stadtnetz.site.opendata.cells import (
    COMMON,
    ID,
    belongs_to,
    city_geometry,
    coordinate,
    field_of,
    inner,
    items,
    no_moments,
    part,
    parts,
    places_geometry,
    reference,
    references,
    related,
    repeats,
    stand,
    tandem_geometry,
)
from stadtnetz.site.opendata.columns import Column, Form, Table, codes

__all__ = ["TABLES"]

_STAGES = {
    Stage.NOT_YET: "erfasst, noch nicht Mitglied",
    Stage.SELECTED: "ausgewählt, noch nicht aufgenommen",
    Stage.FIRST_YEAR: "im ersten Jahr",
    Stage.MEMBER: "Mitglied; ob das erste Jahr vorbei ist, ist nicht bekannt",
    Stage.TRAINED: "erstes Jahr abgeschlossen",
    Stage.MENTOR: "hat andere begleitet oder begleitet sie",
    Stage.FORMER: "ehemaliges Mitglied",
}
_TANDEM_STATES = {
    TandemState.PENDING: "ein Ort ist noch offen",
    TandemState.ANNOUNCED: "angekündigt",
    TandemState.RUNNING: "läuft",
    TandemState.ENDED: "Begleitjahr vorbei",
    TandemState.CONTINUED: "Begleitjahr vorbei, Austausch weitergeführt",
    TandemState.UNDATED: "ohne Datum",
}


_CITIES = Table(
    "cities",
    "Orte",
    "Jeder Ort, der Mitglied ist, war oder werden soll.",
    (
        ID,
        field_of(City, "name"),
        field_of(City, "short_name"),
        field_of(City, "type", Form.CODE, codes=codes(CityType)),
        field_of(City, "state", Form.CODE, codes=codes(State)),
        Column(
            "stage",
            "Stufe",
            "Wo der Ort im Programm steht, aus den Daten der Mitgliedschaft berechnet.",
            Form.CODE,
            lambda edition, item: edition.network.standings[item.id].stage.value,
            codes=tuple((stage.value, label) for stage, label in _STAGES.items()),
            required=True,
        ),
        Column(
            "member",
            "Mitglied",
            "Ob der Ort als Mitglied gezählt wird.",
            Form.YES_NO,
            lambda edition, item: edition.network.standings[item.id].is_member,
            required=True,
        ),
        Column(
            "confirmed",
            "Bestätigt",
            "„nein“, wenn keine Quelle sagt, dass die Mitgliedschaft fortbesteht.",
            Form.YES_NO,
            lambda edition, item: edition.network.standings[item.id].confirmed,
            required=True,
        ),
        coordinate("lat"),
        coordinate("lon"),
        field_of(City, "summary"),
        field_of(City, "website", Form.URL),
        references(City, "topics", "topic"),
        related("city", "network", "Regionale Netzwerke"),
        *COMMON,
    ),
    items("city"),
    stand("city", membership_moments),
    ("city", "tandem", "topic", "network"),
    city_geometry,
    ("lat", "lon"),
)
_MEMBERSHIPS = Table(
    "memberships",
    "Mitgliedschaften",
    "Jeder Zeitraum der Mitgliedschaft eines Ortes; wer zurückkam, hat mehrere.",
    (
        belongs_to("city", "Ort"),
        *(part(Membership, name, Form.DATE) for name in ("selected", "admitted", "attested", "until")),
        part(Membership, "confirmed", Form.YES_NO),
        part(Membership, "remark"),
    ),
    parts("city", "membership"),
    stand("city", no_moments),
    ("city",),
)
_PARTNERS = Table(
    "partners",
    "Partner",
    "Wer das Programm im Bund, in Ländern, in Regionen und vor Ort trägt. Als GeoJSON mit der Lage der Orte.",
    (
        ID,
        field_of(Partner, "name"),
        field_of(Partner, "short_name"),
        field_of(Partner, "level", Form.CODE, codes=codes(Level)),
        field_of(Partner, "sectors", Form.CODE, many=True, codes=codes(Sector)),
        field_of(Partner, "states", Form.CODE, many=True, codes=codes(State)),
        references(Partner, "cities", "city"),
        references(Partner, "topics", "topic"),
        field_of(Partner, "lead", Form.YES_NO),
        field_of(Partner, "summary"),
        field_of(Partner, "website", Form.URL),
        *COMMON,
    ),
    items("partner"),
    stand("partner", no_moments),
    ("partner", "city", "topic"),
    places_geometry,
)
_PARTNERSHIPS = Table(
    "partnerships",
    "Partnerschaften",
    "Von wann bis wann ein Partner dabei ist oder war.",
    (
        belongs_to("partner", "Partner"),
        part(Period, "since", Form.DATE),
        part(Period, "until", Form.DATE),
        part(Period, "role"),
    ),
    parts("partner", "periods"),
    stand("partner", no_moments),
    ("partner",),
)
_TANDEMS = Table(
    "tandems",
    "Tandems",
    "Welcher Ort welchen begleitet oder begleitet hat.",
    (
        ID,
        reference(Tandem, "mentor", "city"),
        reference(Tandem, "mentee", "city"),
        Column(
            "state",
            "Zustand",
            "Aus den Daten berechnet.",
            Form.CODE,
            lambda edition, item: edition.network.tandem_states[item.id].value,
            codes=tuple((state.value, label) for state, label in _TANDEM_STATES.items()),
            required=True,
        ),
        *(field_of(Tandem, name, Form.DATE) for name in ("announced", "start", "end", "attested")),
        inner(Tandem, "pending", Pending, "expected", "expected", Form.DATE),
        field_of(Tandem, "continued", Form.YES_NO),
        field_of(Tandem, "confirmed", Form.YES_NO),
        references(Tandem, "topics", "topic"),
        field_of(Tandem, "summary"),
        field_of(Tandem, "remark"),
        *COMMON,
    ),
    items("tandem"),
    stand("tandem", lambda tandem: tandem_moments([tandem])),
    ("tandem", "city", "topic"),
    tandem_geometry,
)
_EVENTS = Table(
    "events",
    "Termine",
    "Veranstaltungen des Netzwerks, soweit sie hier erfasst sind. Als GeoJSON mit der Lage der genannten Orte.",
    (
        ID,
        field_of(Event, "title"),
        field_of(Event, "lead"),
        field_of(Event, "start", Form.DATE),
        field_of(Event, "end", Form.DATE),
        Column(
            "repeats",
            "Weitere Termine",
            "Beginn und, wenn bekannt, Ende, durch „/“ getrennt.",
            Form.DATE,
            repeats,
            many=True,
        ),
        field_of(Event, "status", Form.CODE, codes=codes(EventStatus)),
        inner(Event, "place", Place, "name", "place"),
        inner(Event, "place", Place, "address", "address"),
        field_of(Event, "online_url", Form.URL),
        field_of(Event, "organiser"),
        inner(Event, "registration", Registration, "url", "registration_url", Form.URL),
        inner(Event, "registration", Registration, "deadline", "registration_deadline", Form.DATE),
        field_of(Event, "price"),
        field_of(Event, "audience"),
        field_of(Event, "access"),
        references(Event, "cities", "city"),
        references(Event, "partners", "partner"),
        references(Event, "networks", "network"),
        references(Event, "tandems", "tandem"),
        references(Event, "topics", "topic"),
        *COMMON,
    ),
    items("event"),
    stand("event", no_moments),
    ("event", "city", "partner", "network", "tandem", "topic"),
    places_geometry,
)

TABLES = (_CITIES, _MEMBERSHIPS, _PARTNERS, _PARTNERSHIPS, _TANDEMS, _EVENTS)
"""In the order in which the data page lists them."""
