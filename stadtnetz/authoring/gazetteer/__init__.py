"""Where places are: a small gazetteer from which `new` proposes a place's state and position, and never decides.

The data are from GeoNames (CC BY 4.0); NOTICE.md beside them says what was taken and changed.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from msgspec import Struct

from stadtnetz.text.slug import slugify

__all__ = ["DATA", "GazetteerPlace", "candidates", "certain", "load_gazetteer"]

DATA = Path(__file__).with_name("places.csv")
_APART = re.compile(r"[\s(/,]")
"""What separates a place's name from what tells it from others: „Freiburg im Breisgau“, „Halle (Saale)“."""


class GazetteerPlace(Struct, frozen=True):
    """A place with its state (ISO 3166-2) and position (degrees, WGS 84, two decimals as text)."""

    name: str
    state: str
    lat: str
    lon: str


def load_gazetteer() -> tuple[GazetteerPlace, ...]:
    """Read the gazetteer; it is part of the program, so damage here is our bug and may raise."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return tuple(GazetteerPlace(*row) for row in csv.reader(file))


def candidates(name: str, gazetteer: Iterable[GazetteerPlace], state: str = "") -> tuple[GazetteerPlace, ...]:
    """Return every place that may be meant by a name, in a state if one is given; those of just this name first.

    „Marburg“ may be „Marburg an der Lahn“. „Mainz-Mombach“ may be near „Mainz“: a shorter name counts only where
    there is no place of the whole one.
    """
    wanted = slugify(name)
    if not wanted:
        return ()
    near: list[GazetteerPlace] = []
    shorter: list[GazetteerPlace] = []
    starts = _starts_of_slug(wanted)
    for place in gazetteer:
        if state not in ("", place.state):
            continue
        if wanted in _starts(place.name):
            near.append(place)
        elif _slug(place.name) in starts:
            shorter.append(place)
    return tuple(sorted(near, key=lambda place: (_slug(place.name) != wanted, place.name))) or tuple(shorter)


def certain(name: str, gazetteer: Iterable[GazetteerPlace], state: str = "") -> GazetteerPlace | None:
    """Return the place of a name if there is but one of it and none that begins with it, else None."""
    found = candidates(name, gazetteer, state)
    return found[0] if len(found) == 1 and slugify(found[0].name) == slugify(name) else None


@cache
def _slug(name: str) -> str:
    return slugify(name)


def _starts(name: str) -> Iterator[str]:
    """Yield the slug of a name, and of each beginning that stands for the whole."""
    yield _slug(name)
    for match in _APART.finditer(name):
        yield _slug(name[: match.start()])


def _starts_of_slug(slug: str) -> set[str]:
    parts = slug.split("-")
    return {"-".join(parts[:length]) for length in range(1, len(parts))}
