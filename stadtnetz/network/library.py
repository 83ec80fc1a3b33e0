"""All records of a content folder, each with its identity.

What a file is follows from its path alone: the folder names the kind, the stem the id, a second ending the
language. A file that can't be read still declares its id, so that one mistake is not reported again by everything
that refers to it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

from msgspec import Struct, field
from msgspec.structs import force_setattr

from stadtnetz.diagnostics import Diagnostic, Related, Span, problem
from stadtnetz.diagnostics.suggest import nearest
from stadtnetz.memory import Memory
from stadtnetz.model.kinds import FOLDERS
from stadtnetz.model.shared import Entry
from stadtnetz.model.translation import Translation
from stadtnetz.network.files import MEDIA_ENDINGS, Place, place_of, task_of
from stadtnetz.readings import LongText, Places, Reading, SiteFile, read, site_of
from stadtnetz.rows import Target, Task
from stadtnetz.source import Sources
from stadtnetz.text.body import Body
from stadtnetz.text.document import FieldReference, Spans

__all__ = [
    "Item",
    "Library",
    "Translated",
    "load_library",
]

E = TypeVar("E", bound=Entry, covariant=True)


class Translated(Struct, frozen=True):
    """An entry's texts in another language."""

    language: str
    path: str
    texts: Translation
    text: LongText | None
    fingerprint: str
    """Of the fields; the long text has its own."""
    spans: Spans | Places

    @property
    def body(self) -> Body | None:
        """Return the long text."""
        return None if self.text is None else self.text.body


class Item(Struct, Generic[E], frozen=True):
    """A record with its identity, its long text and its translations by language."""

    kind: str
    id: str
    path: str
    entry: E
    text: LongText | None
    text_path: str
    """Where the long text stands: the entry's own file, or the `.md` beside it."""
    spans: Spans | Places
    targets: tuple[Target, ...]
    """What its fields name."""
    fingerprint: str
    """Of its own fields; see `facts` and `texts`."""
    translations: Mapping[str, Translated] = field(default_factory=dict)
    facts: str = ""
    """What stands for everything but the long texts: equal where all fields in all languages are."""
    texts: tuple[str, ...] = ()
    """What stands for the long texts in all languages."""

    def __post_init__(self) -> None:
        translated = [f"{one.language} {one.path} {one.fingerprint}" for one in self.translations.values()]
        shown = "text" if self.text is not None else ""
        texts = tuple([f"{path} {text.fingerprint}" for text, path in self.all_texts])
        force_setattr(self, "facts", "\n".join((self.path, self.fingerprint, shown, *translated)))
        force_setattr(self, "texts", texts)

    @property
    def folder(self) -> str:
        """Return the folder that the entry's pictures and attachments stand in."""
        return posixpath.dirname(self.path)

    @property
    def body(self) -> Body | None:
        """Return the long text, which is taken out of the memory each time."""
        return None if self.text is None else self.text.body

    @property
    def all_texts(self) -> Iterator[tuple[LongText, str]]:
        """Yield its long texts in all languages, with where they stand."""
        if self.text is not None:
            yield self.text, self.text_path
        for translated in self.translations.values():
            if translated.text is not None:
                yield translated.text, translated.path


class Refused(Struct, frozen=True):
    """What is known of an entry's file that has errors."""

    path: str
    references: tuple[FieldReference, ...]
    body: Body | None


class Library(Struct, frozen=True):
    """Everything that was read. `declared` has the ids of unreadable files as well, by kind, with their paths.

    `media` are the files beside the entries, by path, with their size in bytes.
    """

    site: SiteFile | None
    items: Mapping[str, Mapping[str, Item[Entry]]]
    declared: Mapping[str, Mapping[str, str]]
    media: Mapping[str, int]
    refused: tuple[Refused, ...] = ()
    """Entries with errors: what they refer to is checked all the same."""

    def all_items(self) -> Iterator[Item[Entry]]:
        """Yield every record, by kind and id."""
        for by_id in self.items.values():
            yield from by_id.values()


