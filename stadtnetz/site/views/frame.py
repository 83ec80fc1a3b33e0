"""The frame of a page and the words in it: links, dates, states, head, navigation."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "Alternate",
    "Badge",
    "DateText",
    "Link",
    "Meta",
    "NavItem",
    "SiteView",
]


@dataclass(frozen=True, slots=True)
class Link:
    """A link. An empty `url` means that there is nothing to link to: show the text alone.

    `language` is set where the target is in another language than the page (for `hreflang`).
    """

    text: str
    url: str = ""
    language: str = ""
    external: bool = False


@dataclass(frozen=True, slots=True)
class DateText:
    """A date for `<time datetime="iso">text</time>`; `iso` keeps the precision (2022, 2022-07, 2022-07-08)."""

    iso: str
    text: str


@dataclass(frozen=True, slots=True)
class Badge:
    """A state in words, never by colour alone; `key` is for the class name (`badge--first-year`)."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in another language."""

    language: str
    label: str
    url: str
    absolute_url: str


@dataclass(frozen=True, slots=True)
class NavItem:
    """An item of the main navigation."""

    text: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class SiteView:
    """What every page of one language shares."""

    language: str
    """The value of `<html lang>`: de, en (de for de-simple)."""
    title: str
    tagline: str
    home_url: str
    feed_url: str
    footer: tuple[Link, ...]
    index_url: str
    source_repository: str
    feedback: Link
    """Where readers report barriers and mistakes."""


@dataclass(frozen=True, slots=True)
class Meta:
    """The head and the frame of one page."""

    title: str
    """For `<title>`, without the site's name."""
    description: str
    canonical: str
    """Absolute address; empty for 404.html."""
    url: str
    nav: tuple[NavItem, ...]
    breadcrumb: tuple[Link, ...]
    """From home to this page; the last is the page itself. Empty on home."""
    stand: DateText | None
    """The day that the page's statements hold for."""
    alternates: tuple[Alternate, ...]
    og_type: str = "website"
    language_note: str = ""
    """Set where the page's language is special, e.g. "einfache Sprache"."""
