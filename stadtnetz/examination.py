"""From files to a plan of pages, with every problem on the way."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from stadtnetz.diagnostics import Diagnostic, in_order, problem
from stadtnetz.fingerprint import digest, of_program
from stadtnetz.memory import Memory
from stadtnetz.network.files import PICTURE_ENDINGS
from stadtnetz.network.library import Library, load_library
from stadtnetz.network.moments import Moments, moments_of
from stadtnetz.network.network import Network, connect
from stadtnetz.network.operator import check_operator, usable_languages
from stadtnetz.network.references import check_references
from stadtnetz.network.rules import check_rules
from stadtnetz.render.assets import Assets, load_assets
from stadtnetz.render.known import Templates, look_at
from stadtnetz.render.templates import Renderer
from stadtnetz.settings import STATE, Progress, Settings
from stadtnetz.site.addresses import Addresses
from stadtnetz.site.pictures import PictureFile, Pictures, named_pictures
from stadtnetz.site.plan import Plan, make_plan
from stadtnetz.source import SourceFile, Sources

__all__ = ["Examined", "Site", "StoredPicture", "examine_sources", "memory_of"]

FALLBACK_BASE_URL = "https://engagierte-stadt.example/"
"""Where nothing says where the site will stand: a reserved name that can't be anybody's (RFC 2606)."""


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """An encoded picture: the digest of its bytes, and the key under which the memory has them."""

    digest: str
    key: str


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that rendering needs; exists only where the plan could be made."""

    network: Network
    plan: Plan
    renderer: Renderer
    templates: Templates
    assets: Assets
    pictures: Mapping[str, StoredPicture]
    """Encoded pictures by their path in output/."""
    moments: Moments


@dataclass(frozen=True, slots=True)
class Examined:
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
    renderer = Renderer(sources, assets, addresses.base_path)
    templates = look_at(sources, assets, renderer, memory)
    diagnostics += templates.problems
    site: Site | None = None
    if library.site is None:
        diagnostics += check_references(library, None)
    else:
        diagnostics += check_operator(library.site, base_url, settings.clock)
        config = library.site.config.model_copy(update={"languages": usable_languages(library.site)})
        network = connect(library, config, settings.clock, drafts=settings.drafts)
        diagnostics += check_references(library, network)
        progress("plan", 0, 1)
        pictures, stored, broken = _pictures(library, network, sources, memory)
        diagnostics += broken
        moments = moments_of(library, settings.clock.now, drafts=settings.drafts)
        plan, problems = make_plan(network, addresses, pictures, library.site.fingerprint, moments.rest_since)
        diagnostics += problems
        site = Site(network, plan, renderer, templates, assets, stored, moments)
    return Examined(sources, site, in_order(diagnostics))


def _pictures(
    library: Library, network: Network, sources: Sources, memory: Memory
) -> tuple[Pictures, dict[str, StoredPicture], list[Diagnostic]]:
    """Encode every picture that an entry names; only those that may be seen are part of the site."""
    pictures: dict[str, PictureFile] = {}
    stored: dict[str, StoredPicture] = {}
    diagnostics: list[Diagnostic] = []
    for one in named_pictures(library, network):
        file = sources.files.get(one.source)
        if file is None or one.source in pictures or not one.source.lower().endswith(PICTURE_ENDINGS):
            continue  # reported by check_references, or done
        encoded = _encoded(file, memory)
        name = one.source.rpartition("/")[2]
        match encoded:
            case {"refused": str(code), "width": int(width), "height": int(height)}:
                diagnostics.append(
                    problem(code, one.named_in, one.span, file=name, width=width, height=height)
                )
            case {"ending": str(ending), "width": int(width), "height": int(height), "digest": str(bytes_)}:
                if one.shown:
                    path = f"bilder/{name.rpartition('.')[0]}.{file.digest[:8]}{ending}"
                    pictures[one.source] = PictureFile(path, width, height)
                    stored[path] = StoredPicture(bytes_, _picture_key(file))
    return pictures, stored, diagnostics


def _picture_key(file: SourceFile) -> str:
    return digest(f"picture {of_program()} {file.digest}".encode())


def _encoded(file: SourceFile, memory: Memory) -> dict[str, object]:
    """Return what is known of an encoded picture, or of why it can't be shown; its bytes are in the memory."""
    key = _picture_key(file)
    try:
        known = json.loads(memory.short(key) or b"null")
    except ValueError:
        known = None
    if isinstance(known, dict):
        return known
    # Pillow takes a tenth of a second to import: only where there are new pictures.
    from stadtnetz.render.images import PictureError, encode

    try:
        picture = encode(file.data)
    except PictureError as error:
        found: dict[str, object] = {"refused": error.code, "width": error.width, "height": error.height}
        data = b""
    else:
        data = picture.data
        found = {
            "ending": picture.ending,
            "width": picture.width,
            "height": picture.height,
            "digest": digest(data),
        }
    memory.put(key, json.dumps(found).encode(), data)
    return found
