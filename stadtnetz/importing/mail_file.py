"""Read a mail (.eml): its text without greeting, signature and quoted mails, or the release that is attached to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime

from msgspec.structs import replace

from stadtnetz.importing.blocks import Block, Document, Hints, Place
from stadtnetz.importing.faults import UnreadableError
from stadtnetz.importing.lines import blocks_of_text
from stadtnetz.importing.plain_file import decoded
from stadtnetz.importing.web_page import read_page

__all__ = ["read_mail"]

_COVER = 120
"""Words below which a mail may be only the letter that goes with the release in its attachment."""
_READABLE = (".docx", ".pdf", ".html", ".htm", ".txt")
_FORWARDED = re.compile(
    r"-{2,}\s*(?:Weitergeleitete Nachricht|Forwarded message|Original ?nachricht"
    r"|Ursprüngliche Nachricht|Original Message)"
    r"\s*-{2,}.*",
    re.IGNORECASE,
)
_WROTE = re.compile(r"(?:Am|On)\b.{6,120}\b(?:schrieb|wrote)\b.{0,80}:$")
_HEADER = re.compile(r"(?:Von|Gesendet|An|Cc|Betreff|Datum|From|Sent|To|Subject|Date):\s")
_GREETING = re.compile(
    r"(?:Sehr geehrte|Liebe |Guten (?:Tag|Morgen)|Hallo\b|Dear |Mit (?:freundlichen|besten|herzlichen) Grüßen"
    r"|(?:Freundliche|Beste|Viele|Herzliche) Grüße|Kind regards|Best regards|i\. ?A\.)",
    re.IGNORECASE,
)
_COVERING = re.compile(
    r"(?:anbei|im Anhang|nachfolgend|nachstehend|beigefügt|mit der Bitte um|wir bitten um|über eine Veröffentlichung"
    r"|please find)\b",
    re.IGNORECASE,
)
"""Words of the sentence that hands a release over: "anbei erhalten Sie unsere Pressemitteilung"."""
_CONFIDENTIAL = re.compile(r"(?:Diese E-?Mail|This e-?mail|Der Inhalt dieser E-?Mail)\b", re.IGNORECASE)
_CLOSING = re.compile(
    r"Mit (?:freundlichen|besten|herzlichen)|(?:Freundliche|Beste|Viele|Herzliche) Grüße|\w+ regards", re.I
)

Reader = Callable[[bytes, str], Document]


def read_mail(data: bytes, read_file: Reader) -> Document:
    """Return a mail as blocks; `read_file` reads an attachment by its name. Raises UnreadableError."""
    message = message_from_bytes(data, policy=policy.default)
    hints = Hints(title=_header(message, "subject"), date=_date(message))
    body = _body(message)
    parts = [(_name(part), part) for part in message.iter_attachments()] if message.is_multipart() else []
    names = tuple(name for name, _ in parts if name)
    if body.words < _COVER:
        for name, part in parts:
            if name.lower().endswith(_READABLE):
                attached = read_file(_payload(part), name)
                cover = [_covering(block) for block in body.blocks]
                others = tuple(one for one in names if one != name)
                found = replace(attached.hints, date=attached.hints.date or hints.date)
                return Document((*attached.blocks, *cover), found, (*attached.attachments, *others))
    if not body.blocks:
        raise UnreadableError("import-empty")
    marked = tuple(_marked(body.blocks))
    return Document(marked, replace(hints, address=body.hints.address), (*body.attachments, *names))


def _covering(block: Block) -> Block:
    return replace(block, place=Place.COVER) if block.place is Place.TEXT else block


def _body(message: EmailMessage) -> Document:
    part = message.get_body(("html", "plain"))
    if part is None:
        return Document(())
    text = _payload(part)
    charset = part.get_content_charset() or ""
    try:
        words = text.decode(charset) if charset else decoded(text)
    except (LookupError, UnicodeDecodeError):
        words = decoded(text)
    if part.get_content_subtype() == "html":
        return read_page(words) if words.strip() else Document(())
    if part.get_param("format", "") == "flowed":
        # RFC 3676: a line that ends with a blank goes on in the next one.
        words = re.sub(r"(?<!--) \r?\n(?!>)", " ", words)
    return Document(tuple(blocks_of_text(words)))


def _marked(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Mark what belongs to the mail: greetings, signature, quoted mails. What is forwarded is the release."""
    place = Place.TEXT
    # What stands before a forwarded mail is about it; what stands behind it is the mail.
    marks = [number for number, block in enumerate(blocks) if _FORWARDED.fullmatch(block.text.strip())]
    forwarded = marks[0] if marks and marks[0] < len(blocks) / 2 else -1
    for number, block in enumerate(blocks):
        text = block.text.strip()
        if number <= forwarded:
            yield replace(block, place=Place.COVER)
        elif (
            _FORWARDED.fullmatch(text)
            or _WROTE.match(text)
            or (_HEADER.match(text) and place is not Place.TEXT and number > len(blocks) / 2)
        ):
            place = Place.QUOTED
            yield replace(block, place=place)
        elif text.startswith(">"):
            yield replace(block, place=Place.QUOTED)
        elif _HEADER.match(text) and place is Place.TEXT and _heads(blocks, number):
            yield replace(block, place=Place.COVER)
        elif text in ("--", "-- ", "---", "___") or _CONFIDENTIAL.match(text) or set(text) == {"_"}:
            place = Place.SIGNATURE if place is not Place.QUOTED else place
            yield replace(block, place=place)
        elif place is Place.TEXT and (_GREETING.match(text) or _is_covering(text)):
            if _CLOSING.match(text):
                place = Place.SIGNATURE
                yield replace(block, place=Place.SIGNATURE)
            else:
                yield replace(block, place=Place.COVER)
        else:
            yield block if place is Place.TEXT else replace(block, place=place)


def _is_covering(text: str) -> bool:
    return bool(_COVERING.search(text)) and len(text) < 300


def _heads(blocks: tuple[Block, ...], number: int) -> bool:
    """Tell whether a line is one of several headers of a mail, as they stand above a forwarded one."""
    near = blocks[max(number - 2, 0) : number + 3]
    return sum(bool(_HEADER.match(one.text.strip())) for one in near) >= 2


def _payload(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _name(part: Message) -> str:
    return (part.get_filename() or "").replace("\\", "/").rpartition("/")[2]


def _header(message: EmailMessage, name: str) -> str:
    text = " ".join(str(message.get(name, "")).split())
    return re.sub(
        r"^(?:(?:WG|FW|Fwd|AW|RE|PM|Pressemitteilung|Presseinformation)\s*:\s*)+", "", text, flags=re.I
    )


def _date(message: EmailMessage) -> str:
    try:
        return parsedate_to_datetime(str(message.get("date", ""))).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
