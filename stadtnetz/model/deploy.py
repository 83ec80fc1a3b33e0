"""site.yaml: how the site is served, where readers of old addresses are sent, whom finders of holes can tell."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from stadtnetz.model.base import Choice, Day, Email, OldAddress, Record, Text, Url, YesNo

__all__ = ["MANIFEST", "Deploy", "Moved", "OldAddresses", "SecurityContact", "Server"]

MANIFEST = ".well-known/build.json"
"""Where the manifest stands unless site.yaml says otherwise."""

_FILE = re.compile(r"(?:\.well-known/)?(?:[a-z0-9_-]+/)*[a-z0-9_-]+\.json")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


class Server(Choice):
    """What may serve the site, by the files that it wants to be told by."""

    PAGES = "pages", "Netlify, Cloudflare, Codeberg, GitLab", "Netlify, Cloudflare, Codeberg, GitLab"
    APACHE = "apache", "Apache", "Apache"
    NGINX = "nginx", "nginx", "nginx"
    GITHUB = "github", "GitHub Pages", "GitHub Pages"


def _read_manifest(value: object) -> object:
    if isinstance(value, str) and value.lower() in ("nein", "no", "false", "off"):
        return ""
    return value


def _checked_manifest(value: str) -> str:
    if value and not _FILE.fullmatch(value):
        raise PydanticCustomError("manifest_form", "not a path of a JSON file")
    return value


def _checked_host(value: str) -> str:
    if not _HOST.fullmatch(value):
        raise PydanticCustomError("host_form", "not a host name")
    return value


ManifestPath = Annotated[str, BeforeValidator(_read_manifest), AfterValidator(_checked_manifest)]
"""A path in output/, "" for none."""
HostName = Annotated[str, AfterValidator(_checked_host)]


class Deploy(Record):
    """How the site gets to its readers."""

    servers: tuple[Server, ...] = Field(
        tuple(Server),
        title="Server",
        description="Für welche Server Dateien mitgebaut werden: pages, apache, nginx, github.",
    )
    domain: HostName | None = Field(
        None,
        title="Eigene Domain",
        description="Name ohne https://, für Dienste, die ihn als Datei wollen (CNAME, .domains).",
    )
    hsts: YesNo = Field(
        True,
        title="Nur verschlüsselt (HSTS)",
        description="„nein“: Browser werden nicht angewiesen, die Seite ein Jahr lang nur mit https zu öffnen.",
    )
    redirect_pages: YesNo = Field(
        True,
        title="Seiten für alte Adressen",
        description="„nein“: ohne die Seiten, die an alten Adressen weiterleiten; nur wenn der Server es selbst tut.",
    )
    compress: YesNo = Field(
        False,
        title="Fertig komprimiert",
        description="„ja“: neben jeder Textdatei liegt sie auch als .br und .gz; nur wenn der Server das nutzt.",
    )
    manifest: ManifestPath = Field(
        MANIFEST,
        title="Verzeichnis des Baus",
        description="Wo in output/ steht, woraus gebaut wurde und welche Dateien es gibt; „nein“: nirgends.",
    )


class Moved(Record):
    """An address that leads to another page of the site now."""

    old: OldAddress = Field(title="Alte Adresse", description="Wo die Seite stand, etwa /alte-seite/.")
    new: OldAddress = Field(title="Neue Adresse", description="Wohin sie jetzt führt, etwa /termine/.")


class OldAddresses(Record):
    """Addresses that no entry carries on under `aliases`."""

    moved: tuple[Moved, ...] = Field(
        (),
        title="Umgezogen",
        description="Alte Adressen, die auf eine Seite führen, die kein Eintrag ist.",
    )
    gone: tuple[OldAddress, ...] = Field(
        (), title="Endgültig weg", description="Alte Adressen, an deren Stelle nichts getreten ist (410)."
    )


class SecurityContact(Record):
    """Whom finders of security holes can tell (RFC 9116); without a contact there is no security.txt."""

    email: Email | None = Field(None, title="E-Mail", description="Postfach für Hinweise auf Schwachstellen.")
    url: Url | None = Field(None, title="Formular", description="Seite, auf der Hinweise abgegeben werden.")
    expires: Day | None = Field(
        None,
        title="Gilt bis",
        description="Bis zu welchem Tag die Angaben gelten; höchstens ein Jahr voraus.",
    )
    policy: Url | None = Field(None, title="Regeln", description="Wie Sie mit Hinweisen umgehen.")
    acknowledgments: Url | None = Field(None, title="Dank", description="Wo Sie Hinweisgebern danken.")
    languages: Text = Field(
        "de, en", title="Sprachen", description="In welchen Sprachen geschrieben werden kann."
    )
