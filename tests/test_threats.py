"""docs/security.md names a test for each of its lines, and each of these tests is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "docs/security.md").read_text("utf-8")
LINES = [
    line
    for line in TEXT.splitlines()
    if line.startswith("| ") and "---" not in line and "| Proved by" not in line
]
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+(?:::\w+)?))?`")


@cache
def names(path: Path) -> frozenset[str]:
    """Return a file's tests; those of a class with its name before them."""
    found = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            found.add(node.name)
            found |= {f"{node.name}::{one.name}" for one in node.body if isinstance(one, ast.FunctionDef)}
    return frozenset(found)


def test_there_are_many() -> None:
    assert len(LINES) >= 20


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.split("|")[1].strip()[:40])
def test_each_line_names_a_test_that_exists(line: str) -> None:
    named = NAMED.findall(line)
    assert named, line
    for file, test in named:
        path = ROOT / file
        assert path.is_file(), file
        assert not test or test in names(path), f"{file}::{test}"
        assert test or any(name.lower().startswith("test") for name in names(path)), file
