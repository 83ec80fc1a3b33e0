"""The shortcuts through Python-Markdown lead where the library's own way leads, and no text leaves anything behind."""

from __future__ import annotations

import re
from collections import deque
from copy import copy
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.tables import TableExtension
from markdown.treeprocessors import Treeprocessor

from stadtnetz.source import SourceFile
from stadtnetz.text import decode, extensions, links, marks, slug, typography
from stadtnetz.text.extensions import Attributes, Engine
from stadtnetz.text.finish import Finisher
from stadtnetz.text.footnotes import FootnoteNumbers, Footnotes
from stadtnetz.text.job import Job
from stadtnetz.text.links import classify
from stadtnetz.text.places import Places

CONTENT = Path(__file__).resolve().parents[1] / "content"


class Finishing(Treeprocessor):
    """Our last steps, the first of them without its shortcut."""

    def run(self, root):
        AttrListTreeprocessor.run(Attributes(self.md, self.md.job), root)
        FootnoteNumbers(self.md, self.md.job).run(root)
        Finisher(self.md, self.md.job).run(root)


def job_of(text):
    return Job("content/a.md", "de", Places.of(text), text, marks.set_marks(text))


def found(job, html):
    return html, job.headings, job.references, job.images, job.words, job.diagnostics, job.fragments


def by_library(text):
    """Convert a text by the library as it is, with the parts of it that we use."""
    md = Markdown(
        output_format="html",
        extensions=[
            TableExtension(use_align_attribute=True),
            Footnotes(USE_DEFINITION_ORDER=False),
            AdmonitionExtension(),
            FencedCodeExtension(),
        ],
    )
    md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, '"', "'"]
    md.preprocessors.deregister("html_block")
    for unused in ("image_reference", "short_image_ref"):
        md.inlinePatterns.deregister(unused)
    md.treeprocessors.register(Finishing(md), "finishing", 8)
    md.job = job_of(text)
    return found(md.job, md.convert(md.job.marked.text))


def by_shortcuts(text):
    job = job_of(text)
    return found(job, extensions.convert(job.marked.text, job))


TEXTS = [path.read_text("utf-8") for path in sorted(CONTENT.rglob("*.md"))]

SIGNS = [
    *"*_`\\[]()<>&|#=-!{}\"':^./1٣ä\t\x1c\u2028\N{NO-BREAK SPACE}",
    *("**", "***", "__", "``", "~~~", "```", "![", "  ", "    ", "\n", "  \n", "\n\n", "Wort", "ein Satz"),
    *(
        "Koordinator*innen",
        "Helfer_innen",
        "**fett**",
        "*kursiv*",
        "[Ort](city:stendal)",
        "[x](<city:a> 'T')",
    ),
    *(
        '[x](/a "T")',
        "[x](a(b)c)",
        "![Bild](b.jpg)",
        "[^1]",
        "\n[^1]: Note\n",
        "\n[ref]: https://example.org\n",
    ),
    *(
        "[ref]",
        "[Text][ref]",
        "<https://example.org>",
        "<a@example.org>",
        "<b>",
        "</b>",
        "<details>\n",
        "&amp;",
    ),
    *(
        "{.button}",
        "{#anker}",
        "\n!!! info\n    Text\n",
        "\n# Titel\n",
        "\nTitel\n---\n",
        "\n- ",
        "\n1. ",
        "\n> ",
    ),
    *(
        "\n    - ",
        "\n---\n",
        "\n***\n",
        "\n| a | b |\n| --- | --: |\n",
        "| c | d |\n",
        "\n```\n",
        "klzzwxh:0000",
    ),
    "///Footnotes Go Here///",
]
MARKDOWN = st.lists(st.sampled_from(SIGNS), max_size=40).map("".join)


def test_there_is_real_content_to_compare():
    assert len(TEXTS) > 10


@pytest.mark.parametrize("text", TEXTS)
def test_real_texts_come_out_as_by_the_library(text):
    assert by_shortcuts(text) == by_library(text)


