"""Reports for CI systems: what each says of broken content, held against its schema or read by a parser of others."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft7Validator
from junitparser import JUnitXml
from lxml import etree

from stadtnetz.cli import cli
from stadtnetz.cli.delivery import FORMATS
from stadtnetz.diagnostics import Diagnostic, Related, Severity, Span, problem
from stadtnetz.diagnostics.reports import REPORTS
from stadtnetz.diagnostics.reports.github import MOST
from tests.minisite import NETWORK, MiniSite

SCHEMAS = Path(__file__).with_name("schemas")
MEETING = "content/news/2021/meldung.md"
BROKEN = {
    **NETWORK,
    "content/cities/dorf.yaml": "name: Dorf\ntype: dorf\nstate: DE-NI\nnaem: Dorf\n",
    MEETING: str(NETWORK[MEETING]).replace("city:beispielhausen", "city:beispielhausn"),
}

ERROR = problem(
    "unknown-reference",
    "content/a b,c:ö.md",
    Span.at(3, 7, 4),
    kind="topic",
    id="50 %",
    folder="topics",
    suggestion="",
)
WARNING = problem("base-url-example", "site.yaml", url="https://@team.example/::error::<b>")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> MiniSite:
    return MiniSite(tmp_path_factory.mktemp("reports"), BROKEN, templates=False)


def check(site: MiniSite, *options: str, code: int = 1, **env: str) -> Result:
    arguments = ["check", "--root", str(site.root), "--as-of", "2022-08-01", *options]
    result = CliRunner(env=env).invoke(cli, arguments, prog_name="build.py")
    assert result.exit_code == code, result.output
    return result


def errors(site: MiniSite) -> list[dict[str, Any]]:
    """Return what a check finds, as its own JSON has it."""
    found: list[dict[str, Any]] = json.loads(check(site, "--format", "json").stdout)["diagnostics"]
    assert len([one for one in found if one["severity"] == "error"]) >= 3
    return found


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Read workflow commands as the runner does (actions/runner, src/Runner.Common/ActionCommand.cs)."""
    read = []
    for line in text.removesuffix("\n").split("\n"):
        found = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        assert found is not None, line
        pairs = (one.partition("=")[::2] for one in found[2].split(","))
        properties = {name: _unescaped(value, "%3A", "%2C") for name, value in pairs}
        read.append((found[1], properties, _unescaped(found[3])))
    return read


def _unescaped(text: str, *more: str) -> str:
    for code in ("%0D", "%0A", *more, "%25"):
        text = text.replace(code, unquote(code))
    return text


def validator() -> Draft4Validator:
    return Draft4Validator(json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text("utf-8")))


class TestGitHub:
    def test_each_problem_stands_at_its_line(self, site: MiniSite) -> None:
        told = commands(check(site, "--format", "github").stdout)
        places = {(one["path"], str(one["line"])) for one in errors(site)}
        assert all((one["file"], one["line"]) in places for _, one, _ in told)
        typing = next(one for one in told if one[1]["title"] == "unknown-reference")
        assert typing[0] == "error"
        assert "beispielhausn" in typing[2]
        assert "Meinten Sie „beispielhausen“?" in typing[2].split("\n")[1]

    def test_the_ten_worst_come_first_and_the_summary_has_all(self, tmp_path: Path) -> None:
        summary = tmp_path / "summary.md"
        summary.write_text("# Schon da\n", "utf-8")
        many = {
            f"content/topics/thema-{n}.yaml": "name: Thema\nsumary: ist kein Feld\n" for n in range(MOST + 2)
        }
        whole = MiniSite(tmp_path, {**BROKEN, **many}, templates=False)
        told = commands(check(whole, "--format", "github", GITHUB_STEP_SUMMARY=str(summary)).stdout)
        assert [level for level, _, _ in told] == ["error"] * MOST
        text = summary.read_text("utf-8")
        assert text.startswith("# Schon da\n## Prüfung der Inhalte\n")
        found = errors(whole)
        assert text.count("\n- `") == len(found) > MOST
        for one in found:
            assert f"`{one['path']}:{one['line']}:{one['column']}`" in text

    def test_strict_makes_errors_of_warnings(self) -> None:
        assert [one[0] for one in commands(REPORTS["github"]((WARNING,), "de", False))] == ["warning"]
        assert [one[0] for one in commands(REPORTS["github"]((WARNING,), "de", True))] == ["error"]

    def test_what_could_end_a_command_is_escaped(self) -> None:
        (told,) = commands(REPORTS["github"]((ERROR,), "en", False))
        assert told[1] == {
            "title": "unknown-reference",
            "file": "content/a b,c:ö.md",
            "line": "3",
            "endLine": "3",
            "col": "7",
            "endColumn": "10",
        }
        assert "50 %" in told[2]
        hidden = problem("base-url-example", "site.yaml", url="##[add-mask]x")
        assert "##[" not in REPORTS["github"]((hidden,), "de", False)


