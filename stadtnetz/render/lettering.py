"""Set a title into a box: large where it is short, smaller where it is long, never over the edge.

Lines break between words and after hyphens. A word that is wider than the box, as German ones can be, is hyphenated by
the patterns of its language. Kerning and shaping stay out of it, so that the same letters come out of every machine.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache, partial
from importlib import resources
from io import BytesIO

import pyphen
from msgspec import Struct
from PIL import ImageFont

__all__ = ["FONTS", "Setting", "font", "legible", "set_title"]

FONTS = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf")

_SIGNS = re.compile(
    "[\\u0020-\\u007e\\u00a0-\\u00ac\\u00ae-\\u017f\\u018f\\u0192\\u01e6\\u01e7\\u0218-\\u021b\\u0259\\u02bc"
    "\\u0391-\\u03a1\\u03a3-\\u03a9\\u03ac-\\u03ce\\u0400-\\u045f\\u0490\\u0491\\u1e80-\\u1e85\\u1e9e\\u1ea0-\\u1ef9"
    "\\u2010-\\u2015\\u2018-\\u201e\\u2022\\u2026\\u2030\\u2032\\u2033\\u2039\\u203a\\u2044\\u20ac\\u2116]"
)
"""What the fonts can write: the list of fonts/README.md, without the soft hyphen."""

_SIZES = (104, 88, 76, 68, 60, 54)
"""Pixels, tried in this order without breaking words."""
_SMALLER = (60, 54, 48)
"""With words broken where they have to be; the last one holds for whatever is longer still, which is cut off."""
_LEADING = 1.2
_ELLIPSIS = "…"
_LEAST = 3
"""Letters that stay together at a hyphen."""
_DICTIONARIES = {"de": "de_DE", "en": "en_GB"}

Measure = Callable[[str], float]


class Setting(Struct, frozen=True):
    """A title as it is written: lines in a size, one `leading` below the other, all in pixels."""

    lines: tuple[str, ...]
    size: int
    leading: int


def legible(text: str) -> str:
    """Return a text in signs that the fonts have: others lose their marks, or are left out if that does not help."""
    found = []
    for sign in unicodedata.normalize("NFC", " ".join(text.split())):
        bare = sign if _SIGNS.fullmatch(sign) else unicodedata.normalize("NFKD", sign)
        found.append("".join(part for part in bare if _SIGNS.fullmatch(part)))
    return " ".join("".join(found).split())


@cache
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """Return one of our fonts, laid out sign by sign: other engines are not on every machine."""
    data = resources.files("stadtnetz.render").joinpath("fonts", name).read_bytes()
    return ImageFont.truetype(BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)


def set_title(text: str, language: str, width: int, height: int) -> Setting:
    """Set a text in bold letters into a box of so many pixels; what does not fit ends in an ellipsis."""
    text = text.replace(" – ", "\N{NO-BREAK SPACE}– ")  # a dash ends a line and begins none
    plain = [(size, False) for size in _SIZES]
    for size, broken in (*plain, *((size, True) for size in _SMALLER)):
        measure = partial(_length, size)
        lines = list(_lines(text, width, measure, language if broken else ""))
        leading = round(size * _LEADING)
        if len(lines) * leading <= height and all(measure(line) <= width for line in lines):
            return Setting(
                tuple(_balanced(text, lines, width, measure, language if broken else "")), size, leading
            )
    return Setting(tuple(_cut(lines[: height // leading], width, measure)), size, leading)


def _length(size: int, line: str) -> float:
    """Return the length of a bold line in pixels: that of its words, since no sign moves nearer to another."""
    words = line.split(" ")
    return sum(_word_length(size, word) for word in words) + (len(words) - 1) * _word_length(size, " ")


@lru_cache(maxsize=4096)
def _word_length(size: int, word: str) -> float:
    return font(FONTS[1], size).getlength(word)


def _balanced(text: str, lines: list[str], width: int, measure: Measure, language: str) -> list[str]:
    """Make lines about equally long, as browsers do with headings: the narrowest box with the same number of them."""
    for percent in range(95, 50, -5):
        narrower = width * percent // 100
        other = list(_lines(text, narrower, measure, language))
        if len(other) != len(lines) or any(measure(line) > narrower for line in other):
            break
        lines = other
    return lines


def _cut(lines: list[str], width: int, measure: Measure) -> Iterator[str]:
    yield from lines[:-1]
    last = lines[-1].rstrip("-")
    while last and measure(last + _ELLIPSIS) > width:
        last = last[:-1]
    yield last.rstrip(" ,;:–-") + _ELLIPSIS


def _lines(text: str, width: int, measure: Measure, language: str) -> Iterator[str]:
    """Fill lines with words; without a language, a word that is too wide stands over."""
    line = ""
    for word in text.split(" "):
        if not line or measure(f"{line} {word}") <= width:
            line = f"{line} {word}".lstrip()
        else:
            head, rest = _at_hyphen(word, lambda part, line=line: measure(f"{line} {part}") <= width)  # type: ignore[misc]
            yield f"{line} {head}".rstrip()
            line = rest
        while measure(line) > width:
            head, rest = _at_hyphen(line, lambda part: measure(part) <= width)
            if not head and language:
                head, rest = _hyphenated(line, lambda part: measure(part) <= width, language)
            if not head:
                break
            yield head
            line = rest
    yield line


def _at_hyphen(word: str, fits: Callable[[str], bool]) -> tuple[str, str]:
    """Divide a word after its last hyphen or stroke that fits; ("", word) where there is none."""
    for match in reversed(list(re.finditer(r"(?<=\w{3}[-–/])(?=\w{3})", word))):
        if fits(word[: match.start()]):
            return word[: match.start()], word[match.start() :]
    return "", word


def _hyphenated(word: str, fits: Callable[[str], bool], language: str) -> tuple[str, str]:
    """Divide a word by the patterns of its language, else after as many letters as fit."""
    patterns = _patterns(language)
    for at in reversed(patterns.positions(word)):
        if fits(f"{word[:at]}-"):
            return f"{word[:at]}-", word[at:]
    at = next((at for at in range(len(word) - _LEAST, _LEAST, -1) if fits(f"{word[:at]}-")), 0)
    return (f"{word[:at]}-", word[at:]) if at else ("", word)


@cache
def _patterns(language: str) -> pyphen.Pyphen:
    name = _DICTIONARIES.get(language.partition("-")[0], _DICTIONARIES["de"])
    return pyphen.Pyphen(lang=name, left=_LEAST, right=_LEAST)
