"""Public contacts as files for address books (vCard 3.0, RFC 2426).

Version 3.0 and not 4.0 (RFC 6350): every telephone reads it, and it has room for all that is public here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial

from stadtnetz.model.page import Layout
from stadtnetz.model.shared import Contact, Entry
from stadtnetz.network.library import Item
from stadtnetz.site.edition import Edition, stand_of
from stadtnetz.site.files import PlannedFile, stable_uuid
from stadtnetz.site.parts import card_path, reachable

__all__ = ["card", "cards_of", "contact_cards", "press_card"]

_KINDS = ("city", "partner", "network", "news", "event")
"""Kinds of entries whose pages show a contact."""


def contact_cards(edition: Edition) -> Iterator[PlannedFile]:
    """Plan a file for each contact on a page that can be reached by mail, telephone or letter."""
    for kind in _KINDS:
        yield from cards_of(edition, edition.network.items[kind].values())
    yield from _press(edition)


def cards_of(edition: Edition, items: Iterable[Item[Entry]]) -> Iterator[PlannedFile]:
    """Plan those of some entries."""
    for item in items:
        contact: Contact | None = getattr(item.entry, "contact", None)
        if contact is not None and reachable(contact):
            page = edition.addresses.absolute(edition.paths[item.kind, item.id])
            name, stand = edition.name(item), stand_of(item)
            inputs = (page, name, repr(contact), str(stand))
            making = partial(card, contact, f"{item.kind}/{item.id}", name, page, stand)
            yield PlannedFile(card_path(item), inputs, making)


def press_card(edition: Edition) -> str:
    """Return where the operator's press contact stands, "" where none is stated or no page shows it."""
    press = edition.network.site.press
    pages = [item for item in edition.network.pages.values() if item.entry.layout is Layout.PRESS]
    return card_path(pages[0]) if pages and (press.email or press.phone) else ""


def _press(edition: Edition) -> Iterator[PlannedFile]:
    path = press_card(edition)
    if path:
        site = edition.network.site
        contact = Contact(name=site.press.name, email=site.press.email, phone=site.press.phone)
        page = edition.addresses.absolute(path.rpartition("/")[0] + "/")
        inputs = (page, site.title, repr(contact))
        yield PlannedFile(path, inputs, partial(card, contact, "press", site.title, page, None))


def card(contact: Contact, id_: str, entry: str, page: str, stand: date | None) -> bytes:
    """Write a card; `entry` is the name of the entry whose contact it is, for one that has no name itself."""
    # Imported here: only a build that makes a card has to wait for it.
    from icalendar import Component, Parameters, vAdr, vN, vOrg, vText, vUri

    class Card(Component):
        name = "VCARD"

    card = Card()
    card.add("version", vText("3.0"))
    name = contact.name or contact.organisation or entry
    card.add("fn", vText(name))
    # Which part of a person's name is which is not known; an organisation has no such parts.
    card.add("n", vN((contact.name or "", "", "", "", "")))
    if contact.organisation or not contact.name:
        card.add("org", vOrg((contact.organisation or entry,)))
    if contact.role:
        card.add("title", vText(contact.role))
    if contact.email:
        card.add("email", vText(contact.email), parameters=Parameters({"TYPE": ["INTERNET", "WORK"]}))
    if contact.phone:
        card.add("tel", vText(contact.phone), parameters=Parameters({"TYPE": ["WORK", "VOICE"]}))
    if contact.address:
        card.add(
            "adr", vAdr(("", "", contact.address, "", "", "", "")), parameters=Parameters({"TYPE": "WORK"})
        )
    if contact.url:
        card.add("url", vUri(contact.url))
    card.add("source", vUri(page))
    card.add("uid", vText(f"urn:uuid:{stable_uuid(f'contact/{id_}')}"))
    if stand is not None:
        card.add("rev", vText(stand.isoformat()))
    return bytes(card.to_ical(sorted=False))
