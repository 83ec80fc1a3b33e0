"""German compounds, taken apart for the search: who looks for "Beteiligung" means "Bürgerbeteiligung" as well.

The search engine takes words apart at signs (`Ein-Haus-Projekt`, `Bürger*innen`) and counts each part as standing where
the whole word stands. So a copy of a text gets a mark inside its compounds, and no other change: a found part is
then shown as the word that it stands in, and what the reader sees is the copy without its marks.

A word is taken apart where it ends with a known head (heads.toml), or with a word of the same texts if its first part
is known, too. Dictionaries of compounds exist, but none that is small, free and maintained; programs that split by
statistics cut names of places to pieces.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from itertools import pairwise

__all__ = ["MARK", "Compounds", "marked", "unmarked"]

MARK = "|"
"""Pagefind takes words apart at every ASCII sign; this one is the rarest in German texts."""

_WORD = re.compile(r"[A-Za-zÄÖÜäöüßẞ]{7,}")
_ANY_WORD = re.compile(r"[A-Za-zÄÖÜäöüßẞ]{4,}")
_VOWEL = re.compile(r"[aeiouyäöü]")
_ENDINGS = ("", "e", "n", "s", "en", "es", "er", "se", "ern", "nen", "sen")
"""What declension adds to a head: Vereine, Projekten, Amtes, Bündnisse."""
_LINKS = ("", "s", "n", "e", "es", "en", "er", "ns", "ens")
"""What stands between the parts of a compound."""
_INNER_PREFIXES = ("ver", "ent", "zer")
_LEAST_FIRST, _LEAST_HEAD, _LONG_HEAD, _LEAST_OWN = 3, 3, 6, 6
"""Letters of a first part, of a head, of one that needs no known first part, and of one that only the texts know."""

_INVISIBLE = dict.fromkeys(
    map(ord, "\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NON-JOINER}\N{WORD JOINER}")
)
_DASH = re.compile(r"(?<=\w)([\N{HYPHEN}-\N{HORIZONTAL BAR}\N{MIDDLE DOT}])(?=\w)")
"""Dashes between letters or digits at which the engine would run words together: 2014–2020."""


class Compounds:
    """Knows the heads, and the words of some texts besides."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        known = {word for text in texts for word in _ANY_WORD.findall(text)}
        self._known = {word.lower() for word in known} | _heads()
        # Nouns alone: "weit|ergeben" is no compound of "weit" and "ergeben".
        self._own = {word.lower() for word in known if len(word) >= _LEAST_OWN and word[0].isupper()}
        self._found: dict[str, tuple[int, ...]] = {}

    def parts(self, word: str) -> tuple[str, ...]:
        """Return the parts of a word; a word that is no compound has one."""
        cuts = (0, *self._cuts(word.lower()), len(word))
        return tuple(word[start:end] for start, end in pairwise(cuts))

    def _cuts(self, word: str) -> tuple[int, ...]:
        if word not in self._found:
            self._found[word] = self._look(word)
        return self._found[word]

    def _look(self, word: str) -> tuple[int, ...]:
        if _without(word, _ENDINGS) & _heads():
            return ()
        # From the left, so that the longest head is found first: „Länder|partnerschaft“ before „partner|schaft“.
        for cut in range(_LEAST_FIRST, len(word) - _LEAST_HEAD + 1):
            if self._is_cut(word[:cut], word[cut:]):
                return (*self._cuts(word[:cut]), cut)
        return ()

    def _is_cut(self, first: str, rest: str) -> bool:
        if first in _prefixes() or first.endswith(_INNER_PREFIXES) or not _VOWEL.search(first):
            return False
        heads = {head for head in _without(rest, _ENDINGS) if head in _heads() or head in self._own}
        long = any(len(head) >= _LONG_HEAD and head in _heads() for head in heads)
        if long and len(first) > _LEAST_FIRST:
            return True
        # Short words stand at the end of many others by accident: Ant|wort has no "ort".
        return bool(heads) and bool(_without(first, _LINKS) & self._known)


def _without(word: str, endings: tuple[str, ...]) -> set[str]:
    return {word.removesuffix(ending) for ending in endings if word.endswith(ending)}


@cache
def _data() -> dict[str, str]:
    found: dict[str, str] = tomllib.loads((resources.files(__package__) / "heads.toml").read_text("utf-8"))
    return found


@cache
def _heads() -> frozenset[str]:
    return frozenset(_data()["heads"].split())


@cache
def _prefixes() -> frozenset[str]:
    return frozenset(_data()["prefixes"].split())


def marked(text: str, compounds: Compounds) -> str:
    """Return the copy of a text that is searched; `unmarked` gives the text back, without invisible signs.

    A mark that the text itself has is doubled.
    """
    visible = text.translate(_INVISIBLE).replace(MARK, MARK + MARK)
    dashed = _DASH.sub(rf"\1{MARK}", visible)
    return _WORD.sub(lambda match: MARK.join(compounds.parts(match[0])), dashed)


def unmarked(text: str) -> str:
    """Return what a reader sees of a marked text; search.js does the same."""
    return re.sub(re.escape(MARK) + "(" + re.escape(MARK) + "?)", r"\1", text)
