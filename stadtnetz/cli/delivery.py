"""Where a report for a program goes: standard output or a file, and with GitHub the summary of the job as well."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click
from msgspec import Struct

from stadtnetz.cli.style import escaped
from stadtnetz.diagnostics import Diagnostic, Severity, has_errors
from stadtnetz.diagnostics.printers import as_objects

__all__ = ["FORMATS", "Delivery"]

FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit", "markdown")
_SUMMARY = "GITHUB_STEP_SUMMARY"
"""Names the file that becomes the summary of a job, at GitHub and Forgejo."""


class Delivery(Struct, frozen=True):
    """A report in one of `FORMATS`; without a file it goes to standard output."""

    format: str
    file: Path | None = None

    def report(self, diagnostics: tuple[Diagnostic, ...], language: str, *, strict: bool) -> None:
        """Make the report and hand it over; what GitHub's annotations have no room for stands in the job's summary."""
        # Imported here for the sake of a quick start: see pipeline.py.
        from stadtnetz.diagnostics.reports import REPORTS

        self.hand_over(REPORTS[self.format](diagnostics, language, strict))
        summary = os.environ.get(_SUMMARY)
        if self.format == "github" and summary:
            with _writing(Path(summary)), Path(summary).open("a", encoding="utf-8", newline="\n") as file:
                file.write(REPORTS["markdown"](diagnostics, language, strict))

    def answer(
        self,
        diagnostics: tuple[Diagnostic, ...],
        language: str,
        seconds: float,
        *,
        strict: bool,
        more: Mapping[str, object],
    ) -> None:
        """Hand over the answer of a command as JSON; `more` is what it says besides problems."""
        numbers = Counter(one.severity for one in diagnostics)
        result = {
            "ok": not has_errors(diagnostics, strict=strict),
            "errors": numbers[Severity.ERROR],
            "warnings": numbers[Severity.WARNING],
            "advice": numbers[Severity.ADVICE],
            "seconds": round(seconds, 3),
            **more,
            "diagnostics": as_objects(diagnostics, language),
        }
        text = json.dumps(result, ensure_ascii=False, indent=2)
        # JSON may hold controls other than ASCII's as they are; a terminal that shows it must not obey them.
        self.hand_over("".join(escaped(character) for character in text) + "\n")

    def hand_over(self, text: str) -> None:
        """Print or write a finished report."""
        if self.file is None:
            click.echo(text, nl=False)
            return
        with _writing(self.file):
            self.file.write_text(text, "utf-8", newline="\n")


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Turn a file that can't be written into a sentence about the call."""
    try:
        yield
    except OSError as error:
        raise click.UsageError(f"{path} lässt sich nicht schreiben: {error.strerror}.") from error
