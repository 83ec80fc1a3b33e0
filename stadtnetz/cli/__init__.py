"""The command line: reads options, asks the time once, runs the pipeline, and says how it went.

Exit codes: 0 clean, 1 errors in the content (or warnings with --strict), 2 wrong usage, 3 a mistake of ours.
"""

from __future__ import annotations

import io
import os
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from stadtnetz import __version__
from stadtnetz.cli.report import Report
from stadtnetz.clock import Clock
from stadtnetz.dates import DateFormatError, ImpossibleDateError
from stadtnetz.diagnostics import has_errors
from stadtnetz.pipeline import build, examine
from stadtnetz.settings import Settings
from stadtnetz.workers import sensible

__all__ = ["main"]

ROOT = Path(__file__).resolve().parents[2]
EXIT_ERRORS, EXIT_BUG = 1, 3


class _Moment(click.ParamType[Clock]):
    """A day or a moment in Europe/Berlin."""

    name = "datum"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Clock:  # noqa: ANN401
        """Read `2022-08-01`, `01.08.2022`, or either with a time."""
        if isinstance(value, Clock):
            return value
        try:
            return Clock.from_text(str(value))
        except (DateFormatError, ImpossibleDateError):
            self.fail(
                f"„{value}“ ist kein Datum; so geht es: 2022-08-01 oder „2022-08-01 12:30“.", param, ctx
            )


class _BaseUrl(click.ParamType[str]):
    """The address that a site will have."""

    name = "adresse"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401
        """Demand a complete address and end it with a slash."""
        try:
            parts = urlsplit(str(value))
            _ = parts.port
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            self.fail(
                f"„{value}“ ist keine vollständige Adresse; so geht es: https://example.org/netz/", param, ctx
            )
        return str(value).rstrip("/") + "/"


