"""The frame of every page: navigation, breadcrumb, languages, "Stand", footer; and the record of a planned page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from stadtnetz.model.shared import Entry
from stadtnetz.model.site_config import SiteTexts
from stadtnetz.network.library import Item
from stadtnetz.site.addresses import HOME, PREFIXES, permalink
from stadtnetz.site.edition import Edition, has_edition, translation_of
from stadtnetz.site.views import Alternate, Link, Meta, NavItem, SiteView

__all__ = ["PlannedPage", "Section", "page_for", "section_link", "sections", "site_view"]

LANGUAGE_NAMES = {"de": "Deutsch", "en": "English", "de-simple": "Einfache Sprache"}


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the site with a list of its own."""

    key: str
    path: str
    label: str


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page that output/ will have: where, by which template, with which frozen values.

    `origin` is the content file that it comes from, "" for lists; `modified` the day of its last change of content.
    """

    path: str
    template: str
    language: str
    site: SiteView
    meta: Meta
    view: object
    origin: str = ""
    modified: date | None = None
    in_sitemap: bool = True

    @property
    def file(self) -> str:
        """Return the file in output/."""
        return self.path if self.path.endswith(".html") else f"{self.path}index.html"


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


_IN_NAVIGATION = ("city", "tandem", "partner", "news", "event")


def section_link(edition: Edition, key: str) -> Link:
    """Return a link to a section's list."""
    section = next(section for section in sections(edition) if section.key == key)
    return Link(section.label, edition.addresses.url(section.path))


def site_view(edition: Edition) -> SiteView:
    """Return what all pages of an edition share."""
    site = edition.network.site
    words = site.translations.get(edition.language, SiteTexts())
    t = edition.texts
    pages = edition.network.pages
    footer = [edition.link("page", id_) for id_ in site.footer if id_ in pages]
    small = [section for section in sections(edition) if section.key in ("network", "topic")]
    footer += [Link(section.label, edition.addresses.url(section.path)) for section in small]
    home = pages.get(HOME)
    feedback_to = site.accessibility.email or site.imprint.email
    feedback_page = edition.url_of("page", "barrierefreiheit") or edition.url_of("page", "impressum")
    return SiteView(
        language=edition.language.partition("-")[0],
        title=words.title or site.title,
        tagline=words.tagline or site.tagline,
        home_url=edition.addresses.url(
            edition.prefix if home and has_edition(edition.network, home, edition.language) else ""
        ),
        feed_url=edition.addresses.url("feed.xml"),
        footer=tuple(footer),
        index_url=edition.addresses.url("a-z/"),
        source_repository=site.source_repository or "",
        feedback=Link(
            t.gettext("Report a barrier or a mistake"),
            f"mailto:{feedback_to}" if feedback_to else feedback_page,
        ),
    )


def navigation(edition: Edition, current: str) -> tuple[NavItem, ...]:
    """Return the main navigation; `current` is a section's key or a page's id."""
    fixed = [
        NavItem(section.label, edition.addresses.url(section.path), section.key == current)
        for section in sections(edition)
        if section.key in _IN_NAVIGATION
    ]
    links = (
        (id_, edition.link("page", id_))
        for id_ in edition.network.site.navigation
        if id_ in edition.network.pages
    )
    return (*fixed, *(NavItem(link.text, link.url, id_ == current) for id_, link in links))


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
    og_type: str = "website",
) -> PlannedPage:
    """Put a view into its frame. `stand` are the days of everything that the page states; the latest is shown."""
    days = [day for day in stand if day is not None]
    url = edition.addresses.url(path)
    home = Link(edition.texts.gettext("Home"), site.home_url)
    meta = Meta(
        title=title,
        description=description,
        canonical=edition.addresses.absolute(path),
        url=url,
        nav=navigation(edition, section),
        breadcrumb=(home, *trail, Link(title, url)) if url != site.home_url else (),
        stand=edition.stand(days),
        alternates=_alternates(edition, item),
        og_type=og_type,
        language_note=_language_note(edition, item),
    )
    return PlannedPage(
        path=path,
        template=template,
        language=edition.language,
        site=site,
        meta=meta,
        view=view,
        origin=item.path if item is not None else "",
        modified=max(days, default=None),
    )


def _alternates(edition: Edition, item: Item[Entry] | None) -> tuple[Alternate, ...]:
    path = permalink(item) if item is not None else None
    if item is None or path is None:
        return ()
    others = [
        language
        for language in edition.network.site.languages
        if language != edition.language and has_edition(edition.network, item, language)
    ]
    main = edition.network.site.languages[0]
    found = []
    for language in others:
        place = ("" if language == main else PREFIXES[language]) + path
        found.append(
            Alternate(
                language,
                LANGUAGE_NAMES[language],
                edition.addresses.url(place),
                edition.addresses.absolute(place),
            )
        )
    return tuple(found)


def _language_note(edition: Edition, item: Item[Entry] | None) -> str:
    """Say what a simple text is: Leichte Sprache only where somebody has tested it."""
    if item is None or edition.language != "de-simple":
        return ""
    translated = translation_of(edition.network, item, edition.language)
    tested_by = translated.texts.reviewed_by if translated is not None else None
    return f"Leichte Sprache, geprüft von {tested_by}" if tested_by else "Einfache Sprache"
