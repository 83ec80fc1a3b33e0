"""The command line: reads options, asks the time once, runs the pipeline, and says how it went.

Exit codes: 0 clean, 1 errors in the content (or warnings with --strict), 2 wrong usage, 3 a mistake of ours.
"""

from __future__ import annotations

import gc
import io
import os
import sys
import time
from pathlib import Path
from typing import NoReturn

import click
from msgspec.structs import replace

from stadtnetz import __version__
from stadtnetz.cli.options import EXIT_BUG, EXIT_ERRORS, OUTPUT, PUBLISHED, reporting, shared
from stadtnetz.cli.report import Report
from stadtnetz.diagnostics import has_errors
from stadtnetz.pipeline import build, examine
from stadtnetz.settings import Settings

__all__ = ["main"]


class _Commands(click.Group):
    """Loads a command that is not defined below when it is asked for: most runs are builds, to start quickly."""

    elsewhere = (
        *("ci-init", "diff", "due", "import", "links", "new"),
        *("schema", "serve", "stats", "upcoming", "verify"),
    )

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted((*super().list_commands(ctx), *self.elsewhere))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, None where there is none of that name."""
        match cmd_name:
            case "ci-init":
                from stadtnetz.cli.ci_init import ci_init_command

                return ci_init_command
            case "diff":
                from stadtnetz.cli.diff import diff_command

                return diff_command
            case "due":
                from stadtnetz.cli.due import due_command

                return due_command
            case "import":
                from stadtnetz.cli.importing import import_command

                return import_command
            case "links":
                from stadtnetz.cli.links import links_command

                return links_command
            case "new":
                from stadtnetz.cli.new import new_command

                return new_command
            case "schema":
                from stadtnetz.cli.schema import schema_command

                return schema_command
            case "serve":
                from stadtnetz.cli.serving import serve_command

                return serve_command
            case "stats":
                from stadtnetz.cli.stats import stats_command

                return stats_command
            case "upcoming":
                from stadtnetz.cli.upcoming import upcoming_command

                return upcoming_command
            case "verify":
                from stadtnetz.cli.verifying import verify_command

                return verify_command
            case _:
                return super().get_command(ctx, cmd_name)


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="stadtnetz")
def cli() -> None:
    """Baut aus content/, templates/ und site.yaml die Seite des Städtenetzwerks.

    \b
    python build.py check          Inhalte prüfen, nichts bauen
    python build.py build          prüfen und nach output/ bauen, was sich geändert hat
    python build.py serve          Vorschau im Browser, die jedem Speichern folgt
    python build.py verify         output/ mit einem Bau von Grund auf vergleichen
    python build.py explain URL    sagen, warum eine Seite neu gebaut würde oder nicht
    python build.py explain CODE   sagen, was eine Meldung bedeutet und was zu tun ist
    python build.py new news       eine Meldung anlegen; ebenso city, partner, tandem, event, page
    python build.py import DATEI   aus einer Pressemitteilung (Word, PDF, Mail, Webseite, Text) einen Entwurf machen
    python build.py upcoming       sagen, was sich wann von selbst ändert, und warum
    python build.py diff           sagen, was dieser Stand auf der Seite ändert
    python build.py due            sagen, ob die veröffentlichte Seite neu gebaut werden muss
    python build.py ci-init ZIEL   Prüfung und Veröffentlichung einrichten, bei github, gitlab, forgejo, …
    python build.py links          sagen, welche Links nach außen ins Leere führen
    python build.py schema         JSON-Schemas für Editoren schreiben
    python build.py stats          zählen, was es gibt, und nennen, was liegen geblieben ist
    python build.py build --as-of 2022-08-01 --base-url https://example.org/netz/

    Rückgabe: 0 in Ordnung, 1 Fehler im Inhalt (mit --strict auch Warnungen), 2 falscher Aufruf, 3 Fehler im Programm.
    """


@cli.command("build")
@OUTPUT
@click.option("--clean/--no-clean", default=False, help="Alles neu bauen, auch was sich nicht geändert hat.")
@click.option("--explain/--no-explain", default=False, help="Zu jeder gebauten Seite sagen, warum.")
@PUBLISHED
@reporting
def build_command(
    settings: Settings,
    report: Report,
    *,
    output: Path | None,
    clean: bool,
    explain: bool,
    published: str | None,
) -> None:
    """Prüft alles und baut nach output/, was sich geändert hat.

    Gibt es Fehler, bleibt die alte Seite in output/ unverändert.
    """
    target = output or settings.root / "output"
    started = time.perf_counter()
    # Imported here for the sake of a quick start: other commands do without.
    from stadtnetz.authoring.revision import present

    settings = replace(_remembering(settings, report, published), clean=clean)
    commit = present(settings.root)
    settings = replace(
        settings,
        commit=commit.commit if commit.clean else None,
        head=commit.commit if settings.history else None,
    )
    built = build(settings, target, report.progress)
    report.built(built, target, time.perf_counter() - started, strict=settings.strict, explain=explain)
    if built.published is None:
        sys.exit(EXIT_ERRORS)


def _remembering(settings: Settings, report: Report, published: str | None) -> Settings:
    """Say where it is known from which addresses must not get lost."""
    if published is None:
        return replace(settings, history=True)
    # Imported here for the sake of a quick start: few builds are told of a manifest.
    from stadtnetz.operating.deployed import UnreadableError, manifest_at

    try:
        return replace(settings, published=manifest_at(published).entries)
    except UnreadableError as error:
        report.say("unreadable", err=True, name=published, reason=error.detail)
        sys.exit(EXIT_ERRORS)


@cli.command("check")
@PUBLISHED
@reporting
def check_command(settings: Settings, report: Report, *, published: str | None) -> None:
    """Prüft Inhalte, Vorlagen und site.yaml und meldet alles auf einmal; baut nichts."""
    started = time.perf_counter()
    settings = _remembering(settings, report, published)
    examined = examine(settings, report.progress)
    report.checked(examined, time.perf_counter() - started, strict=settings.strict)
    if has_errors(examined.diagnostics, strict=settings.strict):
        sys.exit(EXIT_ERRORS)


@cli.command("explain")
@click.argument("address", metavar="WAS")
@OUTPUT
@shared
def explain_command(settings: Settings, report: Report, *, address: str, output: Path | None) -> None:
    """Sagt, was eine Meldung bedeutet, oder warum eine Seite beim nächsten Bau gebaut würde oder nicht.

    WAS ist der Code einer Meldung wie unknown-reference, eine Seite wie /staedte/lueneburg/ oder eine Datei in
    output/ wie feed.xml. Gebaut wird nichts.
    """
    # Imported here for the sake of a quick start: most builds have little to do.
    from stadtnetz.diagnostics.catalogue import all_rules
    from stadtnetz.explanation import explain

    rules = {rule.code: rule for rule in all_rules()}
    if address in rules:
        report.rule(rules[address])
        return

    target = output or settings.root / "output"
    explained = explain(settings, target, address)
    report.explained(explained, strict=settings.strict)
    if explained.file is None:
        sys.exit(EXIT_ERRORS)


def main() -> None:
    """Run the command line; what we did not foresee becomes one sentence and exit code 3."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal or a log that has no „ must not stop us from saying what is wrong.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    # Every command but `serve`, which allows it again, ends before looking for circles of objects could pay.
    gc.disable()
    try:
        cli(prog_name="build.py")
    except SystemExit as end:
        _leave(end)
    except Exception:  # noqa: BLE001 - the last line of defence: an editor is never shown a bare traceback
        click.echo(
            "Das ist ein Fehler im Programm, nicht in Ihren Inhalten. output/ ist unverändert.\n"
            "Bitte melden Sie ihn mit dem folgenden Text. / This is a bug of ours, please report it:\n",
            err=True,
        )
        # Imported here for the sake of a quick start: it is hardly ever needed.
        import traceback

        click.echo(traceback.format_exc(limit=-6), err=True)
        sys.exit(EXIT_BUG)


def _leave(end: SystemExit) -> NoReturn:
    """End the process at once: to free ten thousand entries one by one takes longer than to find out what changed.

    Whatever has to be put away has been; nothing of ours waits for the interpreter's end.
    """
    if end.code is not None and not isinstance(end.code, int):
        raise end
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # nobody reads any more; Python knows how to end then
        raise end from None
    os._exit(end.code or 0)
