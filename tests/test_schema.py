"""From files to typed records: every mistake at its place, in words, and all of them in one run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

import stadtnetz
from stadtnetz.dates import PartialDate
from stadtnetz.diagnostics import Span, in_order
from stadtnetz.diagnostics.catalogue import all_rules, wording
from stadtnetz.model import base
from stadtnetz.model.base import _checked_url
from stadtnetz.model.kinds import KINDS
from stadtnetz.model.news import News
from stadtnetz.model.translation import Translation
from stadtnetz.schema import parse_body, parse_entry, parse_site
from stadtnetz.schema_errors import CODES
from stadtnetz.source import SourceFile
from stadtnetz.text.document import FieldReference
from stadtnetz.text.markdown import BodyReference

PACKAGE = Path(stadtnetz.__file__).parent

CITY = """\
name: Musterstadt
type: city
state: DE-NI
"""
NEWS = """\
---
title: Neues aus Musterstadt
lead: Was geschah.
published: 08.07.2022
cities: [musterstadt]
---
Text mit [Link](city:beispielhausen).
"""


def file(text, path):
    return SourceFile.of(path, text.encode() if isinstance(text, str) else text)


def problems(diagnostics):
    for diagnostic in diagnostics:
        for language in ("de", "en"):
            message, hint = wording(diagnostic.code, dict(diagnostic.params), language)
            assert message
            assert hint
    return [(d.code, d.span.line, d.span.column) for d in in_order(diagnostics)]


def entry(text, kind="city", **options):
    folder, ending = KINDS[kind].folder, "md" if KINDS[kind].form == "markdown" else "yaml"
    path = options.pop("path", f"content/{folder}/a.{ending}")
    return parse_entry(file(text, path), KINDS[kind], **options)


def found(text, kind="city", **options):
    parsed, diagnostics = entry(text, kind, **options)
    places = problems(diagnostics)
    assert parsed is None
    return places


def good(text, kind="city", **options):
    parsed, diagnostics = entry(text, kind, **options)
    assert problems(diagnostics) == []
    return parsed


def params(text, kind="city", number=0):
    return dict(in_order(entry(text, kind)[1])[number].params)


# What is right


def test_a_structured_entry():
    parsed = good(
        CITY + "coordinates: {lat: 53.25, lon: 10.41}\nmembership:\n  - admitted: 2020\n    confirmed: nein\n"
    )
    assert parsed.entry.name == "Musterstadt"
    assert parsed.entry.state.label("de") == "Niedersachsen"
    assert parsed.entry.coordinates.lat == 53.25
    assert parsed.entry.membership[0].admitted == PartialDate(2020)
    assert parsed.entry.membership[0].confirmed is False
    assert parsed.body is None
    assert parsed.spans.value(("membership", 0, "admitted")) == Span(6, 15, 6, 19)


def test_a_text_with_fields():
    parsed = good(NEWS, "news")
    assert isinstance(parsed.entry, News)
    assert parsed.entry.published == PartialDate(2022, 7, 8)
    assert parsed.body.references == (BodyReference("city", "beispielhausen", "", Span(7, 17, 7, 36)),)


def test_a_translation():
    text = '---\ntitle: News from Musterstadt\n---\nA "text".\n'
    parsed = good(text, "news", path="content/news/a.en.md", translation=True, language="en")
    assert isinstance(parsed.entry, Translation)
    assert parsed.body.html == "<p>A “text”.</p>"
    parsed = good("name: Musterstadt\n", path="content/cities/a.en.yaml", translation=True, language="en")
    assert parsed.body is None
    parsed = good(
        "---\nname: Musterstadt\n---\nText\n", path="content/cities/a.en.md", translation=True, language="en"
    )
    assert parsed.body.words == 1


def test_references_are_found_wherever_they_stand():
    text = NEWS.replace("---\nText", "tandems:\n  - b\nbackground: zum-programm\n---\nText")
    assert good(text, "news").references == (
        FieldReference(("cities", 0), "city", "musterstadt", Span(5, 10, 5, 21)),
        FieldReference(("tandems", 0), "tandem", "b", Span(7, 5, 7, 6)),
        FieldReference(("background",), "background", "zum-programm", Span(8, 13, 8, 25)),
    )
    tandem = "mentor: a\nmentee: b\ntopics: [c, d]\n"
    assert [(r.kind, r.id) for r in good(tandem, "tandem").references] == [
        ("city", "a"),
        ("city", "b"),
        ("topic", "c"),
        ("topic", "d"),
    ]


def test_every_field_that_refers_is_walked():
    """A field whose JSON Schema says x-reference must be found by the walk."""
    for kind in KINDS.values():
        schema = kind.model.model_json_schema()
        expected = set(re.findall(r"'x-reference': '(\w+)'", str(schema["properties"])))
        data = {}
        for name, field in schema["properties"].items():
            if "x-reference" in str(field):
                data[name] = "[ziel]" if "'array'" in str(field) else "ziel"
        if kind.name == "tandem":
            data["topics"] = "[ziel]"
        required = {
            "title": "t",
            "name": "n",
            "lead": "ja",
            "summary": "s",
            "published": "2022-07-08",
            "start": "2022",
            "date": "2022",
        }
        required |= (
            {"type": "city", "state": "DE-NI", "level": "local"} if kind.name in ("city", "partner") else {}
        )
        required |= {"as_of": "2022"} if kind.name == "background" else {}
        known = kind.model.model_fields
        lines = "\n".join(f"{k}: {v}" for k, v in {**required, **data}.items() if k in known)
        text = f"---\n{lines}\n---\nx\n" if kind.form == "markdown" else lines
        assert {reference.kind for reference in good(text, kind.name).references} == expected


def test_harmless_forms():
    assert good(b"\xef\xbb\xbf" + CITY.replace("\n", "\r\n").encode()).entry.name == "Musterstadt"


def test_a_text_beside_an_entry():
    body, diagnostics = parse_body(file("## Eins\n\nText\n", "content/cities/a.md"), "de")
    assert (body.words, diagnostics) == (2, ())


def test_a_text_beside_an_entry_has_no_fields():
    body, diagnostics = parse_body(
        file("\n---\ntitle: x\n---\n[a](javascript:x)\n", "content/cities/a.md"), "de"
    )
    assert body is None
    assert problems(diagnostics) == [("front-matter-unexpected", 2, 1), ("unsafe-link", 5, 5)]
    assert problems(parse_body(file(" \n", "a.md"), "de")[1]) == [("file-empty", 1, 1)]
    assert problems(parse_body(file(b"\xff", "a.md"), "de")[1]) == [("encoding-invalid", 1, 1)]
    assert parse_body(file("a\n\n---\n\nb\n", "a.md"), "de")[1] == ()


def test_the_site():
    parsed, diagnostics = parse_site(
        file("title: Netz\ntagline: Ein Satz.\nnavigation: [programm]\n", "site.yaml")
    )
    assert diagnostics == ()
    assert parsed.config.title == "Netz"
    assert parsed.references == (FieldReference(("navigation", 0), "page", "programm", Span(3, 14, 3, 22)),)
    parsed, diagnostics = parse_site(
        file("title: Netz\nnews_per_page: 0\nimprint:\n  emial: x\n", "site.yaml")
    )
    assert parsed is None
    assert problems(diagnostics) == [
        ("field-missing", 1, 1),
        ("number-range", 2, 16),
        ("unknown-field", 4, 3),
    ]
    assert problems(parse_site(file("a: 'b", "site.yaml"))[1])[0] == ("yaml-quote", 1, 4)
    assert problems(parse_site(file(b"\xff", "site.yaml"))[1]) == [("encoding-invalid", 1, 1)]


# What is wrong: code and place

PHASE = "name: a\ntitle: b\nsummary: c\nstart: 2020\n"
SOURCE = "sources:\n  - url: https://example.org/\n"
MISTAKES = [
    # fields
    ("city", CITY + "nmae: x\n", [("unknown-field", 4, 1)]),
    ("city", CITY + "contact:\n  emial: x@example.org\n", [("unknown-field", 5, 3)]),
    ("city", "name: Musterstadt\ntype: city\n", [("field-missing", 1, 1)]),
    ("city", "name: Musterstadt\ntype: city\nstate:\n", [("field-empty", 3, 1)]),
    ("city", CITY + SOURCE, [("field-missing", 5, 5)]),
    ("city", CITY + "coordinates:\n  lat: 53\n", [("field-missing", 4, 1)]),
    ("city", CITY.replace("Musterstadt", '" "'), [("text-empty", 1, 7)]),
    ("city", CITY + "topics: [a, ~]\n", [("text-empty", 4, 13)]),
    # types
    ("city", CITY + "summary: [a]\n", [("text-expected", 4, 10)]),
    ("city", CITY + "summary:\n  a: b\n", [("text-expected", 5, 3)]),
    ("city", CITY.replace("city", "[city]"), [("text-expected", 2, 7)]),
    ("city", CITY + "draft: [ja]\n", [("text-expected", 4, 8)]),
    ("city", CITY + "updated: [2022]\n", [("text-expected", 4, 10)]),
    ("city", CITY + "topics: a\n", [("list-expected", 4, 9)]),
    ("city", CITY + "topics:\n  a: b\n", [("list-expected", 5, 3)]),
    ("city", CITY + "contact: Rathaus\n", [("fields-expected", 4, 10)]),
    ("city", CITY + "membership: [2020]\n", [("fields-expected", 4, 14)]),
    (
        "city",
        CITY + "coordinates: {lat: '53,25', lon: x}\n",
        [("number-expected", 4, 20), ("number-expected", 4, 34)],
    ),
    (
        "phase",
        PHASE + "rounds:\n  - name: d\n    admitted: -1\n    applicants: viele\n",
        [("number-range", 7, 15), ("number-expected", 8, 17)],
    ),
    ("city", CITY + "draft: vielleicht\n", [("yes-no-form", 4, 8)]),
    ("network", "name: a\nsummary: b\ncomplete: vielleicht\n", [("yes-no-form", 3, 11)]),
    # choices
    ("city", CITY.replace("type: city", "type: ctiy"), [("unknown-choice", 2, 7)]),
    ("city", CITY.replace("DE-NI", "DE-XX"), [("unknown-state", 3, 8)]),
    ("partner", "name: a\nlevel: local\nstates: [DE-NI, Bayern]\n", [("unknown-state", 3, 17)]),
    # values
    ("city", CITY + "updated: bald\n", [("date-form", 4, 10)]),
    ("city", CITY + "updated: 30.02.2022\n", [("date-impossible", 4, 10)]),
    ("city", CITY + "updated: 2022\n", [("date-precision", 4, 10)]),
    ("city", CITY + "membership:\n  - admitted: 2020\n    until: 2019\n", [("period-order", 6, 12)]),
    (
        "news",
        NEWS.replace("published: 08.07.2022", "published: 08.07.2022\nexpires: 2022-07-01"),
        [("period-order", 5, 10)],
    ),
    ("city", CITY + "topics: [Bürgerrat, a b]\n", [("id-form", 4, 10), ("id-form", 4, 21)]),
    ("city", CITY + "website: www.example.org\n", [("url-form", 4, 10)]),
    ("city", CITY + "website: javascript:alert(1)\n", [("url-form", 4, 10)]),
    (
        "city",
        CITY + "contact: {email: niemand, phone: keine}\n",
        [("email-form", 4, 18), ("phone-form", 4, 34)],
    ),
    # pictures
    (
        "city",
        CITY + "pictures:\n  - file: a.jpg\n",
        [("picture-without-alt", 5, 5), ("picture-without-credit", 5, 5)],
    ),
    (
        "city",
        CITY + "pictures:\n  - file: a.jpg\n    alt:\n    credit: ' '\n",
        [("picture-without-alt", 6, 5), ("picture-without-credit", 7, 13)],
    ),
    # tandems
    ("tandem", "start: 2020\n", [("tandem-without-city", 1, 1)]),
    ("tandem", "start: 2020\nmentor: a\n", [("tandem-one-sided", 2, 1)]),
    ("tandem", "mentor: a\nmentee: b\npending:\n  expected: 2022\n", [("tandem-not-pending", 3, 1)]),
]


@pytest.mark.parametrize(("kind", "text", "expected"), MISTAKES)
def test_mistakes_have_a_code_and_a_place(kind, text, expected):
    assert found(text, kind) == expected


def test_all_problems_in_one_run():
    text = """\
