"""The command line as a person meets it: help, options, summaries, exit codes, progress."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import stadtnetz.cli as command_line
from stadtnetz import __version__
from stadtnetz.cli import cli
from stadtnetz.cli.report import Report
from tests.minisite import NETWORK, ROOT, MiniSite, snapshot

DAY = ("--as-of", "2022-08-01")


@pytest.fixture
def site(tmp_path: Path) -> MiniSite:
    return MiniSite(tmp_path, NETWORK)


def run(*arguments: str, env: dict[str, str] | None = None) -> Result:
    result = CliRunner(env=env).invoke(cli, list(arguments), prog_name="build.py")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def build(site: MiniSite, *options: str, env: dict[str, str] | None = None) -> Result:
    return run("build", "--root", str(site.root), *options, env=env)


def check(site: MiniSite, *options: str) -> Result:
    return run("check", "--root", str(site.root), *options)


class TestHelp:
    @pytest.mark.parametrize("option", ["--help", "-h"])
    def test_the_group_explains_itself(self, option: str) -> None:
        result = run(option)
        assert result.exit_code == 0
        for word in ("build", "check", "python build.py build --as-of", "Rückgabe: 0 in Ordnung", "content/"):
            assert word in result.output

    def test_without_a_command_it_explains_itself_too(self) -> None:
        result = run()
        assert "python build.py check" in result.output
        assert result.exit_code in (0, 2)

    @pytest.mark.parametrize("command", ["build", "check"])
    def test_each_command_lists_its_options(self, command: str) -> None:
        result = run(command, "--help")
        assert result.exit_code == 0
        for option in (
            *(
                "--as-of",
                "--base-url",
                "--drafts / --no-drafts",
                "--strict / --no-strict",
                "--format [text|json|github|gitlab|sarif|junit|markdown]",
            ),
            *("--lang [de|en]", "--report DATEI", "-q, --quiet", "-v, --verbose"),
        ):
            assert option in result.output
        assert ("--output" in result.output) == (command == "build")

    def test_the_version(self) -> None:
        assert run("--version").output == f"stadtnetz, version {__version__}\n"


class TestUsage:
    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (("bauen",), "bauen"),
            (("build", "--schnell"), "--schnell"),
            (("build", "--as-of", "gestern"), "„gestern“ ist kein Datum; so geht es: 2022-08-01"),
            (("build", "--as-of", "2022-02-30"), "kein Datum"),
            (("build", "--as-of", ""), "kein Datum"),
            (("build", "--base-url", "example.org"), "keine vollständige Adresse"),
            (("build", "--base-url", "ftp://example.org"), "keine vollständige Adresse"),
            (("build", "--base-url", "https://[::1"), "keine vollständige Adresse"),
            (("build", "--base-url", "https://example.org:x/"), "keine vollständige Adresse"),
            (("build", "--base-url", "https://example.org/?a=b"), "keine vollständige Adresse"),
            (("check", "--format", "xml"), "xml"),
            (("check", "--lang", "fr"), "fr"),
            (("check", "--output", "x"), "--output"),
            (("check", "--root", "gibt/es/nicht"), "gibt/es/nicht"),
        ],
    )
    def test_wrong_usage_is_told_and_ends_with_2(self, arguments: tuple[str, ...], words: str) -> None:
        result = run(*arguments)
        assert result.exit_code == 2
        assert words in " ".join(result.stderr.split())

    def test_a_moment_that_is_none_in_the_environment(self, site: MiniSite) -> None:
        for epoch in ("heute", "9" * 30):
            result = build(site, env={"SOURCE_DATE_EPOCH": epoch})
            assert result.exit_code == 2
            assert "SOURCE_DATE_EPOCH" in result.stderr


class TestSummary:
    def test_a_build_says_what_was_built_and_what_needs_attention(self, site: MiniSite) -> None:
        first = build(site, *DAY, "--no-search")
        assert first.exit_code == 0
        pages = len(list(site.output.rglob("*.html")))
        files = sum(path.is_file() for path in site.output.rglob("*")) - 1  # the marker is not of the site
        assert re.search(
            rf"^Gebaut: {pages} Seiten, {files} Dateien nach .*output/ in \d+,\d s "
            rf"\(\d+ gerendert, {files} geschrieben, 0 unverändert, 0 entfernt\)\.$",
            first.stdout,
            re.MULTILINE,
        )
        assert re.search(
            r"^Zu beachten: \d+ Warnungen\. Einzelheiten: python build\.py check$", first.stdout, re.M
        )
        site.remove("content/news/2021/meldung.md")
        second = build(site, *DAY, "--no-search", "--lang", "en")
        written = re.search(r"(\d+) written, (\d+) unchanged, (\d+) removed\)", second.stdout)
        assert written is not None
        assert (
            int(written[3]) == 7
        )  # the item, the lists of its year, type and place, feeds of type, place and state
        assert int(written[2]) > 0

    def test_it_says_when_the_site_will_change_by_itself(self, site: MiniSite) -> None:
        assert (
            "ändert sich von selbst wieder am 10.01.2022, 00:00."
            in build(site, "--as-of", "2022-01-01").stdout
        )
        english = build(site, "--as-of", "2022-01-01", "--lang", "en").stdout
        assert "will change by itself on 2022-01-10 00:00." in english
        assert "von selbst" not in build(site, "--as-of", "2031-01-01").stdout

    def test_a_warning_stands_in_one_line_and_with_v_in_full(self, site: MiniSite) -> None:
        short, long = build(site, *DAY).stderr, build(site, *DAY, "-v").stderr
        assert "site.yaml:1:1: Warnung: " in short
        assert "[operator-missing]" not in short
        assert "site.yaml:1:1: Warnung [operator-missing]" in long
        assert "  Hinweis: " in long

    def test_quiet_says_what_is_wrong_and_nothing_else(self, site: MiniSite) -> None:
        result = build(site, *DAY, "--quiet")
        assert result.exit_code == 0
        assert result.stdout == ""
        assert all(": Warnung: " in line for line in result.stderr.splitlines() if line)

    def test_a_check_counts(self, site: MiniSite) -> None:
        assert re.search(r"^0 Fehler, \d+ Warnungen \(\d+,\d s\)\.$", check(site, *DAY).stderr, re.MULTILINE)
        site.edit("content/cities/musterstadt.yaml", "type: city", "type: dorf")
        result = check(site, *DAY, "--lang", "en")
        assert result.exit_code == 1
        assert re.search(r"^1 error, \d+ warnings \(\d+\.\d s\)\.$", result.stderr, re.MULTILINE)
        assert not site.output.exists()

    def test_a_build_with_errors_says_that_nothing_changed(self, site: MiniSite) -> None:
        site.edit("content/cities/musterstadt.yaml", "type: city", "type: dorf")
        result = build(site, *DAY)
        assert result.exit_code == 1
        assert re.search(r"^Nichts gebaut: .*output/ bleibt, wie es ist\.$", result.stderr, re.MULTILINE)
        assert not site.output.exists()

    def test_json_holds_everything_and_is_alone_on_its_stream(self, site: MiniSite) -> None:
        result = build(site, *DAY, "--format", "json")
        told = json.loads(result.stdout)
        assert result.stderr == ""
        assert (told["ok"], told["errors"]) == (True, 0)
        assert told["warnings"] == len(told["diagnostics"]) > 0
        assert told["pages"] == len(list(site.output.rglob("*.html")))
        assert told["files"] == told["written"] + told["kept"]
        assert told["valid_until"] is None or datetime.fromisoformat(told["valid_until"])
        assert {*told["diagnostics"][0]} == {
            *(
                "path",
                "line",
                "column",
                "end_line",
                "end_column",
                "severity",
                "code",
                "message",
                "hint",
                "related",
            ),
        }

    def test_no_colours_where_there_is_no_terminal(self, site: MiniSite) -> None:
        assert "\x1b" not in build(site, *DAY, "-v").output


class TestStrict:
    def test_warnings_count_as_errors(self, site: MiniSite) -> None:
        build(site, *DAY)
        before = snapshot(site.output)
        site.edit("content/news/2021/meldung.md", "Ein erfundener Text", "Ein neuer Text")
        for command in (build, check):
            result = command(site, *DAY, "--strict")
            assert result.exit_code == 1
            assert "Mit --strict zählen Warnungen wie Fehler." in result.stderr
        assert json.loads(check(site, *DAY, "--strict", "--format", "json").stdout)["ok"] is False
        assert snapshot(site.output) == before


class TestOptions:
    def test_output_goes_where_it_is_told(self, site: MiniSite, tmp_path: Path) -> None:
        assert build(site, *DAY, "--output", str(tmp_path / "dort" / "netz")).exit_code == 0
        assert (tmp_path / "dort/netz/index.html").is_file()
        assert not site.output.exists()

    def test_a_folder_with_other_files_is_not_replaced(self, site: MiniSite, tmp_path: Path) -> None:
        (tmp_path / "briefe").mkdir()
        (tmp_path / "briefe/wichtig.txt").write_text("Wichtig")
        result = build(site, *DAY, "--output", str(tmp_path / "briefe"))
        assert result.exit_code == 1
        assert "[output-foreign]" in result.stderr
        assert snapshot(tmp_path / "briefe") == {"wichtig.txt": b"Wichtig"}

    @pytest.mark.parametrize("moment", ["2022-08-01", "01.08.2022", "2022-08-01 00:00"])
    def test_a_moment_can_be_written_in_several_ways(self, moment: str, site: MiniSite) -> None:
        assert build(site, "--as-of", moment).exit_code == 0

    def test_the_base_address_gets_its_slash(self, site: MiniSite) -> None:
        build(site, *DAY, "--base-url", "https://musterstadt.de/netz")
        assert 'href="https://musterstadt.de/netz/staedte/"' in site.html("staedte")

    def test_the_epoch_of_the_environment_is_the_moment_and_the_option_overrides_it(
        self, site: MiniSite
    ) -> None:
        site.edit("content/news/2021/meldung.md", "2021-07-08", "2022-08-01 12:30")
        before = int(datetime(2022, 8, 1, 10, 29, 59, tzinfo=UTC).timestamp())
        page = site.output / "aktuelles/2022/meldung/index.html"
        build(site, env={"SOURCE_DATE_EPOCH": str(before)})
        assert not page.exists()
        build(site, env={"SOURCE_DATE_EPOCH": str(before + 1)})
        assert page.exists()
        build(site, "--as-of", "2022-08-01 12:29", env={"SOURCE_DATE_EPOCH": str(before + 1)})
        assert not page.exists()


class TestProgress:
    def said(self, monkeypatch: pytest.MonkeyPatch, *, quiet: bool = False, ci: str = "") -> str:
        class Terminal(io.StringIO):
            def isatty(self) -> bool:
                return True

        terminal = Terminal()
        monkeypatch.setattr(sys, "stderr", terminal)
        monkeypatch.setenv("CI", ci)
        report = Report("de", as_json=False, quiet=quiet, verbose=False)
        report.progress("read", 0, 1)
        for done in range(101):
            report.progress("render", done, 100)
        return terminal.getvalue()

    def test_a_terminal_sees_one_line_that_goes_on(self, monkeypatch: pytest.MonkeyPatch) -> None:
        text = self.said(monkeypatch)
        assert "Lesen …" in text
        assert "Seiten bauen 50/100" in text
        assert text.endswith("Seiten bauen 100/100")
        assert "\n" not in text

    def test_ci_and_quiet_see_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.said(monkeypatch, ci="true") == ""
        assert self.said(monkeypatch, quiet=True) == ""

    def test_a_file_sees_nothing(self, site: MiniSite) -> None:
        assert "\r" not in build(site, *DAY).output


class TestBugs:
    def fails(self, monkeypatch: pytest.MonkeyPatch, error: Callable[[], BaseException]) -> int | str | None:
        def broken(*_: object, **__: object) -> None:
            raise error()

        monkeypatch.setattr(command_line, "examine", broken)
        monkeypatch.setattr(sys, "argv", ["build.py", "check", *DAY])
        with pytest.raises(SystemExit) as caught:
            command_line.main()
        return caught.value.code

    def test_a_bug_of_ours_is_admitted_and_ends_with_3(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert self.fails(monkeypatch, lambda: KeyError("verflixt")) == 3
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.startswith("Das ist ein Fehler im Programm, nicht in Ihren Inhalten.")
        assert "please report it" in said.err
        assert "KeyError: 'verflixt'" in said.err

    def test_so_is_one_without_end(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.fails(monkeypatch, RecursionError) == 3


def start(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Start build.py as a person would."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )


class TestBuildPy:
    def test_outside_the_prepared_environment_it_names_what_prepares_it(self) -> None:
        result = start("-I", "-S", "build.py", "--help")
        assert result.returncode == 1
        assert "make site" in result.stderr
        assert "Traceback" not in result.stderr
        assert "eingerichtet" in result.stderr
        assert "not set up" in result.stderr

    def test_it_works_as_a_program(self, site: MiniSite) -> None:
        result = start("build.py", "check", "--root", str(site.root), *DAY)
        assert result.returncode == 0
        assert "0 Fehler" in result.stderr

    def test_a_log_without_umlauts_still_gets_the_report(self, site: MiniSite) -> None:
        site.edit("content/cities/musterstadt.yaml", "name: Musterstadt", "name: Müsterstädt\nsumary: ä")
        for options in ((), ("--format", "json")):
            result = start(
                "build.py", "build", "--root", str(site.root), *DAY, *options, PYTHONIOENCODING="ascii"
            )
            assert result.returncode == 1
            assert "unknown-field" in result.stdout + result.stderr

    def test_the_language_of_the_machine_does_not_matter(self, site: MiniSite) -> None:
        result = start("build.py", "check", "--root", str(site.root), *DAY, LC_ALL="C", PYTHONUTF8="0")
        assert result.returncode == 0
        assert "Warnungen" in result.stderr