@given(MARKDOWN)
@settings(max_examples=1500, deadline=None)
@example("**a**b*c*")
@example("***a** b*")
@example("(**a**), **b_c** und *d*e")
@example("a\n\n!!! info\n    b\n\n    c\n\nd")
@example("|a|b|\n|-|-|\n|`x|y`|\\||")
@example("[a][b] und [b]\n\n[b]: /c 'd'")
@example("   \n")
@example("a \n \nb ")
def test_invented_texts_come_out_as_by_the_library(text):
    assert by_shortcuts(text) == by_library(text)


def state(engine):
    """Return all that an engine's parts hold, apart from what is no memory of a text."""
    kept = ("_chosen", "_fresh")
    return [
        {
            name: (type(value), copy(value)) if isinstance(value, list | dict | set | deque) else value
            for name, value in vars(part).items()
            if name not in kept
        }
        for part in engine.parts()
    ]


@given(MARKDOWN)
@settings(max_examples=300, deadline=None)
def test_an_engine_forgets_every_text(text):
    engine = Engine()
    before = state(engine)
    for source in (text, TEXTS[0]):
        engine.job = job_of(source)
        engine.convert(engine.job.marked.text)
        assert state(engine) != before or not source.strip()
        engine.forget()
        assert state(engine) == before


def test_an_engine_that_was_stopped_is_not_used_again():
    by_shortcuts("Ein Absatz")
    idle = list(extensions._IDLE)
    with pytest.raises(RecursionError):
        by_shortcuts("- " * 5000 + "a")
    assert len(extensions._IDLE) == len(idle) - 1
    assert by_shortcuts(TEXTS[0]) == by_library(TEXTS[0])


@given(st.text(st.sampled_from("a1\ufdd1\ufdd2"), max_size=20))
@settings(max_examples=500, deadline=None)
def test_marks_and_their_pieces_go(text):
    assert marks.without_marks(text) == marks._MARK_OR_PIECE.sub("", text)


@given(
    st.lists(
        st.sampled_from(["z. B.", "§", "5", "Uhr", "%", "Abs.", "1.", "Mai", "Nr.", " ", "ab", "Art."])
    ).map(" ".join)
)
@settings(max_examples=500, deadline=None)
def test_what_spaces_follow_is_only_looked_at_sooner(text):
    slow = re.compile(typography._GERMAN_SPACE.pattern.replace(r"(?<=[\d.§] )", "", 1))
    assert slow.pattern != typography._GERMAN_SPACE.pattern
    assert typography._GERMAN_SPACE.sub("_", text) == slow.sub("_", text)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
@settings(max_examples=500, deadline=None)
@example("<<<<<<< HEAD\n")
@example("\N{SOFT HYPHEN}\N{NO-BREAK SPACE}\t\n")
def test_nothing_unreadable_slips_through(text):
    unreadable = bool(decode._UNREADABLE.search(text) or decode._CONFLICT.search(text.replace("\r", "\n")))
    assert bool(decode.decode(SourceFile.of("content/a.md", text.encode()))[1]) == unreadable


ADDRESSES = st.lists(
    st.sampled_from(
        [
            "http://",
            "https://",
            "a",
            "B",
            "1",
            "-",
            ".",
            "..",
            "/",
            "?",
            "#",
            ":",
            "@",
            "%20",
            "[",
            " ",
            "ä",
            "de",
        ]
    )
).map("".join)


@given(ADDRESSES)
@settings(max_examples=500, deadline=None)
@example("https://example.org/a-b/?c=d#e")
@example("https://-")
def test_a_plain_address_is_one_that_the_long_way_allows(address):
    quick = classify(address)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(links, "_PLAIN_WEB", re.compile("(?!)"))
        assert classify(address) == quick


@given(
    st.lists(
        st.sampled_from(["ä", "ß", "Wort", "*", ":", "'", "in", "innen", "/", "-", " ", "é", "_", "1"])
    ).map("".join)
)
@settings(max_examples=500, deadline=None)
@example("Straße 5 - Bürger:innen's Café")
def test_plain_words_make_the_same_slug_as_the_long_way(text):
    quick = slug.slugify(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slug, "_WORDS", re.compile("(?!)"))
        assert slug.slugify(text) == quick
