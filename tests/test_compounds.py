"""Compounds are taken apart where a reader would look for a part, and the marks never show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtnetz.text.compounds import MARK, Compounds, marked, unmarked
from stadtnetz.text.plain import joined, plain_text

KNOWS_NOTHING = Compounds()


@pytest.mark.parametrize(
    "parts",
    [
        "Bürger|beteiligung",
        "Bürger|beteiligungs|verfahren",
        "Jugend|förderungs|zentrum",
        "Ehrenamts|agenturen",
        "Freiwilligen|zentren",
        "Förder|programme",
        "Förder|vereine",
        "Länder|partnerschaft",
        "Verwaltungs|verband",
        "Gemeinde|häuser",
        "Netzwerk|treffen",
        "BÜRGER|BETEILIGUNG",
        "innen|beteiligung",
    ],
)
def test_a_word_is_taken_apart_though_no_part_stands_in_any_text(parts: str) -> None:
    assert "|".join(KNOWS_NOTHING.parts(parts.replace("|", ""))) == parts


@pytest.mark.parametrize(
    "word",
    [
        "Verwaltung", "Einrichtung", "Begleitung", "Darmstadt", "Sondershausen", "Antworten", "Grußworte",
        "Volunteering", "Thüringen", "beantworten", "Lüneburg", "Netzwerk", "Veranstaltung",
        "angegeben", "Bürgerinnen", "Lampertheim",
    ],
)  # fmt: skip
def test_no_nonsense(word: str) -> None:
    assert KNOWS_NOTHING.parts(word) == (word,)


def test_a_head_may_come_from_the_texts_themselves() -> None:
    assert KNOWS_NOTHING.parts("Holzlaternen") == ("Holzlaternen",)
    knows = Compounds(["Holz und Laternen, nicht weit vom Ergeben"])
    assert knows.parts("Holzlaternen") == ("Holz", "laternen")
    assert knows.parts("Zinnlaternen") == ("Zinnlaternen",), "the first part must be known as well"


def test_what_is_no_letter_keeps_its_place() -> None:
    text = "2014–2020: Bürger*innen, Bürger:innen und „Bürgerbeteiligung“ im XII. Jahr, e. V."
    found = marked(text, KNOWS_NOTHING)
    assert found == "2014–|2020: Bürger*innen, Bürger:innen und „Bürger|beteiligung“ im XII. Jahr, e. V."
    assert len(found.split()) == len(text.split()), "every word keeps its number"


def test_soft_hyphens_part_no_words() -> None:
    assert marked("Bür\u00adger\u00adbe\u00adtei\u00adli\u00adgung", KNOWS_NOTHING) == "Bürger|beteiligung"


@given(st.text(st.sampled_from("aeBürgerbeteiligung |*-–­‌\u200b.,ẞß\n1"), max_size=60))
def test_the_marks_never_show(text: str) -> None:
    seen = text.translate({0xAD: None, 0x200B: None, 0x200C: None})
    assert unmarked(marked(text, KNOWS_NOTHING)) == seen


@given(st.text(max_size=80))
def test_any_text_comes_back(text: str) -> None:
    seen = text.translate({0xAD: None, 0x200B: None, 0x200C: None, 0x2060: None})
    assert unmarked(marked(text, Compounds([text]))) == seen


@given(st.text(st.characters(categories=["L"]), min_size=1, max_size=40))
def test_parts_are_the_word(word: str) -> None:
    parts = KNOWS_NOTHING.parts(word)
    assert "".join(parts) == word
    assert all(parts)
    assert MARK not in word


def test_html_becomes_one_line() -> None:
    html = "<h2>Wer</h2>\n<p>Alle &amp; <a href='/x/'>jede</a><sup>1</sup>.</p><ul><li>Eins</li><li>Zwei</li></ul>"
    assert plain_text(html) == "Wer · Alle & jede. Eins · Zwei"
    assert joined(["", " Ein  Satz. ", "", "Noch einer"]) == "Ein Satz. Noch einer"
