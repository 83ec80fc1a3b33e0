"""Bad input through the command line: each kind ends in a report at its place, in both languages, and nothing else.

In the texts a ▶ stands where the report must point; it is taken out before the file is written. All names are
invented.
"""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from stadtnetz.cli import cli
from tests.minisite import CITIES, MUSTERSTADT, NETWORK, SITE, Files, MiniSite, snapshot, without_mark
from tests.test_network import WHOLE

CITY = "content/cities/dritthausen.yaml"
NEWS = "content/news/2021/neues.md"
PAGE = "content/pages/seite.md"
SOURCE = 'sources: [{url: "https://musterstadt.de/beleg", seen: 2022-01}]'
LATIN = "name: Köln-Süd\ntype: city\nstate: DE-NI\n"


def city(more: str) -> str:
    return f"name: Dritthausen\ntype: city\nstate: DE-NI\n{more}\n{SOURCE}\n"


def page(body: str, more: str = "lead: Vorspann.") -> str:
    return f"---\ntitle: Seite\n{more}\n---\n{body}\n"


def news(more: str) -> str:
    return f"---\ntitle: Neues\nlead: Vorspann.\npublished: 2021-07-08\n{more}\n{SOURCE}\n---\nText\n"


@dataclass(frozen=True)
class Case:
    """A kind of bad input with the code that it must end in; `at` is the place where no ▶ can show it."""

    what: str
    code: str
    files: Files
    at: str = ""
    templates: bool = False


