"""The block about the programme or the house that stands at the end of releases."""

from __future__ import annotations

import re

from msgspec import Struct

from stadtnetz.dates import PartialDate
from stadtnetz.importing.blocks import Form
from stadtnetz.importing.contact import is_contact_label
from stadtnetz.importing.desk import Desk, Role
from stadtnetz.importing.known import Known, KnownBackground

__all__ = ["find_background"]

_LABEL = re.compile(
    r"(?:Hintergrund(?:information(?:en)?)?(?: zum .{3,60}| zur .{3,60})?|Zum Hintergrund"
    r"|Zum (?:Programm|Projekt|Netzwerk)"
    r"|Zur (?:Stiftung|Initiative|Universität|Hochschule)|Das (?:Programm|Netzwerk)|(?:Über"
    r"|About) (?:(?:die|das|den|uns|the) )?.{0,80}"
    r"|Boilerplate)",
)
_INLINE = re.compile(rf"(?P<label>{_LABEL.pattern}?)\s*:\s+(?=[A-ZÄÖÜ„\"])")
_ALIKE = 0.8
"""Share of words from which on a text is a known one, retyped."""
_WORD = re.compile(r"[^\W\d_]{4,}")


class _Stretch(Struct, frozen=True):
    label: str
    numbers: tuple[int, ...]


def find_background(desk: Desk, known: Known, published: PartialDate) -> str:
    """Take background blocks off the desk; return the id of the known one, "" for none.

    One that nobody knows is the house's own and becomes a section at the end. One that has a known one's heading but
    other words is kept word for word: whether the known one says the same is for an editor to decide.
    """
    found = ""
    for stretch in _stretches(desk):
        words = " ".join(desk.sheaves[number].text for number in stretch.numbers)
        match, share = _nearest(words, stretch.label, known, published)
        if match is not None and not found:
            found = match.id
            sure = share >= _ALIKE
            for number in stretch.numbers:
                desk.take(number, Role.READ if sure else Role.REST, "background")
            if not sure:
                desk.doubt("background", "background-wording", id=match.id)
            continue
        head, *others = stretch.numbers
        desk.take(head, Role.HEADING, "background")
        for number in others:
            desk.take(number, Role.BODY, "background")
    return found


def _stretches(desk: Desk) -> list[_Stretch]:
    stretches: list[_Stretch] = []
    for number in range(len(desk.sheaves)):
        if number < len(desk.sheaves) and _begins(desk, number):
            numbers = [number]
            for later in range(number + 1, len(desk.sheaves)):
                sheaf = desk.sheaves[later]
                if sheaf.role is not Role.OPEN or _ends(desk, later):
                    break
                numbers.append(later)
            if len(numbers) > 1:
                stretches.append(_Stretch(desk.sheaves[number].text.rstrip(":"), tuple(numbers)))
    return stretches


def _begins(desk: Desk, number: int) -> bool:
    """Tell whether a background block begins here; a label in front of its text becomes a block of its own."""
    sheaf = desk.sheaves[number]
    if sheaf.role is not Role.OPEN or number < 2:
        return False
    text = sheaf.text
    if (
        len(text) <= 90
        and _LABEL.fullmatch(text.rstrip(": "))
        and not text.rstrip(": ").endswith((".", "!", "“"))
    ):
        return True
    inline = _INLINE.match(text)
    if inline and len(inline["label"]) <= 90 and len(text) > 100:
        desk.split(number, inline.end())
        return True
    return False


def _ends(desk: Desk, number: int) -> bool:
    sheaf = desk.sheaves[number]
    text = sheaf.text
    return (
        sheaf.block.form is Form.HEADING
        or is_contact_label(text)
        or (len(text) <= 90 and bool(_LABEL.fullmatch(text.rstrip(": "))))
        or (sheaf.block.bold and len(text) < 80)
    )


def _nearest(
    text: str, label: str, known: Known, published: PartialDate
) -> tuple[KnownBackground | None, float]:
    """Return the known block whose words a text has, or else the one of that time with the same heading."""
    words = set(_WORD.findall(text.casefold()))
    shares = [
        (len(words & set(_WORD.findall(f"{one.title} {one.text}".casefold()))) / max(len(words), 1), one)
        for one in known.backgrounds
    ]
    best = max(shares, key=lambda pair: pair[0], default=(0.0, None))
    if best[0] >= _ALIKE:
        return best[1], best[0]
    titled = [one for one in known.backgrounds if one.title.casefold() == label.casefold()]
    earlier = [one for one in titled if not published.surely_before(one.as_of)]
    of_its_time = max(earlier, key=lambda one: str(one.as_of), default=None)
    return of_its_time, 0.0
