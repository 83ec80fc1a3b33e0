"""`build.py import`: from releases as they arrive to drafts that pass the check."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from lxml import html as lxml_html

from stadtnetz.cli import cli
from stadtnetz.importing.furniture import RULES
from stadtnetz.importing.reading import read_release
from stadtnetz.importing.wording import IMPORT_WORDS
from tests.importing.made import MADE
from tests.importing.network import NETWORK_FILES, data_of, names
from tests.importing.scores import FIELDS, expected, scores, table
from tests.minisite import ROOT, MiniSite, snapshot

FLOORS = {"kicker": 0.7, "issuer": 0.9, "furniture": 0.95}
"""Share of right values below which a field must not fall; 1 where none is named."""
SHARED = Path(os.environ.get("STADTNETZ_SHARED", ROOT.parent / "shared"))
"""Where the project's sources lie beside it; the release there is not ours to copy into the repository."""


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("releases")
    for name in names():
        (folder / name).write_bytes(data_of(name))
    return folder


@pytest.fixture
def site(tmp_path: Path) -> MiniSite:
    return MiniSite(tmp_path, NETWORK_FILES, templates=False)


def run(site: MiniSite, file: Path | str, *options: str, code: int = 0, given: bytes | None = None) -> Result:
    arguments = ["import", str(file), "--root", str(site.root), "--as-of", "2024-02-01", *options]
    result = CliRunner().invoke(cli, arguments, prog_name="build.py", input=given)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    return result


def told(site: MiniSite, file: Path | str, *options: str, code: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(site, file, "--format", "json", *options, code=code).stdout)
    return found


def words_of(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text))


def test_every_release_is_in_the_table() -> None:
    assert sorted(expected()) == names()
    assert len(names()) >= 11


def test_fields_are_recognised_as_well_as_they_were() -> None:
    counted = scores()
    print(f"\n{table(counted)}")
    low = {
        name: score
        for name, score in counted.items()
        if min(score.precision, score.recall) < FLOORS.get(name, 1.0)
    }
    assert low == {}
    assert set(counted) == set(FIELDS)


def test_the_figures_in_the_handbook_are_these() -> None:
    assert table(scores()) in (ROOT / "docs/handbuch/import.md").read_text("utf-8")


def test_the_figure_would_fall_if_a_field_were_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = expected()
    wrong["verband.txt"]["title"] = ["Etwas anderes"]
    monkeypatch.setattr("tests.importing.scores.expected", lambda: wrong)
    assert scores()["title"].precision < 1


@pytest.mark.parametrize("name", names())
def test_a_release_becomes_a_draft_that_passes(site: MiniSite, sources: Path, name: str) -> None:
    result = told(site, sources / name)
    assert (result["ok"], result["written"], result["complete"]) == (True, True, True)
    text = (site.root / result["path"]).read_text("utf-8")
    assert text == result["text"]
    assert "\ndraft: ja\n" in text
    severities = {one["severity"] for one in result["diagnostics"]}
    assert severities <= {"advice"}
    unsure = [one for one in result["diagnostics"] if one["code"] == "import-unsure"]
    assert len(unsure) == text.count("# unsicher:") == len(result["unsure"])


@pytest.mark.parametrize("name", names())
def test_every_word_is_kept(site: MiniSite, sources: Path, name: str) -> None:
    document = read_release(data_of(name), name)
    draft = told(site, sources / name, "--stdout")["text"]
    body = draft.replace("\n## ", " ").replace("\\", "").replace("\n  ", " ")
    kept = words_of(body)
    for block in document.blocks:
        missing = words_of(block.text) - kept
        assert not missing, block.text
    # What the reader itself says must be what the file says, or nothing would have been shown.
    if name.endswith(".txt"):
        raw = data_of(name)
        source = raw.decode("cp1252" if "cp1252" in name else "utf-8")
        lost = words_of(source) - words_of(" ".join(block.text for block in document.blocks))
        # Words that were broken at a line's end are whole now, and numbers of list items are marks.
        assert all(re.search(rf"{part}-\n|-\n\s*{part}", source) for part in lost)


