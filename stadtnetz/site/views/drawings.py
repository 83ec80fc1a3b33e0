"""Drawings: figures that are drawn at build time, as the few strokes, boxes and words that they consist of.

Lengths are whole units of a drawing's own, sixteen to a `rem`, so that a drawing follows the size of
letters that a reader has chosen, and shrinks only where the page is narrower. Colours are names of the stylesheet's
tokens, so that a drawing is right in light, dark and high contrast.
"""

from __future__ import annotations

from stadtnetz.fingerprint import Value
from stadtnetz.site.views.frame import Link

__all__ = ["Box", "Drawing", "FamiliesView", "HistoryView", "Label", "LegendItem", "MembersView", "Stroke"]


class Stroke(Value, frozen=True):
    """A line; its ends are round, so that one without length is a dot."""

    path: str
    colour: str
    width: int
    dash: str = ""


class Box(Value, frozen=True):
    """A bar. With an outline it is empty: what is not certain is never filled."""

    x: int
    y: int
    width: int
    height: int
    colour: str
    outline: bool = False


class Label(Value, frozen=True):
    """Words at a place: (x, y) is where the first line stands, on its baseline."""

    x: int
    y: int
    lines: tuple[str, ...]
    size: int
    leading: int = 0
    anchor: str = "start"
    colour: str = "ink"
    url: str = ""
    language: str = ""
    italic: bool = False
    halo: bool = False
    """With paper around the letters, where lines pass below them; it would cut the line below a link."""


class Drawing(Value, frozen=True):
    """One figure; `name` says what it shows."""

    name: str
    width: int
    height: int
    strokes: tuple[Stroke, ...] = ()
    boxes: tuple[Box, ...] = ()
    labels: tuple[Label, ...] = ()
    role: str = "group"
    """`img` where nothing in it can be followed."""

    @property
    def rem(self) -> str:
        """Return its natural width in rem: a unit is a sixteenth."""
        return f"{self.width / 16:g}"


class LegendItem(Value, frozen=True):
    """What a kind of line means."""

    strokes: tuple[Stroke, ...]
    text: str


class FamiliesView(Value, frozen=True):
    """Who passed the programme on to whom: a drawing for all that hang together, and the same in sentences."""

    anchor: str
    heading: str
    lead: str
    drawings: tuple[Drawing, ...]
    legend: tuple[LegendItem, ...]
    generations: tuple[tuple[str, tuple[tuple[Link, str], ...]], ...]
    """From which generation to which, then each tandem in a sentence, with its dates."""


class HistoryView(Value, frozen=True):
    """Phases, rounds and milestones on a line of time, for wide pages and for narrow ones."""

    heading: str
    lead: str
    across: Drawing
    down: Drawing
    legend: tuple[LegendItem, ...]


class MembersView(Value, frozen=True):
    """How many places were members at the end of each year."""

    heading: str
    drawing: Drawing
    notes: tuple[str, ...]
    """What was counted, and what the numbers leave out."""
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
