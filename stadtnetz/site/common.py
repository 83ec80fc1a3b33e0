"""What all pages of an edition share: names, and the ways that stand on each of them."""

from __future__ import annotations

from stadtnetz.model.page import Layout
from stadtnetz.site.addresses import HANDBOOK
from stadtnetz.site.edition import Edition
from stadtnetz.site.frame import map_link, section_link
from stadtnetz.site.languages import has_home, in_words
from stadtnetz.site.subscriptions import ALL_NEWS, SUBSCRIBE
from stadtnetz.site.views import FEEDBACK, Link, SiteView

__all__ = ["site_view"]


def site_view(edition: Edition) -> SiteView:
    """Return what all pages of an edition share."""
    site = edition.network.site
    title, tagline = edition.site_words
    pages = edition.network.pages
    footer = [edition.link("page", id_) for id_ in site.footer if id_ in pages]
    if site.handbook:
        handbook = edition.addresses.url(HANDBOOK)
        footer.append(Link(edition.texts.gettext("Handbook for editors"), handbook, edition.original_mark))
    footer += [section_link(edition, key) for key in ("network", "topic")]
    return SiteView(
        language=edition.language,
        title=title,
        tagline=tagline,
        home_url=edition.addresses.url(edition.prefix if has_home(edition.network, edition.language) else ""),
        feed_url=edition.addresses.url(ALL_NEWS),
        subscribe_url=edition.addresses.url(
            f"{edition.prefix if in_words(edition.language) else ''}{SUBSCRIBE}"
        ),
        footer=tuple(footer),
        index_url=edition.addresses.url("a-z/"),
        find=_find(edition),
        map=map_link(edition),
        source_repository=site.source_repository or "",
        feedback=_feedback(edition),
        display_panel=site.display_panel,
        lists_language=edition.original_mark,
    )


def _find(edition: Edition) -> Link:
    if not edition.network.site.search:
        return section_link(edition, "index")
    # Pages in plain German share the search of the German ones.
    prefix = edition.prefix if in_words(edition.language) else ""
    mark = "" if in_words(edition.language) else edition.original_mark
    return Link(edition.texts.gettext("Search"), edition.addresses.url(f"{prefix}suche/"), mark)


def _feedback(edition: Edition) -> Link:
    """Return where readers report barriers: the statement, which tells how; else a mailbox; else the imprint."""
    site = edition.network.site
    text = edition.texts.gettext("Report a barrier or a mistake")
    by_layout = {item.entry.layout: item for item in edition.network.pages.values()}
    statement = by_layout.get(Layout.ACCESSIBILITY)
    if statement is not None:
        page = edition.link("page", statement.id)
        return Link(text, f"{page.url}#s-{FEEDBACK}", page.language)
    if mailbox := site.accessibility.email or site.imprint.email:
        return Link(text, f"mailto:{mailbox}")
    imprint = by_layout.get(Layout.IMPRINT)
    if imprint is None:
        return Link("")
    page = edition.link("page", imprint.id)
    return Link(text, page.url, page.language)