CASES = [
    # YAML
    Case("a bracket that never closes", "yaml-bracket", {CITY: city("topics: ▶[a, b")}),
    Case("a colon in a text", "yaml-colon", {CITY: city("summary: Wir sagen▶: ja")}),
    Case(
        "no space after the colon",
        "yaml-colon-space",
        {CITY: "name▶:Dritthausen\ntype: city\nstate: DE-NI\n"},
    ),
    Case("quotes that do not match", "yaml-quote", {CITY: city('summary: ▶"Wir sagen "ja" dazu"')}),
    Case("a list begun on the field's line", "yaml-list", {CITY: city("topics: ▶- lesen")}),
    Case(
        "indentation that does not fit",
        "yaml-indent",
        {CITY: "name: Dritthausen\n  ▶type: city\nstate: DE-NI\n"},
    ),
    Case("a line that is no field", "yaml-key", {CITY: "name: Dritthausen\n▶type city\nstate: DE-NI\n"}),
    Case("an alias", "yaml-alias", {CITY: "name: ▶&a Dritthausen\ntype: city\nstate: DE-NI\n"}),
    Case("a tag", "yaml-tag", {CITY: city("summary: ▶!!python/object:os.system x")}),
    Case("a second document", "yaml-documents", {CITY: city("▶---\nname: Nochmal")}),
    Case("a list for a file", "yaml-not-mapping", {CITY: "▶- name: Dritthausen\n"}),
    Case("a tab", "yaml-tab", {CITY: "name: Dritthausen\ncontact:\n▶\tname: Amt\n"}),
    Case(
        "a field twice",
        "duplicate-key",
        {CITY: city("type: city").replace("type: city\nsou", "▶type: city\nsou")},
    ),
    Case("a sign that may not begin a text", "yaml-character", {CITY: city("summary: ▶@amt")}),
    # encodings
    Case("Windows-1252", "encoding-invalid", {CITY: LATIN.encode("cp1252")}, at=f"{CITY}:1:8"),
    Case("UTF-16 with its mark", "encoding-utf16", {CITY: LATIN.encode("utf-16")}, at=f"{CITY}:1:1"),
    Case("UTF-16 without", "encoding-utf16", {CITY: LATIN.encode("utf-16-le")}, at=f"{CITY}:1:1"),
    Case("half a character", "encoding-invalid", {PAGE: page("ä").encode()[:-2]}, at=f"{PAGE}:5:1"),
    Case("NUL", "control-character", {CITY: city("summary: Ein \0 Loch")}, at=f"{CITY}:4:14"),
    Case("NUL in a text", "control-character", {PAGE: page("Ein \0 Loch")}, at=f"{PAGE}:5:5"),
    Case("an escape sequence", "control-character", {CITY: city("summary: Rot \x1b[31m")}, at=f"{CITY}:4:14"),
    Case(
        "a conflict of versions",
        "conflict-marker",
        {CITY: city("▶<<<<<<< HEAD\nwebsite: a\n=======\n>>>>>>> b")},
    ),
    # fields
    Case("an unknown field", "unknown-field", {CITY: city("▶lieblingsfarbe: gelb")}),
    Case("a misspelt field", "unknown-field", {CITY: city("▶sumary: Kurz")}),
    Case("an unknown field inside", "unknown-field", {CITY: city("contact: {▶mail: a@b.de}")}),
    Case("a missing field", "field-missing", {CITY: "▶name: Dritthausen\nstate: DE-NI\n"}),
    Case("an empty field", "field-empty", {CITY: "▶name:\ntype: city\nstate: DE-NI\n"}),
    Case("a text for a list", "list-expected", {NEWS: news("cities: ▶musterstadt")}),
    Case("a list for a text", "text-expected", {CITY: city("summary: ▶[a, b]")}),
    Case("a text for fields", "fields-expected", {CITY: city("contact: ▶Amt")}),
    Case("a word for a number", "number-expected", {CITY: city("coordinates: {lat: ▶Norden, lon: 9}")}),
    Case("a word for yes or no", "yes-no-form", {CITY: city("draft: ▶vielleicht")}),
    Case("an unknown choice", "unknown-choice", {CITY: city("").replace("type: city", "type: ▶dorf")}),
    Case("an unknown state", "unknown-state", {CITY: city("").replace("DE-NI", "▶NDS")}),
    Case("a broken address", "url-form", {CITY: city("website: ▶www.musterstadt.de")}),
    Case("a script for an address", "url-form", {CITY: city('website: ▶"javascript:alert(1)"')}),
    Case("something that is no date", "date-form", {CITY: city("updated: ▶neulich")}),
    Case("a day that does not exist", "date-impossible", {CITY: city("updated: ▶2022-02-30")}),
    Case("an hour that does not exist", "date-impossible", {NEWS: news("embargo: ▶2022-02-03 25:00")}),
    Case("a date that is too vague", "date-precision", {CITY: city("updated: ▶2022-02")}),
    Case(
        "an end before its start",
        "period-order",
        {CITY: city("membership: [{admitted: 2022, until: ▶2021}]")},
    ),
    Case(
        "a picture without alternative text",
        "picture-without-alt",
        {CITY: city("pictures:\n  - ▶file: b.png\n    credit: A")},
    ),
    Case(
        "a picture without credit",
        "picture-without-credit",
        {CITY: city("pictures:\n  - ▶file: b.png\n    alt: A")},
    ),
    # references and files
    Case("a dangling reference", "unknown-reference", {NEWS: news("cities: [▶musterstatd]")}),
    Case("a dangling link", "unknown-reference", {PAGE: page("Zu [Muster](▶city:musterstatd).")}),
    Case("a dangling address", "broken-path", {PAGE: page("Zu [Muster](▶/staedt/).")}),
    Case(
        "a path that leaves",
        "path-leaves-content",
        {PAGE: page("T", "lead: V\nattachments: [{file: ▶../../site.yaml, title: A}]")},
    ),
    Case("a picture from elsewhere", "remote-image", {PAGE: page("![Feld](▶https://musterstadt.de/a.png)")}),
    Case("no front matter", "front-matter-missing", {PAGE: "▶Nur Text\n"}),
    Case("front matter that never ends", "front-matter-unclosed", {PAGE: "▶---\ntitle: Seite\n\nText\n"}),
    Case(
        "front matter beside an entry",
        "front-matter-unexpected",
        {"content/cities/musterstadt.md": "▶---\na: b\n---\nT\n"},
    ),
    Case("an empty entry", "file-empty", {CITY: b""}, at=f"{CITY}:1:1"),
    Case("an entry of blanks", "file-empty", {CITY: b" \n\n"}, at=f"{CITY}:1:1"),
    Case("an empty text", "file-empty", {PAGE: b""}, at=f"{PAGE}:1:1"),
    Case(
        "an empty companion",
        "file-empty",
        {"content/cities/musterstadt.md": b""},
        at="content/cities/musterstadt.md:1:1",
    ),
    Case(
        "a file in no folder", "unknown-folder", {"content/citys/a.yaml": "a: b"}, at="content/citys/a.yaml"
    ),
    Case(
        "a name that is no address",
        "file-name",
        {"content/cities/Bad Muster.yaml": "a: b"},
        at="content/cities/Bad Muster.yaml",
    ),
    Case(
        "one id twice",
        "duplicate-id",
        {NEWS: news(""), "content/news/2022/neues.md": news("")},
        at="content/news/2022/neues.md",
    ),
    Case(
        "a page in the place of a list",
        "duplicate-permalink",
        {"content/pages/partner.md": page("T")},
        at="content/pages/partner.md",
    ),
    # Markdown
    Case("template syntax in a text", "template-syntax", {PAGE: page("Hier ▶{{ site.title }} steht")}),
    Case("a template's statement", "template-syntax", {PAGE: page("Hier ▶{% include 'x' %} steht")}),
    Case("template syntax in a field", "template-syntax", {CITY: city('summary: "▶{{ 7*7 }}"')}),
    Case("a script", "html-not-allowed", {PAGE: page("Hier ▶<script>alert(1)</script> steht")}),
    Case("an event handler", "html-not-allowed", {PAGE: page('Hier ▶<b onclick="alert(1)">steht</b>')}),
    Case(
        "an embedded frame",
        "html-not-allowed",
        {PAGE: page('▶<iframe src="https://musterstadt.de"></iframe>')},
    ),
    Case("a script in a link", "unsafe-link", {PAGE: page("[x](▶javascript:alert(1))")}),
    Case("an unknown scheme", "unknown-scheme", {PAGE: page("[x](▶stadt:musterstadt)")}),
    Case("a heading without a text", "heading-empty", {PAGE: page("▶##\n\nText")}),
    # site.yaml
    Case("site.yaml without a title", "field-missing", {"site.yaml": "▶tagline: Netz\n"}),
    Case("site.yaml that is no YAML", "yaml-bracket", {"site.yaml": "title: ▶[Netz\ntagline: T\n"}),
    Case("site.yaml with an unknown field", "unknown-field", {"site.yaml": f"{SITE}▶colour: red\n"}),
    Case(
        "site.yaml with an address that is none",
        "url-form",
        {"site.yaml": SITE.replace("https://netz", "▶netz")},
    ),
    Case(
        "site.yaml with a language that is none",
        "site-languages",
        {"site.yaml": SITE.replace("de-simple", "▶fr")},
    ),
    Case("an empty site.yaml", "file-empty", {"site.yaml": b""}, at="site.yaml:1:1"),
    # templates
    Case(
        "a template that is none", "template-error", {"templates/city.html": "<p>\n▶{% if %}"}, templates=True
    ),
    Case(
        "an unknown parent",
        "template-missing",
        {"templates/city.html": '▶{% extends "bas.html" %}'},
        templates=True,
    ),
    Case(
        "an include that varies",
        "template-dynamic",
        {"templates/city.html": "\n▶{% include page.x %}"},
        templates=True,
    ),
    Case(
        "a value that is not there",
        "template-undefined",
        {"templates/404.html": "<p>\n▶{{ page.nichts }}"},
        templates=True,
    ),
    Case(
        "an asset that is not there",
        "asset-missing",
        {"templates/404.html": "▶{{ asset('x.css') }}"},
        templates=True,
    ),
    Case(
        "a template in Windows-1252",
        "template-encoding",
        {"templates/404.html": b"<p>\xe4"},
        at="templates/404.html:1:4",
        templates=True,
    ),
]


