"""Read one file of content, and put everything that comes out into a row of the memory."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.json import encode

from stadtnetz.advice.entries import on_entry, on_text
from stadtnetz.diagnostics import Diagnostic
from stadtnetz.fingerprint import of_bytes
from stadtnetz.memory import Row
from stadtnetz.model.base import Record
from stadtnetz.records import plain
from stadtnetz.rows import Long, Short, ShortText, Target, Task
from stadtnetz.schema import parse_body, parse_entry, parse_site, refused_references
from stadtnetz.text.body import Body
from stadtnetz.text.document import FieldReference, Spans

__all__ = ["make_row"]


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
