"""Rendering what is stale and keeping the rest.

A page's key covers everything that its bytes are made from: the generator, the templates that its template reaches,
the assets, the language, where the site stands, and the frozen values in its context. Same key and the recorded bytes
still in output/: the page is kept. Everything else is rendered, and the reason is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from stadtnetz.diagnostics import Diagnostic
from stadtnetz.fingerprint import Fingerprints, digest, of_program
from stadtnetz.output.freshness import Fresh, decide
from stadtnetz.output.ledger import Entry, Ledger
from stadtnetz.render.assets import Assets
from stadtnetz.render.templates import TEMPLATES_FOLDER, Renderer, TemplateFailure
from stadtnetz.site.plan import Plan
from stadtnetz.source import Sources

__all__ = ["KEY_PARTS", "Keys", "Rendered", "Work", "render_stale", "work_of"]

KEY_PARTS = ("program", "templates", "assets", "place", "language", "values")
"""What a key is made of; a test leaves out one part at a time and must notice."""


@dataclass(frozen=True, slots=True)
class Work:
    """A file that a template makes from values."""

    file: str
    template: str
    language: str
    context: Mapping[str, object]


@dataclass(slots=True)
class Rendered:
    """The bytes of all rendered files, what the ledger should say of them, and why each stale one was stale."""

    files: dict[str, bytes] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)


def work_of(plan: Plan) -> list[Work]:
    """Return everything that has to be rendered, pages first."""
    pages = [
        Work(
            page.file, page.template, page.language, {"site": page.site, "meta": page.meta, "page": page.view}
        )
        for page in plan.pages
    ]
    return pages + [Work(text.file, text.template, text.language, text.context) for text in plan.texts]


def render_stale(
    works: list[Work],
    *,
    renderer: Renderer,
    keys: Callable[[Work], str],
    ledger: Ledger,
    output: Path,
    progress: Callable[[int, int], None],
) -> Rendered:
    """Render what is stale, and read the rest from output/."""
    result = Rendered()
    for number, work in enumerate(works):
        progress(number, len(works))
        key = keys(work)
        recorded = ledger.entries.get(work.file)
        data = _stored(output / work.file) if recorded is not None and recorded.key == key else None
        verdict = decide(key=key, recorded=recorded, stored=None if data is None else digest(data))
        if not isinstance(verdict, Fresh) or data is None:
            result.reasons[work.file] = "" if isinstance(verdict, Fresh) else verdict.reason
            try:
                data = renderer.render(work.template, work.language, work.context).encode("utf-8")
            except TemplateFailure as failure:
                result.problems.append(failure.diagnostic)
                continue
        result.files[work.file] = data
        result.entries[work.file] = Entry(key, digest(data))
    progress(len(works), len(works))
    return result


def _stored(path: Path) -> bytes | None:
    """Return what output/ has; a file that can't be read is as good as gone."""
    try:
        return path.read_bytes()
    except OSError:
        return None


class Keys:
    """Makes the keys of one build; what pages share is looked at once."""

    def __init__(
        self, sources: Sources, renderer: Renderer, assets: Assets, parts: tuple[str, ...] = KEY_PARTS
    ) -> None:
        self._sources = sources
        self._renderer = renderer
        self._fingerprints = Fingerprints()
        self._parts = parts
        self._place = assets.base_path
        # Every asset counts for every page: they are few, and a name may be computed.
        self._assets = self._fingerprints.of(dict(assets.paths))
        self._templates: dict[str, str] = {}

    def __call__(self, work: Work) -> str:
        """Return the key of a file."""
        values = {
            "program": of_program(),
            "templates": self._closure(work.template),
            "assets": self._assets,
            "place": self._place,
            "language": work.language,
            "values": self._fingerprints.of(dict(work.context)),
        }
        return self._fingerprints.of(work.template, *(values[part] for part in self._parts))

    def _closure(self, template: str) -> str:
        if template not in self._templates:
            names = self._renderer.closure(template)
            digests = {name: self._sources.files[TEMPLATES_FOLDER + name].digest for name in names}
            self._templates[template] = self._fingerprints.of(digests)
        return self._templates[template]
