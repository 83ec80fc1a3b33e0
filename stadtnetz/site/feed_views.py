"""What the Atom feeds show."""

from __future__ import annotations

from stadtnetz.fingerprint import Value

__all__ = ["FeedEntry", "FeedView"]


class FeedEntry(Value, frozen=True):
    """An item of the feed; addresses are absolute, moments ISO texts with offset."""

    id: str
    """Never changes, not even with the address."""
    title: str
    url: str
    updated: str
    published: str
    summary: str
    author: str = ""
    categories: tuple[tuple[str, str], ...] = ()
    """Type, topics and places, each as a term that stays and a label."""


class FeedView(Value, frozen=True):
    """A feed."""

    id: str
    title: str
    subtitle: str
    language: str
    url: str
    """Where the feed itself is."""
    home_url: str
    """The page that shows the same."""
    updated: str
    author: str
    entries: tuple[FeedEntry, ...]
