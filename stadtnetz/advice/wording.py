"""Advice on words and signs: what a colleague would mark in the margin."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from stadtnetz.advice.prose import BLANK, Prose, sentences
from stadtnetz.diagnostics import Diagnostic, problem

__all__ = ["Manner", "of_prose"]

_TITLE, _LEAD = 90, 350
"""Characters: two lines of a heading on a phone; what lists and search engines show before they cut."""
_SIMPLE_SENTENCE = 15
"""Words. Our own measure: what one breath says, and what still fits three lines of a phone."""

_QUOTED = re.compile("„[^“]*“|“[^”„]*”|»[^«]*«")
_WEEKDAYS = "Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag"
_RELATIVE = {
    "de": re.compile(
        r"(?:(?:[Vv]or)?gestern|Gestern|(?:über)?morgen|Übermorgen|heute (?:Abend|früh|Mittag|Morgen)"
        r"|(?:[Nn]ächste|[Kk]ommende|[Vv]ergangene|[Ll]etzte|[Dd]iese)[nrms]? "
        rf"(?:Woche|Wochenende|Monat|Jahr|{_WEEKDAYS}))\b(?! des\b)"
    ),
    "en": re.compile(
        r"(?:yesterday|tomorrow|tonight|(?:next|last|this) (?:week|weekend|month|year|\w+day))\b",
        re.IGNORECASE,
    ),
}
_PERHAPS = {
    "de": ("estern", "orgen", "heute", "ächste", "ommende", "ergangene", "etzte", "diese", "Diese"),
    "en": ("esterday", "omorrow", "onight", "ext ", "ast ", "his "),
}
"""Pieces of which a text has at least one if the pattern above is to find anything; looking for them is far quicker."""
_LABEL = re.compile(rf"\[([^\[\]\n]+)\](?={BLANK})")
_SAYS_NOTHING = re.compile(
    r"(?:klicken sie )?hier|hier klicken|klick|(?:diese[rmsn]? )?link|diese seite|(?:zur )?web(?:site|seite)"
    r"|pdf|download|mehr(?: dazu| infos| informationen| lesen)?|weiter(?:lesen)?|weitere informationen"
    r"|(?:click )?here|(?:read |learn )?more|this (?:page|link)"
)
_WRONG_MARKS = {
    "de": re.compile(r"“(?=\w)(?<![\w.,!?…]“)|”|,,(?=\w)|''(?<=[\w.,!?]'')|‘‘|’’"),
    "en": re.compile(r"„|,,(?=\w)|''(?<=[\w.,!?]'')"),
}
_PERHAPS_MARKS = {"de": ("“", "”", ",,", "''", "‘‘", "’’"), "en": ("„", ",,", "''")}
"""As above: what one of those begins with."""
_DOUBLE = re.compile(r"(?<=[^\W_])[.,;:!?)]?(?P<gap> {2,})(?=\S)")
_ABBREVIATION = re.compile(
    r"\b(?:z\. ?B\.|d\. ?h\.|u\. ?a\.|[uo]\. ?Ä\.|s\. ?o\.|(?:bzw|usw|etc|ca|evtl|ggf|inkl|max|mind|vgl)\.)"
)
_ROMAN = re.compile(r"\b(?:[IVX]{2,}|(?<=Phase )[IVX]|(?<=Kapitel )[IVX]|(?<=Teil )[IVX])\b")
_COUNTED = re.compile(
    r"(?<![\w.,§/-])(?:\d{1,3}(?:\.\d{3})+|\d{2,})(?:,\d+)? (?:neue |weitere |lokale )?"
    r"[A-ZÄÖÜ][a-zäöüß*:-]+(?:en|er|n|e|s)\b"
)
_DATED = re.compile(
    r"\b(?:19|20)\d\d\b|\bStand\b|\b(?:Minute|Stunde|Tage|Woche|Monat|Jahr|Uhr|Euro|Cent|Prozent|Kilometer|Seite)"
)


class Manner(Struct, frozen=True):
    """How a text is written. `language` is de, en or de-simple."""

    language: str
    headline: bool
    """Whether its title is a headline, which lists show; a milestone's is a whole sentence."""
    of_a_day: bool
    """Whether it tells of a day: its "tomorrow" goes stale."""
    dated: bool
    """Whether readers see for when its figures hold: by its date, or by its "Stand"."""

    @property
    def spoken(self) -> str:
        """Return whose words and signs it uses: de or en."""
        return self.language.partition("-")[0]