---
title: Neues: aus Musterstadt
lead: {{ lead }}
published: 31.06.2022
type: pressrelease
citys: [a]
---
[a](citty:x) <script>

![](a.jpg)
"""
    assert found(text, "news") == [
        ("yaml-colon", 2, 13),
        ("template-syntax", 3, 7),
        ("date-impossible", 4, 12),
        ("unknown-choice", 5, 7),
        ("unknown-field", 6, 1),
        ("unknown-scheme", 8, 5),
        ("html-not-allowed", 8, 14),
        ("picture-without-alt", 10, 5),
    ]


def test_a_text_is_checked_even_without_its_fields():
    assert found("---\na: [\n---\n[a](citty:x)\n", "news") == [
        ("yaml-bracket", 2, 4),
        ("unknown-scheme", 4, 5),
    ]
    assert found("Text\n", "news") == [("front-matter-missing", 1, 1)]
    assert found("---\ntitle: x\n", "news") == [("front-matter-unclosed", 1, 1)]
    assert found(b"\xff", "news") == [("encoding-invalid", 1, 1)]


def test_warnings_do_not_stop_an_entry():
    parsed, diagnostics = entry(NEWS + "\n## a\n\n#### b\n", "news")
    assert parsed is not None
    assert problems(diagnostics) == [("heading-jump", 11, 1)]


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        (CITY + "sumary: x\n", "summary"),
        (CITY + "Kurzbeschreibung: x\n", "summary"),
        (CITY + "xyz: x\n", ""),
        (CITY.replace("type: city", "type: Gemeinde"), "municipality"),
        (CITY.replace("type: city", "type: citi"), "city"),
        (CITY.replace("DE-NI", "Niedersachsen"), "DE-NI"),
        (CITY.replace("DE-NI", "ni"), "DE-NI"),
        (CITY.replace("DE-NI", "Niedersaxen"), "DE-NI"),
        (CITY + "topics: [Bürgerrat]\n", "buergerrat"),
        (CITY + "website: www.example.org\n", "https://www.example.org"),
        (CITY + "topics: rat\n", "rat"),
    ],
)
def test_suggestions(text, suggestion):
    assert params(text)["suggestion"] == suggestion


def test_messages_name_the_field_and_its_label():
    _, (diagnostic,) = entry("name: a\ntype: city\n")
    message, hint = wording(diagnostic.code, dict(diagnostic.params), "de")
    assert message == "Hier fehlt das Feld „state“ (Land)."
    assert "DE-NI" in hint
    message, _ = wording(diagnostic.code, dict(diagnostic.params), "en")
    assert message == 'The field "state" is missing here.'


def test_period_says_both_ends():
    text = CITY + "membership:\n  - {admitted: 2020-07, until: 30.06.2020}\n"
    assert found(text) == [("period-order", 5, 32)]
    assert (params(text)["start"], params(text)["end"]) == ("2020-07", "2020-06-30")


def test_long_values_are_shortened():
    assert len(params(CITY + f"website: {'x' * 500}\n")["value"]) == 60


def test_every_error_type_of_the_model_has_a_code():
    raised = set()
    for module in (PACKAGE / "model").glob("*.py"):
        raised |= set(re.findall(r"PydanticCustomError\(\s*\"(\w+)\"", module.read_text("utf-8")))
    assert raised
    assert raised <= set(CODES)
    assert set(CODES.values()) <= {rule.code for rule in all_rules()}


def test_an_error_type_that_nobody_thought_of_is_still_a_sentence(monkeypatch):
    monkeypatch.setattr("stadtnetz.schema_errors.CODES", {})
    text = (
        CITY.replace("Musterstadt", "[x]")
        + "nmae: x\ndraft: vielleicht\nmembership:\n  - {admitted: 2020, until: 2019}\n"
    )
    assert {code for code, _, _ in found(text)} == {"value-invalid"}
    assert [line for _, line, _ in found(text)] == [1, 4, 5, 7]


def test_every_rule_of_these_stages_is_used():
    sources = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    for rule in all_rules():
        if rule.stage in ("source", "text", "schema"):
            assert f'"{rule.code}"' in sources or rule.code.startswith("picture-without-"), rule.code


# Whatever comes

EXAMPLES = [
    (
        "city",
        CITY
        + SOURCE
        + "    seen: 2026-11\ncontact: {email: a@example.org}\nmembership:\n  - admitted: 2020\n    until: 2022-05\n",
    ),
    ("news", NEWS),
    ("tandem", "mentor: a\npending:\n  expected: 2022-08-31\n"),
    ("event", "title: a\nlead: b\nstart: 2025-05-15 18:30\nplace: {name: c}\n"),
    ("partner", "name: a\nlevel: local\nsectors: [education]\nperiods:\n  - since: 2020\n"),
    ("page", "---\ntitle: a\nlead: b\nlayout: press\n---\n# c\n\n- d[^1]\n\n[^1]: e\n"),
]
NOISE = [
    "",
    "\n",
    ":",
    "-",
    "'",
    '"',
    "{",
    "}",
    "[",
    "]",
    "\t",
    "#",
    "&a",
    "*a",
    "!b",
    "\x00",
    "\ufeff",
    "~",
    "{{",
    "<script>",
    "---\n",
    "ü",
    "2022",
    "ja",
    "  ",
    "|",
    ">",
]


@pytest.mark.parametrize(("kind", "text"), EXAMPLES)
def test_the_examples_are_right(kind, text):
    good(text, kind)


@given(st.data())
@settings(deadline=None, max_examples=300)
def test_damaged_files_end_in_diagnostics_with_places(data):
    kind, text = data.draw(st.sampled_from(EXAMPLES))
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 12)))
        text = text[:start] + data.draw(st.sampled_from(NOISE)) + text[end:]
    parsed, diagnostics = entry(text, kind)
    lines = text.removeprefix("\ufeff").split("\n")
    for _, line, column in problems(diagnostics):
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1
    assert parsed is not None or diagnostics


@given(st.binary(max_size=200), st.sampled_from(sorted(KINDS)), st.booleans())
def test_any_bytes_end_in_a_record_or_diagnostics(data, kind, translation):
    parsed, diagnostics = entry(data, kind, translation=translation)
    assert parsed is not None or diagnostics
    problems(diagnostics)
    problems(parse_body(file(data, "content/cities/a.md"), "de")[1])
    problems(parse_site(file(data, "site.yaml"))[1])


@given(
    st.sampled_from(["http://", "https://", "HTTP://", "ftp://", "http:", "//", ""]),
    st.text("a.", max_size=6),
    st.text("a1ä./:?#%@[]_&=- \n", max_size=8),
)
def test_addresses_of_the_usual_form_are_those_that_are_right_when_taken_apart(
    scheme: str, host: str, rest: str
) -> None:
    value = f"{scheme}{host}{rest}"

    def refused() -> str:
        try:
            _checked_url(value)
        except PydanticCustomError as error:
            return error.type
        return ""

    with pytest.MonkeyPatch.context() as patch:
        quick = refused()
        patch.setattr(base, "_PLAIN_URL", re.compile(r"(?!)"))
        assert quick == refused()
