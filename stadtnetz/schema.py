"""From plain data to typed records: an entry's file becomes a record of the content model, with positions.

Pydantic finds all errors of a record at once; here each gets the place in the file that has to be changed
(`schema_errors` puts it into our codes). References to other entries are collected by a walk over the model's
annotations, so that a new field that refers to something is checked without anybody remembering to.
"""

from __future__ import annotations

import types
import typing
import unicodedata
from collections.abc import Iterator
from functools import cache

from msgspec import Struct
from pydantic import ValidationError

from stadtnetz.diagnostics import Diagnostic, Span, has_errors, problem
from stadtnetz.model.base import ID_FORM, Record, Reference
from stadtnetz.model.kinds import Kind
from stadtnetz.model.shared import Entry
from stadtnetz.model.site_config import SiteConfig
from stadtnetz.model.translation import Translation
from stadtnetz.schema_errors import diagnose
from stadtnetz.source import SourceFile
from stadtnetz.text.body import Body
from stadtnetz.text.decode import decode
from stadtnetz.text.document import FieldReference, Loc, Plain, Spans, YamlDocument
from stadtnetz.text.frontmatter import FrontMatter, has_front_matter, split

__all__ = [
    "Parsed",
    "ParsedSite",
    "parse_body",
    "parse_entry",
    "parse_site",
    "refused_references",
]


class Parsed(Struct, frozen=True):
    """A file that was read without errors; `body` is None where there is no long text."""

    path: str
    entry: Entry | Translation
    body: Body | None
    spans: Spans
    references: tuple[FieldReference, ...]
    text: str
    """The whole file."""
    parts: FrontMatter | None
    """Of a Markdown file."""


class ParsedSite(Struct, frozen=True):
    """site.yaml, read without errors."""

    path: str
    config: SiteConfig
    spans: Spans
    references: tuple[FieldReference, ...]


def parse_entry(
    file: SourceFile, kind: Kind, *, translation: bool = False, language: str = "de"
) -> tuple[Parsed | None, tuple[Diagnostic, ...]]:
    """Read an entry, or its translation; None if it has errors, of which all are returned."""
    text, decoding = decode(file)
    diagnostics = list(decoding)
    if text is None:
        return None, decoding
    document: YamlDocument | None = None
    body: Body | None = None
    fields: tuple[Diagnostic, ...] = ()
    parts: FrontMatter | None = None
    if file.path.endswith(".md"):
        parts, problems = split(text, file.path)
        diagnostics += problems
        if parts is not None:
            document, fields = _fields(parts.yaml, file.path, parts.yaml_line)
            body, problems = _body(parts.body, file.path, parts.body_line, language)
            diagnostics += problems
    else:
        document, fields = _fields(text, file.path)
    entry: Entry | Translation | None = None
    if document is not None:
        model: type[Entry] | type[Translation] = Translation if translation else kind.model
        entry, problems = _validate(model, document, file.path)
        fields += _elsewhere(problems, fields)
    diagnostics += fields
    if entry is None or document is None or has_errors(diagnostics):
        return None, tuple(diagnostics)
    references = tuple(_references(type(entry), entry, document.spans))
    return Parsed(file.path, entry, body, document.spans, references, text, parts), tuple(diagnostics)


def refused_references(
    file: SourceFile, kind: Kind, *, translation: bool = False, language: str = "de"
) -> tuple[tuple[FieldReference, ...], Body | None]:
    """Return what a file refers to that `parse_entry` refused, so that all its mistakes show in one run."""
    text, _ = decode(file)
    parts = split(text, file.path)[0] if text is not None and file.path.endswith(".md") else None
    body = _body(parts.body, file.path, parts.body_line, language)[0] if parts is not None else None
    if parts is not None:
        document, _ = _fields(parts.yaml, file.path, parts.yaml_line)
    else:
        document, _ = _fields(text, file.path) if text is not None else (None, ())
    if document is None:
        return (), body
    model: type[Record] = Translation if translation else kind.model
    found = _references(model, document.data, document.spans)
    return tuple(one for one in found if ID_FORM.fullmatch(one.id)), body


def parse_body(file: SourceFile, language: str) -> tuple[Body | None, tuple[Diagnostic, ...]]:
    """Read the long text that stands beside a structured entry; it has no front matter."""
    text, decoding = decode(file)
    if text is None:
        return None, decoding
    if not text.strip():
        return None, (*decoding, problem("file-empty", file.path, Span.at(1, 1)))
    first_line = 1
    unexpected: tuple[Diagnostic, ...] = ()
    if has_front_matter(text):
        parts, _ = split(text, file.path)
        first = text.index("---")
        line = text.count("\n", 0, first) + 1
        unexpected = (problem("front-matter-unexpected", file.path, Span.at(line, 1, 3)),)
        if parts is not None:
            text, first_line = parts.body, parts.body_line
    body, problems = _body(text, file.path, first_line, language)
    diagnostics = (*decoding, *unexpected, *problems)
    return (None if has_errors(diagnostics) else body), diagnostics