_Found = Iterator[tuple[str, int, int, dict[str, str | int]]]
_Rule = Callable[[Prose, Manner], _Found]


def of_prose(prose: Prose, path: str, manner: Manner) -> Iterator[Diagnostic]:
    """Yield advice on a text."""
    for rule in _RULES:
        for code, start, end, params in rule(prose, manner):
            yield problem(code, path, prose.span(start, end), related=(), **params)


def _length(prose: Prose, manner: Manner) -> _Found:
    for part, code, most in (("title", "title-long", _TITLE), ("lead", "lead-long", _LEAD)):
        if manner.headline and prose.part == part and len(prose.words) > most:
            yield code, 0, len(prose.words), {"length": len(prose.words), "limit": most}


def _links(prose: Prose, manner: Manner) -> _Found:  # noqa: ARG001 - rules have one form
    if prose.part == "body":
        for match in _LABEL.finditer(prose.words):
            if _SAYS_NOTHING.fullmatch(match[1].strip(" .:!*_→»").casefold()):
                yield "link-words", *match.span(1), {"words": match[1]}


def _relative(prose: Prose, manner: Manner) -> _Found:
    if manner.of_a_day and any(piece in prose.words for piece in _PERHAPS[manner.spoken]):
        # What somebody said was said on the day of the text, and stays as it was said.
        own = _QUOTED.sub(lambda match: BLANK * len(match[0]), prose.words)
        for match in _RELATIVE[manner.spoken].finditer(own):
            if not own[max(0, match.start() - 1) : match.start()].isalnum():
                yield "relative-date", *match.span(), {"words": match[0]}


def _marks(prose: Prose, manner: Manner) -> _Found:
    if not any(sign in prose.words for sign in _PERHAPS_MARKS[manner.spoken]):
        return
    right = "„…“" if manner.spoken == "de" else "“…”"
    for match in _WRONG_MARKS[manner.spoken].finditer(prose.words):
        yield "quotation-marks", *match.span(), {"sign": match[0], "right": right}


def _gaps(prose: Prose, manner: Manner) -> _Found:  # noqa: ARG001
    for match in _DOUBLE.finditer(prose.words) if "  " in prose.words else ():
        line = prose.words[prose.words.rfind("\n", 0, match.start()) + 1 : match.start("gap")]
        if not re.fullmatch(r"\s*\d+[.)]", line):  # a list may indent its items as it likes
            yield "double-space", *match.span("gap"), {}


def _simple(prose: Prose, manner: Manner) -> _Found:
    if manner.language != "de-simple":
        return
    for start, end in sentences(prose):
        words = len(re.findall(r"[^\W_](?:[\w·*:-]*\w)?", prose.words[start:end]))
        if words > _SIMPLE_SENTENCE:
            yield "sentence-long", start, end, {"words": words, "limit": _SIMPLE_SENTENCE}
    for match in _ABBREVIATION.finditer(prose.words):
        yield "abbreviation", *match.span(), {"words": match[0]}
    for match in _ROMAN.finditer(prose.words):
        yield "roman-numeral", *match.span(), {"words": match[0]}


def _figures(prose: Prose, manner: Manner) -> _Found:
    if manner.dated or manner.spoken != "de":
        return
    for match in _COUNTED.finditer(prose.words):
        around = next(
            ((start, end) for start, end in sentences(prose) if start <= match.start() < end), match.span()
        )
        if not _DATED.search(prose.words, *around):
            yield "figure-undated", *match.span(), {"words": match[0]}


_RULES: tuple[_Rule, ...] = (_length, _links, _relative, _marks, _gaps, _simple, _figures)
