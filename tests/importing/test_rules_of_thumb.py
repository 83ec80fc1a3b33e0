"""Sentences that look like something else: they must stay in the text."""

from __future__ import annotations

import pytest

from stadtnetz.importing.contact import contact_of, is_contact_label
from stadtnetz.importing.furniture import RULES
from stadtnetz.importing.people import is_office


@pytest.mark.parametrize(
    "text",
    [
        "Verantwortlich: Das Jugendamt hat die Planung übernommen. Die Kosten trägt die Stadt.",
        "Kontakt: Wer mitmachen will, meldet sich bis Ende Juli bei der Agentur",
    ],
)
def test_a_label_with_a_story_behind_it_begins_no_contact(text: str) -> None:
    assert not is_contact_label(text)


@pytest.mark.parametrize(
    "text", ["Kontakt: Erika Muster, Tel. 01234 5678", "Pressekontakt:", "Verantwortlich: Amt für Kultur"]
)
def test_a_label_with_somebody_behind_it_does(text: str) -> None:
    assert is_contact_label(text)


@pytest.mark.parametrize(
    "text",
    [
        "Zurück zur Schulbank heißt es dann für alle Neuen.",
        "Von: Ulm nach Neu-Ulm fahren Busse.",
    ],
)
def test_a_sentence_is_no_furniture(text: str) -> None:
    assert [rule.name for rule in RULES if rule.test(text)] == []


def test_prose_fills_no_field() -> None:
    assert contact_of(["Die Agentur hat dafür eine Stelle eingerichtet"]).fields == {}


def test_volunteering_is_no_office_and_main_offices_are() -> None:
    assert not is_office("Ehrenamt")
    assert is_office("Hauptamt")
