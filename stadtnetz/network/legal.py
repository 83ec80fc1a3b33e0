"""What the law asks of the site as a whole and of single statements, as far as a program can see it.

Warnings, and so errors with --strict, which is what a site is deployed with: an unfinished site can be looked at, but
it can't go live. Whether what stands there is true is for the operator to answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stadtnetz.clock import Clock
from stadtnetz.diagnostics import Diagnostic, problem
from stadtnetz.model.news import News
from stadtnetz.model.page import Layout
from stadtnetz.model.shared import Entry
from stadtnetz.network.library import Item, Library
from stadtnetz.network.network import Network
from stadtnetz.network.references import placed_pictures
from stadtnetz.network.standins import says_nothing
from stadtnetz.readings import SiteFile

__all__ = ["LEGAL_LAYOUTS", "check_legal"]

LEGAL_LAYOUTS = {
    Layout.IMPRINT: "impressum",
    Layout.PRIVACY: "datenschutz",
    Layout.ACCESSIBILITY: "barrierefreiheit",
}
"""Pages that a site must have, with their usual ids: § 5 DDG, Art. 13 GDPR, Directive (EU) 2016/2102 Art. 7."""

_POSTCODE = re.compile(r"(?<!\d)\d{5}(?!\d)")
_POST_BOX = re.compile(r"\b(?:post(?:lager|fach|schlie(?:ß|ss)fach)|p\.? ?o\.? ?box)\b", re.IGNORECASE)
_STREET = re.compile(
    r"\b[A-U] ?\d{1,2}, ?\d|[^\W\d_]{2,}[^\W\d_.)]*[.)]?,? \d{1,4} ?[a-z]?(?:\b|$)", re.IGNORECASE
)
"""A street with a number; or a square of Mannheim, where streets have letters ("E 5, 1")."""
_ADDRESSES = (("imprint", "address"), ("responsible", "address"))


def check_legal(library: Library, network: Network, site: SiteFile, clock: Clock) -> Iterator[Diagnostic]:
    """Report pages that the law demands, addresses where nothing can be served, and names that name nobody."""
    yield from _check_pages(network, site)
    for section, field in _ADDRESSES:
        address = getattr(getattr(site.config, section), field)
        if address is not None and not says_nothing(address) and not _can_be_served(address):
            span = site.spans.value((section, field))
            yield problem("address-incomplete", "site.yaml", span, section=section, value=address)
    assessed = site.config.accessibility.assessed
    if assessed is not None and not clock.reached(assessed):
        span = site.spans.value(("accessibility", "assessed"))
        yield problem("statement-future", "site.yaml", span, date=str(assessed))
    for item in library.all_items():
        yield from _check_names(item)


def _check_pages(network: Network, site: SiteFile) -> Iterator[Diagnostic]:
    """Report legal pages that nobody can see, or that no page of the site leads to."""
    linked = {*site.config.footer, *site.config.navigation}
    for layout, usual in LEGAL_LAYOUTS.items():
        pages = [id_ for id_, item in network.pages.items() if item.entry.layout is layout]
        span = site.spans.key(("footer",))
        if not pages:
            yield problem(
                "legal-page-missing", "site.yaml", span, page=layout.label_de, layout=layout, id=usual
            )
        elif linked.isdisjoint(pages):
            yield problem("legal-page-unlinked", "site.yaml", span, page=pages[0])


def _can_be_served(address: str) -> bool:
    """Tell whether a text has a postcode and a house number: a post box alone is no address for a summons."""
    without_boxes = ", ".join(part for part in re.split(r"[,;\n]", address) if not _POST_BOX.search(part))
    street = _STREET.search(_POSTCODE.sub("", without_boxes))
    return _POSTCODE.search(address) is not None and street is not None


def _check_names(item: Item[Entry]) -> Iterator[Diagnostic]:
    """Report names that the law asks for and that are only stood in for."""
    for place, picture in placed_pictures(item.entry):
        if says_nothing(picture.credit):
            span = item.spans.value((*place, "credit"))
            yield problem("credit-empty", item.path, span, value=picture.credit, file=picture.file)
    if isinstance(item.entry, News) and item.entry.responsible and says_nothing(item.entry.responsible):
        span = item.spans.value(("responsible",))
        yield problem("responsible-empty", item.path, span, value=item.entry.responsible)
