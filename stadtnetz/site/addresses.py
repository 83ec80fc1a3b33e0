"""Permalinks: where each entry and each list stands, in German paths with a trailing slash.

Addresses depend on ids and years alone, never on titles, so that a corrected headline breaks no link.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import force_setattr

from stadtnetz.model.kinds import KINDS
from stadtnetz.model.news import News
from stadtnetz.model.shared import Entry
from stadtnetz.network.library import Item

__all__ = ["HANDBOOK", "HOME", "PREFIXES", "Addresses", "news_permalink", "permalink"]

HOME = "start"
"""The id of the page that becomes the first page."""

HANDBOOK = "handbuch/"
"""Where the editors' handbook stands, if the operator wants it on the site."""

PREFIXES = {"de": "", "en": "en/", "de-simple": "einfach/"}
"""Where each language's pages stand."""


def permalink(item: Item[Entry]) -> str | None:
    """Return an entry's address below the site's root ("staedte/lueneburg/"), None where it has no page."""
    match item.kind:
        case "news":
            year = item.entry.published.year if isinstance(item.entry, News) else 0
            return news_permalink(year, item.id)
        case "page":
            return "" if item.id == HOME else f"{item.id}/"
        case "phase":
            return f"programm/#{item.id}"
        case _:
            section = KINDS[item.kind].permalink
            return f"{section}/{item.id}/" if section else None


def news_permalink(year: int, id_: str) -> str:
    """Return the address of a news item below the site's root."""
    return f"aktuelles/{year}/{id_}/"


class Addresses(Struct, frozen=True):
    """Turns paths below the site's root into addresses; `base_url` ends in a slash."""

    base_url: str
    base_path: str = ""
    """The path part of the base address: "/" or "/netz/"."""
    _origin: str = ""

    def __post_init__(self) -> None:
        parts = urlsplit(self.base_url)
        force_setattr(self, "base_path", parts.path or "/")
        force_setattr(self, "_origin", f"{parts.scheme}://{parts.netloc}")

    def url(self, path: str) -> str:
        """Return the address of a path for links inside the site: "/netz/staedte/"."""
        return self.base_path + path

    def absolute(self, path: str) -> str:
        """Return the complete address of a path, for canonical links, feeds and the sitemap."""
        return self.base_url + path

    def whole(self, url: str) -> str:
        """Return the complete address that an address inside the site ("/netz/staedte/") stands for."""
        return self._origin + url
