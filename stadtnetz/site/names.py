"""What an entry of any kind is called, in the language that it was written in."""

from __future__ import annotations

from functools import cache

from stadtnetz.model.shared import Entry

__all__ = ["entry_name"]


def entry_name(entry: Entry, *, short: bool = False) -> str:
    """Return the name or title that an entry of any kind has."""
    for field_name in _name_fields(type(entry), short=short):
        if value := getattr(entry, field_name):
            return str(value)
    return ""


@cache
def _name_fields(model: type[Entry], *, short: bool) -> tuple[str, ...]:
    """Return the fields that name an entry, the best first. Asking a record for a field that it lacks takes long."""
    known = ("short_name", "short_title", "name", "title") if short else ("name", "title")
    return tuple(name for name in known if name in model.model_fields)
