"""`build.py verify`: output/ against a build from scratch, or a published site against its manifest."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click
from msgspec.structs import replace

from stadtnetz.cli.options import EXIT_ERRORS, OUTPUT, shared
from stadtnetz.cli.report import Report
from stadtnetz.settings import Settings

__all__ = ["verify_command"]


@click.command("verify")
@OUTPUT
@click.option(
    "--against",
    metavar="VERZEICHNIS",
    help="Nichts bauen, sondern mit einer build.json vergleichen (Datei oder Adresse): den Zielordner, oder mit "
    "--base-url die Seite unter dieser Adresse.",
)
@shared
def verify_command(settings: Settings, report: Report, *, output: Path | None, against: str | None) -> None:
    """Vergleicht output/ Byte für Byte mit einem Bau von Grund auf; ändert nichts.

    Am besten mit demselben Zeitpunkt (--as-of) und derselben Adresse (--base-url) wie der Bau.
    """
    target = output or settings.root / "output"
    started = time.perf_counter()
    if against is not None:
        _verify_deployed(settings, report, target, against, asked=output is not None)
        return
    # Imported here for the sake of a quick start: most builds have little to do.
    from stadtnetz.authoring.revision import clean_commit
    from stadtnetz.verify import verify

    settings = replace(settings, commit=clean_commit(settings.root))
    verified = verify(settings, target, report.progress)
    report.verified(verified, target, time.perf_counter() - started, strict=settings.strict)
    if verified.clean.published is None or verified.differences:
        sys.exit(EXIT_ERRORS)


def _verify_deployed(settings: Settings, report: Report, target: Path, against: str, *, asked: bool) -> None:
    """Compare a folder, or what a server gives, with a manifest."""
    # Imported here for the sake of a quick start: most builds have little to do.
    from stadtnetz.operating.deployed import UnreadableError, manifest_at, verify_folder, verify_site

    try:
        manifest = manifest_at(against)
        if settings.base_url is not None and not asked:
            place, found = settings.base_url, verify_site(manifest, settings.base_url)
        else:
            whole, inside = target.resolve(), Path(against).resolve()
            own = (
                inside.relative_to(whole).as_posix()
                if inside.is_relative_to(whole)
                else _own(target, manifest.files)
            )
            place, found = str(target), verify_folder(manifest, target, own)
    except UnreadableError as error:
        report.say("unreadable", err=True, name=against, reason=error.detail)
        sys.exit(EXIT_ERRORS)
    report.deployed(found, place, len(manifest.files))
    if found:
        sys.exit(EXIT_ERRORS)


def _own(folder: Path, files: object) -> str:
    """Return where the manifest of a folder stands by default, unless it is listed like any other file."""
    from stadtnetz.model.deploy import MANIFEST

    listed = isinstance(files, dict) and MANIFEST in files
    return MANIFEST if not listed and (folder / MANIFEST).is_file() else ""
