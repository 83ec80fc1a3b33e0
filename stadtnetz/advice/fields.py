"""Advice on single fields: pictures' texts, the dateline, mailboxes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from stadtnetz.diagnostics import Diagnostic, problem
from stadtnetz.model.news import News
from stadtnetz.model.picture import Picture
from stadtnetz.model.shared import Contact, Entry
from stadtnetz.model.translation import Translation
from stadtnetz.text.body import Body
from stadtnetz.text.document import Spans
from stadtnetz.text.slug import slugify

__all__ = ["of_fields"]

_CAMERA = re.compile(
    r"(?:IMG|DSC|DSCN|DSCF|PXL|P|MVI|Bild|Foto|Image|Screenshot|WhatsApp Image)[ _-]?[\d -]{3,}.*",
    re.IGNORECASE,
)
_FILE = re.compile(r"\S+\.(?:jpe?g|png|webp|gif|tiff?|heic|avif)", re.IGNORECASE)
_PRIVATE = frozenset(
    {
        *(
            "aol.com",
            "freenet.de",
            "gmail.com",
            "gmx.at",
            "gmx.de",
            "gmx.net",
            "googlemail.com",
            "hotmail.com",
        ),
        *(
            "hotmail.de",
            "icloud.com",
            "live.de",
            "mail.de",
            "me.com",
            "online.de",
            "outlook.com",
            "outlook.de",
        ),
        *("posteo.de", "t-online.de", "web.de", "yahoo.com", "yahoo.de"),
    }
)
"""Providers of mailboxes for private people; a public body's contact belongs to the body, not to a person."""


def of_fields(path: str, entry: Entry | Translation, body: Body | None, spans: Spans) -> Iterator[Diagnostic]:
    """Yield advice on the fields of an entry, and on the pictures in its long text."""
    pictures: tuple[Picture, ...] = getattr(entry, "pictures", ())
    for number, picture in enumerate(pictures):
        span = spans.value(("pictures", number, "alt"))
        if _is_file_name(picture.alt, picture.file):
            yield problem("alt-file-name", path, span, alt=picture.alt)
        elif picture.caption and slugify(picture.alt) == slugify(picture.caption):
            yield problem("alt-repeats-caption", path, span)
    for image in body.images if body is not None else ():
        if _is_file_name(image.alt, image.file):
            yield problem("alt-file-name", path, image.span, alt=image.alt)
    if isinstance(entry, News) and entry.dateline and len(entry.dateline) > 3 and entry.dateline.isupper():
        suggestion = entry.dateline.title()
        yield problem("dateline-capitals", path, spans.value(("dateline",)), suggestion=suggestion)
    contact: Contact | None = getattr(entry, "contact", None)
    if contact is not None and contact.email and contact.email.rpartition("@")[2].lower() in _PRIVATE:
        provider = contact.email.rpartition("@")[2]
        yield problem("private-mailbox", path, spans.value(("contact", "email")), provider=provider)


def _is_file_name(alt: str, file: str) -> bool:
    stem = posixpath.splitext(posixpath.basename(file))[0]
    return bool(_FILE.fullmatch(alt) or _CAMERA.fullmatch(alt)) or (
        "-" in alt and alt.casefold() == stem.casefold()
    )
