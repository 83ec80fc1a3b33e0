"""What both a whole build and one of a few pages stand on: the design, the network, the pictures."""

from __future__ import annotations

from functools import partial

from msgspec import Struct

from stadtnetz.memory import Memory
from stadtnetz.network.library import Library
from stadtnetz.network.network import Network, connect
from stadtnetz.network.operator import usable_languages
from stadtnetz.pictures import Shown, pictures_of
from stadtnetz.readings import SiteFile
from stadtnetz.render.assets import Assets, load_assets
from stadtnetz.render.compiled import Compiled
from stadtnetz.render.known import Templates, look_at
from stadtnetz.render.templates import Renderer
from stadtnetz.settings import STATE, Progress, Settings, silent
from stadtnetz.site.addresses import Addresses
from stadtnetz.site.pictures import named_pictures
from stadtnetz.source import Sources

__all__ = ["FALLBACK_BASE_URL", "Design", "design_of", "memory_of", "network_of", "pictures_in"]

FALLBACK_BASE_URL = "https://engagierte-stadt.example/"
"""Where nothing says where the site will stand: a reserved name that can't be anybody's (RFC 2606)."""


class Design(Struct, frozen=True):
    """What gives pages their form: where they stand, their templates and assets."""

    addresses: Addresses
    assets: Assets
    renderer: Renderer
    templates: Templates


def memory_of(settings: Settings, *, lasting: bool = False) -> Memory:
    """Return what earlier builds remembered; nothing where the settings say so. `lasting` for more than one build."""
    folder = settings.root / STATE if settings.keep_state and not settings.clean else None
    return Memory(folder, lasting=lasting)


def design_of(settings: Settings, site: SiteFile | None, sources: Sources, memory: Memory) -> Design:
    """Return the design of a site; what is wrong with its templates is in it."""
    base_url = settings.base_url or (site.config.base_url if site else None)
    addresses = Addresses(base_url or FALLBACK_BASE_URL)
    assets = load_assets(sources, addresses.base_path, fingerprints=settings.fingerprints)
    renderer = Renderer(sources, assets, addresses.base_path, memory.lasting("templates", Compiled))
    return Design(addresses, assets, renderer, look_at(sources, assets, renderer, memory))


def network_of(settings: Settings, library: Library, site: SiteFile) -> Network:
    """Return the network as of the clock's moment, in the languages and with the search that it can have."""
    usable = {"languages": usable_languages(site), "search": site.config.search and settings.search}
    config = site.config.model_copy(update=usable)
    return connect(library, config, settings.clock, drafts=settings.drafts)


def pictures_in(
    settings: Settings,
    library: Library,
    network: Network,
    sources: Sources,
    memory: Memory,
    progress: Progress = silent,
) -> Shown:
    """Return the pictures that entries name."""
    step = partial(progress, "pictures")
    named = named_pictures(library, network)
    return pictures_of(named, sources, memory, settings.jobs, step, quick=settings.quick_pictures)
