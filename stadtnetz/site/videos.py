"""Videos: our own with captions and transcript, and links to those of others with a preview of our own."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from stadtnetz.model.page import Page
from stadtnetz.model.shared import Entry
from stadtnetz.model.video import ExternalVideo, Video
from stadtnetz.network.library import Item
from stadtnetz.network.operator import ORIGINAL
from stadtnetz.network.references import media_path
from stadtnetz.site.edition import Edition
from stadtnetz.site.figures import figure
from stadtnetz.site.parts import file_path
from stadtnetz.site.picture_views import IN_LINK, IN_PAGE
from stadtnetz.site.views import ExternalVideoView, VideoView

__all__ = ["external_videos", "video_files", "videos"]

_TYPES = {"mp4": "video/mp4", "webm": "video/webm"}
_MINUTE, _HOUR = 60, 3600
_MEGABYTE = 1_000_000


def video_files(entry: Entry) -> Iterator[str]:
    """Yield the files that an entry's videos consist of, to be published as they are."""
    own: tuple[Video, ...] = vars(entry).get("videos", ())  # asking for what is no field takes long
    for video in own:
        yield video.file
        if video.captions is not None:
            yield video.captions


def videos(edition: Edition, item: Item[Page]) -> tuple[VideoView, ...]:
    """Return a page's own videos."""
    return tuple(_video(edition, item, number, video) for number, video in enumerate(item.entry.videos, 1))


def _video(edition: Edition, item: Item[Page], number: int, video: Video) -> VideoView:
    t = edition.texts
    ending = video.file.rpartition(".")[2].lower()
    size = edition.network.media.get(media_path(item, video.file) or "", 0)
    poster = figure(edition, item, video.poster, IN_PAGE) if video.poster is not None else None
    about = [ending.upper(), _size(edition, size), _length(video.length)]
    return VideoView(
        anchor=f"video-{number}",
        title=video.title,
        src=edition.addresses.url(file_path(item, video.file)),
        media_type=_TYPES.get(ending, ""),
        width=video.width,
        height=video.height,
        poster=poster.picture.src if poster is not None else "",
        credit=poster.credit if poster is not None else "",
        captions_url=edition.addresses.url(file_path(item, video.captions)) if video.captions else "",
        captions_language=ORIGINAL,
        captions_label=t.gettext("German"),
        about=", ".join([*about, *_signed(edition, video)]),
        transcript=tuple(part.strip() for part in (video.transcript or "").split("\n\n") if part.strip()),
        language=edition.original_mark,
    )


def external_videos(edition: Edition, item: Item[Page]) -> tuple[ExternalVideoView, ...]:
    """Return a page's links to videos on other sites."""
    return tuple(_external(edition, item, video) for video in item.entry.external_videos)


def _external(edition: Edition, item: Item[Page], video: ExternalVideo) -> ExternalVideoView:
    host = (urlsplit(video.url).hostname or "").removeprefix("www.")
    about = [edition.texts.gettext("leads to %(host)s", host=host)]
    about += [_length(video.length)] if video.length is not None else []
    return ExternalVideoView(
        title=video.title,
        url=video.url,
        about=", ".join([*about, *_signed(edition, video)]),
        picture=figure(edition, item, video.picture, IN_LINK) if video.picture is not None else None,
        language=edition.original_mark,
    )


def _signed(edition: Edition, video: Video | ExternalVideo) -> list[str]:
    return [edition.texts.gettext("in German Sign Language")] if video.sign_language else []


def _size(edition: Edition, size: int) -> str:
    """Say how large a file is, in whole megabytes, at least one."""
    number = edition.texts.format_number(max(1, round(size / _MEGABYTE)))
    return f"{number}\N{NO-BREAK SPACE}MB"


def _length(seconds: int) -> str:
    """Write a length as it is read aloud from a player: 2:35, or 1:02:35 from an hour on."""
    hours, rest = divmod(seconds, _HOUR)
    minutes, left = divmod(rest, _MINUTE)
    written = f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
    return f"{written}\N{NO-BREAK SPACE}min"
