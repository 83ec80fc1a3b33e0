"""Addresses from German words: lower case, ASCII, hyphens.

Forms that include all genders are one word: Akteur:innen, Bürger/-innen and Koordinator*innen become akteurinnen,
buergerinnen and koordinatorinnen, so that an address can be read out.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["slugify"]

_GERMAN = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "æ": "ae",
        "ø": "oe",
        "œ": "oe",
        "ł": "l",
        "đ": "d",
        "&": " und ",
    }
)
_GENDER = re.compile(r"(?<=[^\W\d_])(?:[:*_·]|/-?(?=in(?:nen)?\b))(?=[^\W\d_])")
_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")
_WORDS = re.compile(r"[a-zäöüß0-9 -]*")
"""Words in which neither a gender sign nor an apostrophe is hidden."""
_OTHER = re.compile(r"[^a-z0-9]+")
_LONGEST = 80


def slugify(text: str) -> str:
    """Return a text as an address; empty if it has no letter and no digit."""
    lower = unicodedata.normalize("NFC", text).lower()
    if not _WORDS.fullmatch(lower):
        lower = _APOSTROPHE.sub("", _GENDER.sub("", lower))
    words = lower if lower.isascii() and "&" not in lower else lower.translate(_GERMAN)
    plain = (
        words if words.isascii() else unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    )
    slug = _OTHER.sub("-", plain).strip("-")
    if len(slug) <= _LONGEST:
        return slug
    return slug[: _LONGEST + 1].rpartition("-")[0] or slug[:_LONGEST]
