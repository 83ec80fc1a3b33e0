"""The frame of every page: navigation, breadcrumb, languages, "Stand", footer; and the record of a planned page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Concatenate, ParamSpec

from stadtnetz.fingerprint import Fingerprints
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
from stadtnetz.site.pictures import shown_pictures
from stadtnetz.site.previews import share_image
from stadtnetz.site.structured.pages import Article, page_things, properties
from stadtnetz.site.structured.script import Thing, linked_data
from stadtnetz.site.views import Link, Meta, NavItem, PictureView, SiteView, Subscription

__all__ = [
    "MAP_PATH",
    "MadePage",
    "PlannedPage",
    "Section",
    "knowing",
    "map_link",
    "news_named",
    "page_for",
    "pictures_of",
    "planned",
    "planned_about",
    "planned_from",
    "planned_knowing",
    "planned_text",
    "section_link",
    "sections",
]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the site with a list of its own."""

    key: str
    path: str
    label: str


@dataclass(frozen=True, slots=True)
class MadePage:
    """A page that is ready to be rendered: by which template, with which frozen values.

    `modified` is the day of its last change of content.
    """

    path: str
    template: str
    language: str
    site: SiteView
    meta: Meta
    view: object
    modified: date | None = None
    in_sitemap: bool = True


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page that output/ will have: where, and what it is made from.

    As long as `inputs` are the same, `make` gives the same page, so that it need not be made again to know that
    nothing about it changed. `origin` is the content file that it comes from, "" for lists.
    """

    path: str
    language: str
    inputs: tuple[str, ...]
    make: Callable[[], MadePage]
    origin: str = ""

    @property
    def file(self) -> str:
        """Return the file in output/."""
        return self.path if self.path.endswith(".html") else f"{self.path}index.html"


P = ParamSpec("P")


def planned(
    edition: Edition,
    path: str,
    make: Callable[Concatenate[Edition, P], MadePage],
    *args: P.args,
    **more: P.kwargs,
) -> PlannedPage:
    """Plan a page that is made from the facts of the whole network but its news, without any long text."""
    making = partial(knowing, edition, (), make, *args, **more)
    return planned_from(edition, (edition.facts.rest,), path, "", making)


def planned_text(
    edition: Edition,
    path: str,
    items: Iterable[Item[Entry]],
    origin: str,
    make: Callable[Concatenate[Edition, P], MadePage],
    *args: P.args,
    **more: P.kwargs,
) -> PlannedPage:
    """Plan a page that is made from the facts of the whole network, and shows the long texts of these entries."""
    shown = tuple(items)
    inputs = (edition.facts.whole, *(text for item in shown for text in item.texts))
    making = partial(make, edition.showing(shown), *args, **more)
    return planned_from(edition, inputs, path, origin, making)


def planned_about(
    edition: Edition,
    path: str,
    item: Item[Entry],
    make: Callable[Concatenate[Edition, P], MadePage],
    *args: P.args,
    **more: P.kwargs,
) -> PlannedPage:
    """Plan the page of an entry. It shows its long text, and of news those alone that name it or are named by it."""
    known = edition.network.related(item.kind, item.id, "news")
    return planned_knowing(edition, path, [item], known, item.path, make, *args, **more)


def planned_knowing(
    edition: Edition,
    path: str,
    items: Iterable[Item[Entry]],
    news: Iterable[str],
    origin: str,
    make: Callable[Concatenate[Edition, P], MadePage],
    *args: P.args,
    **more: P.kwargs,
) -> PlannedPage:
    """Plan a page that shows the long texts of these entries, and no news but these and those that the texts name."""
    shown = tuple(items)
    ids = tuple(dict.fromkeys([*news, *(id_ for item in shown for id_ in news_named(item))]))
    known = [edition.network.news[id_] for id_ in ids if id_ in edition.network.news]
    inputs = (
        edition.facts.rest,
        *(text for item in shown for text in item.texts),
        *(fact for one in known for fact in one.facts),
        *pictures_of(edition, known),
    )
    making = partial(knowing, edition.showing(shown), ids, make, *args, **more)
    return planned_from(edition, inputs, path, origin, making)


def pictures_of(edition: Edition, items: Iterable[Item[Entry]]) -> tuple[str, ...]:
    """Return what stands for the pictures that entries show; most show none."""
    shown = [found for item in items if (found := shown_pictures(item, edition.pictures))]
    return (Fingerprints().of(*shown),) if shown else ()


def news_named(item: Item[Entry]) -> Iterator[str]:
    """Yield the news that an entry's long texts link to."""
    for text, _ in item.all_texts:
        yield from (id_ for kind, id_ in text.targets if kind == "news")


def knowing(
    edition: Edition,
    ids: Iterable[str],
    make: Callable[Concatenate[Edition, P], MadePage],
    *args: P.args,
    **more: P.kwargs,
) -> MadePage:
    """Make a page of an edition that has no other news than these."""
    return make(edition.with_news(ids), *args, **more)


def planned_from(
    edition: Edition, inputs: tuple[str, ...], path: str, origin: str, make: Callable[[], MadePage]
) -> PlannedPage:
    """Plan a page that is made from these inputs alone; the edition that `make` knows must hold nothing else."""
    return PlannedPage(path, edition.language, (edition.language, path, *inputs), make, origin)


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
