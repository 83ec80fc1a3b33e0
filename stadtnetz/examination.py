"""From files to a plan of pages, with every problem on the way."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from functools import cache

from msgspec import Struct

from stadtnetz.advice import heeded
from stadtnetz.anchors import check_places
from stadtnetz.diagnostics import Diagnostic, Severity, has_errors, in_order
from stadtnetz.groundwork import Design, design_of, network_of, pictures_in
from stadtnetz.history import lost_from_history, lost_from_manifest
from stadtnetz.memory import Memory
from stadtnetz.network.legal import check_legal
from stadtnetz.network.library import Library, load_library
from stadtnetz.network.moments import Moments, moments_of
from stadtnetz.network.network import Network
from stadtnetz.network.operator import check_operator
from stadtnetz.network.references import check_references
from stadtnetz.network.rules import check_rules
from stadtnetz.readings import SiteFile
from stadtnetz.searching import Indexing, last_indexed
from stadtnetz.settings import Progress, Settings
from stadtnetz.site.admin import BUNDLE
from stadtnetz.site.handbook import FOLDER
from stadtnetz.site.old_addresses import check_old_addresses, permalinks, stated_addresses
from stadtnetz.site.plan import Plan, editions_of, make_plan, shards_in
from stadtnetz.source import Sources
from stadtnetz.workshop import Stored

__all__ = ["Examined", "Site", "examine_sources"]


class Site(Struct, frozen=True):
    """Everything that rendering needs; exists only where the plan could be made."""

    network: Network
    plan: Plan
    design: Design
    made: Mapping[str, Stored]
    """Encoded pictures, and previews once they are drawn, by their path in output/."""
    index: Indexing
    """The search index, which may still be in the making; whoever examined for a build ends it."""
    moments: Moments


class Examined(Struct, frozen=True):
    """What was found out without rendering."""

    sources: Sources
    site: Site | None
    diagnostics: tuple[Diagnostic, ...]


def examine_sources(
    settings: Settings,
    sources: Sources,
    problems: tuple[Diagnostic, ...],
    memory: Memory,
    progress: Progress,
    *,
    index_later: bool = False,
) -> Examined:
    """Link, check and plan what was read, with the problems that were met in reading.

    With `index_later`, other processes may still be at work on the search index; whoever asks for its files then is
    told what is wrong with it.
    """
    return _Examination(settings, sources, memory, progress, list(problems)).run(index_later=index_later)


class _Examination(Struct):
    """One examination, and the problems that it has found."""

    settings: Settings
    sources: Sources
    memory: Memory
    progress: Progress
    diagnostics: list[Diagnostic]

    def run(self, *, index_later: bool) -> Examined:
        settings, told = self.settings, self.diagnostics
        library, problems = load_library(self.sources, self.memory, settings.jobs)
        told += problems
        self.progress("check", 0, 1)
        told += check_rules(library, settings.clock)
        design = design_of(settings, library.site, self.sources, self.memory)
        told += design.templates.problems
        if library.site is None:
            told += check_references(library, None)
            return Examined(self.sources, None, in_order(told))
        network = self._network(library, library.site)
        site = self._site(library, network, library.site.fingerprint, design, index_later=index_later)
        return Examined(self.sources, site, in_order(heeded(told, library.site.config.advice_off)))

    def _network(self, library: Library, site: SiteFile) -> Network:
        settings = self.settings
        self.diagnostics += check_operator(site, settings.base_url or site.config.base_url, settings.clock)
        network = network_of(settings, library, site)
        self.diagnostics += check_references(library, network)
        self.diagnostics += check_legal(library, network, site, settings.clock)
        return network

    def _site(
        self, library: Library, network: Network, fingerprint: str, design: Design, *, index_later: bool
    ) -> Site:
        settings, sources, memory, told = self.settings, self.sources, self.memory, self.diagnostics
        self.progress("plan", 0, 1)
        shown = pictures_in(settings, library, network, sources, memory, self.progress)
        told += shown.problems
        moments = moments_of(library, settings.clock.now, drafts=settings.drafts)
        editions = editions_of(network, design.addresses, shown.pictures, fingerprint, moments.rest_since)
        shards = shards_in(editions, last_indexed(memory) if settings.search_later else {})
        besides = {path: file for path, file in sources.files.items() if path.startswith((BUNDLE, FOLDER))}
        with ExitStack() as stack:
            # Begun before there is a plan, since other processes may do it meanwhile.
            index = Indexing(
                () if self._has_errors() else shards.all, memory, aside=index_later and settings.jobs > 1
            )
            stack.callback(index.drop)
            plan, problems = make_plan(editions, shards, besides)
            told += problems
            told += check_old_addresses(library, lambda: plan.live)
            if not has_errors(design.templates.problems):
                told += check_places(network, plan, design.renderer, sources, memory)
            told += _lost_addresses(settings, sources, library, plan, memory)
            if self._has_errors():
                index.drop()
                index = Indexing((), memory)
            elif shards.all:
                self.progress("search", 0, 1)
                told += () if index.is_begun else index.files()[1]
            stack.pop_all()
        return Site(network, plan, design, shown.stored, index, moments)

    def _has_errors(self) -> bool:
        return has_errors(self.diagnostics, strict=self.settings.strict)


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
