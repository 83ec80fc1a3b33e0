"""Python-Markdown's links, emphasis and the like, without the search for what a text can't have.

As in `shortcuts`, what comes out is what the library makes; a test compares both on texts of all kinds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import DelimiterProcessor, LinkInlineProcessor
from markdown.treeprocessors import InlineProcessor
from markdown.util import INLINE_PLACEHOLDER_PREFIX, STX, AtomicString

if TYPE_CHECKING:
    from markdown import Markdown
    from markdown.inlinepatterns import Pattern

__all__ = ["Emphasis", "Inlines", "Links"]

_SIGNS = ("[", "*", "&", "<", "_", "`", "\\", "  \n", "![", "[^")
"""Every inline pattern below needs one of these."""

_INLINE = {
    "backtick": {"`"},
    "escape": {"\\"},
    "footnote": {"[^"},
    "reference": {"["},
    "link": {"["},
    "image_link": {"!["},
    "short_reference": {"["},
    "autolink": {"<"},
    "automail": {"<"},
    "linebreak": {"  \n"},
    "html": {"<"},
    "entity": {"&"},
    "em_strong": {"*", "_"},
}
"""What an inline pattern needs in the text; one that is not listed is always tried."""

_PLAIN_EMPHASIS = re.compile(r"(\*{1,2})(?![\s*])([^*_]*[^\s*_])\1(?!\*)")
"""Whatever stands around it: the sign that opens has the next one's length, so both belong together."""
_PLAIN_DESTINATION = re.compile(r"\(([^\s()<>\"'\x02]*)\)")


class Inlines(InlineProcessor):
    """Finds links, emphasis and the like, trying only the patterns whose signs a text has."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._chosen: dict[tuple[object, ...], list[tuple[int, Pattern]]] = {}
        self._signs: list[str] = []

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Turn what the texts of a tree contain into elements, breadth first as the library does."""
        source = "\n".join(self.md.lines)  # type: ignore[attr-defined]
        self._signs = [sign for sign in _SIGNS if sign in source]
        self.stashed_nodes = {}
        waiting = [(tree, [*(ancestors or ()), tree.tag.lower()])] if self._signs else []
        for element, above in waiting:  # which grows
            made = []
            for child in element:  # which grows as well, by what is made of tails
                names = [*above, child.tag.lower()]
                if (text := child.text) and self._concerns(text) and not isinstance(text, AtomicString):
                    self.ancestors, child.text = names, None
                    found = self._made_of(text, child)
                    made.append((child, found))
                    waiting += [(new, [*over, new.tag.lower()]) for new, over in found]
                if (tail := child.tail) and self._concerns(tail):
                    self.ancestors, child.tail = above, None
                    behind = Element("behind")
                    found = self._made_of(tail, behind, False)
                    child.tail = behind.tail
                    place = list(element).index(child) + 1
                    element[place:place] = [new for new, _ in found]
                if len(child):
                    waiting.append((child, names))
            for child, found in made:
                child[0:0] = [new for new, _ in found]
        return tree

    def _concerns(self, text: str) -> bool:
        """Tell whether there is anything to be looked for, or put in again, in a text."""
        for sign in self._signs:  # `any` takes three times as long
            if sign in text:
                return True
        return STX in text

    def _made_of(self, text: str, parent: Element, isText: bool = True) -> list[tuple[Element, list[str]]]:  # noqa: N803
        return self._InlineProcessor__processPlaceholders(
            self._InlineProcessor__handleInline(text), parent, isText
        )

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
        signs = [sign for sign in self._signs if sign in data]
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
