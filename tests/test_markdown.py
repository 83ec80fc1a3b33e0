"""Texts: what Markdown becomes, what is refused and where, and that nothing unsafe ever gets through."""

from __future__ import annotations

import re
import time

import lxml.html
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stadtnetz.diagnostics import Span
from stadtnetz.diagnostics.catalogue import wording
from stadtnetz.model.kinds import KINDS
from stadtnetz.text.links import ENTRY_SCHEMES
from stadtnetz.text.markdown import Body, BodyImage, BodyReference, Heading, render
from stadtnetz.text.sanitise import sanitise
from stadtnetz.text.slug import slugify
from stadtnetz.text.typography import polish


def problems(diagnostics):
    for diagnostic in diagnostics:
        for language in ("de", "en"):
            assert all(wording(diagnostic.code, dict(diagnostic.params), language))
    return [(d.code, d.span.line, d.span.column) for d in diagnostics]


def found(text, language="de"):
    return problems(render(text, "content/a.md", 1, language)[1])


def body(text, language="de"):
    """Render a text that has no problems."""
    made, diagnostics = render(text, "content/a.md", 1, language)
    assert problems(diagnostics) == []
    return made


def html(text, language="de"):
    return body(text, language).html


# Gender forms and emphasis

FORMS = [
    "Akteur:innen und Bürger:innen",
    "Bürger/-innen",
    "Koordinator*innen und Bürger*innen",
    "jede*r, die*der sich für die*den Bürgermeister*in interessiert",
    "Bürger_innen und Helfer_innen",
    "BürgerInnen",
    "Bürger(innen)",
]


@pytest.mark.parametrize("form", FORMS)
def test_gender_forms_come_out_as_written(form):
    assert html(f"Alle {form} sind da.") == f"<p>Alle {form} sind da.</p>"
    assert html(f"## {form}").endswith(f">{form}</h2>")
    assert html(f"`{form}`") == f"<p><code>{form}</code></p>"


def test_emphasis_works_beside_gender_forms():
    assert html("*kursiv* für Bürger*innen, **fett** für Koordinator*innen") == (
        "<p><em>kursiv</em> für Bürger*innen, <strong>fett</strong> für Koordinator*innen</p>"
    )
    assert html("**Bürger*innen** und *Helfer*innen*") == (
        "<p><strong>Bürger*innen</strong> und <em>Helfer*innen</em></p>"
    )
    assert html("[Bürger*innen](city:stendal)") == '<p><a href="city:stendal">Bürger*innen</a></p>'


# Headings


def test_headings_begin_at_two_and_have_ascii_ids():
    made = body(
        "# Über Maßnahmen für Akteur:innen\n\nx\n\n## Bürger*innen & Räte\n\ny\n\n# Über Maßnahmen für Akteur:innen\n"
    )
    assert made.headings == (
        Heading(2, "ueber-massnahmen-fuer-akteurinnen", "Über Maßnahmen für Akteur:innen"),
        Heading(3, "buergerinnen-und-raete", "Bürger*innen & Räte"),
        Heading(2, "ueber-massnahmen-fuer-akteurinnen-2", "Über Maßnahmen für Akteur:innen"),
    )
    assert made.html.startswith(
        '<h2 id="ueber-massnahmen-fuer-akteurinnen">Über Maßnahmen für Akteur:innen</h2>'
    )


def test_deep_headings_are_lifted():
    assert [h.level for h in body("### a\n\n#### b\n").headings] == [2, 3]


def test_underlined_headings_and_ids_of_ones_own():
    made = body("Eins {#erstes}\n====\n\nZwei\n----\n\n## Drei *kursiv* {#drittes .intro}\n")
    assert made.headings == (
        Heading(2, "erstes", "Eins"),
        Heading(3, "zwei", "Zwei"),
        Heading(3, "drittes", "Drei kursiv"),
    )


def test_a_rule_is_not_an_underline():
    assert html("a\n\n---\n\nb\n") == "<p>a</p>\n<hr>\n<p>b</p>"
    assert html("---\n") == "<hr>"


def test_ids_never_collide():
    ids = [
        h.id
        for h in body(
            "## a-2\n\n## a\n\n## a\n\n## S-Bahn\n\n## ???\n\n## {{x\n".replace("{{x", "!!!")
        ).headings
    ]
    assert ids == ["a-2", "a", "a-3", "abschnitt-s-bahn", "abschnitt", "abschnitt-2"]
    assert body("## S-Bahn", "en").headings[0].id == "section-s-bahn"


