"""A new entry's file as text: what was answered as values, everything else as comments that explain it.

`##` explains, `#` stands before a field that is left empty: without it the field is there and can be filled in.
Nothing is invented: what nobody has answered yet is a comment, or a required field without a value, at which the
check points.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec import field as attribute

from stadtnetz.model.base import Record
from stadtnetz.model.fields import Field, fields_of
from stadtnetz.model.kinds import KINDS, Kind
from stadtnetz.text.document import Loc, Plain
from stadtnetz.text.yamltext import parse_yaml

__all__ = ["Answers", "Notes", "Sheet", "write_sheet"]

Answers = Mapping[Loc, Plain]
"""Values by the way to them: texts, lists of texts, or mappings of texts."""

_WIDTH = 110
_LONG = 80
"""Characters from which a text is folded over several lines."""
_HEAD = (
    "Neuer Eintrag: {label}. Zeilen mit ## erklären das Feld darunter. Felder mit # davor sind leer: # und "
    "das Leerzeichen entfernen, Wert dahinter schreiben. Was nicht gebraucht wird, kann gelöscht werden."
)
_OPEN = "  # noch auszufüllen"


class Sheet(Struct, frozen=True):
    """The text of a file, and on which lines (from 1) each answer stands."""

    text: str
    lines: Mapping[Loc, range]


class Notes(Struct, frozen=True):
    """What an import adds to a file: remarks before fields, proposals in the place of empty ones, a list, the text.

    All but the text become comments, by the field's name; each line is one comment line.
    """

    remarks: Mapping[str, tuple[str, ...]] = attribute(default_factory=dict)
    proposals: Mapping[str, tuple[str, ...]] = attribute(default_factory=dict)
    listed: tuple[str, ...] = ()
    body: str = ""


def write_sheet(kind: Kind, answers: Answers, notes: Notes | None = None) -> Sheet:
    """Write the file of an entry of a kind."""
    return _Writer(kind, answers, notes or Notes()).sheet()


class _Writer:
    """Collects lines and remembers where answers stand."""

    def __init__(self, kind: Kind, answers: Answers, notes: Notes) -> None:
        self._kind = kind
        self._answers = answers
        self._notes = notes
        self._lines: list[str] = []
        self._places: dict[Loc, range] = {}

    def sheet(self) -> Sheet:
        markdown = self._kind.form == "markdown"
        if markdown:
            self._lines.append("---")
        self._explain(_HEAD.format(label=self._kind.label_de))
        for field in fields_of(self._kind.model):
            self._lines.append("")
            self._explain(_about(field))
            for line in _possible(field):
                self._explain(line)
            self._lines += [f"# {line}" for line in self._notes.remarks.get(field.name, ())]
            self._field(field)
        self._lines.append("")
        if markdown:
            for line in self._notes.listed:
                self._explain(line)
            self._explain("Unter den drei Strichen steht der Text, in Markdown.")
            self._lines += ["---", ""]
            self._lines += [self._notes.body] if self._notes.body else []
        else:
            self._explain(
                "Ein längerer Text steht in einer Datei gleichen Namens mit der Endung .md daneben."
            )
        return Sheet("\n".join(self._lines) + "\n", self._places)

    def _explain(self, text: str) -> None:
        self._lines += textwrap.wrap(
            text,
            _WIDTH,
            initial_indent="## ",
            subsequent_indent="## ",
            break_long_words=False,
            break_on_hyphens=False,
        )

    def _field(self, field: Field) -> None:
        loc = (field.name,)
        if loc in self._answers:
            self._value("", field, loc)
        elif any(way[0] == field.name for way in self._answers) and field.record is not None:
            self._lines.append(f"{field.name}:")
            item = (field.name, 0) if field.many else loc
            self._record(field.record, item, "  - " if field.many else "  ")
        elif field.required:
            self._lines.append(f"{field.name}:{_OPEN}")
        elif field.name in self._notes.proposals:
            self._lines += [f"# {line}" for line in self._notes.proposals[field.name]]
        else:
            self._lines += _commented(field)

    def _value(self, indent: str, field: Field, loc: Loc) -> None:
        first = len(self._lines) + 1
        self._lines += _written(field.name, self._answers[loc], indent)
        self._places[loc] = range(first, len(self._lines) + 1)

    def _record(self, model: type[Record], loc: Loc, start: str) -> None:
        """Write a record that is answered in part, the answers first."""
        fields = sorted(fields_of(model), key=lambda field: (*loc, field.name) not in self._answers)
        deeper = " " * len(start)
        for number, field in enumerate(fields):
            here = (*loc, field.name)
            if here in self._answers:
                self._value(start if number == 0 else deeper, field, here)
            elif field.required:
                self._lines.append(f"{deeper}{field.name}:{_OPEN}")
            else:
                self._lines += [f"{deeper}# {line}" for line in _example(field, "")]


def _about(field: Field) -> str:
    return f"{field.label} (Pflicht): {field.help}" if field.required else f"{field.label}: {field.help}"


def _possible(field: Field) -> Iterator[str]:
    """Yield what may stand in a field."""
    if field.choices is not None:
        yield "Möglich: " + ", ".join(f"{one.value} ({one.label_de})" for one in field.choices)
    if field.kind:
        yield f"Kennung: Name einer Datei in content/{KINDS[field.kind].folder}/, ohne Endung."
    if field.many and field.record is None:
        yield "Eine oder mehrere, in eckigen Klammern und mit Komma dazwischen."


def _commented(field: Field) -> list[str]:
    if field.record is None:
        return [f"# {field.name}:"]
    lines = [f"{field.name}:"]
    start = "  - " if field.many else "  "
    for number, inner in enumerate(fields_of(field.record)):
        lines += _example(inner, start if number == 0 else " " * len(start))
    return [f"# {line}" for line in lines]


def _example(field: Field, start: str) -> Iterator[str]:
    """Yield a field of a record as it would be written, explained on its own line."""
    choices = f" Möglich: {', '.join(field.choices)}." if field.choices is not None else ""
    yield f"{start}{field.name}:  ## {_about(field)}{choices}"
    if field.record is not None:
        deeper = " " * len(start) + ("  - " if field.many else "  ")
        for number, inner in enumerate(fields_of(field.record)):
            yield from _example(inner, deeper if number == 0 else " " * len(deeper))


def _written(name: str, value: Plain, start: str) -> list[str]:
    """Write a field with its value; `start` is what stands before its name on the first line."""
    if isinstance(value, list):
        items = ", ".join(_scalar(str(item), flow=True) for item in value)
        return [f"{start}{name}: [{items}]"]
    if isinstance(value, dict):
        pairs = ", ".join(f"{key}: {_scalar(str(one), flow=True)}" for key, one in value.items())
        return [f"{start}{name}: {{{pairs}}}"]
    text = str(value)
    indent = " " * (len(start) + 2)
    folded = textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
    lines = [f"{name}: >-", *(f"  {line}" for line in folded)]
    if len(text) > _LONG and len(folded) > 1 and _reads_as("\n".join(lines), name, text):
        return [f"{start}{lines[0]}", *(f"{indent}{line.strip()}" for line in lines[1:])]
    return [f"{start}{name}: {_scalar(text)}"]


def _scalar(text: str, *, flow: bool = False) -> str:
    """Write a text as it is where YAML reads it as just that, else between quotes."""
    written = f"[{text}]" if flow else text
    if "\n" not in text and _reads_as(f"key: {written}", "key", [text] if flow else text):
        return text
    return "".join(
        one if one.isprintable() else f"\\U{ord(one):08x}" for one in json.dumps(text, ensure_ascii=False)
    )


def _reads_as(yaml: str, name: str, value: Plain) -> bool:
    document, problems = parse_yaml(yaml + "\n", "")
    return document is not None and not problems and document.data == {name: value}
