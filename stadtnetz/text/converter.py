"""A converter from Markdown to HTML that can be used for one text after the other, and remembers none of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from typing import TYPE_CHECKING

from markdown import Markdown
from markdown.util import Registry

from stadtnetz.text.inlines import Emphasis, Inlines, Links
from stadtnetz.text.shortcuts import (
    Blocks,
    Fences,
    Layout,
    Tables,
    Unescaping,
    Whitespace,
    to_html,
)

if TYPE_CHECKING:
    from markdown.extensions import Extension

__all__ = ["Converter"]

_CONTAINERS = (list, dict, set, deque)
_KEPT = ("_chosen", "_fresh")
"""What is no memory of a text: patterns by signs, and the state to go back to."""


class Converter(Markdown):
    """Python-Markdown made of our own parts, with the patterns and processors that our texts need."""

    _blocks: Blocks

    def __init__(self, extensions: Sequence[Extension | str]) -> None:
        super().__init__(extensions=extensions, output_format="html")
        self.serializer = to_html
        self._blocks.prepare()

    def build_parser(self) -> Converter:
        """Build everything that extensions add to."""
        super().build_parser()
        # Tags are read one by one as inline HTML: sanitised like everything else, and cheaper than a second parser.
        self.preprocessors = Registry()
        self.preprocessors.register(Whitespace(self), "normalize_whitespace", 30)
        self.preprocessors.register(Fences(self, {"lang_prefix": "language-"}), "fenced_code_block", 25)
        parser = self._blocks = Blocks(self)
        parser.blockprocessors = self.parser.blockprocessors
        for processor in parser.blockprocessors:
            processor.parser = parser
        self.parser = parser
        parser.blockprocessors.register(Tables(parser, {"use_align_attribute": True}), "table", 75)
        self.ESCAPED_CHARS.append("|")
        for unused in ("image_reference", "short_image_ref"):
            self.inlinePatterns.deregister(unused)
        link, emphasis = self.inlinePatterns["link"], Emphasis("*", "strong,em", self)
        emphasis.add("_", "strong,em", smart=True)
        self.inlinePatterns.register(Links(link.pattern, self), "link", 160)
        self.inlinePatterns.register(emphasis, "em_strong", 60)
        self.treeprocessors = Registry()
        self.treeprocessors.register(Inlines(self), "inline", 20)
        self.treeprocessors.register(Layout(self), "prettify", 10)
        self.treeprocessors.register(Unescaping(self), "unescape", 0)
        return self

    def parts(self) -> Iterator[object]:
        """Yield every object that could remember something of a text."""
        yield from (self, self.parser, self.htmlStash, *self.registeredExtensions)
        registries: tuple[Iterable[object], ...] = (
            self.preprocessors,
            self.parser.blockprocessors,
            self.inlinePatterns,
            self.treeprocessors,
            self.postprocessors,
        )
        for registry in registries:
            yield from registry
        if self.delimiters is not None:
            yield from self.delimiters.delimiters.values()

    def settle(self) -> None:
        """Take note of the state to go back to, once everything is registered."""
        self._fresh = [(vars(part), _copied(vars(part))) for part in self.parts()]

    def forget(self) -> None:
        """Go back to that state, whatever a text has left behind."""
        for live, fresh in self._fresh:
            if live == fresh:
                continue
            for name in [name for name in live if name not in _KEPT]:
                if name not in fresh:
                    del live[name]
                elif live[name] != fresh[name]:
                    live[name] = copy(fresh[name]) if isinstance(fresh[name], _CONTAINERS) else fresh[name]


def _copied(attributes: dict[str, object]) -> dict[str, object]:
    return {
        name: copy(value) if isinstance(value, _CONTAINERS) else value
        for name, value in attributes.items()
        if name not in _KEPT
    }
