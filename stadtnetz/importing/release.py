"""The whole way from blocks to what a release says: one recogniser after the other, each with what is left.

The order matters: what is recognised by its own words (furniture, dates, contact, caption) goes first, so that what is
recognised by its place (headline, lead, sections) finds its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from stadtnetz.dates import PartialDate
from stadtnetz.importing.background import find_background
from stadtnetz.importing.blocks import Block, Document, Form
from stadtnetz.importing.caption import CaptionFound, find_caption
from stadtnetz.importing.contact import ContactFound, find_contact
from stadtnetz.importing.dateline import find_dateline
from stadtnetz.importing.desk import Desk, Doubt, Role
from stadtnetz.importing.furniture import clear_furniture
from stadtnetz.importing.known import Known
from stadtnetz.importing.names import Finder, Mention
from stadtnetz.importing.opening import MetaFound, find_headlines, find_lead, find_meta
from stadtnetz.importing.people import is_office, names_in
from stadtnetz.importing.quotes import QuoteFound, quotes_in
from stadtnetz.importing.sentences import is_prose
from stadtnetz.importing.written_dates import first_date

__all__ = ["Linked", "Listed", "Release", "recognise"]

_ENGLISH = re.compile(
    r"\W*(?:English (?:version|translation|text)|In English|English|Englische (?:Fassung|Version))\W*", re.I
)


class Linked(Struct, frozen=True):
    """A block of the body with the names in it that become links."""

    block: Block
    mentions: tuple[Mention, ...] = ()


class Listed(Struct, frozen=True):
    """A text that is not shown, and why: a rule of `furniture`, or which recogniser read it into fields."""

    reason: str
    text: str
    furniture: bool


class Release(Struct, frozen=True):
    """What a release says, field by field; "" and None for what it does not say. All its words are in one of these."""

    title: str
    kicker: str
    dateline: str
    lead: str
    published: PartialDate
    embargo: PartialDate | None
    issuer: str
    contact: ContactFound | None
    captions: tuple[CaptionFound, ...]
    background: str
    cities: tuple[str, ...]
    partners: tuple[str, ...]
    quotes: tuple[QuoteFound, ...]
    body: tuple[Linked, ...]
    rest: tuple[Block, ...]
    listed: tuple[Listed, ...]
    doubts: tuple[Doubt, ...]
    address: str = ""
    attachments: tuple[str, ...] = ()


def recognise(
    document: Document, known: Known, today: PartialDate, *, day: PartialDate | None = None, city: str = ""
) -> Release:
    """Sort a release. `day` and `city` are what the editor says; `today` stands in where nothing names a day."""
    desk, finder = Desk.of(document.blocks), Finder(known)
    clear_furniture(desk)
    _set_english_aside(desk)
    meta = find_meta(desk)
    published = day or _published(meta, document, today, desk)
    contact = find_contact(desk)
    if contact is not None and contact.several:
        desk.doubt("contact", "contact-several")
    captions = find_caption(desk)
    background = find_background(desk, known, published)
    headlines, sender = find_headlines(desk, document.hints)
    dateline = find_dateline(desk, finder.place)
    if dateline is not None and dateline.date is not None and day is None and meta.published is None:
        published = dateline.date
        desk.doubts = [doubt for doubt in desk.doubts if doubt.field != "published"]
    lead, kicker = find_lead(desk, headlines)
    _settle(desk)
    place = (dateline.place if dateline is not None else "") or meta.dateline
    issuer = meta.issuer or _house(sender, contact, captions, desk)
    others = (headlines.title, lead, place, *(one.text for one in captions))
    body, cities, partners = _linked(desk, finder, known, others, city)
    quotes = tuple(_quotes(desk))
    return Release(
        headlines.title,
        kicker,
        place,
        lead,
        PartialDate(published.year, published.month, published.day),
        meta.embargo,
        issuer,
        contact,
        captions,
        background,
        cities,
        partners,
        quotes,
        body,
        tuple(sheaf.block for sheaf in desk.sheaves if sheaf.role is Role.REST),
        tuple(_listed(desk)),
        tuple(desk.doubts),
        document.hints.address if re.match(r"https?://[^\s]+$", document.hints.address) else "",
        document.attachments,
    )


def _set_english_aside(desk: Desk) -> None:
    """Keep an English version apart: it belongs into a translation, not behind the German text."""
    marks = [number for number in desk.open if _ENGLISH.fullmatch(desk.sheaves[number].text)]
    german = [number for number in desk.open if is_prose(desk.sheaves[number].text)]
    if marks and german and german[0] < marks[0]:
        for number in desk.open:
            if number >= marks[0]:
                desk.take(number, Role.REST, "english")
        desk.doubt("title", "english")


def _published(meta: MetaFound, document: Document, today: PartialDate, desk: Desk) -> PartialDate:
    if meta.published is not None:
        return meta.published
    hint = first_date(document.hints.date)
    if hint is not None:
        desk.doubt("published", "published-hint")
        return hint
    name = first_date(document.hints.name.replace("_", "-"))
    if name is not None:
        desk.doubt("published", "published-name")
        return name
    desk.doubt("published", "published-today")
    return today


def _house(sender: str, contact: ContactFound | None, captions: Iterable[CaptionFound], desk: Desk) -> str:
    """Return who issues the release: the letterhead, the contact's organisation, or whose picture it is."""
    heads = [one.text for one in desk.sheaves if one.reason == "letterhead" and is_office(one.text)]
    found = sender or next(iter(heads), "")
    found = found or (contact.fields.get("organisation", "") if contact is not None else "")
    if not found:
        found = next((one.credit for one in captions if is_office(one.credit)), "")
        if found:
            desk.doubt("issuer", "issuer-credit")
    return found


