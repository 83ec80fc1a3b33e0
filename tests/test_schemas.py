"""JSON Schemas for editors: equal to the model, never stricter than the check, wired to every YAML file."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from stadtnetz.cli import cli
from stadtnetz.description.reference import fields_reference
from stadtnetz.description.schemas import SCHEMAS, schema, written
from stadtnetz.diagnostics import has_errors
from stadtnetz.model.base import Record
from stadtnetz.model.fields import Field, fields_of
from stadtnetz.model.kinds import FOLDERS, KINDS
from stadtnetz.network.files import TRANSLATED
from stadtnetz.schema import parse_entry
from stadtnetz.source import SourceFile
from stadtnetz.text.frontmatter import split
from stadtnetz.text.yamltext import parse_yaml
from tests.minisite import NETWORK, MiniSite

ROOT = Path(__file__).resolve().parents[1]
VALIDATORS = {name: jsonschema.Draft7Validator(schema(name)) for name in SCHEMAS}


class Guessing(yaml.SafeLoader):
    """Reads YAML 1.2 as editors do: 2022 is a number, `true` a boolean, a date a text."""


Guessing.yaml_implicit_resolvers = {}
for tag, form, first in (
    ("bool", r"(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("null", r"(?:null|Null|NULL|~|)$", ["n", "N", "~", ""]),
    ("int", r"[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
):
    Guessing.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(form), list(first))
Guessing.add_constructor("tag:yaml.org,2002:int", lambda _, node: int(node.value))
Guessing.add_constructor("tag:yaml.org,2002:float", lambda _, node: float(node.value))


def readings(text: str) -> list[Any]:
    """Return what our reader and what an editor make of a YAML text."""
    document, problems = parse_yaml(text, "")
    assert document is not None
    assert not problems
    return [document.data, yaml.load(text, Guessing)]  # noqa: S506 - it makes plain data only


def said(name: str, text: str) -> list[str]:
    """Return what a schema has against a YAML text, in either reading."""
    return [error.message for data in readings(text) for error in VALIDATORS[name].iter_errors(data)]


def test_the_committed_schemas_are_those_of_the_model():
    files = {path.stem: path.read_text("utf-8") for path in (ROOT / "schemas").iterdir()}
    assert files == {name: written(name) for name in SCHEMAS}, "run: make docs"


def test_the_field_reference_is_that_of_the_model():
    there = (ROOT / "docs" / "handbuch" / "felder.md").read_text("utf-8")
    assert there == fields_reference(), "run: make docs"


def test_the_field_reference_leads_somewhere():
    text = fields_reference()
    headings = {line[3:].lower().replace(" ", "-") for line in text.splitlines() if line.startswith("## ")}
    assert set(re.findall(r"\]\(#([^)]*)\)", text)) <= headings


def test_every_schema_is_one():
    for validator in VALIDATORS.values():
        jsonschema.Draft7Validator.check_schema(validator.schema)


def test_every_file_of_the_real_content_is_accepted():
    checked = 0
    for path in (ROOT / "site.yaml", *(ROOT / "content").rglob("*.yaml"), *(ROOT / "content").rglob("*.md")):
        text = path.read_text("utf-8")
        if path.suffix == ".md":
            if not text.startswith("---"):
                continue
            parts, _ = split(text, path.name)
            assert parts is not None
            text = parts.yaml
        name = "site" if path.name == "site.yaml" else "translation"
        if name != "site" and "." not in path.stem:
            name = FOLDERS[path.relative_to(ROOT).parts[1]].name
        assert said(name, text) == [], path
        checked += 1
    assert checked > 300


def every_field(model: type[Record]) -> list[Field]:
    return [
        one
        for field in fields_of(model)
        for one in (field, *(every_field(field.record) if field.record is not None else ()))
    ]


def test_every_field_is_labelled_and_explained_and_of_one_form():
    for name, described in SCHEMAS.items():
        for field in every_field(described.model):
            assert field.label != field.name, (name, field.name)
            assert field.help.endswith((".", ")", "“")), (name, field.name)
            ways = (field.form, field.dates, field.number, field.choices, field.record)
            # None: any text.
            assert sum(way is not None for way in ways) <= 1, field.name


def loaded(kind: str, text: str) -> bool:
    """Tell whether the check accepts a file's fields."""
    ending = "md" if KINDS[kind].form == "markdown" else "yaml"
    text = f"---\n{text}---\nText.\n" if ending == "md" else text
    file = SourceFile.of(f"content/{KINDS[kind].folder}/a.{ending}", text.encode())
    return not has_errors(parse_entry(file, KINDS[kind])[1])