class TestGitLab:
    def test_it_is_what_gitlab_validates(self, site: MiniSite) -> None:
        rows = json.loads(check(site, "--format", "gitlab").stdout)
        schema = Draft7Validator(json.loads((SCHEMAS / "gitlab-codeclimate.json").read_text("utf-8")))
        for row in rows:
            schema.validate(row)
            assert row["severity"] in ("info", "minor", "major", "critical", "blocker")
        found = errors(site)
        assert [
            (row["check_name"], row["location"]["path"], row["location"]["lines"]["begin"]) for row in rows
        ] == [(one["code"], one["path"], one["line"] or 1) for one in found]
        assert len({row["fingerprint"] for row in rows}) == len(rows)

    def test_a_fingerprint_survives_lines_above_it(self, site: MiniSite, tmp_path: Path) -> None:
        moved = MiniSite(
            tmp_path,
            {**BROKEN, "content/cities/dorf.yaml": "# neu\n\n" + str(BROKEN["content/cities/dorf.yaml"])},
        )
        before, after = (json.loads(check(one, "--format", "gitlab").stdout) for one in (site, moved))
        assert [one["fingerprint"] for one in before] == [one["fingerprint"] for one in after]
        assert [one["location"] for one in before] != [one["location"] for one in after]

    def test_the_same_twice_is_told_apart(self) -> None:
        rows = json.loads(REPORTS["gitlab"]((ERROR, ERROR), "de", False))
        assert rows[0]["fingerprint"] != rows[1]["fingerprint"]


class TestSarif:
    def test_it_is_valid_and_says_where(self, site: MiniSite) -> None:
        log = json.loads(check(site, "--format", "sarif").stdout)
        assert [error.message for error in validator().iter_errors(log)] == []
        (run,) = log["runs"]
        assert run["columnKind"] == "unicodeCodePoints"
        for result, one in zip(run["results"], errors(site), strict=True):
            where = result["locations"][0]["physicalLocation"]
            assert (
                run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == one["code"]
            )
            assert unquote(where["artifactLocation"]["uri"]) == one["path"]
            if one["line"]:
                assert where["region"]["startColumn"] == one["column"]
                assert where["region"]["endColumn"] == one["end_column"]

    def test_without_problems_it_is_valid_too(self) -> None:
        assert list(validator().iter_errors(json.loads(REPORTS["sarif"]((), "de", False)))) == []


class TestJUnit:
    def test_a_parser_reads_what_stops_the_build_as_failures(self, site: MiniSite) -> None:
        text = check(site, "--format", "junit").stdout
        xsd = etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd"))
        assert xsd.validate(etree.fromstring(text.encode())), xsd.error_log
        suite = next(iter(JUnitXml.fromstring(text.encode())))
        found = errors(site)
        assert suite.tests == len(found) == len({(case.classname, case.name) for case in suite})
        assert suite.failures == len([one for one in found if one["severity"] == "error"])
        strict = next(iter(JUnitXml.fromstring(check(site, "--format", "junit", "--strict").stdout.encode())))
        assert strict.failures == len([one for one in found if one["severity"] != "advice"])

    def test_nothing_wrong_is_one_test_that_passed(self) -> None:
        suite = next(iter(JUnitXml.fromstring(REPORTS["junit"]((), "de", True).encode())))
        assert (suite.tests, suite.failures) == (1, 0)


