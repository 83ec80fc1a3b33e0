"""The law on accessible websites, by state and for the federation, as far as sources name it.

The data stand in law.toml, each with its sources. What no source names is empty here, and the statement says so
rather than guess: a wrong conciliation body is worse than none.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Literal

from pydantic import TypeAdapter

from stadtnetz.model.accessibility import Jurisdiction
from stadtnetz.model.base import Record, Text, Url
from stadtnetz.model.shared import Source

__all__ = ["Answer", "Body", "Law", "law_of"]

Answer = Literal["one-month", "six-weeks"]
"""How long a report may stay unanswered before the enforcement body helps."""


class Body(Record):
    """An office; where only its name is known, the rest is empty."""

    name: Text
    address: Text | None = None
    url: Url | None = None


class Law(Record):
    """What applies to public bodies of one state, or of the federation."""

    law: Text
    sections: Text | None = None
    ordinance: Text | None = None
    answer: Answer | None = None
    monitoring: Body | None = None
    enforcement: Body | None = None
    sources: tuple[Source, ...]


def law_of(jurisdiction: Jurisdiction) -> Law:
    """Return what is recorded of a state's law, or of the federation's."""
    return _laws()[jurisdiction]


@cache
def _laws() -> dict[Jurisdiction, Law]:
    text = resources.files("stadtnetz.site").joinpath("law.toml").read_text("utf-8")
    return TypeAdapter(dict[Jurisdiction, Law]).validate_python(tomllib.loads(text))