@pytest.fixture(scope="module")
def old_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = MiniSite(tmp_path_factory.mktemp("old"), NETWORK)
    assert site.build().published is not None
    return site.output


@pytest.fixture
def make(tmp_path: Path, old_output: Path) -> Callable[..., MiniSite]:
    def with_old_output(files: Files, *, templates: bool = False) -> MiniSite:
        site = MiniSite(tmp_path, {**CITIES, **files}, templates=templates)
        shutil.copytree(old_output, site.output)
        return site

    return with_old_output


def run(site: MiniSite, *options: str, command: str = "build") -> Result:
    arguments = [command, "--root", str(site.root), "--as-of", "2022-08-01", *options]
    result = CliRunner().invoke(cli, arguments, prog_name="build.py")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def paragraphs(text: str, code: str, place: str) -> list[list[str]]:
    """Return the lines of every report with a code at a place."""
    found = [part.splitlines() for part in re.split(r"\n\n(?=\S)", text)]
    return [lines for lines in found if lines[0].startswith(f"{place}: ") and f"[{code}]" in lines[0]]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_bad_input_ends_in_a_report(case: Case, make, old_output: Path) -> None:
    files, place = without_mark(case.files)
    place = case.at or place
    site = make(files, templates=case.templates)
    german, english = run(site), run(site, "--lang", "en")
    assert german.exit_code == english.exit_code == 1
    assert snapshot(site.output) == snapshot(old_output)
    for text, error, hint in ((german.stderr, "Fehler", "Hinweis"), (english.stderr, "error", "hint")):
        [lines] = paragraphs(text, case.code, place)
        assert lines[0] == f"{place}: {error} [{case.code}]"
        assert len(lines[1].split()) > 2
        assert "{" not in lines[1] or "syntax" in case.code
        if "{" not in str(case.files):
            assert "{" not in lines[-1]
        assert lines[-1].startswith(f"  {hint}: ")
        if place.count(":") == 2 and case.code != "file-empty":
            excerpt_is_right(lines, place, files)
    assert (
        paragraphs(german.stderr, case.code, place)[0][1]
        != paragraphs(english.stderr, case.code, place)[0][1]
    )
    told = json.loads(run(site, "--format", "json").stdout)
    assert (told["ok"], told["errors"] > 0) == (False, True)
    spoken = {
        (":".join(str(part) for part in (d["path"], d["line"], d["column"]) if part is not None), d["code"])
        for d in told["diagnostics"]
    }
    assert (place, case.code) in spoken
    assert {code for _, code in spoken} == set(
        re.findall(r": (?:Fehler|Warnung) \[([a-z0-9-]+)\]$", german.stderr, re.MULTILINE)
    )


