"""The place before the first sentence: "HANSESTADT MUSTERSTADT. ", "Musterstadt, 8. Juli 2022 – ", "(pm) "."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from stadtnetz.dates import PartialDate
from stadtnetz.importing.blocks import Form
from stadtnetz.importing.desk import Desk, Role
from stadtnetz.importing.sentences import is_prose
from stadtnetz.importing.written_dates import DATE, first_date

__all__ = ["DatelineFound", "find_dateline", "read_dateline"]

_WORD = r"[A-ZÄÖÜ][\wäöüß.-]*"
_PLACE = (
    rf"(?P<place>{_WORD}(?:(?: (?:am|an der|an|im|in der|in|bei|vor der|ob der|a\.|i\.) ?| ?/ ?"
    rf"| )(?:{_WORD}|\([A-Z][^)]{{2,20}}\))){{0,3}})"
)
_AGENCY = r"\((?:pm|PM|ots|red|epd|dpa|lifePR|kna|idw|ps|[a-z]{2,4})(?:/[a-z]{2,6})?\)"
_FORMS = (
    ("date", re.compile(rf"{_PLACE}, ?(?:den |der )?(?P<date>{DATE}) ?(?:{_AGENCY} ?)?[–—:.-]+ +", re.I)),
    ("date-brackets", re.compile(rf"{_PLACE} ?\((?P<date>{DATE})\) ?[–—:.-]* *", re.I)),
    ("agency", re.compile(rf"{_PLACE}\.? ?{_AGENCY} ?[–—:.-]* *")),
    ("agency-alone", re.compile(rf"{_AGENCY} ?[–—:.-]* *")),
    ("dash", re.compile(rf"{_PLACE} ?[–—] +(?=[A-ZÄÖÜ„\"])")),
    (
        "capitals",
        re.compile(
            r"(?P<place>[A-ZÄÖÜß]{3,}(?:[ /-]+[A-ZÄÖÜß.()]{2,}){0,4})(?:\. |: | [–—-] )(?=[A-ZÄÖÜ„\"])"
        ),
    ),
    ("stop", re.compile(rf"{_PLACE}[.:] +(?=[A-ZÄÖÜ„\"])")),
)
_SMALL_WORDS = "am an im in der die bei vor ob"
_SMALL = frozenset(_SMALL_WORDS.split())


class DatelineFound(Struct, frozen=True):
    """A place, "" where only an agency's mark stands there; `end` is where the sentence begins."""

    place: str
    date: PartialDate | None
    end: int


def find_dateline(desk: Desk, is_place: Callable[[str], str]) -> DatelineFound | None:
    """Take the dateline off the first paragraphs; `is_place` returns a known place's name as it is written."""
    proses = [
        n
        for n in desk.open
        if desk.sheaves[n].block.form is Form.PARAGRAPH and is_prose(desk.sheaves[n].text)
    ]
    for number in proses[:2]:
        found = read_dateline(desk.sheaves[number].text, is_place)
        if found is not None and found.end < len(desk.sheaves[number].text):
            desk.split(number, found.end)
            desk.take(number, Role.READ, "dateline")
            return found
    return None


def read_dateline(text: str, is_place: Callable[[str], str]) -> DatelineFound | None:
    """Read the dateline at a paragraph's beginning."""
    for name, form in _FORMS:
        match = form.match(text)
        if match is None:
            continue
        place = match.groupdict().get("place") or ""
        if len(place) > 60 or (name in ("stop", "dash") and not is_place(place)):
            continue  # "Danke. ", "Heute – ": a word and a sign are no place, unless it is a known one
        date = first_date(match.groupdict().get("date") or "")
        return DatelineFound(_written(place, is_place), date, match.end())
    return None


def _written(place: str, is_place: Callable[[str], str]) -> str:
    """Return a place in ordinary letters; capitals are a matter of design."""
    if not place.isupper():
        return place
    known = is_place(place)
    return known or re.sub(
        r"[^\s/-]+",
        lambda word: word[0].lower() if word[0].lower() in _SMALL else word[0].capitalize(),
        place,
    )
