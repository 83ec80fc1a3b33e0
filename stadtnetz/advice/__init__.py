"""Advice for editors: what would make a correct text a better one.

Errors and warnings speak of what is wrong. Advice speaks of what a colleague would mention: a link called "hier", a
sentence in plain language that is too long. It never stops a build, not even with --strict, and each rule can be
switched off in site.yaml (`advice_off`), with the reason. Everything here looks at one file alone, so that it is
remembered with the file and costs nothing while that does not change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stadtnetz.diagnostics import Diagnostic, Severity
from stadtnetz.model.site_config import AdviceOff

__all__ = ["heeded"]


def heeded(diagnostics: Iterable[Diagnostic], off: Iterable[AdviceOff]) -> Iterator[Diagnostic]:
    """Yield the diagnostics without the advice that the operator has switched off."""
    codes = {one.rule for one in off}
    return (one for one in diagnostics if one.code not in codes or one.severity is not Severity.ADVICE)