class TestMarkdown:
    def test_a_reader_sees_each_problem_and_nothing_else(self, site: MiniSite) -> None:
        text = check(site, "--format", "markdown").stdout
        errors_, warnings = text.split("### ")[1:3]
        assert re.match(r"\d+ Fehler\n", errors_)
        assert re.match(r"\d+ Warnungen\n", warnings)
        assert "- `content/cities/dorf.yaml:2:7`" in errors_

    def test_no_text_is_taken_for_markup_or_a_name(self) -> None:
        text = REPORTS["markdown"]((WARNING,), "de", False)
        assert "@team" not in text
        assert "<b>" not in text.replace("\\<b\\>", "")
        assert text.count("\n- ") == 1

    def test_a_comment_has_an_end(self) -> None:
        many = tuple(
            problem(
                "unknown-reference",
                f"content/{n}.md",
                kind="topic",
                id="x" * 200,
                folder="topics",
                suggestion="",
            )
            for n in range(500)
        )
        text = REPORTS["markdown"](many, "de", False)
        assert len(text) < 65_536
        shown = text.count("\n- ")
        assert f"… und {500 - shown} weitere" in text

    def test_all_is_well(self) -> None:
        assert "Keine Fehler, keine Warnungen." in REPORTS["markdown"]((), "de", True)


class TestWhereItGoes:
    def test_on_standard_output_it_stands_alone_and_people_are_told_beside_it(self, site: MiniSite) -> None:
        result = check(site, "--format", "sarif")
        json.loads(result.stdout)
        assert "Fehler [unknown-reference]" in result.stderr

    @pytest.mark.parametrize("form", FORMATS[1:])
    def test_in_a_file_it_says_the_same(self, site: MiniSite, tmp_path: Path, form: str) -> None:
        file = tmp_path / "report"
        result = check(site, "--format", form, "--report", str(file))
        assert "Fehler [unknown-reference]" in result.stderr
        assert result.stdout == ""
        without = re.compile(r'"seconds": [\d.]+')
        assert without.sub("", file.read_text("utf-8")) == without.sub(
            "", check(site, "--format", form).stdout
        )

    def test_a_build_reports_as_well(self, tmp_path: Path) -> None:
        whole = MiniSite(tmp_path, NETWORK)
        arguments = [
            "build",
            "--root",
            str(whole.root),
            "--as-of",
            "2022-08-01",
            "--no-search",
            "--format",
            "github",
        ]
        result = CliRunner().invoke(cli, arguments, prog_name="build.py")
        assert result.exit_code == 0
        assert {level for level, _, _ in commands(result.stdout)} == {"warning"}
        assert "Gebaut: " in result.stderr

    def test_a_report_needs_a_format_and_a_place(self, site: MiniSite, tmp_path: Path) -> None:
        assert "--report braucht --format" in check(site, "--report", str(tmp_path / "x"), code=2).stderr
        nowhere = str(tmp_path / "gibt/es/nicht.xml")
        told = " ".join(check(site, "--format", "junit", "--report", nowhere, code=2).stderr.split())
        assert "lässt sich nicht schreiben" in told


TEXTS = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(
    ["]]>", "%0A::error::", "\ufffe\x1b[31m"]
)


@given(TEXTS, TEXTS, st.booleans())
def test_no_text_breaks_a_report(path: str, name: str, strict: bool) -> None:
    found = (
        Diagnostic(
            "unknown-reference",
            f"content/{path}",
            Span(2, 3, 4, 1),
            (("folder", "x"), ("id", name), ("kind", "topic"), ("suggestion", name)),
            (Related("first-here", path, Span.at(1, 1)),),
        ),
    )
    assert len(commands(REPORTS["github"](found, "de", strict))) == 1
    JUnitXml.fromstring(REPORTS["junit"](found, "de", strict).encode())
    assert json.loads(REPORTS["gitlab"](found, "de", strict))[0]["location"]["path"] == f"content/{path}"
    log = json.loads(REPORTS["sarif"](found, "de", strict))
    uri = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote(uri) == f"content/{path}"
    assert len(REPORTS["markdown"](found, "de", strict).splitlines()) <= 7


def test_severities_have_an_order() -> None:
    assert list(Severity) == [Severity.ERROR, Severity.WARNING, Severity.ADVICE]
