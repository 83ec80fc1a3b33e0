"""What commands of the command line share: their options, and the one place where the time is asked."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from stadtnetz.cli.delivery import FORMATS, Delivery
from stadtnetz.cli.report import Report
from stadtnetz.clock import Clock
from stadtnetz.dates import DateFormatError, ImpossibleDateError
from stadtnetz.settings import Settings
from stadtnetz.workers import sensible

__all__ = [
    "EXIT_BUG",
    "EXIT_ERRORS",
    "LANGUAGE",
    "OUTPUT",
    "PROJECT",
    "PUBLISHED",
    "REPORT",
    "now",
    "reporting",
    "shared",
    "sharing",
]

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


LANGUAGE = click.option(
    "--lang",
    type=click.Choice(["de", "en"]),
    default="de",
    show_default=True,
    help="Sprache der Meldungen.",
)
PROJECT = click.option(
    "--root", type=click.Path(exists=True, file_okay=False, path_type=Path), default=ROOT, hidden=True
)

_TEXT_OR_JSON = ("text", "json")


def shared(command: Callable[..., None], *, formats: tuple[str, ...] = _TEXT_OR_JSON) -> Callable[..., None]:
    """Add the options that all commands have. One that can print in other `formats` is told which, as `format_`."""

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
        delivery = own.pop("delivery", None)
        as_json = format_ == "json" and delivery is None
        report = Report(lang, as_json=as_json, quiet=quiet, verbose=verbose, delivery=delivery)
        settings = Settings(
            root,
            as_of or now(),
            base_url,
            drafts=drafts,
            search=search,
            strict=strict,
            jobs=jobs or sensible(),
        )
        if formats != _TEXT_OR_JSON:
            own["format_"] = format_
        command(settings, report, **own)

    decorated: Callable[..., None] = run
    for option in reversed(_options(formats)):
        decorated = option(decorated)
    return decorated


def _options(formats: tuple[str, ...]) -> tuple[Callable[[Callable[..., None]], Callable[..., None]], ...]:
    return (
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
            type=click.Choice(formats),
            default="text",
            show_default=True,
            help="Ausgabe für Menschen oder Programme.",
        ),
        LANGUAGE,
        click.option("-q", "--quiet", is_flag=True, help="Nur Fehler und Warnungen zeigen."),
        click.option(
            "-v", "--verbose", is_flag=True, help="Auch Warnungen mit Ausschnitt und Einzelheiten zeigen."
        ),
        PROJECT,
    )


def sharing(*formats: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return `shared` for a command that can print in these formats."""
    return lambda command: shared(command, formats=formats)


def reporting(command: Callable[..., None]) -> Callable[..., None]:
    """Add what `shared` adds, and reports in all formats, on standard output or into a file."""

    @wraps(command)
    def told(settings: Settings, report: Report, *, format_: str, **own: Any) -> None:  # noqa: ANN401, ARG001 - as above
        command(settings, report, **own)

    decorated = shared(told, formats=FORMATS)

    @wraps(decorated)
    def run(*, format_: str, report: Path | None, **own: Any) -> None:  # noqa: ANN401 - as above
        if report is not None and format_ == "text":
            raise click.UsageError(f"--report braucht --format mit einem von: {', '.join(FORMATS[1:])}.")
        machine = format_ not in _TEXT_OR_JSON or report is not None
        decorated(format_=format_, delivery=Delivery(format_, report) if machine else None, **own)

    return REPORT(run)


REPORT = click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="DATEI",
    help="Den Bericht (--format) in diese Datei schreiben und hier lesbar melden, was los ist.",
)
OUTPUT = click.option(
    "--output", type=click.Path(file_okay=False, path_type=Path), help="Zielordner.  [Vorgabe: output/]"
)

PUBLISHED = click.option(
    "--published",
    metavar="VERZEICHNIS",
    help="Keine Adresse der veröffentlichten Seite verlieren: ihre build.json, als Datei oder Adresse. "
    " [Vorgabe: die Geschichte in git]",
)


def now() -> Clock:
    """Return the moment of a build: SOURCE_DATE_EPOCH where it is set, else the system's time."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return Clock.at(datetime.now(UTC))
    try:
        return Clock.from_epoch(int(epoch))
    except (ValueError, OverflowError, OSError) as error:
        raise click.UsageError(f"SOURCE_DATE_EPOCH={epoch} ist keine Zahl von Sekunden seit 1970.") from error
