"""Python-Markdown as we use it: few extensions, each made narrower.

Attributes in braces are limited to classes that the stylesheet knows, ids and languages. HTML in a text is taken
tag by tag, so that Markdown works between the tags.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.attr_list import AttrListTreeprocessor, get_attrs_and_remainder
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.tables import TableExtension

from stadtnetz.text.finish import Finisher
from stadtnetz.text.footnotes import FootnoteNumbers, Footnotes
from stadtnetz.text.job import Job

__all__ = ["CLASSES", "engine"]

CLASSES = frozenset({"button", "intro", "nowrap", "small", "wide"})
"""Classes that authors may set; the stylesheet has them."""

_ANCHOR = re.compile(r"(?!s-)[a-z][a-z0-9-]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,8})?")


class _Attributes(AttrListTreeprocessor):
    """Takes a class, an id or a language from `{.button #anmeldung lang=en}` and reports everything else."""

    def __init__(self, md: Markdown, job: Job) -> None:
        super().__init__(md)
        self._job = job

    def assign_attrs(self, elem: Element, attrs_string: str, *, strict: bool = False) -> str:
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


def engine(job: Job) -> Markdown:
    """Make a converter for one text; it costs a tenth of a millisecond and leaves no state to reset."""
    md = Markdown(
        output_format="html",
        extensions=[
            TableExtension(use_align_attribute=True),
            Footnotes(USE_DEFINITION_ORDER=False),
            AdmonitionExtension(),
            FencedCodeExtension(),
        ],
    )
    md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, '"', "'"]  # a way to keep straight quotation marks
    # Tags are read one by one as inline HTML: sanitised like everything else, and cheaper than a second parser.
    md.preprocessors.deregister("html_block")
    for unused in ("image_reference", "short_image_ref"):
        md.inlinePatterns.deregister(unused)
    md.treeprocessors.register(_Attributes(md, job), "attributes", 8)
    md.treeprocessors.register(FootnoteNumbers(md, job), "numbers", 7)
    md.treeprocessors.register(Finisher(md, job), "finish", 5)
    return md
