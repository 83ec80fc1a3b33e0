"""Annotations for GitHub Actions, which Forgejo Actions understands as well: workflow commands on standard output.

GitHub shows ten annotations of a kind for a step and drops the rest without a word, so the ten worst are annotated;
all of them stand in the summary of the job (`markdown.comment`), whose file the command line knows.
Commands and their escaping: https://docs.github.com/actions/reference/workflow-commands-for-github-actions and the
functions `escapeData` and `escapeProperty` of https://github.com/actions/toolkit (packages/core/src/command.ts).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stadtnetz.diagnostics.catalogue import Severity
from stadtnetz.diagnostics.printers import visible
from stadtnetz.diagnostics.reports.common import sentences, worst_first

if TYPE_CHECKING:
    from stadtnetz.diagnostics import Diagnostic

__all__ = ["MOST", "workflow_commands"]

MOST = 10
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}


def workflow_commands(diagnostics: tuple[Diagnostic, ...], language: str, strict: bool) -> str:
    """Return a workflow command for each of the ten worst problems. What stops the build is an error."""
    return "".join(_command(one, language, strict=strict) for one in worst_first(diagnostics)[:MOST])


def _command(diagnostic: Diagnostic, language: str, *, strict: bool) -> str:
    severity = diagnostic.severity
    if strict and severity is Severity.WARNING:
        severity = Severity.ERROR
    properties: dict[str, str | int] = {"title": diagnostic.code, "file": visible(diagnostic.path)}
    if (span := diagnostic.span) is not None:
        properties |= {"line": span.line, "endLine": span.end_line}
        if span.line == span.end_line:
            # Columns are shown inside one line only, and the last one belongs to what is marked.
            properties |= {"col": span.column, "endColumn": max(span.column, span.end_column - 1)}
    told = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{_COMMANDS[severity]} {told}::{_data(chr(10).join(sentences(diagnostic, language)))}\n"


def _data(text: str) -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    # The runner still obeys an older form of commands, wherever in a line it stands.
    return escaped.replace("##[", "# #[")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
