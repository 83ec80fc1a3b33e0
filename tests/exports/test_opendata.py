"""Open data: read as CSV, against their JSON Schema, as GeoJSON; what is not in it; what an edit makes anew."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from stadtnetz.model.site_config import SiteConfig
from stadtnetz.site.opendata.columns import Column, Form, Table
from stadtnetz.site.opendata.formats import to_csv
from stadtnetz.site.opendata.tables import TABLES
from tests.exports.rich import HIDDEN, MEAN, RICH
from tests.minisite import MELDUNG, NETWORK, SITE, MiniSite
from tests.test_site import BASE, Site

NAMES = [table.name for table in TABLES]


def rows_of(data: bytes) -> list[dict[str, str]]:
    text = data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";", strict=True))


def parsed(site: Site, name: str) -> Any:
    return json.loads(site.files[f"daten/{name}"])


def by_id(site: Site, name: str) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in parsed(site, f"{name}.json")["rows"]}


@pytest.mark.parametrize("name", NAMES)
def test_json_is_as_its_schema_says(exported: Site, name: str):
    schema = parsed(exported, f"{name}.schema.json")
    Draft202012Validator.check_schema(schema)
    data = parsed(exported, f"{name}.json")
    assert list(Draft202012Validator(schema).iter_errors(data)) == []
    assert data["schema"] == schema["$id"] == f"{BASE}daten/{name}.schema.json"
    assert data["licence"] is None, "nobody has stated one"
    assert data["rows"]
    broken = {**data["rows"][0], "unknown": 1}
    assert list(Draft202012Validator(schema).iter_errors({**data, "rows": [broken]}))


@pytest.mark.parametrize("name", NAMES)
def test_csv_says_the_same_as_json(exported: Site, name: str):
    data = exported.files[f"daten/{name}.csv"]
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n")
    about = parsed(exported, f"{name}.csv-metadata.json")
    assert about["url"] == f"{name}.csv"
    columns = about["tableSchema"]["columns"]
    rows = rows_of(data)
    wanted = parsed(exported, f"{name}.json")["rows"]
    assert len(rows) == len(wanted)
    for row, as_json in zip(rows, wanted, strict=True):
        assert list(row) == [column["name"] for column in columns] == list(as_json)
        assert [value(row[column["name"]], column) for column in columns] == list(as_json.values())


def value(cell: str, column: dict[str, Any]) -> object:
    """Read a cell by its description (https://www.w3.org/TR/tabular-data-model/#parsing-cells)."""
    if "separator" in column:
        return cell.split()
    if cell == "" and not column["required"]:
        return None
    match column["datatype"]:
        case "boolean":
            return {"true": True, "false": False}[cell]
        case {"base": "decimal"}:
            return float(cell.replace(",", "."))
    # Before what looks like a formula stands an apostrophe.
    return cell[1:] if cell[:2] in ("'=", "'+", "'-", "'@") else cell


GEOMETRIES = {
    "cities": {"Point"},
    "partners": {"Point", "MultiPoint"},
    "tandems": {"LineString"},
    "events": {"Point", "MultiPoint"},
}


@pytest.mark.parametrize("name", ["cities", "partners", "tandems", "events"])
def test_geojson_has_every_row_with_its_place(exported: Site, name: str):
    data = parsed(exported, f"{name}.geojson")
    assert data["type"] == "FeatureCollection"
    assert [one["id"] for one in data["features"]] == list(by_id(exported, name))
    located = 0
    for feature in data["features"]:
        assert feature["type"] == "Feature"
        assert not {"lat", "lon"} & feature["properties"].keys()
        geometry = feature["geometry"]
        if geometry is not None:
            located += 1
            single = geometry["type"] == "Point"
            flat = [geometry["coordinates"]] if single else geometry["coordinates"]
            assert geometry["type"] in GEOMETRIES[name]
            assert single or len(flat) >= 2
            # Germany: longitude first, then latitude.
            assert all(5.8 < lon < 15.1 and 47.2 < lat < 55.1 for lon, lat in flat)
    assert located or name not in ("cities", "partners")


def test_what_names_places_is_where_they_are(exported: Site):
    where = {one["id"]: one["geometry"] for one in parsed(exported, "cities.geojson")["features"]}
    for name in ("partners", "events"):
        for feature in parsed(exported, f"{name}.geojson")["features"]:
            cities = feature["properties"]["cities"] or []
            points = [where[city]["coordinates"] for city in cities if where.get(city) is not None]
            geometry = feature["geometry"]
            found = geometry and geometry["coordinates"]
            assert points == ([] if found is None else [found] if geometry["type"] == "Point" else found)


def test_what_is_derived_holds_for_the_moment(rich: Site):
    cities = by_id(rich, "cities")
    assert (cities["musterstadt"]["stage"], cities["musterstadt"]["member"]) == ("mentor", True)
    tandems = by_id(rich, "tandems")
    assert tandems["musterstadt-beispielhausen"]["state"] == "ended"
    assert tandems["musterstadt-offen"]["state"] == "pending"
    assert (tandems["musterstadt-offen"]["mentee"], tandems["musterstadt-offen"]["expected"]) == (
        None,
        "2023",
    )
    assert parsed(rich, "tandems.json")["as_of"] == "2022-07-01", "the day on which the tandem was over"


def test_dates_are_as_precise_as_their_source(rich: Site):
    events = by_id(rich, "events")
    assert (events["ungenau"]["start"], events["tage"]["start"]) == ("2023-06", "2022-10-29")
    assert events["abend"]["start"] == "2022-03-26T18:30"
    assert events["reihe"]["repeats"] == ["2022-11-03T19:00/2022-11-03T21:00", "2022-12-01"]
    assert [row["since"] for row in parsed(rich, "partnerships.json")["rows"]] == ["2020", "2022-05"]


def test_what_is_hidden_is_not_in_it(rich: Site):
    assert by_id(rich, "cities")["musterstadt"]["topics"] == ["lesen"]
    assert by_id(rich, "partners")["amt"]["cities"] == ["musterstadt"]
    for path, data in rich.files.items():
        if path.startswith("daten/"):
            text = data.decode("utf-8").casefold()
            assert HIDDEN.casefold() not in text, path
            assert "withdraw" not in text
            assert "amt@musterstadt.de" not in text, "contacts are for people who ask, not for lists"


def test_formulas_are_defused_in_spreadsheets_only(rich: Site):
    [row] = [row for row in rows_of(rich.files["daten/events.csv"]) if row["id"] == "abend"]
    assert row["title"] == f"'{MEAN}"
    assert by_id(rich, "events")["abend"]["title"] == MEAN
    assert rows_of(rich.files["daten/partnerships.csv"])[0]["role"] == "'@mitwirkend"


TEXT_TABLE = Table(
    "texte",
    "",
    "",
    (Column("text", "", "", Form.TEXT, lambda _, one: one),),
    lambda _: (),
    lambda _: None,
    (),
)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), max_size=5))
@example(['a;b"c\r\nd\n', "=1", "", "'=1", "\t+1"])
def test_any_text_comes_back_from_csv(texts: list[str]):
    found = [
        row["text"] for row in rows_of(to_csv(TEXT_TABLE, [{"text": text} for text in ["x", *texts]]))[1:]
    ]
    defused = [f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text for text in texts]
    # A row whose only cell is empty is an empty line to some readers: it must be written with quotes.
    assert found == defused
    assert not any(text.startswith(("=", "+", "-", "@")) for text in found)


