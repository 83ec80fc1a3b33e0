"""Read a release in whichever format it arrives: the first bytes decide, and the name where these say nothing."""

from __future__ import annotations

import re

from msgspec.structs import replace

from stadtnetz.importing.blocks import Document
from stadtnetz.importing.faults import LARGEST, LONGEST, UnreadableError
from stadtnetz.importing.plain_file import read_plain

__all__ = ["read_release"]

_OTHERS = {
    ".doc": "Word 97–2003",
    ".msg": "Outlook",
    ".odt": "OpenDocument",
    ".rtf": "RTF",
    ".pages": "Pages",
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".png": "PNG",
    ".xlsx": "Excel",
    ".pptx": "PowerPoint",
}
_PAGE = re.compile(rb"\s*(?:<!doctype html|<html|<head|<body|<article|<div|<p[ >])", re.IGNORECASE)
_MAIL = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}", re.IGNORECASE)


def read_release(data: bytes, name: str) -> Document:
    """Return a file's blocks. Raises UnreadableError with the reason, also for formats that nobody reads here."""
    document = _read(data, name, inside=False)
    if not any(block.text.strip() for block in document.blocks):
        raise UnreadableError("import-empty")
    if sum(len(block.text) for block in document.blocks) > LONGEST:
        raise UnreadableError("import-wordy", limit=LONGEST)
    return replace(document, hints=replace(document.hints, name=name))


def _read(data: bytes, name: str, *, inside: bool) -> Document:
    if len(data) > LARGEST:
        raise UnreadableError("import-large", limit=LARGEST // 1024 // 1024)
    if not data.strip():
        raise UnreadableError("import-empty")
    ending = "." + name.lower().rpartition(".")[2] if "." in name else ""
    try:
        return _by_format(data, ending, inside=inside)
    except ModuleNotFoundError as error:
        # Who installs the generator without make may leave out what building a site does not need.
        raise UnreadableError("import-library", library=error.name or "") from error


def _by_format(data: bytes, ending: str, *, inside: bool) -> Document:
    # Imported here for the sake of a quick start, and because each may be missing.
    if data.startswith(b"%PDF-"):
        from stadtnetz.importing.pdf_file import read_pdf

        return read_pdf(data)
    if data.startswith(b"PK\x03\x04") and ending not in (".odt", ".xlsx", ".pptx", ".pages"):
        from stadtnetz.importing.word_file import read_word

        return read_word(data)
    if ending in _OTHERS or data.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff")):
        raise UnreadableError("import-format", name=_OTHERS.get(ending, ending or "?"))
    if ending == ".eml" and not inside:
        from stadtnetz.importing.mail_file import read_mail

        return read_mail(data, lambda inner, name: _read(inner, name, inside=True))
    if ending in (".html", ".htm", ".xhtml") or _PAGE.match(data):
        from stadtnetz.importing.web_page import read_page

        return read_page(data)
    if (
        ending in ("", ".txt")
        and _MAIL.match(data)
        and re.search(rb"^mime-version:|^received:", data, re.I | re.M)
    ):
        from stadtnetz.importing.mail_file import read_mail

        return read_mail(data, lambda inner, name: _read(inner, name, inside=True))
    if ending == ".docx":
        raise UnreadableError("import-damaged", format="Word", reason="BadZipFile")
    if ending == ".pdf":
        raise UnreadableError("import-damaged", format="PDF", reason="PdfReadError")
    if b"\0" in data[:4000] and not _is_wide(data):
        raise UnreadableError("import-format", name=ending or "?")
    return read_plain(data)


def _is_wide(data: bytes) -> bool:
    head = data[:400]
    return (
        data.startswith((b"\xff\xfe", b"\xfe\xff"))
        or max(head[0::2].count(0), head[1::2].count(0)) > len(head) * 0.4
    )
