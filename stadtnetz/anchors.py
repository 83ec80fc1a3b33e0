"""Links to a place inside another page: the place must be there, on the page as readers get it.

What has an id is known only once a page is rendered. Few links name a place, so the pages that they lead to are
rendered for it, and their ids are remembered by what the pages are made from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from urllib.parse import unquote

from stadtnetz.diagnostics import Diagnostic, problem
from stadtnetz.diagnostics.suggest import nearest
from stadtnetz.fingerprint import of_bytes, of_program
from stadtnetz.memory import Memory
from stadtnetz.network.library import Item
from stadtnetz.network.network import Network
from stadtnetz.render.templates import TEMPLATES_FOLDER, Renderer, TemplateFailure
from stadtnetz.site.addresses import PREFIXES, permalink
from stadtnetz.site.edition import has_edition
from stadtnetz.site.plan import Plan
from stadtnetz.site.planning import PlannedPage
from stadtnetz.source import Sources
from stadtnetz.text.body import BodyReference

__all__ = ["check_places", "places_named"]

_ID = re.compile(r'<[a-z][^>]*?\sid="([^"]*)"')


def check_places(
    network: Network, plan: Plan, renderer: Renderer, sources: Sources, memory: Memory
) -> Iterator[Diagnostic]:
    """Report links to a place that the page they lead to does not have."""
    pages = {page.path: page for page in plan.pages}
    templates = [file.digest for path, file in sources.files.items() if path.startswith(TEMPLATES_FOLDER)]
    ids = _Ids(renderer, memory, templates)
    for by_id in network.items.values():
        for item in by_id.values():
            for text, path in item.all_texts:
                if not any(kind == "place" for kind, _ in text.targets):
                    continue
                language = _language(item, path)
                for reference in text.body.references:
                    page = pages.get(_leads_to(reference, network, language)) if reference.fragment else None
                    known = frozenset() if page is None else ids.of(page)
                    if known and unquote(reference.fragment) not in known:
                        yield problem(
                            "place-unknown",
                            path,
                            reference.span,
                            address=f"/{page.path}" if page else "",
                            id=reference.fragment,
                            suggestion=nearest(reference.fragment, known),
                        )


def places_named(network: Network) -> tuple[str, ...]:
    """Return the places inside pages that long texts link to, as `ShortText.targets` has them."""
    texts = (
        text for by_id in network.items.values() for item in by_id.values() for text, _ in item.all_texts
    )
    return tuple(sorted({id_ for text in texts for kind, id_ in text.targets if kind == "place"}))


def _language(item: Item, path: str) -> str:  # type: ignore[type-arg]
    """Return the language of a text of an entry, "" for the first one."""
    return next((language for language, one in item.translations.items() if one.path == path), "")


def _leads_to(reference: BodyReference, network: Network, language: str) -> str:
    """Return the address below the site's root that a link leads to; see `Edition.prose`."""
    if reference.kind == "path":
        return unquote(reference.id).removeprefix("/")
    item = network.items.get(reference.kind, {}).get(reference.id)
    path = None if item is None else permalink(item)
    if item is None or path is None:
        return "\0"
    translated = language in PREFIXES and has_edition(network, item, language)
    return (PREFIXES[language] if translated else "") + path


class _Ids:
    """The ids on pages."""

    def __init__(self, renderer: Renderer, memory: Memory, templates: list[str]) -> None:
        self._renderer = renderer
        self._memory = memory
        self._templates = templates
        self._known: dict[str, frozenset[str]] = {}

    def of(self, page: PlannedPage) -> frozenset[str]:
        """Return a page's ids; none where its template fails, which is reported elsewhere."""
        if page.path not in self._known:
            self._known[page.path] = self._remembered(page)
        return self._known[page.path]

    def _remembered(self, page: PlannedPage) -> frozenset[str]:
        key = of_bytes(
            repr(("ids", of_program(), self._templates, page.inputs())).encode("utf-8", "surrogatepass")
        )
        try:
            return frozenset(str(one) for one in json.loads(self._memory.short(key) or b"null"))
        except (ValueError, TypeError):
            pass  # not known yet, or not as it was written
        made = page.make()
        context: Mapping[str, object] = {"site": made.site, "meta": made.meta, "page": made.view}
        try:
            html = self._renderer.render(made.template, page.language, context)
        except TemplateFailure:
            return frozenset()
        found = frozenset(unescape(one) for one in _ID.findall(html))
        self._memory.put(key, json.dumps(sorted(found)).encode(), b"")
        return found
