"""Advice: each rule is broken once at an exact place, and once nearly broken, which stays silent.

In the texts a ▶ stands where the report must point; it is taken out before the file is written. All names are
invented.
"""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from stadtnetz.advice.prose import BLANK, body_prose, field_prose, sentences
from stadtnetz.cli import cli
from stadtnetz.diagnostics import Severity, has_errors
from stadtnetz.diagnostics.catalogue import Rule, all_rules
from stadtnetz.text.yamltext import parse_yaml
from tests.minisite import SITE, Files, MiniSite, told, without_mark
from tests.test_rules import event, news, page, picture

NEWS = "content/news/2021/neues.md"
PAGE = "content/pages/seite.md"
SIMPLE = "content/pages/seite.de-simple.md"
CITY = "content/cities/musterstadt.yaml"
PARTNER = "content/partners/verein.yaml"
PICTURE = {"content/news/2021/IMG_2041.png": picture()}
LONG = "In Musterstadt geschah etwas, das sich in einer Zeile nicht sagen lässt, obwohl es hier versucht wird"
SOURCE = 'sources: [{url: "https://musterstadt.de/beleg", seen: 2022-01}]'


def text(body: str) -> Files:
    return {NEWS: news(body=body)}


def headed(title: str = "Neues", lead: str = "Ein Vorspann.") -> Files:
    return {NEWS: news().replace("Neues", title).replace("Vorspann.", lead)}


def shown(alt: str, more: str = "") -> Files:
    return {
        **PICTURE,
        NEWS: news(f"pictures: [{{file: IMG_2041.png, alt: {alt}, credit: Erika Muster{more}}}]"),
    }


def in_text(image: str) -> Files:
    listed = "pictures: [{file: IMG_2041.png, alt: Ein Feld, credit: Erika Muster}]"
    return {**PICTURE, NEWS: news(listed, f"Davor {image} danach.")}


def simple(body: str) -> Files:
    return {
        PAGE: page("Ein Text.", "updated: 2022-01-10"),
        SIMPLE: f"---\ntitle: Seite\nlead: Kurz.\n---\n{body}\n",
    }


def verein(summary: str, more: str = "") -> Files:
    return {PARTNER: f"name: Verein\nlevel: federal\nsummary: {summary}\n{more}\n{SOURCE}\n"}


def mailbox(mail: str) -> Files:
    return {PARTNER: f"name: Verein\nlevel: federal\ncontact:\n  email: {mail}\n{SOURCE}\n"}


WORDS = "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn"

