"""The last pass over a text's element tree: what Python-Markdown made becomes what our pages show.

One walk in the order of the text, because quotation marks, identifiers and positions all depend on it. What is
wrong is reported to the job; the tree is finished all the same, so that every problem of a text is found at once.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, AtomicString

from stadtnetz.diagnostics import Span
from stadtnetz.text.body import BodyImage, BodyReference, Heading
from stadtnetz.text.job import Job
from stadtnetz.text.links import Destination, Refusal, classify
from stadtnetz.text.marks import without_marks
from stadtnetz.text.slug import slugify
from stadtnetz.text.typography import Typographer

if TYPE_CHECKING:
    from markdown import Markdown

__all__ = ["Finisher"]


_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TABLES = frozenset({"table", "thead", "tbody", "tr", "td", "th"})
_BLOCKS = _HEADINGS | _TABLES | {"p", "li", "div", "blockquote", "ul", "ol", "section", "aside", "figure"}
_CODE = frozenset({"code", "pre"})
_FINISHED = _HEADINGS | {"a", "img", "p", "td", "th", "div"}
"""Elements that something is done to: see `_finish`."""
_DESTINATION = re.compile(r"[^\s>)]*")
_STAND_IN = re.compile("\x02([^\x03]*)\x03")
_TEMPLATE = re.compile("(\\{[{%#])\ufdd1(\\d+)\ufdd2")
_NOTE = re.compile("\\[\\^([^\\]\\n]+)\\]\ufdd1\\d+\ufdd2")
_PICTURE = re.compile(r"[^\s/\\:?#%][^/\\:?#]*\.(?:jpe?g|png|webp)", re.IGNORECASE)


class Finisher(Treeprocessor):
    """Runs after attributes were assigned and before escaped characters are restored."""

    def __init__(self, md: Markdown, job: Job) -> None:
        super().__init__(md)
        self._job = job
        self._typographer = Typographer(job.language)
        self._braces = "{" in job.marked.text
        self._notes = "[^" in job.marked.text
        self._tables = 0
        self._shift = 0
        self._level = 1

    def run(self, root: Element) -> None:
        """Finish the tree in place."""
        levels = []
        for element in root.iter():
            if element.tag in _HEADINGS:
                levels.append(int(element.tag[1]))
            if (wanted := element.get("id")) is not None:
                element.set("id", self._job.free_id(self._plain(wanted)))
        self._shift = 2 - min(levels, default=2)
        self._walk(root)
        for fragment, span in self._job.fragments:
            if fragment not in self._job.ids:
                self._job.report("anchor-unknown", span, id=fragment)

    def _walk(self, element: Element) -> None:
        tag = element.tag
        typographer = self._typographer
        if tag in _CODE:
            self._job.words += len("".join(element.itertext()).split())
            typographer.skip()
            return
        if tag in _BLOCKS:
            typographer.start()
        text = element.text
        if tag == "a" and text and self._is_address(element, text):
            element.text = AtomicString(self._plain(text))
            typographer.skip()
        elif text == "\n":
            typographer.skip(text)
        elif text:
            element.text = self._text(text)
        tables = []
        for index, child in enumerate(element):
            self._walk(child)
            kind, tail = child.tag, child.tail
            if kind in _BLOCKS:
                typographer.start()
                if kind == "table":
                    tables.append(index)
            elif kind == "br":
                typographer.skip(" ")
            if tail == "\n":
                typographer.skip(tail)
            elif tail:
                child.tail = self._text(tail)
        if self._braces or tag in _FINISHED:
            self._finish(element, tag)
        for index in tables:
            element[index] = self._scrolling(element[index])

    def _is_address(self, element: Element, text: str) -> bool:
        """Tell whether a link's text is where it leads, as in <https://example.org>."""
        shown = self._plain(text)
        return bool(shown) and shown == self._plain(element.get("href", "")).removeprefix("mailto:")

    def _text(self, text: str) -> str:
        if self._braces and "{" in text:
            self._template_syntax(text)
        if self._notes and "[^" in text:
            for match in _NOTE.finditer(text):
                self._job.report("footnote-unknown", self._job.span_of(match[0], "note"), name=match[1])
        self._job.words += len(text.split())
        return self._typographer.text(text)

    def _template_syntax(self, text: str) -> None:
        for match in _TEMPLATE.finditer(text):
            mark = self._job.marked.marks[int(match[2])]
            self._job.report("template-syntax", self._job.places.at(mark.start, 2), syntax=match[1])

    def _finish(self, element: Element, tag: str) -> None:
        if self._braces:
            for _, value in element.items():
                if value and "{" in value:
                    self._template_syntax(value)
        if tag in _HEADINGS:
            self._heading(element, tag)
        elif tag == "a":
            self._link(element)
        elif tag == "img":
            self._picture(element)
        elif tag == "p":
            self._figure(element)
        elif tag in ("td", "th"):
            self._cell(element)
        elif tag == "div":
            self._box(element)

    def _plain(self, text: str) -> str:
        """Return text as readers see it: marks gone, escapes and entities resolved, tags left out."""
        text = without_marks(text)
        if "\x02" not in text:
            return text
        if AMP_SUBSTITUTE in text:
            text = html.unescape(text.replace(AMP_SUBSTITUTE, "&"))
        return _STAND_IN.sub(lambda match: self._stand_in(match[1]), text)

    def _stand_in(self, name: str) -> str:
        if name.isascii() and name.isdigit():
            return chr(int(name)) if int(name) < 0x110000 else ""
        number = name.removeprefix("wzxhzdk:")
        raw = str(self.md.htmlStash.rawHtmlBlocks[int(number)]) if number != name and number.isdigit() else ""
        return html.unescape(raw) if raw.startswith("&") else ""

    def _heading(self, element: Element, tag: str) -> None:
        job = self._job
        raw = "".join(element.itertext())
        span = job.span_of(raw, "heading")
        text = " ".join(self._plain(raw).split())
        level = min(6, int(tag[1]) + self._shift)
        element.tag = f"h{level}"
        if not text:
            job.report("heading-empty", span)
            return
        if level > self._level + 1:
            job.report("heading-jump", span, level=level, previous=self._level)
        self._level = level
        if element.get("id") is None:
            slug = slugify(text) or job.texts["part"]
            # Ids that begin with "s-" belong to the templates.
            element.set("id", job.free_id(f"{job.texts['part']}-{slug}" if slug.startswith("s-") else slug))
        job.headings.append(Heading(level, element.get("id", ""), text))

    def _link(self, element: Element) -> None:
        job = self._job
        kind = element.get("class", "")
        if kind == "footnote-ref":
            element.set("aria-label", f"{job.texts['footnote']} {self._plain(element.text or '')}")
            return
        if kind == "footnote-backref":
            element.attrib.pop("title", None)
            return
        raw = element.get("href", "")
        address = self._plain(raw).strip()
        element.set("href", address)
        if "title" in element.attrib:
            element.set("title", self._plain(element.get("title", "")))
        if _TEMPLATE.search(raw):
            return
        span = self._destination(raw, address)
        found = classify(address)
        if isinstance(found, Refusal):
            job.report(found.code, span, value=found.name, suggestion=found.suggestion)
            del element.attrib["href"]
        elif found.kind == "outside":
            if address.startswith("http"):
                element.set("class", f"{kind} external".strip())
                element.set("rel", "noopener")
        else:
            self._inside(found, span)
        if not "".join(element.itertext()).strip() and next(element.iter("img"), None) is None:
            job.report("link-without-text", span, value=address)

    def _inside(self, found: Destination, span: Span) -> None:
        if found.kind == "fragment":
            self._job.fragments.append((found.fragment, span))
        else:
            self._job.references.append(BodyReference(found.kind, found.id, found.fragment, span))

    def _destination(self, raw: str, address: str) -> Span:
        """Return where a destination stands in the source, as long as it is written there."""
        mark = self._job.marked.find(raw, "link")
        if mark is None:
            return self._job.places.at(0)
        if mark.end > mark.start:
            return self._job.places.span(mark.start, mark.end)
        written = _DESTINATION.match(self._job.source, mark.start)
        length = max(len(written[0]) if written else 0, len(address), 1)
        return self._job.places.at(mark.start, length)

    def _picture(self, element: Element) -> None:
        job = self._job
        raw = element.get("src", "")
        file = self._plain(raw).strip()
        alt = self._plain(element.get("alt", "")).strip()
        span = self._destination(raw, file)
        if not alt:
            job.report("picture-without-alt", span, file=file)
        if re.match(r"[a-z][a-z0-9+.-]*:|//", file, re.IGNORECASE):
            job.report("remote-image", span, value=file)
        elif not _PICTURE.fullmatch(file):
            job.report("image-file", span, value=file)
        else:
            job.images.append(BodyImage(file, alt, span))
        element.set("src", file)
        element.set("alt", Typographer(job.language).text(alt))
        self._typographer.skip()

    def _figure(self, element: Element) -> None:
        """Make a figure of a picture that stands alone; its title becomes the caption."""
        if len(element) != 1 or element[0].tag != "img":
            return
        picture = element[0]
        if without_marks((element.text or "") + (picture.tail or "")).strip():
            return
        element.tag, element.text, picture.tail = "figure", None, None
        if title := self._plain(picture.attrib.pop("title", "")).strip():
            SubElement(element, "figcaption").text = Typographer(self._job.language).text(title)

    def _cell(self, element: Element) -> None:
        if align := element.get("align"):
            del element.attrib["align"]
            element.set("class", f"{element.get('class', '')} align-{align}".strip())
        if element.tag == "th":
            if "".join(element.itertext()).strip():
                element.set("scope", "col")
            else:
                element.tag = "td"

    def _scrolling(self, table: Element) -> Element:
        """Wrap a table so that it can be scrolled sideways, by keyboard as well."""
        self._tables += 1
        label = f"{self._job.texts['table']} {self._tables}"
        attributes = {"class": "table-scroll", "role": "region", "tabindex": "0", "aria-label": label}
        wrapper = Element("div", attributes)
        wrapper.tail, table.tail = table.tail, "\n"
        wrapper.append(table)
        return wrapper

    def _box(self, element: Element) -> None:
        names = element.get("class", "").split()
        if "admonition" in names:
            element.tag = "aside"
            element.set("class", "info-box")
            for child in element:
                if child.get("class") == "admonition-title":
                    child.set("class", "info-box-title")
        elif "footnote" in names:
            element.tag = "section"
            element.set("class", "footnotes")
            element.set("aria-label", self._job.texts["footnotes"])
