"""The legal gate: what the law asks for, and that with --strict nothing goes live without it, and everything else does.

Each case is a site that lacks one thing, and the same site once that is mended. All names are invented.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from stadtnetz.diagnostics import Severity
from stadtnetz.diagnostics.catalogue import rule
from stadtnetz.render.requests import requests_of
from tests.minisite import CITIES, LAWFUL, MELDUNG, Files, MiniSite, without_mark
from tests.picturesite import landscape, saved

NEWS = "content/news/2021/meldung.md"
PICTURE = {"content/news/2021/bild.png": saved(landscape(40, 30), "PNG")}
PRESS = MELDUNG.replace("sources:", "▶sources:", 1)


def site(old: str = "", new: str = "") -> str:
    text = str(LAWFUL["site.yaml"])
    assert old in text
    return text.replace(old, new, 1)


def without_layout(id_: str) -> str:
    return str(LAWFUL[f"content/pages/{id_}.md"]).replace("layout:", "layout: standard #")


def news(more: str) -> str:
    return MELDUNG.replace("sources:", f"{more}\nsources:", 1)


def pictured(more: str) -> str:
    return news(f"pictures:\n  - {{file: bild.png, alt: Hügel, {more}}}")


def page(old: str, new: str) -> str:
    text = (Path(__file__).parents[2] / "templates/base.html").read_text("utf-8")
    assert old in text
    return text.replace(old, new, 1)


@dataclass(frozen=True)
class Point:
    """Something that the law asks for: a site without it, what must be reported and where (▶), and what mends it."""

    what: str
    code: str
    wrong: Files
    mended: Files = field(default_factory=dict)
    at: str = ""
    moment: str = "2022-08-01"


IMPRINT = "imprint: {name: Amt, "
POINTS = [
    Point("no name in the imprint", "operator-missing", {"site.yaml": site(IMPRINT, "imprint: {▶name: , ")}),
    Point(
        "no address in the imprint",
        "operator-missing",
        {
            "site.yaml": site('Amt, address: "Weg 1, 12345 Musterstadt", ', "Amt, ").replace(
                "imprint: {", "imprint: ▶{"
            )
        },
    ),
    Point(
        "nobody who represents",
        "operator-missing",
        {"site.yaml": site("represented_by: Leitung", "▶represented_by: TODO")},
    ),
    Point(
        "no quick contact",
        "operator-missing",
        {"site.yaml": site("Leitung, email: post@musterstadt.de", "Leitung, ▶email: ")},
    ),
    Point(
        "a post box for an address",
        "address-incomplete",
        {"site.yaml": site('"Weg 1, 12345', '▶"Postfach 1, 12345')},
    ),
    Point(
        "no imprint",
        "legal-page-missing",
        {"content/pages/impressum.md": without_layout("impressum")},
        at="site.yaml:7:1",
    ),
    Point(
        "an imprint that no page leads to",
        "legal-page-unlinked",
        {"site.yaml": site("footer: [impressum, ", "▶footer: [")},
    ),
    Point(
        "nobody responsible for press releases",
        "operator-missing",
        {"site.yaml": site("responsible: {name: Erika Muster", "responsible: {▶name: "), NEWS: MELDUNG},
        {NEWS: MELDUNG},
    ),
    Point(
        "a responsible person without an address",
        "operator-missing",
        {
            "site.yaml": site(
                'Erika Muster, address: "Weg 1, 12345 Musterstadt"', "Erika Muster, ▶address: folgt"
            )
        },
    ),
    Point(
        "a press release for which nobody answers",
        "responsible-empty",
        {NEWS: news("responsible: ▶N. N.")},
        {NEWS: news("responsible: Erika Muster, Weg 1, 12345 Musterstadt")},
    ),
    Point(
        "no accessibility statement",
        "legal-page-missing",
        {"content/pages/barrierefreiheit.md": without_layout("barrierefreiheit")},
        at="site.yaml:7:1",
    ),
    Point(
        "a statement that rests on nothing",
        "operator-missing",
        {"site.yaml": site("assessed: 2022-07-01", "▶assessed: ")},
    ),
    Point(
        "a statement past its year",
        "statement-old",
        {"site.yaml": site("2022-07-01", "▶2021-08-01")},
        {"site.yaml": site("2022-07-01", "2021-08-02")},
    ),
    Point(
        "a statement from the future", "statement-future", {"site.yaml": site("2022-07-01", "▶2023-08-01")}
    ),
    Point(
        "nobody to tell of barriers",
        "operator-missing",
        {"site.yaml": site("state: DE-NI, email: post@musterstadt.de", "state: DE-NI, ▶email: ")},
    ),
    Point(
        "nobody answers for personal data",
        "operator-missing",
        {"site.yaml": site("{controller: Amt", "{▶controller: ")},
    ),
    Point(
        "a picture without credit",
        "picture-without-credit",
        {NEWS: news("pictures:\n  - ▶file: bild.png\n    alt: Hügel"), **PICTURE},
        {NEWS: pictured("credit: Foto Muster"), **PICTURE},
    ),
    Point(
        "a credit that names nobody",
        "credit-empty",
        {NEWS: pictured("credit: ▶unbekannt"), **PICTURE},
        {NEWS: pictured("credit: Foto Unbekannt-Muster"), **PICTURE},
    ),
    Point(
        "a picture in a text without credit",
        "picture-uncredited",
        {NEWS: f"{MELDUNG}\n![Hügel](▶bild.png)\n", **PICTURE},
        {NEWS: f"{pictured('credit: Foto Muster')}\n![Hügel](bild.png)\n", **PICTURE},
    ),
    Point(
        "a credit that says only that it is one",
        "credit-empty",
        {NEWS: pictured('credit: ▶"Foto: unbekannt"'), **PICTURE},
        {NEWS: pictured('credit: "Foto: Erika Muster"'), **PICTURE},
    ),
    Point(
        "a picture past its date",
        "picture-withdrawn",
        {NEWS: pictured("credit: Foto, withdraw_by: ▶2022-08-01"), **PICTURE},
        {NEWS: pictured("credit: Foto, withdraw_by: 2022-08-02"), **PICTURE},
    ),
    Point(
        "a style sheet from elsewhere",
        "third-party-request",
        {
            "templates/base.html": page(
                "{% block head %}",
                '<link rel="stylesheet" href="▶https://fonts.musterdienst.de/a.css">{% block head %}',
            )
        },
    ),
    Point(
        "a script that asks elsewhere",
        "third-party-request",
        {
            "templates/assets/zaehler.js": "// zählt\nfetch('▶https://zaehler.musterdienst.de/?' + location);\n"
        },
        {"templates/assets/zaehler.js": "// https://zaehler.musterdienst.de/ zählt\nfetch('/zaehler');\n"},
    ),
    Point(
        "a picture in a style sheet from elsewhere",
        "third-party-request",
        {"templates/assets/mehr.css": "/* x */\nb { background: url(▶//bilder.musterdienst.de/b.png) }"},
        {"templates/assets/mehr.css": "/* url(//bilder.musterdienst.de/b.png) */ b { color: red }"},
    ),
]


@pytest.mark.parametrize("point", POINTS, ids=lambda point: point.what)
def test_strict_stops_what_the_law_forbids_and_lets_the_rest_go_live(point: Point, tmp_path: Path) -> None:
    wrong, place = without_mark({**LAWFUL, **CITIES, **point.wrong})
    project = MiniSite(tmp_path, wrong)
    built = project.build(point.moment, strict=True)
    stopping = [d for d in built.diagnostics if d.severity is not Severity.ADVICE]
    assert [d.code for d in stopping] == [point.code]
    span = stopping[0].span
    assert span is not None
    assert f"{stopping[0].path}:{span.line}:{span.column}" == (point.at or place)
    assert built.published is None
    assert not project.output.exists()
    for path in wrong:
        if path.startswith("templates/") and path not in point.mended:
            project.remove(path)
            if (whole := Path(__file__).parents[2] / path).is_file():
                project.write(path, whole.read_bytes())
    for path, text in {**LAWFUL, **CITIES, **point.mended}.items():
        project.write(path, text)
    again = project.build(point.moment, strict=True)
    assert [d.code for d in again.diagnostics if d.severity is not Severity.ADVICE] == []
    assert again.published is not None


def test_advice_never_stops_a_site_from_going_live(tmp_path: Path) -> None:
    project = MiniSite(
        tmp_path, {**LAWFUL, **CITIES, NEWS: f"{MELDUNG}\nMehr steht [hier](city:musterstadt).\n"}
    )
    built = project.build(strict=True)
    assert {(d.code, d.severity) for d in built.diagnostics} == {("link-words", Severity.ADVICE)}
    assert built.published is not None


def test_a_site_that_was_built_without_looking_is_looked_at_before_it_goes_live(tmp_path: Path) -> None:
    """Nothing has changed since, and yet it is not enough that nothing has."""
    text = page(
        "{% block head %}", '<script src="https://zaehler.musterdienst.de/a.js"></script>{% block head %}'
    )
    project = MiniSite(tmp_path, {**LAWFUL, **CITIES, "templates/base.html": text})
    assert project.build().published is not None
    strict = project.build(strict=True)
    assert [d.code for d in strict.diagnostics] == ["third-party-request"]
    assert strict.published is None
    assert dict(strict.diagnostics[0].params)["number"] > 5  # said once, for all pages that it concerns


@pytest.mark.parametrize("code", sorted({point.code for point in POINTS}))
def test_what_stops_a_site_says_what_to_do(code: str) -> None:
    for language in ("de", "en"):
        assert rule(code).texts[language].hint or rule(code).texts[language].suggest


LOADS = [
    ("a.html", '<img src="{}">'),
    ("a.html", "<IMG SRC={}>"),
    ("a.html", "<img alt='>' src='{}'>"),
    ("a.html", '<img srcset="/a.png 1x, {} 2x">'),
    ("a.html", '<source srcset="{} 1x">'),
    ("a.html", '<link rel="stylesheet" href="{}">'),
    ("a.html", '<link rel="preconnect" href="{}">'),
    ("a.html", '<link rel="dns-prefetch" href="{}">'),
    ("a.html", '<link rel="alternate stylesheet" href="{}">'),
    ("a.html", '<link href="{}">'),
    ("a.html", '<base href="{}">'),
    ("a.html", '<form action="{}"><button formaction="/">x</button></form>'),
    ("a.html", '<iframe src="{}"></iframe>'),
    ("a.html", '<object data="{}"></object>'),
    ("a.html", '<video poster="{}"></video>'),
    ("a.html", '<svg><use xlink:href="{}"/></svg>'),
    ("a.html", '<svg><image href="{}"/></svg>'),
    ("a.html", '<meta http-equiv="refresh" content="0; url={}">'),
    ("a.html", '<p style="background: url({})">x</p>'),
    ("a.html", "<style>@import '{}';</style>"),
    ("a.html", '<iframe srcdoc="<img src={}>"></iframe>'),
    ("a.html", '<svg><rect fill="url({})"/></svg>'),
    ("a.html", '<a href="/" ping="{}">x</a>'),
    ("a.svg", '<svg xmlns="http://www.w3.org/2000/svg"><g filter="url(\'{}\')"/></svg>'),
    ("a.css", 'b {{background: image-set("/a.png" 1x, "{}" 2x)}}'),
    ("a.html", "<script>import('{}')</script>"),
    ("a.html", '<img src="&#104;ttps:&#47;&#47;anderswo.musterdienst.de/x">'),
    ("a.html", r'<img src="\\anderswo.musterdienst.de/x">'),
    ("a.svg", '<svg xmlns="http://www.w3.org/2000/svg"><image href="{}"/></svg>'),
    ("a.css", "b {{background: url( '{}' )}}"),
    ("a.css", '@import "{}";'),
    ("a.js", 'import {{ x }} from "{}";'),
    ("a.js", "navigator.sendBeacon(`{}`)"),
    ("a.mjs", "new WebSocket('wss://anderswo.musterdienst.de/x')"),
    ("a.xml", '<?xml-stylesheet href="{}"?><feed/>'),
    ("a.xml", "<feed><icon>{}</icon></feed>"),
]
LINKS = [
    ("a.html", '<a href="{}">x</a>'),
    ("a.html", '<link rel="license" href="{}">'),
    ("a.html", '<link rel="canonical" href="{}">'),
    ("a.html", '<meta property="og:url" content="{}">'),
    ("a.html", '<blockquote cite="{}">x</blockquote>'),
    ("a.html", '<img src="/a//b.png" alt="{}">'),
    ("a.html", '<img src="/b.png" alt="url({})">'),
    ("a.html", '<script type="application/ld+json">{{"url": "{}"}}</script>'),
    ("a.html", '<img src="https://netz.musterstadt.de/a.png">'),
    ("a.css", "/* url({}) */"),
    ("a.js", "// {}\n/* '{}' */"),
    ("a.xml", '<feed><link rel="alternate" href="{}"/><id>{}</id></feed>'),
]


@pytest.mark.parametrize(("file", "text"), LOADS)
@pytest.mark.parametrize("url", ["https://anderswo.musterdienst.de/x", "//anderswo.musterdienst.de/x"])
def test_whatever_is_loaded_is_found(file: str, text: str, url: str) -> None:
    found = list(requests_of(file, text.format(url).encode(), "https://netz.musterstadt.de/"))
    assert ["anderswo.musterdienst.de" in one.url for one in found] == [True]


@pytest.mark.parametrize(("file", "text"), LINKS)
def test_what_somebody_must_follow_first_is_no_request(file: str, text: str) -> None:
    data = text.format(*["https://anderswo.musterdienst.de/x"] * 2).encode()
    assert list(requests_of(file, data, "https://netz.musterstadt.de/")) == []
