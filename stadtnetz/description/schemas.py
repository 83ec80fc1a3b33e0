"""JSON Schemas of all kinds of entry, of translations and of site.yaml, for editors that complete and explain YAML.

A schema accepts whatever the check accepts, in the spellings that YAML readers other than ours make of it: to them
`2022` is a number and `true` no text. It refuses what can be told from one value alone; dates that no calendar has,
and what contradicts something else, are left to the check. Draft 7, which is what the editors' YAML server reads best.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from msgspec import Struct

from stadtnetz.model.base import Choice, DateForm, Form, Record
from stadtnetz.model.fields import Field, fields_of
from stadtnetz.model.kinds import KINDS
from stadtnetz.model.site_config import SiteConfig
from stadtnetz.model.translation import Translation

__all__ = ["SCHEMAS", "Ids", "schema", "written"]

Schema = dict[str, object]
Ids = Mapping[str, Iterable[str]]
"""The ids that there are, by kind of entry."""

_DIALECT = "http://json-schema.org/draft-07/schema#"
_TEXTS = ["string", "number", "boolean"]
"""What a text may look like to a reader that guesses types: 030 is a number to it, and `no` may be false."""
_EMPTY: Mapping[str, object] = {"enum": None, "enumDescriptions": "leer", "markdownEnumDescriptions": "leer"}
_NUMBER = {
    int: r"^\s*[-+]?[0-9][0-9_]*(?:\.0*)?\s*$",
    float: r"^\s*[-+]?(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?\s*$",
}
"""A number between quotes, which is as good as one without."""


class _Described(Struct, frozen=True):
    title: str
    description: str
    model: type[Record]


SCHEMAS: Mapping[str, _Described] = {
    **{
        kind.name: _Described(
            kind.label_de,
            f"Ein Eintrag in content/{kind.folder}/. Felder ohne Wert gelten als leer.",
            kind.model,
        )
        for kind in KINDS.values()
    },
    "translation": _Described(
        "Übersetzung",
        "Texte eines Eintrags in einer anderen Sprache; alle anderen Angaben bleiben beim Original.",
        Translation,
    ),
    "site": _Described("site.yaml", "Was der Betreiber der Seite festlegt.", SiteConfig),
}
"""What there are schemas of, by the name of their file without ending."""


def schema(name: str, ids: Ids | None = None) -> Schema:
    """Return a schema; with `ids` it proposes them where entries are named. Raises KeyError."""
    one = SCHEMAS[name]
    return {
        "$schema": _DIALECT,
        "title": one.title,
        "description": one.description,
        **_record(one.model, ids or {}),
    }


def written(name: str, ids: Ids | None = None) -> str:
    """Return a schema as the text of its file."""
    return json.dumps(schema(name, ids), ensure_ascii=False, indent=1) + "\n"


def _record(model: type[Record], ids: Ids) -> Schema:
    fields = fields_of(model)
    found: Schema = {
        "type": "object",
        "properties": {field.name: _field(field, ids) for field in fields},
        "additionalProperties": False,
    }
    required = [field.name for field in fields if field.required]
    return {**found, "required": required} if required else found


def _field(field: Field, ids: Ids) -> Schema:
    found = _value(field, ids)
    if field.many:
        found = {"type": "array", "items": found}
    elif field.by_language:
        found = {"type": "object", "additionalProperties": found}
    if not field.required:
        found = _or_empty(found)
    about = f"{field.help} (Pflicht)" if field.required else field.help
    return {"title": field.label, "description": about, **found}


def _or_empty(found: Schema) -> Schema:
    """Let a field stand there without a value."""
    if isinstance(found.get("enum"), list):
        # Not anyOf, here and elsewhere: an editor would explain the field once for each way.
        return {name: [*values, _EMPTY[name]] for name, values in found.items() if isinstance(values, list)}
    types = found["type"]
    return {**found, "type": [*(types if isinstance(types, list) else [types]), "null"]}


def _value(field: Field, ids: Ids) -> Schema:
    if field.record is not None:
        return _record(field.record, ids)
    if field.choices is not None:
        return _choices(field.choices)
    if field.dates is not None:
        return _date(field.dates)
    if field.number is not None:
        return _number(field)
    if field.form is None:
        return {"type": _TEXTS}
    if field.form.name == "yes-no":
        return {**_text(field.form, "boolean", "string"), "examples": ["ja", "nein"]}
    if field.form.name == "length":
        return {**_text(field.form, "string"), "examples": ["2:35"]}
    found = _text(field.form, *_TEXTS)
    known = list(ids.get(field.kind, ()))
    return {**found, "examples": known} if known else found


def _text(form: Form, *types: str) -> Schema:
    return {"type": list(types) if len(types) > 1 else types[0], "pattern": _whole(form.pattern)}


def _whole(pattern: str) -> str:
    return rf"^\s*(?:{pattern})\s*$"


def _choices(choices: type[Choice]) -> Schema:
    return {
        "enum": [choice.value for choice in choices],
        "enumDescriptions": [choice.label_de for choice in choices],
        "markdownEnumDescriptions": [choice.label_de for choice in choices],
    }


def _date(dates: DateForm) -> Schema:
    found: Schema = {"pattern": _whole(dates.pattern), "examples": list(dates.examples)}
    if not {"month", "year"} & set(dates.precisions):
        return {"type": "string", **found}
    # Without quotes, 2022 and 07.2022 are numbers to others.
    return {"type": ["string", "number"], **found, "minimum": 1.18, "maximum": 2199}


def _number(field: Field) -> Schema:
    if field.number is None:
        raise TypeError(field.name)
    limits = {"minimum": field.least, "maximum": field.most}
    return {
        "type": ["integer" if field.number is int else "number", "string"],
        **{name: limit for name, limit in limits.items() if limit is not None},
        "pattern": _NUMBER[field.number],
    }
