"""`build.py new`: from questions at a terminal, or from options, to a file that passes the check."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from stadtnetz.authoring.forms import FORMS
from stadtnetz.authoring.gazetteer import candidates, certain, load_gazetteer
from stadtnetz.authoring.sheet import write_sheet
from stadtnetz.cli import cli
from stadtnetz.cli.new_words import NEW_WORDS
from stadtnetz.model.fields import Field, field_at, fields_of
from stadtnetz.model.kinds import KINDS
from stadtnetz.schema import parse_entry
from stadtnetz.source import SourceFile
from stadtnetz.text.frontmatter import split
from stadtnetz.text.yamltext import parse_yaml
from tests.minisite import NETWORK, ROOT, MiniSite, snapshot
from tests.terminal import Terminal, at_a_terminal

DAY = ("--as-of", "2022-08-01")
PAGE = """
---
title: Über uns
lead: Eine erfundene Seite.
---
Text.
"""
TOPIC = """
name: Beteiligung
summary: Ein erfundenes Thema.
"""
FILES = {**NETWORK, "content/pages/ueber-uns.md": PAGE, "content/topics/beteiligung.yaml": TOPIC}
SOURCE = ("--source", "https://musterstadt.de/neu")


@pytest.fixture
def site(tmp_path: Path) -> MiniSite:
    return MiniSite(tmp_path, FILES, templates=False)


def new(site: MiniSite, kind: str, *options: str, code: int = 0, answers: str = "") -> Result:
    arguments = ["new", kind, "--root", str(site.root), *DAY, *options]
    result = CliRunner().invoke(cli, arguments, prog_name="build.py", input=answers or None)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    return result


def by_options(site: MiniSite, kind: str, *options: str, code: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        new(site, kind, "--no-input", "--format", "json", *options, code=code).stdout
    )
    return found


def text_of(site: MiniSite, path: str) -> str:
    return (site.root / path).read_text("utf-8")


COMPLETE = {
    "city": (
        "content/cities/celle.yaml",
        ("--name", "Celle", "--type", "Stadt", "--selected", "2022-06", "--topics", "Beteiligung", *SOURCE),
    ),
    "partner": (
        "content/partners/muster-buergerstiftung.yaml",
        (
            *(
                "--name",
                "Muster-Bürgerstiftung",
                "--level",
                "vor Ort",
                "--sectors",
                "foundation, Zivilgesellschaft",
            ),
            *(
                "--cities",
                "Musterstadt, beispielhausen",
                "--website",
                "https://stiftung.musterstadt.de",
                *SOURCE,
            ),
        ),
    ),
    "tandem": (
        "content/tandems/beispielhausen-2022.yaml",
        ("--mentee", "beispielhausen", "--expected", "2022-12", "--announced", "2022-07", *SOURCE),
    ),
    "news": (
        "content/news/2022/ein-fest-fuer-alle-buergerinnen.md",
        (
            *("--title", "Ein Fest: für alle Bürger:innen", "--lead", "Es gibt Kuchen # und „Musik“."),
            *("--cities", "musterstadt", "--type", "press-release", *SOURCE),
        ),
    ),
    "event": (
        "content/events/freiwilligentag-2023.yaml",
        (
            *("--title", "Freiwilligentag", "--lead", "Ein erfundener Tag.", "--start", "2023-05-06 10:00"),
            *("--place", "Rathaus", "--cities", "musterstadt", *SOURCE),
        ),
    ),
    "page": (
        "content/pages/mitmachen.md",
        ("--title", "So können Sie mitmachen", "--short-title", "Mitmachen", "--lead", "Erfunden."),
    ),
}


class TestByOptions:
    @pytest.mark.parametrize("kind", COMPLETE)
    def test_what_is_complete_passes_the_check(self, site: MiniSite, kind: str) -> None:
        path, options = COMPLETE[kind]
        before = site.findings()
        told = by_options(site, kind, *options)
        assert (told["ok"], told["written"], told["complete"]) == (True, True, True)
        assert told["path"] == path
        assert told["diagnostics"] == []
        assert site.findings() == before

    @pytest.mark.parametrize("kind", COMPLETE)
    def test_what_is_not_complete_says_what_is_missing(self, site: MiniSite, kind: str) -> None:
        told = by_options(site, kind, "--slug", "neu")
        assert (told["written"], told["complete"]) == (True, False)
        found = {f"{one['path']}:{one['line']}:{one['column']} {one['code']}" for one in told["diagnostics"]}
        assert found
        assert {line for line in site.findings() if line.startswith(told["path"])} == found

    def test_required_fields_are_there_without_a_value(self, site: MiniSite) -> None:
        path = by_options(site, "news", "--slug", "neu")["path"]
        assert "\nlead:  # noch auszufüllen\n" in text_of(site, path)

    def test_the_file_explains_itself_in_the_words_of_the_model(self, site: MiniSite) -> None:
        text = text_of(site, by_options(site, "news", *COMPLETE["news"][1])["path"])
        for field in fields_of(KINDS["news"].model):
            mark = " (Pflicht)" if field.required else ""
            assert f"{field.label}{mark}: {field.help}" in text.replace("\n## ", " ")
        assert "# pictures:\n#   - file:  ## Datei (Pflicht): " in text
        assert "#     credit:  ## Bildnachweis (Pflicht): " in text

    def test_news_stand_in_the_folder_of_their_year(self, site: MiniSite) -> None:
        told = by_options(site, "news", *COMPLETE["news"][1], "--published", "24.12.2023 18:00")
        assert told["path"].startswith("content/news/2023/")

    def test_today_is_the_day_of_the_clock(self, site: MiniSite) -> None:
        text = text_of(site, by_options(site, "news", *COMPLETE["news"][1])["path"])
        assert "\npublished: 2022-08-01\n" in text
        assert "    seen: 2022-08\n" in text

    def test_a_wrong_answer_writes_nothing_and_says_what_check_says(self, site: MiniSite) -> None:
        before = snapshot(site.root / "content")
        result = new(
            site,
            "news",
            "--no-input",
            *COMPLETE["news"][1],
            *("--published", "gestern", "--cities", "musterstatt"),
            code=1,
        )
        assert snapshot(site.root / "content") == before
        assert "Nichts geschrieben" in result.stderr
        assert "[date-form]" in result.stderr
        assert "Meinten Sie „musterstadt“?" in result.stderr
        assert "published: gestern" in result.stderr

    def test_what_is_wrong_only_together_is_found(self, site: MiniSite) -> None:
        told = by_options(site, "tandem", "--mentor", "musterstadt", "--mentee", "musterstadt", code=1)
        assert [one["code"] for one in told["diagnostics"]] == ["tandem-self"]
        assert not (site.root / told["path"]).exists()

    def test_nothing_is_overwritten(self, site: MiniSite) -> None:
        before = text_of(site, "content/cities/musterstadt.yaml")
        told = by_options(site, "city", "--name", "Musterstadt", code=1)
        assert [one["code"] for one in told["diagnostics"]] == ["duplicate-id"]
        assert text_of(site, "content/cities/musterstadt.yaml") == before

    def test_nothing_is_overwritten_that_came_in_the_meantime(self, site: MiniSite) -> None:
        # A file whose name an editor's backup would have is not part of the content, but it is there.
        target = site.root / "content/cities/celle.yaml"
        target.mkdir()
        result = new(site, "city", "--no-input", *COMPLETE["city"][1], code=1)
        assert "content/cities/celle.yaml gibt es schon; nichts geschrieben." in result.stderr

    def test_the_same_id_in_another_year_is_found(self, site: MiniSite) -> None:
        told = by_options(site, "news", "--title", "Meldung", "--lead", "Anders.", code=1)
        assert [one["code"] for one in told["diagnostics"]] == ["duplicate-id"]

    @pytest.mark.parametrize("slug", ["Fest", "../fest", "fest.en", "fest/neu", "fäst", "-"])
    def test_a_name_that_can_be_no_address_is_refused(self, site: MiniSite, slug: str) -> None:
        before = snapshot(site.root / "content")
        told = by_options(site, "page", "--title", "Fest", "--lead", "Erfunden.", "--slug", slug, code=1)
        assert [one["code"] for one in told["diagnostics"]] == ["file-name"]
        assert snapshot(site.root / "content") == before

    def test_without_a_title_there_is_no_name(self, site: MiniSite) -> None:
        result = new(site, "news", "--no-input", code=2)
        assert "Ohne --title oder --slug hat die Datei keinen Namen." in result.stderr

    def test_it_speaks_english_and_comments_stay_german(self, site: MiniSite) -> None:
        result = new(site, "news", "--no-input", "--lang", "en", "--title", "Fest")
        assert "Created: content/news/2022/fest.md" in result.stdout
        assert "Still to be filled in:" in result.stdout
        assert "make check" in result.stdout
        assert "## Überschrift (Pflicht): " in text_of(site, "content/news/2022/fest.md")

    def test_warnings_are_told_and_keep_nobody_from_writing(self, site: MiniSite) -> None:
        result = new(site, "event", "--no-input", *COMPLETE["event"][1][:-2])
        assert "[source-missing]" in result.stdout
        assert "Die Datei besteht die Prüfung." in result.stdout

    def test_it_works_without_any_content(self, tmp_path: Path) -> None:
        empty = MiniSite(tmp_path, templates=False)
        assert by_options(empty, "page", *COMPLETE["page"][1])["complete"]

    def test_errors_elsewhere_are_not_its_business(self, site: MiniSite) -> None:
        site.write("content/cities/kaputt.yaml", "name: [\n")
        assert by_options(site, "page", *COMPLETE["page"][1])["diagnostics"] == []


class TestPlaces:
    def test_a_place_of_which_there_is_one_is_located(self, site: MiniSite) -> None:
        text = text_of(site, by_options(site, "city", "--name", "Celle")["path"])
        assert "\nstate: DE-NI\n" in text
        assert "\ncoordinates: {lat: 52.62, lon: 10.08}\n" in text

    def test_a_name_that_several_have_is_not_guessed(self, site: MiniSite) -> None:
        result = new(site, "city", "--no-input", "--name", "Neustadt")
        assert "Neustadt an der Aisch, Bayern" in result.stderr
        assert "\n# coordinates:\n" in text_of(site, "content/cities/neustadt.yaml")

    def test_what_is_given_stays(self, site: MiniSite) -> None:
        told = by_options(
            site, "city", "--name", "Celle", "--coordinates", "52,5 10,1", "--state", "Niedersachsen"
        )
        text = text_of(site, told["path"])
        assert "\ncoordinates: {lat: 52.5, lon: 10.1}\n" in text

    def test_a_position_outside_germany_is_refused(self, site: MiniSite) -> None:
        told = by_options(site, "city", *COMPLETE["city"][1], "--coordinates", "10.08, 52.62", code=1)
        assert [one["code"] for one in told["diagnostics"]] == ["coordinates-outside"]

    def test_a_shorter_name_is_no_certain_place(self) -> None:
        gazetteer = load_gazetteer()
        assert certain("Mainz-Mombach", gazetteer) is None
        assert certain("Marburg", gazetteer) is None
        assert [place.name for place in candidates("Marburg", gazetteer)] == ["Marburg an der Lahn"]
        assert certain("Winsen", gazetteer) is None
        assert certain("…", gazetteer) is None

    def test_the_gazetteer_agrees_with_the_content(self) -> None:
        """Two sources of positions, gathered independently, tell of the same places."""
        gazetteer = load_gazetteer()
        compared = 0
        for path in sorted((ROOT / "content/cities").glob("*.yaml")):
            record = parse_entry(
                SourceFile.of(f"content/cities/{path.name}", path.read_bytes()), KINDS["city"]
            )[0]
            assert record is not None
            city: Any = record.entry
            place = certain(city.name, gazetteer)
            if place is None or city.coordinates is None:
                continue
            compared += 1
            assert place.state == city.state, city.name
            assert abs(float(place.lat) - city.coordinates.lat) < 0.1, city.name
            assert abs(float(place.lon) - city.coordinates.lon) < 0.1, city.name
        assert compared > 70

    def test_the_gazetteer_is_small_and_says_whose_it_is(self) -> None:
        folder = ROOT / "stadtnetz/authoring/gazetteer"
        assert (folder / "places.csv").stat().st_size < 150_000
        assert "Creative Commons Attribution 4.0" in (folder / "NOTICE.md").read_text("utf-8")


class TestAtATerminal:
    """The same, asked and answered in a pseudo-terminal."""

    def test_news_with_mistakes_on_the_way(self, site: MiniSite) -> None:
        code, screen = at_a_terminal(
            ["new", "news", "--root", str(site.root), *DAY],
            ("Art", "1"),
            ("Überschrift (Pflicht)", "Größe zeigen: Musterstadt feiert"),
            ("Dachzeile", ""),
            ("Ortsmarke", "Musterstadt"),
            ("Vorspann (Pflicht)", "Ein erfundenes Fest."),
            ("[2022-08-01]", "31.02.2022"),
            ("31.02.2022", "2022-08-02"),
            ("Sperrfrist", ""),
            ("musterstadt – Musterstadt", "musterstatt"),
            ("Meinten Sie „musterstadt“?", "Musterstadt"),
            ("Partner", ""),
            ("musterstadt-beispielhausen – Musterstadt – Beispielhausen", ""),
            ("Themen", ""),
            ("Quellen: Adresse\n  Vollständige Adresse", "musterstadt.de"),
            ("https://musterstadt.de", "https://musterstadt.de/fest"),
            ("[2022-08]", ""),
            ("[groesse-zeigen-musterstadt-feiert]", ""),
        )
        assert code == 0, screen
        path = "content/news/2022/groesse-zeigen-musterstadt-feiert.md"
        assert f"Angelegt: {path}" in screen
        assert "Die Datei besteht die Prüfung." in screen
        assert "2. make check" in screen
        assert '\ntitle: "Größe zeigen: Musterstadt feiert"\n' in text_of(site, path)
        assert "\ncities: [musterstadt]\n" in text_of(site, path)
        assert not [line for line in site.findings() if path in line]

    def test_a_city_whose_name_several_places_have(self, site: MiniSite) -> None:
        terminal = Terminal("new", "city", "--lang", "en", "--root", str(site.root), *DAY, *SOURCE)
        terminal.answer(("Name, as the place", "Neustadt"))
        terminal.expect("Neustadt in Sachsen, Sachsen")
        number = re.search(r"(\d+) Neustadt an der Aisch, Bayern", terminal.screen)
        assert number is not None
        terminal.answer(("Number", "99"), ("A number from 0 to", number[1]))
        terminal.answer(
            ("Short name", ""),
            ("What kind of place", "city"),
            ("[DE-BY]", ""),
            ("[49.58, 10.61]", ""),
            ("Selected by the jury", ""),
            ("Admitted on", "2022-07"),
            ("Summary", ""),
            ("Website", ""),
            ("beteiligung – Beteiligung", "?bet"),
            ("beteiligung – Beteiligung", "beteiligung"),
            ("[2022-08-01]", ""),
            ("[2022-08]", ""),
            ("[neustadt]", ""),
        )
        assert terminal.end() == 0, terminal.screen
        text = text_of(site, "content/cities/neustadt.yaml")
        assert "\nstate: DE-BY\n" in text
        assert "\ncoordinates: {lat: 49.58, lon: 10.61}\n" in text
        assert "The file passes the check." in terminal.screen

    def test_a_tandem_whose_mentor_is_not_known_yet(self, site: MiniSite) -> None:
        code, screen = at_a_terminal(
            ["new", "tandem", "--root", str(site.root), *DAY, *SOURCE],
            ("Begleitender Ort", ""),
            ("Begleiteter Ort", "Beispielhausen"),
            ("Erwartet bis", "2022-12"),
            ("Angekündigt", "-"),
            ("Beginn", ""),
            ("Kurzbeschreibung", ""),
            ("Themen", ""),
            ("[2022-08-01]", "-"),
            ("[2022-08]", ""),
            ("[beispielhausen-2022]", "Beispiel"),
            ("beispiel.yaml", "beispiel"),
        )
        assert code == 0, screen
        text = text_of(site, "content/tandems/beispiel.yaml")
        assert "pending:\n  expected: 2022-12\n" in text
        assert "\n# updated:\n" in text

    def test_what_is_wrong_together_is_asked_again(self, site: MiniSite) -> None:
        code, screen = at_a_terminal(
            ["new", "event", "--root", str(site.root), *DAY, *SOURCE],
            ("Titel", "Werkstatt"),
            ("Kurzbeschreibung", "Erfunden."),
            ("Beginn", "2023-05-06"),
            ("Letzter Tag", "2023-05-05"),
            ("Prüfen Sie „start“ und „end“", "2023-05-07"),
            ("Ort", ""),
            ("Veranstaltet von", ""),
            ("Orte", ""),
            ("Themen", ""),
            ("[2022-08-01]", ""),
            ("[2022-08]", ""),
            ("[werkstatt-2023]", ""),
        )
        assert code == 0, screen
        assert "\nend: 2023-05-07\n" in text_of(site, "content/events/werkstatt-2023.yaml")

    @pytest.mark.parametrize("kind", ["partner", "page"])
    def test_nobody_has_to_answer_anything_but_the_name(self, site: MiniSite, kind: str) -> None:
        questions = [one for one in FORMS[kind].questions if not one.only_with]
        first = questions[0]
        terminal = Terminal("new", kind, "--root", str(site.root), *DAY)
        terminal.answer((FORMS[kind].field(first).label, "Neu"))
        for question in questions[1:]:
            terminal.answer((FORMS[kind].field(question).label, ""))
        terminal.answer(("[neu]", ""))
        assert terminal.end() == 0, terminal.screen
        assert "Das ist noch auszufüllen:" in terminal.screen
        assert "Füllen Sie es aus." in terminal.screen

    def test_stopping_writes_nothing(self, site: MiniSite) -> None:
        before = snapshot(site.root / "content")
        terminal = Terminal("new", "news", "--root", str(site.root), *DAY)
        terminal.answer(("Art", "news"), ("Überschrift", "Fest"))
        terminal.expect("Dachzeile")
        terminal.expect("> ")
        assert terminal.interrupt() == 1
        assert "Abgebrochen; nichts geschrieben." in terminal.screen
        assert snapshot(site.root / "content") == before


class TestTheFile:
    @pytest.mark.parametrize("kind", FORMS)
    def test_every_field_of_the_model_can_be_uncommented(self, kind: str) -> None:
        text = write_sheet(KINDS[kind], {}).text
        if KINDS[kind].form == "markdown":
            parts, problems = split(text, "x.md")
            assert parts is not None
            assert not problems
            text = parts.yaml
        uncommented = re.sub(r"^# ", "", text, flags=re.MULTILINE)
        document, problems = parse_yaml(uncommented, "x.yaml")
        assert problems == ()
        assert document is not None
        keys = {loc[0] for loc in document.spans.keys}
        assert keys == set(KINDS[kind].model.model_fields)
        for loc in document.spans.keys:
            assert isinstance(field_at(KINDS[kind].model, loc), Field)

    @given(st.text(max_size=120), st.lists(st.text(min_size=1, max_size=20), max_size=3))
    def test_whatever_is_answered_is_read_as_just_that(self, title: str, names: list[str]) -> None:
        answers = {("title",): title, ("cities",): names, ("place", "name"): title}
        sheet = write_sheet(KINDS["event"], {loc: value for loc, value in answers.items() if value})
        document, problems = parse_yaml(sheet.text, "x.yaml")
        assert document is not None
        if not any(one.code == "template-syntax" for one in problems):
            assert document.data.get("title", "") == unicodedata.normalize("NFC", title)
            assert document.data.get("cities", []) == [unicodedata.normalize("NFC", one) for one in names]

    @pytest.mark.parametrize("kind", FORMS)
    def test_every_question_names_a_field(self, kind: str) -> None:
        form = FORMS[kind]
        for question in form.questions:
            assert form.field(question).label
            assert question.english
        options = [question.option for question in form.questions]
        assert len(options) == len(set(options))
        required = {field.name for field in fields_of(KINDS[kind].model) if field.required}
        assert required <= {question.loc[0] for question in form.questions}

    def test_both_languages_say_the_same(self) -> None:
        assert NEW_WORDS["de"].keys() == NEW_WORDS["en"].keys()
        for name, german in NEW_WORDS["de"].items():
            assert re.findall(r"{\w+}", german) == re.findall(r"{\w+}", NEW_WORDS["en"][name]), name


def test_other_commands_do_not_wait_for_it() -> None:
    script = (
        "import sys, stadtnetz.cli; "
        "print([name for name in sys.modules if 'authoring' in name or name == 'pydantic'])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert shown.stdout.strip() == "[]"