def excerpt_is_right(lines: list[str], place: str, files: Files) -> None:
    """Check that the line itself is shown and that the caret stands under its column."""
    path, line, column = place.split(":")
    content = files[path]
    if isinstance(content, bytes):
        return
    source = content.lstrip("\n").splitlines()[int(line) - 1]
    shown, caret = lines[2], lines[3]
    start = len(f"  {line} | ")
    assert shown[:start] == f"  {line} | "
    visible = source.replace("\t", "→").replace("\0", "␀").replace("\x1b", "␛")
    assert shown[start:] in visible
    assert caret[start:].lstrip(" ").startswith("^")
    under = shown[caret.index("^") :]
    assert visible[int(column) - 1 :].startswith(under) or not under


def test_all_problems_of_all_files_are_reported_in_one_run(make) -> None:
    wrong = {path: text for case in CASES[20:50] for path, text in without_mark(case.files)[0].items()}
    per_file = {
        f"content/cities/fall-{number}.yaml": without_mark(case.files)[0][CITY]
        for number, case in enumerate(CASES)
        if CITY in case.files
    }
    site = make({**wrong, **per_file})
    found = json.loads(run(site, "--format", "json").stdout)["diagnostics"]
    assert {path for path in per_file if path not in {d["path"] for d in found}} == set()
    assert {case.code for case in CASES if CITY in case.files} <= {d["code"] for d in found}
    assert [(d["path"], d["line"] or 0, d["column"] or 0) for d in found] == sorted(
        (d["path"], d["line"] or 0, d["column"] or 0) for d in found
    )


def test_several_mistakes_in_one_file_are_reported_together(make) -> None:
    site = make(
        {CITY: city("website: muster\nupdated: 2022-02-30\nsumary: x\ncoordinates: {lat: x, lon: y}")}
    )
    found = [
        d["code"]
        for d in json.loads(run(site, "--format", "json").stdout)["diagnostics"]
        if d["path"] == CITY
    ]
    assert found == ["url-form", "date-impossible", "unknown-field", "number-expected", "number-expected"]


def test_mistakes_in_templates_content_and_site_are_told_at_once(make) -> None:
    site = make(
        {"site.yaml": f"{SITE}colour: red\n", CITY: city("sumary: x"), "templates/404.html": "{% if %}"},
        templates=True,
    )
    found = {
        d["path"]
        for d in json.loads(run(site, "--format", "json").stdout)["diagnostics"]
        if d["severity"] == "error"
    }
    assert found == {"site.yaml", CITY, "templates/404.html"}


