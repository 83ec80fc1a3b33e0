"""Read one file of content, and put everything that comes out into a row of the memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.json import encode
from msgspec.structs import force_setattr

from stadtnetz.advice import on_entry, on_text
from stadtnetz.diagnostics import Diagnostic, Span
from stadtnetz.fingerprint import of_bytes, of_program
from stadtnetz.memory import Row
from stadtnetz.model.base import Record
from stadtnetz.model.kinds import Kind
from stadtnetz.records import plain
from stadtnetz.schema import FieldReference, parse_body, parse_entry, parse_site, refused_references
from stadtnetz.source import SourceFile
from stadtnetz.text.body import Body
from stadtnetz.text.document import Loc, Spans

__all__ = ["Long", "Short", "ShortText", "Target", "Task", "make_row"]


class Task(Struct, frozen=True):
    """A file to be read: an entry of a kind, its translation, the text beside it, or, without a kind, site.yaml."""

    file: SourceFile
    kind: Kind | None = None
    language: str = "de"
    translation: bool = False
    is_text: bool = False
    key: str = ""
    """What everything that comes out depends on; the path is part of it because problems name it."""

    def __post_init__(self) -> None:
        kind = self.kind.name if self.kind is not None else ""
        form = f"{kind} {self.language} {self.translation} {self.is_text}"
        parts = f"{of_program()} {self.file.digest} {form} {self.file.path}"
        force_setattr(self, "key", of_bytes(parts.encode("utf-8", "surrogatepass")))


class Target(NamedTuple):
    """A field that names another entry, by the way to it."""

    loc: Loc
    kind: str
    id: str


class ShortText(Struct, frozen=True, array_like=True):
    """What every build must know of a long text."""

    fingerprint: str
    targets: tuple[tuple[str, str], ...]
    """What it links to: kinds and ids; the kind "path" for addresses, "place" for places inside other pages."""
    has_images: bool


class Short(Struct, frozen=True, array_like=True):
    """The short part of a row: what every build must know of a file."""

    problems: tuple[Diagnostic, ...]
    fingerprint: str
    """Of the record alone: neither comments nor the long text count."""
    data: dict[str, Any] | None
    """The record, as `records` has it."""
    targets: tuple[Target, ...]
    text: ShortText | None


class Long(Struct, frozen=True, array_like=True):
    """The long part of a row: where values and keys stand, and the long text."""

    values: tuple[tuple[Loc, Span], ...]
    keys: tuple[tuple[Loc, Span], ...]
    body: Body | None


def make_row(task: Task) -> Row:
    """Read a file, and put all that comes out into a row."""
    record, body, spans, references, problems = _parse(task)
    data = None if record is None else plain(record)
    values, keys = ({}, {}) if spans is None else (spans.values, spans.keys)
    short = Short(
        tuple(problems),
        of_bytes(encode(data)),
        data,
        tuple(Target(one.loc, one.kind, one.id) for one in references),
        None if body is None else _short_text(body),
    )
    places = tuple(values.items()) or tuple((one.loc, one.span) for one in references)
    return encode(short), encode(Long(places, tuple(keys.items()), body))


_Parts = tuple[Record | None, Body | None, Spans | None, Sequence[FieldReference], Sequence[Diagnostic]]


def _parse(task: Task) -> _Parts:
    file, kind = task.file, task.kind
    if kind is None:
        site, problems = parse_site(file)
        return (
            (None, None, None, (), problems)
            if site is None
            else (site.config, None, site.spans, site.references, problems)
        )
    if task.is_text:
        body, problems = parse_body(file, task.language)
        if body is not None:
            problems += on_text(file, kind, task.language)
        return None, body, None, (), problems
    parsed, problems = parse_entry(file, kind, translation=task.translation, language=task.language)
    if parsed is None:
        references, body = refused_references(
            file, kind, translation=task.translation, language=task.language
        )
        return None, body, None, references, problems
    problems += on_entry(parsed, kind, task.language)
    return parsed.entry, parsed.body, parsed.spans, parsed.references, problems


def _short_text(body: Body) -> ShortText:
    # Where its links and pictures stand in the file is not part of what readers see.
    shown = (
        *(body.html, body.headings, body.words),
        [(one.kind, one.id, one.fragment) for one in body.references],
        [(one.file, one.alt) for one in body.images],
    )
    # A place inside another page is a target of its own, so that texts without any need not be looked into.
    places = {("place", f"{one.kind}:{one.id}#{one.fragment}") for one in body.references if one.fragment}
    targets = sorted({(reference.kind, reference.id) for reference in body.references} | places)
    return ShortText(of_bytes(encode(shown)), tuple(targets), has_images=bool(body.images))