@pytest.mark.parametrize("name", names())
def test_nothing_is_invented(site: MiniSite, sources: Path, name: str) -> None:
    document = read_release(data_of(name), name)
    hints = document.hints
    known = words_of(
        " ".join(
            [*(block.text for block in document.blocks), hints.title, hints.address, *document.attachments]
        )
    )
    text = told(site, sources / name, "--stdout")["text"]
    body = re.sub(r"\]\((?:city:|partner:|https:)[^)]+\)", "]", text.split("\n---\n", 1)[1])
    invented = set(words_of(body.replace("&lt;", "<").replace("&gt;", ">"))) - set(known)
    assert invented - {"Noch", "nicht", "zugeordnet", "https", "1"} == set()


def test_links_stand_at_the_first_mention(site: MiniSite, sources: Path) -> None:
    body = told(site, sources / "ministerium.txt")["text"].split("\n---\n", 1)[1]
    assert "Auch Beispielhausens Nachbarort [Mühlenbruecks](city:muehlenbrueck) Verwaltung" in body
    assert body.count("(city:beispielhausen)") == 1


def test_a_person_called_like_a_place_is_no_place(site: MiniSite, sources: Path) -> None:
    result = told(site, sources / "verband.txt")
    assert "Peter Musterstadt, Sprecher" in result["text"]
    assert any(one["code"] == "city-guess" for one in result["unsure"])


def test_signs_stay_signs_and_scripts_are_gone(site: MiniSite, sources: Path) -> None:
    text = told(site, sources / "universitaet.html")["text"]
    assert "5 \\* 3 Karten und einem Bogen_mit_Feldern; die Antworten &lt;anonym&gt;" in text
    assert "[Der Bericht](https://uni.neu-musterburg.example/bericht)" in text
    for hidden in ("tracking", "document.write", "color:red", "<script"):
        assert hidden not in text


def test_a_picture_waits_as_a_comment_with_its_people(site: MiniSite, sources: Path) -> None:
    text = told(site, sources / "zweisprachig.txt")["text"]
    assert '#     credit: "Stadt Musterstadt/J. Linse"' in text
    assert '#       - {name: "Kai Exempel", role: "Bürgermeister", column: "centre"}' in text


def test_the_embargo_holds_without_the_draft(site: MiniSite, sources: Path) -> None:
    path = site.root / told(site, sources / "stiftung.txt")["path"]
    assert "\nembargo: 2023-03-16T10:00\n" in path.read_text("utf-8")


def test_what_is_left_must_be_cleared_before_it_is_public(site: MiniSite, sources: Path) -> None:
    result = told(site, sources / "stadt-webseite-kopiert.txt")
    assert "import-rest" in {one["code"] for one in result["diagnostics"]}
    site.edit(result["path"], "\ndraft: ja\n", "\n")
    assert any(line.endswith("import-rest-public") for line in site.findings("2024-02-01"))


def test_it_also_stands_in_the_site_that_is_built(tmp_path: Path, sources: Path) -> None:
    site = MiniSite(tmp_path, NETWORK_FILES)
    path = told(site, sources / "buergerstiftung.docx")["path"]
    page = Path("aktuelles") / Path(path).stem
    assert site.build("2024-02-01", drafts=True).published is not None
    shown = next(site.output.glob(f"**/{page.name}/index.html"))
    text = lxml_html.fromstring(shown.read_text("utf-8")).text_content()
    assert "Sie dauert" not in text
    assert "Die Schulung dauert fünf Abende" in text
    assert site.build("2024-02-01").published is not None
    assert not list(site.output.glob(f"**/{page.name}/index.html"))


