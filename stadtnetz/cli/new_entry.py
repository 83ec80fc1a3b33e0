"""What happens on the terminal while an entry is written: options, questions, what was wrong, what comes next.

What is said about an answer is what `check` says about the file that comes of it. Questions go to the error output, so
that the other one holds nothing but the result.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any

import click

from stadtnetz.authoring.entry import NewEntry
from stadtnetz.authoring.forms import FORMS, Form, Question
from stadtnetz.authoring.gazetteer import certain, load_gazetteer
from stadtnetz.authoring.trial import Trial
from stadtnetz.cli.new_dialogue import Dialogue
from stadtnetz.cli.new_words import NEW_WORDS
from stadtnetz.cli.options import EXIT_ERRORS, shared
from stadtnetz.cli.report import Report
from stadtnetz.diagnostics import Diagnostic, Severity
from stadtnetz.diagnostics.printers import as_objects, as_text, visible
from stadtnetz.settings import Settings

__all__ = ["command_for"]


def command_for(kind: str, about: str) -> click.Command:
    """Return the command that writes an entry of a kind, with an option for each of its questions."""
    form = FORMS[kind]

    def run(settings: Settings, report: Report, *, slug: str, no_input: bool, **given: str | None) -> None:
        answers = {
            question: text for question in form.questions if (text := given[_name(question)]) is not None
        }
        with Trial(settings) as trial:
            entry = NewEntry(form, trial, settings.clock)
            _Command(settings, report, entry).run(answers, slug, asking=not no_input)

    options = [
        click.option(f"--{question.option}", help=_help(form, question), metavar="TEXT")
        for question in form.questions
    ]
    options += [
        click.option(
            "--slug", default="", metavar="TEXT", help="Dateiname ohne Endung, zugleich die Adresse."
        ),
        click.option(
            "--no-input/--input",
            default=False,
            help="Nichts fragen: Es gilt, was als Option dasteht, und was sich daraus ergibt.",
        ),
    ]
    decorated = shared(run)
    for option in reversed(options):
        decorated = option(decorated)
    return click.command(kind, help=about, short_help=about)(decorated)


def _name(question: Question) -> str:
    return question.option.replace("-", "_")


def _help(form: Form, question: Question) -> str:
    field = form.field(question)
    return f"{form.label(question)}: {field.help}" + (" Mehrere mit Komma." if field.many else "")


class _Command:
    """One call of the command."""

    def __init__(self, settings: Settings, report: Report, entry: NewEntry) -> None:
        self._settings = settings
        self._report = report
        self._entry = entry
        self._words = NEW_WORDS[report.language]

    def run(self, answers: dict[Question, str], slug: str, *, asking: bool) -> None:
        entry = self._entry
        entry.slug = slug
        if asking:
            try:
                Dialogue(entry, self._report.language).lead(answers)
            except click.Abort:
                click.echo(f"\n{self._words['aborted']}", err=True)
                sys.exit(EXIT_ERRORS)
        else:
            self._take(answers)
        if not entry.slug and not entry.proposed_slug():
            options = ", ".join(f"--{option}" for option in entry.form.named_by)
            raise click.UsageError(self._words["no_name"].format(options=options))
        wrong = [
            *entry.problems_of_name(),
            *(one for found in entry.wrong_answers().values() for one in found),
        ]
        if wrong:
            self._finish(wrong, written=False)
        remaining = entry.problems()
        self._write()
        self._finish(remaining, written=True)

    def _take(self, answers: dict[Question, str]) -> None:
        """Note what the options say, and what follows from it without asking anybody."""
        entry = self._entry
        for question in entry.form.questions:
            if question in answers:
                entry.answer(question, answers[question])
            elif entry.wanted(question):
                entry.answer(question, entry.proposal(question))
        if entry.form.kind == "city":
            self._locate()

    def _locate(self) -> None:
        entry = self._entry
        name, state, position = (entry.typed(option) for option in ("name", "state", "coordinates"))
        if not name or (state and position):
            return
        gazetteer = load_gazetteer()
        place = certain(name, gazetteer, state)
        if place is None:
            Dialogue(entry, self._report.language).tell_unsure(gazetteer)
            return
        for question in entry.form.questions:
            if question.option == "state" and not state:
                entry.answer(question, place.state)
            elif question.option == "coordinates" and not position:
                entry.answer(question, f"{place.lat}, {place.lon}")

    def _write(self) -> None:
        path = self._entry.path
        try:
            self._entry.write(self._settings.root)
        except FileExistsError:
            click.echo(self._words["exists"].format(path=path), err=True)
            sys.exit(EXIT_ERRORS)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            click.echo(self._words["unwritable"].format(path=path, reason=reason), err=True)
            sys.exit(EXIT_ERRORS)

    def _finish(self, found: Iterable[Diagnostic], *, written: bool) -> None:
        """Say what was written and what is still missing; an answer that is wrong ends with an error."""
        diagnostics = tuple(found)
        if self._report.for_programs:
            result: dict[str, Any] = {
                "ok": written,
                "path": self._entry.path,
                "written": written,
                "complete": written and not any(one.severity is Severity.ERROR for one in diagnostics),
                "diagnostics": as_objects(diagnostics, self._report.language),
            }
            click.echo(json.dumps(result, ensure_ascii=False, indent=2))
        elif written:
            self._tell(diagnostics)
        else:
            click.echo(f"{self._words['refused']}\n{self._texts(diagnostics)}", err=True)
        if not written:
            sys.exit(EXIT_ERRORS)

    def _tell(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        words, path = self._words, visible(self._entry.path)
        errors = [one for one in diagnostics if one.severity is Severity.ERROR]
        others = [one for one in diagnostics if one.severity is not Severity.ERROR]
        click.echo(click.style(words["written"].format(path=path), fg="green", bold=True))
        for heading, group in (("open", errors), ("wanting", others)):
            if group:
                click.echo(f"\n{words[heading]}\n{self._texts(group)}")
        if not errors:
            click.echo(f"\n{words['good']}")
        if not self._report.quiet:
            click.echo(f"\n{words['next'].format(path=path)}")

    def _texts(self, diagnostics: Iterable[Diagnostic]) -> str:
        text = self._entry.sheet().text
        own = self._entry.path
        return as_text(
            diagnostics,
            self._report.language,
            lambda path: text if path == own else None,
            lambda words, role: click.style(words, bold=role in ("place", "error")),
        )
