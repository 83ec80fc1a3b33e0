"""Why the next build would render a file, or would not; nothing is built for the answer."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from stadtnetz.building import others, with_previews
from stadtnetz.diagnostics import Diagnostic, has_errors
from stadtnetz.diagnostics.suggest import nearest
from stadtnetz.examination import Site, examine_sources
from stadtnetz.groundwork import memory_of
from stadtnetz.incremental import Keys, Rendering, work_of_file, work_of_page, work_of_text
from stadtnetz.output.disk import Disk
from stadtnetz.output.ledger import load_ledger
from stadtnetz.output.live import Live
from stadtnetz.pipeline import ledger_path
from stadtnetz.settings import Settings, silent
from stadtnetz.site.feeds import sitemap
from stadtnetz.source import Sources, read_sources

__all__ = ["Explained", "explain"]


class Explained(Struct, frozen=True):
    """The answer. `file` is None where the plan has no such file, or there is no plan because of errors."""

    sources: Sources
    diagnostics: tuple[Diagnostic, ...]
    file: str | None = None
    reason: str = ""
    """Why it would be rendered or written, "" where it stays as it is: see `cli.report`."""
    missing: str = ""
    """Why nothing is known of an earlier build, "" where something is."""
    origin: str = ""
    """The content file that the page comes from."""
    templates: tuple[str, ...] = ()
    """Its template, and all that this reaches."""
    suggestion: str = ""


class _Standing:
    """What stands in output/, for a question about it."""

    def __init__(self, live: Live | None) -> None:
        self._live = live

    def holds(self, file: str, wanted: str) -> bool:
        return self._live is not None and self._live.digest(file) == wanted


def explain(settings: Settings, output: Path, address: str) -> Explained:
    """Answer for an address of the site (`/staedte/lueneburg/`) or a file in output/ (`feed.xml`)."""
    sources, problems = read_sources(settings.root)
    memory = memory_of(settings)
    examined = examine_sources(settings, sources, problems, memory, silent)
    site = examined.site
    if site is None or has_errors(examined.diagnostics, strict=settings.strict):
        memory.close()
        return Explained(sources, examined.diagnostics)
    site = with_previews(site, memory, settings, silent)
    memory.close()
    ledger = load_ledger(ledger_path(settings.root, output))
    standing = _Standing(Live(output, ledger, Disk()) if output.is_dir() else None)
    keys = Keys(sources, site.design.templates.closures, site.design.assets)
    rendering = Rendering(site.design.renderer, keys, ledger, standing)
    works = {work.file: work for work in map(work_of_page, site.plan.pages)}
    works |= {work.file: work for work in map(work_of_text, site.plan.texts)}
    works |= {work.file: work for work in map(work_of_file, site.plan.files)}
    said = [(page.path, rendering.about(works[page.file])) for page in site.plan.pages]
    listed = work_of_text(sitemap(said))
    works[listed.file] = listed
    digests = {file: digest for file, digest, _ in others(site, sources, memory)}
    file = _file_of(address, site)
    if file in works:
        reason, template = rendering.verdict(works[file])
        origins = {page.file: page.origin for page in site.plan.pages}
        reached = site.design.templates.closures.get(template, ())
        templates = (template, *(name for name in reached if name != template)) if reached else ()
        return Explained(
            sources, examined.diagnostics, file, reason, ledger.missing, origins.get(file, ""), templates
        )
    if file in digests:
        recorded = ledger.rows.get(file)
        reason = "" if standing.holds(file, digests[file]) else "new" if recorded is None else "bytes"
        return Explained(sources, examined.diagnostics, file, reason, ledger.missing)
    known = [*(f"/{page.path}" for page in site.plan.pages), *works, *digests]
    return Explained(sources, examined.diagnostics, suggestion=nearest(address, known))


def _file_of(address: str, site: Site) -> str:
    """Return the file in output/ that an address leads to: complete, from the root, or below output/."""
    path = unquote(urlsplit(address).path)
    base = site.design.assets.base_path
    path = path.removeprefix(base) if path.startswith(base) else path.lstrip("/")
    return f"{path}index.html" if path.endswith("/") or not path else path
