"""The same problems for the places where a merge request is looked at: one record, a report for each system.

A report is a function of the problems, the language and whether warnings stop a build; it knows no files and no
environment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stadtnetz.diagnostics.reports.github import workflow_commands
from stadtnetz.diagnostics.reports.gitlab import code_quality
from stadtnetz.diagnostics.reports.junit import junit
from stadtnetz.diagnostics.reports.markdown import comment
from stadtnetz.diagnostics.reports.sarif import sarif

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from stadtnetz.diagnostics import Diagnostic

__all__ = ["REPORTS"]

REPORTS: Mapping[str, Callable[[tuple[Diagnostic, ...], str, bool], str]] = {
    "github": workflow_commands,
    "gitlab": code_quality,
    "sarif": sarif,
    "junit": junit,
    "markdown": comment,
}
"""Takes problems, a language, and whether warnings count as errors; returns a text that ends with a line break."""
