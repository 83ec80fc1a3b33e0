"""SARIF 2.1.0, the OASIS format for results of checks: https://docs.oasis-open.org/sarif/sarif/v2.1.0/."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from stadtnetz import __version__
from stadtnetz.diagnostics.catalogue import Severity, note, rule
from stadtnetz.diagnostics.reports.common import fingerprints, sentences

if TYPE_CHECKING:
    from stadtnetz.diagnostics import Diagnostic, Span

__all__ = ["sarif"]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}


def sarif(diagnostics: tuple[Diagnostic, ...], language: str, strict: bool) -> str:
    """Return one run with the rules that spoke and what they said."""
    codes = sorted({one.code for one in diagnostics})
    results = [
        _result(one, codes.index(one.code), fingerprint, language, strict=strict)
        for one, fingerprint in zip(diagnostics, fingerprints(diagnostics), strict=True)
    ]
    driver = {"name": "stadtnetz", "version": __version__, "rules": [_rule(code, language) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "language": language,
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The folder that site.yaml is in."}}},
        "results": results,
    }
    return (
        json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=True, indent=2)
        + "\n"
    )


def _rule(code: str, language: str) -> dict[str, Any]:
    known = rule(code)
    text = known.texts[language]
    told = {"id": code, "shortDescription": {"text": _plain(text.message)}}
    if advice := text.hint or text.suggest:
        told["help"] = {"text": _plain(advice)}
    return {**told, "defaultConfiguration": {"level": _LEVELS[known.severity]}}


def _plain(template: str) -> str:
    """Return a text whose blanks are not filled as people read it."""
    return template.replace("{{", "{").replace("}}", "}")


def _result(
    diagnostic: Diagnostic, index: int, fingerprint: str, language: str, *, strict: bool
) -> dict[str, Any]:
    severity = diagnostic.severity
    level = "error" if strict and severity is Severity.WARNING else _LEVELS[severity]
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": index,
        "level": level,
        "message": {"text": "\n".join(sentences(diagnostic, language))},
        "locations": [{"physicalLocation": _location(diagnostic.path, diagnostic.span)}],
        "partialFingerprints": {"stadtnetz/v1": fingerprint},
    }
    if diagnostic.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "physicalLocation": _location(one.path, one.span),
                "message": {"text": note(one.note, language)},
            }
            for number, one in enumerate(diagnostic.related)
        ]
    return result


def _location(path: str, span: Span | None) -> dict[str, Any]:
    location: dict[str, Any] = {
        "artifactLocation": {"uri": quote(path, errors="surrogatepass"), "uriBaseId": "%SRCROOT%"}
    }
    if span is not None:
        location["region"] = {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
        }
    return location