def test_a_missing_site_or_content_is_told(make, old_output: Path) -> None:
    site = make({})
    site.remove("site.yaml")
    shutil.rmtree(site.root / "content")
    result = run(site)
    assert result.exit_code == 1
    assert "[site-missing]" in result.stderr
    assert "[content-missing]" in result.stderr
    assert snapshot(site.output) == snapshot(old_output)


def test_a_missing_template_folder_is_told(make, old_output: Path) -> None:
    site = make({})
    result = run(site)
    assert result.exit_code == 1
    assert "[template-missing]" in result.stderr
    assert snapshot(site.output) == snapshot(old_output)


class TestLinks:
    def report(self, site: MiniSite, code: str) -> list[str]:
        return [
            d["path"]
            for d in json.loads(run(site, "--format", "json").stdout)["diagnostics"]
            if d["code"] == code
        ]

    def test_a_link_to_a_file_outside_is_not_followed(self, make, tmp_path: Path) -> None:
        site = make({})
        (tmp_path / "geheim.yaml").write_text(MUSTERSTADT.replace("Musterstadt", "Geheimstadt"))
        (site.root / "content/cities/geheim.yaml").symlink_to(tmp_path / "geheim.yaml")
        assert self.report(site, "link-leaves-content") == ["content/cities/geheim.yaml"]
        assert "Geheimstadt" not in run(site).output

    def test_a_link_to_a_folder_outside_is_not_followed(self, make, tmp_path: Path) -> None:
        site = make({})
        (tmp_path / "fremd").mkdir()
        (tmp_path / "fremd/a.yaml").write_text("x")
        (site.root / "content/cities/fremd").symlink_to(tmp_path / "fremd")
        assert self.report(site, "link-leaves-content") == ["content/cities/fremd"]

    def test_a_template_outside_is_not_read(self, make, tmp_path: Path) -> None:
        site = make({}, templates=True)
        (tmp_path / "fremd.html").write_text("x")
        (site.root / "templates/fremd.html").symlink_to(tmp_path / "fremd.html")
        assert self.report(site, "link-leaves-content") == ["templates/fremd.html"]

    def test_a_link_to_nothing_and_a_link_to_itself_are_told(self, make) -> None:
        site = make({})
        (site.root / "content/cities/leer.yaml").symlink_to("nichts.yaml")
        (site.root / "content/cities/kreis").symlink_to(site.root / "content")
        assert self.report(site, "link-dangling") == ["content/cities/leer.yaml"]
        assert self.report(site, "link-loop") == ["content/cities/kreis"]

    def test_a_link_inside_content_is_the_file(self, make) -> None:
        site = make({})
        (site.root / "content/cities/andernort.yaml").symlink_to("musterstadt.yaml")
        assert run(site, command="check").exit_code == 0


class TestCollidingNames:
    def test_by_case(self, make) -> None:
        site = make({"content/cities/Musterstadt.yaml": MUSTERSTADT})
        result = run(site)
        assert result.exit_code == 1
        assert "content/cities/musterstadt.yaml: Fehler [file-name-collision]" in result.stderr
        assert "auch hier: content/cities/Musterstadt.yaml" in result.stderr

    def test_by_unicode_form(self, make) -> None:
        one, other = "content/cities/Köln.yaml", unicodedata.normalize("NFD", "content/cities/Köln.yaml")
        site = make({one: MUSTERSTADT, other: MUSTERSTADT})
        assert len(list((site.root / "content/cities").glob("K*.yaml"))) == 2
        result = run(site)
        assert result.exit_code == 1
        assert "[file-name-collision]" in result.stderr
        assert "[file-name]" in result.stderr

    def test_by_what_becomes_of_them(self, make) -> None:
        site = make({f"content/pages/{name}.md": page("T") for name in ("themen", "en", "start", "start.en")})
        found = json.loads(run(site, "--format", "json").stdout)["diagnostics"]
        assert [d["path"] for d in found if d["code"] == "duplicate-permalink"] == [
            "content/pages/start.md",
            "content/pages/themen.md",
        ]


