"""Where sentences end, in texts with "Dr.", "z. B." and "1. Vorsitzender"."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["first_sentences", "is_prose", "sentence_ends"]

_END = re.compile(r"[.!?…][“”\"»)]*(?=\s+[„“\"»(]?[A-ZÄÖÜ0-9])")
_SHORT = re.compile(
    r"(?:\b(?:Dr|Prof|Dipl|Ing|bzw|usw|etc|ca|Nr|Str|St|Tel|z\. ?B|d\. ?h|u\. ?a|i\. ?d|o\. ?g|e\. ?V"
    r"|v\. ?l|n\. ?r|[A-ZÄÖÜ]"
    r"|[vln])|\d{1,2})\.$"
)
_SHORTEST, _LONGEST = 110, 380
"""Characters between which a lead made of sentences is to lie; both are what leads of news commonly have."""
_NEAR = 12
"""Characters in which an abbreviation lies."""
_PROSE = 110
_SENTENCE = 60
"""Characters from which a line with a full stop is a sentence of the text; headlines have none."""


def sentence_ends(text: str) -> Iterator[int]:
    """Yield the positions behind sentences, the text's end included."""
    last = 0
    for match in _END.finditer(text):
        # Whatever stands in quotes belongs to the sentence around it.
        # They are counted from the last end on, or a long text would be counted again for each of its sentences.
        near = text[max(match.start() - _NEAR, 0) : match.start() + 1]
        if not _SHORT.search(near) and _balanced(text[last : match.end()]):
            yield match.end()
            last = match.end()
    yield len(text)


def _balanced(text: str) -> bool:
    return text.count("„") <= text.count("“") + text.count("”") and text.count('"') % 2 == 0


def first_sentences(text: str) -> int:
    """Return where the sentences that make a lead end: the whole of a short text, else one to three of them."""
    if len(text) <= _LONGEST:
        return len(text)
    ends = list(sentence_ends(text))
    best = ends[0]
    for end in ends[1:3]:
        if best < _SHORTEST and end <= _LONGEST:
            best = end
    return best


def is_prose(text: str) -> bool:
    """Tell whether a text is a paragraph rather than a line of its own."""
    if re.search(r"[^\W\d]\.$", text) and len(text) >= _SENTENCE:
        return True
    return len(text) >= _PROSE and bool(re.search(r"[^\W\d][.!?:][“”\"»)]*(?:\s|$)", text))
