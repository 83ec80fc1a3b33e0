"""site.yaml: what the operator decides."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from stadtnetz.model.accessibility import Accessibility
from stadtnetz.model.base import WEB_ADDRESS, AnyDate, Email, PageRef, Phone, Record, Text, Url, YesNo
from stadtnetz.model.cms import Cms
from stadtnetz.model.deploy import Deploy, OldAddresses, SecurityContact

__all__ = ["AdviceOff", "Imprint", "OpenData", "Press", "Privacy", "Responsible", "SiteConfig", "SiteTexts"]

LANGUAGES = ("de", "en", "de-simple")
"""The languages that the interface knows."""


def _checked_base(value: str) -> str:
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError as error:
        raise PydanticCustomError("url_form", "not a web address") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise PydanticCustomError("url_form", "not a web address")
    return value.rstrip("/") + "/"


BaseUrl = Annotated[str, AfterValidator(_checked_base), WEB_ADDRESS]
"""Where the site will stand, with a path if it is not at the root; always ends in a slash."""


class Imprint(Record):
    """Who operates the site (§ 5 DDG). Empty fields are warnings, errors with --strict, and shown as missing."""

    name: Text | None = Field(None, title="Name", description="Name der Einrichtung, die die Seite betreibt.")
    address: Text | None = Field(
        None, title="Anschrift", description="Ladungsfähige Anschrift, kein Postfach."
    )
    represented_by: Text | None = Field(
        None, title="Vertreten durch", description="Vertretungsberechtigte Person."
    )
    email: Email | None = Field(None, title="E-Mail", description="Schneller elektronischer Kontakt.")
    phone: Phone | None = Field(None, title="Telefon", description="Mit Vorwahl.")
    register_entry: Text | None = Field(
        None, title="Register", description="Registergericht und Nummer, wenn eingetragen."
    )
    vat_id: Text | None = Field(None, title="USt-IdNr.", description="Wenn vorhanden.")


class Responsible(Record):
    """The natural person responsible for journalistic content (§ 18 Abs. 2 MStV)."""

    name: Text | None = Field(None, title="Name", description="Vor- und Nachname.")
    address: Text | None = Field(None, title="Anschrift", description="Anschrift in Deutschland.")


class Privacy(Record):
    """Who answers for personal data."""

    controller: Text | None = Field(
        None, title="Verantwortliche Stelle", description="Name und Anschrift der Stelle."
    )
    officer: Text | None = Field(
        None, title="Datenschutzbeauftragte Person", description="Funktion und Anschrift."
    )
    email: Email | None = Field(None, title="E-Mail", description="Postfach für Anfragen zum Datenschutz.")
    hosting: Text | None = Field(None, title="Hosting", description="Wer die Seite ausliefert.")
    log_retention: Text | None = Field(
        None, title="Protokolle", description="Wie lange Zugriffsprotokolle bleiben."
    )


class Press(Record):
    """Whom journalists ask."""

    name: Text | None = Field(None, title="Name", description="Stelle oder Person.")
    email: Email | None = Field(None, title="E-Mail", description="Pressepostfach.")
    phone: Phone | None = Field(None, title="Telefon", description="Mit Vorwahl.")


class OpenData(Record):
    """Under which terms the data may be used; only the operator can say."""

    licence: Text | None = Field(
        None, title="Lizenz", description="Name der Lizenz der Daten, etwa „CC0 1.0“; leer: keine genannt."
    )
    licence_url: Url | None = Field(
        None, title="Adresse der Lizenz", description="Wo der Text der Lizenz steht."
    )


class SiteTexts(Record):
    """The site's own words in another language."""

    title: Text | None = Field(None, title="Titel", description="Name der Seite in der anderen Sprache.")
    tagline: Text | None = Field(
        None, title="Untertitel", description="Der Satz darunter in der anderen Sprache."
    )


class AdviceOff(Record):
    """A piece of advice that this site's editors do not want, and why not."""

    rule: Text = Field(title="Regel", description="Code der Empfehlung, etwa „title-long“.")
    reason: Text = Field(title="Grund", description="Warum sie hier nicht gelten soll.")