class TestCommand:
    def test_it_says_what_it_found_in_german(self, site: MiniSite, sources: Path) -> None:
        said = run(site, sources / "verein.eml").stdout
        assert "Angelegt: content/news/2022/erste-ehrenamtsboerse-in-beispielhausen.md" in said
        assert "2 Zitate: Jörg Probe (2)" in said
        assert "Unsicher, bitte ansehen:" in said
        assert "Die Datei besteht die Prüfung." in said

    def test_it_says_what_it_found_in_english(self, site: MiniSite, sources: Path) -> None:
        said = run(site, sources / "verein.eml", "--lang", "en").stdout
        assert "Recognised:" in said
        assert "Unsure, please look:" in said
        assert "From signature or letterhead" in said

    def test_nothing_is_overwritten(self, site: MiniSite, sources: Path) -> None:
        run(site, sources / "verband.txt")
        before = snapshot(site.root / "content")
        said = run(site, sources / "verband.txt", code=1).stderr
        assert snapshot(site.root / "content") == before
        assert "Nichts geschrieben" in said

    def test_the_editor_knows_better(self, site: MiniSite, sources: Path) -> None:
        result = told(
            *(site, sources / "verband.txt", "--date", "05.01.2024", "--city", "musterstadt"),
            *("--slug", "umfrage"),
        )
        assert result["path"] == "content/news/2024/umfrage.md"
        assert "\npublished: 2024-01-05\n" in result["text"]
        assert "\ncities: [musterstadt, bad-beispiel]\n" in result["text"]

    def test_an_unknown_city_is_a_wrong_call(self, site: MiniSite, sources: Path) -> None:
        said = run(site, sources / "verband.txt", "--city", "musterstatt", code=2).stderr
        assert "Meinten Sie musterstadt?" in said

    def test_a_date_must_be_a_day(self, site: MiniSite, sources: Path) -> None:
        assert "kein Tag" in run(site, sources / "verband.txt", "--date", "2024", code=2).stderr

    def test_a_slug_that_is_none_writes_nothing(self, site: MiniSite, sources: Path) -> None:
        before = snapshot(site.root / "content")
        run(site, sources / "verband.txt", "--slug", "../../x", code=1)
        assert snapshot(site.root / "content") == before

    def test_a_text_may_come_from_the_clipboard(self, site: MiniSite, sources: Path) -> None:
        given = (sources / "stiftung.txt").read_bytes()
        said = run(site, "-", "--stdout", given=given).stdout
        assert said.startswith("---\n")
        assert not (site.root / "content/news").exists()

    def test_the_real_program_does_it(self, site: MiniSite, sources: Path) -> None:
        done = subprocess.run(
            [
                sys.executable,
                str(ROOT / "build.py"),
                "import",
                "-",
                "--root",
                str(site.root),
                "--as-of",
                "2024-02-01",
            ],
            input=(sources / "ministerium.txt").read_bytes(),
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        assert (
            site.root / "content/news/2023/land-und-kommunen-schliessen-pakt-fuer-das-ehrenamt.md"
        ).is_file()

    def test_both_languages_say_the_same(self) -> None:
        assert IMPORT_WORDS["de"].keys() == IMPORT_WORDS["en"].keys()


def test_every_rule_of_furniture_knows_its_example() -> None:
    for rule in RULES:
        assert rule.test(rule.example), rule.name
        assert not rule.test("Die Stadt hat den Verein für sein Engagement in der Nachbarschaft geehrt."), (
            rule.name
        )


def test_made_files_are_the_same_every_time() -> None:
    assert all(make() == make() for make in MADE.values())


@pytest.mark.skipif(not (SHARED / "domain").is_dir(), reason="the project's sources do not lie beside it")
def test_the_release_that_started_it() -> None:
    file = SHARED / "domain/press-release-lueneburg-2022-07-08.txt"
    done = subprocess.run(
        [
            sys.executable,
            str(ROOT / "build.py"),
            "import",
            str(file),
            "--stdout",
            "--format",
            "json",
            "--slug",
            "probe",
        ],
        capture_output=True,
        check=False,
    )
    result = json.loads(done.stdout)
    text = result["text"]
    assert result["complete"]
    for line in (
        "published: 2022-07-08",
        "dateline: Hansestadt Lüneburg",
        "issuer: Hansestadt Lüneburg",
        "cities: [lueneburg]",
        "background: programm-2022",
    ):
        assert f"\n{line}\n" in text
    for partner in (
        "mosaique",
        "heinrich-boell-haus-lueneburg",
        "paritaetischer-lueneburg",
        "junge-lueneburger",
    ):
        assert f"(partner:{partner})" in text
    assert (
        '{name: "Sonja Jamme", organisation: "Hansestadt Lüneburg", row: "front", column: "centre"}' in text
    )
    assert [one["speaker"] for one in result["quotes"]] == ["Claudia Kalisch"] * 3 + ["Sonja Jamme"] * 3
    assert "Schrift verkleinern" not in text.split("\n---\n", 1)[1]
