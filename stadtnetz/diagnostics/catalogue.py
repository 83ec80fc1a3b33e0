"""The texts of all diagnostics, German and English, from the TOML files in messages/.

A message's blanks are filled with `str.format`. A hint may have a second form, `suggest`, that is used when the
diagnostic carries a `suggestion`. `for_dates` and kinds of entry are put into words here, once for all printers.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LANGUAGES", "Rule", "Severity", "Wording", "all_rules", "note", "rule", "term", "wording"]

LANGUAGES = ("de", "en")


class Severity(StrEnum):
    """An error publishes nothing; a warning wants attention and fails only with --strict."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Wording:
    """What a rule says in one language."""

    message: str
    hint: str
    suggest: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A code with its severity, the stage that reports it and its texts."""

    code: str
    stage: str
    severity: Severity
    texts: Mapping[str, Wording]


@dataclass(frozen=True, slots=True)
class _Catalogue:
    rules: Mapping[str, Rule]
    notes: Mapping[str, Mapping[str, str]]
    terms: Mapping[str, Mapping[str, str]]


@cache
def _catalogue() -> _Catalogue:
    """Read the catalogue once; it is part of the program, so damage here is our bug and may raise."""
    rules: dict[str, Rule] = {}
    notes: dict[str, Mapping[str, str]] = {}
    terms: dict[str, Mapping[str, str]] = {}
    for file in sorted(resources.files(__package__).joinpath("messages").iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".toml"):
            continue
        stage = file.name.removesuffix(".toml")
        content = tomllib.loads(file.read_text("utf-8"))
        notes.update(content.pop("note", {}))
        terms.update(content.pop("term", {}))
        for code, entry in content.items():
            texts = {
                language: Wording(
                    entry[language],
                    entry.get(f"{language}_hint", ""),
                    entry.get(f"{language}_suggest", entry.get(f"{language}_hint", "")),
                )
                for language in LANGUAGES
            }
            rules[code] = Rule(code, stage, Severity(entry["severity"]), texts)
    return _Catalogue(rules, notes, terms)


def all_rules() -> tuple[Rule, ...]:
    """Return every rule, by stage and code."""
    return tuple(sorted(_catalogue().rules.values(), key=lambda r: (r.stage, r.code)))


def rule(code: str) -> Rule:
    """Return a rule. Raises KeyError for an unknown code."""
    return _catalogue().rules[code]


def note(name: str, language: str) -> str:
    """Return the words for a related place ("zuerst hier")."""
    return _catalogue().notes[name][language]


def term(name: str, language: str) -> str:
    """Return the word for a kind of entry or another fixed term; unknown names stay as they are."""
    return _catalogue().terms.get(name, {}).get(language, name)


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
