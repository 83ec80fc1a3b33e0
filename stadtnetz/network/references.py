"""References must name something: in fields, in long texts, in site.yaml, and in the files beside an entry."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from msgspec import Struct

from stadtnetz.diagnostics import Diagnostic, Span, problem
from stadtnetz.diagnostics.suggest import nearest
from stadtnetz.model.kinds import KINDS
from stadtnetz.model.picture import Attachment, Picture
from stadtnetz.model.shared import Entry
from stadtnetz.model.video import ExternalVideo, Video
from stadtnetz.network.files import CAPTION_ENDINGS, PICTURE_ENDINGS, VIDEO_ENDINGS
from stadtnetz.network.library import Item, Library
from stadtnetz.network.network import Network
from stadtnetz.text.body import Body
from stadtnetz.text.document import Loc

__all__ = ["check_references", "media_path", "placed_pictures"]


class _Form(Struct, frozen=True):
    """What a file's name must end in, and the code of the report if it does not."""

    endings: tuple[str, ...]
    code: str


PICTURES = _Form(PICTURE_ENDINGS, "picture-format")
VIDEOS = _Form(VIDEO_ENDINGS, "video-format")
CAPTIONS = _Form(CAPTION_ENDINGS, "captions-format")


def check_references(library: Library, network: Network | None) -> Iterator[Diagnostic]:
    """Report every reference that names nothing, and those that name what readers can't see yet."""
    if library.site is not None:
        for reference in library.site.references:
            yield from _check(library, network, "site.yaml", reference.kind, reference.id, reference.span)
    for refused in library.refused:
        for reference in refused.references:
            yield from _check(library, None, refused.path, reference.kind, reference.id, reference.span)
        yield from _check_body(library, None, refused.body, refused.path)
    for item in library.all_items():
        visible = network is not None and item.id in network.items[item.kind]
        seen_from = network if visible else None
        for target in item.targets:
            if not _is_right(library, seen_from, target.kind, target.id):
                span = item.spans.value(target.loc)
                yield from _check(library, seen_from, item.path, target.kind, target.id, span)
        shows = _has_media(item.entry)
        for text, path in item.all_texts:
            shows = shows or text.has_images
            if not all(_is_right(library, seen_from, kind, id_) for kind, id_ in text.targets):
                yield from _check_body(library, seen_from, text.body, path)
        if shows:
            yield from _check_media(library, item)


def _is_right(library: Library, network: Network | None, kind: str, id_: str) -> bool:
    """Tell whether there is nothing to report, without asking where the reference stands."""
    if kind not in KINDS:
        return True
    return id_ in library.declared[kind] and (network is None or (kind, id_) not in network.hidden)


def _check_body(
    library: Library, network: Network | None, body: Body | None, path: str
) -> Iterator[Diagnostic]:
    if body is None:
        return
    for reference in body.references:
        # Paths ("/presse/") are checked against the plan of pages, which knows all addresses.
        if reference.kind in KINDS:
            yield from _check(library, network, path, reference.kind, reference.id, reference.span)


def _check(
    library: Library, network: Network | None, path: str, kind: str, id_: str, span: Span
) -> Iterator[Diagnostic]:
    known = library.declared[kind]
    if id_ not in known:
        yield problem(
            "unknown-reference",
            path,
            span,
            kind=kind,
            id=id_,
            folder=KINDS[kind].folder,
            suggestion=nearest(id_, known),
        )
    elif network is not None and (kind, id_) in network.hidden:
        yield problem("reference-unpublished", path, span, kind=kind, id=id_)


def media_path(item: Item[Entry], file: str) -> str | None:
    """Return the path of a file beside an entry, None when it would leave content/."""
    path = posixpath.normpath(posixpath.join(item.folder, file))
    inside = path.startswith("content/") and not file.startswith("/") and "\\" not in file and ":" not in file
    return path if inside else None


def placed_pictures(entry: Entry) -> Iterable[tuple[Loc, Picture]]:
    """Return every picture of an entry with its place: its own, then those that stand for videos."""
    fields = vars(entry)  # asking a record for a field that it does not have takes long
    pictures: tuple[Picture, ...] = fields.get("pictures", ())
    videos: tuple[Video, ...] = fields.get("videos", ())
    elsewhere: tuple[ExternalVideo, ...] = fields.get("external_videos", ())
    if not (pictures or videos or elsewhere):
        return ()
    found: list[tuple[Loc, Picture]] = [
        (("pictures", number), picture) for number, picture in enumerate(pictures)
    ]
    found += [
        (("videos", number, "poster"), video.poster) for number, video in enumerate(videos) if video.poster
    ]
    found += [
        (("external_videos", number, "picture"), other.picture)
        for number, other in enumerate(elsewhere)
        if other.picture
    ]
    return found


def _has_media(entry: Entry) -> bool:
    """Tell whether an entry names any file; most name none, and ten thousand are asked in every build."""
    fields = vars(entry)
    return any(fields.get(name) for name in ("pictures", "attachments", "videos", "external_videos"))


def _check_media(library: Library, item: Item[Entry]) -> Iterator[Diagnostic]:
    pictures: tuple[Picture, ...] = vars(item.entry).get("pictures", ())
    attachments: tuple[Attachment, ...] = vars(item.entry).get("attachments", ())
    for place, picture in placed_pictures(item.entry):
        span = item.spans.value((*place, "file"))
        yield from _check_file(library, item, picture.file, item.path, span, PICTURES)
    for number, attachment in enumerate(attachments):
        span = item.spans.value(("attachments", number, "file"))
        yield from _check_file(library, item, attachment.file, item.path, span)
    yield from _check_videos(library, item)
    # A picture inside a long text has its credit in the entry's list of pictures.
    credited = {media_path(item, picture.file) for picture in pictures}
    for text, path in item.all_texts:
        for image in text.body.images if text.has_images else ():
            yield from _check_file(library, item, image.file, path, image.span, PICTURES)
            if media_path(item, image.file) not in credited:
                yield problem("picture-uncredited", path, image.span, file=image.file)


def _check_videos(library: Library, item: Item[Entry]) -> Iterator[Diagnostic]:
    """Report files that are missing, and videos that leave out those who don't hear or don't see."""
    videos: tuple[Video, ...] = vars(item.entry).get("videos", ())
    for number, video in enumerate(videos):
        here = ("videos", number)
        files = ((video.file, "file", VIDEOS), (video.captions, "captions", CAPTIONS))
        for file, field, form in files:
            if file is not None:
                span = item.spans.value((*here, field))
                yield from _check_file(library, item, file, item.path, span, form)
        if video.captions is None:
            yield problem("video-without-captions", item.path, item.spans.value(here), file=video.file)
        if video.transcript is None and item.text is None:
            yield problem("video-without-transcript", item.path, item.spans.value(here), file=video.file)


def _check_file(
    library: Library, item: Item[Entry], file: str, path: str, span: Span, form: _Form | None = None
) -> Iterator[Diagnostic]:
    """Report a file that is not there or, where it must be of a form, of another."""
    found = media_path(item, file)
    if found is None:
        yield problem("path-leaves-content", path, span, file=file)
    elif form is not None and posixpath.splitext(found)[1].lower() not in form.endings:
        yield problem(form.code, path, span, file=file)
    elif found not in library.media:
        beside = [
            posixpath.basename(name) for name in library.media if posixpath.dirname(name) == item.folder
        ]
        yield problem(
            "media-missing", path, span, file=file, folder=item.folder, suggestion=nearest(file, beside)
        )
