"""Whom to ask: from lines below "Pressekontakt" or in a signature to the fields of a contact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from stadtnetz.importing.blocks import Form, Place
from stadtnetz.importing.desk import Desk, Role
from stadtnetz.importing.people import is_office, is_role, names_in

__all__ = ["ContactFound", "contact_of", "find_contact", "is_contact_label"]

_LABEL = re.compile(
    r"(?:(?:Presse|Medien)?-?(?:kontakte?|anfragen?)|(?:Ihr |Ihre )?Ansprech(?:partner(?:in|innen"
    r"|:innen|\*innen)?|person(?:en)?|stelle)"
    r"(?: für (?:die )?(?:Presse|Medien|Rückfragen))?|Kontakt(?:daten)?(?: für (?:die )?(?:Presse"
    r"|Medien|Rückfragen|Journalist\S*))?"
    r"|(?:Für |Bei )?(?:weitere |eventuelle )?Rückfragen?(?: (?:bitte )?an| beantworte[nt]\b.{0,30}"
    r"| steh(?:t|en)\b.{0,60})?"
    r"|V\. ?i\. ?S\. ?d\. ?P\.|Verantwortlich|Press contact|Media contact|Contact)\s*(?::|$)",
    re.IGNORECASE,
)
_MORE_INFO = re.compile(r"(?:Weitere|Nähere) (?:Informationen?|Auskünfte|Infos)[^:]{0,40}:\s*", re.IGNORECASE)
_MAIL = re.compile(
    r"(?:E-?Mail|Mail)?:? ?([\w.+-]+(?:@| ?\(at\) ?| ?\[at\] ?)[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,})",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?P<label>Tel(?:efon)?\.?|Fon|Phone|T|Mobil(?:telefon)?|Handy|Telefax|Fax|F)?[.:]* ?"
    r"(?P<number>(?:\+\d{2}|0\d{1,5}|\(0\d{1,5}\))(?:[ /()–-]{0,3}\d){4,14})(?![\d.])",
)
_URL = re.compile(r"(?:https?://|www\.)[^\s<>|,;]+[^\s<>|,;.)]")
_TOWN = re.compile(r"\b\d{5} [A-ZÄÖÜ]")
_STREET = re.compile(
    r"(?:straße|str\.|platz|weg|allee|gasse|markt|ring|ufer|damm|Straße|Platz|Weg|Allee|Markt)\s+\d+ ?[a-z]?\b"
)
_PARTS = re.compile(
    r"\s*(?:\s[|·•–]\s|[;\t]|\s{3,}|,\s+(?=(?:Tel|Fon|Mobil|E-?Mail|Mail|www|Fax|Frau |Herrn? |\S+@)))\s*"
)
_MOST_LINES = 14
_LONGEST = 160
_LONGEST_NAME = 100
_MOST_WORDS = 12
_VERB = re.compile(
    r"\b(?:ist|sind|war|hat|haben|wird|werden|will|wollen|kann|können|meldet|trägt|übernimmt|gibt)\b"
)


class ContactFound(Struct, frozen=True):
    """The fields of a contact by their names in the model, and what no field took."""

    fields: Mapping[str, str]
    left: tuple[str, ...] = ()
    several: bool = False


def is_contact_label(text: str) -> bool:
    """Tell whether a text begins the contact."""
    # "Weitere Informationen:" may begin a section as well; with a telephone in the same line it names whom to ask. And
    # "Verantwortlich: Das Jugendamt hat geplant." tells a story.
    label = _LABEL.match(text)
    if label is not None and _tells(text[label.end() :]) and not _says_how(text):
        return False
    return label is not None or (_MORE_INFO.match(text) is not None and _says_how(text))


def find_contact(desk: Desk) -> ContactFound | None:
    """Take the contact off the desk; where none is named, read the signature of the mail or the letterhead."""
    lines: list[str] = []
    for number in desk.open:
        if is_contact_label(desk.sheaves[number].text) and desk.sheaves[number].role is Role.OPEN:
            lines += _taken(desk, number)
    outside = _outside(desk)
    if lines:
        found = contact_of(lines)
        return found if found.fields else None
    if not outside:
        return None
    found = contact_of(desk.sheaves[number].text for number in outside)
    if not {"email", "phone"} & set(found.fields):
        return None
    desk.doubt("contact", "contact-signature")
    return found


def _outside(desk: Desk) -> list[int]:
    """Take the signature and the letterhead off the desk: they are no part of the text either way."""
    outside = [n for n in desk.open if desk.sheaves[n].block.place in (Place.SIGNATURE, Place.LETTERHEAD)]
    for number in outside:
        desk.take(number, Role.READ, desk.sheaves[number].block.place.value)
    return outside


def _taken(desk: Desk, first: int) -> list[str]:
    """Take a contact's label and the lines below it; return the lines without the label."""
    text = desk.sheaves[first].text
    label = _LABEL.match(text) or _MORE_INFO.match(text)
    lines = [text[label.end() :].strip()] if label and text[label.end() :].strip() else []
    place = desk.sheaves[first].block.place
    desk.take(first, Role.READ, "contact")
    for number in range(first + 1, len(desk.sheaves)):
        sheaf = desk.sheaves[number]
        if sheaf.role is not Role.OPEN or sheaf.block.place is not place or len(lines) >= _MOST_LINES:
            break
        if is_contact_label(sheaf.text) or sheaf.block.form is Form.HEADING or not _is_line(sheaf.text):
            break
        if not (sheaf.block.tight or not lines or _says_how(sheaf.text) or is_office(sheaf.text)):
            break
        desk.take(number, Role.READ, "contact")
        lines.append(sheaf.text)
    return lines


