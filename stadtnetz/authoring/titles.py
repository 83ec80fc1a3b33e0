"""What entries are called in lists for those who write."""

from __future__ import annotations

from stadtnetz.model.city import City
from stadtnetz.model.shared import Entry
from stadtnetz.model.tandem import Tandem
from stadtnetz.network.library import Item, Library

__all__ = ["title_of"]


def title_of(item: Item[Entry], library: Library) -> str:
    """Return an entry's name or title; a tandem goes by its places, and what has neither by its id."""
    entry = item.entry
    if isinstance(entry, Tandem):
        return f"{_city(entry.mentor, library)} – {_city(entry.mentee, library)}"
    fields = vars(entry)
    return str(fields.get("short_name") or fields.get("name") or fields.get("title") or item.id)


def _city(id_: str | None, library: Library) -> str:
    item = library.items["city"].get(id_ or "")
    if item is None or not isinstance(item.entry, City):
        return id_ or "?"
    return item.entry.short_name or item.entry.name
