"""Python-Markdown without the work that cannot lead to anything.

The library tries every kind of block on every block, and every pattern on every text (see `inlines`). Each class here
does what the one that it is derived from does, but looks first whether the characters that something begins with are
there at all. What comes out is the same; a test compares both on texts of all kinds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import HTML_EMPTY, Element

from markdown.blockparser import BlockParser
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.extensions.tables import TableProcessor
from markdown.preprocessors import NormalizeWhitespace
from markdown.serializers import RE_AMP
from markdown.treeprocessors import PrettifyTreeprocessor, UnescapeTreeprocessor
from markdown.util import BLOCK_LEVEL_ELEMENTS, STX

if TYPE_CHECKING:
    from markdown import Markdown
    from markdown.blockprocessors import BlockProcessor

__all__ = [
    "Blocks",
    "Fences",
    "Layout",
    "Tables",
    "Unescaping",
    "Whitespace",
    "to_html",
]

_BLOCK_TAGS = frozenset(BLOCK_LEVEL_ELEMENTS)
_BLOCK = {
    "admonition": {"!"},
    "table": {"|"},
    "hashheader": {"#"},
    "setextheader": {"=", "-"},
    "hr": {"-", "_", "*"},
    "quote": {">"},
    "footnote": {"["},
    "reference": {"["},
}
"""What a kind of block needs as the first character of a line (a table: anywhere)."""


class Blocks(BlockParser):
    """Parses blocks, asking only the processors for which a line of the block begins in the right way."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._asked: list[tuple[set[str], BlockProcessor]] = []

    def prepare(self) -> None:
        """Take note of the processors once all are there."""
        known = self.blockprocessors
        names = {known.get_index_for_name(name): name for name in _BLOCK}
        self._asked = [(_BLOCK.get(names.get(place, ""), set()), one) for place, one in enumerate(known)]

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802
        """Turn blocks into elements below the parent."""
        while blocks:
            block = blocks[0]
            signs = {line.lstrip(" ")[:1] for line in block.split("\n")}
            if "|" in block:
                signs.add("|")
            if len(parent) and parent[-1].tag == "div":
                signs.add("!")  # below an information box, indentation decides whether a block belongs to it
            for needed, processor in self._asked:
                if needed and needed.isdisjoint(signs):
                    continue
                if processor.test(parent, block) and processor.run(parent, blocks) is not False:
                    break


class Tables(TableProcessor):
    """Splits rows without code and backslashes at each bar."""

    def _split_row(self, row: str) -> list[str]:
        if "`" in row or "\\" in row:
            cells: list[str] = super()._split_row(row)  # type: ignore[misc]
            return cells
        if self.border:
            row = row.removeprefix("|").removesuffix("|")
        return row.split("|")


class Whitespace(NormalizeWhitespace):
    """Evens out line ends, tabs and blank lines, if there is anything to even out."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines, and two empty ones."""
        source = "\n".join(lines)
        if source.endswith(" ") or any(sign in source for sign in (" \n", "\t", "\r", "\x02", "\x03")):
            return super().run(lines)
        return [*lines, "", ""]


class Fences(FencedBlockPreprocessor):
    """Takes out fenced code, if a line begins with a fence.

    The library's own pattern looks for the end of `hl_lines="…` in the whole text, from every fence and for every
    end of the code: a thousand characters take minutes. Here it has to stand in the fence's line.
    """

    FENCED_BLOCK_RE = re.compile(
        FencedBlockPreprocessor.FENCED_BLOCK_RE.pattern.replace(
            "(?P<hl_lines>.*?)", "(?P<hl_lines>[^\\n]*?)"
        ),
        re.MULTILINE | re.DOTALL | re.VERBOSE,
    )

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with stand-ins for fenced code."""
        return super().run(lines) if any(line.startswith(("```", "~~~")) for line in lines) else lines


class Layout(PrettifyTreeprocessor):
    """Puts line breaks between block elements."""

    def _prettifyETree(self, elem: Element) -> None:  # noqa: N802
        if elem.tag in _BLOCK_TAGS and elem.tag not in ("code", "pre"):
            if len(elem) and elem[0].tag in _BLOCK_TAGS and not (elem.text and elem.text.strip()):
                elem.text = "\n"
            for child in elem:
                if child.tag in _BLOCK_TAGS:
                    self._prettifyETree(child)
        if not elem.tail or not elem.tail.strip():
            elem.tail = "\n"


class Unescaping(UnescapeTreeprocessor):
    """Puts escaped characters back, where there are any."""

    def run(self, root: Element) -> None:
        """Look for them, if the text has a backslash at all."""
        if any("\\" in line for line in self.md.lines):  # type: ignore[attr-defined]
            super().run(root)

    def unescape(self, text: str) -> str:
        """Return a text with its escaped characters."""
        return super().unescape(text) if STX in text else text


def to_html(element: Element) -> str:
    """Write elements as HTML, with attributes in the order of their names; there are none without a value."""
    pieces: list[str] = []
    _write(element, pieces)
    return "".join(pieces)


def _write(element: Element, pieces: list[str]) -> None:
    tag = element.tag
    if items := element.items():
        attributes = "".join([_attribute(name, value) for name, value in sorted(items)])
        pieces.append(f"<{tag}{attributes}>")
    else:
        pieces.append(f"<{tag}>")
    if (text := element.text) is not None:
        pieces.append(text if text == "\n" else _escaped(text))
    for child in element:
        _write(child, pieces)
    if tag not in HTML_EMPTY:
        pieces.append(f"</{tag}>")
    if (tail := element.tail) is not None:
        pieces.append(tail if tail == "\n" else _escaped(tail))


def _attribute(name: str, value: str) -> str:
    quoted = _escaped(value).replace('"', "&quot;")
    return f' {name}="{quoted}"'


def _escaped(text: str) -> str:
    if "&" in text:
        text = RE_AMP.sub("&amp;", text)  # an entity stays one
    return text.replace("<", "&lt;").replace(">", "&gt;")
