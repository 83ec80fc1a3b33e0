"""`build.py upcoming`: what will change by itself, when, and why."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from stadtnetz.cli.options import EXIT_ERRORS, sharing
from stadtnetz.cli.report import Report
from stadtnetz.diagnostics import has_errors
from stadtnetz.diagnostics.catalogue import term
from stadtnetz.diagnostics.printers import visible
from stadtnetz.settings import Settings

if TYPE_CHECKING:
    from stadtnetz.authoring.upcoming import Upcoming

__all__ = ["upcoming_command"]

WORDS: Mapping[str, Mapping[str, str]] = {
    "de": {
        "name": "Was sich auf der Seite von selbst ändert",
        "head": "Das ändert sich von selbst bis zum {last}:",
        "nothing": "Bis zum {last} ändert sich nichts von selbst.",
        "inside": "Nur für die Redaktion: Hier steht auch, was noch gesperrt ist.",
        "unread": "Dateien mit Fehlern fehlen in dieser Liste: python build.py check",
        "draft": "Entwurf, auf der Seite ändert sich nichts",
        "check": "meldet die Prüfung, auf der Seite ändert sich nichts",
        "site": "site.yaml",
        "news-appears": "erscheint",
        "embargo-lifts": "erscheint, die Sperrfrist endet",
        "news-expires": "läuft ab und verschwindet",
        "event-begins": "beginnt",
        "event-over": "ist vorbei",
        "city-selected": "ist ausgewählt",
        "membership-begins": "die Mitgliedschaft beginnt",
        "first-year-over": "das erste Jahr ist um",
        "membership-over": "die Mitgliedschaft ist zu Ende",
        "figures-hold": "der angegebene Stand ist erreicht, die Zählungen gelten von da an",
        "tandem-begins": "das Tandem beginnt",
        "tandem-over": "das Tandem ist zu Ende",
        "tandem-overdue": "der fehlende Ort sollte jetzt bekannt sein",
        "picture-withdrawn": "ein Bild muss weg und verschwindet überall",
        "review-due": "die Frist zum Durchsehen ist um",
        "statement-holds": "die Bewertung der Barrierefreiheit liegt nicht mehr in der Zukunft",
        "statement-ages": "die Bewertung der Barrierefreiheit ist älter als ein Jahr",
        "security-ages": "die Angaben für Hinweise auf Schwachstellen laufen in 30 Tagen ab",
        "security-expires": "die Angaben für Hinweise auf Schwachstellen laufen ab, security.txt verschwindet",
    },
    "en": {
        "name": "What changes by itself on the site",
        "head": "This changes by itself until {last}:",
        "nothing": "Nothing changes by itself until {last}.",
        "inside": "For editors only: what is still under embargo stands here as well.",
        "unread": "Files with errors are missing in this list: python build.py check",
        "draft": "draft, nothing changes on the site",
        "check": "reported by the check, nothing changes on the site",
        "site": "site.yaml",
        "news-appears": "appears",
        "embargo-lifts": "appears, its embargo is lifted",
        "news-expires": "expires and disappears",
        "event-begins": "begins",
        "event-over": "is over",
        "city-selected": "is selected",
        "membership-begins": "membership begins",
        "first-year-over": "the first year is over",
        "membership-over": "membership ends",
        "figures-hold": "the stated day has come, counts hold from then on",
        "tandem-begins": "the tandem begins",
        "tandem-over": "the tandem ends",
        "tandem-overdue": "the missing place should be known by now",
        "picture-withdrawn": "a picture must go and disappears everywhere",
        "review-due": "the time to review it is up",
        "statement-holds": "the accessibility assessment no longer lies in the future",
        "statement-ages": "the accessibility assessment is older than a year",
        "security-ages": "the contact for security holes lapses in 30 days",
        "security-expires": "the contact for security holes lapses, security.txt disappears",
    },
}


@click.command("upcoming")
@click.option(
    "--within",
    type=click.IntRange(min=1, max=36_500),
    default=90,
    show_default=True,
    help="So viele Tage weit vorausschauen.",
)
@sharing("text", "json", "ics")
def upcoming_command(settings: Settings, report: Report, *, within: int, format_: str) -> None:
    """Sagt, was sich von selbst ändern wird, wann und warum; baut nichts.

    Gesperrte Meldungen stehen mit ihrem Titel da: Die Liste ist für die Redaktion, nicht zum Weitergeben.
    """
    # Imported here for the sake of a quick start: see pipeline.py.
    from stadtnetz.authoring.shelf import library_of
    from stadtnetz.authoring.upcoming import upcoming

    with library_of(settings) as (library, diagnostics):
        found = upcoming(library, settings.clock, within, drafts=settings.drafts)
    words = WORDS[report.language]
    if format_ == "json":
        rows = [_row(one, report.language) for one in found]
        click.echo(json.dumps({"within": within, "changes": rows}, ensure_ascii=False, indent=2))
    elif format_ == "ics":
        from stadtnetz.authoring.reminders import as_calendar

        told = [(one, _sentence(one, report.language), _remark(one, report.language)) for one in found]
        click.echo(as_calendar(told, settings.clock, words["name"]), nl=False)
    else:
        _print(found, settings, report, within)
    if has_errors(diagnostics):
        click.echo(words["unread"], err=True)
        sys.exit(EXIT_ERRORS)


def _print(found: tuple[Upcoming, ...], settings: Settings, report: Report, within: int) -> None:
    words = WORDS[report.language]
    form = "%d.%m.%Y" if report.language == "de" else "%Y-%m-%d"
    last = f"{settings.clock.today + timedelta(days=within):{form}}"
    click.echo(words["head" if found else "nothing"].format(last=last))
    for one in found:
        at = one.change.at
        when = f"{at:{form} %H:%M}" if (at.hour, at.minute) != (0, 0) else f"{at:{form}}      "
        click.echo(f"\n{click.style(when, bold=True)}  {visible(_sentence(one, report.language))}")
        click.echo(f"{' ' * 18}{visible(_remark(one, report.language))}")
    if found and not report.quiet:
        click.echo(f"\n{words['inside']}")


def _sentence(one: Upcoming, language: str) -> str:
    words = WORDS[language]
    if one.change.kind == "site":
        return f"{words['site']}: {words[one.change.why]}"
    inner = one.title.translate({ord("„"): "‚", ord("“"): "‘"})
    quoted = f"„{inner}“" if language == "de" else f'"{one.title}"'
    return f"{term(one.change.kind, language)} {quoted}: {words[one.change.why]}"


def _remark(one: Upcoming, language: str) -> str:
    words = WORDS[language]
    if one.on_site:
        return one.change.path
    return f"{one.change.path} ({words['draft' if one.draft else 'check']})"


def _row(one: Upcoming, language: str) -> dict[str, object]:
    change = one.change
    return {
        "at": change.at.isoformat(),
        "why": change.why,
        "text": _sentence(one, language),
        "kind": change.kind,
        "id": change.id,
        "title": one.title,
        "path": change.path,
        "on_site": one.on_site,
        "draft": one.draft,
    }
