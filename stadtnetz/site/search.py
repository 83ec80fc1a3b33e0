"""The search page. It shows what it leads to without JavaScript as well: the site from A to Z."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from stadtnetz.diagnostics.catalogue import term
from stadtnetz.model.city import State
from stadtnetz.site.edition import Edition
from stadtnetz.site.findable import Shard
from stadtnetz.site.frame import page_for, section_link
from stadtnetz.site.planning import MadePage, PlannedPage, planned_from
from stadtnetz.site.security import SEARCHING_POLICY
from stadtnetz.site.views import Engine, SearchFacet, SearchView, SiteView

__all__ = ["SEARCH", "search_pages"]

SEARCH = "suche/"
"""Where the page stands below each language's prefix."""

_WAYS = ("index", "city", "partner", "tandem", "news", "event")


def search_pages(edition: Edition, site: SiteView, shards: Sequence[Shard]) -> Iterator[PlannedPage]:
    """Yield the page; its inputs are what the index holds, and what the frame shows of entries."""
    path = edition.prefix + SEARCH
    inputs = (edition.facts.rest, *(f"{shard.name} {shard.key} {shard.stand}" for shard in shards))
    yield planned_from(edition, inputs, path, "", partial(_search, edition, site, path, shards))


def _search(edition: Edition, site: SiteView, path: str, shards: Sequence[Shard]) -> MadePage:
    t = edition.texts
    engines = _engines(edition, shards)
    if engines:
        lead = t.gettext("Places, partners, tandems, news, events and pages by any word that stands on them.")
    else:
        lead = t.gettext("This site has no full-text search. These ways lead to everything on it:")
    view = SearchView(
        heading=t.gettext("Search"),
        lead=lead,
        engines=engines,
        facets=_facets(edition, shards) if engines else (),
        ways=tuple(section_link(edition, key) for key in _WAYS),
    )
    page = page_for(
        edition,
        site,
        path=path,
        template="search.html",
        view=view,
        title=view.heading,
        description=lead,
        section="search",
        stand=[shard.stand for shard in shards],
        tool=SEARCH,
    )
    return replace(page, meta=replace(page.meta, policy=SEARCHING_POLICY)) if engines else page


def _engines(edition: Edition, shards: Sequence[Shard]) -> tuple[Engine, ...]:
    """Return the indexes to search: the page's own language first, then the main one, which has the most."""
    main = edition.network.site.languages[0].partition("-")[0]
    wanted = dict.fromkeys((edition.texts.language, main))
    found = ((one, [shard for shard in shards if shard.language == one]) for one in wanted)
    return tuple(
        Engine(language, tuple(edition.addresses.url(shard.folder) for shard in parts))
        for language, parts in found
        if parts
    )


def _facets(edition: Edition, shards: Sequence[Shard]) -> tuple[SearchFacet, ...]:
    """Return the ways to narrow the results, with every value that occurs."""
    t = edition.texts
    found = [one for shard in shards for one in shard.found]
    kinds = {_capital(term(one.kind, t.language)): one.kind for one in found}
    present = {state for one in found for state in one.states}
    states = {state.label(t.language): str(state) for state in State if str(state) in present}
    years = sorted({one.date[:4] for one in found if one.date}, reverse=True)
    facets = (
        SearchFacet("kind", t.gettext("Kind"), t.gettext("all kinds"), _sorted(edition, kinds)),
        SearchFacet("state", t.gettext("State"), t.gettext("all states"), _sorted(edition, states)),
        SearchFacet("year", t.gettext("Year"), t.gettext("all years"), tuple((one, one) for one in years)),
    )
    return tuple(facet for facet in facets if facet.values)


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _sorted(edition: Edition, keys: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Return keys with their labels, by label."""
    return tuple((keys[label], label) for label in sorted(keys, key=edition.texts.sort_key))
