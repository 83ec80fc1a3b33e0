"""A page's text as readers get it, line by line: what is compared when two sites are.

Markup, scripts and addresses of assets say nothing to whoever reviews a text. What a picture shows and where a link
leads does, so both stand in the lines.
"""

from __future__ import annotations

from html.parser import HTMLParser

from msgspec import Struct

__all__ = ["PageText", "text_of"]

_INLINE = frozenset(
    (
        *(
            "a",
            "abbr",
            "b",
            "bdi",
            "bdo",
            "cite",
            "code",
            "data",
            "del",
            "dfn",
            "em",
            "i",
            "ins",
            "kbd",
            "mark",
        ),
        *("q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"),
    )
)
_SILENT = frozenset(("script", "style", "template", "head"))


class PageText(Struct, frozen=True):
    """The lines inside <main>, and those around it."""

    main: tuple[str, ...]
    around: tuple[str, ...]


def text_of(html: str) -> PageText:
    """Return a page's text. Pages without <main> are main as a whole."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_line()
    if not reader.has_main:
        return PageText(tuple(reader.lines[False]), ())
    return PageText(tuple(reader.lines[True]), tuple(reader.lines[False]))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: dict[bool, list[str]] = {True: [], False: []}
        self.has_main = False
        self._inside = False
        self._silent = 0
        self._pieces: list[str] = []
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        if tag not in _INLINE and tag != "img":
            self.end_line()
        values = dict(attrs)
        if tag == "main":
            self.has_main = self._inside = True
        elif tag == "a":
            self._links.append(values.get("href") or "")
        elif tag == "img" and values.get("alt"):
            self._pieces.append(f" [{values['alt']}] ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # <svg/> and the like: there is no end that would balance a beginning.
        if tag not in _SILENT:
            self.handle_starttag(tag, attrs)
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        if tag == "a" and self._links:
            link = self._links.pop()
            if link and not link.startswith("#"):
                self._pieces.append(f" <{link}>")
        if tag not in _INLINE:
            self.end_line()
        if tag == "main":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._pieces.append(data)

    def end_line(self) -> None:
        """Close the line that is being collected."""
        line = " ".join("".join(self._pieces).split())
        self._pieces.clear()
        if line:
            self.lines[self._inside].append(line)
