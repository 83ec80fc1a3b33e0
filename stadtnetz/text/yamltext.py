"""YAML as plain data with positions: texts, lists and mappings, nothing guessed.

The C parser's events are read one by one instead of composing nodes: an event still shows anchors and tags, so
that both can be refused before anything is expanded, and there is no recursion that deep nesting could exhaust.
Every scalar stays text (`01067`, `no`, `12:30`); what it means is for the schema to say.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Protocol

import yaml
from msgspec import Struct

from stadtnetz.diagnostics import Diagnostic, Related, Span, problem
from stadtnetz.text.document import Loc, Plain, Spans, YamlDocument
from stadtnetz.text.places import Places
from stadtnetz.text.yamlerrors import TEMPLATE_SYNTAX, explain

__all__ = ["Loc", "Plain", "Spans", "YamlDocument", "parse_yaml"]

DEEPEST = 20
"""Levels of nesting; the content model needs five."""
_MOST_VALUES = 10_000
"""Keys, values, lists and mappings of a file; whoever misspells as many keys is told of a misspelt file instead."""
_MOST_SYNTAX_ERRORS = 10
_NOTHING = ("", "~", "null", "Null", "NULL")
_OTHER_BREAKS = re.compile("[\x85\u2028\u2029]")
"""Line breaks for YAML 1.1, but not for editors, and not for our line numbers."""


_STARTS = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


class _Mark(Protocol):
    """A place in a YAML stream; two classes of PyYAML have this form."""

    index: int
    line: int
    column: int


_Loader = getattr(getattr(yaml, "cyaml", None), "CParser", yaml.SafeLoader)
"""The C parser alone: nothing here needs what makes objects of its events."""


def parse_yaml(
    text: str, path: str, first_line: int = 1
) -> tuple[YamlDocument | None, tuple[Diagnostic, ...]]:
    """Read one YAML document. A document may come together with errors, if what was read can be relied on."""
    places = Places.of(text, first_line)
    diagnostics: list[Diagnostic] = []
    lines_with_errors: set[int] = set()
    reliable = True
    for _ in range(_MOST_SYNTAX_ERRORS):
        builder = _Builder(text, path, places)
        try:
            builder.run()
        except yaml.YAMLError as error:
            found = explain(error, text, path, places)
            new = [d for d in found.diagnostics if d.span is None or d.span.line not in lines_with_errors]
            diagnostics += new if reliable or found.certain else []
            lines_with_errors.update(d.span.line for d in found.diagnostics if d.span is not None)
            reliable = reliable and found.reliable
            if found.mended is None or found.mended == text:
                return None, tuple(diagnostics)
            text = found.mended
            continue
        if not reliable:
            return None, tuple(diagnostics)
        return builder.document(), (*diagnostics, *builder.diagnostics)
    return None, tuple(diagnostics)


class _Frame(Struct):
    """An open list or mapping. `loc` is None below something that is not kept."""

    container: list[Plain] | dict[str, Plain]
    loc: Loc | None
    start: Span
    key: str | None = None
    """The key whose value comes next."""
    keeps: bool = True
    """Whether that value is kept."""
    at_key: bool = True


class _Builder:
    """Builds plain data from parser events, with a stack of its own."""

    def __init__(self, text: str, path: str, places: Places) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._text, self._path, self._places = text, path, places
        self._plain_breaks = _OTHER_BREAKS.search(text) is None
        self._stack: list[_Frame] = []
        self._root: Plain = None
        self._values: dict[Loc, Span] = {}
        self._keys: dict[Loc, Span] = {}
        self._documents = 0

    def document(self) -> YamlDocument | None:
        """Return what was read, or None (with a diagnostic) where it is no mapping."""
        if isinstance(self._root, dict):
            return YamlDocument(self._root, Spans(self._values, self._keys))
        if self._root is None and not self.diagnostics:
            self.diagnostics.append(problem("file-empty", self._path, self._places.at(0)))
        elif self._root is not None:
            self.diagnostics.append(problem("yaml-not-mapping", self._path, self._values[()]))
        return None

    def run(self) -> None:
        """Read all events. Raises yaml.YAMLError."""
        for number, event in enumerate(yaml.parse(self._text, Loader=_Loader)):
            if number > _MOST_VALUES:
                self._report("yaml-too-large", self._span(event), limit=_MOST_VALUES)
                self._root = None
                return
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, _STARTS):
                if len(self._stack) == DEEPEST:
                    self._report("yaml-nesting", self._span(event), limit=DEEPEST)
                    self._root = None
                    return
                self._refuse_marks(event)
                self._open(event)
            elif isinstance(event, _ENDS):
                self._close(event)
            elif isinstance(event, yaml.AliasEvent):
                self._report("yaml-alias", self._span(event))
                self._put(None, self._span(event))
            elif isinstance(event, yaml.DocumentStartEvent):
                self._documents += 1
                if self._documents == 2:
                    self._report("yaml-documents", self._span(event))
                    return

    def _report(self, code: str, span: Span, **params: str | int) -> None:
        self.diagnostics.append(problem(code, self._path, span, related=(), **params))

    def _span(self, event: yaml.Event) -> Span:
        start, end = event.start_mark, event.end_mark
        if self._plain_breaks and start is not None and end is not None:
            shift = self._places.first_line
            return Span(start.line + shift, start.column + 1, end.line + shift, end.column + 1)
        return self._places.span(_mark(start).index, _mark(end).index)

    def _refuse_marks(self, event: yaml.NodeEvent) -> None:
        if event.anchor is not None:
            self._report("yaml-alias", self._span(event))
        if getattr(event, "tag", None) is not None:
            self._report("yaml-tag", self._span(event))

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if event.anchor is not None or event.tag is not None:
            self._refuse_marks(event)
        span = self._span(event)
        value: str | None = event.value
        if not event.style and value in _NOTHING:
            value = None
        elif value is not None and not value.isascii():
            value = unicodedata.normalize("NFC", value)
        if value is not None and "{" in value and (found := TEMPLATE_SYNTAX.search(value)):
            self._template_syntax(event, found[0])
        top = self._stack[-1] if self._stack else None
        if top is not None and isinstance(top.container, dict) and top.at_key:
            self._key(top, value, event, span)
        else:
            self._put(value, span)

    def _template_syntax(self, event: yaml.ScalarEvent, first: str) -> None:
        start, end = _mark(event.start_mark).index, _mark(event.end_mark).index
        hits = list(TEMPLATE_SYNTAX.finditer(self._text, start, end))
        for hit in hits:
            self._report("template-syntax", self._places.at(hit.start(), 2), syntax=hit[0])
        if not hits:
            self._report("template-syntax", self._span(event), syntax=first)

    def _key(self, top: _Frame, name: str | None, event: yaml.ScalarEvent, span: Span) -> None:
        top.at_key = False
        top.key, top.keeps = name, top.loc is not None
        if name is None:
            self._report("yaml-key-form", span)
            top.keeps = False
        elif name == "<<" and not event.style:
            self._report("yaml-alias", span)
            top.keeps = False
        elif top.loc is not None:
            loc = (*top.loc, name)
            if loc in self._keys:
                first = Related("first-here", self._path, self._keys[loc])
                self.diagnostics.append(
                    problem("duplicate-key", self._path, span, related=(first,), field=name)
                )
                top.keeps = False
            else:
                self._keys[loc] = span

    def _next_loc(self) -> Loc | None:
        """Return the way to the value that comes next, or None if it is not kept."""
        if not self._stack:
            return ()
        top = self._stack[-1]
        if top.loc is None:
            return None
        if isinstance(top.container, list):
            return (*top.loc, len(top.container))
        return (*top.loc, top.key) if top.keeps and not top.at_key and top.key is not None else None

    def _put(self, value: Plain, span: Span) -> None:
        loc = self._next_loc()
        if loc is not None:
            self._values[loc] = span
        if not self._stack:
            self._root = value
            return
        top = self._stack[-1]
        if isinstance(top.container, list):
            top.container.append(value)
            return
        if top.at_key:
            # A list, a mapping or an alias where a key should be.
            if not self.diagnostics or self.diagnostics[-1].code not in ("yaml-alias", "template-syntax"):
                self._report("yaml-key-form", span)
            top.at_key, top.keeps = False, False
            return
        if top.keeps and top.key is not None and value is not None:
            top.container[top.key] = value
        top.at_key = True

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        loc, start = self._next_loc(), self._span(event)
        if loc is not None:
            # Set again when it ends; this keeps the order of the text.
            self._values[loc] = start
        before = _mark(event.start_mark).index - 1
        if loc is None and self._text.startswith("{{", before):
            self._report("template-syntax", self._places.at(before, 2), syntax="{{")
        is_list = isinstance(event, yaml.SequenceStartEvent)
        self._stack.append(_Frame([] if is_list else {}, loc, start))

    def _close(self, event: yaml.CollectionEndEvent) -> None:
        frame = self._stack.pop()
        end = self._span(event)
        self._put(frame.container, Span(frame.start.line, frame.start.column, end.end_line, end.end_column))


def _mark(mark: _Mark | None) -> _Mark:
    """Return a mark; the stubs allow None, which only events made by hand have."""
    if mark is None:
        raise TypeError(mark)
    return mark
