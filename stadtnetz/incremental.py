"""Rendering what is stale and keeping the rest.

A page is fresh when it is made from the same inputs, or from others that give the same values; when it is rendered in
the same way (generator, templates that its template reaches, assets, place, language); and when the recorded bytes are
still in output/. Everything else is rendered, and the reason is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Protocol

from msgspec import Struct, field
from msgspec.msgpack import Decoder, encode

from stadtnetz.diagnostics import Diagnostic
from stadtnetz.fingerprint import digest, of_bytes, of_program, of_values
from stadtnetz.output.ledger import Entry, Ledger
from stadtnetz.output.publisher import Publisher
from stadtnetz.render.assets import Assets
from stadtnetz.render.templates import TEMPLATES_FOLDER, Renderer, TemplateFailure
from stadtnetz.site.feeds import PlannedText, about
from stadtnetz.site.files import PlannedFile
from stadtnetz.site.listed import SitemapUrl
from stadtnetz.site.planning import PlannedPage
from stadtnetz.source import Sources
from stadtnetz.workers import spread

__all__ = [
    "KEY_PARTS",
    "Keys",
    "Made",
    "Rendered",
    "Rendering",
    "Work",
    "work_of_file",
    "work_of_page",
    "work_of_text",
]

KEY_PARTS = ("program", "templates", "assets", "place", "language", "values")
"""What a page depends on besides its inputs; a test leaves out one part at a time and must notice."""


NO_TEMPLATE = "(program)"
"""Stands for the template of a file that the program writes itself: such a file depends on the program alone."""


class Made(Struct, frozen=True):
    """The values of a file, ready to be rendered; or its bytes, where no template has a part in it."""

    template: str
    context: Mapping[str, object]
    about: SitemapUrl | None = None
    data: bytes | None = None


class Work(Struct, frozen=True):
    """A file that a template makes from values, or the program by itself; both are made from inputs.

    Their fingerprint is made only when it is asked for: that of a new file by whoever renders it.
    """

    file: str
    language: str
    inputs: Callable[[], str]
    make: Callable[[], Made]


class Rendered(Struct):
    """The new files, what the ledger should say of all, and why each stale one was stale."""

    entries: dict[str, Entry] = field(default_factory=dict)
    fresh: dict[str, Path] = field(default_factory=dict)
    """The bytes of files that output/ does not have yet, put aside."""
    reasons: dict[str, str] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)


def work_of_page(page: PlannedPage) -> Work:
    """Return how a page is made."""

    def make() -> Made:
        made = page.make()
        return Made(made.template, {"site": made.site, "meta": made.meta, "page": made.view}, about(made))

    return Work(page.file, page.language, lambda: _joined(page.inputs()), make)


def work_of_text(text: PlannedText) -> Work:
    """Return how a file is made that is no page."""
    return Work(
        text.file,
        text.language,
        lambda: _joined(text.inputs()),
        lambda: Made(text.template, text.make()),
    )


def work_of_file(file: PlannedFile) -> Work:
    """Return how a file is made that no template makes."""
    return Work(file.file, "", lambda: _joined(file.inputs), lambda: Made(NO_TEMPLATE, {}, data=file.make()))


def _joined(inputs: tuple[str, ...]) -> str:
    return of_bytes("\0".join(inputs).encode("utf-8", "surrogatepass"))


class Keys:
    """How files are rendered, as fingerprints; what they share is looked at once."""

    def __init__(
        self,
        sources: Sources,
        closures: Mapping[str, tuple[str, ...]],
        assets: Assets,
        parts: tuple[str, ...] = KEY_PARTS,
    ) -> None:
        self._sources = sources
        self._closures = closures
        self._parts = parts
        self._frames: dict[tuple[str, str], str] = {}
        # Every asset counts for every page: they are few, and a name may be computed.
        self.shared = {
            "program": of_program(),
            "assets": of_values(dict(assets.paths)),
            "place": assets.base_path,
        }
        """What all files share."""

    def frame(self, template: str, language: str) -> str:
        """Return the fingerprint of how a file is rendered."""
        if (template, language) not in self._frames:
            parts = {**self.shared, "templates": self.reached(template), "language": language}
            if template == NO_TEMPLATE:
                parts = {"program": self.shared["program"]}
            chosen = [parts[part] for part in self._parts if part in parts]
            self._frames[template, language] = of_values(template, *chosen)
        return self._frames[template, language]

    def values(self, made: Made) -> str:
        """Return the fingerprint of a file's values."""
        if "values" not in self._parts:
            return ""
        return of_values(dict(made.context)) if made.data is None else of_bytes(made.data)

    def reached(self, template: str) -> str:
        """Return the fingerprint of a template and of all that it reaches."""
        names = self._closures.get(template, ())
        return of_values({name: self._sources.files[TEMPLATES_FOLDER + name].digest for name in names})


