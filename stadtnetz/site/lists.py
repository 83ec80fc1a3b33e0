"""What lists share: groups by letter, links to groups, pages of a long list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from stadtnetz.site.edition import Edition
from stadtnetz.site.views import Card, Group, Link

__all__ = ["by_letter", "initial", "jumps_to", "pages_of"]

T = TypeVar("T")


def initial(edition: Edition, text: str) -> str:
    """Return the letter that a name is sorted under: Ö under O, digits and signs under #."""
    first = edition.texts.sort_key(text)[:1].upper()
    return first if first.isascii() and first.isalpha() else "#"


def by_letter(edition: Edition, cards: Iterable[Card]) -> tuple[Group, ...]:
    """Group sorted cards by their first letter."""
    found: dict[str, list[Card]] = {}
    for card in cards:
        found.setdefault(initial(edition, card.title), []).append(card)
    return tuple(
        Group(f"buchstabe-{letter.lower()}" if letter != "#" else "ziffern", letter, tuple(group))
        for letter, group in found.items()
    )


def jumps_to(groups: Iterable[Group]) -> tuple[Link, ...]:
    """Return links to the groups of a list, none for a list of one group."""
    links = tuple(Link(group.title, f"#s-{group.anchor}") for group in groups)
    return links if len(links) > 1 else ()


def pages_of(items: Sequence[T], size: int) -> list[Sequence[T]]:
    """Cut a list into pages; an empty list has one empty page."""
    return [items[start : start + size] for start in range(0, len(items), size)] or [items]
