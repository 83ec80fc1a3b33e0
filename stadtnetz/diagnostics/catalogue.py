"""The texts of all diagnostics, German and English, from the TOML files in messages/.

A message's blanks are filled with `str.format`. A hint may have a second form, `suggest`, that is used when the
diagnostic carries a `suggestion`. `for_dates` and kinds of entry are put into words here, once for all printers.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LANGUAGES", "Rule", "Severity", "Wording", "all_rules", "note", "rule", "term", "wording"]

LANGUAGES = ("de", "en")


class Severity(StrEnum):
    """An error publishes nothing; a warning wants attention and fails with --strict; advice never stops anything."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


class Wording(Struct, frozen=True):
    """What a rule says in one language."""

    message: str
    hint: str
    suggest: str
    why: str = ""
    """What stands behind it, for those who ask; not every rule needs it."""


class Rule(Struct, frozen=True):
    """A code with its severity, the stage that reports it and its texts."""

    code: str
    stage: str
    severity: Severity
    texts: Mapping[str, Wording]


class _Catalogue(Struct, frozen=True):
    rules: Mapping[str, Rule]
    notes: Mapping[str, Mapping[str, str]]
    terms: Mapping[str, Mapping[str, str]]


_MESSAGES = Path(__file__).with_name("messages")


@cache
def _stages() -> tuple[str, ...]:
    return tuple(sorted(file.stem for file in _MESSAGES.glob("*.toml")))


@cache
def _catalogue(stage: str) -> _Catalogue:
    """Read a stage's file once; it is part of the program, so damage here is our bug and may raise.

    File by file, because most builds have little to say.
    """
    import tomllib

    content = tomllib.loads((_MESSAGES / f"{stage}.toml").read_text("utf-8"))
    notes, terms = content.pop("note", {}), content.pop("term", {})
    return _Catalogue({code: _rule(code, stage, entry) for code, entry in content.items()}, notes, terms)


def _rule(code: str, stage: str, entry: Mapping[str, str]) -> Rule:
    texts = {
        language: Wording(
            entry[language],
            entry.get(f"{language}_hint", ""),
            entry.get(f"{language}_suggest", entry.get(f"{language}_hint", "")),
            entry.get(f"{language}_why", ""),
        )
        for language in LANGUAGES
    }
    return Rule(code, stage, Severity(entry["severity"]), texts)


def all_rules() -> tuple[Rule, ...]:
    """Return every rule, by stage and code."""
    rules = [one for stage in _stages() for one in _catalogue(stage).rules.values()]
    return tuple(sorted(rules, key=lambda r: (r.stage, r.code)))


@cache
def rule(code: str) -> Rule:
    """Return a rule. Raises KeyError for an unknown code."""
    for stage in _stages():
        if code in _catalogue(stage).rules:
            return _catalogue(stage).rules[code]
    raise KeyError(code)


@cache
def note(name: str, language: str) -> str:
    """Return the words for a related place ("zuerst hier"). Raises KeyError for an unknown name."""
    for stage in _stages():
        if name in _catalogue(stage).notes:
            return _catalogue(stage).notes[name][language]
    raise KeyError(name)


@cache
def term(name: str, language: str) -> str:
    """Return the word for a kind of entry or another fixed term; unknown names stay as they are."""
    for stage in _stages():
        if name in _catalogue(stage).terms:
            return _catalogue(stage).terms[name].get(language, name)
    return name


def wording(code: str, params: Mapping[str, str | int], language: str) -> tuple[str, str]:
    """Return message and hint of a diagnostic in a language, blanks filled."""
    texts = rule(code).texts[language]
    filled = {name: _in_words(name, value, language) for name, value in params.items()}
    hint = texts.suggest if params.get("suggestion") else texts.hint
    return texts.message.format_map(filled), hint.format_map(filled)


def _in_words(name: str, value: str | int, language: str) -> str:
    text = str(value)
    if name.startswith("kind"):
        return term(text, language)
    if language == "de" and (match := re.fullmatch(r"(\d{4})-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d))?)?", text)):
        year, month, day, clock = match.groups()
        return f"{day + '.' if day else ''}{month}.{year}{' ' + clock if clock else ''}"
    return text
