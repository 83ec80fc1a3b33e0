"""`build.py serve`: the preview, and what the terminal says meanwhile."""

from __future__ import annotations

import gc
import sys
import webbrowser
from datetime import datetime
from typing import TYPE_CHECKING

import click

from stadtnetz.cli.options import EXIT_ERRORS, now, shared
from stadtnetz.cli.report import Report
from stadtnetz.clock import BERLIN
from stadtnetz.diagnostics import Diagnostic, Severity
from stadtnetz.settings import Settings

if TYPE_CHECKING:
    from stadtnetz.serve.builder import Done, Failed

__all__ = ["serve_command"]

_PORT = 8000
_LOOPBACK = "127.0.0.1"


@click.command("serve")
@click.option(
    "--port",
    type=click.IntRange(1, 65_535),
    default=_PORT,
    show_default=True,
    help="Port; ist er belegt, der nächste freie.",
)
@click.option("--open/--no-open", "open_", default=False, help="Die Vorschau gleich im Browser öffnen.")
@click.option(
    "--host",
    default=_LOOPBACK,
    show_default=True,
    help="Adresse, unter der die Vorschau erreichbar ist; jede andere öffnet sie für andere Rechner.",
)
@click.option(
    "--editor",
    metavar="NAME",
    default="vscode",
    show_default=True,
    help="Womit Fehlerstellen zu öffnen sind: vscode, vscodium, idea, zed, none (gar nicht) oder eine Adresse mit "
    "{path}, {line} und {column}.",
)
@shared
@click.pass_context
def serve_command(
    context: click.Context,
    settings: Settings,
    report: Report,
    *,
    port: int,
    open_: bool,
    host: str,
    editor: str,
) -> None:
    """Zeigt die Seite im Browser und baut sie nach jedem Speichern neu.

    Gibt es Fehler, bleibt die letzte gute Seite stehen, und darüber steht, was zu tun ist. output/ bleibt unberührt.
    """
    chosen = context.params
    if chosen["base_url"] is not None:
        raise click.UsageError("Die Vorschau hat ihre eigene Adresse; --base-url gilt für build und check.")
    if chosen["format_"] == "json":
        raise click.UsageError("Die Vorschau spricht mit Menschen; --format json gilt für build und check.")
    gc.enable()  # this command goes on for hours
    # Imported here, with all that a server needs: no other command has to wait for it.
    import asyncio

    from stadtnetz.serve.hosts import Hosts, NoPortError, is_loopback, listen
    from stadtnetz.serve.notice import EDITORS
    from stadtnetz.serve.preview import Asked, Preview

    if editor not in (*EDITORS, "none") and "{path}" not in editor:
        raise click.UsageError(
            f"„{editor}“ ist kein bekannter Editor und keine Adresse mit {{path}}. Bekannt: {', '.join(EDITORS)}."
        )
    try:
        sockets = listen(host, port)
    except NoPortError as error:
        report.say("serving_no_port", colour="red", err=True, host=host, reason=error.strerror or error)
        sys.exit(EXIT_ERRORS)
    hosts = Hosts(host, sockets[0].getsockname()[1])
    day = chosen["as_of"]
    if hosts.port != port:
        report.say("serving_port", wanted=port, port=hosts.port)
    report.say("serving", colour="green", url=hosts.url)
    if day is not None:
        report.say("serving_day", moment=_moment(day.now, chosen["lang"]))
    if settings.drafts:
        report.say("serving_drafts")
    if not is_loopback(host):
        report.say("serving_open", colour="yellow", err=True)
    report.say("serving_first")
    asked = Asked(settings, hosts, chosen["lang"], "" if editor == "none" else editor)
    preview = Preview(asked, now if day is None else lambda: day, _Teller(report, chosen["lang"]).tell)
    if open_:
        webbrowser.open(hosts.url)
    try:
        asyncio.run(preview.run(sockets))
    except (KeyboardInterrupt, asyncio.CancelledError):
        click.echo("", err=True)  # the terminal has shown ^C
    report.say("served")


def _moment(moment: datetime, language: str) -> str:
    return f"{moment:%d.%m.%Y, %H:%M}" if language == "de" else f"{moment:%Y-%m-%d %H:%M}"


class _Teller:
    """Tells how each build ended, and of the problems those that were not there before."""

    def __init__(self, report: Report, language: str) -> None:
        self._report = report
        self._language = language
        self._known: frozenset[Diagnostic] = frozenset()
        self._first, self._broken = True, False
        self._until: datetime | None = None

    def tell(self, outcome: Done | Failed) -> None:
        """Print what became of a build."""
        from stadtnetz.serve.builder import Failed  # lazily, as above

        time = f"{datetime.now(BERLIN):%H:%M:%S}"
        if isinstance(outcome, Failed):
            self._report.say("failed", colour="red", err=True, time=time, text=outcome.traceback)
            return
        built = outcome.built
        new = tuple(one for one in built.diagnostics if one not in self._known)
        self._known = frozenset(built.diagnostics)
        published = built.published
        if published is not None and outcome.only_search and not new:
            return
        self._report.problems(new, built.sources, full=published is None)
        if published is None:
            errors = sum(one.severity is Severity.ERROR for one in built.diagnostics)
            # Without errors it is --strict that stops a build.
            what, number = ("errors", errors) if errors else ("warnings", len(built.diagnostics))
            counted = self._report.count(what, number)
            self._report.say(
                "stopped_first" if self._first else "stopped",
                colour="red",
                err=True,
                time=time,
                errors=counted,
            )
            self._broken = True
            return
        if self._broken:
            self._report.say("rebuilt_clean", colour="green", time=time)
        what = self._what(sorted(built.reasons) or ["…"] * published.written, published.removed)
        key = "ready" if self._first else "rebuilt" if what else "rebuilt_same"
        self._report.say(key, time=time, seconds=outcome.seconds, pages=built.pages, what=what)
        self._broken = self._first = False
        if built.valid_until is not None and built.valid_until != self._until:
            self._report.say("served_until", moment=_moment(built.valid_until, self._language))
        self._until = built.valid_until

    def _what(self, files: list[str], removed: int) -> str:
        """Return "/a-z/ und 3 weitere Dateien, 1 Datei entfernt"."""
        told = [f"/{file.removesuffix('index.html')}" for file in files[:1]]
        if len(files) > 1:
            told = [self._report.count("rebuilt_more", len(files) - 1, first=told[0])]
        if removed:
            told.append(self._report.count("rebuilt_gone", removed))
        return ", ".join(told)