class TestHarmless:
    def files(self) -> dict[str, str]:
        return {path: text.lstrip("\n") for path, text in NETWORK.items()}

    def built(self, site: MiniSite) -> dict[str, bytes]:
        assert site.build().published is not None
        return snapshot(site.output)

    @pytest.mark.parametrize("change", ["bom", "crlf", "cr", "both", "no last line end", "blank lines"])
    def test_what_editors_add_changes_nothing(self, change: str, tmp_path: Path) -> None:
        def changed(text: str) -> bytes:
            text = text.rstrip("\n") if change == "no last line end" else text
            text = f"{text}\n\n\n" if change == "blank lines" else text
            ends = {"crlf": "\r\n", "both": "\r\n", "cr": "\r"}.get(change, "\n")
            return text.replace("\n", ends).encode("utf-8-sig" if change in ("bom", "both") else "utf-8")

        plain = self.built(MiniSite(tmp_path / "plain", self.files()))
        files = {path: changed(text) for path, text in {**self.files(), "site.yaml": SITE.lstrip()}.items()}
        assert self.built(MiniSite(tmp_path / "changed", files)) == plain

    def test_decomposed_umlauts_make_the_same_site(self, tmp_path: Path) -> None:
        files = {path: text.replace("Musterstadt", "Müsterstädt") for path, text in self.files().items()}
        plain = self.built(MiniSite(tmp_path / "plain", files))
        other = {path: unicodedata.normalize("NFD", text) for path, text in files.items()}
        assert self.built(MiniSite(tmp_path / "other", other)) == plain

    def test_files_of_editors_and_desktops_are_ignored(self, make) -> None:
        site = make(
            {
                "content/cities/.musterstadt.yaml.swp": b"\0",
                "content/.DS_Store": b"\0",
                "content/cities/a.yaml~": "x",
            }
        )
        assert run(site, command="check").exit_code == 0


class TestTerminal:
    """What stands in a file must not drive the terminal of whoever checks it."""

    ESCAPES = "\x1b]0;Titel\x07\x1b[2J\x9b31m\u202eumgedreht\u2066"

    def test_escape_sequences_do_not_get_through(self, make) -> None:
        site = make({
            CITY: city(f"summary: Rot {self.ESCAPES}\nsu{self.ESCAPES}: x").encode(),
            PAGE: page(f"[x](city:{self.ESCAPES}) {self.ESCAPES}"),
            NEWS: news(f'cities: ["{self.ESCAPES}"]\ntype: "\\e[31m\\u009b"\nupdated: "\\e]0;x\\a"'),
        })  # fmt: skip
        for options in ((), ("-v",), ("--format", "json"), ("--lang", "en")):
            result = run(site, *options)
            assert result.exit_code == 1
            assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", result.output)

    def test_nor_do_those_in_file_names(self, make) -> None:
        site = make({"content/cities/a\x1b[31m.yaml": "x", "content/cities/b\u202e.yaml": "x"})
        for options in ((), ("--format", "json")):
            result = run(site, *options)
            assert result.exit_code == 1
            assert not re.search(r"[\x1b\u202e]", result.output)
        assert result.output.count("file-name-characters") == 2


@pytest.mark.parametrize(
    "case", [replace(case) for case in CASES if not case.templates], ids=lambda case: case.what
)
def test_whatever_is_wrong_never_ends_the_program(case: Case, make) -> None:
    """Every bad file beside a whole site: `check` says so, and says no more than that this file is wrong."""
    files, _ = without_mark(case.files)
    site = make({**NETWORK, **files})
    result = run(site, "--format", "json", command="check")
    assert result.exit_code == 1
    assert {d["path"] for d in json.loads(result.stdout)["diagnostics"] if d["severity"] == "error"} <= {
        *files,
        NEWS,
    }


def test_a_site_in_which_any_one_file_is_missing_or_ruined_is_checked_to_the_end(tmp_path: Path) -> None:
    site = MiniSite(tmp_path, WHOLE, templates=False)
    for path in WHOLE:
        whole = (site.root / path).read_bytes()
        for ruined in (None, b"", b"\xff\0", whole[: len(whole) // 2], whole.replace(b": ", b":: ")):
            if ruined is None:
                site.remove(path)
            else:
                site.write(path, ruined)
            examined = site.examine()
            assert examined.diagnostics
            site.write(path, whole)
    assert site.findings() == []
