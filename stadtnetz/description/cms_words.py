"""What the form in the browser has beyond the content model: order, names of collections and records, words, icons."""

from __future__ import annotations

from collections.abc import Mapping

from stadtnetz.model.translation import Translation

__all__ = [
    "BODY",
    "DAY_PICKERS",
    "FILES",
    "LONG",
    "ONES",
    "ORDER",
    "PLURALS",
    "TITLES",
    "TRANSLATED",
    "WORDS",
]

ORDER = (
    "news",
    "event",
    "city",
    "partner",
    "tandem",
    "topic",
    "network",
    "page",
    "milestone",
    "phase",
    "background",
)
"""What is written most often comes first."""
PLURALS: Mapping[str, tuple[str, str]] = {
    "news": ("Meldungen", "newspaper"),
    "event": ("Termine", "event"),
    "city": ("Orte", "location_city"),
    "partner": ("Partner", "handshake"),
    "tandem": ("Tandems", "group"),
    "topic": ("Themen", "label"),
    "network": ("Regionale Netzwerke", "hub"),
    "page": ("Seiten", "description"),
    "milestone": ("Meilensteine", "flag"),
    "phase": ("Phasen", "timeline"),
    "background": ("Hintergrundtexte", "notes"),
}
"""Label and icon of each collection; the icons are part of the font that comes with the CMS."""
LONG = frozenset(
    {
        "access",
        "alt",
        "caption",
        "correction",
        "eligible",
        "lead",
        "note",
        "remark",
        "summary",
        "transcript",
    }
)
"""Texts of more than one line: the model does not tell short ones from long ones."""
FILES: Mapping[tuple[str, str], tuple[str, str]] = {
    ("Picture", "file"): ("image", "image/jpeg,image/png,image/webp"),
    ("Attachment", "file"): ("file", ".pdf,.csv,.docx,.odt"),
    ("Video", "file"): ("file", "video/mp4,video/webm"),
    ("Video", "captions"): ("file", ".vtt"),
}
"""Fields that hold the name of a file beside the entry."""
ONES: Mapping[str, tuple[str, str]] = {
    "Attachment": ("Anlage", "title"),
    "ExternalVideo": ("Video", "title"),
    "Fact": ("Zahl", "kind"),
    "Membership": ("Zeitraum", "admitted"),
    "Period": ("Zeitraum", "since"),
    "Person": ("Person", "name"),
    "Picture": ("Bild", "file"),
    "Repeat": ("Termin", "start"),
    "Round": ("Runde", "name"),
    "Source": ("Quelle", "url"),
    "Video": ("Video", "title"),
}
"""What one record of a list is called, and the field that stands for it while it is folded up."""
DAY_PICKERS = frozenset({"published"})
"""Days whose time the form does not ask for: the folder of news is made from them."""
WORDS = {
    "url": "Bitte die vollständige Adresse mit https://",
    "email": "Bitte eine E-Mail-Adresse wie info@musterstadt.de",
    "phone": "Bitte eine Telefonnummer mit Vorwahl, etwa 030 1234567",
    "length": "Bitte Minuten und Sekunden, etwa 2:35",
    "date": "Bitte ein Datum wie {example}",
}
TRANSLATED = frozenset(Translation.model_fields) - {"updated", "note", "draft"}
"""What a translation says; its own day, note and draft are left to files."""
TITLES = ("title", "name")
"""What names an entry; tandems are named by their places."""
BODY: Mapping[str, object] = {
    "name": "body",
    "label": "Text",
    "widget": "markdown",
    "required": False,
    "hint": "Absätze durch eine Leerzeile trennen. Ein Link zu einem Eintrag: in eckigen Klammern der Text, gleich "
    "dahinter in runden die Kennung, etwa (city:stendal) oder (page:programm).",
    # As it is written: the editor that shows bold and headings would rewrite what others have typed.
    "modes": ["raw", "rich_text"],
    "editor_components": [],
    "buttons": [
        "bold",
        "italic",
        "link",
        "heading-two",
        "heading-three",
        "quote",
        "bulleted-list",
        "numbered-list",
    ],
}
