"""What a Markdown text becomes: safe HTML and what others need to know about it."""

from __future__ import annotations

from msgspec import Struct

from stadtnetz.diagnostics import Span

__all__ = ["Body", "BodyImage", "BodyReference", "Heading"]


class Heading(Struct, frozen=True, array_like=True):
    """A heading, for lists of contents; `text` is plain."""

    level: int
    id: str
    text: str


class BodyReference(Struct, frozen=True, array_like=True):
    """A link into the site: to an entry (`kind` is its kind) or to an address (`kind` is "path")."""

    kind: str
    id: str
    fragment: str
    span: Span


class BodyImage(Struct, frozen=True, array_like=True):
    """A picture file beside the entry that a text shows; in the HTML stands `src="<file>"`."""

    file: str
    alt: str
    span: Span


class Body(Struct, frozen=True, array_like=True):
    """A text, ready to be shown. Links to entries are still written `href="city:stendal"`."""

    html: str
    headings: tuple[Heading, ...]
    references: tuple[BodyReference, ...]
    words: int
    images: tuple[BodyImage, ...] = ()
