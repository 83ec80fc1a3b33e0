"""All records of a content folder, each with its identity.

What a file is follows from its path alone: the folder names the kind, the stem the id, a second ending the
language. A file that can't be read still declares its id, so that one mistake is not reported again by everything
that refers to it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from stadtnetz.diagnostics import Diagnostic, Related, Span, problem
from stadtnetz.diagnostics.suggest import nearest
from stadtnetz.model.kinds import FOLDERS
from stadtnetz.model.shared import Entry
from stadtnetz.model.translation import Translation
from stadtnetz.network.files import MEDIA_ENDINGS, Place, place_of
from stadtnetz.network.operator import ORIGINAL
from stadtnetz.schema import (
    FieldReference,
    Parsed,
    ParsedSite,
    parse_body,
    parse_entry,
    parse_site,
    refused_references,
)
from stadtnetz.source import Sources
from stadtnetz.text.markdown import Body
from stadtnetz.text.yamltext import Spans

__all__ = [
    "Item",
    "Library",
    "Translated",
    "load_library",
]

E = TypeVar("E", bound=Entry, covariant=True)


@dataclass(frozen=True, slots=True)
class Translated:
    """An entry's texts in another language."""

    language: str
    path: str
    texts: Translation
    body: Body | None
    spans: Spans


@dataclass(frozen=True, slots=True)
class Item(Generic[E]):
    """A record with its identity, its long text and its translations by language."""

    kind: str
    id: str
    path: str
    entry: E
    body: Body | None
    body_path: str
    """Where the long text stands: the entry's own file, or the `.md` beside it."""
    spans: Spans
    references: tuple[FieldReference, ...]
    translations: Mapping[str, Translated] = field(default_factory=dict)

    @property
    def folder(self) -> str:
        """Return the folder that the entry's pictures and attachments stand in."""
        return posixpath.dirname(self.path)


@dataclass(frozen=True, slots=True)
class Refused:
    """What is known of an entry's file that has errors."""

    path: str
    references: tuple[FieldReference, ...]
    body: Body | None


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that was read. `declared` has the ids of unreadable files as well, by kind, with their paths.

    `media` are the files beside the entries, by path, with their size in bytes.
    """

    site: ParsedSite | None
    items: Mapping[str, Mapping[str, Item[Entry]]]
    declared: Mapping[str, Mapping[str, str]]
    media: Mapping[str, int]
    refused: tuple[Refused, ...] = ()
    """Entries with errors: what they refer to is checked all the same."""

    def all_items(self) -> Iterator[Item[Entry]]:
        """Yield every record, by kind and id."""
        for by_id in self.items.values():
            yield from by_id.values()


def load_library(sources: Sources) -> tuple[Library, tuple[Diagnostic, ...]]:
    """Read every entry of content/ and site.yaml."""
    diagnostics: list[Diagnostic] = []
    places: list[Place] = []
    media: dict[str, int] = {}
    for path, file in sources.files.items():
        if not path.startswith("content/"):
            continue
        if posixpath.splitext(path)[1].lower() in MEDIA_ENDINGS:
            media[path] = len(file.data)
            continue
        found = place_of(file)
        if isinstance(found, Diagnostic):
            diagnostics.append(found)
        else:
            places.append(found)
    site: ParsedSite | None = None
    if "site.yaml" in sources.files:
        site, site_problems = parse_site(sources.files["site.yaml"])
        diagnostics += site_problems
    originals, declared, duplicates = _originals(places)
    diagnostics += duplicates
    items: dict[str, dict[str, Item[Entry]]] = {kind.name: {} for kind in FOLDERS.values()}
    refused: list[Refused] = []
    companions, duplicates = _companions(places)
    diagnostics += duplicates
    for place in originals:
        item, problems = _read_item(place, companions.get(place.address, []))
        diagnostics += problems
        if item is not None:
            items[place.kind.name][place.id] = item
        else:
            refused.append(Refused(place.file.path, *refused_references(place.file, place.kind)))
    diagnostics += _orphans(places, declared)
    ordered = {kind: dict(sorted(by_id.items())) for kind, by_id in items.items()}
    return Library(site, ordered, declared, media, tuple(refused)), tuple(diagnostics)


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


def _read_item(place: Place, companions: list[Place]) -> tuple[Item[Entry] | None, list[Diagnostic]]:
    parsed, problems = parse_entry(place.file, place.kind)
    diagnostics = list(problems)
    body = parsed.body if parsed else None
    body_path = place.file.path
    translations: dict[str, Translated] = {}
    for other in companions:
        if other.is_text:
            body, problems = parse_body(other.file, ORIGINAL)
            body_path = other.file.path
        else:
            found, problems = parse_entry(other.file, place.kind, translation=True, language=other.language)
            if found is not None:
                translations[other.language] = _translated(found, other.language)
        diagnostics += problems
    if parsed is None:
        return None, diagnostics
    if not isinstance(parsed.entry, Entry):
        raise TypeError(parsed.path)
    return (
        Item(
            place.kind.name,
            place.id,
            parsed.path,
            parsed.entry,
            body,
            body_path,
            parsed.spans,
            parsed.references,
            translations,
        ),
        diagnostics,
    )


def _translated(parsed: Parsed, language: str) -> Translated:
    if not isinstance(parsed.entry, Translation):
        raise TypeError(parsed.path)
    return Translated(language, parsed.path, parsed.entry, parsed.body, parsed.spans)


def _orphans(places: list[Place], declared: Mapping[str, Mapping[str, str]]) -> Iterator[Diagnostic]:
    """Report texts and translations that have no entry beside them."""
    for place in places:
        ids = declared[place.kind.name]
        beside = posixpath.dirname(ids.get(place.id, "")) == posixpath.dirname(place.file.path)
        if (place.language or place.is_text) and not beside:
            yield problem(
                "entry-missing",
                place.file.path,
                Span.at(1, 1),
                kind=place.kind.name,
                id=place.id,
                suggestion=nearest(place.id, [id_ for id_ in ids if id_ != place.id]),
            )