def test_heading_problems():
    assert found("## a\n\nx\n\n#### b\n") == [("heading-jump", 5, 1)]
    assert found("## a\n\n##\n") == [("heading-empty", 3, 1)]
    assert found("## a\n\n> #### b\n") == [("heading-jump", 3, 3)]


def test_headings_keep_entities_and_drop_tags():
    assert body('## A &amp; B <abbr title="x">EU</abbr> "C" \\# `d`').headings[0].text == "A & B EU „C“ # d"


# Typography


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Das "Netz" ist da.', "Das „Netz“ ist da."),
        ("Das 'Netz' ist da.", "Das ‚Netz‘ ist da."),
        ("\"Sie sagte: 'Ja'.\"", "„Sie sagte: ‚Ja‘.“"),
        ('("Netz")', "(„Netz“)"),
        ('"Netz"-Treffen', "„Netz“-Treffen"),
        ("Geht's, gibt's", "Geht’s, gibt’s"),
        ("die '90er Jahre", "die ’90er Jahre"),
        ("Hans' Rad", "Hans’ Rad"),
        ("2020--2025, gut -- sehr gut", "2020–2025, gut – sehr gut"),
        ("und so weiter...", "und so weiter…"),
        ("z. B. u. a. i. d. R.", "z.\xa0B. u.\xa0a. i.\xa0d.\xa0R."),
        (
            "am 8. Juli um 18 Uhr, 5 %, 3 km, § 5 Abs. 2",
            "am 8.\xa0Juli um 18\xa0Uhr, 5\xa0%, 3\xa0km, §\xa05 Abs.\xa02",
        ),
        ("„schon richtig“ – ja", "„schon richtig“ – ja"),
        ("", ""),
    ],
)
def test_german_typography(text, expected):
    assert polish(text, "de") == expected
    assert polish(text, "de-simple") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The \"net\" is 'here'.", "The “net” is ‘here’."),
        ("It's the cities' net", "It’s the cities’ net"),
        ("z. B. 5 %", "z. B. 5 %"),
    ],
)
def test_english_typography(text, expected):
    assert polish(text, "en") == expected


def test_quotation_marks_reach_across_emphasis_links_and_tags():
    assert html('"*Netz*" "[a](/b/)" "<abbr title="x">EU</abbr>" "`x`"') == (
        '<p>„<em>Netz</em>“ „<a href="/b/">a</a>“ „<abbr title="x">EU</abbr>“ „<code>x</code>“</p>'
    )
    assert html('- "a\n- b"\n').count("“") == 1


def test_typography_leaves_code_and_addresses_alone():
    assert html('`"a" -- b...`') == '<p><code>"a" -- b...</code></p>'
    assert html('    "a" -- b...\n') == '<pre><code>"a" -- b...\n</code></pre>'
    assert html('```\n"a" -- b\n```') == '<pre><code>"a" -- b\n</code></pre>'
    assert ">https://example.org/a--b...c<" in html("<https://example.org/a--b...c>")
    assert html('\\"a\\"') == '<p>"a"</p>'


# Links


def test_entries_are_left_for_later_and_listed_with_their_place():
    made = body(
        "Text\n\n"
        '[Stendal](city:stendal) und [dort]( <city:stendal#tandems> "Titel") und [so][1].\n\n'
        "[1]: news:meldung\n"
    )
    assert '<a href="city:stendal">Stendal</a>' in made.html
    assert 'href="city:stendal#tandems"' in made.html
    assert made.references == (
        BodyReference("city", "stendal", "", Span(3, 11, 3, 23)),
        BodyReference("city", "stendal", "tandems", Span(3, 38, 3, 58)),
        BodyReference("news", "meldung", "", Span(5, 6, 5, 18)),
    )


def test_positions_count_from_the_line_that_the_text_begins_at():
    made, _ = render("\nein [Link](page:presse)\n", "a.md", 12, "de")
    assert made.references[0].span == Span(13, 12, 13, 23)


def test_the_same_destination_in_code_before_does_not_confuse_places():
    made = body("`[a](city:b)` [a](city:b)\n\n    [a](city:b)\n\n```\n[a](city:b)\n```\n\n[a](city:b)\n")
    assert [(r.span.line, r.span.column) for r in made.references] == [(1, 19), (9, 5)]


