"""JUnit XML, which nearly every CI system shows: a test case for each problem, failed where it stops a build."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from stadtnetz.diagnostics import has_errors
from stadtnetz.diagnostics.printers import place
from stadtnetz.diagnostics.reports.common import sentences

if TYPE_CHECKING:
    from stadtnetz.diagnostics import Diagnostic

__all__ = ["junit"]

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 can't have, not even by number."""


def junit(diagnostics: tuple[Diagnostic, ...], language: str, strict: bool) -> str:
    """Return one suite. Without problems it has one case that passed: many systems take none for a broken run."""
    failed = [has_errors([one], strict=strict) for one in diagnostics]
    numbers = {"tests": str(max(1, len(diagnostics))), "failures": str(sum(failed)), "errors": "0"}
    suites = Element("testsuites", numbers)
    suite = SubElement(suites, "testsuite", {"name": "stadtnetz check", **numbers})
    if not diagnostics:
        SubElement(suite, "testcase", {"classname": "stadtnetz", "name": "check"})
    for one, stops in zip(diagnostics, failed, strict=True):
        lines = [_shown(line) for line in sentences(one, language)]
        where = _shown(place(one.path, one.span))
        # The message belongs to the name: systems take two cases of one name for one.
        case = SubElement(
            suite, "testcase", {"classname": _shown(one.path), "name": f"{where}: {lines[0]} [{one.code}]"}
        )
        if stops:
            told = SubElement(case, "failure", {"type": one.code, "message": lines[0]})
        else:
            told = SubElement(case, "system-out")
        told.text = "\n".join([where, *lines])
    indent(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(suites, "unicode")}\n'


def _shown(text: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
