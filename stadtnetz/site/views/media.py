"""Pictures and videos on a page, each with what must stand at it."""

from __future__ import annotations

from stadtnetz.fingerprint import Value
from stadtnetz.site.views.frame import Link, PictureView

__all__ = ["ExternalVideoView", "FigureView", "TeaserView", "VideoView"]


class FigureView(Value, frozen=True):
    """A picture with what must stand at it."""

    picture: PictureView
    caption: str
    people: str
    """Who is to be seen, in reading order; may be empty."""
    credit: str
    licence: Link
    download: Link | None = None
    """The file for print, where others may print the picture."""
    origin: Link | None = None
    """The entry that the picture belongs to, where it is shown elsewhere."""


class TeaserView(Value, frozen=True):
    """A picture on a card, with who made it."""

    picture: PictureView
    credit: str


class VideoView(Value, frozen=True):
    """A video of our own, with everything that readers need who don't hear or don't see it."""

    anchor: str
    title: str
    src: str
    media_type: str
    width: int
    height: int
    poster: str
    credit: str
    """Who made the preview picture; empty where there is none."""
    captions_url: str
    captions_language: str
    captions_label: str
    about: str
    """What it is: format, size, length, sign language."""
    transcript: tuple[str, ...]
    """Paragraphs; empty where the page's own text says the same."""
    language: str = ""
    """Set where title and transcript are in another language than the page."""


class ExternalVideoView(Value, frozen=True):
    """A link to a video on another site, with a preview picture of our own; nothing of it is loaded."""

    title: str
    url: str
    about: str
    """Where it leads, its length, sign language."""
    picture: FigureView | None
    language: str = ""