def test_links_outside_are_marked():
    assert html("[a](https://example.org/?a=1&b=2)") == (
        '<p><a class="external" href="https://example.org/?a=1&amp;b=2" rel="noopener">a</a></p>'
    )
    assert html("<a.b@example.org>") == '<p><a href="mailto:a.b@example.org">a.b@example.org</a></p>'
    assert html("[a](tel:+4930123456)") == '<p><a href="tel:+4930123456">a</a></p>'


def test_addresses_on_this_site_are_listed():
    made = body("[Presse](/presse/#kontakt)")
    assert made.references == (BodyReference("path", "/presse/", "kontakt", Span(1, 10, 1, 26)),)
    assert made.html == '<p><a href="/presse/#kontakt">Presse</a></p>'


def test_places_in_the_same_text():
    assert html("[unten](#ziel)\n\n## Ziel\n").startswith('<p><a href="#ziel">unten</a></p>')
    assert found("[unten](#zeil)\n\n## Ziel\n") == [("anchor-unknown", 1, 9)]


BAD_LINKS = [
    ("javascript:alert(1)", "unsafe-link", ""),
    ("JaVaScRiPt:alert(1)", "unsafe-link", ""),
    ("<java\tscript:alert(1)>", "unsafe-link", ""),
    ("data:text/html;base64,AAAA", "unsafe-link", ""),
    ("vbscript:x", "unsafe-link", ""),
    ("file:///etc/passwd", "unsafe-link", ""),
    ("citty:stendal", "unknown-scheme", "city:stendal"),
    ("City:stendal", "unknown-scheme", "city:stendal"),
    ("stadt:stendal", "unknown-scheme", "city:stendal"),
    ("seite:presse#x", "unknown-scheme", "page:presse#x"),
    ("ftp://example.org", "unknown-scheme", ""),
    ("phase:iii", "unknown-scheme", "page:iii"),
    ("city:Stendal", "link-id", "city:stendal"),
    ("city:lüneburg", "link-id", "city:lueneburg"),
    ("city:", "link-id", ""),
    ("../cities/stendal.yaml", "relative-link", "city:stendal"),
    ("presse.md", "relative-link", "page:presse"),
    ("presse.md#kontakt", "relative-link", "page:presse#kontakt"),
    ("//example.org/x", "relative-link", "https://example.org/x"),
    ("/\\example.org", "relative-link", ""),
    ("/a/../b/", "relative-link", ""),
    ("www.example.org", "relative-link", "https://www.example.org"),
    ("info@example.org", "relative-link", "mailto:info@example.org"),
    ("https://", "url-form", ""),
    ("https://exa\\mple.org", "url-form", ""),
    ("mailto:niemand", "email-form", ""),
    ("tel:keine", "phone-form", ""),
    ("<https://example.org/a b>", "link-space", "https://example.org/a%20b"),
    ("", "link-empty", ""),
    ("#", "link-empty", ""),
]


@pytest.mark.parametrize(("address", "code", "suggestion"), BAD_LINKS)
def test_bad_links(address, code, suggestion):
    made, diagnostics = render(f"Ein [Link]({address}).\n", "a.md", 1, "de")
    column = 13 if address.startswith("<") else 12
    assert problems(diagnostics) == [(code, 1, column)]
    assert dict(diagnostics[0].params).get("suggestion", "") == suggestion
    assert "script:" not in made.html
    assert made.references == ()


def test_automatic_links_are_checked():
    assert found("x <ftp://example.org>") == [("unknown-scheme", 1, 4)]
    assert found("x <javascript://alert(1)>") == [("unsafe-link", 1, 4)]


def test_links_need_a_text():
    assert found("[](city:stendal)") == [("link-without-text", 1, 4)]


def test_schemes_are_those_of_the_content_model():
    with_pages = set(KINDS) - {"phase", "background", "milestone"}
    assert {kind: KINDS[kind].folder for kind in with_pages} == ENTRY_SCHEMES


# Pictures, tables, footnotes, boxes


