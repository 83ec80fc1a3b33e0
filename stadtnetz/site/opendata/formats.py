"""Tables as bytes: CSV, JSON and GeoJSON, and what describes them: JSON Schema and CSV on the Web.

The CSV files are what a German spreadsheet opens with a double click: UTF-8 with a mark (BOM), semicolons, decimal
commas; quotes and line ends are those of RFC 4180. A text that a spreadsheet would take for a formula has an
apostrophe before it (https://owasp.org/www-community/attacks/CSV_Injection). Programs should rather read JSON, which
has every value as it is.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from stadtnetz.site.opendata.columns import Column, Form, Table, Value

__all__ = ["About", "csv_description", "json_schema", "to_csv", "to_geojson", "to_json"]

Row = Mapping[str, Value]

_DATE = r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2})?)?)?"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class About(Struct, frozen=True):
    """What is said of a table's files: for when they hold, who allows what, where they are."""

    as_of: date | None
    licence: str | None
    licence_url: str | None
    folder: str
    """The absolute address of the folder that all files are in."""

    @property
    def terms(self) -> dict[str, str | None] | None:
        """Return the licence, None where none is stated."""
        return {"name": self.licence, "url": self.licence_url} if self.licence else None


def to_csv(table: Table, rows: Iterable[Row]) -> bytes:
    """Write a table for spreadsheets."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([_cell(row[column.name]) for column in table.columns] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def _cell(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return str(value).replace(".", ",")
        case tuple():
            return " ".join(value)
    return f"'{value}" if value.startswith(_FORMULA) else value


def to_json(table: Table, rows: Iterable[Row], about: About) -> bytes:
    """Write a table for programs."""
    return _written(
        {
            "title": table.title,
            "description": table.description,
            "as_of": _day(about),
            "licence": about.terms,
            "schema": f"{about.folder}{table.name}.schema.json",
            "rows": [dict(row) for row in rows],
        }
    )


def to_geojson(table: Table, features: Iterable[tuple[dict[str, object] | None, Row]], about: About) -> bytes:
    """Write a table for maps (RFC 7946); a row without a place has no geometry."""
    found = [
        {
            "type": "Feature",
            "id": row["id"],
            "geometry": geometry,
            "properties": {name: value for name, value in row.items() if name not in table.located_by},
        }
        for geometry, row in features
    ]
    more = {"title": table.title, "as_of": _day(about), "licence": about.terms}
    return _written({"type": "FeatureCollection", **more, "features": found})


def json_schema(table: Table, about: About) -> bytes:
    """Describe the JSON file (https://json-schema.org/draft/2020-12)."""
    text = {"type": ["string", "null"]}
    row = {
        "type": "object",
        "properties": {column.name: _column_schema(column) for column in table.columns},
        "required": [column.name for column in table.columns],
        "additionalProperties": False,
    }
    parts = {
        "title": {"type": "string"},
        "description": {"type": "string"},
        "as_of": {**text, "format": "date", "description": "Tag, für den die Angaben gelten."},
        "licence": {
            "type": ["object", "null"],
            "properties": {"name": {"type": "string"}, "url": text},
            "description": "Lizenz der Daten; null, solange keine genannt ist.",
        },
        "schema": {"type": "string", "format": "uri"},
        "rows": {"type": "array", "items": row},
    }
    return _written(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": f"{about.folder}{table.name}.schema.json",
            "title": table.title,
            "description": table.description,
            "type": "object",
            "properties": parts,
            "required": list(parts),
            "additionalProperties": False,
        }
    )


def _column_schema(column: Column) -> dict[str, object]:
    one: dict[str, object]
    match column.form:
        case Form.YES_NO:
            one = {"type": "boolean"}
        case Form.NUMBER:
            one = {"type": "number"}
        case Form.DATE:
            one = {"type": "string", "pattern": f"^{_DATE}{f'(/{_DATE})?' if column.many else ''}$"}
        case Form.URL:
            one = {"type": "string", "format": "uri"}
        case Form.CODE:
            one = {"oneOf": [{"const": code, "title": label} for code, label in column.codes]}
        case _:
            one = {"type": "string"}
    about = {"title": column.label, "description": column.description}
    if column.many:
        return {**about, "type": "array", "items": one}
    if not column.required:
        one = {"anyOf": [one, {"type": "null"}]}
    return {**about, **one}


_DATATYPES: Mapping[Form, object] = {
    Form.YES_NO: "boolean",
    Form.NUMBER: {"base": "decimal", "format": {"decimalChar": ","}},
    Form.URL: "anyURI",
}


def csv_description(table: Table, about: About) -> bytes:
    """Describe the CSV file where programs look for it (https://www.w3.org/TR/tabular-data-primer/)."""
    columns = [
        {
            "name": column.name,
            "titles": column.name,
            "dc:title": column.label,
            "dc:description": column.description,
            "datatype": _DATATYPES.get(column.form, "string"),
            "required": column.required,
            **({"separator": " "} if column.many else {}),
        }
        for column in table.columns
    ]
    known = {
        "dc:modified": {"@value": _day(about), "@type": "xsd:date"} if about.as_of else None,
        "dc:license": {"@id": about.licence_url} if about.licence_url else about.licence,
    }
    has_id = any(column.name == "id" for column in table.columns)
    return _written(
        {
            "@context": ["http://www.w3.org/ns/csvw", {"@language": "de"}],
            "url": f"{table.name}.csv",
            "dc:title": table.title,
            "dc:description": table.description,
            **{name: value for name, value in known.items() if value},
            "dialect": {"delimiter": ";", "encoding": "utf-8", "lineTerminators": ["\r\n"]},
            "tableSchema": {"columns": columns, **({"primaryKey": "id"} if has_id else {})},
        }
    )


def _day(about: About) -> str | None:
    return None if about.as_of is None else about.as_of.isoformat()


def _written(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