def _shared(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that all commands have."""
    options = (
        click.option("--as-of", type=_Moment(), help="Für diesen Tag oder Zeitpunkt bauen (Europe/Berlin)."),
        click.option(
            "--base-url", type=_BaseUrl(), help="Adresse der fertigen Seite, statt der in site.yaml."
        ),
        click.option("--drafts/--no-drafts", default=False, help="Entwürfe mitnehmen (nur zur Vorschau)."),
        click.option(
            "--search/--no-search",
            default=True,
            help="Die Suche einrichten, wenn site.yaml sie vorsieht; ohne sie geht der Bau schneller.",
        ),
        click.option(
            "--jobs",
            type=click.IntRange(min=1),
            help="Prozesse, die sich die Arbeit teilen.  [Vorgabe: einer je Kern, bei wenig Arbeit nur einer]",
        ),
        click.option(
            "--strict/--no-strict",
            default=False,
            help="Warnungen wie Fehler behandeln (vor dem Veröffentlichen).",
        ),
        click.option(
            "--format",
            "format_",
            type=click.Choice(["text", "json"]),
            default="text",
            show_default=True,
            help="Ausgabe für Menschen oder Programme.",
        ),
        click.option(
            "--lang",
            type=click.Choice(["de", "en"]),
            default="de",
            show_default=True,
            help="Sprache der Meldungen.",
        ),
        click.option("-q", "--quiet", is_flag=True, help="Nur Fehler und Warnungen zeigen."),
        click.option(
            "-v", "--verbose", is_flag=True, help="Auch Warnungen mit Ausschnitt und Einzelheiten zeigen."
        ),
        click.option(
            "--root", type=click.Path(exists=True, file_okay=False, path_type=Path), default=ROOT, hidden=True
        ),
    )

    @wraps(command)
    def run(
        as_of: Clock | None,
        base_url: str | None,
        *,
        drafts: bool,
        search: bool,
        jobs: int | None,
        strict: bool,
        format_: str,
        lang: str,
        quiet: bool,
        verbose: bool,
        root: Path,
        **own: Any,  # noqa: ANN401 - each command's own options
    ) -> None:
        report = Report(lang, as_json=format_ == "json", quiet=quiet, verbose=verbose)
        settings = Settings(
            root,
            as_of or _now(),
            base_url,
            drafts=drafts,
            search=search,
            strict=strict,
            jobs=jobs or sensible(),
        )
        command(settings, report, **own)

    decorated: Callable[..., None] = run
    for option in reversed(options):
        decorated = option(decorated)
    return decorated


_OUTPUT = click.option(
    "--output", type=click.Path(file_okay=False, path_type=Path), help="Zielordner.  [Vorgabe: output/]"
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="stadtnetz")
def cli() -> None:
    """Baut aus content/, templates/ und site.yaml die Seite des Städtenetzwerks.

    \b
    python build.py check          Inhalte prüfen, nichts bauen
    python build.py build          prüfen und nach output/ bauen, was sich geändert hat
    python build.py verify         output/ mit einem Bau von Grund auf vergleichen
    python build.py explain URL    sagen, warum eine Seite neu gebaut würde oder nicht
    python build.py build --as-of 2022-08-01 --base-url https://example.org/netz/

    Rückgabe: 0 in Ordnung, 1 Fehler im Inhalt (mit --strict auch Warnungen), 2 falscher Aufruf, 3 Fehler im Programm.
    """


@cli.command("build")
@_OUTPUT
@click.option("--clean/--no-clean", default=False, help="Alles neu bauen, auch was sich nicht geändert hat.")
@click.option("--explain/--no-explain", default=False, help="Zu jeder gebauten Seite sagen, warum.")
@_shared
def build_command(
    settings: Settings, report: Report, *, output: Path | None, clean: bool, explain: bool
) -> None:
    """Prüft alles und baut nach output/, was sich geändert hat.

    Gibt es Fehler, bleibt die alte Seite in output/ unverändert.
    """
    target = output or settings.root / "output"
    started = time.perf_counter()
    built = build(replace(settings, clean=clean), target, report.progress)
    report.built(built, target, time.perf_counter() - started, strict=settings.strict, explain=explain)
    if built.published is None:
        sys.exit(EXIT_ERRORS)


@cli.command("check")
@_shared
def check_command(settings: Settings, report: Report) -> None:
    """Prüft Inhalte, Vorlagen und site.yaml und meldet alles auf einmal; baut nichts."""
    started = time.perf_counter()
    examined = examine(settings, report.progress)
    report.checked(examined, time.perf_counter() - started, strict=settings.strict)
    if has_errors(examined.diagnostics, strict=settings.strict):
        sys.exit(EXIT_ERRORS)


@cli.command("verify")
@_OUTPUT
@_shared
def verify_command(settings: Settings, report: Report, *, output: Path | None) -> None:
    """Vergleicht output/ Byte für Byte mit einem Bau von Grund auf; ändert nichts.

    Am besten mit demselben Zeitpunkt (--as-of) und derselben Adresse (--base-url) wie der Bau.
    """
    target = output or settings.root / "output"
    started = time.perf_counter()
    # Imported here for the sake of a quick start: most builds have little to do.
    from stadtnetz.verify import verify

    verified = verify(settings, target, report.progress)
    report.verified(verified, target, time.perf_counter() - started, strict=settings.strict)
    if verified.clean.published is None or verified.differences:
        sys.exit(EXIT_ERRORS)


@cli.command("explain")
@click.argument("address", metavar="ADRESSE")
@_OUTPUT
@_shared
def explain_command(settings: Settings, report: Report, *, address: str, output: Path | None) -> None:
    """Sagt, warum eine Seite beim nächsten Bau gebaut würde oder nicht; baut nichts.

    ADRESSE ist eine Seite wie /staedte/lueneburg/ oder eine Datei in output/ wie feed.xml.
    """
    # Imported here for the sake of a quick start: most builds have little to do.
    from stadtnetz.explanation import explain

    target = output or settings.root / "output"
    explained = explain(settings, target, address)
    report.explained(explained, strict=settings.strict)
    if explained.file is None:
        sys.exit(EXIT_ERRORS)


def _now() -> Clock:
    """Return the moment of this build: SOURCE_DATE_EPOCH where it is set, else the system's time."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return Clock.at(datetime.now(UTC))
    try:
        return Clock.from_epoch(int(epoch))
    except (ValueError, OverflowError, OSError) as error:
        raise click.UsageError(f"SOURCE_DATE_EPOCH={epoch} ist keine Zahl von Sekunden seit 1970.") from error


def main() -> None:
    """Run the command line; what we did not foresee becomes one sentence and exit code 3."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal or a log that has no „ must not stop us from saying what is wrong.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        cli(prog_name="build.py")
    except Exception:  # noqa: BLE001 - the last line of defence: an editor is never shown a bare traceback
        click.echo(
            "Das ist ein Fehler im Programm, nicht in Ihren Inhalten. output/ ist unverändert.\n"
            "Bitte melden Sie ihn mit dem folgenden Text. / This is a bug of ours, please report it:\n",
            err=True,
        )
        click.echo(traceback.format_exc(limit=-6), err=True)
        sys.exit(EXIT_BUG)