def test_a_picture_alone_is_a_figure():
    made = body('![Zwei Personen](bild.jpg "Beim \\"Treffen\\"")'.replace('\\"', "'"))
    assert made.html == (
        '<figure><img alt="Zwei Personen" src="bild.jpg"><figcaption>Beim ‚Treffen‘</figcaption></figure>'
    )
    assert made.images == (BodyImage("bild.jpg", "Zwei Personen", Span(1, 18, 1, 26)),)
    assert html("![a](b.png)") == '<figure><img alt="a" src="b.png"></figure>'
    assert html("Text ![a](b.png) Text") == '<p>Text <img alt="a" src="b.png"> Text</p>'


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("![](bild.jpg)", "picture-without-alt"),
        ("![ ](bild.jpg)", "picture-without-alt"),
        ("![a](https://example.org/b.jpg)", "remote-image"),
        ("![a](//example.org/b.jpg)", "remote-image"),
        ("![a](data:image/png;base64,AA)", "remote-image"),
        ("![a](../b.jpg)", "image-file"),
        ("![a](/b.jpg)", "image-file"),
        ("![a](b.svg)", "image-file"),
        ("![a](b.jpg?x)", "image-file"),
        ("![a]()", "image-file"),
    ],
)
def test_bad_pictures(text, code):
    assert [(c, line, column) for c, line, column in found(f"x\n\n{text}\n")] == [
        (code, 3, text.index("(") + 2)
    ]


def test_tables_can_be_scrolled_and_have_headings():
    made = html('| Ort | Zahl |\n|---|--:|\n| "A" | 1 |\n')
    assert made.startswith(
        '<div aria-label="Tabelle 1" class="table-scroll" role="region" tabindex="0"><table>'
    )
    assert '<th scope="col">Ort</th>\n<th class="align-right" scope="col">Zahl</th>' in made
    assert '<td>„A“</td>\n<td class="align-right">1</td>' in made
    assert "<td></td>" in html("| | b |\n|---|---|\n| 1 | 2 |\n").partition("</thead>")[0]


def test_footnotes_are_numbered_in_the_order_of_the_text():
    made = html('A[^z] B[^a] C[^z].\n\n[^a]: Erste "Note".\n[^z]: Zweite.\n')
    assert re.findall(r'href="#(fn:\d)">(\d)<', made) == [("fn:1", "1"), ("fn:2", "2"), ("fn:1", "1")]
    assert '<section aria-label="Fußnoten" class="footnotes">' in made
    assert 'aria-label="Fußnote 1"' in made
    assert 'aria-label="Zurück zum Text bei Fußnote 1" class="footnote-backref" href="#fnref:1"' in made
    assert "Back to the text at footnote 1" in html("A[^1]\n\n[^1]: x\n", "en")
    targets = set(re.findall(r'id="([^"]+)"', made))
    assert set(re.findall(r'href="#([^"]+)"', made)) <= targets


def test_footnotes_without_text_are_reported():
    assert found("Text[^1] und `[^2]`\n") == [("footnote-unknown", 1, 5)]


def test_info_boxes():
    assert html('!!! info "Gut zu wissen"\n    Text *hier*\n\nweiter\n') == (
        '<aside class="info-box">\n<p class="info-box-title">Gut zu wissen</p>\n<p>Text <em>hier</em></p>\n</aside>'
        "\n<p>weiter</p>"
    )


def test_details_may_contain_markdown():
    assert html("<details>\n<summary>Frage *eins*</summary>\n\nAntwort **fett**\n\n</details>\n") == (
        "<details>\n<summary>Frage <em>eins</em></summary>\n<p>Antwort <strong>fett</strong></p>\n</details>"
    )


def test_attributes():
    assert html("*Community Organizing*{lang=en}") == '<p><em lang="en">Community Organizing</em></p>'
    assert html("Text\n{: .intro #anfang }\n") == '<p class="intro" id="anfang">Text</p>'
    assert found("## a {#s-content}\n") == [("attribute-not-allowed", 1, 7)]
    assert found("x\n\nText\n{: onclick=alert(1) .fremd}\n") == [("attribute-not-allowed", 4, 4)] * 2
    assert found("*a*{style=x}") == [("attribute-not-allowed", 1, 5)]


# HTML and template syntax


