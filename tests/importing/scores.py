"""How well releases are read: precision and recall of each field over all test releases.

python -m tests.importing.scores
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stadtnetz.importing.release import Release
from tests.importing.network import names, release_of

__all__ = ["FIELDS", "Score", "expected", "found", "scores", "table"]

FIELDS = (
    *("published", "embargo", "title", "kicker", "dateline", "lead", "issuer", "contact", "background"),
    *("cities", "partners", "sections", "speakers", "credit", "people", "furniture"),
)


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one field's values: right ones, of those that were found, of those that there are."""

    right: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0


def expected() -> dict[str, dict[str, list[str]]]:
    """Return the values that each release has, by file and field."""
    read = tomllib.loads(Path(__file__).with_name("expected.toml").read_text("utf-8"))
    return {
        name: {
            field: [value] if isinstance(value := fields.get(field, []), str) else value for field in FIELDS
        }
        for name, fields in read.items()
    }


def found(release: Release) -> dict[str, list[str]]:
    """Return what was recognised, in the form of `expected`; a stand-in for a missing date is no value."""
    guessed = {doubt.code for doubt in release.doubts}
    single = {
        "published": "" if "published-today" in guessed else str(release.published),
        "embargo": str(release.embargo or ""),
        "title": release.title,
        "kicker": release.kicker,
        "dateline": release.dateline,
        "lead": release.lead,
        "issuer": release.issuer,
        "background": release.background,
    }
    contact = release.contact.fields if release.contact is not None else {}
    people = [person for caption in release.captions for person in caption.people]
    return {
        **{name: [value] if value else [] for name, value in single.items()},
        "contact": [f"{name}: {value}" for name, value in contact.items()],
        "cities": list(release.cities),
        "partners": list(release.partners),
        "sections": [one.block.text for one in release.body if one.block.form == "heading"],
        "speakers": [quote.speaker for quote in release.quotes if quote.speaker],
        "credit": [one.credit for one in release.captions if one.credit],
        "people": [f"{one.name}: {one.row} {one.column}".replace(":  ", ": ").rstrip() for one in people],
        "furniture": [one.text for one in release.listed if one.furniture],
    }


def scores() -> dict[str, Score]:
    """Read all releases and count."""
    counts = {field: [0, 0, 0] for field in FIELDS}
    wanted = expected()
    for name in names():
        read = found(release_of(name))
        for field in FIELDS:
            right = sum(_same(field, read[field], wanted[name][field]))
            for position, number in enumerate((right, len(read[field]), len(wanted[name][field]))):
                counts[field][position] += number
    return {field: Score(*numbers) for field, numbers in counts.items()}


def _same(field: str, read: list[str], wanted: list[str]) -> Iterator[int]:
    if field == "lead":
        # Only how it begins is expected: where it ends is a matter of taste.
        yield int(bool(wanted) and any(one.startswith(wanted[0]) for one in read))
        return
    yield (Counter(read) & Counter(wanted)).total()


def table(counted: dict[str, Score]) -> str:
    """Return the figures as a table in Markdown."""
    lines = ["| Feld | Genauigkeit | Vollständigkeit | Werte |", "| --- | ---: | ---: | ---: |"]
    lines += [
        f"| {field} | {score.precision:.0%} | {score.recall:.0%} | {score.wanted} |"
        for field, score in counted.items()
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    wanted = expected()
    for name in names():
        read = found(release_of(name))
        for field in FIELDS:
            if Counter(read[field]) != Counter(wanted[name][field]) and field != "lead":
                print(f"{name} {field}: {read[field]} statt {wanted[name][field]}")
    print(table(scores()))
