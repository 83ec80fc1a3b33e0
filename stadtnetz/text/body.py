"""What a Markdown text becomes: safe HTML and what others need to know about it."""

from __future__ import annotations

from dataclasses import dataclass

from stadtnetz.diagnostics import Span

__all__ = ["Body", "BodyImage", "BodyReference", "Heading"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, for lists of contents; `text` is plain."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class BodyReference:
    """A link into the site: to an entry (`kind` is its kind) or to an address (`kind` is "path")."""

    kind: str
    id: str
    fragment: str
    span: Span


@dataclass(frozen=True, slots=True)
class BodyImage:
    """A picture file beside the entry that a text shows; in the HTML stands `src="<file>"`."""

    file: str
    alt: str
    span: Span


@dataclass(frozen=True, slots=True)
class Body:
    """A text, ready to be shown. Links to entries are still written `href="city:stendal"`."""

    html: str
    headings: tuple[Heading, ...]
    references: tuple[BodyReference, ...]
    words: int
    images: tuple[BodyImage, ...] = ()
