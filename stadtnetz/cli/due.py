"""`build.py due`: whether the published site has to be built again, as an exit code for a scheduled job."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping

import click

from stadtnetz.cli.options import shared
from stadtnetz.cli.report import Report
from stadtnetz.diagnostics.printers import visible
from stadtnetz.settings import Settings

__all__ = ["due_command"]

_NOT_DUE = 1

WORDS: Mapping[str, Mapping[str, str]] = {
    "de": {
        "over": "Fällig: Die veröffentlichte Seite gilt seit {until} nicht mehr.",
        "differs": "Fällig: Heute sähe die Seite anders aus als die veröffentlichte, zuerst {detail}.",
        "holds": "Nicht fällig: Die veröffentlichte Seite ist die von heute.",
        "broken": "Fällig, weil sich die Seite von heute nicht bauen lässt; „check“ sagt, warum.",
        "unpublished": "Fällig: Unter {place} steht noch nichts.",
        "unreachable": "Fällig, weil nicht zu sagen ist, bis wann die veröffentlichte Seite gilt: {place} ist nicht zu "
        "erreichen ({detail}).",
        "unreadable": "Fällig, weil nicht zu sagen ist, bis wann die veröffentlichte Seite gilt: {place} ist nicht zu "
        "lesen ({detail}).",
        "no_manifest": "Mit „deploy.manifest: nein“ in site.yaml hält die Seite nicht fest, was veröffentlicht ist; "
        "ohne das lässt sich nicht sagen, ob etwas fällig ist.",
        "nowhere": "In site.yaml fehlt „base_url“. Nennen Sie die Adresse der Seite mit --base-url, oder WO ihre "
        "build.json steht.",
    },
    "en": {
        "over": "Due: the published site has not been valid since {until}.",
        "differs": "Due: today's site would differ from the published one, first in {detail}.",
        "holds": "Not due: the published site is today's.",
        "broken": "Due, since today's site can't be built; \"check\" says why.",
        "unpublished": "Due: there is nothing at {place} yet.",
        "unreachable": "Due, since nobody can say until when the published site is valid: {place} can't be reached "
        "({detail}).",
        "unreadable": "Due, since nobody can say until when the published site is valid: {place} can't be read "
        "({detail}).",
        "no_manifest": 'With "deploy.manifest: nein" in site.yaml the site does not record what is published; '
        "without that nobody can say whether something is due.",
        "nowhere": 'site.yaml has no "base_url". Name the site\'s address with --base-url, or WHERE its build.json is.',
    },
}


@click.command("due")
@click.argument("place", metavar="[WO]", required=False)
@shared
def due_command(settings: Settings, report: Report, *, place: str | None) -> None:
    """Sagt, ob die veröffentlichte Seite neu gebaut werden muss, weil inzwischen Zeit vergangen ist.

    Baut dazu die Seite von heute in einen Ordner, der danach verschwindet, und vergleicht.

    WO ist die build.json der veröffentlichten Seite, als Adresse oder als Datei.  [Vorgabe:
    .well-known/build.json unter der Adresse aus site.yaml oder --base-url]

    Rückgabe: 0 fällig, 1 nicht fällig. Fällig ist ein Bau auch dann, wenn sich nicht feststellen lässt, bis wann die
    Seite gilt.
    """
    from stadtnetz.operating.due import verdict_of

    words = WORDS[report.language]
    if place is None:
        configured, record = _configured(settings)
        base_url = settings.base_url or configured
        if base_url is None:
            raise click.UsageError(words["nowhere"])
        if not record:
            raise click.UsageError(words["no_manifest"])
        place = base_url.rstrip("/") + "/" + record
    verdict = verdict_of(place, settings, report.progress)
    report.done()
    moment = verdict.until.astimezone(settings.clock.now.tzinfo) if verdict.until else None
    if report.for_programs:
        until = moment.isoformat() if moment else None
        told = {"due": verdict.due, "reason": verdict.reason, "valid_until": until, "detail": verdict.detail}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    elif not report.quiet:
        form = "%d.%m.%Y, %H:%M" if report.language == "de" else "%Y-%m-%d %H:%M"
        shown = f"{moment:{form}}" if moment else ""
        click.echo(
            words[verdict.reason].format(until=shown, place=visible(place), detail=visible(verdict.detail))
        )
    if not verdict.due:
        sys.exit(_NOT_DUE)


def _configured(settings: Settings) -> tuple[str | None, str]:
    """Return the address in site.yaml, and where below it the manifest stands ("" for nowhere)."""
    # Imported here for the sake of a quick start: see pipeline.py.
    from stadtnetz.model.deploy import MANIFEST
    from stadtnetz.schema import parse_site
    from stadtnetz.source import read_sources

    sources, _ = read_sources(settings.root)
    file = sources.files.get("site.yaml")
    site = parse_site(file)[0] if file is not None else None
    return (None, MANIFEST) if site is None else (site.config.base_url, site.config.deploy.manifest or "")
