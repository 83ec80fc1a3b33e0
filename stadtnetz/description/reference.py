"""The reference of all fields for docs/handbuch/felder.md, made from the model so that it can't be out of date.

`make docs` writes it; a test compares.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from stadtnetz.model.base import Record
from stadtnetz.model.fields import Field, fields_of
from stadtnetz.model.kinds import KINDS, Kind
from stadtnetz.model.picture import Attachment, Picture
from stadtnetz.model.shared import Contact, Entry, Source
from stadtnetz.model.site_config import SiteConfig
from stadtnetz.model.translation import Translation

__all__ = ["fields_reference"]

_INTRO = """\
# Alle Felder

Was in einem Eintrag stehen kann, nach Arten geordnet. Dieselben Bezeichnungen und Erklärungen zeigen
`build.py new`, das Formular im Browser und Editoren, die YAML ergänzen. Pflichtfelder sind **fett**. Alles andere
darf fehlen oder leer bleiben.

- **Datum** heißt: `2022-07-08` oder `08.07.2022`. Wo es dabeisteht, genügen auch Monat (`2022-07`) oder Jahr (`2022`).
  Bitte nie genauer schreiben, als die Quelle es sagt.
- **Kennung** heißt: der Name einer Datei ohne Endung. Stendal steht in `content/cities/stendal.yaml`, seine Kennung
  ist also `stendal`.
- **Liste** heißt: beliebig viele, in eckigen Klammern (`[stendal, lemgo]`) oder je Zeile mit `-` davor.
- Text mit Doppelpunkt oder Raute kommt in Anführungszeichen: `"Stendal: ein Rückblick"`.

Diese Seite wird aus dem Programm erzeugt (`make docs`).
"""
_HEAD = "| Feld | Bezeichnung | Was hineinkommt | Erklärung |\n| --- | --- | --- | --- |\n"
_PLURALS = {
    "city": "Orte",
    "partner": "Partner",
    "tandem": "Tandems",
    "news": "Meldungen",
    "event": "Termine",
    "page": "Seiten",
    "topic": "Themen",
    "network": "Regionale Netzwerke",
    "phase": "Phasen des Programms",
    "background": "Hintergrundtexte",
    "milestone": "Meilensteine",
}
_COMMON = "In jedem Eintrag"
_SHARED: Mapping[type[Record], str] = {
    Contact: "Kontakt",
    Picture: "Bild",
    Attachment: "Anlage",
    Source: "Quelle",
}
"""What several kinds of entry contain: told once."""
_PRECISIONS = {"day": "Tag", "minute": "Tag mit Uhrzeit", "month": "Monat", "year": "Jahr"}


def fields_reference() -> str:
    """Return docs/handbuch/felder.md."""
    common = set(Entry.model_fields)
    parts = [_INTRO]
    for kind in KINDS.values():
        parts.append(f"\n## {_PLURALS[kind.name]}\n\n{_where(kind)}\n")
        own = [field for field in fields_of(kind.model) if field.name not in common]
        parts += _tables(own)
    parts.append(f"\n## {_COMMON}\n\nDiese Felder haben Einträge jeder Art.\n")
    parts += _tables(fields_of(Entry))
    for record, label in _SHARED.items():
        parts.append(f"\n## {label}\n\nSteht in Feldern, bei denen „{label}“ angegeben ist.\n")
        parts += _tables(fields_of(record))
    parts.append(
        "\n## Übersetzungen\n\nEine Übersetzung heißt wie das Original mit der Sprache vor der Endung "
        "(`programm.en.md`, `programm.de-simple.md`) und enthält nur Texte.\n"
    )
    parts += _tables(fields_of(Translation))
    parts.append("\n## site.yaml\n\nWas der Betreiber der Seite festlegt.\n")
    parts += _tables(fields_of(SiteConfig))
    return "".join(parts)


def _where(kind: Kind) -> str:
    ending = "md" if kind.form == "markdown" else "yaml"
    year = "JAHR/" if kind.name == "news" else ""
    text = (
        "Die Felder stehen zwischen zwei Zeilen mit `---`, darunter der Text."
        if kind.form == "markdown"
        else "Ein längerer Text steht in einer `.md`-Datei gleichen Namens daneben."
    )
    return (
        f"Jeder Eintrag ist eine Datei `content/{kind.folder}/{year}kennung.{ending}`. {text}\nDazu kommen die "
        f"Felder [in jedem Eintrag](#{_COMMON.lower().replace(' ', '-')})."
    )


def _tables(fields: Sequence[Field]) -> Iterator[str]:
    """Yield a table of fields, then one for each record among them, with the way to it as heading."""
    yield f"\n{_HEAD}" + "".join(map(_row, fields))
    yield from _nested(fields, "")


def _nested(fields: Sequence[Field], way: str) -> Iterator[str]:
    for field in fields:
        if field.record is None or field.record in _SHARED:
            continue
        here = f"{way}{field.name}"
        inner = fields_of(field.record)
        each = ", je Eintrag der Liste" if field.many else ", je Sprache" if field.by_language else ""
        yield f"\nIn **`{here}`** ({field.label}{each}):\n\n{_HEAD}" + "".join(map(_row, inner))
        yield from _nested(inner, f"{here} → ")


def _row(field: Field) -> str:
    name = f"**`{field.name}`**" if field.required else f"`{field.name}`"
    cells = (name, field.label, _values(field), field.help)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _values(field: Field) -> str:
    """Say what may stand in a field."""
    value = _value(field)
    if field.many:
        return f"Liste: {value}"
    return f"je Sprache: {value}" if field.by_language else value


def _value(field: Field) -> str:
    if field.record is not None and field.record in _SHARED:
        label = _SHARED[field.record]
        return f"[{label}](#{label.lower()})"
    if field.record is not None:
        return "mehrere Felder, siehe unten"
    if field.choices is not None:
        return ", ".join(f"`{one.value}` ({one.label_de})" for one in field.choices) + _default(field)
    if field.dates is not None:
        return "Datum: " + ", ".join(_PRECISIONS[precision] for precision in field.dates.precisions)
    if field.number is not None:
        return _number(field)
    if field.kind:
        return f"Kennung aus `content/{KINDS[field.kind].folder}/`"
    label = field.form.label if field.form is not None else "Text"
    return label + _default(field)


def _number(field: Field) -> str:
    limits = [
        f"{word} {limit:g}" for word, limit in (("ab", field.least), ("bis", field.most)) if limit is not None
    ]
    return " ".join(["ganze Zahl" if field.number is int else "Zahl", *limits]) + _default(field)


def _default(field: Field) -> str:
    if field.default is None or field.required:
        return ""
    value = {True: "ja", False: "nein"}[field.default] if isinstance(field.default, bool) else field.default
    return f"; ohne Angabe `{value}`"


if __name__ == "__main__":
    print(fields_reference(), end="")
