"""Read a web page or a text in HTML: blocks with their look, and which of them belong to the page around the text.

lxml parses as browsers do, loads nothing and bounds depth; scripts, styles and forms give no text. What the page calls
navigation, footer or notice is not dropped but marked, so that nothing gets lost by a wrong class name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html
from msgspec import Struct, field
from msgspec.structs import replace

from stadtnetz.importing.blocks import Block, Document, Form, Hints, Place, Run
from stadtnetz.importing.faults import UnreadableError
from stadtnetz.importing.lines import blocks_of_lines, tidy
from stadtnetz.importing.plain_file import decoded

__all__ = ["read_page"]

_SILENT_WORDS = (
    "script style template noscript svg math canvas object embed applet iframe audio video "
    "select option textarea input head datalist map meta link"
)
_SILENT = frozenset(_SILENT_WORDS.split())
_BLOCKS_WORDS = (
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 "
    "h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
)
_BLOCKS = frozenset(_BLOCKS_WORDS.split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_ROLES = {
    "navigation": Place.NAVIGATION,
    "search": Place.NAVIGATION,
    "banner": Place.NAVIGATION,
    "complementary": Place.NAVIGATION,
    "dialog": Place.NAVIGATION,
    "alertdialog": Place.NAVIGATION,
    "contentinfo": Place.FOOTER,
}
_TAGS = {
    "nav": Place.NAVIGATION,
    "form": Place.NAVIGATION,
    "button": Place.NAVIGATION,
    "footer": Place.FOOTER,
}
_CLASS = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|share|sharing|social|breadcrumbs?|skip(?:link)?s?|print|druck\w*|navi?(?:gation)?"
    r"|menu|footer|sidebar|pagination|pager|related|toolbar|service-?links|teilen|readspeaker|sr-only|metanav|logo)(?=$|[\s_-])",
    re.IGNORECASE,
)
"""Words in classes and ids by which pages of all houses name what is not their text."""
_DEEPEST = 180
"""Levels of nesting that are read; no text of a person has more, and beyond 256 the parser drops what it finds."""


def read_page(data: bytes | str, hints: Hints | None = None) -> Document:
    """Return a page as blocks. Raises UnreadableError where it has none."""
    text = tidy(data if isinstance(data, str) else _text(data))
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise UnreadableError("import-empty") from error
    walker = _Walker()
    walker.walk(root, _Look(), 0)
    walker.flush()
    found = hints or Hints()
    return Document(
        tuple(walker.blocks),
        replace(
            found,
            title=found.title or _meta(root, "og:title"),
            date=found.date or _date(root),
            address=found.address or _address(root),
        ),
        tuple(walker.pictures),
    )


def _text(data: bytes) -> str:
    """Decode a page: by its own declaration where that is right, else like any text."""
    declared = re.search(rb"charset\s*=\s*[\"']?\s*([\w-]{3,20})", data[:2048])
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            return decoded(data)
    return decoded(data)


class _Look(Struct, frozen=True):
    """What the elements around a text say about it."""

    form: Form = Form.PARAGRAPH
    level: int = 0
    place: Place = Place.TEXT
    bold: bool = False
    italic: bool = False
    link: str = ""
    keep: bool = False
    within: bool = False
    """Inside an article: its header and footer are its own."""


class _Walker(Struct):
    blocks: list[Block] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    lines: list[list[Run]] = field(default_factory=lambda: [[]])
    look: _Look = field(default_factory=_Look)

    def walk(self, element: Any, look: _Look, depth: int) -> None:  # noqa: ANN401 - lxml brings no types
        tag = element.tag if isinstance(element.tag, str) else ""
        if depth > _DEEPEST:
            raise UnreadableError("import-damaged", format="HTML", reason=f"> {_DEEPEST}")
        if tag in _SILENT:
            return
        if tag == "br":
            self.lines.append([])
            return
        if tag == "img":
            self._picture(element)
            return
        inner = _look(element, tag, look)
        own = tag in _BLOCKS
        if own:
            self.flush()
            self.look = inner
        self._say(element.text, inner)
        for child in element:
            self.walk(child, inner, depth + 1)
            self._say(child.tail, inner)
        if own:
            self.flush()
            self.look = look

    def flush(self) -> None:
        """End the block that is being read."""
        look = self.look
        lines = [Block(_squeezed(runs), look.form, look.level, look.place) for runs in self.lines]
        stretch = [line for line in lines if line.text.strip()]
        self.lines = [[]]
        if look.form is Form.HEADING and stretch:
            runs = [run for line in stretch for run in (*line.runs, Run(" "))]
            self.blocks.append(replace(stretch[0], runs=_squeezed(runs)).cut(0))
        elif stretch:
            self.blocks += blocks_of_lines(stretch, max(len(line.text) for line in stretch))

    def _say(self, text: str | None, look: _Look) -> None:
        if not text:
            return
        for number, line in enumerate(text.split("\n") if look.keep else [text]):
            if number:
                self.lines.append([])
            self.lines[-1].append(Run(line, look.bold, look.italic, look.link))

    def _picture(self, element: Any) -> None:  # noqa: ANN401
        alt = " ".join((element.get("alt") or "").split())
        name = (element.get("src") or "").partition("?")[0].rpartition("/")[2]
        told = ": ".join(filter(None, (name if not name.startswith("data:") else "", alt)))
        if told:
            self.pictures.append(told[:300])


def _look(element: Any, tag: str, look: _Look) -> _Look:  # noqa: ANN401
    place = look.place
    if place is Place.TEXT:
        place = _place(element, tag, look)
    if tag in _HEADINGS:
        return replace(look, form=Form.HEADING, level=_HEADINGS[tag], place=place, bold=False)
    if tag == "li":
        numbered = element.getparent() is not None and element.getparent().tag == "ol"
        return replace(look, form=Form.ITEM, level=int(numbered), place=place)
    if tag == "figcaption":
        return replace(look, form=Form.CAPTION, place=place)
    address = (element.get("href") or "").strip() if tag == "a" else ""
    return replace(
        look,
        place=place,
        bold=look.bold or tag in ("b", "strong", "th"),
        italic=look.italic or tag in ("i", "em"),
        link=address if re.match(r"https?://[^\s<>\"]+$", address) else look.link,
        keep=look.keep or tag == "pre",
        within=look.within or tag in ("article", "main"),
    )


def _place(element: Any, tag: str, look: _Look) -> Place:  # noqa: ANN401
    role = _ROLES.get((element.get("role") or "").lower())
    if role is not None:
        return role
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return Place.HIDDEN
    if tag in _TAGS and not (tag == "footer" and look.within):
        return _TAGS[tag]
    if tag in ("header", "aside") and not look.within:
        return Place.NAVIGATION
    if tag in ("html", "body", "article", "main"):
        return Place.TEXT
    if element.get("id") == "header" and not look.within:
        return Place.NAVIGATION
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return Place.NAVIGATION if _CLASS.search(names) else Place.TEXT


def _squeezed(runs: list[Run]) -> tuple[Run, ...]:
    """Return runs with single blanks, as browsers show them, and neighbours of one look joined."""
    found: list[Run] = []
    for run in runs:
        text = re.sub(r"\s+", " ", tidy(run.text))
        if text.startswith(" ") and (not found or found[-1].text.endswith(" ")):
            text = text[1:]
        if not text:
            continue
        if found and replace(found[-1], text="") == replace(run, text=""):
            found[-1] = replace(found[-1], text=found[-1].text + text)
        else:
            found.append(replace(run, text=text))
    return tuple(found)


def _meta(root: Any, name: str) -> str:  # noqa: ANN401
    for element in root.iter("meta"):
        if name in (element.get("property"), element.get("name")):
            return " ".join((element.get("content") or "").split())
    return ""


def _date(root: Any) -> str:  # noqa: ANN401
    found = _meta(root, "article:published_time") or _meta(root, "date") or _meta(root, "DC.date.issued")
    return found or next((time for time in _times(root)), "")


def _times(root: Any) -> Iterator[str]:  # noqa: ANN401
    for element in root.iter("time"):
        if element.get("datetime"):
            yield str(element.get("datetime"))


def _address(root: Any) -> str:  # noqa: ANN401
    for element in root.iter("link"):
        if element.get("rel") == "canonical" and element.get("href"):
            return str(element.get("href")).strip()
    return _meta(root, "og:url")
