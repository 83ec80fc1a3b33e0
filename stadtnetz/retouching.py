"""A build in which nothing changed but long texts of news: it makes their pages, and keeps everything else.

Order, lists, counts, feeds, references and problems follow from the fields of all files and from what their texts
link to. As long as these are the same as in the last build, nothing can differ but the pages that show the texts. So
the network is made of everything but news, of the news in question, and of those that their pages know; this gives the
same pages, since a page that knows some news alone does not depend on others (see `site.planning`).

Whatever is not certain is left to a whole build.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from stadtnetz.diagnostics import Diagnostic, in_order
from stadtnetz.finishing import Files, add_companions, published, remember
from stadtnetz.groundwork import design_of, network_of, pictures_in
from stadtnetz.incremental import Keys, Rendering, work_of_page
from stadtnetz.memory import Memory
from stadtnetz.model.deploy import Deploy
from stadtnetz.model.kinds import KINDS
from stadtnetz.network.files import MEDIA_ENDINGS, place_of
from stadtnetz.network.library import load_library
from stadtnetz.network.moments import moments_of
from stadtnetz.network.references import placed_pictures
from stadtnetz.outcome import Built
from stadtnetz.output.disk import Disk
from stadtnetz.output.ledger import Place, Summary
from stadtnetz.output.manifest import MalformedManifestError, Manifest, read_manifest
from stadtnetz.output.marker import MARKER
from stadtnetz.output.publish import PublishError, publishing
from stadtnetz.reader import Short, Task
from stadtnetz.readings import read, short_of
from stadtnetz.render.templates import Renderer
from stadtnetz.settings import Progress, Settings
from stadtnetz.site.common import site_view
from stadtnetz.site.edition import edition_of
from stadtnetz.site.facts import facts_of
from stadtnetz.site.news import news_page
from stadtnetz.site.planning import PlannedPage
from stadtnetz.source import SourceFile, Sources

__all__ = ["Retouching", "same_but_text"]

_NEWS = KINDS["news"]
_FOLDER = f"content/{_NEWS.folder}/"


class _UnsureError(Exception):
    """Something may differ besides the pages of the texts."""


class _Work(Struct, frozen=True):
    """The pages to make, and what it takes to make them."""

    pages: tuple[PlannedPage, ...]
    renderer: Renderer
    keys: Keys
    deploy: Deploy


class Retouching:
    """A build with its settings; `summary` is that of the place's ledger."""

    def __init__(
        self,
        settings: Settings,
        place: Place,
        summary: Summary,
        sources: Sources,
        disk: Disk,
        progress: Progress,
    ) -> None:
        self._settings = settings
        self._place = place
        self._summary = summary
        self._sources = sources
        self._disk = disk
        self._progress = progress

    def run(self, changed: Collection[str], memory: Memory) -> Built | None:
        """Build, or return None where it takes a whole build. `changed` are files of news.

        Raises SourceChangedError where a file changed in the meantime.
        """
        try:
            with memory.sparing():
                ids = [self._touched(self._sources.files[path], memory) for path in changed]
                work = self._planned(ids, memory)
                kept = memory.save(prune=False)
            return self._built(work) if kept else None
        except (_UnsureError, PublishError):  # a whole build meets again what is wrong, and tells of it
            return None

    def _touched(self, file: SourceFile, memory: Memory) -> str:
        """Return the id of a news item of which nothing changed but its text. Raises _UnsureError for anything else."""
        found = place_of(file)
        if isinstance(found, Diagnostic) or found.kind is not _NEWS or found.language:
            raise _UnsureError
        was = SourceFile(file.path, 0, self._place.ledger.sources[file.path][1])
        before = short_of(Task(was, _NEWS), memory)
        task = Task(file, _NEWS)
        read([task], memory)
        now = short_of(task, memory)
        if before is None or now is None or not same_but_text(before, now):
            raise _UnsureError
        return found.id

    def _planned(self, ids: Collection[str], memory: Memory) -> _Work:
        """Plan the pages of these news. Raises _UnsureError where that might not be all."""
        settings, sources = self._settings, self._sources
        recorded = {entry.news[0]: entry.news for entry in self._place.ledger.rows.values() if entry.news}
        needed = {other for id_ in ids for other in (id_, *recorded.get(id_, ()))}
        library, _ = load_library(_with_news(sources, needed), memory)
        if library.site is None:
            raise _UnsureError
        design = design_of(settings, library.site, sources, memory)
        network = network_of(settings, library, library.site)
        pictures = pictures_in(settings, library, network, sources, memory).pictures
        since = moments_of(library, settings.clock.now, drafts=settings.drafts).rest_since
        facts = facts_of(network, library.site.fingerprint, design.addresses.base_url, pictures, since)
        keys = Keys(sources, design.templates.closures, design.assets)
        if facts.rest != self._summary.rest or keys.shared != self._summary.shared:
            raise _UnsureError
        edition = edition_of(network, design.addresses, network.site.languages[0], pictures, facts)
        site = site_view(edition)
        visible = [id_ for id_ in ids if id_ in network.news]
        pages = tuple(news_page(edition, site, id_) for id_ in visible)
        # Pictures may be withdrawn, and places inside a page be linked to, by news that are not looked at here.
        if any(placed_pictures(network.news[id_].entry) for id_ in visible) or self._is_pointed_into(pages):
            raise _UnsureError
        rows = self._place.ledger.rows
        if any(page.file not in rows or rows[page.file].news != page.news for page in pages):
            raise _UnsureError
        if len(pages) != sum(id_ in recorded for id_ in ids) or len(rows) != self._summary.files + 1:
            raise _UnsureError  # what is seen has changed, or the ledger lacks files: the one more is our marker
        return _Work(pages, design.renderer, keys, network.site.deploy)

    def _is_pointed_into(self, pages: Iterable[PlannedPage]) -> bool:
        named = {unquote(place.partition("#")[0]) for place in self._summary.places}
        return any({f"news:{page.news[0]}", f"path:/{page.path}"} & named for page in pages)

    def _built(self, work: _Work) -> Built:
        """Render the pages and make the site live. Raises _UnsureError and PublishError."""
        place, summary, settings = self._place, self._summary, self._settings
        ledger = place.ledger
        with publishing(place.output, ledger, disk=self._disk, spares=settings.keep_state) as publisher:
            if not publisher.holds_all({file: entry.digest for file, entry in ledger.rows.items()}):
                raise _UnsureError
            rendering = Rendering(work.renderer, work.keys, ledger, publisher)
            rendering.run(map(work_of_page, work.pages), publisher, partial(self._progress, "render"), jobs=1)
            made = rendering.result
            # The list of addresses is made of what pages say of themselves.
            if made.problems or any(
                ledger.rows[file].about != one.about for file, one in made.entries.items()
            ):
                raise _UnsureError
            made_last = {MARKER, work.deploy.manifest}
            kept = {file: entry for file, entry in ledger.rows.items() if file not in made_last}
            files = Files({**kept, **made.entries}, dict(made.fresh))
            manifest = partial(self._manifest, work.deploy.manifest)
            add_companions(files, work.deploy, settings, place, publisher, manifest, self._progress)
            done, traces = published(files, publisher, self._progress)
        summary = replace(summary, asked=settings.asked)
        if not remember(files, traces, self._sources, summary, place.ledger_path):
            raise _UnsureError
        return Built(
            self._sources,
            in_order([*summary.diagnostics, *done.warnings]),
            done,
            pages=summary.pages,
            files=len(files.entries),
            valid_until=summary.until,
            reasons=made.reasons,
            search_waits=summary.searched and settings.search_later,
        )

    def _manifest(self, file: str) -> Manifest:
        """Return what the last build's manifest says besides its files, with the present commit."""
        try:
            last = read_manifest((self._place.output / file).read_bytes())
        except (OSError, MalformedManifestError) as error:
            raise _UnsureError from error
        return replace(last, commit=self._settings.commit)


def same_but_text(before: Short, now: Short) -> bool:
    """Tell whether two states of a file differ in their long texts alone, and these in what only its page shows."""
    one, other = before.text, now.text
    if one is None or other is None or other.has_images:
        return False
    return replace(before, text=replace(one, fingerprint=other.fingerprint)) == now


def _with_news(sources: Sources, ids: Collection[str]) -> Sources:
    """Return all files but those of other news; what stands beside entries, such as pictures, stays."""
    return Sources(
        {
            path: file
            for path, file in sources.files.items()
            if not path.startswith(_FOLDER)
            or path.rpartition("/")[2].partition(".")[0] in ids
            or path.lower().endswith(MEDIA_ENDINGS)
        }
    )
