"""From files to a plan of pages, with every problem on the way."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from functools import cache, partial

from msgspec import Struct

from stadtnetz.advice import heeded
from stadtnetz.anchors import check_places
from stadtnetz.diagnostics import Diagnostic, Severity, has_errors, in_order
from stadtnetz.history import lost_from_history, lost_from_manifest
from stadtnetz.memory import Memory
from stadtnetz.network.legal import check_legal
from stadtnetz.network.library import Library, load_library
from stadtnetz.network.moments import Moments, moments_of
from stadtnetz.network.network import Network, connect
from stadtnetz.network.operator import check_operator, usable_languages
from stadtnetz.network.references import check_references
from stadtnetz.network.rules import check_rules
from stadtnetz.pictures import pictures_of
from stadtnetz.render.assets import Assets, load_assets
from stadtnetz.render.known import Templates, look_at
from stadtnetz.render.templates import Compiled, Renderer
from stadtnetz.searching import StoredPiece, index_files, last_indexed
from stadtnetz.settings import STATE, Progress, Settings
from stadtnetz.site.addresses import Addresses
from stadtnetz.site.admin import BUNDLE
from stadtnetz.site.handbook import FOLDER
from stadtnetz.site.old_addresses import check_old_addresses, permalinks, stated_addresses
from stadtnetz.site.pictures import named_pictures
from stadtnetz.site.plan import Plan, make_plan
from stadtnetz.source import Sources
from stadtnetz.workshop import Stored

__all__ = ["FALLBACK_BASE_URL", "Examined", "Site", "examine_sources", "memory_of"]

FALLBACK_BASE_URL = "https://engagierte-stadt.example/"
"""Where nothing says where the site will stand: a reserved name that can't be anybody's (RFC 2606)."""


class Site(Struct, frozen=True):
    """Everything that rendering needs; exists only where the plan could be made."""

    network: Network
    plan: Plan
    renderer: Renderer
    templates: Templates
    assets: Assets
    made: Mapping[str, Stored]
    """Encoded pictures, and previews once they are drawn, by their path in output/."""
    searched: Mapping[str, StoredPiece]
    """The search index by its paths in output/."""
    moments: Moments


class Examined(Struct, frozen=True):
    """What was found out without rendering."""

    sources: Sources
    site: Site | None
    diagnostics: tuple[Diagnostic, ...]


def memory_of(settings: Settings, *, lasting: bool = False) -> Memory:
    """Return what earlier builds remembered; nothing where the settings say so. `lasting` for more than one build."""
    folder = settings.root / STATE if settings.keep_state and not settings.clean else None
    return Memory(folder, lasting=lasting)


def examine_sources(
    settings: Settings,
    sources: Sources,
    problems: tuple[Diagnostic, ...],
    memory: Memory,
    progress: Progress,
) -> Examined:
    """Link, check and plan what was read, with the problems that were met in reading."""
    diagnostics = list(problems)
    library, problems = load_library(sources, memory, settings.jobs)
    diagnostics += problems
    progress("check", 0, 1)
    diagnostics += check_rules(library, settings.clock)
    base_url = settings.base_url or (library.site.config.base_url if library.site else None)
    addresses = Addresses(base_url or FALLBACK_BASE_URL)
    assets = load_assets(sources, addresses.base_path, fingerprints=settings.fingerprints)
    renderer = Renderer(sources, assets, addresses.base_path, memory.lasting("templates", Compiled))
    templates = look_at(sources, assets, renderer, memory)
    diagnostics += templates.problems
    site: Site | None = None
    if library.site is None:
        diagnostics += check_references(library, None)
    else:
        diagnostics += check_operator(library.site, base_url, settings.clock)
        usable = {
            "languages": usable_languages(library.site),
            "search": library.site.config.search and settings.search,
        }
        config = library.site.config.model_copy(update=usable)
        network = connect(library, config, settings.clock, drafts=settings.drafts)
        diagnostics += check_references(library, network)
        diagnostics += check_legal(library, network, library.site, settings.clock)
        progress("plan", 0, 1)
        named = named_pictures(library, network)
        step = partial(progress, "pictures")
        shown = pictures_of(named, sources, memory, settings.jobs, step, quick=settings.quick_pictures)
        diagnostics += shown.problems
        moments = moments_of(library, settings.clock.now, drafts=settings.drafts)
        plan, problems = make_plan(
            network,
            addresses,
            shown.pictures,
            library.site.fingerprint,
            moments.rest_since,
            last_indexed(memory) if settings.search_later else {},
            {path: file for path, file in sources.files.items() if path.startswith((BUNDLE, FOLDER))},
        )
        diagnostics += problems
        diagnostics += check_old_addresses(library, lambda: plan.live)
        if not has_errors(templates.problems):
            diagnostics += check_places(network, plan, renderer, sources, memory)
        diagnostics += _lost_addresses(settings, sources, library, plan, memory)
        searched: Mapping[str, StoredPiece] = {}
        if plan.shards and not has_errors(diagnostics, strict=settings.strict):
            progress("search", 0, 1)
            searched, unsearchable = index_files(plan.shards, memory)
            diagnostics += unsearchable
        site = Site(network, plan, renderer, templates, assets, shown.stored, searched, moments)
    off = library.site.config.advice_off if library.site is not None else ()
    return Examined(sources, site, in_order(heeded(diagnostics, off)))


def _lost_addresses(
    settings: Settings, sources: Sources, library: Library, plan: Plan, memory: Memory
) -> Iterator[Diagnostic]:
    """Report addresses that were published and of which nothing is known any more."""

    @cache
    def known() -> frozenset[str]:
        return frozenset({*plan.live, *permalinks(library, drafts=True), *stated_addresses(library)})

    # An entry that can't be read is there all the same, and its mistakes are reported already.
    unread = {posixpath.basename(one.path).partition(".")[0] for one in library.refused}

    def accounted(address: str) -> bool:
        return address in known() or posixpath.basename(address.rstrip("/")) in unread

    if settings.published is not None:
        yield from lost_from_manifest(settings.published, accounted)
    elif settings.history:
        found = lost_from_history(settings.root, sources, memory, settings.clock, accounted)
        # What could not be found out matters to those who publish, and is told when they ask to be told everything.
        yield from (one for one in found if settings.strict or one.severity is not Severity.ADVICE)
