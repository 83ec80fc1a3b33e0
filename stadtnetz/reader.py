"""Read one file of content, and put everything that comes out into a row of the memory."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import force_setattr

from stadtnetz.advice import on_entry, on_text
from stadtnetz.diagnostics import Diagnostic, Span
from stadtnetz.diagnostics.rows import to_row
from stadtnetz.fingerprint import digest, of_program
from stadtnetz.memory import Row
from stadtnetz.model.base import Record
from stadtnetz.model.kinds import Kind
from stadtnetz.records import plain
from stadtnetz.schema import FieldReference, parse_body, parse_entry, parse_site, refused_references
from stadtnetz.source import SourceFile
from stadtnetz.text.body import Body
from stadtnetz.text.document import Loc, Spans

__all__ = ["Task", "make_row"]


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
        force_setattr(self, "key", digest(parts.encode("utf-8", "surrogatepass")))


def make_row(task: Task) -> Row:
    """Read a file, and put all that comes out into a row."""
    record, body, spans, references, problems = _parse(task)
    data = None if record is None else plain(record)
    fingerprint = digest(json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    values, keys = ([], []) if spans is None else (_rows_of(spans.values), _rows_of(spans.keys))
    values = values or [(list(one.loc), _row(one.span)) for one in references]
    short = (
        [to_row(problem) for problem in problems],
        fingerprint,
        data,
        [(one.loc, one.kind, one.id) for one in references],
        None if body is None else _short_text(body),
    )
    return _dumped(short), _dumped((values, keys, None if body is None else _long_text(body)))


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
    problems += on_entry(file, kind, parsed.entry, parsed.body, parsed.spans, task.language)
    return parsed.entry, parsed.body, parsed.spans, parsed.references, problems


def _short_text(body: Body) -> tuple[object, ...]:
    whole = repr(
        (body.html, body.headings, [(r.kind, r.id, r.fragment) for r in body.references], body.words)
    )
    images = [(image.file, image.alt) for image in body.images]
    # A place inside another page is a target of its own, so that texts without any need not be looked into.
    places = {("place", f"{one.kind}:{one.id}#{one.fragment}") for one in body.references if one.fragment}
    targets = sorted({(reference.kind, reference.id) for reference in body.references} | places)
    return digest(f"{whole}{images}".encode("utf-8", "surrogatepass")), targets, bool(images)


def _long_text(body: Body) -> tuple[object, ...]:
    return (
        body.html,
        [(heading.level, heading.id, heading.text) for heading in body.headings],
        [(one.kind, one.id, one.fragment, _row(one.span)) for one in body.references],
        body.words,
        [(one.file, one.alt, _row(one.span)) for one in body.images],
    )


def _row(span: Span) -> tuple[int, ...]:
    return span.line, span.column, span.end_line, span.end_column


def _rows_of(spans: Mapping[Loc, Span]) -> list[tuple[object, ...]]:
    return [(loc, _row(span)) for loc, span in spans.items()]


def _dumped(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