STORIES: dict[str, list[tuple[Files, Files]]] = {
    "title-long": [
        (headed(f"▶{LONG}"), headed(LONG[:90])),
        ({PAGE: page("Ein Text.").replace("Seite", f"▶{LONG}")}, {PAGE: page("Ein Text.")}),
    ],
    "lead-long": [(headed(lead=f"▶{LONG * 4}"), headed(lead=LONG * 3))],
    "link-words": [
        (text("Alles dazu [▶hier](https://musterstadt.de/)."), text("Das [Programm](https://musterstadt.de/).")),
        (text("Und [▶Mehr …](https://musterstadt.de/)".replace(" …", "")), text("Und `[hier](https://musterstadt.de/)`")),
        (text("Ein [▶**hier**](https://musterstadt.de/)."), text("Er steht [hier] in Klammern.")),
    ],
    "heading-jump": [(text("## Eins\n\nText.\n\n▶#### Zwei\n\nText."), text("## Eins\n\n### Zwei\n\nText."))],
    "alt-file-name": [
        (shown("▶IMG_2041.png"), shown("Ein Feld")),
        (shown("▶IMG_2041"), shown("Bild vom Rathaus")),
        (in_text("![DSC_0815](▶IMG_2041.png)"), in_text("![Ein Feld](IMG_2041.png)")),
    ],
    "alt-repeats-caption": [
        (shown("▶Das neue Rathaus", ", caption: Das neue Rathaus."), shown("Ein Haus", ", caption: Das neue Rathaus."))
    ],
    "relative-date": [
        (text("Das Fest beginnt ▶morgen um zehn."), text("Am Morgen beginnt das Fest am 8. Juli 2021.")),
        (text("Sie trafen sich ▶vergangenen Freitag."), text("Sie sagte: „Gestern war das anders.“")),
        (headed(lead="Ein Fest ▶nächste Woche."), headed(lead="Bis heute ein Fest.")),
        (
            {"content/events/fest.yaml": event("2022-08-20").replace("Ein Treffen.", "Ein Fest ▶heute Abend.")},
            {PAGE: page("Die Seite ändert sich morgen.")},
        ),
    ],
    "sentence-long": [
        (simple(f"▶{WORDS} sechzehn."), simple(f"{WORDS}.")),
        (
            simple(f"Kurz.\n\n- ▶{WORDS}\n  sechzehn\n- Kurz."),
            simple(f"## {WORDS}\n\nsechzehn.\n\n- {WORDS}\n- sechzehn"),
        ),
        (simple(f"Kurz. ▶Am 8. Juli {WORDS}."), text(f"{WORDS} {WORDS}.")),
    ],
    "abbreviation": [(simple("Man kann ▶z. B. helfen."), text("Man kann z. B. helfen."))],
    "roman-numeral": [(simple("Das war in Phase ▶III."), simple("Das war in Phase 3. DIE STADT HILFT."))],
    "quotation-marks": [
        (text("Sie sagte: ▶“Das ist gut“."), text("Sie sagte: „Das ist gut“ und \"nein\".")),
        (text("Sie sagte: „Das ist gut▶”."), text("Ein `”` im Quelltext.")),
        (
            {PAGE: page("Text."), "content/pages/seite.en.md": "---\ntitle: A ▶„page“\n---\nText.\n"},
            {PAGE: page("Text."), "content/pages/seite.en.md": "---\ntitle: A “page”\n---\nText.\n"},
        ),
    ],
    "double-space": [
        (
            text("Ein Text.▶  Noch einer."),
            text("Ein Text.  \nNoch einer.\n\n1.  Punkt\n-   Strich\n\n    Quelltext  hier"),
        ),
        (headed(lead='"Ein▶  Vorspann."'), text("| a   | b  |\n| --- | -- |\n| c   | d  |")),
    ],
    "dateline-capitals": [({NEWS: news("dateline: ▶MUSTERSTADT")}, {NEWS: news("dateline: Musterstadt")})],
    "import-unsure": [
        (
            {NEWS: news("▶# unsicher: Überschrift aus dem Betreff.")},
            {NEWS: news("# Überschrift aus dem Betreff.")},
        )
    ],
    "import-rest": [
        (
            {NEWS: news("draft: ja") + "\n\n▶## Noch nicht zugeordnet\n\nText.\n"},
            {NEWS: news("draft: ja") + "\n\n## Noch ist nichts zugeordnet\n\nText.\n"},
        )
    ],
    "private-mailbox": [(mailbox("▶erika@gmx.de"), mailbox("ehrenamt@musterstadt.de"))],
    "figure-undated": [
        (
            verein("Der Verein hat ▶1.200 Mitglieder."),
            verein("Der Verein hat 1.200 Mitglieder.", "updated: 2022-01-10"),
        ),
        (
            {PAGE: page("Im Netz sind ▶120 Orte. Das ist gut.")},
            {PAGE: page("Im Jahr 2021 waren es 120 Orte. Das ist gut. 90 Minuten dauert es.")},
        ),
        ({PAGE: page("Im Netz sind ▶120 Orte.")}, text("Im Netz sind 120 Orte.")),
    ],
}  # fmt: skip


def advice(folder: Path, files: Files, site: str = SITE) -> list[str]:
    examined = MiniSite(folder, {**files, "site.yaml": site}, templates=False).examine("2022-08-01")
    errors = [told(one) for one in examined.diagnostics if one.severity is Severity.ERROR]
    assert errors == []
    return [told(one) for one in examined.diagnostics if one.severity is Severity.ADVICE]


@pytest.mark.parametrize(
    ("code", "number"), [(code, number) for code, pairs in STORIES.items() for number in range(len(pairs))]
)
def test_a_rule_speaks_where_it_is_broken_and_not_where_it_nearly_is(tmp_path: Path, code: str, number: int):
    wrong, near = STORIES[code][number]
    files, place = without_mark(wrong)
    assert advice(tmp_path / "wrong", files) == [f"{place} {code}"]
    assert advice(tmp_path / "near", near) == []


def test_every_piece_of_advice_has_a_story_and_says_why():
    advised = [rule for rule in all_rules() if rule.severity is Severity.ADVICE]
    # The others speak to operators, and their stories are told where what they watch is tested.
    assert {rule.code for rule in advised if rule.stage in ("advice", "import")} == set(STORIES)
    assert [rule.code for rule in advised for language in ("de", "en") if not rule.texts[language].why] == []


def test_advice_stops_nothing_and_is_remembered_and_can_be_switched_off(tmp_path: Path):
    site = MiniSite(tmp_path, text("Alles dazu [hier](https://musterstadt.de/)."))
    strict = site.examine("2022-08-01").diagnostics
    only = [one for one in strict if one.severity is Severity.ADVICE]
    assert [one.code for one in only] == ["link-words"]
    assert not has_errors(only, strict=True)
    site.build()
    again = site.build()
    assert again.reasons == {}
    assert "link-words" in [one.code for one in again.diagnostics]
    site.write("site.yaml", f"{SITE.strip()}\nadvice_off: [{{rule: link-words, reason: So gewollt}}]\n")
    assert "link-words" not in [one.code for one in site.build().diagnostics]


