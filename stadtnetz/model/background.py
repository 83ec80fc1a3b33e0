"""A background block: the text about the programme that stands at the end of releases."""

from __future__ import annotations

from pydantic import Field

from stadtnetz.model.base import AnyDate, Text
from stadtnetz.model.shared import Entry

__all__ = ["Background"]


class Background(Entry):
    """A dated text for many releases; old releases keep the wording of their time, so a new text is a new entry."""

    title: Text = Field(title="Überschrift", description="Etwa „Zum Programm“.")
    as_of: AnyDate = Field(title="Stand", description="Für wann der Text gilt.")