class Standing(Protocol):
    """Knows what stands in output/."""

    def holds(self, file: str, wanted: str) -> bool:
        """Tell whether there is a file with these bytes, by their digest."""


class Rendering:
    """The rendering of one build."""

    def __init__(self, renderer: Renderer, keys: Keys, ledger: Ledger, standing: Standing) -> None:
        self._renderer = renderer
        self._keys = keys
        self._ledger = ledger
        self._standing = standing
        self.result = Rendered()

    def run(
        self, works: Iterable[Work], publisher: Publisher, progress: Callable[[int, int], None], *, jobs: int
    ) -> None:
        """Add files to the result: what can be told to be fresh by its inputs, and then the rest."""
        doubtful = [work for work in works if not self._keep(work)]
        offset = len(self.result.entries)
        pieces = [
            (publisher.place(work.file, f"{offset + number}"), work) for number, work in enumerate(doubtful)
        ]
        for number, data in enumerate(spread(partial(self._piece, publisher), pieces, jobs)):
            progress(number, len(pieces))
            self._take(*pieces[number], _DONE.decode(data))
        progress(len(pieces), len(pieces))

    def _keep(self, work: Work) -> bool:
        """Keep a file whose inputs are the recorded ones, without making its values."""
        entry = self._ledger.rows.get(work.file)
        if entry is None or not entry.template or entry.inputs != work.inputs():
            return False
        frame = self._keys.frame(entry.template, work.language)
        if frame != entry.frame or not self._standing.holds(work.file, entry.digest):
            return False
        self.result.entries[work.file] = entry
        return True

    def about(self, work: Work) -> SitemapUrl | None:
        """Return what other files must know of a file; see `site.feeds`."""
        entry = self._ledger.rows.get(work.file)
        return entry.about if entry is not None and entry.inputs == work.inputs() else work.make().about

    def verdict(self, work: Work) -> tuple[str, str]:
        """Return why a file has to be rendered ("" where it need not be) and its template."""
        made = work.make()
        frame = self._keys.frame(made.template, work.language)
        recorded = self._ledger.rows.get(work.file)
        return self._reason(work, recorded, self._keys.values(made), frame), made.template

    def stale(self, work: Work) -> bytes | None:
        """Return the bytes of a file that has to be rendered; None where it need not be, or can't."""
        if self._keep(work):
            return None
        made = work.make()
        values, frame = self._keys.values(made), self._keys.frame(made.template, work.language)
        if not self._reason(work, self._ledger.rows.get(work.file), values, frame):
            return None
        try:
            return self._bytes(made, work.language)
        except TemplateFailure:
            return None  # reported when it is rendered with all others

    def _piece(self, publisher: Publisher, piece: tuple[Path, Work]) -> bytes:
        """Make a file's values and render them, unless they turn out to be the recorded ones; perhaps in a worker."""
        aside, work = piece
        made = work.make()
        template = made.template
        values, frame = self._keys.values(made), self._keys.frame(template, work.language)
        recorded = self._ledger.rows.get(work.file)
        reason = self._reason(work, recorded, values, frame)
        parts = (work.inputs(), values, frame, template, made.about)
        if recorded is not None and not reason:
            entry = Entry(recorded.digest, *parts)
            return encode(_Done(entry))
        try:
            data = self._bytes(made, work.language)
        except TemplateFailure as failure:
            return encode(_Done(problem=failure.diagnostic))
        entry = Entry(digest(data), *parts)
        written = not self._standing.holds(work.file, entry.digest)
        if written:
            publisher.put_aside(aside, data)
        return encode(_Done(entry, reason, written))

    def _bytes(self, made: Made, language: str) -> bytes:
        if made.data is not None:
            return made.data
        return self._renderer.render(made.template, language, made.context).encode("utf-8")

    def _reason(self, work: Work, recorded: Entry | None, values: str, frame: str) -> str:
        """Return why a file has to be rendered, "" where it need not be: see `cli.report`."""
        if recorded is None or not recorded.template:
            return "new"
        if recorded.values != values:
            return "values"
        if recorded.frame != frame:
            return self._changed_part()
        return "" if self._standing.holds(work.file, recorded.digest) else "bytes"

    def _changed_part(self) -> str:
        summary = self._ledger.summary
        before = {} if summary is None else summary.shared
        changed = (part for part, value in self._keys.shared.items() if before.get(part, value) != value)
        return next(changed, "templates")

    def _take(self, aside: Path, work: Work, done: _Done) -> None:
        if done.problem is not None:
            self.result.problems.append(done.problem)
        if done.entry is None:
            return
        self.result.entries[work.file] = done.entry
        if done.reason:
            self.result.reasons[work.file] = done.reason
        if done.written:
            self.result.fresh[work.file] = aside


class _Done(Struct, frozen=True):
    """What became of a file: what the ledger should say of it and why it was rendered, or what is wrong."""

    entry: Entry | None = None
    reason: str = ""
    written: bool = False
    problem: Diagnostic | None = None


_DONE = Decoder(_Done)
