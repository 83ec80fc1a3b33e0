"""Names of people as releases write them, told from names of offices, places and programmes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

__all__ = ["NAME", "TITLES", "Named", "is_office", "is_role", "names_in"]

_CAP = r"[A-ZÄÖÜÀ-Þ][a-zäöüßà-ÿ]+(?:['’-][A-ZÄÖÜ]?[a-zäöüßà-ÿ]+)*"
TITLES = r"(?:(?:Dr|Prof|Dipl)\.(?:[ -]?(?:h\. ?c|phil|med|Ing|med|jur|rer\. nat)\.)*-? ?)*"
_PARTICLE = r"(?:(?:von(?: der| den)?|van(?: der| den| de)?|zu|de|del|da|di|ten|el|al|dos) )"
"""Only behind a first name: "Lisa Probe von der Stiftung" is Lisa Probe."""
NAME = rf"{TITLES}{_CAP}(?: (?:[A-Z]\.|{_CAP}))? {_CAP}|{TITLES}{_CAP} {_PARTICLE}{_CAP}"
_NAME = re.compile(rf"(?<![\w-])(?:{NAME})(?![\w-])")
_OFFICE = re.compile(
    r"Stadt\b|stadt\b|Hansestadt|Gemeinde|Landkreis|Kreis\b|Landes|Bundes|Minister|Stiftung|stiftung"
    r"|Verein|verein\b|Verband|verband\b|e\. ?V\."
    r"|GmbH|gGmbH|\bAG\b|\beG\b|Universität|Hochschule|Institut|Agentur|agentur|Zentrum|zentrum|Stelle\b|stelle\b"
    r"|\b[Aa]mt\b|(?<![Ee]hren)amt\b|Rathaus|Haus\b|haus\b|Netzwerk|netzwerk|Werk\b|werke?\b|Bank\b|bank\b|Büro|büro|Programm|Projekt"
    r"|Sparkasse|Caritas|Diakonie|Feuerwehr|Volksbank|Kirche|kirche|Kammer|kammer|Schule|schule|Museum|Bücherei"
    r"|Forum|Bündnis|Initiative|Engagierte|Fachjury|Referat\b|Abteilung|Dezernat|Stabsstelle|Presse|Ressort|Bürger",
)
_ROLE = re.compile(
    r"(?:meister|sprecher|leit(?:er|ung)|referent|koordinat|vorsitz|vorstand|präsident|geschäftsführ|direktor|manager"
    r"|minister(?:in)?\b|senator|dezernent|beauftragt|rektor|kanzler|officer|spokes|head of|mitarbeit|redakt|dekan|"
    r"mayor|director|chair|trainer|professor|vorsteher|lots(?:e|in)\b|schirmherr)",
    re.IGNORECASE,
)
_NOUN = re.compile(
    r"^(?:Stadt|Hansestadt|Gemeinde|Landkreis|Rathaus|Institut|Projekt|Forum|Bündnis|Büro|Presse|Verein|Verband)$"
    r"|(?i:stiftung|verein|verband|agentur|zentrum|ministerium|schule|netzwerk|programm|initiative|gesellschaft|tag|preis"
    r"|ung|heit|keit|schaft|tät|ion|vereine|treffs)$"
)
"""Last words that no surname is, so that "Bethe Stiftung" is nobody; "Kreis" and "Werk" are surnames as well."""
_CAPITAL = re.compile(r"[A-ZÄÖÜ][a-zäöüß]+")
_LONG = 9
_NOT_NAMES_WORDS = (
    "Aber Aktuell Allerdings Als Auch Außerdem Begleitet Beide Beim Bereits Bis Bisher Bislang Da Daher "
    "Danach Dann Darum Davon Dazu Denn Dennoch Derzeit Deshalb Diese Dieser Dieses Doch Dort Durch Ebenso "
    "Etwa Finanzielle Ganz Gegen Gerade Gestern Hier Hinter Ihr Ihre Inzwischen Ja Jede Jeder Jetzt Knapp "
    "Künftig Laut Manche Mehrere Nachdem Neben Nein Noch Nun Nur Ob Ohne Rund Schon Sein Seine Sowie "
    "Statt Stattdessen Trotz Trotzdem Um Unser Unsere Unterstützt Weil Wegen Wenn Während Zudem Zuletzt "
    "Zurzeit Zwei Drei Vier Zwischen Sechs Fünf Zehn Dr Prof Dipl Junge Jungen Jugendliche Der Die Das "
    "Den Dem Des Ein Eine Einen Einer Im In Am An Auf Aus Bei Mit Für Von Vom Zum Zur Nach Über Unter Vor "
    "Foto Bild Sehr Herr Frau Alle Neue Neuer Neuen Erste Erster Weitere Gemeinsam Gemeinsame Freiwillige "
    "Deutsche Deutscher Deutschen Deutsches Bad Sankt St Und Oder Als Wie Was Wer Wir Sie Es Er Ich So "
    "Seit Heute Uhr Tel Telefon Fax E-Mail Mail Mobil Januar Februar März April Mai Juni Juli August "
    "September Oktober November Dezember Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag "
    "Straße Platz Weg Allee Ansprechpartner Ansprechpartnerin Kontakt Pressekontakt Ministerium "
    "Zusätzlich Insgesamt Dabei Damit Mehr Viele The And For This With Press Contact Oberbürgermeister "
    "Oberbürgermeisterin Bürgermeister Bürgermeisterin Vorsitzender Vorsitzende Präsident Präsidentin "
    "Geschäftsführer Geschäftsführerin Staatssekretär Staatssekretärin Minister Ministerin Professor "
    "Professorin Leiterin Leiter Sprecherin Sprecher Koordinatorin Koordinator Dezernentin Dezernent "
    "Stadträtin Stadtrat Landrat Landrätin Direktor Direktorin Rektorin Rektor Bundesministerin "
    "Bundesminister Pressesprecherin Pressesprecher Mayor Director Projektleiterin Projektleiter Vorstand "
    "Sozialdezernentin Sozialdezernent Referentin Referent "
)
_NOT_NAMES = frozenset(_NOT_NAMES_WORDS.split())
"""Words that begin with a capital and are no first or last name."""


class Named(Struct, frozen=True):
    """A person's name in a text, and where it stands there."""

    start: int
    end: int
    name: str

    @property
    def surname(self) -> str:
        """Return the last word of the name."""
        return self.name.rpartition(" ")[2]


