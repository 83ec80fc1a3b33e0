"""A topic that cities work on."""

from __future__ import annotations

from pydantic import Field

from stadtnetz.model.base import Text
from stadtnetz.model.shared import Entry

__all__ = ["Topic"]


class Topic(Entry):
    """A topic; what belongs to it is derived from the entries that name it."""

    name: Text = Field(title="Name", description="Das Thema in wenigen Worten.")
    summary: Text = Field(title="Kurzbeschreibung", description="Ein bis zwei Sätze.")