def _is_line(text: str) -> bool:
    return len(text) <= _LONGEST and not re.search(
        r"[^\W\d]{3,}[.!?](?:\s|$)(?!\d)", _URL.sub("", _MAIL.sub("", text))
    )


def _tells(text: str) -> bool:
    """Tell whether a text says something rather than naming somebody: no office is called so."""
    return len(text.split()) > _MOST_WORDS or _VERB.search(text) is not None


def _says_how(text: str) -> bool:
    return any(pattern.search(text) for pattern in (_MAIL, _PHONE, _URL, _TOWN, _STREET))


def contact_of(lines: Iterable[str]) -> ContactFound:
    """Read lines into fields; of several people only the first, since an entry has one contact."""
    fields: dict[str, str] = {}
    left: list[str] = []
    several = False
    for line in lines:
        for part in filter(None, _PARTS.split(line)):
            name, value = _field(part)
            if name == "organisation" and name in fields and value != fields[name]:
                name = (
                    "role"  # the model's role is an office as well: "Pressestelle" below "Stadt Musterstadt"
                )
            if name == "address" and "address" in fields:
                fields["address"] += f", {value}"
            elif name and fields.get(name) == value:
                continue
            elif name and name not in fields and not several:
                fields[name] = value
                _more(part, name, fields)
            else:
                several = several or name in ("name", "email")
                left.append(part)
    return ContactFound(fields, tuple(left), several)


def _field(part: str) -> tuple[str, str]:
    """Return which field a piece of a line fills, ("", "") for none, and with what."""
    mail = _MAIL.search(part)
    if mail:
        return "email", re.sub(r" ?[(\[]at[)\]] ?", "@", mail[1])
    phone = _PHONE.search(part)
    if phone and not (phone["label"] or "").lower().startswith(("f", "telefax")):
        number = phone["number"].replace("–", "-").replace("(0)", "")
        return "phone", " ".join(re.sub(r"[()]", "", number).split())
    address = _URL.search(part)
    if address and not phone:
        return "url", address[0] if address[0].startswith("http") else f"https://{address[0]}"
    if phone:
        return "", ""
    person = _person(part)
    if person:
        return "name", person
    if _TOWN.search(part) or _STREET.search(part):
        return "address", part.strip(" ,")
    if len(part) >= _LONGEST_NAME or _tells(part):
        return "", ""
    if is_role(part):
        return "role", part.strip(" ,:")
    if is_office(part):
        return "organisation", part.strip(" ,:")
    return "", ""


def _more(part: str, name: str, fields: dict[str, str]) -> None:
    """Read what else stands in a piece: "Erika Muster, Pressesprecherin der Stadt", "030 123, presse@…"."""
    if name == "name":
        rest = part.partition(fields["name"])[2].strip(" ,()")
        if rest and (_TOWN.search(rest) or _STREET.search(rest)):
            fields.setdefault("address", rest)
        elif rest and is_role(rest):
            fields.setdefault("role", rest)
        elif rest and is_office(rest):
            fields.setdefault("organisation", rest)
    elif name == "email":
        phone = _PHONE.search(part)
        if phone:
            fields.setdefault("phone", _field(part[phone.start() : phone.end()])[1])
    if name in ("email", "phone") and (person := _person(part)):
        fields.setdefault("name", person)


def _person(part: str) -> str:
    """Return the person with whose name a piece begins, "" for none."""
    start = re.match(r"(?:Herrn?|Frau|Ms|Mr)\.? ", part)
    at = start.end() if start else 0
    named = next(names_in(part[at:]), None)
    return named.name if named is not None and named.start == 0 else ""
