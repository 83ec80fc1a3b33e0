"""A build in which nothing changed but words of news: it makes what shows them, and keeps everything else.

Order, lists, counts, references and problems follow from the other fields of all files and from what their texts link
to. As long as these are the same as in the last build, nothing can differ but what shows the words: of a long text the
page of its news item, of a headline the lists, feeds and other pages that know the item. So the network is made of
everything but news, of a glance at each of these, and of the few news that such pages know; this gives the same pages,
since what knows some news does not depend on the words of others (see `site.planning`).

Whatever is not certain is left to a whole build.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import partial

from msgspec import DecodeError, Raw, Struct
from msgspec.json import Decoder
from msgspec.structs import replace

from stadtnetz.diagnostics import Diagnostic, in_order
from stadtnetz.finishing import Files, add_companions, published, remember
from stadtnetz.groundwork import design_of, network_of, pictures_in
from stadtnetz.incremental import Keys, Rendering, Work, work_of_file, work_of_page, work_of_text
from stadtnetz.memory import Memory
from stadtnetz.model.deploy import Deploy
from stadtnetz.model.kinds import KINDS
from stadtnetz.model.news import News
from stadtnetz.network.files import MEDIA_ENDINGS, TRANSLATED, place_of
from stadtnetz.network.glance import Glance, glance_of
from stadtnetz.network.library import Item, load_library
from stadtnetz.network.moments import moments_of
from stadtnetz.network.network import Network
from stadtnetz.outcome import Built
from stadtnetz.output.ledger import Place, Summary
from stadtnetz.output.manifest import MalformedManifestError, Manifest, read_manifest
from stadtnetz.output.marker import MARKER
from stadtnetz.output.publisher import Publisher
from stadtnetz.readings import read, short_of
from stadtnetz.render.templates import Renderer
from stadtnetz.rows import Short, Task
from stadtnetz.settings import Progress, Settings
from stadtnetz.site.edition import edition_of
from stadtnetz.site.facts import facts_of
from stadtnetz.site.knowing import Knowing, needed_by
from stadtnetz.source import SourceFile, Sources

__all__ = ["Retouching", "changed_words"]

_NEWS = KINDS["news"]
_FOLDER = f"content/{_NEWS.folder}/"
_GLANCES = Decoder(tuple[Glance, ...])


class _UnsureError(Exception):
    """Something may differ besides what shows the words."""


class _Touched(Struct, frozen=True):
    """A news item with new words; `fields` are those of its front matter that differ."""

    id: str
    fields: frozenset[str]


class _KeptGlances(Struct, frozen=True):
    """The glances of a ledger, for a process that builds again and again."""

    raw: Raw
    """As the ledger has them."""
    glances: Mapping[str, Glance]


class _Plan(Struct, frozen=True):
    """What to make, and what it takes to make it."""

    works: tuple[Work, ...]
    renderer: Renderer
    keys: Keys
    deploy: Deploy


class Retouching:
    """A build with its settings; `summary` is that of the place's ledger, and `publisher` has the place for itself."""

    def __init__(
        self,
        settings: Settings,
        place: Place,
        summary: Summary,
        sources: Sources,
        publisher: Publisher,
        progress: Progress,
    ) -> None:
        self._settings = settings
        self._place = place
        self._summary = summary
        self._sources = sources
        self._publisher = publisher
        self._progress = progress

    def run(self, changed: Collection[str], memory: Memory) -> Built | None:
        """Build, or return None where it takes a whole build. `changed` are files of news.

        Raises SourceChangedError where a file changed in the meantime, and OSError.
        """
        try:
            with memory.sparing():
                touched = [self._touched(self._sources.files[path], memory) for path in changed]
                plan = self._planned(touched, memory)
                kept = memory.save(prune=False)
            return self._built(plan, memory) if kept else None
        except _UnsureError:
            return None

    def _touched(self, file: SourceFile, memory: Memory) -> _Touched:
        """Return a news item of which nothing changed but words. Raises _UnsureError for anything else."""
        found = place_of(file)
        if isinstance(found, Diagnostic) or found.kind is not _NEWS or found.language:
            raise _UnsureError
        was = SourceFile(file.path, 0, self._place.ledger.sources[file.path][1])
        before = short_of(Task(was, _NEWS), memory)
        task = Task(file, _NEWS)
        read([task], memory)
        now = short_of(task, memory)
        if before is None or now is None or (fields := changed_words(before, now)) is None:
            raise _UnsureError
        return _Touched(found.id, fields)

    def _planned(self, touched: Collection[_Touched], memory: Memory) -> _Plan:
        """Plan what shows the words. Raises _UnsureError where that might not be all."""
        settings, sources = self._settings, self._sources
        library, _ = load_library(_with_news(sources, {one.id for one in touched}), memory)
        if library.site is None:
            raise _UnsureError
        design = design_of(settings, library.site, sources, memory)
        known = network_of(settings, library, library.site)
        news = dict(known.items["news"])
        ids = [one.id for one in touched]
        worded = [one.id for one in touched if one.fields]
        glances = self._glances(memory)
        if not worded:
            glances = needed_by(ids, glances, known.backgrounds)
        network = known.among(glances, news)
        pictures = pictures_in(settings, library, known, sources, memory).pictures
        since = moments_of(library, settings.clock.now, drafts=settings.drafts).rest_since
        facts = facts_of(network, library.site.fingerprint, design.addresses.base_url, pictures, since)
        keys = Keys(sources, design.templates.closures, design.assets)
        if facts.rest != self._summary.rest or keys.shared != self._summary.shared:
            raise _UnsureError
        edition = partial(edition_of, network, design.addresses, pictures=pictures, facts=facts)
        chosen = Knowing(edition, network, ids, worded)
        # What was planned asks for them only now.
        missing = [network.glances[id_].path for id_ in chosen.news - news.keys()]
        others, _ = load_library(_files_of(sources, missing), memory)
        news |= network_of(settings, others, library.site).items["news"]
        self._check(touched, chosen, network)
        works = [*map(work_of_page, chosen.pages), *map(work_of_text, chosen.texts)]
        works += map(work_of_file, chosen.files)
        return _Plan(tuple(works), design.renderer, keys, network.site.deploy)

    def _glances(self, memory: Memory) -> Mapping[str, Glance]:
        """Return a glance at each news item. Raises _UnsureError."""
        raw = self._summary.glances
        kept: _KeptGlances | None = memory.lasting("glances", lambda: None)
        if kept is not None and kept.raw is raw:
            return kept.glances
        try:
            glances = {glance.id: glance for glance in _GLANCES.decode(raw)}
        except (DecodeError, RecursionError) as error:  # somebody else wrote them
            raise _UnsureError from error
        return memory.keep("glances", _KeptGlances(raw, glances)).glances

    def _check(self, touched: Collection[_Touched], chosen: Knowing, network: Network) -> None:
        """Raise _UnsureError where more than what was chosen may show the words, or something else may differ."""
        now = {item.id: glance_of(item, drafts=network.drafts_shown) for item in network.news.values()}
        if {id_: network.glances.get(id_) for id_ in now} != now or not chosen.news <= now.keys():
            raise _UnsureError
        worded = any(one.fields for one in touched)
        shown = now.values() if worded else [now[one.id] for one in touched if one.id in now]
        if any(glance.illustrated for glance in shown):
            raise _UnsureError  # news that are not looked at here may say that a picture must not be shown
        if any(one.fields and _has_aliases(network.news.get(one.id)) for one in touched):
            raise _UnsureError  # pages that lead here from there show the title
        drawn = network.site.social_images and not self._settings.quick_pictures
        if drawn and any(one.fields & _DRAWN for one in touched):
            raise _UnsureError
        rows = self._place.ledger.rows
        if not chosen.paths <= rows.keys() or len(rows) != self._summary.files + 1:
            raise _UnsureError  # the ledger lacks files: the one more is our marker
        if chosen.is_pointed_into(self._summary.places):
            raise _UnsureError

    def _built(self, plan: _Plan, memory: Memory) -> Built:
        """Render the pages and make the site live. Raises _UnsureError and OSError."""
        place, summary, settings = self._place, self._summary, self._settings
        ledger, publisher = place.ledger, self._publisher
        rendering = Rendering(plan.renderer, plan.keys, ledger, publisher)
        rendering.run(plan.works, publisher, partial(self._progress, "render"), jobs=1)
        made = rendering.result
        # The list of addresses is made of what pages say of themselves.
        if made.problems or any(ledger.rows[file].about != one.about for file, one in made.entries.items()):
            raise _UnsureError
        if not publisher.holds_all():
            raise _UnsureError
        made_last = {MARKER, plan.deploy.manifest}
        kept = {file: entry for file, entry in ledger.rows.items() if file not in made_last}
        files = Files({**kept, **made.entries}, dict(made.fresh))
        manifest = partial(self._manifest, plan.deploy.manifest)
        add_companions(files, plan.deploy, settings, place, publisher, manifest, self._progress)
        done, traces = published(files, publisher, self._progress)
        summary = replace(summary, asked=settings.asked)
        if not remember(files, traces, self._sources, summary, place.ledger_path, memory):
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