def test_the_page_lists_every_file_with_its_rows_and_its_stand(exported: Site):
    page = exported.pages["daten/"]
    linked = {href.removeprefix("/netz/") for href in page.all("//main//a/@href")}
    files = {path for path in exported.files if path.startswith("daten/") and not path.endswith(".html")}
    assert len(files) == 4 * len(NAMES) + 4
    assert files <= linked
    for name in NAMES:
        [section] = page.tree.xpath(f"//*[@id='s-daten-{name}']")
        number = len(parsed(exported, f"{name}.json")["rows"])
        assert f"{number} Zeile" in section.text_content()
        assert section.xpath(".//time/@datetime") == [parsed(exported, f"{name}.json")["as_of"]]
        told = [one.text for one in section.xpath(".//dt/code")]
        assert told == list(
            parsed(exported, f"{name}.schema.json")["properties"]["rows"]["items"]["properties"]
        )
    assert "keine Lizenz genannt" in page.text


def test_a_licence_is_named_once_the_operator_states_it(tmp_path: Path):
    licence = "data: {licence: Musterlizenz, licence_url: 'https://musterstadt.de/lizenz'}\n"
    site = MiniSite(tmp_path, {**RICH, "site.yaml": SITE + licence})
    site.build()
    page = site.html("daten")
    assert "keine Lizenz genannt" not in page
    assert '<a href="https://musterstadt.de/lizenz" class="external" rel="noopener">Musterlizenz</a>' in page
    data = json.loads((site.output / "daten/cities.json").read_bytes())
    assert data["licence"] == {"name": "Musterlizenz", "url": "https://musterstadt.de/lizenz"}
    about = json.loads((site.output / "daten/cities.csv-metadata.json").read_bytes())
    assert about["dc:license"] == {"@id": "https://musterstadt.de/lizenz"}
    assert '"license":"https://musterstadt.de/lizenz"' in page


def test_the_real_site_states_no_licence_that_nobody_chose():
    assert SiteConfig.model_fields["data"].get_default(call_default_factory=True).licence is None


@pytest.fixture
def site(tmp_path: Path) -> MiniSite:
    made = MiniSite(tmp_path, NETWORK)
    made.build()
    return made


def written(site: MiniSite, as_of: str = "2022-08-01") -> set[str]:
    return {file for file in site.build(as_of).reasons if file.startswith("daten/")}


def test_an_article_makes_no_data(site: MiniSite):
    site.edit("content/news/2021/meldung.md", "zeigt, wie es geht", "zeigt es noch einmal")
    site.write("content/news/2022/neu.md", MELDUNG)
    assert written(site) == set()


def test_an_edited_place_makes_its_tables(site: MiniSite):
    site.edit("content/cities/musterstadt.yaml", "name: Musterstadt", "name: Neustadt")
    assert written(site) == {"daten/cities.csv", "daten/cities.json", "daten/cities.geojson"}


def test_the_passing_of_time_makes_what_it_changes(site: MiniSite):
    site.build("2022-06-30")
    found = written(site, "2022-07-03")
    assert {"daten/tandems.csv", "daten/tandems.json", "daten/cities.json"} <= found
    assert not any("partners" in file or "events" in file for file in found)
