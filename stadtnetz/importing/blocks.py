"""What every format becomes: a list of blocks of text, with the little that is known about their look and place."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct, field
from msgspec.structs import replace

__all__ = ["Block", "Document", "Form", "Hints", "Place", "Run", "plain_block"]


class Form(StrEnum):
    """What a block looks like."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CAPTION = "caption"


class Place(StrEnum):
    """Where the source has a block; everything but `TEXT` is about the page or the mail, not the release."""

    TEXT = "text"
    NAVIGATION = "navigation"
    FOOTER = "footer"
    LETTERHEAD = "letterhead"
    HIDDEN = "hidden"
    SIGNATURE = "signature"
    QUOTED = "quoted"
    COVER = "cover"
    """The mail to which the release is attached."""


class Run(Struct, frozen=True):
    """A stretch of text with one look. `link` is an address, "" for none."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


class Block(Struct, frozen=True):
    """A paragraph, heading, list item or caption. `tight` tells that it follows the one before without a gap."""

    runs: tuple[Run, ...]
    form: Form = Form.PARAGRAPH
    level: int = 0
    """Of a heading, 1 for the largest; of an item, 1 for numbered lists."""
    place: Place = Place.TEXT
    tight: bool = False

    @property
    def text(self) -> str:
        """Return its words."""
        return "".join(run.text for run in self.runs)

    @property
    def bold(self) -> bool:
        """Tell whether all of it is bold."""
        return all(run.bold for run in self.runs if run.text.strip()) and bool(self.text.strip())

    def cut(self, start: int, end: int | None = None) -> Block:
        """Return a part of it, without blanks around it; positions count in `text`."""
        text = self.text
        end = len(text) if end is None else end
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        runs, at = [], 0
        for run in self.runs:
            piece = run.text[max(start - at, 0) : max(end - at, 0)]
            if piece:
                runs.append(replace(run, text=piece))
            at += len(run.text)
        return replace(self, runs=tuple(runs))


def plain_block(
    text: str,
    *,
    form: Form = Form.PARAGRAPH,
    level: int = 0,
    place: Place = Place.TEXT,
    tight: bool = False,
) -> Block:
    """Make a block without emphasis."""
    return Block((Run(text),), form, level, place, tight)


class Hints(Struct, frozen=True):
    """What the file says about itself, outside its text; each "" where it does not."""

    title: str = ""
    date: str = ""
    """As text, ISO 8601 or as a reader found it."""
    address: str = ""
    """Where the page stood on the web."""
    name: str = ""
    """The file's name."""


class Document(Struct, frozen=True):
    """A release as its blocks."""

    blocks: tuple[Block, ...]
    hints: Hints = field(default_factory=Hints)
    attachments: tuple[str, ...] = ()
    """Names of files and pictures that came with it and are not taken over."""

    @property
    def words(self) -> int:
        """Return how many words its text has."""
        return sum(len(block.text.split()) for block in self.blocks if block.place is Place.TEXT)
