"""What the command line prints: progress, problems, and how it ended."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stadtnetz.cli.delivery import Delivery
from stadtnetz.cli.style import short, styled, text_of
from stadtnetz.cli.words import WORDS
from stadtnetz.diagnostics import Diagnostic, Severity, has_errors
from stadtnetz.diagnostics.catalogue import Rule, wording
from stadtnetz.diagnostics.printers import as_text, place, visible
from stadtnetz.outcome import Built
from stadtnetz.source import Sources

if TYPE_CHECKING:
    from stadtnetz.examination import Examined
    from stadtnetz.explanation import Explained
    from stadtnetz.verify import Verified

__all__ = ["Report"]


class Report:
    """Prints in one language, for people (text) or programs (JSON); `delivery` says what else is wanted."""

    def __init__(
        self, language: str, *, as_json: bool, quiet: bool, verbose: bool, delivery: Delivery | None = None
    ) -> None:
        self._language = language
        self._words: dict[str, Any] = WORDS[language]
        self._json = as_json
        self._delivery = delivery
        # Where a report for a system goes to standard output, people are spoken to beside it.
        self._aside = delivery is not None and delivery.file is None
        self._quiet = quiet
        self._verbose = verbose
        # A progress line is for eyes at a terminal; in CI it would only be noise.
        self._live = sys.stderr.isatty() and not quiet and not as_json and not os.environ.get("CI")
        self._shown = ""

    @property
    def language(self) -> str:
        """Return the language that people are spoken to in."""
        return self._language

    @property
    def for_programs(self) -> bool:
        """Tell whether the answer is JSON."""
        return self._json

    @property
    def quiet(self) -> bool:
        """Tell whether only problems are wanted."""
        return self._quiet

    def progress(self, step: str, done: int, total: int) -> None:
        """Show on a terminal what is going on, in one line that is overwritten."""
        if not self._live:
            return
        line = f"{self._words[step]} {done}/{total}" if total > 1 else f"{self._words[step]} …"
        if line != self._shown and (done == total or done % 10 == 0):
            click.echo(f"\r\x1b[K{line}", nl=False, err=True)
            self._shown = line

    def _end_progress(self) -> None:
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)
            self._shown = ""

    def checked(self, examined: Examined, seconds: float, *, strict: bool) -> None:
        """Print the result of a check."""
        self._end_progress()
        diagnostics = examined.diagnostics
        self._deliver(diagnostics, seconds, strict=strict, more={})
        if self._json:
            return
        self._print(diagnostics, examined.sources, full=True)
        self._print_sum(diagnostics, seconds, strict=strict)

    def verified(self, verified: Verified, output: Path, seconds: float, *, strict: bool) -> None:
        """Print where output/ differs from a clean build."""
        self._end_progress()
        clean = verified.clean
        if self._json:
            found = [{"file": one.file, "what": one.what} for one in verified.differences]
            self._deliver(clean.diagnostics, seconds, strict=strict, more={"differences": found})
        elif clean.published is None:
            self._print(clean.diagnostics, clean.sources, full=True)
            self._print_sum(clean.diagnostics, seconds, strict=strict)
        elif verified.differences:
            for one in verified.differences:
                click.echo(f"{styled(visible(one.file), 'place')}: {self._words[one.what]}", err=True)
        elif not self._quiet:
            text = self._words["same"].format(
                output=short(output), files=clean.files, seconds=self._number(seconds)
            )
            click.echo(click.style(text, fg="green"))

    def deployed(self, differences: list[tuple[str, str]], place: str, files: int) -> None:
        """Print where a published site differs from its manifest."""
        self._end_progress()
        if self._json:
            found = [{"file": file, "what": what} for file, what in differences]
            self._deliver((), 0, strict=False, more={"differences": found})
            return
        for file, what in differences:
            click.echo(f"{styled(visible(file), 'place')}: {self._words[what]}", err=True)
        if not differences:
            self.say("as_published", colour="green", place=place, files=files)

    def built(
        self, built: Built, output: Path, seconds: float, *, strict: bool, explain: bool = False
    ) -> None:
        """Print the result of a build: what was built, how long it took, what needs attention."""
        self._end_progress()
        diagnostics = built.diagnostics
        published = built.published
        until = built.valid_until
        more: dict[str, Any] = {"output": str(output), "pages": built.pages, "files": built.files}
        if published is not None:
            more |= {
                "rendered": len(built.reasons),
                "written": published.written,
                "kept": published.kept,
                "removed": published.removed,
            }
        more["valid_until"] = until.isoformat() if until else None
        self._deliver(diagnostics, seconds, strict=strict, more=more)
        if self._json:
            return
        failed = published is None
        self._print(diagnostics, built.sources, full=failed or self._verbose)
        if failed:
            self._print_sum(diagnostics, seconds, strict=strict)
            click.echo(click.style(self._words["kept"].format(output=short(output)), fg="red"), err=True)
            return
        if explain:
            for file, why in built.reasons.items():
                click.echo(f"{file}: {self._words[why]}", err=self._aside)
        if self._quiet or published is None:
            return
        text = self._words["built"].format(
            pages=built.pages,
            files=built.files,
            output=short(output),
            seconds=self._number(seconds),
            rendered=len(built.reasons),
            written=published.written,
            kept=published.kept,
            removed=published.removed,
        )
        click.echo(click.style(text, fg="green"), err=self._aside)
        if diagnostics:
            found = self._words["attention"].format(found=self._found(diagnostics, always=()))
            click.echo(found, err=self._aside)
        if until is not None:
            moment = f"{until:%d.%m.%Y, %H:%M}" if self._language == "de" else f"{until:%Y-%m-%d %H:%M}"
            click.echo(self._words["until"].format(moment=moment), err=self._aside)

    def done(self) -> None:
        """Take away what was shown of the progress: the result follows."""
        self._end_progress()

    def failed(self, built: Built) -> None:
        """Print why something could not be built."""
        self._end_progress()
        errors = tuple(one for one in built.diagnostics if one.severity is Severity.ERROR)
        self._print(errors, built.sources, full=False)

    def problems(self, diagnostics: tuple[Diagnostic, ...], sources: Sources, *, full: bool) -> None:
        """Print problems and nothing else; see `_print`."""
        self._print(diagnostics, sources, full=full or self._verbose)

    def say(self, key: str, *, colour: str | None = None, err: bool = False, **blanks: object) -> None:
        """Print one of the sentences of `words`, unless only problems are wanted."""
        if err or not self._quiet:
            filled = {
                name: self._number(value) if isinstance(value, float) else value
                for name, value in blanks.items()
            }
            click.echo(click.style(self._words[key].format(**filled), fg=colour), err=err)

    def explained(self, explained: Explained, *, strict: bool) -> None:
        """Print why a file would be rendered or not."""
        words = self._words
        if self._json:
            more = {
                "file": explained.file,
                "stale": bool(explained.reason),
                "reason": explained.reason,
                "origin": explained.origin,
                "templates": explained.templates,
            }
            self._deliver(explained.diagnostics, 0, strict=strict, more=more)
            return
        if explained.file is None:
            self._print(explained.diagnostics, explained.sources, full=False)
            failed = has_errors(explained.diagnostics, strict=strict)
            hint = words["nearest"].format(name=visible(explained.suggestion)) if explained.suggestion else ""
            click.echo(words["halted"] if failed else f"{words['unplanned']} {hint}".strip(), err=True)
            return
        verdict = words["stale" if explained.reason else "fresh"]
        why = words[explained.reason] if explained.reason else words["unchanged"]
        click.echo(f"{styled(visible(explained.file), 'place')}: {verdict}: {why}.")
        if explained.missing:
            click.echo(words["unknown"])
        if explained.origin:
            click.echo(f"{words['origin']}: {visible(explained.origin)}")
        if explained.templates:
            click.echo(f"{words['reaches']}: {', '.join(explained.templates)}")

    def rule(self, rule: Rule) -> None:
        """Print what a message means and what to do about it."""
        words, text = self._words, rule.texts[self._language]
        if self._json:
            told = {"code": rule.code, "severity": rule.severity, "message": text.message, "hint": text.hint}
            click.echo(
                json.dumps(
                    {**told, "suggestion": text.suggest, "why": text.why}, ensure_ascii=False, indent=2
                )
            )
            return
        click.echo(
            f"{styled(words[rule.severity], rule.severity)} [{rule.code}]\n{words[f'means_{rule.severity}']}\n"
        )
        parts = {"says": text.message, "do": text.hint, "perhaps": text.suggest, "why": text.why}
        shown = {
            name: part for name, part in parts.items() if part and (name != "perhaps" or part != text.hint)
        }
        for name, part in shown.items():
            click.echo(f"{styled(words[name], 'hint')}: {part.replace('{{', '{').replace('}}', '}')}")
        if any("{" in part.replace("{{", "") for part in shown.values()):
            click.echo(f"\n{words['blanks']}")

    def _print(self, diagnostics: tuple[Diagnostic, ...], sources: Sources, *, full: bool) -> None:
        """Print warnings in a line each, or in full with advice; then errors in full, where the eye is at the end."""
        errors = [d for d in diagnostics if d.severity is Severity.ERROR]
        warnings = [d for d in diagnostics if d.severity is Severity.WARNING]
        advice = [d for d in diagnostics if d.severity is Severity.ADVICE]
        for diagnostic in [] if full else warnings:
            message, _ = wording(diagnostic.code, dict(diagnostic.params), self._language)
            start = f"{styled(place(diagnostic.path, diagnostic.span), 'place')}: "
            click.echo(f"{start}{styled(self._words['warning'], 'warning')}: {visible(message)}", err=True)
        long = [*advice, *warnings, *errors] if full else errors
        if long:
            click.echo(as_text(long, self._language, lambda path: text_of(sources, path), styled), err=True)
            click.echo("", err=True)

    def _print_sum(self, diagnostics: tuple[Diagnostic, ...], seconds: float, *, strict: bool) -> None:
        if not diagnostics:
            if not self._quiet:
                clean = self._words["clean"].format(seconds=self._number(seconds))
                click.echo(click.style(clean, fg="green"), err=self._aside)
            return
        text = self._words["found"].format(found=self._found(diagnostics), seconds=self._number(seconds))
        click.echo(text, err=True)
        if strict and has_errors(diagnostics, strict=True) and not has_errors(diagnostics):
            click.echo(self._words["strict"], err=True)

    def _found(
        self,
        diagnostics: tuple[Diagnostic, ...],
        always: tuple[Severity, ...] = (Severity.ERROR, Severity.WARNING),
    ) -> str:
        """Count problems by severity: some always, others where there are any."""
        numbers = Counter(one.severity for one in diagnostics)
        counted = [one for one in Severity if numbers[one] or one in always]
        return ", ".join(self.count(f"{one}s", numbers[one]) for one in counted)

    def _deliver(
        self, diagnostics: tuple[Diagnostic, ...], seconds: float, *, strict: bool, more: dict[str, Any]
    ) -> None:
        """Hand over what was asked for besides words for people."""
        delivery = self._delivery or (Delivery("json") if self._json else None)
        if delivery is None:
            return
        if delivery.format != "json":
            delivery.report(diagnostics, self._language, strict=strict)
            return
        delivery.answer(diagnostics, self._language, seconds, strict=strict, more=more)

    def count(self, what: str, number: int, **blanks: str) -> str:
        """Return "1 Fehler", "2 Warnungen"."""
        one, many = self._words[what]
        return str((one if number == 1 else many).format(n=number, **blanks))

    def _number(self, seconds: float) -> str:
        text = f"{seconds:.1f}"
        return text.replace(".", ",") if self._language == "de" else text
