"""Where a report for a program goes: standard output or a file, and with GitHub the summary of the job as well."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from stadtnetz.diagnostics import Diagnostic

__all__ = ["FORMATS", "Delivery"]

FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit", "markdown")
_SUMMARY = "GITHUB_STEP_SUMMARY"
"""Names the file that becomes the summary of a job, at GitHub and Forgejo."""


@dataclass(frozen=True, slots=True)
class Delivery:
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
