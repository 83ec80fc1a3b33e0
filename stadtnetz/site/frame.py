"""The frame of every page: navigation, breadcrumb, languages, "Stand", footer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from stadtnetz.model.shared import Entry
from stadtnetz.network.library import Item
from stadtnetz.site.edition import Edition
from stadtnetz.site.languages import (
    alternates,
    hreflangs,
    in_words,
    language_note,
    simple_version,
    versions,
)
from stadtnetz.site.planning import MadePage
from stadtnetz.site.previews import share_image
from stadtnetz.site.structured.pages import Article, page_things, properties
from stadtnetz.site.structured.script import Thing, linked_data
from stadtnetz.site.views import Link, Meta, NavItem, PictureView, SiteView, Subscription

__all__ = ["MAP_PATH", "Section", "map_link", "page_for", "section_link", "sections"]


class Section(Struct, frozen=True):
    """A part of the site with a list of its own."""

    key: str
    path: str
    label: str


def sections(edition: Edition) -> tuple[Section, ...]:
    """Return the fixed parts of the site, in the order of the main navigation, then the smaller ones."""
    t = edition.texts
    return (
        Section("city", "staedte/", t.gettext("Cities and municipalities")),
        Section("tandem", "tandems/", t.gettext("Tandems")),
        Section("partner", "partner/", t.gettext("Partners")),
        Section("news", "aktuelles/", t.gettext("News")),
        Section("event", "termine/", t.gettext("Events")),
        Section("network", "netzwerke/", t.gettext("Regional networks")),
        Section("topic", "themen/", t.gettext("Topics")),
        Section("index", "a-z/", t.gettext("A to Z")),
    )


MAP_PATH = "karte/"
"""Where the map stands, below each language's prefix."""

_IN_NAVIGATION = ("city", "tandem", "partner", "news", "event")


def section_link(edition: Edition, key: str) -> Link:
    """Return a link to a section's list; lists are in the main language."""
    section = next(section for section in sections(edition) if section.key == key)
    return Link(section.label, edition.addresses.url(section.path), edition.original_mark)


def map_link(edition: Edition) -> Link:
    """Return a link to the map, which stands in each language of the interface; from any other to the main one."""
    here = in_words(edition.language)
    path = (edition.prefix if here else "") + MAP_PATH
    return Link(
        edition.texts.gettext("Map of the network"),
        edition.addresses.url(path),
        "" if here else edition.original_mark,
    )


def navigation(edition: Edition, current: str) -> tuple[NavItem, ...]:
    """Return the main navigation; `current` is a section's key or a page's id."""
    return edition.once("navigation", current, lambda: _navigation(edition, current))


def _navigation(edition: Edition, current: str) -> tuple[NavItem, ...]:
    found = [(key, section_link(edition, key)) for key in _IN_NAVIGATION]
    found += [
        (id_, edition.link("page", id_))
        for id_ in edition.network.site.navigation
        if id_ in edition.network.pages
    ]
    return tuple(
        NavItem(link.text, link.url, key == current, link.language, link.text_language) for key, link in found
    )


def page_for(
    edition: Edition,
    site: SiteView,
    *,
    path: str,
    template: str,
    view: object,
    title: str,
    description: str,
    section: str,
    trail: Iterable[Link] = (),
    stand: Iterable[date | None] = (),
    item: Item[Entry] | None = None,
    article: Article | None = None,
    tool: str | None = None,
    subscriptions: Iterable[Subscription] = (),
    structured: Iterable[Thing] = (),
    kind: str = "WebPage",
    lists: Iterable[date | None] = (),
    preload: PictureView | None = None,
) -> MadePage:
    """Put a view into its frame. `stand` are the days of everything that the page states; the latest is shown.

    `lists` are those of what it only names: they tell when the page last changed, not how fresh its statements are.
    `structured` are nodes of JSON-LD about what the page shows, `kind` is the page's own type there. `tool` is the
    path below the language's prefix of a page that stands in every language of the interface. `preload` is the picture
    that is to be fetched first.
    """
    days = [day for day in stand if day is not None]
    url = edition.addresses.url(path)
    home = Link(edition.texts.gettext("Home"), site.home_url)
    found = versions(edition, item, tool)
    meta = Meta(
        title=title,
        description=description,
        canonical=edition.addresses.absolute(path),
        url=url,
        nav=navigation(edition, section),
        breadcrumb=(home, *trail, Link(title, url)) if url != site.home_url else (),
        stand=edition.stand(days),
        alternates=alternates(edition, item, found),
        og_type="article" if article is not None else "website",
        language_note=language_note(edition, item),
        hreflangs=hreflangs(edition, found),
        preload=preload,
        simple=simple_version(edition, item, found),
        subscriptions=tuple(subscriptions),
        properties=tuple(properties(edition.language, found, article)),
    )
    if image := share_image(edition, item):
        meta = replace(meta, image=image.url, image_alt=image.alt, image_size=(image.width, image.height))
    modified = max((*days, *(day for day in lists if day is not None)), default=None)
    things = (*page_things(site, meta, edition.addresses, modified, kind), *structured)
    meta = replace(meta, structured=linked_data(things))
    return MadePage(path, template, edition.language, site, meta, view, modified)