CITY = "name: Musterstadt\ntype: city\nstate: DE-NI\n"
NEWS = "title: Neues\nlead: Was geschah.\npublished: 2022-07-08\n"
PAGE = "title: Film\nlead: Ein Film.\nvideos:\n  - {file: a.mp4, title: Film, "
SPELLINGS = (
    ("city", CITY + "updated: ▶\n", ("2022-07-08", "08.07.2022", "8. 7.2022", "'2022-7-8'")),
    ("city", CITY + "membership: [{admitted: ▶}]\n", ("2022", "'2022'", "07.2022", "2022-07", "10.2020")),
    ("city", CITY + "draft: ▶\n", ("ja", "Ja", "NEIN", "yes", "true", "FALSE", "on", "'no'", "")),
    ("city", CITY + "coordinates: {lat: ▶, lon: 10}\n", ("53.25", "53", "'53.25'", "-1e1")),
    ("city", CITY + "contact: {phone: ▶}\n", ("03012345", "030 12 34 56", "+49 (30) 123-4")),
    ("city", CITY + "summary: ▶\n", ("1999", "true", "nein", "")),
    ("city", CITY + "topics: ▶\n", ("[]", "[a, b-c]", "[2022]", "")),
    ("news", NEWS + "embargo: ▶\n", ("2022-07-08 18:30", "2022-07-08T18:30", "08.07.2022, 18:30 Uhr")),
    ("news", NEWS + "original: ▶\n", ("https://musterstadt.de/a?b=c#d", "HTTP://musterstadt.de:80")),
    ("page", PAGE + "length: ▶}\n", ("2:35", "1:02:35")),
    ("page", PAGE + "length: '1:00', width: ▶}\n", ("640", "'640'")),
)
WRONG = (
    ("city", CITY + "updated: ▶\n", ("2022", "gestern", "8.7.22", "[2022-07-08]", "'1700-01-01'")),
    ("city", CITY + "membership: [{admitted: ▶}]\n", ("gestern", "2022-07-08 18:30", "9999", "3022")),
    ("city", CITY + "draft: ▶\n", ("vielleicht", "'1'", "2", "[ja]")),
    ("city", CITY + "coordinates: {lat: ▶, lon: 10}\n", ("Nord", "", "[1]")),
    ("city", CITY + "contact: ▶\n", ("Rathaus", "[a]", "{name: a, fax: b}", "{email: a}", "{phone: x}")),
    ("city", CITY + "website: ▶\n", ("musterstadt.de", "'javascript:alert(1)'")),
    ("city", CITY + "topics: ▶\n", ("a", "[A]", "['a b']", "[[a]]", "[{a: b}]")),
    ("city", CITY + "farbe: ▶\n", ("rot", "[a]")),
    ("city", "type: city\nstate: ▶\nname: a\n", ("NI", "Niedersachsen", "", "[DE-NI]")),
    ("city", "type: city\nstate: DE-NI\nname: ▶\n", ("", "' '", "[a]")),
    ("news", "title: Neues\nlead: Vorspann\ndraft: ▶\n", ("ja",)),
    ("news", NEWS + "pictures: [{file: a.jpg, credit: b, ▶}]\n", ("", "alt: ''", "alt: [a]")),
    ("page", PAGE + "length: ▶}\n", ("155", "2 Minuten", "''")),
    ("page", PAGE + "length: '1:00', width: ▶}\n", ("breit", "640.5", "1")),
)


@pytest.mark.parametrize(("kind", "text", "values"), SPELLINGS)
def test_what_the_check_accepts_the_schema_accepts(kind: str, text: str, values: tuple[str, ...]):
    for value in values:
        assert loaded(kind, text.replace("▶", value)), value
        assert said(kind, text.replace("▶", value)) == [], value