def test_a_translation_and_the_text_beside_an_entry_are_read_too(tmp_path: Path):
    city = "name: Musterstadt\ntype: city\nstate: DE-NI\nupdated: 2022-01-10\n" + SOURCE
    files = {CITY: city, "content/cities/musterstadt.md": "Siehe [hier](https://musterstadt.de/).\n"}
    assert advice(tmp_path, files) == ["content/cities/musterstadt.md:1:8 link-words"]


def test_places_in_folded_and_quoted_fields(tmp_path: Path):
    folded = "lead: >-\n  Ein Fest in\n  Musterstadt beginnt\n  nächste Woche."
    assert advice(tmp_path / "a", {NEWS: news().replace("lead: Vorspann.", folded)}) == [
        "content/news/2021/neues.md:6:3 relative-date"
    ]
    broken = "lead: Ein Fest beginnt nächste\n  Woche, oder doch\n  nächste Woche."
    assert advice(tmp_path / "b", {NEWS: news().replace("lead: Vorspann.", broken)}) == [
        "content/news/2021/neues.md:3:24 relative-date",
        "content/news/2021/neues.md:5:3 relative-date",
    ]


PIECES = st.sampled_from(
    [
        *(
            "Wort",
            " ",
            "  ",
            "\n",
            "\n\n",
            "\n\n    ",
            "`",
            "```",
            "[hier](",
            "](",
            ")",
            "<b>",
            "<!--",
            "-->",
            "„",
            "“",
        ),
        *("”", "8. ", ". ", "{", "}", "https://musterstadt.de ", "# ", "- ", "1. ", "|", "“Wort", "120 Orte"),
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_prose_keeps_its_length_and_its_line_breaks_outside_code(source: str):
    prose = body_prose(source, 7)
    assert len(prose.words) == len(source)
    assert all(mine in (BLANK, theirs) for mine, theirs in zip(prose.words, source, strict=True))
    found = list(sentences(prose))
    assert all(start < end <= len(source) for start, end in found)
    assert found == sorted(found)
    assert all(one[1] <= two[0] for one, two in pairwise(found))


@given(
    st.lists(
        st.sampled_from(["Fest", "nächste Woche", "in", "„Rat“", "a", "morgen"]), min_size=1, max_size=12
    ),
    st.sampled_from(["plain", "quoted", "folded"]),
    st.data(),
)
def test_what_a_field_says_is_found_where_it_stands(words: list[str], style: str, data: st.DataObject):
    value = " ".join(words)
    written = {
        "plain": f"lead: {value}",
        "quoted": f'lead: "{value}"',
        "folded": "lead: >-\n  " + "\n  ".join(words),
    }[style]
    document, _ = parse_yaml(f"# {value}\n{written}\ntitle: {value}\n", "a.yaml", 1)
    assert document is not None
    file_text = f"# {value}\n{written}\ntitle: {value}\n"
    prose = field_prose("lead", value, file_text, document.spans.value(("lead",)))
    number = data.draw(st.integers(0, len(words) - 1))
    start = len(" ".join(words[:number])) + (number > 0)
    span = prose.span(start, start + len(words[number]))
    lines = file_text.split("\n")
    assert lines[span.line - 1][span.column - 1 :].startswith(words[number])
    assert span.line == (3 + number if style == "folded" else 2)


def explained(*arguments: str) -> str:
    result = CliRunner().invoke(cli, ["explain", *arguments], prog_name="build.py")
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_every_code_can_be_asked_about(rule: Rule, language: str):
    told = explained(rule.code, "--lang", language)
    words = rule.texts[language]
    assert f"[{rule.code}]" in told.split("\n", 1)[0]
    for part in (words.message, words.hint, words.suggest, words.why):
        assert part.replace("{{", "{").replace("}}", "}") in told


def test_a_program_can_ask_as_well():
    told = json.loads(explained("link-words", "--format", "json"))
    assert (told["code"], told["severity"]) == ("link-words", "advice")
    assert "Vorleseprogramm" in told["why"]


def test_a_build_counts_advice_and_a_check_shows_it_before_what_is_wrong(tmp_path: Path):
    site = MiniSite(tmp_path, text("Alles dazu [hier](https://musterstadt.de/)."))
    built = CliRunner().invoke(cli, ["build", "--root", str(site.root), "--as-of", "2022-08-01"])
    assert "1 Empfehlung." in built.output
    assert "sagt nicht, wohin" not in built.output
    checked = CliRunner().invoke(cli, ["check", "--root", str(site.root), "--as-of", "2022-08-01"]).output
    assert checked.index("Empfehlung [link-words]") < checked.index("Warnung [operator-missing]")
    assert "Hinweis: Verlinken Sie die Wörter" in checked
