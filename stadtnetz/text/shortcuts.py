"""Python-Markdown without the work that cannot lead to anything.

The library tries every pattern on every text, and every kind of block on every block. Each class here does what the
one that it is derived from does, but looks first whether the characters that something begins with are there at all.
What comes out is the same; a test compares both on texts of all kinds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import HTML_EMPTY, Element

from markdown.blockparser import BlockParser
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import DelimiterProcessor, LinkInlineProcessor
from markdown.preprocessors import NormalizeWhitespace
from markdown.serializers import RE_AMP
from markdown.treeprocessors import InlineProcessor, PrettifyTreeprocessor, UnescapeTreeprocessor
from markdown.util import BLOCK_LEVEL_ELEMENTS, INLINE_PLACEHOLDER_PREFIX, STX, AtomicString

if TYPE_CHECKING:
    from markdown import Markdown
    from markdown.blockprocessors import BlockProcessor
    from markdown.inlinepatterns import Pattern

__all__ = [
    "Blocks",
    "Emphasis",
    "Fences",
    "Inlines",
    "Layout",
    "Links",
    "Tables",
    "Unescaping",
    "Whitespace",
    "to_html",
]

_BLOCK_TAGS = frozenset(BLOCK_LEVEL_ELEMENTS)
_SIGNS = ("[", "*", "&", "<", "_", "`", "\\", "  \n")
"""Every inline pattern below needs one of these."""

_INLINE = {
    "backtick": {"`"},
    "escape": {"\\"},
    "footnote": {"["},
    "reference": {"["},
    "link": {"["},
    "image_link": {"["},
    "short_reference": {"["},
    "autolink": {"<"},
    "automail": {"<"},
    "linebreak": {"  \n"},
    "html": {"<"},
    "entity": {"&"},
    "em_strong": {"*", "_"},
}
"""What an inline pattern needs in the text; one that is not listed is always tried."""

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

_PLAIN_EMPHASIS = re.compile(r"(\*{1,2})(?![\s*])([^*_]*[^\s*_])\1(?!\*)")
"""Whatever stands around it: the sign that opens has the next one's length, so both belong together."""
_PLAIN_DESTINATION = re.compile(r"\(([^\s()<>\"'\x02]*)\)")


class Inlines(InlineProcessor):
    """Finds links, emphasis and the like, trying only the patterns whose signs a text has."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._chosen: dict[tuple[object, ...], list[tuple[int, Pattern]]] = {}

    def _choose(self, signs: list[str]) -> list[tuple[int, Pattern]]:
        """Return the patterns for a text with these signs, with their places in the order of all."""
        # Without definitions, looking for references only finds out that nothing is defined.
        defined = bool(self.md.references)
        known = self._chosen.get((defined, *signs))
        if known is None:
            names = [name for name, needed in _INLINE.items() if needed.isdisjoint(signs)]
            names += [] if defined else ["reference", "short_reference"]
            idle = {self.md.inlinePatterns.get_index_for_name(name) for name in names}
            known = [pair for pair in enumerate(self.md.inlinePatterns) if pair[0] not in idle]
            self._chosen[(defined, *signs)] = known
        return known

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        signs = [sign for sign in _SIGNS if sign in data]
        if not signs or isinstance(data, AtomicString):
            return data
        for index, pattern in self._choose(signs):
            start, matched = 0, index >= patternIndex
            while matched:
                data, matched, start = self._InlineProcessor__applyPattern(  # type: ignore[attr-defined]
                    pattern, data, index, start
                )
        return data

    def _InlineProcessor__processPlaceholders(  # noqa: N802
        self,
        data: str | None,
        parent: Element,
        isText: bool = True,  # noqa: N803
    ) -> list[tuple[Element, list[str]]]:
        if data and INLINE_PLACEHOLDER_PREFIX in data:
            found: list[tuple[Element, list[str]]] = super()._InlineProcessor__processPlaceholders(  # type: ignore[misc]
                data, parent, isText
            )
            return found
        if data and isText:
            parent.text = parent.text + data if parent.text else data
        elif data:
            parent.tail = parent.tail + data if parent.tail else data
        return []


class Links(LinkInlineProcessor):
    """Reads a link's text and destination at once where neither has brackets or quotation marks inside."""

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802
        """Return what stands before the bracket that closes, and the place after it."""
        end = data.find("]", index)
        if end < 0 or data.find("[", index, end) >= 0:
            return super().getText(data, index)
        return data[index:end], end + 1, True

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802
        """Return the destination, the title, and the place after both."""
        plain = _PLAIN_DESTINATION.match(data, index)
        return super().getLink(data, index) if plain is None else (plain[1], None, plain.end(), True)


class Emphasis(DelimiterProcessor):
    """Reads plain **bold** and *italic* at once, and finds the next sign by a search."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's own does so as well
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """Return the element that begins here and where it ends."""
        plain = None if self.regions else _PLAIN_EMPHASIS.match(data, m.start())
        if plain is None:
            return super().handleMatch(m, data)
        element = Element("strong" if len(plain[1]) == 2 else "em")
        element.text = plain[2]
        return element, plain.start(), plain.end()

    def search(self, data: str, start: int) -> re.Match[str] | None:
        """Return the next sign that can open, or close what is open."""
        for sign in self.compiled_re.finditer(data, start):
            delimiter = self.delimiters[sign[0]]
            found = delimiter.boundary.match(data, sign.start())
            if found is not None and (delimiter.stack or found.lastgroup != "end"):
                return found
        return None


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
