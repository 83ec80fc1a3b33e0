"""The words of the interface in one language: messages, dates, numbers, lists and the order of names.

Messages are English in the source and looked up in the catalogues under stadtnetz/locale/. The `.po` files
are read at run time, so that there is no compiled copy that could be older than its source. What editors
write is content and never passes through here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from gettext import GNUTranslations
from importlib import resources
from io import BytesIO
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import get_month_names
from babel.lists import format_list
from babel.numbers import format_decimal
from msgspec import Struct

from stadtnetz.beside import keep, kept

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stadtnetz.dates import PartialDate

__all__ = ["CATALOGUES", "Texts", "texts"]

CATALOGUES = ("de", "en")
"""The languages of the interface. Plain German (`de-simple`) shares the German one."""

_LOCALES = {"de": "de_DE", "en": "en_GB"}  # en_GB: day before month, no comma before "and"

_WORD = re.compile(r"\d+|[^\W\d_]+")
_UNDECOMPOSED = str.maketrans(
    {"æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
"""Letters that Unicode does not take apart into a base letter and a mark."""

_DIGITS = 12
"""To how many digits numbers are filled up for sorting by value."""


class _DatePatterns(Struct, frozen=True):
    """How a language writes dates; the no-break spaces keep a day with its month and a time with "Uhr"."""

    day: str
    time: str
    times: str
    days_of_one_month: str


_PATTERNS = {
    "de": _DatePatterns(
        day="{}.\N{NO-BREAK SPACE}{}",
        time="{}\N{NO-BREAK SPACE}Uhr",
        times="{}–{}\N{NO-BREAK SPACE}Uhr",
        days_of_one_month="{}.–{}",
    ),
    "en": _DatePatterns(day="{}\N{NO-BREAK SPACE}{}", time="{}", times="{}–{}", days_of_one_month="{}–{}"),
}


_MEGABYTE = 1_000_000
_NAMES = 10_000
"""How many names' sort keys are remembered: those of places and topics stand in list after list."""


class Texts(Struct, frozen=True):
    """Everything that is said in the words of one language."""

    language: str
    """A catalogue's name: de or en."""
    catalogue: GNUTranslations

    def gettext(self, message: str, /, **params: object) -> str:
        """Return a message in this language, `%(name)s` filled; a literal percent sign is written `%%`."""
        return self.catalogue.gettext(message) % params

    def ngettext(self, one: str, many: str, number: int, /, **params: object) -> str:
        """Return the form of a message that fits a number; `%(num)s` is that number."""
        return self.catalogue.ngettext(one, many, number) % {"num": self.format_number(number), **params}

    def pgettext(self, context: str, message: str, /, **params: object) -> str:
        """Return a message that means different things in different contexts."""
        return self.catalogue.pgettext(context, message) % params

    def format_date(self, when: PartialDate) -> str:
        """Say a date in words, as precisely as it is known: 8. Juli 2022, Juli 2022, 2022."""
        return self._without_time(when) + self._time(when)

    def format_range(self, start: PartialDate, end: PartialDate) -> str:
        """Say a stretch of time without saying twice what both ends share: 8.–12. Juli 2022."""
        patterns = _PATTERNS[self.language]
        if start == end:
            return self.format_date(start)
        if start.day is not None and start.first_day == end.first_day and end.day is not None:
            return self._hours_of_one_day(start, end)
        if start.time or end.time:
            return f"{self.format_date(start)} – {self.format_date(end)}"
        if start.year != end.year or start.month is None or end.month is None:
            years_only = start.month is None and end.month is None
            return f"{self.format_date(start)}{'–' if years_only else ' – '}{self.format_date(end)}"
        if start.month == end.month and start.day and end.day:
            return patterns.days_of_one_month.format(start.day, self.format_date(end))
        return f"{self._day_and_month(start)} – {self.format_date(end)}"

    def format_number(self, number: int) -> str:
        """Write a number with the language's separators."""
        if 0 <= number < 1000:  # nothing to separate: lists have hundreds of such numbers
            return str(number)
        return str(format_decimal(number, locale=_LOCALES[self.language]))

    def format_weight(self, size: int) -> str:
        """Write how large a file is, in the units that file managers use: 85 kB, 2,1 MB."""
        if size < _MEGABYTE // 10:
            return f"{max(1, round(size / 1000))}\N{NO-BREAK SPACE}kB"
        number = format_decimal(round(size / _MEGABYTE, 1), locale=_LOCALES[self.language])
        return f"{number}\N{NO-BREAK SPACE}MB"

    def join(self, items: Iterable[str]) -> str:
        """Make a list in a sentence: A, B und C."""
        return format_list(list(items), locale=_LOCALES[self.language])

    def sort_key(self, text: str) -> str:
        """Return a key for lists of names by DIN 5007-1.

        Umlauts count as their base letters and ß as ss; case, quotes and hyphens do not matter; a word comes
        before a longer one with the same beginning; numbers count by value and come before letters. The text
        itself comes last, so that no two different texts are equal.
        """
        return _sort_key(text)

    def _day_and_month(self, when: PartialDate) -> str:
        if when.month is None:
            return ""
        month = _months(self.language)[when.month]
        return month if when.day is None else _PATTERNS[self.language].day.format(when.day, month)

    def _without_time(self, when: PartialDate) -> str:
        return f"{self._day_and_month(when)} {when.year}".lstrip()

    def _time(self, when: PartialDate) -> str:
        return f", {_PATTERNS[self.language].time.format(f'{when.time:%H:%M}')}" if when.time else ""

    def _hours_of_one_day(self, start: PartialDate, end: PartialDate) -> str:
        if start.time is None or end.time is None:
            return self.format_date(start)
        hours = _PATTERNS[self.language].times.format(f"{start.time:%H:%M}", f"{end.time:%H:%M}")
        return f"{self._without_time(start)}, {hours}"


def texts(language: str) -> Texts:
    """Return the words for a language of the site; variants such as de-simple share their language's words.

    Raises KeyError for a language without a catalogue.
    """
    name = language.partition("-")[0]
    if name not in CATALOGUES:
        raise KeyError(language)
    return _read(name)


@cache
def _months(language: str) -> Mapping[int, str]:
    """Return the names of the months; Babel looks its data up anew each time."""
    return get_month_names("wide", locale=_LOCALES[language])


@cache
def _read(name: str) -> Texts:
    data = kept(f"words-{name}", name)
    if data is None:
        data = _compiled(name)
        keep(f"words-{name}", name, data)
    return Texts(name, GNUTranslations(BytesIO(data)))


def _compiled(name: str) -> bytes:
    """Return a catalogue as the standard library reads it."""
    # Imported here because most processes find it done.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    file = resources.files("stadtnetz").joinpath("locale", name, "LC_MESSAGES", "stadtnetz.po")
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(file.read_bytes()), locale=Locale.parse(_LOCALES[name])))
    return compiled.getvalue()


@lru_cache(maxsize=_NAMES)
def _sort_key(text: str) -> str:
    words = _WORD.findall(_base_letters(text))
    key = " ".join(word.zfill(_DIGITS) if word.isdecimal() else word for word in words)
    return f"{key}\0{text}"


def _base_letters(text: str) -> str:
    """Return a text without case and marks, ß as ss."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return bare.casefold().translate(_UNDECOMPOSED)
