"""How a release begins: letterhead, the words "Pressemitteilung", date, embargo, kicker, headline, dateline, lead."""

from __future__ import annotations

import re

from msgspec import Struct

from stadtnetz.dates import PartialDate
from stadtnetz.importing.blocks import Form, Hints
from stadtnetz.importing.desk import Desk, Role
from stadtnetz.importing.people import is_office
from stadtnetz.importing.sentences import first_sentences, is_prose
from stadtnetz.importing.written_dates import DATE, first_date

__all__ = ["Headlines", "MetaFound", "find_headlines", "find_lead", "find_meta"]

_KIND = (
    r"(?:P ?R ?E ?S ?S ?E ?M ?I ?T ?T ?E ?I ?L ?U ?N ?G|(?:Presse|Medien)-?(?:mitteilung|information"
    r"|info|meldung|erklärung|dienst|einladung)"
    r"|PM|Mitteilung|Press ?release|Media release|News release)"
)
_META = re.compile(
    rf"(?:{_KIND})(?:[ ,/|–-]*(?:Nr\.?|No\.?)? ?[\d./-]*)?(?:[ ,/|–:-]*(?:vom "
    rf"|of )?(?:[A-ZÄÖÜ][\w-]+, (?:den )?)?{DATE})?[ .]*",
    re.IGNORECASE,
)
_DATED = re.compile(
    rf"(?:(?:Datum|Date|Veröffentlicht(?: am)?|Erschienen(?: am)?|Stand"
    rf"|Vom)?:? ?{DATE}(?:,? \d{{1,2}}[:.]\d\d(?: Uhr)?)?)",
    re.IGNORECASE,
)
_PLACE_DATED = re.compile(
    rf"(?P<place>[A-ZÄÖÜ][\w.-]+(?:[ /-][\w().-]+){{0,4}}), ?(?:den |der |im )?(?P<date>{DATE})\.?",
    re.IGNORECASE,
)
_EMBARGO = re.compile(
    r"(?:\W*)(?:Sperrfrist|Sperrvermerk|Embargo(?:ed)?(?: until)?|Frei ab|Nicht vor)\b", re.IGNORECASE
)
_NUMBER = re.compile(
    r"(?:Nr\.|No\.|Nummer:?|Lfd\. ?Nr\.:?|Pressestelle|Ausgabe) ?\d+(?:[./-]\d+)*", re.IGNORECASE
)
_ISSUER = re.compile(r"(?:Herausgeber(?:in)?|Absender(?:in)?|Issued by):\s*(?P<who>.{3,80})", re.IGNORECASE)
_SHORTEST_LEAD = 40
"""Characters from which the line below a headline can stand for the whole."""
_KICKER = re.compile(r"(?:Dachzeile|Thema|Topline):\s*", re.IGNORECASE)


class MetaFound(Struct):
    """What stands around the headline."""

    published: PartialDate | None = None
    embargo: PartialDate | None = None
    dateline: str = ""
    issuer: str = ""


class Headlines(Struct, frozen=True):
    """The lines at the top, "" for what there is not; `sub` stands below the headline."""

    title: str = ""
    kicker: str = ""
    sub: str = ""


def find_meta(desk: Desk) -> MetaFound:
    """Take lines off the desk that only say what, when and by whom."""
    found = MetaFound()
    for number in desk.open:
        text = desk.sheaves[number].text
        if len(text) > 140:
            continue
        if _EMBARGO.match(text):
            found.embargo = found.embargo or first_date(text)
            if first_date(text) is None:
                desk.doubt("embargo", "embargo-date", text=text)
            desk.take(number, Role.READ, "embargo")
        elif _META.fullmatch(text) or _DATED.fullmatch(text) or _NUMBER.fullmatch(text):
            found.published = found.published or first_date(text)
            desk.take(number, Role.READ, "meta")
        elif issuer := _ISSUER.fullmatch(text):
            found.issuer = found.issuer or issuer["who"]
            desk.take(number, Role.READ, "meta")
        elif place := _PLACE_DATED.fullmatch(text):
            found.published = found.published or first_date(text)
            found.dateline = found.dateline or place["place"]
            desk.take(number, Role.READ, "dateline")
    return found


