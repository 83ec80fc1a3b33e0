"""A page with a fixed address: programme, offers, questions, press, legal pages."""

from __future__ import annotations

from pydantic import Field

from stadtnetz.model.base import Choice, PageRef, Text
from stadtnetz.model.picture import Attachment, Picture
from stadtnetz.model.shared import Entry
from stadtnetz.model.video import ExternalVideo, Video

__all__ = ["Layout", "Page"]


class Layout(Choice):
    """What a page shows besides its text."""

    STANDARD = "standard", "Nur Text", "Text only"
    HOME = "home", "Startseite", "Home page"
    PROGRAMME = "programme", "Programm mit Phasen und Meilensteinen", "Programme with phases and milestones"
    TANDEMS = "tandems-explained", "Erklärung der Tandems mit Beispielen", "Tandems explained, with examples"
    PRESS = "press", "Presse mit Kontakt und Pressemitteilungen", "Press with contact and press releases"
    DATA = "data", "Daten und Quellen mit Zählungen", "Data and sources with counts"
    IMPRINT = "imprint", "Impressum aus site.yaml", "Imprint from site.yaml"
    PRIVACY = "privacy", "Datenschutz mit Angaben aus site.yaml", "Privacy with details from site.yaml"
    ACCESSIBILITY = (
        "accessibility",
        "Erklärung zur Barrierefreiheit mit Angaben aus site.yaml",
        "Accessibility statement",
    )


class Page(Entry):
    """A page; its address is its file's name."""

    title: Text = Field(title="Überschrift", description="Überschrift der Seite.")
    short_title: Text | None = Field(
        None, title="Kurztitel", description="Für die Navigation, wenn die Überschrift lang ist."
    )
    lead: Text = Field(
        title="Vorspann", description="Worum es geht, in ein bis drei Sätzen; auch für Suchmaschinen."
    )
    layout: Layout = Field(
        Layout.STANDARD, title="Aufbau", description="Was die Seite außer ihrem Text zeigt."
    )
    parent: PageRef | None = Field(None, title="Übergeordnete Seite", description="Für den Navigationspfad.")
    pictures: tuple[Picture, ...] = Field((), title="Bilder", description="Das erste steht oben.")
    attachments: tuple[Attachment, ...] = Field((), title="Anlagen", description="Dateien zum Herunterladen.")
    videos: tuple[Video, ...] = Field(
        (),
        title="Videos",
        description="Eigene Videos mit Untertiteln und Abschrift, auch in Gebärdensprache.",
    )
    external_videos: tuple[ExternalVideo, ...] = Field(
        (),
        title="Videos anderswo",
        description="Verweise auf Videos anderer Seiten; eingebettet wird nichts.",
    )
