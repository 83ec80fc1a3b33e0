"""What is said of every page: the site, the page itself, the way to it; and the properties of Open Graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from stadtnetz.clock import BERLIN
from stadtnetz.dates import PartialDate
from stadtnetz.site.addresses import Addresses
from stadtnetz.site.structured.script import Thing, filled
from stadtnetz.site.views import Link, Meta, SiteView

__all__ = ["Article", "iso", "page_things", "properties"]

_LOCALES = {"de": "de_DE", "en": "en_GB", "de-simple": "de_DE"}


class Article(Struct, frozen=True):
    """What Open Graph wants to know of an article besides (https://ogp.me/#type_article)."""

    published: str
    modified: str
    section: str
    tags: tuple[str, ...] = ()


def iso(moment: PartialDate) -> str:
    """Write a date as precisely as it is known; one with a time has its offset in Europe/Berlin."""
    return moment.starts(BERLIN).isoformat() if moment.time is not None else str(moment)


def page_things(
    site: SiteView, meta: Meta, addresses: Addresses, modified: date | None, kind: str
) -> Iterator[Thing]:
    """Yield the site, and for a page with an address of its own the page and the way to it.

    `kind` is the type of the page in the vocabulary, "WebPage" where there is no better one.
    """
    home = addresses.whole(site.home_url)
    yield filled(
        {
            "@type": "WebSite",
            "@id": f"{home}#website",
            "name": site.title,
            "description": site.tagline,
            "url": home,
            "inLanguage": site.language,
        }
    )
    if not meta.canonical:
        return
    yield filled(
        {
            "@type": kind,
            "@id": f"{meta.canonical}#page",
            "name": meta.title,
            "description": meta.description,
            "url": meta.canonical,
            "inLanguage": site.language,
            "isPartOf": {"@id": f"{home}#website"},
            "dateModified": modified.isoformat() if modified is not None else "",
        }
    )
    if meta.breadcrumb:
        yield {"@type": "BreadcrumbList", "itemListElement": list(_steps(meta.breadcrumb, addresses))}


def _steps(trail: Iterable[Link], addresses: Addresses) -> Iterator[Thing]:
    for number, step in enumerate(trail, start=1):
        item = addresses.whole(step.url) if step.url else ""
        yield filled({"@type": "ListItem", "position": number, "name": step.text, "item": item})


def properties(language: str, others: Iterable[str], article: Article | None) -> Iterator[tuple[str, str]]:
    """Yield the language of a page, those in which there is another version of it, and what an article has."""
    own = _LOCALES[language]
    yield "og:locale", own
    for locale in sorted({_LOCALES[other] for other in others} - {own}):
        yield "og:locale:alternate", locale
    if article is not None:
        yield "article:published_time", article.published
        if article.modified:
            yield "article:modified_time", article.modified
        yield "article:section", article.section
        for tag in article.tags:
            yield "article:tag", tag
