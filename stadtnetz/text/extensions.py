"""Python-Markdown as we use it: few extensions, each made narrower.

Attributes in braces are limited to classes that the stylesheet knows, ids and languages. HTML in a text is taken
tag by tag, so that Markdown works between the tags.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.attr_list import AttrListTreeprocessor, get_attrs_and_remainder
from markdown.treeprocessors import Treeprocessor

from stadtnetz.text.converter import Converter
from stadtnetz.text.finish import Finisher
from stadtnetz.text.footnotes import FootnoteNumbers, Footnotes
from stadtnetz.text.job import Job

if TYPE_CHECKING:
    from markdown import Markdown

__all__ = ["CLASSES", "Attributes", "Engine", "convert"]

CLASSES = frozenset({"button", "intro", "nowrap", "small", "wide"})
"""Classes that authors may set; the stylesheet has them."""

_ANCHOR = re.compile(r"(?!s-)[a-z][a-z0-9-]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,8})?")


class Attributes(AttrListTreeprocessor):
    """Takes a class, an id or a language from `{.button #anmeldung lang=en}` and reports everything else."""

    def __init__(self, md: Markdown, job: Job) -> None:
        super().__init__(md)
        self._job = job

    def run(self, doc: Element) -> None:
        """Assign what stands in braces; a text without braces has nothing to look for."""
        if "{" in self._job.marked.text:
            super().run(doc)

    def assign_attrs(self, elem: Element, attrs_string: str, *, strict: bool = False) -> str:
        """Assign what is allowed and return what is no attribute."""
        attributes, remainder = get_attrs_and_remainder(attrs_string)
        if strict and remainder:
            return str(remainder)
        for name, value in attributes:
            text = value or ""
            if name == "." and text in CLASSES:
                elem.set("class", f"{elem.get('class', '')} {text}".strip())
            elif (name == "id" and _ANCHOR.fullmatch(text)) or (name == "lang" and _LANGUAGE.fullmatch(text)):
                elem.set(name, text)
            else:
                self._refuse(
                    attrs_string, f".{text}" if name == "." else f"#{text}" if name == "id" else name
                )
        return str(remainder)

    def _refuse(self, written: str, name: str) -> None:
        at = max(0, self._job.source.find(written))
        span = self._job.places.at(at, max(1, len(written)))
        self._job.report("attribute-not-allowed", span, name=name, known=", ".join(sorted(CLASSES)))


class _Ours(Treeprocessor):
    """What we do with the tree ourselves, each part made anew for every text."""

    md: Engine

    def run(self, root: Element) -> None:
        """Finish the tree in place."""
        for step in (Attributes, FootnoteNumbers, Finisher):
            step(self.md, self.md.job).run(root)


class Engine(Converter):
    """A converter for one text at a time; `job` is what belongs to that text."""

    job: Job

    def __init__(self) -> None:
        super().__init__(
            [
                Footnotes(USE_DEFINITION_ORDER=False),
                AdmonitionExtension(),
            ]
        )
        self.ESCAPED_CHARS = [*self.ESCAPED_CHARS, '"', "'"]  # a way to keep straight quotation marks
        # After line breaks were put in, before escaped characters are restored.
        self.treeprocessors.register(_Ours(self), "ours", 8)
        self.settle()


_IDLE: list[Engine] = []
"""Engines that remember nothing; building one takes longer than many a text."""


def convert(text: str, job: Job) -> str:
    """Convert a text to HTML that is not safe yet. Raises RecursionError for what is nested too deeply."""
    engine = _IDLE.pop() if _IDLE else Engine()
    engine.job = job
    html = engine.convert(text)
    # One that a text has stopped half-way is not used again.
    engine.forget()
    _IDLE.append(engine)
    return html
