"""`build.py import FILE`: options, the file, what was recognised, what an editor has to look at."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from stadtnetz.cli.options import EXIT_ERRORS, shared
from stadtnetz.cli.report import Report
from stadtnetz.dates import DateFormatError, ImpossibleDateError, PartialDate
from stadtnetz.settings import Settings

if TYPE_CHECKING:
    from stadtnetz.diagnostics import Diagnostic
    from stadtnetz.importing.draft import Draft
    from stadtnetz.importing.release import Release

__all__ = ["import_command"]


class _Day(click.ParamType[PartialDate]):
    """A whole day."""

    name = "datum"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> PartialDate:  # noqa: ANN401
        """Read `2022-07-08` or `08.07.2022`."""
        try:
            found = value if isinstance(value, PartialDate) else PartialDate.parse(str(value))
        except (DateFormatError, ImpossibleDateError):
            found = None
        if found is None or found.day is None or found.time is not None:
            self.fail(f"„{value}“ ist kein Tag; so geht es: 2022-07-08 oder 08.07.2022.", param, ctx)
        return found


@click.command("import", short_help="Aus einer Pressemitteilung einen Entwurf machen.")
@click.argument(
    "file", metavar="DATEI", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)
)
@click.option("--date", "day", type=_Day(), help="Tag der Veröffentlichung, statt des erkannten.")
@click.option(
    "--city", default="", metavar="KENNUNG", help="Ort, um den es geht, zusätzlich zu den erkannten."
)
@click.option("--slug", default="", metavar="TEXT", help="Dateiname ohne Endung, zugleich die Adresse.")
@click.option("--stdout/--no-stdout", default=False, help="Den Entwurf nur zeigen, nichts schreiben.")
@shared
def import_command(
    settings: Settings,
    report: Report,
    *,
    file: Path,
    day: PartialDate | None,
    city: str,
    slug: str,
    stdout: bool,
) -> None:
    """Macht aus einer Pressemitteilung den Entwurf einer Meldung; „-“ liest von der Standardeingabe.

    Gelesen werden .docx, .pdf, .html, .eml und .txt. Erkannt werden Datum, Überschrift, Ortsmarke, Vorspann,
    Abschnitte, Kontakt, Bildtext, bekannte Orte und Partner. Erfunden wird nichts: Was unklar ist, steht als
    „# unsicher:“ in der Datei, was keinen Platz hat, am Ende des Textes. Nichts wird überschrieben.
    """
    # Imported here for the sake of a quick start: other commands need neither the recognisers nor the model.
    from stadtnetz.authoring.trial import Trial
    from stadtnetz.importing.draft import make_draft
    from stadtnetz.importing.faults import LARGEST, UnreadableError
    from stadtnetz.importing.knowledge import known_of
    from stadtnetz.importing.reading import read_release
    from stadtnetz.importing.release import recognise

    name = "" if str(file) == "-" else file.name
    told = _Told(settings, report)
    try:
        with click.open_file(str(file), "rb") as stream:
            data = stream.read(LARGEST + 1)
        document = read_release(data, name)
    except UnreadableError as error:
        told.refused((error.diagnostic(name or "-"),))
    except OSError as error:
        told.unwritable(name, error)
    with Trial(settings) as trial:
        _demand_city(city, trial.ids("city"), told)
        today = PartialDate.of(settings.clock.today)
        release = recognise(document, known_of(trial.library), today, day=day, city=city)
        draft = make_draft(release, trial, slug=slug, name=name, seen=str(today)[:7])
    wrong_name = tuple(
        one for one in draft.problems if one.span is None and one.code in ("file-name", "duplicate-id")
    )
    if wrong_name:
        told.refused(wrong_name)
    if not stdout:
        try:
            draft.write(settings.root)
        except FileExistsError:
            told.exists(draft.path)
        except OSError as error:
            told.unwritable(draft.path, error)
    told.result(release, draft, written=not stdout)


def _demand_city(city: str, cities: Mapping[str, str], told: _Told) -> None:
    if city and city not in cities:
        # Imported here for the sake of a quick start.
        from stadtnetz.diagnostics.suggest import nearest

        told.no_city(city, nearest(city, cities))


class _Told:
    """Says how it went, in the reader's language; the draft alone goes to the output with --stdout."""

    def __init__(self, settings: Settings, report: Report) -> None:
        # Imported here for the sake of a quick start.
        from stadtnetz.importing.wording import IMPORT_WORDS

        self._settings = settings
        self._report = report
        self._words = IMPORT_WORDS[report.language]

    def refused(self, found: Iterable[Diagnostic]) -> NoReturn:
        """Say why nothing was written, and end."""
        from stadtnetz.diagnostics.printers import as_objects

        found = tuple(found)
        if self._report.for_programs:
            objects = as_objects(found, self._report.language)
            click.echo(
                json.dumps(
                    {"ok": False, "written": False, "diagnostics": objects}, ensure_ascii=False, indent=2
                )
            )
        else:
            click.echo(f"{self._words['refused']}\n{self._texts(found, None)}", err=True)
        sys.exit(EXIT_ERRORS)

    def exists(self, path: str) -> NoReturn:
        """Say that there is such a file, and end."""
        click.echo(self._words["exists"].format(path=path), err=True)
        sys.exit(EXIT_ERRORS)

    def unwritable(self, path: str, error: OSError) -> NoReturn:
        """Say that a file can't be read or written, and end."""
        reason = error.strerror or type(error).__name__
        click.echo(self._words["unwritable"].format(path=path, reason=reason), err=True)
        sys.exit(EXIT_ERRORS)

    def no_city(self, city: str, near: str) -> NoReturn:
        """Say that there is no such place: a wrong call."""
        hint = self._words["near"].format(names=near) if near else ""
        raise click.UsageError(self._words["no_city"].format(city=city, near=hint).strip())

    def result(self, release: Release, draft: Draft, *, written: bool) -> None:
        """Say what was recognised, what is unsure, and what is left to do."""
        if self._report.for_programs:
            click.echo(
                json.dumps(self._object(release, draft, written=written), ensure_ascii=False, indent=2)
            )
            return
        if not written:
            click.echo(draft.sheet.text, nl=False)
        key = "written" if written else "shown"
        say = click.style(self._words[key].format(path=draft.path), fg="green", bold=True)
        click.echo(say, err=not written)
        for line in self._lines(release, draft):
            click.echo(line, err=not written)
        if written and not self._report.quiet:
            click.echo(f"\n{self._words['next'].format(path=draft.path)}")

    def _lines(self, release: Release, draft: Draft) -> Iterable[str]:
        from stadtnetz.diagnostics import Severity
        from stadtnetz.importing.wording import doubt_text, reason_text

        words, language = self._words, self._report.language
        if not self._report.quiet:
            yield f"\n{words['found']}"
            yield from (f"  {_label(name, language)}: {value}" for name, value in _found(release, words))
            counted = Counter(reason_text(one.reason, language) for one in release.listed if one.furniture)
            if counted:
                reasons = ", ".join(f"{reason} ({number})" for reason, number in counted.items())
                yield words["left_out"].format(number=counted.total(), reasons=reasons)
        if draft.doubts:
            yield f"\n{words['unsure']}"
            yield from (
                f"  {_label(doubt.field, language)}: {doubt_text(doubt, language)}" for doubt in draft.doubts
            )
        if release.rest:
            yield words["rest"].format(number=len(release.rest))
        told = [one for one in draft.problems if not one.code.startswith("import-")]
        errors = [one for one in told if one.severity is Severity.ERROR]
        others = [one for one in told if one.severity is not Severity.ERROR]
        for heading, group in (("open", errors), ("wanting", others)):
            if group:
                yield f"\n{words[heading]}\n{self._texts(group, draft)}"
        if not errors:
            yield f"\n{words['good']}"

    def _object(self, release: Release, draft: Draft, *, written: bool) -> dict[str, Any]:
        from stadtnetz.diagnostics import Severity
        from stadtnetz.diagnostics.printers import as_objects
        from stadtnetz.importing.wording import doubt_text

        language = self._report.language
        return {
            "ok": True,
            "path": draft.path,
            "written": written,
            "complete": not any(one.severity is Severity.ERROR for one in draft.problems),
            "text": draft.sheet.text,
            "unsure": [
                {"field": one.field, "code": one.code, "message": doubt_text(one, language)}
                for one in draft.doubts
            ],
            "left_out": [{"reason": one.reason, "text": one.text} for one in release.listed if one.furniture],
            "quotes": [{"text": one.text, "speaker": one.speaker} for one in release.quotes],
            "diagnostics": as_objects(draft.problems, language),
        }

    def _texts(self, diagnostics: Iterable[Diagnostic], draft: Draft | None) -> str:
        from stadtnetz.diagnostics.printers import as_text

        return as_text(
            diagnostics,
            self._report.language,
            lambda path: draft.sheet.text if draft is not None and path == draft.path else None,
            lambda words, role: click.style(words, bold=role in ("place", "error")),
        )


