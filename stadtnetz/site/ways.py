"""The ways to narrow the list of news: by year, by type, by topic, by place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from stadtnetz.fingerprint import of_bytes
from stadtnetz.network.glance import Glance
from stadtnetz.site.edition import Edition
from stadtnetz.site.subscriptions import news_types, type_path
from stadtnetz.site.views import Facet, FacetValue

__all__ = ["FACETS", "Groups", "Items", "Ways", "by_year", "ways_of"]

Items = Sequence[Glance]
Groups = Sequence[tuple[str, Items]]
"""Ids of entries, each with the news that name it."""

FACETS = "s-facets"
"""The id of what narrows a list, on the list's first page."""


@dataclass(frozen=True)
class Ways:
    """What narrows the list, in groups with a title: each value with its path, its text and its number."""

    found: tuple[tuple[str, list[tuple[str, str, int]]], ...]
    _shown: dict[str, tuple[Facet, ...]] = field(default_factory=dict, compare=False, repr=False)
    """What each list shows, by its path; all pages of one list show the same."""

    @cached_property
    def fingerprint(self) -> str:
        """What stands for all of it."""
        return of_bytes(repr(self.found).encode("utf-8", "surrogatepass"))

    def facets(self, edition: Edition, current: str) -> tuple[Facet, ...]:
        """Return what a list shows; `current` is its path."""
        if current not in self._shown:
            self._shown[current] = tuple(
                Facet(
                    title,
                    tuple(
                        FacetValue(text, edition.addresses.url(path), number, path == current)
                        for path, text, number in values
                    ),
                )
                for title, values in self.found
                if values
            )
        return self._shown[current]


def by_year(items: Items) -> list[tuple[int, list[Glance]]]:
    """Return the years in which news appeared, the latest first, each with those news in their order."""
    found: dict[int, list[Glance]] = {}
    for item in items:
        found.setdefault(item.year, []).append(item)
    return sorted(found.items(), reverse=True)


def ways_of(edition: Edition, items: Items, by_topic: Groups, by_city: Groups) -> Ways:
    """Count what narrows the list of all news, also grouped: each value with its path and its number."""
    t = edition.texts
    years = [
        (f"aktuelles/{year}/", str(year), number)
        for year, number in sorted(Counter(item.year for item in items).items(), reverse=True)
    ]
    numbers = Counter(item.type for item in items)
    types = [
        (type_path(type_), name, numbers[type_])
        for type_, name in news_types(edition).items()
        if type_ in numbers
    ]
    topics = _values(edition, "topic", by_topic, "aktuelles/thema/")
    cities = _values(edition, "city", by_city, "aktuelles/ort/")
    return Ways(
        (
            (t.gettext("By year"), years),
            (t.gettext("By type"), types),
            (t.gettext("By topic"), topics),
            (t.gettext("By place"), cities),
        )
    )


def _values(edition: Edition, kind: str, groups: Groups, folder: str) -> list[tuple[str, str, int]]:
    found = [(f"{folder}{id_}/", edition.link(kind, id_).text, len(chosen)) for id_, chosen in groups]
    return sorted(found, key=lambda value: edition.texts.sort_key(value[1]))
