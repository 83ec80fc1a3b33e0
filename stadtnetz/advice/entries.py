"""Advice on one file: all rules, applied to an entry, a translation or a text that was read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from stadtnetz.advice.fields import of_fields
from stadtnetz.advice.prose import Prose, body_prose, field_prose
from stadtnetz.advice.remains import of_remains
from stadtnetz.advice.wording import Manner, of_prose
from stadtnetz.diagnostics import Diagnostic
from stadtnetz.model.event import Event
from stadtnetz.model.kinds import Kind
from stadtnetz.model.milestone import Milestone
from stadtnetz.model.news import News
from stadtnetz.model.page import Page
from stadtnetz.model.phase import Phase
from stadtnetz.model.tandem import Tandem
from stadtnetz.schema import Parsed
from stadtnetz.source import SourceFile
from stadtnetz.text.decode import decode

__all__ = ["on_entry", "on_text"]

_HEADLINES = (Event, News, Page)
_OF_A_DAY = (Event, Milestone, News)
_DATED = (*_OF_A_DAY, Phase, Tandem)
_TEXTS = ("title", "kicker", "lead", "summary", "correction", "remark")
"""Fields with sentences of the editor's own."""


def on_entry(parsed: Parsed, kind: Kind, language: str) -> tuple[Diagnostic, ...]:
    """Return advice on an entry or a translation that was read without errors."""
    entry, path = parsed.entry, parsed.path
    manner = _manner(kind, language, dated=entry.updated is not None)
    found = [*of_fields(path, entry, parsed.body, parsed.spans), *of_remains(parsed)]
    for prose in _proses(parsed):
        found += of_prose(prose, path, manner)
    return tuple(found)


def on_text(file: SourceFile, kind: Kind, language: str) -> tuple[Diagnostic, ...]:
    """Return advice on the long text that stands beside a structured entry."""
    text, _ = decode(file)
    if text is None:
        return ()
    # The entry beside it has the date.
    manner = _manner(kind, language, dated=True)
    return tuple(of_prose(body_prose(text), file.path, manner))


def _manner(kind: Kind, language: str, *, dated: bool) -> Manner:
    return Manner(
        language,
        headline=issubclass(kind.model, _HEADLINES),
        of_a_day=issubclass(kind.model, _OF_A_DAY),
        dated=dated or issubclass(kind.model, _DATED),
    )


def _proses(parsed: Parsed) -> Iterator[Prose]:
    fields = vars(parsed.entry)  # asking for what is no field takes long
    for name in _TEXTS:
        value = fields.get(name)
        if isinstance(value, str):
            yield field_prose(name, value, parsed.text, parsed.spans.value((name,)))
    if parsed.parts is not None and parsed.parts.body.strip():
        yield body_prose(unicodedata.normalize("NFC", parsed.parts.body), parsed.parts.body_line)
