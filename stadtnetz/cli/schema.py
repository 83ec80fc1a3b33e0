"""`build.py schema`: JSON Schemas for editors' tools, made from the content model."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from stadtnetz.cli.options import EXIT_ERRORS, shared
from stadtnetz.cli.report import Report
from stadtnetz.settings import STATE, Settings

__all__ = ["schema_command"]

FOLDER = "schemas"
"""Where the schemas stand that .vscode/settings.json names."""

WORDS: Mapping[str, Mapping[str, str]] = {
    "de": {
        "written": "{number} Schemas in {folder}: {changed} neu oder geändert.",
        "unwritable": "{path} kann nicht geschrieben werden: {reason}.",
    },
    "en": {
        "written": "{number} schemas in {folder}: {changed} new or changed.",
        "unwritable": "{path} can't be written: {reason}.",
    },
}


@click.command("schema")
@click.option(
    "--to",
    type=click.Path(file_okay=False, path_type=Path),
    help="Zielordner.  [Vorgabe: schemas/, mit --ids .build/schemas/]",
)
@click.option(
    "--ids/--no-ids",
    default=False,
    help="Auch die Kennungen aller heutigen Einträge vorschlagen; solche Schemas altern mit dem Inhalt.",
)
@shared
def schema_command(settings: Settings, report: Report, *, to: Path | None, ids: bool) -> None:
    """Schreibt JSON-Schemas aller Arten von Einträgen, der Übersetzungen und von site.yaml.

    Editoren, die YAML verstehen, ergänzen und erklären damit Felder. Ohne --ids hängen die Schemas nur vom
    Programm ab; so stehen sie in schemas/, und .vscode/settings.json verweist darauf.
    """
    # Imported here for the sake of a quick start: most calls are builds.
    from stadtnetz.description.schemas import SCHEMAS, written

    known = _ids(settings) if ids else None
    folder = to or settings.root / (f"{STATE}/{FOLDER}" if ids else FOLDER)
    changed = [name for name in SCHEMAS if _write(folder / f"{name}.json", written(name, known), report)]
    if report.for_programs:
        result = {"ok": True, "folder": str(folder), "schemas": list(SCHEMAS), "changed": changed}
        click.echo(json.dumps(result, ensure_ascii=False, indent=2))
    elif not report.quiet:
        words = WORDS[report.language]["written"]
        click.echo(words.format(number=len(SCHEMAS), folder=folder, changed=len(changed)))


def _ids(settings: Settings) -> Mapping[str, tuple[str, ...]]:
    from stadtnetz.memory import Memory
    from stadtnetz.network.library import load_library
    from stadtnetz.source import read_sources

    memory = Memory(None)
    try:
        library = load_library(read_sources(settings.root)[0], memory, settings.jobs)[0]
    finally:
        memory.close()
    return {kind: tuple(sorted(ids)) for kind, ids in library.declared.items()}


def _write(path: Path, text: str, report: Report) -> bool:
    """Write a file unless it says the same already; tell whether it was written."""
    try:
        if path.is_file() and path.read_bytes() == text.encode():
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        click.echo(WORDS[report.language]["unwritable"].format(path=path, reason=reason), err=True)
        sys.exit(EXIT_ERRORS)
    return True
