"""Front matter: two fences, and line numbers that stay those of the file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtnetz.diagnostics.catalogue import wording
from stadtnetz.text.frontmatter import FrontMatter, has_front_matter, split


def problems(text):
    parts, diagnostics = split(text, "content/a.md")
    assert (parts is None) == bool(diagnostics)
    for diagnostic in diagnostics:
        for language in ("de", "en"):
            assert all(wording(diagnostic.code, dict(diagnostic.params), language))
    return [(d.code, d.span.line, d.span.column) for d in diagnostics]


def test_splits_and_counts_lines():
    parts, diagnostics = split("---\ntitle: x\n---\n\nText\n", "a.md")
    assert diagnostics == ()
    assert parts == FrontMatter("title: x\n", 2, "\nText\n", 4)


def test_blank_lines_before_and_spaces_behind_fences_are_fine():
    parts, diagnostics = split("\n \n--- \ntitle: x\n---\t\nText", "a.md")
    assert diagnostics == ()
    assert parts == FrontMatter("title: x\n", 4, "Text", 6)


def test_a_text_without_body():
    parts, _ = split("---\ntitle: x\n---", "a.md")
    assert parts == FrontMatter("title: x\n", 2, "", 4)


def test_a_rule_in_the_text_is_not_a_fence():
    parts, _ = split("---\ntitle: x\n---\na\n\n---\n\nb\n", "a.md")
    assert parts.body == "a\n\n---\n\nb\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("file-empty", 1, 1)]),
        (" \n\t\n", [("file-empty", 1, 1)]),
        ("Text\n---\na: 1\n---\n", [("front-matter-missing", 1, 1)]),
        ("\n\ntitle: x\n", [("front-matter-missing", 3, 1)]),
        ("----\ntitle: x\n----\n", [("front-matter-missing", 1, 1)]),
        (" ---\ntitle: x\n---\n", [("front-matter-missing", 1, 1)]),
        ("---\n---\nText\n", [("front-matter-missing", 1, 1)]),
        ("\n---\n \n---\nText\n", [("front-matter-missing", 2, 1)]),
        ("---\ntitle: x\nText\n", [("front-matter-unclosed", 1, 1)]),
        ("---", [("front-matter-unclosed", 1, 1)]),
    ],
)
def test_mistakes(text, expected):
    assert problems(text) == expected


@given(
    st.one_of(
        st.text(max_size=200),
        st.lists(st.sampled_from(["---", "\n", "a: b", " ", "x"]), max_size=20).map("".join),
    )
)
def test_any_text_ends_in_parts_or_a_diagnostic(text):
    parts, diagnostics = split(text, "a.md")
    problems(text)
    if parts is not None:
        lines = text.split("\n")
        assert parts.body == "\n".join(lines[parts.body_line - 1 :])
        assert parts.yaml == "\n".join(lines[parts.yaml_line - 1 : parts.body_line - 2]) + "\n"
        assert has_front_matter(text)
    assert all(d.span is not None for d in diagnostics)
