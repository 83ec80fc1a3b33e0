"""The frame of a page and the words in it: links, dates, states, head, navigation."""

from __future__ import annotations

from markupsafe import Markup
from msgspec import field

from stadtnetz.fingerprint import Value
from stadtnetz.site.security import STRICT_POLICY

__all__ = [
    "FEEDBACK",
    "Alternate",
    "Badge",
    "DateText",
    "Link",
    "Meta",
    "NavItem",
    "PictureView",
    "SiteView",
    "Subscription",
]

FEEDBACK = "feedback"
"""The anchor of the part of the accessibility statement that tells how to report a barrier."""


class Link(Value, frozen=True):
    """A link. An empty `url` means that there is nothing to link to: show the text alone.

    `language` is set where the target is in another language than the page (for `hreflang`), `text_language` where
    the words of the link are (for `lang`).
    """

    text: str
    url: str = ""
    language: str = ""
    external: bool = False
    text_language: str = ""


class DateText(Value, frozen=True):
    """A date for `<time datetime="iso">text</time>`; `iso` keeps the precision (2022, 2022-07, 2022-07-08)."""

    iso: str
    text: str


class Badge(Value, frozen=True):
    """A state in words, never by colour alone; `key` is for the class name (`badge--first-year`)."""

    key: str
    text: str


class Alternate(Value, frozen=True):
    """The same page in another language, or that language's home page where this one is not translated.

    `label` is in that other language and says which of the two it is.
    """

    language: str
    label: str
    url: str
    absolute_url: str
    same_page: bool = True


class PictureView(Value, frozen=True):
    """A picture as a browser chooses among its files: the first format that it knows, the width that it needs."""

    src: str
    """JPEG, or PNG where something shines through, of middle width: for browsers that can't choose."""
    srcset: str
    sources: tuple[tuple[str, str], ...]
    """Media type and srcset of the better formats, the best first."""
    sizes: str
    width: int
    height: int
    alt: str
    lazy: bool = True
    """False for the picture that a page is about: it is fetched at once, and before others."""
    language: str = ""
    """Set where the alternative text is in another language than the page."""


class NavItem(Value, frozen=True):
    """An item of the main navigation."""

    text: str
    url: str
    current: bool
    language: str = ""
    """Set where it leads to a page in another language (for `hreflang`)."""
    text_language: str = ""
    """Set where its words are in another language (for `lang`)."""


class Subscription(Value, frozen=True):
    """A feed or a calendar that readers can subscribe to."""

    text: str
    """What is in it: "Meldungen über Lüneburg"."""
    short: str
    """The same in a list of its kind: "Lüneburg"."""
    form: str
    """What it is, in words: feed or calendar."""
    url: str
    media_type: str


class SiteView(Value, frozen=True):
    """What every page of one language shares."""

    language: str
    """The value of `<html lang>`: de, en or de-simple (a variant in the registry of BCP 47)."""
    title: str
    tagline: str
    home_url: str
    feed_url: str
    subscribe_url: str
    """The page that lists all feeds and calendars."""
    footer: tuple[Link, ...]
    index_url: str
    find: Link
    """Where readers search; where the site has no search, everything from A to Z."""
    map: Link
    source_repository: str
    feedback: Link
    """Where readers report barriers and mistakes."""
    display_panel: bool
    """Whether the page offers the choice of text size and colours; if not, it refers to no script for it."""
    lists_language: str = ""
    """The language of lists and feed where it is not the page's own (for `hreflang`)."""


class Meta(Value, frozen=True):
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
    """One for each other language of the site."""
    og_type: str = "website"
    language_note: str = ""
    """Set where the page's language is special, e.g. "einfache Sprache"."""
    hreflangs: tuple[tuple[str, str], ...] = ()
    """Language and absolute address of every version of the page, itself and x-default included; empty if alone."""
    image: str = ""
    """Absolute address of a picture that stands for the page where others link to it; "" where there is none."""
    image_alt: str = ""
    image_size: tuple[int, int] = (0, 0)
    preload: PictureView | None = None
    """The picture that is to be fetched before all others."""
    simple: Link | None = None
    """The same page in plain language, to be offered near the top of the standard one."""
    subscriptions: tuple[Subscription, ...] = ()
    """Feeds and calendars of what is on the page."""
    properties: tuple[tuple[str, str], ...] = ()
    """Further properties of the Open Graph protocol with their values."""
    policy: Markup = STRICT_POLICY
    """What the page may load and run: its content security policy."""
    structured: Markup = field(default_factory=Markup)
    """What the page says, for machines: JSON-LD, safe to stand in a script element; see `site.structured`."""
