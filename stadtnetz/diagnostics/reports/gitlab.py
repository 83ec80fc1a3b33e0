"""Code quality for GitLab: what is new or mended in a merge request, shown there and at the line.

Format: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from stadtnetz.diagnostics.catalogue import Severity
from stadtnetz.diagnostics.reports.common import fingerprints, sentences

if TYPE_CHECKING:
    from stadtnetz.diagnostics import Diagnostic

__all__ = ["code_quality"]

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.ADVICE: "info"}
_STRICT = {**_SEVERITIES, Severity.WARNING: "major"}


def code_quality(diagnostics: tuple[Diagnostic, ...], language: str, strict: bool) -> str:
    """Return the report as JSON. What concerns a whole file is reported for its first line: a line is compulsory."""
    severities = _STRICT if strict else _SEVERITIES
    rows = [
        {
            "description": " ".join(sentences(one, language)),
            "check_name": one.code,
            "fingerprint": fingerprint,
            "severity": severities[one.severity],
            "location": {"path": one.path, "lines": {"begin": one.span.line if one.span else 1}},
        }
        for one, fingerprint in zip(diagnostics, fingerprints(diagnostics), strict=True)
    ]
    return json.dumps(rows, ensure_ascii=True, indent=2) + "\n"
