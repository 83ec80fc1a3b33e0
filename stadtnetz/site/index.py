"""The site from A to Z, and the page for addresses that don't exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from msgspec.structs import replace

from stadtnetz.diagnostics.catalogue import term
from stadtnetz.site.cards import tandem_title
from stadtnetz.site.edition import Edition, stand_of
from stadtnetz.site.frame import page_for, section_link, sections
from stadtnetz.site.lists import initial
from stadtnetz.site.planning import MadePage, PlannedPage, knowing, planned, planned_from
from stadtnetz.site.structured.pages import page_things
from stadtnetz.site.structured.script import linked_data
from stadtnetz.site.views import IndexView, Link, NotFoundView, SiteView

__all__ = ["index_pages"]

_LISTED = ("city", "partner", "tandem", "topic", "network", "page", "event")
"""Kinds whose entries readers look up by name; news are listed by year."""


def index_pages(edition: Edition, site: SiteView) -> Iterator[PlannedPage]:
    """Yield the A–Z index, 404.html, and 410.html where addresses are gone for good."""
    years = sorted({glance.year for glance in edition.network.glances.values()})
    inputs = (edition.facts.rest, *map(str, years))
    making = partial(knowing, edition, (), (), _index, site, years)
    yield planned_from(edition, inputs, "a-z/", "", making)
    t = edition.texts
    heading = t.gettext("This page does not exist")
    lead = t.gettext("The address may be mistyped, or the page has moved. These ways lead on:")
    yield planned(edition, "404.html", _nothing_there, site, "404.html", heading, lead)
    if edition.network.site.addresses.gone:
        heading = t.gettext("This page is gone")
        lead = t.gettext("It was removed on purpose, and nothing took its place. These ways lead on:")
        yield planned(edition, "410.html", _nothing_there, site, "410.html", heading, lead)


def _index(edition: Edition, site: SiteView, years: Iterable[int]) -> MadePage:
    t = edition.texts
    network = edition.network
    found: list[tuple[Link, str]] = []
    days = []
    for kind in _LISTED:
        for id_, item in network.items[kind].items():
            days.append(stand_of(item))
            name = tandem_title(edition, id_) if kind == "tandem" else edition.name(item)
            found.append((Link(name, edition.url_of(kind, id_)), term(kind, t.language)))
    found += _overviews(edition, years)
    found.sort(key=lambda entry: (edition.texts.sort_key(entry[0].text), entry[1]))
    by_letter: dict[str, list[tuple[Link, str]]] = {}
    for link, kind in found:
        by_letter.setdefault(initial(edition, link.text), []).append((link, kind))
    view = IndexView(
        heading=t.gettext("A to Z"),
        lead=t.gettext(
            "Places, partners, tandems, topics, events and pages in alphabetical order, and the news by year."
        ),
        jumps=tuple(Link(letter, f"#s-{_anchor(letter)}") for letter in by_letter),
        groups=tuple((letter, tuple(entries)) for letter, entries in by_letter.items()),
    )
    return page_for(
        edition,
        site,
        path="a-z/",
        template="index.html",
        view=view,
        title=view.heading,
        description=view.lead,
        section="index",
        stand=days,
        kind="CollectionPage",
    )


def _overviews(edition: Edition, years: Iterable[int]) -> Iterator[tuple[Link, str]]:
    """Yield the lists of each section, and of the news of each year: so nothing is out of reach from here."""
    t = edition.texts
    for section in sections(edition):
        if section.key != "index":
            yield section_link(edition, section.key), t.gettext("overview")
    for year in years:
        url = edition.addresses.url(f"aktuelles/{year}/")
        yield Link(t.gettext("News from %(year)s", year=str(year)), url), t.gettext("overview")


def _anchor(letter: str) -> str:
    return letter.lower() if letter != "#" else "ziffern"


def _nothing_there(edition: Edition, site: SiteView, file: str, heading: str, lead: str) -> MadePage:
    links = [section_link(edition, section.key) for section in sections(edition)]
    view = NotFoundView(
        heading=heading,
        lead=lead,
        links=(Link(edition.texts.gettext("Home"), site.home_url), *links),
    )
    page = page_for(
        edition,
        site,
        path=file,
        template="404.html",
        view=view,
        title=view.heading,
        description=view.lead,
        section="",
    )
    # It is shown at any address and has none of its own.
    meta = replace(page.meta, canonical="", breadcrumb=())
    meta = replace(meta, structured=linked_data(page_things(site, meta, edition.addresses, None, "WebPage")))
    return replace(page, meta=meta, in_sitemap=False)