def names_in(text: str) -> Iterator[Named]:
    """Yield the names of people in a text, in their order."""
    at = 0
    while match := _NAME.search(text, at):
        words = match[0].split()
        first = next((word for word in words if not word.endswith(".")), words[0])
        if first in _NOT_NAMES:
            # "Oberbürgermeisterin Claudia Muster": the name begins after the office.
            at = match.start() + match[0].index(first) + len(first)
            continue
        if any(word in _NOT_NAMES for word in words[1:]):
            at = match.start() + len(words[0])
            continue
        if is_office(" ".join(words[:-1])) or _NOUN.search(words[-1]) or (is_role(first) and len(words) < 3):
            at = match.start() + len(words[0])
            continue
        if len(words) == 3 and _CAPITAL.match(words[1]) and (is_role(first) or len(first) >= _LONG):
            # "Schirmherr Kai Exempel": an office that no list knows; first names are shorter.
            at = match.start() + len(words[0])
            continue
        yield Named(match.start(), match.end(), match[0])
        at = match.end()


def is_office(text: str) -> bool:
    """Tell whether a text names an organisation or a part of one."""
    return _OFFICE.search(text) is not None


def is_role(text: str) -> bool:
    """Tell whether a text names what somebody does."""
    return _ROLE.search(text) is not None