def test_a_few_tags_are_allowed():
    text = '<abbr title="Verein">e. V.</abbr> H<sub>2</sub>O <span lang="en">x</span><br><kbd>Strg</kbd>'
    assert html(text) == f"<p>{text}</p>"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a <script>alert(1)</script>", [3]),
        ("<script>alert(1)</script>", [1]),
        ("<iframe src='https://example.org'></iframe>", [1]),
        ("<style>p {color: red}</style>", [1]),
        ("x <form><input></form>", [3, 9]),
        ("a <span onclick='x'>b</span>", [3]),
        ("a <span style='x'>b</span>", [3]),
        ("<div>a</div>", [1]),
        ("</div>", [1]),
        ('<a href="javascript:x">a</a>', [1]),
        ("<img src=x onerror=alert(1)>", [1]),
        ("<svg/onload=alert(1)>", [1]),
        ("<details><script></details>", [10]),
    ],
)
def test_other_tags_are_refused(text, places):
    assert found(f"x\n\n{text}\n") == [("html-not-allowed", 3, column) for column in places]


def test_tags_in_code_are_text():
    text = "`<script>`\n\n    <script>\n\n```\n<script>\n```\n\n`` <b>`<script> ``\n"
    assert "<script>" not in html(text)


def test_comments_are_notes_that_nobody_sees():
    assert html("a <!-- geheim --> b\n\n<!-- auch\n\n*geheim* <script> -->\n\nc\n") == "<p>a  b</p>\n<p>c</p>"
    assert html("`<!-- a -->`") == "<p><code>&lt;!-- a --&gt;</code></p>"
    assert found("a\n\n<!-- offen\n") == [("comment-unclosed", 3, 1)]


def test_template_syntax():
    assert found("a {{ x }} b\n\n{% c %} {# d #}\n") == [
        ("template-syntax", 1, 3),
        ("template-syntax", 3, 1),
        ("template-syntax", 3, 9),
    ]
    assert found("[a]({{ url }})") == [("template-syntax", 1, 5)]
    assert found('<abbr title="{{ x }}">a</abbr>') == [("template-syntax", 1, 14)]
    assert found("`{{ x }}`\n\n    {{ x }}\n\n```\n{% x %}\n```\n") == []


# The whole


def test_words_are_counted():
    assert body("## Eins zwei\n\ndrei *vier* `fünf`\n\n- sechs\n").words == 6


def test_nothing_in_nothing_out():
    assert body("\n \n") == Body("", (), (), 0)


def test_the_same_text_gives_the_same_body():
    text = 'A[^1] "b" [c](city:d)\n\n## e\n\n[^1]: f\n'
    assert body(text) == body(text)


def test_marks_in_a_text_are_only_characters():
    made, _ = render("a \ufdd11\ufdd2 \x02wzxhzdk:0\x03 \x02amp\x03 [b](city:c)", "a.md", 1, "de")
    assert not re.search("[\ufdd0-\ufdef\x02\x03]", made.html)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("x" * 400_001, "text-too-long"),
        ("x " * 20_000, "text-too-long"),
        ("[" * 3_000, "too-many-signs"),
        ("`" * 3_000, "too-many-signs"),
        ("#\n" * 3_000, "too-many-signs"),
    ],
)
def test_too_much_is_refused_at_once(text, code):
    start = time.perf_counter()
    assert found(text) == [(code, 1, 1)]
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    "text", [">" * 15_000, "> " * 9_000, "- " * 9_000, "\n\n".join("    " * n + "- a" for n in range(150))]
)
def test_deep_nesting_ends(text):
    start = time.perf_counter()
    found(text)
    assert time.perf_counter() - start < 10


PIECES = st.lists(
    st.sampled_from(
        [
            "a",
            "Bürger*innen",
            " ",
            "\n",
            "\n\n",
            "*",
            "**",
            "_",
            "`",
            "```",
            "~~~",
            "[",
            "]",
            "(",
            ")",
            "](",
            "[^1]",
            "\n[^1]: ",
            "!",
            "<",
            ">",
            "<script>",
            "</script>",
            "<details>",
            "<summary>",
            "<b onclick=x>",
            "<!--",
            "-->",
            "javascript:",
            "city:x",
            "\n[a]: ",
            "https://a.de",
            "&",
            "&#106;",
            ";",
            "\n# ",
            "\n## ",
            "\n- ",
            "\n    ",
            "|",
            "\n|---|",
            "{",
            "}",
            "{{",
            "{%",
            "{#",
            "{: ",
            ".x",
            "onload=x",
            "\\",
            '"',
            "'",
            "--",
            "...",
            "\n---\n",
            "\n===\n",
            '!!! info "x"\n',
            "\x02",
            "\x03",
            "\ufdd0",
            "\ufdd10\ufdd2",
            "\t",
            "> ",
            "1. ",
            "&lt;script&gt;",
            "<svg onload=x>",
            "<a href='",
            "![",
        ]
    ),
    max_size=30,
).map("".join)

