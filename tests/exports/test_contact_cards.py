"""Contact cards, read by vobject."""

from __future__ import annotations

import vobject
from hypothesis import given
from hypothesis import strategies as st

from stadtnetz.model.shared import Contact
from stadtnetz.site.contact_cards import card
from tests.exports.test_calendars import TEXTS
from tests.test_site import BASE, Site


def read(data: bytes) -> vobject.base.Component:
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    found = vobject.readOne(data.decode())
    found.validate()
    return found


def cards(site: Site) -> dict[str, vobject.base.Component]:
    return {path: read(data) for path, data in site.files.items() if path.endswith(".vcf")}


def test_every_contact_that_can_be_reached_has_a_card_on_its_page(exported: Site):
    found = cards(exported)
    linked = {
        href.removeprefix("/netz/")
        for page in exported.pages.values()
        for href in page.all("//main//a[@type='text/vcard']/@href")
    }
    assert linked == set(found)
    for path, card_ in found.items():
        assert card_.source.value == BASE + path.removesuffix("kontakt.vcf")
        assert card_.version.value == "3.0"


def test_the_cards_of_the_invented_site(rich: Site):
    assert set(cards(rich)) == {
        "staedte/musterstadt/kontakt.vcf",
        "partner/amt/kontakt.vcf",
        "termine/abend/kontakt.vcf",
        "presse/kontakt.vcf",
    }, "a web page alone is nothing for an address book"


def test_a_card_says_what_the_page_says(rich: Site):
    found = read(rich.files["staedte/musterstadt/kontakt.vcf"])
    assert found.fn.value == "Erika Muster"
    assert found.org.value == ["Stadt; Musterstadt, Amt"]
    assert found.title.value == "Ehrenamt, Rat; und Tat"
    assert found.adr.value.street == "Weg 1, 12345 Musterstadt"
    assert (found.email.value, found.tel.value) == ("amt@musterstadt.de", "+49 30 123456")
    assert found.tel.params["TYPE"] == ["WORK", "VOICE"]


def test_a_contact_without_a_name_has_that_of_its_entry(rich: Site):
    found = read(rich.files["partner/amt/kontakt.vcf"])
    assert (found.fn.value, found.org.value) == ("Amt für Muster", ["Amt für Muster"])


def test_the_press_office_is_the_operators(rich: Site):
    found = read(rich.files["presse/kontakt.vcf"])
    assert (found.fn.value, found.email.value) == ("Pressestelle", "presse@musterstadt.de")


def test_ids_stay_and_differ(rich: Site):
    ids = [found.uid.value for found in cards(rich).values()]
    assert len(set(ids)) == len(ids)
    assert ids == [found.uid.value for found in cards(rich).values()]


@given(name=st.none() | TEXTS, role=TEXTS, organisation=st.none() | TEXTS, address=TEXTS)
def test_any_text_comes_back_as_it_was(name: str | None, role: str, organisation: str | None, address: str):
    contact = Contact(name=name, role=role, organisation=organisation, address=address)
    found = read(card(contact, "city/x", "Musterstadt", "https://netz.musterstadt.de/x/", None))
    assert found.fn.value == (contact.name or contact.organisation or "Musterstadt")
    assert found.title.value == contact.role
    assert found.adr.value.street == contact.address
    if contact.organisation:
        assert found.org.value == [contact.organisation]
