"""What a news item means for pages that show others: where it stands in lists, and what it belongs to.

News are many, and most of what is planned for them needs none of their words. So order, lists and counts follow from
glances, and the news themselves are asked for only where a page shows them.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from stadtnetz.model.news import News, NewsType
from stadtnetz.network.library import Item

__all__ = ["Glance", "glance_of", "news_named", "stand_of_news"]


class Glance(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A visible news item, without its words."""

    id: str
    path: str
    """Its file's."""
    type: NewsType
    year: int
    """Of its publication."""
    day: date
    """The one for which its statements hold."""
    names: tuple[tuple[str, str], ...]
    """The entries that its fields name: kinds and ids."""
    linked: tuple[str, ...]
    """The news that its long texts link to."""
    languages: tuple[str, ...]
    """Those in which it has an edition besides the first one."""
    illustrated: bool


def glance_of(item: Item[News], *, drafts: bool) -> Glance:
    """Take a glance at a news item; with `drafts`, translations that are drafts can be seen as well."""
    entry = item.entry
    return Glance(
        item.id,
        item.path,
        entry.type,
        entry.published.year,
        stand_of_news(entry),
        tuple([(target.kind, target.id) for target in item.targets]),
        news_named(item),
        tuple([one.language for one in item.translations.values() if drafts or not one.texts.draft]),
        illustrated=bool(entry.pictures),
    )


def news_named(item: Item) -> tuple[str, ...]:  # type: ignore[type-arg]
    """Return the news that an entry's long texts link to."""
    return tuple([id_ for text, _ in item.all_texts for kind, id_ in text.targets if kind == "news"])


def stand_of_news(entry: News) -> date:
    """Return the day for which a news item's statements hold."""
    return (entry.updated or entry.published).first_day
