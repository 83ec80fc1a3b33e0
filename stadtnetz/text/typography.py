"""Typographic quotation marks, apostrophes, dashes and spaces, for German and English.

A pass over text nodes of our own: Python-Markdown's smarty doubles the cost of a text and knows the marks of one
language at a time by entity names. The state lives as long as a paragraph, so that a quotation may contain
emphasis and links. A character that was escaped with a backslash stays as it is.
"""

from __future__ import annotations

import re

from msgspec import Struct

__all__ = ["Typographer", "polish"]

_SPECIAL = re.compile("\x02[^\x03]*\x03|\ufdd1\\d+\ufdd2|\"|'|--+|\\.\\.\\.(?!\\.)")
_STAND_IN_ENDS = "\x03\ufdd2"
"""What ends a stand-in of Python-Markdown, or a mark."""
_OPENS_AFTER = frozenset(" \n\t\xa0([{–—-/„“‚‘»«›‹")
_GERMAN_SPACE = re.compile(
    r" (?<=[\d.§] )(?:(?<=\b[zduoivs]\. )(?=[A-ZÄÖÜa-zäöü]{1,2}\.)"
    r"|(?<=\d )(?=%|€|(?:Euro|Uhr|km|Prozent)\b|Mio\.|Mrd\.)"
    r"|(?:(?<=§ )|(?<=\bAbs\. )|(?<=\bNr\. )|(?<=\bArt\. ))(?=\d)"
    r"|(?<=\d\. )(?=(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b))"
)
_MARKS = {"de": ("„", "“", "‚", "‘"), "en": ("“", "”", "‘", "’")}
_CLOSING = re.compile(r"'(?!\w)")
_APOSTROPHE = "’"


def polish(text: str, language: str) -> str:
    """Return a text that stands alone (a title, a caption) with typographic marks."""
    return Typographer(language).text(text)


class Typographer(Struct):
    """Works through the pieces of one paragraph after the other."""

    language: str
    _previous: str = " "
    _single_open: bool = False
    _double_open: bool = False
    _last_closing: int = -1
    """Where in the piece at hand the last mark stands that can close; looking for it at every mark takes long."""

    def start(self) -> None:
        """Begin a new paragraph."""
        self._previous, self._single_open, self._double_open = " ", False, False

    def skip(self, character: str = "x") -> None:
        """Note that something stands here that is not touched: code, a picture, a line break (a space)."""
        self._previous = character

    def text(self, text: str) -> str:
        """Return a piece of the paragraph with typographic marks."""
        if not text:
            return text
        if '"' in text or "'" in text or "--" in text or "..." in text:
            text = self._replace(text)
        elif text[-1] in _STAND_IN_ENDS:
            self._previous = _last_visible(text) or self._previous
        else:
            self._previous = text[-1]
        if " " in text and self.language != "en":
            text = _GERMAN_SPACE.sub("\xa0", text)
        return text

    def _replace(self, text: str) -> str:
        pieces: list[str] = []
        last = 0
        self._last_closing = max((match.start() for match in _CLOSING.finditer(text)), default=-1)
        for match in _SPECIAL.finditer(text):
            start, end = match.span()
            if start > last:
                pieces.append(text[last:start])
                self._previous = text[start - 1]
            last = end
            found = match[0]
            if found[0] in "\x02\ufdd1":
                pieces.append(found)
                continue
            made = self._mark(found, text, end)
            pieces.append(made)
            self._previous = made[-1]
        if last < len(text):
            pieces.append(text[last:])
            self._previous = text[-1]
        return "".join(pieces)

    def _mark(self, found: str, text: str, end: int) -> str:
        if found == "...":
            return "…"
        if found[0] == "-":
            return {2: "–", 3: "—"}.get(len(found), found)
        opens = self._previous in _OPENS_AFTER and (end == len(text) or not text[end].isspace())
        marks = _MARKS["en" if self.language == "en" else "de"]
        if found == '"':
            # After a hyphen or a slash both are possible: Bürger-"Rat", und "wer-"?
            if opens and self._double_open and self._previous in "-/–—":
                opens = False
            self._double_open = opens
            return marks[0] if opens else marks[1]
        return self._single(opens, text, end, marks[2:])

    def _single(self, opens: bool, text: str, end: int, marks: tuple[str, ...]) -> str:
        following = text[end : end + 1]
        if self._previous.isalnum() and following.isalnum():
            return _APOSTROPHE
        if opens and not self._single_open and self._last_closing >= end:
            self._single_open = True
            return marks[0]
        if self._single_open and not opens:
            self._single_open = False
            return marks[1]
        return _APOSTROPHE


def _last_visible(text: str) -> str:
    """Return the last character that is not part of a stand-in of Python-Markdown or of a mark."""
    return _SPECIAL.sub("", text)[-1:]