class SiteConfig(Record):
    """The whole of site.yaml."""

    title: Text = Field(title="Titel", description="Name der Seite.")
    tagline: Text = Field(title="Untertitel", description="Ein Satz, der sagt, was das ist.")
    base_url: BaseUrl | None = Field(
        None, title="Adresse", description="Wo die Seite stehen wird, etwa https://example.org/netz/."
    )
    languages: tuple[str, ...] = Field(
        ("de",), title="Sprachen", description="Die erste ist die Hauptsprache: de, en, de-simple."
    )
    translations: dict[str, SiteTexts] = Field(
        {},
        title="Übersetzungen",
        description="Titel und Untertitel in den anderen Sprachen, etwa unter „en“.",
    )
    navigation: tuple[PageRef, ...] = Field(
        (), title="Navigation", description="Kennungen der Seiten, die nach den festen Bereichen oben stehen."
    )
    footer: tuple[PageRef, ...] = Field(
        (), title="Fußzeile", description="Kennungen der Seiten in der Fußzeile, zuerst die rechtlichen."
    )
    news_per_page: int = Field(
        12,
        title="Meldungen je Seite",
        description="Wie viele Meldungen auf einer Listenseite stehen.",
        ge=1,
        le=200,
    )
    display_panel: YesNo = Field(
        True,
        title="Bereich „Darstellung“",
        description="„nein“: ohne die Auswahl von Schriftgröße und Farben, und ganz ohne JavaScript dafür.",
    )
    advice_off: tuple[AdviceOff, ...] = Field(
        (),
        title="Abgeschaltete Empfehlungen",
        description="Empfehlungen der Prüfung, die hier nicht gelten sollen, jede mit dem Grund.",
    )
    social_images: YesNo = Field(
        True,
        title="Vorschaubilder",
        description="„nein“: ohne die gezeichneten Bilder, mit denen Netzwerke und Messenger einen Link zeigen.",
    )
    search: YesNo = Field(
        True,
        title="Suche",
        description="„nein“: ohne Suche; statt zu ihr führt der Seitenkopf zum Verzeichnis von A bis Z.",
    )
    contact_emails: YesNo = Field(
        True,
        title="E-Mail-Adressen der Einträge",
        description="„nein“: Was Einträge unter „contact“ als „email“ nennen, erscheint nirgends auf der Seite.",
    )
    data_as_of: AnyDate | None = Field(
        None, title="Quellen erfasst bis", description="Bis wann Quellen ausgewertet wurden."
    )
    source_repository: Url | None = Field(None, title="Quelltext", description="Adresse des Repositorys.")
    imprint: Imprint = Field(default_factory=Imprint, title="Impressum", description="Angaben nach § 5 DDG.")
    responsible: Responsible = Field(
        default_factory=Responsible,
        title="Redaktionell verantwortlich",
        description="Angaben nach § 18 Abs. 2 MStV.",
    )
    privacy: Privacy = Field(
        default_factory=Privacy, title="Datenschutz", description="Angaben für die Datenschutzerklärung."
    )
    accessibility: Accessibility = Field(
        default_factory=Accessibility, title="Barrierefreiheit", description="Grundlage der Erklärung."
    )
    cms: Cms | None = Field(
        None,
        title="Formular im Browser",
        description="Redaktion unter admin/: wohin das Formular schreibt; ohne Angabe gibt es keines.",
    )
    handbook: YesNo = Field(
        False,
        title="Handbuch",
        description="„ja“: das Handbuch für die Redaktion auch als Seiten, unter handbuch/ und in der Fußzeile.",
    )
    press: Press = Field(default_factory=Press, title="Presse", description="Pressekontakt.")
    data: OpenData = Field(
        default_factory=OpenData, title="Offene Daten", description="Lizenz der Daten zum Herunterladen."
    )
    addresses: OldAddresses = Field(
        default_factory=OldAddresses,
        title="Alte Adressen",
        description="Was aus Adressen wurde, die es nicht mehr gibt.",
    )
    deploy: Deploy = Field(
        default_factory=Deploy, title="Auslieferung", description="Wie die Seite ausgeliefert wird."
    )
    security: SecurityContact = Field(
        default_factory=SecurityContact,
        title="Sicherheit",
        description="Kontakt für Hinweise auf Schwachstellen (security.txt).",
    )