@pytest.mark.parametrize(("kind", "text", "values"), WRONG)
def test_what_one_value_alone_has_wrong_the_schema_refuses(kind: str, text: str, values: tuple[str, ...]):
    for value in values:
        assert not loaded(kind, text.replace("▶", value)), value
        # The second reading is the editor's.
        assert list(VALIDATORS[kind].iter_errors(readings(text.replace("▶", value))[1])), value


scalars = st.one_of(
    st.sampled_from(
        ["", "ja", "2022", "07.2022", "1.13", "12.2199", "0x1F", "1_000", "~", "18:30", "2022-02-30"]
    ),
    st.from_regex(
        r"[0-9]{1,2}\.\s?[0-9]{1,2}\.[12][0-9]{3},? {0,2}(?:[0-9]{1,2}:[0-9]{2}(?: Uhr)?)?", fullmatch=True
    ),
    st.from_regex(r"[12][0-9]{3}(?:-[0-9]{1,2}){0,2}(?:[T ][0-9]{1,2}:[0-9]{2})?", fullmatch=True),
    st.from_regex(r"https?://[a-z.:/0-9@]{0,12}", fullmatch=True),
    st.from_regex(r"[+0-9 ()/-]{0,12}", fullmatch=True),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=8),
    st.integers(-5, 10_000).map(str),
    st.floats(-100, 100, allow_nan=False).map(str),
)
PLACES = (
    ("city", CITY + "■: ▶\n", ("updated", "draft", "summary", "website", "short_name")),
    ("city", CITY + "membership: [{■: ▶}]\n", ("admitted", "until", "confirmed")),
    ("city", CITY + "coordinates: {lon: 1, ■: ▶}\n", ("lat",)),
    ("city", CITY + "contact: {■: ▶}\n", ("phone", "email", "name")),
    ("news", NEWS + "■: ▶\n", ("embargo", "happened", "background", "original", "type")),
    ("page", PAGE + "■: ▶}\n", ("length",)),
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PLACES), st.data(), scalars, st.booleans())
def test_the_schema_is_never_stricter_than_the_check(place, data, value, quoted):
    kind, text, names = place
    value = (
        json.dumps(value, ensure_ascii=False) if quoted or re.search(r"[^\w. :+/-]|: |:$", value) else value
    )
    whole = text.replace("■", data.draw(st.sampled_from(names))).replace("▶", value)
    document, problems = parse_yaml(whole, "")
    if document is None or problems or not loaded(kind, whole):
        return
    assert said(kind, whole) == []


def test_the_editor_is_told_of_every_folder_with_yaml():
    told = json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))["yaml.schemas"]
    expected = {
        f"./schemas/{kind.name}.json": [
            f"content/{kind.folder}/**/*.yaml",
            *(f"!content/{kind.folder}/**/*.{language}.yaml" for language in TRANSLATED),
        ]
        for kind in KINDS.values()
        if kind.form == "yaml"
    }
    expected["./schemas/translation.json"] = [f"content/**/*.{language}.yaml" for language in TRANSLATED]
    expected["./schemas/site.json"] = ["site.yaml"]
    assert told == expected


def test_the_command_writes_what_is_not_there_and_proposes_ids_on_request(tmp_path: Path):
    site = MiniSite(tmp_path, NETWORK, templates=False)
    run = CliRunner()
    root = ["--root", str(site.root), "--format", "json"]
    first = json.loads(run.invoke(cli, ["schema", *root]).output)
    assert first["changed"] == list(SCHEMAS)
    assert (site.root / "schemas" / "news.json").read_text("utf-8") == written("news")
    assert json.loads(run.invoke(cli, ["schema", *root]).output)["changed"] == []
    run.invoke(cli, ["schema", "--ids", *root])
    found = json.loads((site.root / ".build" / "schemas" / "news.json").read_text("utf-8"))
    assert found["properties"]["cities"]["items"]["examples"] == ["beispielhausen", "musterstadt"]
    assert "examples" not in found["properties"]["partners"]["items"]


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path):
    site = MiniSite(tmp_path, templates=False)
    (site.root / "schemas").write_text("", "utf-8")
    result = CliRunner().invoke(cli, ["schema", "--root", str(site.root)])
    assert result.exit_code == 1
    assert "schemas/city.json" in result.output.replace("\\", "/")
