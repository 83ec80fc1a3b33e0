"""What stands below a picture: the caption, who is on it and where, and whose picture it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from stadtnetz.importing.blocks import Form
from stadtnetz.importing.desk import Desk, Role
from stadtnetz.importing.people import Named, is_role, names_in

__all__ = ["CaptionFound", "PersonFound", "find_caption", "people_in", "read_caption"]

_LABEL = re.compile(
    r"(?:Bild(?:unterschrift|text|zeile|legende)?|Foto(?:unterschrift|text|zeile)?|BU|Zum (?:Bild"
    r"|Foto)|Auf dem (?:Bild|Foto)"
    r"|Caption|Photo caption)(?: \d)?\s*(?:\([^)]{1,30}\))?:\s*",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"[(\[]?(?:Foto(?:s|graf(?:in)?|nachweis)?|Bild(?:er|nachweis|quelle|rechte)?|Credits?|Photo"
    r"|Quelle)(?: ?:| ?©) ?©? ?"
    r"(?P<who>(?:[^.()\[\]]|(?<=\b[A-ZÄÖÜ])\.){2,70})[)\].]?$"
    r"|(?P<sign>©) ?(?!\d{4})(?P<other>(?:[^.()]|(?<=\b[A-ZÄÖÜ])\.){2,70})[)\].]?$",
)
_ROW_LINE = re.compile(
    r"[(\[]?v(?:on|\.) ?l(?:inks|\.)(?: ?(?:nach|n\.) ?r(?:echts|\.))?[)\]]?:?\s*|\(?from left(?: to right)?\)?:?\s*",
    re.I,
)
_WHERE = re.compile(
    r"\b(?:hinten|vorne?|links|rechts|(?:in der )?Mitte|mittig|hintere Reihe|vordere Reihe|left|right|front|back)\b",
    re.I,
)
_ROWS = (("hint", "back"), ("back", "back"), ("vorn", "front"), ("vorder", "front"), ("front", "front"))
_COLUMNS = (("links", "left"), ("left", "left"), ("rechts", "right"), ("right", "right"), ("mitt", "centre"))
_FUNCTION_END = re.compile(
    r"\s+(?:bei|beim|während|auf|mit|freuen|durchlaufen|im Rathaus|vor|nach|sowie|und)\b"
)


class PersonFound(Struct, frozen=True):
    """A person of a caption; row and column in the model's values, "" where the caption does not say."""

    name: str
    role: str = ""
    organisation: str = ""
    row: str = ""
    column: str = ""


class CaptionFound(Struct, frozen=True):
    """A picture's text; `credit` is "" where none is named."""

    text: str
    credit: str
    people: tuple[PersonFound, ...]


def find_caption(desk: Desk) -> tuple[CaptionFound, ...]:
    """Take captions and credits off the desk, with the label above them ("Info", "Bild")."""
    found: list[CaptionFound] = []
    for number in desk.open:
        sheaf = desk.sheaves[number]
        if not _is_caption(sheaf.text, sheaf.block.form):
            continue
        caption = read_caption(sheaf.text)
        desk.take(number, Role.READ, "caption")
        before = number - 1
        if (
            before >= 0
            and desk.sheaves[before].role is Role.OPEN
            and desk.sheaves[before].text.rstrip(":") in _ABOVE
        ):
            desk.take(before, Role.READ, "caption")
        if found and not caption.text and not found[-1].credit:
            found[-1] = CaptionFound(found[-1].text, caption.credit, found[-1].people)
        else:
            found.append(caption)
    return tuple(found)


_ABOVE = frozenset(
    {"Info", "Bild", "Bilder", "Foto", "Fotos", "Bildunterschrift", "Bildmaterial", "Pressefoto", "BU"}
)


