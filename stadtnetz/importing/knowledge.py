"""What the site's own entries give to recognise."""

from __future__ import annotations

from stadtnetz.importing.known import Known, KnownBackground, KnownName
from stadtnetz.model.background import Background
from stadtnetz.model.city import City
from stadtnetz.model.partner import Partner
from stadtnetz.network.library import Library
from stadtnetz.text.plain import plain_text

__all__ = ["known_of"]


def known_of(library: Library) -> Known:
    """Return names of places and partners, and the background blocks with their words."""
    names: list[KnownName] = []
    backgrounds: list[KnownBackground] = []
    for item in library.all_items():
        entry = item.entry
        if isinstance(entry, City | Partner):
            called = tuple(dict.fromkeys(filter(None, (entry.name, entry.short_name))))
            cities = entry.cities if isinstance(entry, Partner) else ()
            names.append(KnownName(item.kind, item.id, called, cities))
        elif isinstance(entry, Background):
            words = plain_text(item.body.html) if item.body is not None else ""
            backgrounds.append(KnownBackground(item.id, entry.title, words, entry.as_of))
    return Known(tuple(names), tuple(backgrounds))
