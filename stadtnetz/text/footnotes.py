"""Footnotes that may be odd, with ids that may not.

The extension of Python-Markdown stumbles over empty footnotes and over footnotes that define others, and takes an
author's label into ids as it is. Here the list is built without these assumptions, and ids become numbers in the
order of the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from markdown.extensions.footnotes import FootnoteExtension
from markdown.treeprocessors import Treeprocessor

from stadtnetz.text.job import Job

if TYPE_CHECKING:
    from markdown import Markdown

__all__ = ["FootnoteNumbers", "Footnotes"]

_ID = re.compile(r"(#?fn(?:ref\d*)?):(.*)", re.DOTALL)


class Footnotes(FootnoteExtension):
    """Footnotes that may be empty or define one another, both of which the extension trips over.

    Ids still hold the labels that authors wrote, since the extension sorts by them; `FootnoteNumbers` follows.
    """

    def makeFootnotesDiv(self, root: Element) -> Element | None:  # noqa: ARG002, N802 - its name
        """Build the list of footnotes, or nothing if there are none."""
        contents: dict[str, Element] = {}
        while waiting := [label for label in self.footnotes if label not in contents]:
            for label in waiting:
                contents[label] = Element("li", {"id": self.makeFootnoteId(label)})
                holder = Element("div")
                self.parser.parseChunk(holder, self.footnotes[label])
                contents[label].extend(list(holder))
        if not contents:
            return None
        section = Element("div", {"class": "footnote"})
        notes = SubElement(section, "ol")
        for label, note in contents.items():
            last = note[-1] if len(note) and note[-1].tag == "p" else SubElement(note, "p")
            last.text = f"{last.text or ''}\N{NO-BREAK SPACE}"
            link = {"href": f"#{self.makeFootnoteRefId(label)}", "class": "footnote-backref"}
            SubElement(last, "a", link).text = "\N{LEFTWARDS ARROW WITH HOOK}\N{VARIATION SELECTOR-15}"
            notes.append(note)
        return section


class FootnoteNumbers(Treeprocessor):
    """Gives footnotes ids made of numbers, after they were sorted."""

    def __init__(self, md: Markdown, job: Job) -> None:
        super().__init__(md)
        self._job = job

    def run(self, root: Element) -> None:
        """Number the footnotes in place."""
        section = next((div for div in root.iter("div") if div.get("class") == "footnote"), None)
        if section is None:
            return
        notes = [note.get("id", "").partition(":")[2] for note in section.iterfind("ol/li")]
        number = {label: index for index, label in enumerate(notes, 1)}
        for element in root.iter():
            is_link = element.get("class", "").startswith("footnote-")
            name = "href" if is_link else "id"
            match = _ID.fullmatch(element.get(name) or "")
            if match is None or match[2] not in number:
                continue
            element.set(name, f"{match[1]}:{number[match[2]]}")
            if element.get("class") == "footnote-backref":
                element.set("aria-label", self._job.texts["back"].format(number[match[2]]))