def _settle(desk: Desk) -> None:
    """Make sections of what is left: a short line without a full stop before a paragraph is a heading."""
    for number in desk.open:
        sheaf = desk.sheaves[number]
        if sheaf.block.form is Form.HEADING or _is_heading(desk, number):
            desk.take(number, Role.HEADING)
        else:
            desk.take(number, Role.BODY)


def _is_heading(desk: Desk, number: int) -> bool:
    sheaf = desk.sheaves[number]
    text = sheaf.text
    if (
        sheaf.block.form is not Form.PARAGRAPH
        or len(text) > 90
        or text.endswith((".", ",", ";", "!", "“", '"'))
    ):
        return False
    if number + 1 >= len(desk.sheaves) or desk.sheaves[number + 1].role is not Role.OPEN:
        return False
    following = desk.sheaves[number + 1]
    if text.endswith(":") and not sheaf.block.bold:
        return False  # it introduces what comes: a list, an address
    return len(text.split()) <= 12 and (len(following.text) > len(text) or following.block.form is Form.ITEM)


def _linked(
    desk: Desk, finder: Finder, known: Known, others: Iterable[str], city: str
) -> tuple[tuple[Linked, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the body with the first mention of each entry linked, and which places and partners there are."""
    places = Finder(Known(tuple(known.of("city"))))
    texts = [*others, *(sheaf.text for sheaf in desk.sheaves if sheaf.role in (Role.BODY, Role.HEADING))]
    cities: dict[str, bool] = {city: True} if city else {}
    for text in texts:
        for one in places.mentions(text):
            cities[one.id] = cities.get(one.id, False) or (one.sure and not _is_surname(text, one))
    towns = frozenset(id_ for id_, sure in cities.items() if sure)
    partners: dict[str, bool] = {}
    for text in texts:
        for one in finder.mentions(text, towns):
            if one.kind == "partner":
                partners[one.id] = partners.get(one.id, False) or one.sure
    for id_ in (id_ for id_, sure in cities.items() if not sure):
        desk.doubt("cities", "city-guess", id=id_)
    body, done = [], set[tuple[str, str]]()
    for sheaf in desk.sheaves:
        if sheaf.role is Role.HEADING:
            body.append(Linked(_heading(sheaf.block)))
        elif sheaf.role is Role.BODY:
            found = [
                one
                for one in finder.mentions(sheaf.block.text, towns)
                if (one.id in towns if one.kind == "city" else one.sure)
                and not _is_surname(sheaf.block.text, one)
            ]
            body.append(Linked(sheaf.block, tuple(_first_of_each(found, done))))
    return (
        tuple(body),
        _in_order(towns, texts, places, city),
        tuple(id_ for id_, sure in partners.items() if sure),
    )


def _in_order(towns: Iterable[str], texts: Iterable[str], places: Finder, city: str) -> tuple[str, ...]:
    """Return ids of places as the text names them; the editor's own comes first."""
    order = dict.fromkeys([city, *(one.id for text in texts for one in places.mentions(text))])
    return tuple(id_ for id_ in order if id_ in towns)


def _first_of_each(found: Iterable[Mention], done: set[tuple[str, str]]) -> Iterator[Mention]:
    for one in found:
        if (one.kind, one.id) not in done:
            done.add((one.kind, one.id))
            yield one


def _is_surname(text: str, mention: Mention) -> bool:
    """Tell whether a place's name is the last word of a person's name: "Erika Kassel"."""
    return mention.kind == "city" and any(
        named.end == mention.end and named.start < mention.start for named in names_in(text)
    )


def _heading(block: Block) -> Block:
    text = block.text.rstrip()
    return Block(block.cut(0, len(text) - text.endswith(":")).runs, Form.HEADING, 2)


def _quotes(desk: Desk) -> Iterator[QuoteFound]:
    found = list(quotes_in(s.text for s in desk.sheaves if s.role in (Role.BODY, Role.FIELD)))
    for one in found:
        if not one.speaker:
            desk.doubt(
                "quotes", "quote-speaker", text=f"{one.text[:60]}…" if len(one.text) > 60 else one.text
            )
    return iter(found)


def _listed(desk: Desk) -> Iterator[Listed]:
    for sheaf in desk.sheaves:
        if sheaf.role in (Role.FURNITURE, Role.READ):
            yield Listed(sheaf.reason, sheaf.text, sheaf.role is Role.FURNITURE)