def _is_caption(text: str, form: Form) -> bool:
    if form is Form.CAPTION or _LABEL.match(text):
        return True
    if form is not Form.PARAGRAPH or len(text) > 900:
        return False
    credit = _CREDIT.search(text)
    # A credit alone, or behind a text; "Quelle:" alone may stand below a table.
    if credit and (credit.start() == 0 or credit.start() > 0) and not text.startswith("Quelle"):
        return True
    return bool(_ROW_LINE.search(text)) and len(list(names_in(text))) > 1


def read_caption(text: str) -> CaptionFound:
    """Read one caption."""
    credit = _CREDIT.search(text)
    who = ""
    if credit:
        who = (credit["who"] or credit["other"]).strip(" ,;")
        text = text[: credit.start()].rstrip(" -–|/(")
    label = _LABEL.match(text)
    if label:
        text = text[label.end() :]
    text = text.strip()
    return CaptionFound(text, who, tuple(people_in(text)))


def people_in(text: str) -> Iterator[PersonFound]:
    """Yield who is on a picture: by a list from left to right, or by places in brackets behind the names."""
    line = _ROW_LINE.search(text)
    if line:
        people = list(_listed(text[line.end() :]))
        for number, person in enumerate(people):
            column = "left" if number == 0 else "right" if number == len(people) - 1 else ""
            if number == 1 and len(people) == 3:
                column = "centre"
            yield PersonFound(person.name, person.role, person.organisation, "", column)
        return
    if not re.search(rf"\([^)]*{_WHERE.pattern}[^)]*\)", text, re.I) and not re.search(r"\([^)]+\)", text):
        return
    names = list(names_in(text))
    for number, named in enumerate(names):
        until = names[number + 1].start if number + 1 < len(names) else len(text)
        described = _described(named, text[named.end : until])
        if described is not None:
            yield described


def _listed(text: str) -> Iterator[PersonFound]:
    names = list(names_in(text))
    for number, named in enumerate(names):
        until = names[number + 1].start if number + 1 < len(names) else len(text)
        behind = text[named.end : until]
        # A full stop ends the list: what follows tells about the evening.
        bracket = re.match(r"\s*\(([^)]*)\)", behind)
        told = bracket[1] if bracket else ""
        if not told and behind.startswith(","):
            told = re.split(r"\.\s|,\s*$|\s+(?:und|sowie|and)\s*$", behind[1:].strip())[0].strip(" .,;")
        yield _person(named.name, told, "", "")
        if re.search(r"(?:^|[^\W\d])\.(?:\s+[A-ZÄÖÜ]|$)|^\.", behind.replace("e. V.", "")):
            return


def _described(named: Named, behind: str) -> PersonFound | None:
    """Read what stands behind a name up to the next one: "vom Mosaique (vorne links)", ", 1. Vorsitzender (hinten)"."""
    bracket = re.search(r"\(([^)]*)\)", behind)
    place = bracket[1] if bracket and _WHERE.search(bracket[1]) else ""
    between = behind[: bracket.start()] if bracket else ""
    told = between.strip(" ,.")
    if bracket and not place:
        told = told or bracket[1]
    elif bracket:
        after = re.match(r"\s+(?:von|vom|aus) (?:der |dem )?[^.,;]*", behind[bracket.end() :])
        if not told and after:
            told = _FUNCTION_END.split(after[0])[0].strip()
    else:
        return None
    row = next((value for word, value in _ROWS if word in place.lower()), "")
    column = next((value for word, value in _COLUMNS if word in place.lower()), "")
    return _person(named.name, told, row, column)


def _person(name: str, told: str, row: str, column: str) -> PersonFound:
    own = re.sub(r"^(?:von|vom|aus|für) (?:der |dem |die |das )?|^from (?:the )?", "", told.strip())
    if not own or _WHERE.fullmatch(own):
        return PersonFound(name, "", "", row, column)
    if is_role(own):
        # "1. Vorsitzender der Jungen Lüneburger": both in one; nobody can part them for certain.
        return PersonFound(name, own, "", row, column)
    return PersonFound(name, "", own, row, column)