DANGEROUS = re.compile(r"^\s*(?:javascript|data|vbscript|file):", re.IGNORECASE)
ALLOWED = {
    *(
        "p",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "em",
        "strong",
        "a",
        "img",
        "code",
        "pre",
        "ul",
        "ol",
        "li",
        "blockquote",
        "hr",
        "br",
    ),
    *(
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "div",
        "section",
        "aside",
        "figure",
        "figcaption",
        "sup",
        "sub",
        "abbr",
        "span",
    ),
    *("kbd", "details", "summary", "del", "ins", "q", "cite", "small", "bdi", "dfn", "wbr"),
}


def assert_safe(text):
    if not text.strip():
        return
    for element in lxml.html.fragment_fromstring(text, create_parent="p").iterdescendants():
        assert isinstance(element.tag, str)
        assert element.tag in ALLOWED
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name != "style"
            assert not DANGEROUS.match(value) or name not in ("href", "src")


@given(st.one_of(st.text(max_size=300), PIECES), st.sampled_from(["de", "en", "de-simple"]))
@example("[a](javascript:alert(1))", "de")
@example("<a href='javascript:alert(1)'>x</a>", "de")
@example("[a]: javascript:alert(1)\n\n[a]", "de")
@example("[x](&#106;avascript:alert(1))", "de")
@example("[^1]\n\n[^1]:\n", "de")
@example('[]("](', "de")
@settings(max_examples=300, deadline=None)
def test_any_text_ends_in_safe_html(text, language):
    made, diagnostics = render(text, "a.md", 1, language)
    lines = text.split("\n")
    for _, line, column in problems(diagnostics):
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1
    assert_safe(made.html)
    assert not re.search("[\ufdd0-\ufdef]", made.html)
    ids = re.findall(r' id="([^"]*)"', made.html)
    assert len({heading.id for heading in made.headings}) == len(made.headings)
    assert diagnostics or len(ids) == len(set(ids))


@given(st.text(max_size=60))
def test_slugs_are_addresses(text):
    slug = slugify(text)
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug)
    assert slugify(slug) == slug


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Größe Überlingen Österreich", "groesse-ueberlingen-oesterreich"),
        ("Akteur:innen", "akteurinnen"),
        ("Bürger/-innen", "buergerinnen"),
        ("Koordinator*innen", "koordinatorinnen"),
        ("jede*r", "jeder"),
        ("Bürger_innen", "buergerinnen"),
        ("und/oder", "und-oder"),
        ("10:30 Uhr", "10-30-uhr"),
        ("Café Crème", "cafe-creme"),
        ("geht's", "gehts"),
        ("A & B", "a-und-b"),
        ("???", ""),
        ("x" * 90, "x" * 80),
        ("wort " * 30, "wort-" * 15 + "wort"),
    ],
)
def test_slugs(text, slug):
    assert slugify(text) == slug


PIECES = [
    *(
        "Text ",
        "&amp;",
        "&lt;b&gt;",
        "\n",
        "\n\n",
        "ß",
        '"',
        "<",
        ">",
        "&",
        "\\",
        "`",
        "# ",
        "## ",
        "- ",
        "1. ",
        "> ",
    ),
    *(
        "    ",
        "|",
        "\n|-|-|\n",
        "*",
        "**",
        "_",
        "[",
        "]",
        "](city:a)",
        "](https://b.de?a=1&b=2)",
        "![",
        "](a.jpg)",
    ),
    *("[^1]", "[^1]: ", "!!! info\n    ", "```\n", "---\n", "{#a}", "<https://b.de>"),
    *(
        "<br>",
        "<details open>",
        "<summary>",
        "</summary>",
        "</details>",
        "<q>",
        "</q>",
        "<sub>",
        "</sub>",
        "<wbr>",
    ),
    *(
        "<small>",
        "</small>",
        "<span lang=en>",
        "</span>",
        "<del>",
        "<ins>",
        "<h2>",
        "<p>",
        "</p>",
        "<script>",
        "<!-- -->",
    ),
]


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
def test_a_text_is_the_same_when_it_is_sanitised_again(written):
    # A build from nothing shows what it has just sanitised, a later one sanitises what it remembers once more.
    made = render(written, "content/a.md", 1, "de")[0].html
    assert sanitise(made) == made
