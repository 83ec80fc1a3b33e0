"""`build.py ci-init`: write the files with which a host checks, builds and publishes the site."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from stadtnetz.cli.ci_words import NEXT_STEPS
from stadtnetz.cli.options import EXIT_ERRORS, LANGUAGE, PROJECT
from stadtnetz.operating.pipelines import TARGETS, write_pipeline

__all__ = ["ci_init_command"]

WORDS: Mapping[str, Mapping[str, str]] = {
    "de": {
        "written": "geschrieben:  {path}",
        "same": "unverändert:  {path}",
        "kept": "steht schon da und ist anders:  {path}",
        "nothing": "Nichts geschrieben. Mit --force wird ersetzt, was schon da ist.",
        "refused": "{path} lässt sich nicht schreiben: {reason}.",
        "next": "Was jetzt einzustellen ist (mehr dazu in docs/betrieb.md):",
    },
    "en": {
        "written": "written:  {path}",
        "same": "unchanged:  {path}",
        "kept": "is there already and differs:  {path}",
        "nothing": "Nothing written. --force replaces what is there.",
        "refused": "{path} can't be written: {reason}.",
        "next": "What is to be set now (more in docs/betrieb.md, in German):",
    },
}


@click.command("ci-init")
@click.argument("target", metavar="ZIEL", type=click.Choice(TARGETS))
@click.option("--force/--no-force", default=False, help="Ersetzen, was schon da ist.")
@LANGUAGE
@PROJECT
def ci_init_command(target: str, *, force: bool, lang: str, root: Path) -> None:
    """Richtet ein, dass jeder Pull Request geprüft und main veröffentlicht wird.

    ZIEL ist github, gitlab, forgejo (Codeberg mit Forgejo Actions), woodpecker (Codeberg mit Woodpecker), rsync (ein
    gewöhnlicher Webserver, auch mit SFTP) oder pre-commit (Prüfung vor jedem Commit auf dem eigenen Rechner).
    """
    words = WORDS[lang]
    try:
        done = write_pipeline(target, root, force=force)
    except OSError as error:
        told = words["refused"].format(path=error.filename, reason=error.strerror)
        raise click.UsageError(told) from error
    for name in ("written", "same", "kept"):
        paths: tuple[str, ...] = getattr(done, name)
        for path in paths:
            click.echo(words[name].format(path=path), err=name == "kept")
    if done.kept:
        click.echo(words["nothing"], err=True)
        sys.exit(EXIT_ERRORS)
    click.echo(f"\n{words['next']}")
    for number, step in enumerate(NEXT_STEPS[lang][target], 1):
        click.echo(f"  {number}. {step}")
