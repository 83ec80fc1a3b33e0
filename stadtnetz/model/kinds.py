"""The kinds of entry: where each one lives, in which form, and by which model it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from stadtnetz.model.background import Background
from stadtnetz.model.city import City
from stadtnetz.model.event import Event
from stadtnetz.model.milestone import Milestone
from stadtnetz.model.news import News
from stadtnetz.model.page import Page
from stadtnetz.model.partner import Partner
from stadtnetz.model.phase import Phase
from stadtnetz.model.regional_network import RegionalNetwork
from stadtnetz.model.tandem import Tandem
from stadtnetz.model.topic import Topic

if TYPE_CHECKING:
    from stadtnetz.model.shared import Entry

__all__ = ["FOLDERS", "KINDS", "Kind"]


class Kind(Struct, frozen=True):
    """A kind of entry.

    `folder` is below content/; `form` is "yaml" for structured entries, which may have a long text in a `.md`
    of the same name beside them, or "markdown" for a text with front matter; `permalink` is the address of the
    section, "" where entries have no page of their own.
    """

    name: str
    folder: str
    form: str
    model: type[Entry]
    permalink: str
    label_de: str
    label_en: str


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("city", "cities", "yaml", City, "staedte", "Ort", "place"),
        Kind("partner", "partners", "yaml", Partner, "partner", "Partner", "partner"),
        Kind("tandem", "tandems", "yaml", Tandem, "tandems", "Tandem", "tandem"),
        Kind("news", "news", "markdown", News, "aktuelles", "Meldung", "news item"),
        Kind("event", "events", "yaml", Event, "termine", "Termin", "event"),
        Kind("page", "pages", "markdown", Page, "", "Seite", "page"),
        Kind("topic", "topics", "yaml", Topic, "themen", "Thema", "topic"),
        Kind("network", "networks", "yaml", RegionalNetwork, "netzwerke", "Netzwerk", "network"),
        Kind("phase", "phases", "yaml", Phase, "", "Phase", "phase"),
        Kind("background", "backgrounds", "markdown", Background, "", "Hintergrundtext", "background block"),
        Kind("milestone", "milestones", "yaml", Milestone, "", "Meilenstein", "milestone"),
    )
}

FOLDERS: dict[str, Kind] = {kind.folder: kind for kind in KINDS.values()}
