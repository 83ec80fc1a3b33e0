"""One build, from the files that were read to the site that is live."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from msgspec import Raw
from msgspec.json import encode
from msgspec.structs import replace

from stadtnetz.ahead import hand_over
from stadtnetz.anchors import places_named
from stadtnetz.diagnostics import Diagnostic, has_errors, in_order, problem
from stadtnetz.examination import Examined, Site, examine_sources
from stadtnetz.fingerprint import digest, of_program
from stadtnetz.finishing import Files, add_companions, published, remember
from stadtnetz.groundwork import FALLBACK_BASE_URL
from stadtnetz.incremental import Keys, Rendered, Rendering, work_of_file, work_of_page, work_of_text
from stadtnetz.memory import Memory
from stadtnetz.network.moments import open_moments
from stadtnetz.outcome import Built
from stadtnetz.output.disk import Disk
from stadtnetz.output.ledger import Entry, Place, Summary
from stadtnetz.output.manifest import Manifest
from stadtnetz.output.publish import Publisher, PublishError, publishing
from stadtnetz.output.staging import Content
from stadtnetz.pictures import previews_of
from stadtnetz.searching import StoredPiece
from stadtnetz.settings import Awaited, Progress, Settings
from stadtnetz.site.feeds import sitemap
from stadtnetz.source import SourceChangedError, Sources
from stadtnetz.strangers import check_strangers
from stadtnetz.workshop import bytes_of

__all__ = ["Job", "others", "with_previews"]


class Job:
    """A build with its settings: where to, what is known of the last one, where to write that down."""

    def __init__(
        self,
        settings: Settings,
        place: Place,
        disk: Disk,
        progress: Progress,
        awaited: Awaited | None = None,
    ) -> None:
        self._awaited = awaited
        self._settings = settings
        self._place = place
        self._disk = disk
        self._progress = progress

    def run(self, sources: Sources, problems: tuple[Diagnostic, ...], memory: Memory) -> Built:
        """Build. Raises SourceChangedError where a file changed in the meantime."""
        site: Site | None = None
        try:
            examined = examine_sources(
                self._settings, sources, problems, memory, self._progress, index_later=True
            )
            site = examined.site
            if site is None or has_errors(examined.diagnostics, strict=self._settings.strict):
                memory.save()
                return Built(sources, examined.diagnostics, None, examined, state=self._place.ledger.missing)
            if self._awaited is not None:
                hand_over(self._awaited, site, sources, memory, self._place.ledger)
            if not self._settings.quick_pictures:
                site = with_previews(site, memory, self._settings, self._progress)
            kept = memory.save()
            return self._build(examined, site, memory, kept=kept)
        finally:
            if site is not None:
                site.index.drop()

    def _build(self, examined: Examined, site: Site, memory: Memory, *, kept: bool) -> Built:
        settings = self._settings
        try:
            with publishing(
                self._place.output,
                self._place.ledger,
                disk=self._disk,
                spares=settings.keep_state,
                aside=settings.jobs > 1,
            ) as publisher:
                rendered = self._render(site, examined.sources, publisher)
                if rendered.problems:
                    diagnostics = in_order([*examined.diagnostics, *rendered.problems])
                    return Built(examined.sources, diagnostics, None, examined)
                if site.index.is_begun:
                    _, unsearchable = site.index.files()
                    kept = memory.save(prune=False) and kept
                    examined = replace(examined, diagnostics=in_order([*examined.diagnostics, *unsearchable]))
                    if has_errors(unsearchable, strict=settings.strict):
                        return Built(examined.sources, examined.diagnostics, None, examined)
                entries, fresh = _withothers(site, examined.sources, memory, rendered, publisher)
                if strangers := self._strangers(site, examined.sources, entries, fresh):
                    diagnostics = in_order([*examined.diagnostics, *strangers])
                    return Built(examined.sources, diagnostics, None, examined)
                files = Files(entries, fresh)
                manifest = partial(_manifest, site, settings)
                deploy = site.network.site.deploy
                add_companions(files, deploy, settings, self._place, publisher, manifest, self._progress)
                done, traces = published(files, publisher, self._progress)
                built = Built(
                    examined.sources,
                    in_order([*examined.diagnostics, *done.warnings]),
                    done,
                    examined,
                    pages=len(site.plan.pages),
                    files=len(entries),
                    valid_until=site.moments.until,
                    reasons=rendered.reasons,
                    state=self._place.ledger.missing,
                    search_waits=site.plan.shards.waiting,
                )
                if settings.keep_state:
                    where = (examined.sources, self._summary(built, examined, site), self._place.ledger_path)
                    kept = remember(files, traces, *where, memory) and kept
        except PublishError as error:
            diagnostics = in_order([*examined.diagnostics, error.diagnostic])
            return Built(examined.sources, diagnostics, None, examined)
        if settings.keep_state and not kept:
            unwritten = problem("state-not-writable", ".build")
            return replace(built, diagnostics=in_order([*built.diagnostics, unwritten]))
        return built

    def _strangers(
        self, site: Site, sources: Sources, files: Iterable[str], fresh: Mapping[str, Content]
    ) -> tuple[Diagnostic, ...]:
        """Return what the site would ask of others, if it is to go live: also what earlier builds did not look for."""
        if not self._settings.strict:
            return ()

        def read(file: str) -> bytes:
            content = fresh.get(file, self._place.output / file)
            return content if isinstance(content, bytes) else content.read_bytes()

        own = self._settings.base_url or site.network.site.base_url or FALLBACK_BASE_URL
        return tuple(check_strangers(files, read, own, sources))

    def _render(self, site: Site, sources: Sources, publisher: Publisher) -> Rendered:
        """Render what is stale; the list of addresses comes last, since it is made of what pages say of themselves."""
        keys = Keys(sources, site.design.templates.closures, site.design.assets)
        rendering = Rendering(site.design.renderer, keys, self._place.ledger, publisher)
        plan = site.plan
        works = [
            *map(work_of_page, plan.pages),
            *map(work_of_text, plan.texts),
            *map(work_of_file, plan.files),
        ]
        step = partial(self._progress, "render")
        rendering.run(works, publisher, step, jobs=self._settings.jobs)
        result = rendering.result
        if not result.problems:
            publisher.begin(result.fresh)
            said = [(page.path, result.entries[page.file].about) for page in plan.pages]
            rendering.run([work_of_text(sitemap(said))], publisher, step, jobs=1)
        self._shared = keys.shared
        return result

    def _summary(self, built: Built, examined: Examined, site: Site) -> Summary:
        """Return what the next build has to know of this one."""
        moments = site.moments
        return Summary(
            asked=self._settings.asked,
            program=of_program(),
            shared=self._shared,
            told_since=moments.told_since,
            told_until=moments.told_until,
            until=moments.until,
            # A warning about publishing is about this build, not about the site.
            diagnostics=examined.diagnostics,
            pages=built.pages,
            files=built.files,
            rest=site.plan.rest,
            places=places_named(site.network),
            searched=bool(site.index.files()[0]),
            glances=Raw(encode(tuple(site.network.glances.values()))),
        )


def _manifest(site: Site, settings: Settings) -> Manifest:
    """Return what the manifest says besides the files."""
    since, until = open_moments(site.network)
    pages = tuple(sorted(page.path for page in site.plan.pages if page.origin))
    return Manifest(settings.commit, since, until, pages, {})


def _withothers(
    site: Site, sources: Sources, memory: Memory, rendered: Rendered, publisher: Publisher
) -> tuple[dict[str, Entry], dict[str, Content]]:
    """Add what is not rendered: assets, pictures, copies. Only what output/ does not have yet is read."""
    entries = dict(rendered.entries)
    fresh: dict[str, Content] = dict(rendered.fresh)
    for number, (file, bytes_, load) in enumerate(others(site, sources, memory)):
        entries[file] = Entry(bytes_)
        if not publisher.holds(file, bytes_):
            # Put aside one by one: together, pictures and videos may be more than the machine has room for.
            fresh[file] = aside = publisher.place(file, f"other-{number}")
            publisher.put_aside(aside, load())
    return entries, fresh


def others(site: Site, sources: Sources, memory: Memory) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Yield every file that is not rendered, with the digest of its bytes and a way to get these."""
    for file, data in site.design.assets.files.items():
        yield file, digest(data), lambda data=data: data  # type: ignore[misc]
    for file, made in site.made.items():
        yield file, made.digest, partial(bytes_of, made, memory)
    index = _Index(memory)
    for file, piece in site.index.files()[0].items():
        yield file, piece.digest, partial(index.stored, piece)
    for file, source in site.plan.copies.items():
        one = sources.files[source]
        yield file, one.digest, lambda one=one: one.data  # type: ignore[misc]


def with_previews(site: Site, memory: Memory, settings: Settings, progress: Progress) -> Site:
    """Return the site with the drawn previews. Nothing can be wrong with them, so a check does without."""
    drawn = previews_of(site.plan.previews, memory, settings.jobs, partial(progress, "previews"))
    return replace(site, made={**site.made, **drawn})


class _Index:
    """The search index in the memory: a shard's files stand in one long part, which is read once."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._key, self._data = "", b""

    def stored(self, piece: StoredPiece) -> bytes:
        """Return a file's bytes. Raises SourceChangedError where the memory lost them: then they are made again."""
        if self._key != piece.key:
            self._key, self._data = piece.key, self._memory.long(piece.key) or b""
        data = self._data[piece.start : piece.end]
        if digest(data) != piece.digest:
            self._memory.forget(piece.key)
            raise SourceChangedError(piece.key)
        return data
