"""From bytes to text: UTF-8 with or without a byte order mark, any line ends.

What is harmless just works. What is not gets a place and a sentence, and all of it at once: an encoding that is
wrong, characters that no editor shows, and the marks that git leaves after an unresolved merge. Positions are
those of the file, so nothing here changes a line's length; Unicode forms are settled at the values, later.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from stadtnetz.diagnostics import Diagnostic, problem
from stadtnetz.source import SourceFile
from stadtnetz.text.places import Places

__all__ = ["decode"]

_UNREADABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]"
)
"""Controls other than tab and line ends, and code points that Unicode never assigns: Markdown uses some as marks."""

_CONFLICT = re.compile(r"^<{7}(?= |$).*", re.MULTILINE)
_MOST_SHOWN = 20


def decode(file: SourceFile) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """Return a file's text with \\n at the line ends, or None where there is nothing to go on with."""
    wide = _wide_encoding(file.data)
    if wide:
        return None, (problem("encoding-utf16", file.path, Places.of("").at(0), encoding=wide),)
    data = file.data.removeprefix(codecs.BOM_UTF8)
    diagnostics: list[Diagnostic] = []
    try:
        text = _lines(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        before = _lines(data[: error.start].decode("utf-8"))
        text = _lines(data.decode("utf-8", "replace"))
        diagnostics.append(_invalid(file.path, data, error.start, before))
    # What can be printed is readable; the search among a hundred characters is for the rest.
    if "<<<<<<<" in text or not text.replace("\n", " ").isprintable():
        diagnostics += _marks(file.path, text)
    if any(diagnostic.code != "control-character" for diagnostic in diagnostics):
        return None, tuple(diagnostics)
    if diagnostics:
        # Going on with a stand-in of the same length finds the file's other problems at their places.
        text = _UNREADABLE.sub("\N{REPLACEMENT CHARACTER}", text)
    return text, tuple(diagnostics)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _wide_encoding(data: bytes) -> str:
    """Return "UTF-16" or "UTF-32" where the first bytes say so, else ""."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "UTF-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16"
    # Without a mark: Latin text in UTF-16 has a zero in every other byte.
    start = data[:64]
    even, odd = start[::2].count(0), start[1::2].count(0)
    if len(start) >= 4 and max(even, odd) * 2 > len(start) * 0.8 and min(even, odd) == 0:
        return "UTF-16"
    return ""


def _invalid(path: str, data: bytes, position: int, before: str) -> Diagnostic:
    guess = data[position : position + 1].decode("cp1252", "ignore")
    span = Places.of(before).at(len(before))
    shown = guess if guess.isprintable() else ""
    return problem("encoding-invalid", path, span, byte=f"{data[position]:02X}", suggestion=shown)


def _marks(path: str, text: str) -> Iterator[Diagnostic]:
    places = Places.of(text)
    for match in _CONFLICT.finditer(text):
        yield problem("conflict-marker", path, places.span(match.start(), match.end()))
    for index, match in enumerate(_UNREADABLE.finditer(text)):
        if index == _MOST_SHOWN:
            break
        yield problem("control-character", path, places.at(match.start()), character=f"U+{ord(match[0]):04X}")