_WORDS = frozenset({"title", "kicker", "dateline", "lead", "correction", "issuer"})
"""Fields of news that are shown and that nothing else follows from."""
_DRAWN = frozenset({"title", "dateline"})
"""Those that stand on the picture which represents a page where others link to it: see `site.previews`."""


def changed_words(before: Short, now: Short) -> frozenset[str] | None:
    """Return the fields in which two states of a news item differ, None where anything else does but the long text.

    Of long texts only what their own page shows may differ.
    """
    one, other = before.text, now.text
    if one is None or other is None or other.has_images or before.data is None or now.data is None:
        return None
    names = before.data.keys() | now.data.keys()
    fields = frozenset(name for name in names if before.data.get(name) != now.data.get(name))
    text = replace(one, fingerprint=other.fingerprint)
    same = replace(before, fingerprint=now.fingerprint, data=now.data, text=text) == now
    return fields if same and fields <= _WORDS else None


def _has_aliases(item: Item[News] | None) -> bool:
    """Tell whether a news item had other addresses, in whatever language."""
    if item is None:
        return False
    return bool(item.entry.aliases) or any(one.texts.aliases for one in item.translations.values())


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


def _files_of(sources: Sources, paths: Iterable[str]) -> Sources:
    """Return the files of these news with their translations."""
    stems = [path.removesuffix(".md") for path in paths]
    wanted = [f"{stem}{ending}.md" for stem in stems for ending in ("", *(f".{one}" for one in TRANSLATED))]
    return Sources({path: sources.files[path] for path in wanted if path in sources.files})
