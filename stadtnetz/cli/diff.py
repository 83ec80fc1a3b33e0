"""`build.py diff`: what the working tree changes on the published site."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from stadtnetz.cli.diff_words import DIFF_WORDS
from stadtnetz.cli.options import EXIT_ERRORS, sharing
from stadtnetz.cli.report import Report
from stadtnetz.settings import Settings

if TYPE_CHECKING:
    from stadtnetz.authoring.comparing import Compared

__all__ = ["diff_command"]

_TERMINATED = 128 + signal.SIGTERM


@click.command("diff")
@click.option(
    "--base",
    default="",
    metavar="STAND",
    help="Womit verglichen wird: ein Stand in git (main, HEAD~3, v1.0) oder ein Ordner mit einer gebauten Seite.  "
    "[Vorgabe: wo dieser Zweig vom Hauptzweig abging]",
)
@sharing("text", "markdown", "html", "json")
def diff_command(settings: Settings, report: Report, *, base: str, format_: str) -> None:
    """Sagt, was sich auf der Seite ändert: Seiten, die dazukommen, wegfallen, umziehen, und ihre Texte.

    Baut dazu den alten und den jetzigen Stand in einen Ordner, der danach wieder weg ist; output/ bleibt, wie es ist.
    """
    # Imported here for the sake of a quick start: see pipeline.py.
    from stadtnetz.authoring.revision import GitError
    from stadtnetz.cli.diff_formats import render

    words = DIFF_WORDS[report.language]
    try:
        with _ending_politely():
            name, compared = _compare(settings, report, base)
            report.done()
    except GitError as error:
        raise click.UsageError(words[f"git-{error.reason}"].format(name=error.detail)) from error
    if compared.difference is None:
        if compared.failed is None:
            raise TypeError(compared)
        click.echo(words["base-broken" if compared.failed_base else "broken"].format(name=name), err=True)
        report.failed(compared.failed)
        sys.exit(EXIT_ERRORS)
    click.echo(render(compared.difference, name, format_, report.language))


def _compare(settings: Settings, report: Report, base: str) -> tuple[str, Compared]:
    """Compare, and say with what: a folder's name, or a revision's with its commit."""
    from stadtnetz.authoring.comparing import compare_with_folder, compare_with_revision, is_site
    from stadtnetz.authoring.revision import find_revision

    folder = Path(base)
    if base and is_site(folder):
        return base, compare_with_folder(settings, folder, report.progress)
    revision = find_revision(settings.root, base)
    return f"{revision.name} ({revision.commit[:8]})", compare_with_revision(
        settings, revision, report.progress
    )


@contextmanager
def _ending_politely() -> Iterator[None]:
    """Let go of everything on the way out when CI stops what takes too long, as on Ctrl+C."""
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the form is Python's
    sys.exit(_TERMINATED)