def find_headlines(desk: Desk, hints: Hints) -> tuple[Headlines, str]:
    """Take kicker, headline and the line below it off the desk; return them with the sender above them."""
    candidates = _above_text(desk)
    issuer = ""
    while len(candidates) > 1 and _is_letterhead(desk, candidates[0], hints):
        issuer = issuer or desk.sheaves[candidates[0]].text
        desk.take(candidates[0], Role.READ, "letterhead")
        candidates = candidates[1:]
    if not candidates:
        if hints.title:
            desk.doubt("title", "title-hint")
        else:
            desk.doubt("title", "title-missing")
        return Headlines(hints.title), issuer
    place = candidates.index(_headline(desk, candidates, hints))
    texts = [desk.sheaves[number].text for number in candidates]
    for number in candidates:
        desk.take(number, Role.FIELD, "headline")
    kicker = _KICKER.sub("", " – ".join(texts[:place]))
    return Headlines(texts[place], kicker, " ".join(texts[place + 1 :])), issuer


def _above_text(desk: Desk) -> list[int]:
    found: list[int] = []
    for number in desk.open:
        sheaf = desk.sheaves[number]
        if is_prose(sheaf.text) and sheaf.block.form is not Form.HEADING:
            break
        if sheaf.block.form is Form.ITEM or len(found) == 6:
            break
        # A second heading of the same rank below prose is a section; here there is none above.
        found.append(number)
    return found if len(found) < len(desk.open) or len(found) == 1 else found[:1]


def _is_letterhead(desk: Desk, number: int, hints: Hints) -> bool:
    sheaf = desk.sheaves[number]
    if _same(sheaf.text, hints.title) or (sheaf.block.form is Form.HEADING and sheaf.block.level == 1):
        return False
    words = sheaf.text.split()
    names_house = is_office(sheaf.text) and len(words) <= 9
    # A headline has a verb; in German that is the one word in lower case that is no article or preposition.
    small = [word for word in words if word[:1].islower() and word.strip(",") not in _SMALL]
    return names_house and not small and not sheaf.text.endswith((".", "!", "?"))


_SMALL_WORDS = (
    "und der die das des dem den für von vom zu zum zur im in am an auf e.v. e. g mit bei "
    "of the for and - | · & über"
)
_SMALL = frozenset(_SMALL_WORDS.split())


def _headline(desk: Desk, candidates: list[int], hints: Hints) -> int:
    sheaves = desk.sheaves
    for number in candidates:
        if _same(sheaves[number].text, hints.title):
            return number
    headings = [number for number in candidates if sheaves[number].block.form is Form.HEADING]
    if headings:
        return min(headings, key=lambda number: sheaves[number].block.level)
    bold = [number for number in candidates if sheaves[number].block.bold]
    if len(bold) == 1:
        return bold[0]
    long = [number for number in candidates if len(sheaves[number].text.split()) >= 5]
    if len(candidates) > 1:
        desk.doubt("title", "title-guess")
    return (long or [max(candidates, key=lambda number: len(sheaves[number].text))])[0]


def _same(text: str, title: str) -> bool:
    def plain(words: str) -> str:
        return re.sub(r"\W+", " ", words.casefold()).strip()

    return bool(title) and len(plain(text)) > 10 and plain(text) in plain(title)


def find_lead(desk: Desk, lines: Headlines) -> tuple[str, str]:
    """Return lead and kicker: a bold first paragraph, the line below the headline, or how the text begins."""
    proses = [number for number in desk.open if desk.sheaves[number].block.form is Form.PARAGRAPH]
    first = next((n for n in proses if is_prose(desk.sheaves[n].text)), proses[0] if proses else None)
    sub, kicker = lines.sub, lines.kicker
    if first is not None and desk.sheaves[first].block.bold and len(desk.sheaves[first].text) < 700:
        if sub and not kicker:
            kicker = sub
            desk.doubt("kicker", "kicker-sub")
            sub = ""
        desk.take(first, Role.FIELD, "lead")
        return " ".join(filter(None, (sub, desk.sheaves[first].text))), kicker
    if len(sub) >= _SHORTEST_LEAD:
        if not sub.endswith((".", "!", "?")):
            desk.doubt("lead", "lead-sub")
        return sub, kicker
    if sub:
        kicker = " – ".join(filter(None, (kicker, sub)))
        desk.doubt("kicker", "kicker-sub")
    if first is None:
        desk.doubt("lead", "lead-missing")
        return "", kicker
    end = first_sentences(desk.sheaves[first].text)
    if end < len(desk.sheaves[first].text):
        desk.split(first, end)
        desk.doubt("lead", "lead-sentences")
    else:
        desk.doubt("lead", "lead-paragraph")
    desk.take(first, Role.FIELD, "lead")
    return desk.sheaves[first].text, kicker
