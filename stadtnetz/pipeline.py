"""The whole way from files to files, as a list of steps. Whoever has read this has read the architecture.

disk → source → model → network → pages → render → output

`examine` goes as far as the plan and finds every problem on the way; `build` renders the plan and publishes it.
Nothing is published when there is an error: the old output/ stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from stadtnetz.clock import Clock
from stadtnetz.diagnostics import Diagnostic, has_errors, in_order, problem
from stadtnetz.fingerprint import digest
from stadtnetz.incremental import Keys, Rendered, render_stale, work_of
from stadtnetz.network.files import PICTURE_ENDINGS
from stadtnetz.network.library import Library, load_library
from stadtnetz.network.moments import valid_until
from stadtnetz.network.network import Network, connect
from stadtnetz.network.operator import check_operator, usable_languages
from stadtnetz.network.references import check_references
from stadtnetz.network.rules import check_rules
from stadtnetz.output.disk import Disk
from stadtnetz.output.ledger import Ledger, load_ledger, save_ledger
from stadtnetz.output.publish import Published, PublishError, publish
from stadtnetz.render.assets import Assets, load_assets
from stadtnetz.render.templates import Renderer
from stadtnetz.site.addresses import Addresses
from stadtnetz.site.pictures import PictureFile, Pictures, named_pictures
from stadtnetz.site.plan import Plan, make_plan
from stadtnetz.source import Sources, read_sources

__all__ = ["Built", "Examined", "Progress", "Settings", "build", "examine"]

FALLBACK_BASE_URL = "https://engagierte-stadt.example/"
"""Where nothing says where the site will stand: a reserved name that can't be anybody's (RFC 2606)."""

Progress = Callable[[str, int, int], None]
"""Told the step's name, how much of it is done and how much there is."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the command line decides. `base_url` overrides site.yaml."""

    root: Path
    clock: Clock
    base_url: str | None = None
    drafts: bool = False
    strict: bool = False
    clean: bool = False
    """Render everything, whatever is known of earlier builds."""
    keep_state: bool = True
    """Remember the build in .build/."""


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that rendering needs; exists only where the plan could be made."""

    network: Network
    plan: Plan
    renderer: Renderer
    assets: Assets
    pictures: dict[str, bytes]
    """Encoded pictures by their path in output/."""
    valid_until: datetime | None


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found out without rendering."""

    sources: Sources
    site: Site | None
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Built:
    """The end of a build; `published` is None where errors kept it from output/."""

    examined: Examined
    diagnostics: tuple[Diagnostic, ...]
    published: Published | None
    pages: int = 0
    files: int = 0
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Why each file that was rendered was: new, key or bytes."""
    state: str = ""
    """Why nothing was known of an earlier build, "" where something was."""


def _silent(step: str, done: int, total: int) -> None:
    """Report progress to nobody."""


def examine(settings: Settings, progress: Progress = _silent) -> Examined:
    """Read, link, check and plan. Every problem of the content, the templates and site.yaml is reported."""
    progress("read", 0, 1)
    sources, problems = read_sources(settings.root)
    diagnostics = list(problems)
    library, problems = load_library(sources)
    diagnostics += problems
    progress("check", 0, 1)
    diagnostics += check_rules(library, settings.clock)
    base_url = settings.base_url or (library.site.config.base_url if library.site else None)
    addresses = Addresses(base_url or FALLBACK_BASE_URL)
    assets = load_assets(sources, addresses.base_path)
    renderer = Renderer(sources, assets, addresses.base_path)
    diagnostics += renderer.check()
    site: Site | None = None
    if library.site is None:
        diagnostics += check_references(library, None)
    else:
        diagnostics += check_operator(library.site, base_url, settings.clock)
        config = library.site.config.model_copy(update={"languages": usable_languages(library.site)})
        network = connect(library, config, settings.clock, drafts=settings.drafts)
        diagnostics += check_references(library, network)
        progress("plan", 0, 1)
        pictures, encoded, broken = _encode_pictures(library, network, sources)
        diagnostics += broken
        plan, problems = make_plan(network, addresses, pictures)
        diagnostics += problems
        until = valid_until(library, settings.clock.now, drafts=settings.drafts)
        site = Site(network, plan, renderer, assets, encoded, until)
    return Examined(sources, site, in_order(diagnostics))


def _encode_pictures(
    library: Library, network: Network, sources: Sources
) -> tuple[Pictures, dict[str, bytes], list[Diagnostic]]:
    """Encode every picture that an entry names; only those that may be seen are part of the site."""
    pictures: dict[str, PictureFile] = {}
    encoded: dict[str, bytes] = {}
    diagnostics: list[Diagnostic] = []
    named = list(named_pictures(library, network))
    if not named:
        return pictures, encoded, diagnostics
    # Pillow takes a tenth of a second to import: only where there are pictures.
    from stadtnetz.render.images import PictureError, encode

    for one in named:
        file = sources.files.get(one.source)
        if file is None or one.source in pictures or not one.source.lower().endswith(PICTURE_ENDINGS):
            continue  # reported by check_references, or done
        stem = one.source.rpartition("/")[2].rpartition(".")[0]
        try:
            picture = encode(file.data)
        except PictureError as error:
            diagnostics.append(
                problem(
                    error.code,
                    one.named_in,
                    one.span,
                    file=one.source.rpartition("/")[2],
                    width=error.width,
                    height=error.height,
                )
            )
            continue
        if one.shown:
            path = f"bilder/{stem}.{file.digest[:8]}{picture.ending}"
            pictures[one.source] = PictureFile(path, picture.width, picture.height)
            encoded[path] = picture.data
    return pictures, encoded, diagnostics


def build(
    settings: Settings, output: Path, progress: Progress = _silent, *, disk: Disk | None = None
) -> Built:
    """Examine, render what is stale, and exchange output/ in one step; on any error leave it alone."""
    examined = examine(settings, progress)
    site = examined.site
    if site is None or has_errors(examined.diagnostics, strict=settings.strict):
        return Built(examined, examined.diagnostics, None)
    ledger_path = _ledger_path(settings.root, output)
    ledger = Ledger({}, "clean") if settings.clean else load_ledger(ledger_path)
    rendered = render_stale(
        work_of(site.plan),
        renderer=site.renderer,
        keys=Keys(examined.sources, site.renderer, site.assets),
        ledger=ledger,
        output=output,
        progress=lambda done, total: progress("render", done, total),
    )
    if rendered.problems:
        return Built(examined, in_order([*examined.diagnostics, *rendered.problems]), None)
    files = _files(site, examined.sources, rendered)
    progress("publish", 0, 1)
    try:
        published = publish(files, output, disk=disk)
    except PublishError as error:
        return Built(examined, in_order([*examined.diagnostics, error.diagnostic]), None)
    progress("publish", 1, 1)
    diagnostics = [*examined.diagnostics, *published.warnings]
    changed = settings.keep_state and rendered.entries != ledger.entries
    if changed and not save_ledger(ledger_path, rendered.entries):
        diagnostics.append(problem("state-not-writable", ".build"))
    return Built(
        examined,
        in_order(diagnostics),
        published,
        pages=len(site.plan.pages),
        files=len(files),
        reasons=rendered.reasons,
        state=ledger.missing,
    )


def _files(site: Site, sources: Sources, rendered: Rendered) -> dict[str, bytes]:
    """Collect every file of output/."""
    copies = {path: sources.files[source].data for path, source in site.plan.copies.items()}
    return {**site.assets.files, **site.pictures, **copies, **rendered.files}


def _ledger_path(root: Path, output: Path) -> Path:
    """Return where the ledger of an output folder is: each folder has its own."""
    whole = output.absolute()
    return root / ".build" / f"{whole.name}-{digest(str(whole).encode())[:8]}.ledger"
