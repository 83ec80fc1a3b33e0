"""Every code says what is wrong and what to do, in German and English, and docs/regeln.md lists them all."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

from stadtnetz.diagnostics.catalogue import LANGUAGES, Rule, all_rules
from stadtnetz.diagnostics.table import _STAGES, rules_table

ROOT = Path(__file__).resolve().parents[1]


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_a_rule_has_all_its_texts_with_the_same_blanks(rule: Rule) -> None:
    assert rule.stage in _STAGES
    for language in LANGUAGES:
        texts = rule.texts[language]
        assert texts.message.strip().endswith((".", "!", "?", ":", ")", "}")), texts.message
        assert texts.hint or texts.suggest
    german, english = (rule.texts[language] for language in ("de", "en"))
    assert blanks(english.message) <= blanks(german.message)


def test_the_documented_table_is_the_catalogue() -> None:
    assert (ROOT / "docs" / "regeln.md").read_text("utf-8") == rules_table(), "run: make docs"


def codes_used() -> set[str]:
    """Return every constant first argument of `problem(...)` in the package."""
    found = set()
    for path in (ROOT / "stadtnetz").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def test_no_rule_is_dead() -> None:
    computed = {"mentor-not-member", "mentee-not-member", "picture-without-alt", "picture-without-credit"}
    assert {rule.code for rule in all_rules()} - codes_used() - computed == set()