def parse_site(file: SourceFile) -> tuple[ParsedSite | None, tuple[Diagnostic, ...]]:
    """Read site.yaml; None if it has errors."""
    text, decoding = decode(file)
    if text is None:
        return None, decoding
    document, problems = _fields(text, file.path)
    diagnostics = [*decoding, *problems]
    config: SiteConfig | None = None
    if document is not None:
        config, found = _validate(SiteConfig, document, file.path)
        diagnostics += _elsewhere(found, problems)
    if config is None or document is None or has_errors(diagnostics):
        return None, tuple(diagnostics)
    references = tuple(_references(SiteConfig, config, document.spans))
    return ParsedSite(file.path, config, document.spans, references), tuple(diagnostics)


def _body(text: str, path: str, first_line: int, language: str) -> tuple[Body | None, tuple[Diagnostic, ...]]:
    if not text.strip():
        return None, ()
    # Imported here and below because a build in which no file has changed does not read any.
    from stadtnetz.text.markdown import render

    # macOS writes umlauts as two characters; the same text must make the same page.
    return render(unicodedata.normalize("NFC", text), path, first_line, language)


def _fields(text: str, path: str, first_line: int = 1) -> tuple[YamlDocument | None, tuple[Diagnostic, ...]]:
    from stadtnetz.text.yamltext import parse_yaml

    return parse_yaml(text, path, first_line)


def _elsewhere(found: tuple[Diagnostic, ...], before: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Leave out what is said about a line whose YAML is wrong already: its value is only a stand-in."""
    lines = {diagnostic.span.line for diagnostic in before if diagnostic.span is not None}
    return tuple(d for d in found if d.span is None or d.span.line not in lines)


_R = typing.TypeVar("_R", bound=Record)


def _validate(model: type[_R], document: YamlDocument, path: str) -> tuple[_R | None, tuple[Diagnostic, ...]]:
    try:
        return model.model_validate(document.data), ()
    except ValidationError as error:
        return None, tuple(diagnose(error, model, document, path))


class _Step(Struct, frozen=True):
    """A field that refers to a kind of entry, or leads to records that do; `many` where it holds a list."""

    name: str
    many: bool
    kind: str
    records: tuple[type[Record], ...]


@cache
def _plan(model: type[Record]) -> tuple[_Step, ...]:
    """Find a model's references by its annotations, once a class."""
    steps = []
    for name, info in model.model_fields.items():
        marked = [item.kind for item in info.metadata if isinstance(item, Reference)]
        kinds, records, many = _inside(info.annotation)
        kinds += marked
        leading = tuple(record for record in records if _plan(record))
        if kinds or leading:
            steps.append(_Step(name, many, kinds[0] if kinds else "", leading))
    return tuple(steps)


def _inside(annotation: object) -> tuple[list[str], list[type[Record]], bool]:
    """Return the kinds referred to, the records contained, and whether the type is a list."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        inner, *metadata = typing.get_args(annotation)
        kinds, records, many = _inside(inner)
        return kinds + [item.kind for item in metadata if isinstance(item, Reference)], records, many
    if origin in (typing.Union, types.UnionType, tuple):
        parts = [_inside(part) for part in typing.get_args(annotation)]
        return (
            [kind for kinds, _, _ in parts for kind in kinds],
            [record for _, records, _ in parts for record in records],
            origin is tuple or any(many for _, _, many in parts),
        )
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return [], [annotation], False
    return [], [], False


def _references(
    model: type[Record], value: Record | dict[str, Plain], spans: Spans, loc: Loc = ()
) -> Iterator[FieldReference]:
    """Walk a record, or the plain data of one that was refused."""
    for step in _plan(model):
        held = value.get(step.name) if isinstance(value, dict) else getattr(value, step.name)
        here = (*loc, step.name)
        items = enumerate(held) if step.many and isinstance(held, list | tuple) else ((None, held),)
        for index, item in items:
            place = here if index is None else (*here, index)
            if isinstance(item, str) and step.kind:
                yield FieldReference(place, step.kind, item, spans.value(place))
            elif isinstance(item, Record | dict):
                for record in step.records:
                    yield from _references(record, item, spans, place)
