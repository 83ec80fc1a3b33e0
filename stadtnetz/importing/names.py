"""Known places and partners in a text: also inflected, with hyphens, with ae for ä, without "e. V." or their town."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from stadtnetz.importing.known import Known, KnownName

__all__ = ["Finder", "Mention", "folded"]

_TOKEN = re.compile(r"[^\W_]+")
_LEGAL = re.compile(r",? (?:e\. ?V\.|gGmbH|GmbH|eG|AG|mbH)(?=$|[ ,(])")
_ENDINGS = ("en", "er", "es", "em", "e", "s", "n")
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_COMMON_WORDS = "forst sulz landau halle essen singen neuhof buchholz neumarkt stadt ulm trier"
_COMMON = frozenset(_COMMON_WORDS.split())
"""Places whose short names are words or surnames as well: alone they are a guess, except the last two."""
_GUESS = _COMMON - {"ulm", "trier"}
_FEW = 3
_ENOUGH = 8
_AUTHORITIES = frozenset({"stadt", "hansestadt", "gemeinde", "stadtverwaltung", "land", "universitaet"})


def folded(word: str) -> str:
    """Return a word in lower case without accents, ä as ae."""
    lower = unicodedata.normalize("NFC", word).casefold().translate(_GERMAN)
    return unicodedata.normalize("NFKD", lower).encode("ascii", "ignore").decode()


def _stem(word: str) -> str:
    return next(
        (word[: -len(end)] for end in _ENDINGS if word.endswith(end) and len(word) - len(end) >= 4), word
    )


class Mention(Struct, frozen=True):
    """An entry that a text names, and where; `sure` is false where the words may mean something else."""

    start: int
    end: int
    kind: str
    id: str
    sure: bool


class _Pattern(Struct, frozen=True):
    words: tuple[str, ...]
    exact: bool
    """No endings: abbreviations and single names of places, where "er" would make another word."""
    capitals: str
    """How it must be written, for abbreviations."""
    entry: KnownName
    near: bool
    """Its town is left out: means this one only where the town is named as well."""


class Finder:
    """Finds names; the longest one wins where several begin at the same word."""

    def __init__(self, known: Known) -> None:
        self._by_first: dict[str, list[_Pattern]] = {}
        towns = {word for one in known.of("city") for name in one.names for word in _words(name)}
        for entry in known.names:
            for pattern in set(_patterns(entry, towns)):
                self._by_first.setdefault(_stem(pattern.words[0]), []).append(pattern)
        for patterns in self._by_first.values():
            patterns.sort(key=lambda one: (-len(one.words), one.near, one.entry.kind, one.entry.id))

    def mentions(self, text: str, towns: frozenset[str] = frozenset()) -> Iterator[Mention]:
        """Yield what a text names, in its order and without overlaps; `towns` are ids of places named elsewhere."""
        tokens = [(match.start(), match.end(), match[0]) for match in _TOKEN.finditer(text)]
        at = 0
        while at < len(tokens):
            mention, length = self._at(text, tokens, at, towns)
            if mention is not None:
                yield mention
            at += length

    def place(self, text: str) -> str:
        """Return how a place or a municipality is written that a text consists of, "" where it is none."""
        wanted = [folded(word) for word in _TOKEN.findall(text)]
        for patterns in self._by_first.values():
            for pattern in patterns:
                if list(pattern.words) == wanted and (
                    pattern.entry.kind == "city" or pattern.entry.id.endswith(tuple(wanted[-1:]))
                ):
                    return next((n for n in pattern.entry.names if list(_words(n)) == wanted), text)
        return ""

    def _at(
        self, text: str, tokens: Sequence[tuple[int, int, str]], at: int, towns: frozenset[str]
    ) -> tuple[Mention | None, int]:
        for pattern in self._by_first.get(_stem(folded(tokens[at][2])), ()):
            found = tokens[at : at + len(pattern.words)]
            if len(found) < len(pattern.words) or not _fits(pattern, text, found):
                continue
            if pattern.near and not towns & set(pattern.entry.cities):
                continue
            start, end = found[0][0], found[-1][1]
            if pattern.entry.kind == "city" and not _stands_alone(text, start, end):
                continue
            sure = not (len(pattern.words) == 1 and pattern.words[0] in _GUESS)
            return Mention(start, end, pattern.entry.kind, pattern.entry.id, sure), len(found)
        return None, 1


def _words(name: str) -> tuple[str, ...]:
    return tuple(folded(word) for word in _TOKEN.findall(name))


def _patterns(entry: KnownName, towns: set[str]) -> Iterator[_Pattern]:
    for name in entry.names:
        bare = _LEGAL.sub("", name)
        forms = [bare, re.sub(r"\s*\([^)]*\)", "", bare)]
        forms += re.findall(r"\(([A-Z]{3,8})\)", bare)
        if " – " in bare and entry.kind == "partner":
            forms.append(bare.split(" – ")[0])
        if entry.kind == "partner":
            forms.append(re.sub(r"^Verein ", "", bare).strip('„“"”'))
            forms.append(re.sub(r",.*$", "", bare))
        for form in forms:
            words = _words(form)
            # A town's name in brackets is left out in its own releases: "die Diakonie" may be any.
            shortened = entry.kind == "partner" and form != bare and "(" in bare and len(words) == 1
            if words:
                yield _pattern(entry, form, words, near=shortened)
            if entry.kind == "partner" and len(words) > 1 and words[-1] in towns and _says_enough(words[:-1]):
                yield _pattern(entry, form, words[:-1], near=True)


def _says_enough(words: tuple[str, ...]) -> bool:
    """Tell whether a partner's name without its town still means this partner: "Heinrich-Böll-Haus", not "Stadt"."""
    return len("".join(words)) > _ENOUGH and words[0] not in _AUTHORITIES


def _pattern(entry: KnownName, form: str, words: tuple[str, ...], *, near: bool) -> _Pattern:
    short = len(words) == 1 and (form.isupper() or len(form) <= _FEW + 1)
    exact = short or (entry.kind == "city" and len(words) == 1)
    return _Pattern(words, exact, form if short else "", entry, near)


def _fits(pattern: _Pattern, text: str, found: Sequence[tuple[int, int, str]]) -> bool:
    for before, after in pairwise(found):
        between = text[before[1] : after[0]]
        # A name goes on over blanks and hyphens; over a full stop or a comma only where it has one itself.
        if len(between) > 3 or re.search(r"[.;:!?\n]", between):
            return False
    if pattern.capitals:
        return found[0][2] == pattern.capitals
    if found[0][2][:1].islower() and pattern.entry.kind == "city":
        return False
    if pattern.exact:
        word = folded(found[0][2])
        return word in (pattern.words[0], f"{pattern.words[0]}s")
    return all(
        folded(token[2]) == word or _stem(folded(token[2])) == _stem(word)
        for token, word in zip(found, pattern.words, strict=True)
    )


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a place's name is no part of another one: "Freiburg-Haslach", "Alt-Freiburg", "info@freiburg.de"."""
    before, after = text[max(start - 1, 0) : start], text[end : end + 2]
    return not (
        before in ("-", "@", ".", "/") and start > 0 and (before != "/" or text[start - 2 : start - 1] == "/")
    ) and not re.match(r"-\w|\.\w|@", after)
