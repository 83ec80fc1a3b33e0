"""Read a plain text, in whichever encoding it arrives."""

from __future__ import annotations

import codecs

from stadtnetz.importing.blocks import Document
from stadtnetz.importing.lines import blocks_of_text

__all__ = ["decoded", "read_plain"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decoded(data: bytes) -> str:
    """Return a file's text: by its byte order mark, as UTF-16 where every other byte is 0, UTF-8, or Windows-1252.

    Windows-1252 is what German editors of old save in, and it has a character for nearly every byte.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    head = data[:400]
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = head[offset::2].count(0)
        if len(head) >= 4 and zeros > len(head) * 0.4:
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def read_plain(data: bytes) -> Document:
    """Return a plain text as blocks."""
    return Document(tuple(blocks_of_text(decoded(data))))
