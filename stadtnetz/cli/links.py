"""`build.py links`: which links to other sites lead nowhere any more. It stops nothing."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stadtnetz.cli.options import sharing
from stadtnetz.cli.report import Report
from stadtnetz.diagnostics.printers import visible
from stadtnetz.settings import STATE, Settings

if TYPE_CHECKING:
    from stadtnetz.operating.links.answers import Answer
    from stadtnetz.operating.links.found import Place

__all__ = ["links_command"]

WORDS: Mapping[str, Mapping[str, str]] = {
    "de": {
        "title": "Links, um die sich jemand kümmern sollte",
        "none": "Alle Links nach außen führen an ihr Ziel.",
        "sum": "{links} Links nach außen, davon {asked} jetzt gefragt und {kept} aus früheren Läufen bekannt.",
        "gone": "Gibt es nicht mehr",
        "unreachable": "Nicht zu erreichen",
        "tls": "Zertifikat ungültig",
        "failing": "Der Server meldet einen Fehler",
        "loop": "Endlose Weiterleitung",
        "moved": "Auf Dauer umgezogen: bitte die neue Adresse eintragen",
        "closed": "Nur von Hand zu prüfen: Der Server gibt Programmen keine Auskunft",
        "busy": "Der Server bat um Geduld: wird das nächste Mal wieder gefragt",
        "robots": "Der Betreiber möchte nicht von Programmen gefragt werden: nur von Hand zu prüfen",
        "inside": "In einem eigenen Netz: nicht gefragt",
        "asking": "Fragen",
        "unkept": "{path} lässt sich nicht schreiben ({reason}); beim nächsten Mal wird alles neu gefragt.",
    },
    "en": {
        "title": "Links that somebody should look after",
        "none": "All links to other sites lead to where they should.",
        "sum": "{links} links to other sites, {asked} of them asked for now and {kept} known from earlier runs.",
        "gone": "Gone",
        "unreachable": "Can't be reached",
        "tls": "Invalid certificate",
        "failing": "The server reports an error",
        "loop": "Redirects without an end",
        "moved": "Moved for good: please enter the new address",
        "closed": "To be checked by hand: the server does not answer programs",
        "busy": "The server asked for patience: will be asked again next time",
        "robots": "The operator does not want to be asked by programs: to be checked by hand",
        "inside": "In a network of its own: not asked",
        "asking": "Asking",
        "unkept": "{path} can't be written ({reason}); next time everything will be asked for again.",
    },
}


@click.command("links")
@click.option(
    "--max-age",
    type=click.IntRange(min=0, max=365),
    default=14,
    show_default=True,
    help="So viele Tage lang gilt, was in Ordnung war, ohne neu zu fragen.",
)
@click.option(
    "--pause",
    type=click.FloatRange(min=0, max=60),
    default=2.0,
    show_default=True,
    help="Sekunden zwischen zwei Fragen an denselben Server.",
)
@click.option(
    "--cache",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Datei, in der die Antworten bleiben.  [Vorgabe: .build/links.json]",
)
@click.option("--local/--no-local", default=False, help="Auch Adressen im eigenen Netz fragen.")
@sharing("text", "markdown", "json")
def links_command(
    settings: Settings,
    report: Report,
    *,
    max_age: int,
    pause: float,
    cache: Path | None,
    local: bool,
    format_: str,
) -> None:
    """Fragt bei allen Links nach außen, ob sie noch an ihr Ziel führen; das hält nichts auf.

    Fragt langsam, hält sich an robots.txt und sagt, für welche Seite gefragt wird. --format markdown gibt eine Liste
    mit Datei und Zeile, die sich als Ticket einfügen lässt. Rückgabe: 0, gleich was dabei herauskommt.
    """
    # Imported here for the sake of a quick start: see pipeline.py.
    from stadtnetz.authoring.shelf import library_of
    from stadtnetz.groundwork import FALLBACK_BASE_URL
    from stadtnetz.operating.links.answers import keep_answers, kept_answers
    from stadtnetz.operating.links.asking import Asker
    from stadtnetz.operating.links.found import links_of
    from stadtnetz.operating.links.pace import Pace
    from stadtnetz.source import read_sources

    words = WORDS[report.language]
    with library_of(settings) as (library, _):
        places = links_of(read_sources(settings.root)[0], library)
        configured = library.site.config.base_url if library.site else None
    now = settings.clock.now
    file = cache or settings.root / STATE / "links.json"
    kept = {
        url: one for url, one in kept_answers(file, now, timedelta(days=max_age)).items() if url in places
    }
    asker = Asker(settings.base_url or configured or FALLBACK_BASE_URL, now, Pace(pause), local=local)
    todo = [url for url in places if url not in kept]
    count = iter(range(1, len(todo) + 1))
    live = sys.stderr.isatty() and not report.quiet

    def told(answer: Answer) -> None:
        number = next(count)
        if live:
            click.echo(
                f"\r\x1b[K{words['asking']} {number}/{len(todo)} {visible(answer.url)[:60]}",
                nl=False,
                err=True,
            )

    answers = sorted([*kept.values(), *asker.ask_all(todo, told)], key=lambda one: one.url)
    if live and todo:
        click.echo("\r\x1b[K", nl=False, err=True)
    try:
        keep_answers(file, answers)
    except OSError as error:
        click.echo(words["unkept"].format(path=file, reason=error.strerror), err=True)
    click.echo(_told(answers, places, format_, words))
    if not report.quiet:
        click.echo(words["sum"].format(links=len(places), asked=len(todo), kept=len(kept)), err=True)


def _told(
    answers: list[Answer], places: Mapping[str, tuple[Place, ...]], format_: str, words: Mapping[str, str]
) -> str:
    from stadtnetz.operating.links.answers import KINDS

    if format_ == "json":
        rows = [
            {
                "url": one.url,
                "kind": one.kind,
                "status": one.status,
                "target": one.target,
                "detail": one.detail,
                "asked": one.at.isoformat(),
                "places": [{"path": path, "line": line} for path, line in places[one.url]],
            }
            for one in answers
        ]
        return json.dumps(rows, ensure_ascii=False, indent=2)
    groups = {kind: [one for one in answers if one.kind == kind] for kind in KINDS if kind != "ok"}
    if not any(groups.values()):
        return words["none"]
    return "\n".join(_lines(groups, places, words, markdown=format_ == "markdown"))


def _lines(
    groups: Mapping[str, list[Answer]],
    places: Mapping[str, tuple[Place, ...]],
    words: Mapping[str, str],
    *,
    markdown: bool,
) -> Iterator[str]:
    if markdown:
        yield f"## {words['title']}"
    for kind, answers in groups.items():
        if not answers:
            continue
        heading = f"{words[kind]} ({len(answers)})"
        yield f"\n### {heading}\n" if markdown else f"\n{click.style(heading, bold=True)}"
        for one in answers:
            status = f" ({one.status})" if one.status >= 400 else ""
            target = f" → {_shown(one.target, markdown=markdown)}" if one.target else ""
            yield f"- {'[ ] ' if markdown else ''}{_shown(one.url, markdown=markdown)}{status}{target}"
            for path, line in places[one.url]:
                yield f"  - {_shown(f'{path}:{line}', markdown=markdown)}"


def _shown(text: str, *, markdown: bool) -> str:
    """Return an address or a place; in Markdown as code, so that nothing in it means anything."""
    # Imported here for the sake of a quick start: see pipeline.py.
    from stadtnetz.diagnostics.reports.markdown import in_code

    return in_code(visible(text)) if markdown else visible(text)
