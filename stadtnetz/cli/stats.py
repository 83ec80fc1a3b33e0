"""`build.py stats`: what content there is, and what lies fallow."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import click
from msgspec import to_builtins

from stadtnetz.cli.options import EXIT_ERRORS, shared
from stadtnetz.cli.report import Report
from stadtnetz.diagnostics import has_errors
from stadtnetz.diagnostics.catalogue import term
from stadtnetz.diagnostics.printers import visible
from stadtnetz.settings import Settings

if TYPE_CHECKING:
    from stadtnetz.authoring.stats import Named, Stats

__all__ = ["stats_command"]

WORDS: Mapping[str, Mapping[str, str]] = {
    "de": {
        "kinds": "Einträge",
        "total": "gesamt",
        "seen": "sichtbar",
        "draft": "Entwurf",
        "not-yet": "noch nicht",
        "expired": "abgelaufen",
        "ages": "Alter nach „updated“, bei Meldungen sonst nach „published“",
        "up-to": "bis {months} M.",
        "over": "älter",
        "undated": "ohne",
        "states": "Orte nach Ländern",
        "stale": "Seit mehr als {months} Monaten nicht auf den Stand gebracht",
        "orphaned": "Ohne Verbindung: nennt nichts und wird nirgends genannt",
        "unsourced": "Ohne Quelle",
        "none": "nichts",
        "unread": "Dateien mit Fehlern sind nicht mitgezählt: python build.py check",
    },
    "en": {
        "kinds": "Entries",
        "total": "total",
        "seen": "visible",
        "draft": "draft",
        "not-yet": "not yet",
        "expired": "expired",
        "ages": 'Age by "updated", of news otherwise by "published"',
        "up-to": "to {months} m.",
        "over": "older",
        "undated": "none",
        "states": "Places by state",
        "stale": "Not brought up to date for more than {months} months",
        "orphaned": "Not connected: names nothing and is named nowhere",
        "unsourced": "Without a source",
        "none": "none",
        "unread": "Files with errors are not counted: python build.py check",
    },
}
_LABEL_WIDTH, _NUMBER_WIDTH = 30, 11


@click.command("stats")
@click.option(
    "--stale-after",
    type=click.IntRange(min=1, max=1_200),
    default=12,
    show_default=True,
    help="Nach so vielen Monaten gilt ein Eintrag als liegen geblieben.",
)
@shared
def stats_command(settings: Settings, report: Report, *, stale_after: int) -> None:
    """Zählt die Inhalte nach Art, Sichtbarkeit und Alter und nennt, was liegen geblieben ist; baut nichts.

    Liegen geblieben: lange nicht auf den Stand gebracht, mit nichts verbunden oder ohne Quelle.
    """
    # Imported here for the sake of a quick start: see pipeline.py.
    from stadtnetz.authoring.shelf import library_of
    from stadtnetz.authoring.stats import AGES, stats_of

    with library_of(settings) as (library, diagnostics):
        stats = stats_of(library, settings.clock, stale_after)
    if report.for_programs:
        found = {"stale_after": stale_after, "age_limits": AGES, **to_builtins(stats)}
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(stats, AGES, stale_after, report.language)))
    if has_errors(diagnostics):
        click.echo(WORDS[report.language]["unread"], err=True)
        sys.exit(EXIT_ERRORS)


def _lines(stats: Stats, limits: tuple[int, ...], stale_after: int, language: str) -> Iterator[str]:
    from stadtnetz.model.city import State

    words = WORDS[language]
    columns = ("seen", "draft", "not-yet", "expired")
    yield _row(words["kinds"], (words["total"], *(words[one] for one in columns)), head=True)
    for kind, counts in stats.kinds.items():
        by_name = {one.value: number for one, number in counts.items()}
        numbers = (sum(by_name.values()), *(by_name.get(one, 0) for one in columns))
        yield _row(term(kind, language), numbers)
    yield f"\n{_bold(words['ages'])}"
    ages = (*(words["up-to"].format(months=months) for months in limits), words["over"], words["undated"])
    yield _row("", ages)
    for kind, numbers in stats.ages.items():
        yield _row(term(kind, language), numbers)
    yield f"\n{_bold(words['states'])}"
    names = {state.value: state.label(language) for state in State}
    for state, number in stats.states.items():
        yield _row(names[state], (number,))
    yield from _list(words["stale"].format(months=stale_after), stats.stale, language)
    yield from _list(words["orphaned"], stats.orphaned, language)
    yield from _list(words["unsourced"], stats.unsourced, language)


def _row(label: str, cells: tuple[object, ...], *, head: bool = False) -> str:
    # A nought says nothing; what there is stands out.
    texts = ["–" if cell == 0 else str(cell) for cell in cells]
    row = f"{label:<{_LABEL_WIDTH}}{''.join(f'{text:>{_NUMBER_WIDTH}}' for text in texts)}"
    return _bold(row) if head else row


def _list(heading: str, entries: tuple[Named, ...], language: str) -> Iterator[str]:
    yield f"\n{_bold(f'{heading} ({len(entries)})')}"
    if not entries:
        yield f"  {WORDS[language]['none']}"
    for one in entries:
        since = f"  {one.since}" if one.since else ""
        yield f"  {visible(one.path)}  {visible(one.title)}{since}"


def _bold(text: str) -> str:
    return click.style(text, bold=True)
