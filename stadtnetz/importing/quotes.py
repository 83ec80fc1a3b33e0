"""What somebody said, and who: quotes stay where they are in the text, the editor gets a list of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from stadtnetz.importing.people import names_in
from stadtnetz.importing.sentences import sentence_ends

__all__ = ["QuoteFound", "quotes_in"]

_QUOTED = re.compile(
    r"„[^„“”]{3,900}[“”]|»[^«»]{3,900}«|«[^«»]{3,900}»|“[^“”]{3,900}”|(?<!\w)\"[^\"]{3,900}\"(?!\w)"
)
_SAYS = (
    r"(?:so|sagt|sagte|sagten|betont|betonte|erklärt|erklärte|erläutert|erläuterte|meint|meinte|ergänzt|ergänzte|unterstreicht"
    r"|unterstrich|freut sich|freute sich|lobt|lobte|berichtet|berichtete|fügt|fügte|hebt|hob"
    r"|resümiert|dankt|dankte|wirbt"
    r"|erzählt|erzählte|rechnet|rechnete|findet|schwärmt|erinnert|erinnerte|kündigt|kündigte"
    r"|bekräftigt|warnt|warnte|fordert|forderte|zusammenfasst|zusammen|hofft|said|says|added|adds"
    r"|explained|explains|according to)"
)
_AFTER = re.compile(rf"\W{{0,3}}\s*(?:{_SAYS})\b(?P<who>.{{0,160}})", re.DOTALL)
_BEFORE = re.compile(r"(?P<who>[^.!?„“\"]{3,200}):?\s*$")
_SPEECH = re.compile(r"[.!?,]$")
_FEWEST = 5
_REACH = 500
"""Characters before and behind a quote in which its speaker is looked for."""


class QuoteFound(Struct, frozen=True):
    """A quote without its marks; `speaker` is "" where the text does not say clearly."""

    text: str
    speaker: str


def quotes_in(paragraphs: Iterable[str]) -> Iterator[QuoteFound]:
    """Yield the quotes of a text in their order; a surname alone means the person who was named before."""
    texts = list(paragraphs)
    known = {named.surname: named.name for text in texts for named in names_in(text)}
    for text in texts:
        last, since = "", 0
        for match in _QUOTED.finditer(text):
            words = match[0][1:-1].strip()
            if (
                len(words.split()) < _FEWEST
                and not words.endswith((".", "!", "?"))
                and not _attributed(text, match.end())
            ):
                continue  # a name or a title in quotes
            speaker = _speaker(text, match.start(), match.end(), known)
            if not speaker and last and not _others(text[since : match.start()], last):
                # One paragraph, one voice: nobody else is named between the quotes.
                speaker = last
            last, since = speaker or last, match.end()
            yield QuoteFound(words, speaker)


def _attributed(text: str, end: int) -> bool:
    return (
        re.match(rf"\s*,?\s*(?:{_SAYS})\b|, wie .{{3,40}} (?:es )?(?:zusammenfasst|sagt|nennt)", text[end:])
        is not None
    )


def _others(text: str, speaker: str) -> bool:
    """Tell whether a text names anybody but the speaker; at a sentence's beginning any noun may look like a name."""
    return any(
        named.surname not in speaker and not re.search(r"(?:^|[.!?“”\"])\s*$", text[: named.start])
        for named in names_in(text)
    )


def _speaker(text: str, start: int, end: int, known: dict[str, str]) -> str:
    # "…", sagt Erika Muster, die Leiterin: behind the quote up to the next one.
    behind = _QUOTED.split(text[end : end + _REACH])[0]
    after = _AFTER.match(behind)
    if after:
        return _person(after["who"][: next(sentence_ends(after["who"]))], known)
    like = re.match(r"\W*wie (.{3,60}?) (?:es )?(?:zusammenfasst|sagt|nennt|formuliert)", behind)
    if like:
        return _person(like[1], known)
    before = _BEFORE.search(text[max(start - _REACH, 0) : start])
    if before and (
        text[max(start - _REACH, 0) : start].rstrip().endswith(":")
        or re.search(rf"\b{_SAYS}\b", before["who"])
    ):
        return _person(before["who"], known)
    # …, so Muster. "Es geht weiter.": the sentence before names the speaker, and nobody else speaks in between.
    before_it = text[max(start - _REACH, 0) : start].rstrip()
    ends = [0, *(end for end in sentence_ends(before_it) if end < len(before_it))]
    sentence = before_it[ends[-1] :]
    says = re.search(rf"\b{_SAYS}\b(?P<who>[^„“\"]*)$", sentence)
    return _person(says["who"], known) if says else ""


def _person(text: str, known: dict[str, str]) -> str:
    full = next(names_in(text), None)
    if full is not None:
        return full.name
    surnames = [word for word in re.findall(r"[\w-]+", text) if word in known]
    return known[surnames[0]] if surnames else ""
