"""The words of the interface: catalogues are complete, dates and lists read as they should."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from stadtnetz import beside, i18n
from stadtnetz.dates import PartialDate
from stadtnetz.i18n import CATALOGUES, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Catalog, Message

ROOT = Path(__file__).resolve().parents[1]
NBSP = "\N{NO-BREAK SPACE}"


def catalogue(language: str) -> Catalog:
    path = ROOT / "stadtnetz" / "locale" / language / "LC_MESSAGES" / "stadtnetz.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)


def identity(message: Message) -> tuple[object, object]:
    return message.context, message.id


def messages(found: Catalog) -> dict[tuple[object, object], Message]:
    return {identity(message): message for message in found if message.id}


def forms(text: object) -> list[str]:
    return [str(form) for form in text] if isinstance(text, list | tuple) else [str(text or "")]


def blanks(text: object) -> set[str]:
    return {name for form in forms(text) for name in re.findall(r"%\((\w+)\)s", form)}


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[object, object], Message]:
    """Return every message of the generator and of the templates."""
    target = tmp_path_factory.mktemp("texts") / "messages.pot"
    command = ("extract", "--mapping", "pyproject.toml", "--output", str(target), ".")
    subprocess.run(
        [sys.executable, "-m", "babel.messages.frontend", "-q", *command],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    with target.open("rb") as file:
        return messages(read_po(file))


def test_extraction_reaches_generator_and_templates(extracted: dict[tuple[object, object], Message]) -> None:
    files = {name.split("/")[0] for message in extracted.values() for name, _ in message.locations}
    assert files == {"stadtnetz", "templates"}


@pytest.mark.parametrize("language", CATALOGUES)
class TestCatalogue:
    def test_has_every_message_and_no_other(
        self, language: str, extracted: dict[tuple[object, object], Message]
    ) -> None:
        here = messages(catalogue(language))
        hint = "run .ci/texts, then fill in what is empty"
        assert sorted(map(str, extracted.keys() - here.keys())) == [], hint
        assert sorted(map(str, here.keys() - extracted.keys())) == [], hint
        assert not catalogue(language).obsolete

    def test_says_every_message(self, language: str) -> None:
        found = messages(catalogue(language)).values()
        assert [m.id for m in found if m.fuzzy or not all(form.strip() for form in forms(m.string))] == []
        assert [m.id for m in found if isinstance(m.id, tuple) != isinstance(m.string, tuple)] == []

    def test_fills_the_same_blanks(self, language: str) -> None:
        assert [
            m.id for m in messages(catalogue(language)).values() if blanks(m.id) != blanks(m.string)
        ] == []

    def test_ends_as_the_message_does(self, language: str) -> None:
        def ending(text: str) -> bool:
            return text.endswith((".", ":", "?"))

        wrong = [
            m.id
            for m in messages(catalogue(language)).values()
            if ending(forms(m.id)[0]) != ending(forms(m.string)[0]) and forms(m.id)[0] not in ENDS_OTHERWISE
        ]
        assert wrong == []


ENDS_OTHERWISE = {"Whom to ask", "VAT number"}
"""A question in German; an abbreviation."""

GENDERED = re.compile(
    r"\w[:*_·/-]+in(nen)?\b|[a-zäöüß]In(nen)?\b"
    r"|\b(Ansprech|Projekt)partner\b"
    r"|\b(Bürger|Nutzer|Benutzer|Leser|Besucher|Mitarbeiter|Teilnehmer|Redakteur|Betreiber|Bewerber|Anbieter|Vertreter)s?\b"
)


def test_german_is_neutral_in_gender() -> None:
    said = [form for message in messages(catalogue("de")).values() for form in forms(message.string)]
    assert [form for form in said if GENDERED.search(form)] == []
    for example in ("Bürger:innen", "Partner*innen", "Leser/-innen", "BesucherInnen", "Ansprechpartner"):
        assert GENDERED.search(example)


def test_variants_share_the_words_of_their_language() -> None:
    assert texts("de-simple") is texts("de")
    with pytest.raises(KeyError):
        texts("fr")


def test_blanks_are_filled() -> None:
    assert texts("de").gettext("As of: %(date)s", date="2022") == "Stand: 2022"
    assert texts("de").ngettext("%(num)s source", "%(num)s sources", 1) == "1 Quelle"
    assert texts("de").ngettext("%(num)s source", "%(num)s sources", 1200) == "1.200 Quellen"
    assert texts("en").ngettext("%(num)s source", "%(num)s sources", 2) == "2 sources"
    assert texts("en").pgettext("a context", "not in any catalogue") == "not in any catalogue"


@pytest.mark.parametrize(
    ("date", "german", "english"),
    [
        ("2022", "2022", "2022"),
        ("2022-07", "Juli 2022", "July 2022"),
        ("2022-07-08", "8. Juli 2022", "8 July 2022"),
        ("2022-03-01T09:05", "1. März 2022, 09:05 Uhr", "1 March 2022, 09:05"),
    ],
)
def test_dates_keep_their_precision(date: str, german: str, english: str) -> None:
    when = PartialDate.parse(date)
    assert texts("de").format_date(when).replace(NBSP, " ") == german
    assert texts("en").format_date(when).replace(NBSP, " ") == english


def test_a_day_stays_with_its_month() -> None:
    assert texts("de").format_date(PartialDate(2022, 7, 8)) == f"8.{NBSP}Juli 2022"


@pytest.mark.parametrize(
    ("start", "end", "german", "english"),
    [
        ("2022-07-08", "2022-07-12", "8.–12. Juli 2022", "8–12 July 2022"),
        ("2022-06-30", "2022-07-02", "30. Juni – 2. Juli 2022", "30 June – 2 July 2022"),
        (
            "2021-12-30",
            "2022-01-02",
            "30. Dezember 2021 – 2. Januar 2022",
            "30 December 2021 – 2 January 2022",
        ),
        ("2018", "2020", "2018–2020", "2018–2020"),
        ("2018", "2020-06", "2018 – Juni 2020", "2018 – June 2020"),
        ("2022", "2022-06", "2022 – Juni 2022", "2022 – June 2022"),
        ("2022-06", "2022-08", "Juni – August 2022", "June – August 2022"),
        ("2022-06", "2022-06", "Juni 2022", "June 2022"),
        ("2022-07-08 18:30", "2022-07-08 20:00", "8. Juli 2022, 18:30–20:00 Uhr", "8 July 2022, 18:30–20:00"),
        ("2022-07-08 18:30", "2022-07-08", "8. Juli 2022, 18:30 Uhr", "8 July 2022, 18:30"),
        (
            "2022-07-08 18:30",
            "2022-07-09 12:00",
            "8. Juli 2022, 18:30 Uhr – 9. Juli 2022, 12:00 Uhr",
            "8 July 2022, 18:30 – 9 July 2022, 12:00",
        ),
    ],
)
def test_ranges_do_not_repeat_themselves(start: str, end: str, german: str, english: str) -> None:
    ends = PartialDate.parse(start), PartialDate.parse(end)
    assert texts("de").format_range(*ends).replace(NBSP, " ") == german
    assert texts("en").format_range(*ends).replace(NBSP, " ") == english


def test_numbers_and_lists() -> None:
    german, english = texts("de"), texts("en")
    assert (german.format_number(12345), english.format_number(12345)) == ("12.345", "12,345")
    assert [german.join("ABC"[:count]) for count in range(4)] == ["", "A", "A und B", "A, B und C"]
    assert english.join(["A", "B", "C"]) == "A, B and C"


def test_names_are_sorted_by_din_5007() -> None:
    names = [
        "2 Orte", "10 Orte", "Apfelstadt", "Äpfelstadt", "Bad Musterstadt", "Baden",
        "Musterhausen-Nord", "Musterhausen (Süd)", "Musterhausener Land",
        "„Junge Beispielhausener“", "Öl", "Ölde", "Ozean", "Strasse", "Straße", "Zoo",
    ]  # fmt: skip
    expected = sorted(names, key=names.index)
    expected.insert(6, expected.pop(expected.index("„Junge Beispielhausener“")))
    assert sorted(names, key=texts("de").sort_key) == expected


@given(st.text(), st.text())
def test_the_order_of_names_is_total(one: str, other: str) -> None:
    key = texts("de").sort_key
    assert (key(one) == key(other)) == (one == other)


class TestWordsBesideTheProgram:
    @pytest.fixture(autouse=True)
    def _place(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        (tmp_path / "__pycache__").mkdir()
        monkeypatch.setattr(sys, "pycache_prefix", None)
        monkeypatch.setattr(beside, "__file__", str(tmp_path / "beside.py"))
        i18n._read.cache_clear()
        yield
        i18n._read.cache_clear()

    @staticmethod
    def compiling(monkeypatch: pytest.MonkeyPatch) -> int:
        """Return how many catalogues a process compiles that knows nothing."""
        done, original = [], i18n._compiled

        def counted(name: str) -> bytes:
            done.append(name)
            return original(name)

        with monkeypatch.context() as patched:
            patched.setattr(i18n, "_compiled", counted)
            i18n._read.cache_clear()
            assert texts("de").gettext("News") == "Aktuelles"
            assert texts("en").gettext("News") == "News"
        return len(done)

    def test_another_process_need_not_compile_them(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert [self.compiling(monkeypatch) for _ in range(2)] == [2, 0]

    def test_another_program_compiles_for_itself(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.compiling(monkeypatch) == 2
        monkeypatch.setattr(beside, "of_program", lambda: "another")
        assert self.compiling(monkeypatch) == 2

    def test_what_is_damaged_is_compiled_anew(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.compiling(monkeypatch) == 2
        file = next((tmp_path / "__pycache__").glob("words-de.*"))
        file.write_bytes(file.read_bytes()[:-20])
        assert [self.compiling(monkeypatch) for _ in range(2)] == [1, 0]