def _label(name: str, language: str) -> str:
    """Return what a field is called: by the model in German, by its own name in English."""
    # Imported here for the sake of a quick start.
    from stadtnetz.model.news import News

    field = News.model_fields.get(name)
    if language != "de":
        return name
    return (field.title if field is not None else None) or {"quotes": "Zitate", "text": "Text"}.get(
        name, name
    )


def _found(release: Release, words: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    contact = ", ".join(release.contact.fields.values()) if release.contact is not None else ""
    speakers = Counter(one.speaker or words["nobody"] for one in release.quotes)
    told = ", ".join(f"{name} ({number})" for name, number in speakers.items())
    captions = [one for one in release.captions if one.text or one.credit]
    people = sum(len(one.people) for one in captions)
    values = {
        "published": str(release.published),
        "embargo": str(release.embargo or ""),
        "kicker": release.kicker,
        "title": release.title,
        "dateline": release.dateline,
        "lead": release.lead if len(release.lead) < 80 else f"{release.lead[:77]}…",
        "issuer": release.issuer,
        "contact": contact,
        "cities": ", ".join(release.cities),
        "partners": ", ".join(release.partners),
        "background": release.background,
        "pictures": "; ".join(
            f"{one.text[:60]}… ({one.credit or words['nobody']})"
            if len(one.text) > 60
            else f"{one.text} ({one.credit})"
            for one in captions
        )
        + (f" – {words['people'].format(number=people)}" if people else ""),
        "text": ", ".join(
            filter(
                None,
                (
                    words["quotes"].format(number=speakers.total(), speakers=told) if speakers else "",
                    words["sections"].format(number=sum(one.block.form == "heading" for one in release.body)),
                ),
            )
        ),
    }
    return ((name, value) for name, value in values.items() if value)