def load_library(sources: Sources, memory: Memory, jobs: int = 1) -> tuple[Library, tuple[Diagnostic, ...]]:
    """Take every entry of content/ and site.yaml from the memory, or else read it."""
    diagnostics: list[Diagnostic] = []
    places: list[Place] = []
    media: dict[str, int] = {}
    for path, file in sources.files.items():
        if not path.startswith("content/"):
            continue
        if posixpath.splitext(path)[1].lower() in MEDIA_ENDINGS:
            media[path] = file.size
            continue
        found = place_of(file)
        if isinstance(found, Diagnostic):
            diagnostics.append(found)
        else:
            places.append(found)
    originals, declared, duplicates = _originals(places)
    diagnostics += duplicates
    companions, duplicates = _companions(places)
    diagnostics += duplicates
    readings = read(_tasks(sources, originals, companions), memory, jobs)
    diagnostics += (problem for reading in readings.values() for problem in reading.diagnostics)
    items: dict[str, dict[str, Item[Entry]]] = {kind.name: {} for kind in FOLDERS.values()}
    refused: list[Refused] = []
    for place in originals:
        reading = readings[place.file.path]
        item = _item(place, reading, companions.get(place.address, []), readings)
        if item is not None:
            items[place.kind.name][place.id] = item
        else:
            body = None if reading.text is None else reading.text.body
            refused.append(Refused(reading.path, tuple(reading.references()), body))
    diagnostics += _orphans(places, declared)
    ordered = {kind: dict(sorted(by_id.items())) for kind, by_id in items.items()}
    return Library(site_of(readings.get("site.yaml")), ordered, declared, media, tuple(refused)), tuple(
        diagnostics
    )


def _tasks(
    sources: Sources, originals: list[Place], companions: Mapping[tuple[str, str], list[Place]]
) -> Iterator[Task]:
    """Yield every file that has to be read; texts and translations only where their entry is."""
    if "site.yaml" in sources.files:
        yield Task(sources.files["site.yaml"])
    for place in originals:
        yield task_of(place)
        yield from map(task_of, companions.get(place.address, ()))


def _originals(places: list[Place]) -> tuple[list[Place], dict[str, dict[str, str]], list[Diagnostic]]:
    """Return the entries' own files, what they declare, and ids that are given twice."""
    declared: dict[str, dict[str, str]] = {kind.name: {} for kind in FOLDERS.values()}
    originals: list[Place] = []
    diagnostics: list[Diagnostic] = []
    for place in places:
        if place.language or place.is_text:
            continue
        ids = declared[place.kind.name]
        if place.id in ids:
            first = Related("first-here", ids[place.id])
            diagnostics.append(
                problem("duplicate-id", place.file.path, related=(first,), kind=place.kind.name, id=place.id)
            )
        else:
            ids[place.id] = place.file.path
            originals.append(place)
    return originals, declared, diagnostics


def _companions(places: list[Place]) -> tuple[dict[tuple[str, str], list[Place]], list[Diagnostic]]:
    """Return texts and translations by the entry that they stand beside, and those that are given twice."""
    found: dict[tuple[str, str], list[Place]] = {}
    diagnostics: list[Diagnostic] = []
    for place in places:
        if not (place.language or place.is_text):
            continue
        others = found.setdefault(place.address, [])
        same = [other for other in others if other.language == place.language]
        if same:
            first = Related("first-here", same[0].file.path)
            name = f"{place.id}.{place.language}"
            diagnostics.append(
                problem("duplicate-id", place.file.path, related=(first,), kind=place.kind.name, id=name)
            )
        else:
            others.append(place)
    return found, diagnostics


def _item(
    place: Place, own: Reading, companions: list[Place], readings: Mapping[str, Reading]
) -> Item[Entry] | None:
    if own.record is None:
        return None
    if not isinstance(own.record, Entry):
        raise TypeError(own.path)
    text, text_path = own.text, own.path
    translations: dict[str, Translated] = {}
    for other in companions:
        found = readings[other.file.path]
        if other.is_text:
            text, text_path = found.text, found.path
        elif isinstance(found.record, Translation):
            translations[other.language] = Translated(
                other.language, found.path, found.record, found.text, found.fingerprint, found.spans
            )
    return Item(
        place.kind.name,
        place.id,
        own.path,
        own.record,
        text,
        text_path,
        own.spans,
        own.targets,
        own.fingerprint,
        translations,
    )


def _orphans(places: list[Place], declared: Mapping[str, Mapping[str, str]]) -> Iterator[Diagnostic]:
    """Report texts and translations that have no entry beside them."""
    for place in places:
        if not (place.language or place.is_text):
            continue
        ids = declared[place.kind.name]
        if posixpath.dirname(ids.get(place.id, "")) != posixpath.dirname(place.file.path):
            yield problem(
                "entry-missing",
                place.file.path,
                Span.at(1, 1),
                kind=place.kind.name,
                id=place.id,
                suggestion=nearest(place.id, [id_ for id_ in ids if id_ != place.id]),
            )
