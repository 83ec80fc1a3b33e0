"""Templates: every failure is a diagnostic at its line, and every page is sound HTML with whatever a view holds."""

from __future__ import annotations

import re
import sys
import typing
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment
from markupsafe import Markup

from stadtnetz import beside
from stadtnetz.diagnostics import Diagnostic, Severity
from stadtnetz.diagnostics.catalogue import all_rules
from stadtnetz.render.assets import UnknownAssetError, load_assets
from stadtnetz.render.compiled import Compiled
from stadtnetz.render.templates import Renderer, TemplateFailure
from stadtnetz.site import feed_views, views
from stadtnetz.site.listed import SitemapUrl, Version
from stadtnetz.source import SourceFile, Sources
from tests.soundness import Outline, Samples

ROOT = Path(__file__).resolve().parents[1]
ASSET = {"assets/site.css": b"body { color: red }"}


class Shouted(str):
    """A text of another type."""

    __slots__ = ()


class WithHtml:
    """What says by itself how it is written in HTML."""

    def __html__(self) -> str:
        return "<em>&amp;</em>"


def sources(files: dict[str, str | bytes]) -> Sources:
    encoded = {f"templates/{k}": v.encode() if isinstance(v, str) else v for k, v in files.items()}
    return Sources({path: SourceFile.of(path, data) for path, data in sorted(encoded.items())})


def renderer(files: dict[str, str | bytes]) -> Renderer:
    found = sources({**ASSET, **files})
    return Renderer(found, load_assets(found, "/netz/"), "/netz/")


def said(diagnostics: typing.Iterable[Diagnostic]) -> list[str]:
    assert all(d.severity is Severity.ERROR for d in diagnostics)
    return [f"{d.path}:{d.span.line}:{d.span.column} {d.code}" for d in diagnostics if d.span]


def failure(template: str, **context: object) -> tuple[str, dict[str, str | int]]:
    with pytest.raises(TemplateFailure) as caught:
        renderer({"page.html": template}).render("page.html", "de", context)
    return said([caught.value.diagnostic])[0], dict(caught.value.diagnostic.params)


class TestAssets:
    def test_names_change_with_the_content(self) -> None:
        one = load_assets(sources(ASSET), "/netz/")
        other = load_assets(sources({"assets/site.css": b"body { color: blue }"}), "/netz/")
        assert re.fullmatch(r"/netz/assets/site\.[0-9a-f]{8}\.css", one.url("site.css"))
        assert one.url("site.css") != other.url("site.css")
        assert one.files[one.paths["site.css"]] == b"body{color: red}"

    def test_a_style_sheet_is_served_without_comments_and_spare_space_and_says_the_same(self) -> None:
        written = b"""
        /* Zwei */
        @layer base { a:hover > b + c { inline-size: calc(1rem + 2 * var(--a)); color: light-dark(#000, #fff) } }
        @supports (color: light-dark(#000, #fff)) { nav :is(ul) { content: "a  { b" / ""; } }
        """
        one = load_assets(sources({"assets/site.css": written}), "/")
        assert one.files[one.paths["site.css"]] == (
            b"@layer base{a:hover > b + c{inline-size: calc(1rem + 2 * var(--a));color: light-dark(#000, #fff)}}"
            b'@supports (color: light-dark(#000, #fff)){nav :is(ul){content: "a  { b" / "";}}'
        )

    def test_a_preview_has_plain_names(self) -> None:
        css = b"body { background: url(img/a.svg) }"
        files = sources({"assets/css/site.css": css, "assets/css/img/a.svg": b"<svg/>"})
        plain = load_assets(files, "/", fingerprints=False)
        assert plain.url("css/site.css") == "/assets/css/site.css"
        assert plain.files["assets/css/site.css"] == b'body{background: url("img/a.svg")}'

    def test_a_style_sheet_follows_its_pictures(self) -> None:
        css = b"""/* url(comment.svg) */ a { background: url(img/a.svg) } b { background: url("data:,x") }"""
        one = load_assets(sources({"assets/css/site.css": css, "assets/css/img/a.svg": b"<svg/>"}), "/")
        other = load_assets(sources({"assets/css/site.css": css, "assets/css/img/a.svg": b"<svg />"}), "/")
        written = one.files[one.paths["css/site.css"]].decode()
        assert f'url("{one.paths["css/img/a.svg"].removeprefix("assets/css/")}")' in written
        assert 'url("data:,x")' in written
        assert one.url("css/site.css") != other.url("css/site.css")
        assert one.missing == ()

    def test_what_is_missing_is_reported_where_it_is_named(self) -> None:
        found = renderer({"assets/x.css": "a {}\nb { background: url(site.cs) }\n"}).check()
        assert said(found) == ["templates/assets/x.css:2:1 asset-missing"]

    def test_an_unknown_name_is_an_error(self) -> None:
        with pytest.raises(UnknownAssetError) as caught:
            load_assets(sources(ASSET), "/").url("seite.css")
        assert caught.value.name == "seite.css"


class TestCheck:
    def test_reports_every_mistake_in_one_go(self) -> None:
        found = renderer(
            {
                "a.html": "<p>\n{% if %}",
                "b.html": "\n\n{{ x|shout }}",
                "c.html": '{% extends "bas.html" %}\n{% include page.part %}\n{{ asset("sit.css") }}',
                "base.html": "",
                "d.html": b"gr\xfc\xdfe",
            }
        ).check()
        assert sorted(said(found)) == [
            "templates/a.html:2:1 template-error",
            "templates/b.html:3:1 template-error",
            "templates/c.html:1:1 template-missing",
            "templates/c.html:2:1 template-dynamic",
            "templates/c.html:3:1 asset-missing",
            "templates/d.html:1:3 template-encoding",
        ]
        assert {dict(d.params).get("suggestion") for d in found} == {None, "base.html", "site.css"}

    def test_a_circle_of_includes_is_reported_once(self) -> None:
        found = renderer({"a.html": '{% include "b.html" %}', "b.html": '{% include "a.html" %}'}).check()
        assert said(found) == ["templates/a.html:1:1 template-cycle"]
        assert dict(found[0].params)["chain"] == "a.html → b.html → a.html"

    def test_every_code_of_this_stage_is_used(self) -> None:
        code = "".join(
            path.read_text("utf-8") for path in (ROOT / "stadtnetz" / "render").glob("templates.py")
        )
        assert [r.code for r in all_rules() if r.stage == "render" and f'"{r.code}"' not in code] == []

    def test_closure_and_assets_are_read_from_the_templates(self) -> None:
        made = renderer(
            {
                "page.html": '{% extends "base.html" %}{% from "parts.html" import x %}',
                "base.html": '{{ asset("site.css") }}',
                "parts.html": "",
                "other.html": "",
            }
        )
        assert made.closure("page.html") == ("base.html", "page.html", "parts.html")
        assert made.asset_names("page.html") == ("site.css",)
        assert made.asset_names("other.html") == ()


class TestRender:
    def test_escapes_everywhere(self) -> None:
        made = renderer({"a.html": "{{ x }}", "a.xml": "{{ x }}", "a.txt": "{{ x }}"})
        assert {made.render(f"a.{ending}", "de", {"x": "<b>"}) for ending in ("html", "xml", "txt")} == {
            "&lt;b&gt;"
        }

    def test_says_it_in_the_language_of_the_page(self) -> None:
        made = renderer({"a.html": '{{ _("As of: %(date)s", date=x) }}{{ asset("site.css")[:6] }}'})
        assert made.render("a.html", "de", {"x": "<i>"}) == "Stand: &lt;i&gt;/netz/"
        assert made.render("a.html", "de-simple", {"x": ""}) == "Stand: /netz/"
        assert made.render("a.html", "en", {"x": Markup("<i>")}) == "As of: <i>/netz/"

    @pytest.mark.parametrize(
        ("template", "expected"),
        [
            ("\n{{ page.nmae }}", "templates/page.html:2:1 template-undefined"),
            ("{{ nothing }}", "templates/page.html:1:1 template-undefined"),
            ('\n\n{{ asset("x" ~ ".css") }}', "templates/page.html:3:1 asset-missing"),
            ("\n{{ 1 / 0 }}", "templates/page.html:2:1 template-failed"),
            ("{{ 1 + 'a' }}", "templates/page.html:1:1 template-failed"),
            ('{{ _("%(gone)s") }}', "templates/page.html:1:1 template-failed"),
            ("{% macro m() %}\n{{ m() }}{% endmacro %}{{ m() }}", "templates/page.html:2:1 template-failed"),
            ('\n{% include "gone.html" %}', "templates/page.html:2:1 template-missing"),
            ("\n{% if %}", "templates/page.html:2:1 template-error"),
        ],
    )
    def test_a_failure_names_the_line(self, template: str, expected: str) -> None:
        assert failure(template, page=views.Link("Musterstadt"))[0] == expected

    def test_a_failure_inside_a_macro_names_the_macros_line(self) -> None:
        made = renderer({"m.html": "{% macro m(x) %}\n\n{{ x.gone }}{% endmacro %}", "a.html": USES_M})
        with pytest.raises(TemplateFailure) as caught:
            made.render("a.html", "de", {})
        assert said([caught.value.diagnostic]) == ["templates/m.html:3:1 template-undefined"]

    def test_a_template_that_does_not_exist(self) -> None:
        with pytest.raises(TemplateFailure) as caught:
            renderer({"stadt.html": ""}).render("stadtt.html", "de", {})
        assert dict(caught.value.diagnostic.params) == {"name": "stadtt.html", "suggestion": "stadt.html"}


USES_M = '{% from "m.html" import m %}\n{{ m("x") }}'


PAGES = {
    "home.html": views.HomeView,
    "list.html": views.ListView,
    "map.html": views.MapView,
    "city.html": views.CityView,
    "partner.html": views.PartnerView,
    "tandem.html": views.TandemView,
    "news.html": views.NewsView,
    "event.html": views.EventView,
    "network.html": views.NetworkView,
    "topic.html": views.TopicView,
    "page.html": views.PageView,
    "index.html": views.IndexView,
    "subscribe.html": views.SubscribeView,
    "404.html": views.NotFoundView,
    "search.html": views.SearchView,
}


@pytest.fixture(scope="module")
def real() -> Renderer:
    folder = ROOT / "templates"
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    found = sources(files)
    return Renderer(found, load_assets(found, "/netz/"), "/netz/")


def test_our_templates_are_sound(real: Renderer) -> None:
    assert real.check() == ()
    assert {name for name in real.names if "/" not in name} == {
        *PAGES, "admin.html", "base.html", "moved.html", "feed.xml", "sitemap.xml", "robots.txt",
    }  # fmt: skip


def test_the_style_sheet_stays_small() -> None:
    written = (ROOT / "templates" / "assets" / "site.css").read_bytes()
    assets = load_assets(sources({"assets/site.css": written}), "/")
    assert len(assets.files[assets.paths["site.css"]]) <= 25_000


@pytest.mark.parametrize("full", [True, False], ids=["everything", "least"])
@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("template", PAGES)
def test_every_page_is_sound(real: Renderer, template: str, language: str, full: bool) -> None:
    samples = Samples(full=full)
    site = samples.make(views.SiteView)
    meta = samples.make(views.Meta)
    html = real.render(
        template, language, {"site": site, "meta": meta, "page": samples.make(PAGES[template])}
    )
    assert html.startswith("<!DOCTYPE html>\n")
    outline = Outline(html)
    assert outline.wrong == []
    assert sorted(set(outline.ids)) == sorted(outline.ids)
    assert [one for one in outline.ids if not one.startswith("s-")] == []
    assert set(outline.named) <= set(outline.ids)
    assert (outline.tags.count("h1"), outline.tags.count("main"), outline.levels[0]) == (1, 1, 1)
    assert [b for a, b in zip(outline.levels, outline.levels[1:], strict=False) if b > a + 1] == []
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", html, re.DOTALL)
    data = [tag for tag, _ in scripts if tag == ' type="application/ld+json"']
    assert len(data) == 1, "data that no browser runs"
    scripts = [(tag, code) for tag, code in scripts if tag not in data]
    assert not any(bool(code) or "src=" not in tag for tag, code in scripts)
    assert any("/display." in tag for tag, _ in scripts) is full


def test_the_machine_readable_files_are_well_formed(real: Renderer) -> None:
    samples = Samples(full=True)
    feed = samples.make(feed_views.FeedView)
    atom = ET.fromstring(real.render("feed.xml", "de", {"feed": feed}))  # noqa: S314 - our own text
    assert [child.tag for child in atom].count("{http://www.w3.org/2005/Atom}entry") == 2
    alternate = Version("en", "https://musterstadt.de/en/?a&b")
    urls = (SitemapUrl("https://musterstadt.de/", "2022-07-08", (alternate,)),)
    ET.fromstring(real.render("sitemap.xml", "de", {"urls": urls}))  # noqa: S314
    text = real.render("robots.txt", "de", {"sitemap_url": "https://musterstadt.de/sitemap.xml"})
    assert text.splitlines()[-1] == "Sitemap: https://musterstadt.de/sitemap.xml"


class TestWhatIsRenderedOnce:
    PAGE = '{% from "part.html" import piece %}{{ shared(piece, value) }}'
    PART = "{% macro piece(value) %}<b>{{ value }}</b>{% endmacro %}"

    def test_a_shared_piece_is_told_apart_by_its_value_and_escaped_as_ever(self) -> None:
        made = renderer({"page.html": self.PAGE, "part.html": self.PART})

        def shown(value: object) -> str:
            return made.render("page.html", "de", {"value": value})

        one, other = ("<i>",), ("&",)
        assert [shown(one), shown(other), shown(one)] == [
            "<b>(&#39;&lt;i&gt;&#39;,)</b>", "<b>(&#39;&amp;&#39;,)</b>", "<b>(&#39;&lt;i&gt;&#39;,)</b>",
        ]  # fmt: skip
        # Values that live only for a moment may stand where others stood: none is taken for another.
        assert [shown((str(number),)) for number in range(3_000)] == [
            f"<b>(&#39;{number}&#39;,)</b>" for number in range(3_000)
        ]

    @pytest.mark.parametrize("value", ["<i>", "100 %", "%(a)s", Markup("<i>"), 3])
    def test_words_say_what_jinja_would_say(self, value: object) -> None:
        stock = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
        stock.install_gettext_callables(lambda word: word, lambda *_: "", newstyle=True)  # type: ignore[attr-defined]
        template = '{{ _("50 %% & more") }} {{ _("%(a)s: %(b)s", a=x, b=y) }}'
        expected = stock.from_string(template).render(x=value, y="&")
        assert renderer({"page.html": template}).render("page.html", "en", {"x": value, "y": "&"}) == expected

    WRITTEN = """{% macro bold(value, level=1) %}
<b{{ level }}>{{ value }}{{ caller() if caller is defined }}</b>
{% endmacro %}
{{ value }}|{{ value ~ "&" }}|{{ (value, 1) }}|{{ "<&>" }}|{{ value|e }}|{{ value|safe }}|{{ value if value else "–" }}
{% for one in [value, "'", 3] %}{{ bold(one, loop.index) }}{{ bold(value=one) }}{{ loop.last }}{% endfor %}
{% set kept %}<i>{{ value }}</i>{% endset %}{{ kept }}{% call bold(kept) %}{{ value }}{% endcall %}
{% filter upper %}{{ value }}{% endfilter %}{% autoescape false %}{{ value }}{% endautoescape %}{{ [value]|join("<") }}
"""

    @given(
        st.one_of(
            st.text("a<>&\"'ß ", max_size=8),
            st.builds(Markup, st.text("a<>&\"'", max_size=8)),
            st.sampled_from([None, 0, 7, True, Severity.ERROR, Shouted("<a>"), WithHtml(), ("<",)]),
        )
    )
    def test_values_are_written_as_jinja_would_write_them(self, value: object) -> None:
        stock = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
        expected = stock.from_string(self.WRITTEN).render(value=value)
        assert renderer({"page.html": self.WRITTEN}).render("page.html", "de", {"value": value}) == expected

    def test_a_shared_piece_is_told_apart_by_what_it_is_given_besides(self) -> None:
        page = '{% from "part.html" import piece %}{{ shared(piece, value, 2) }}{{ shared(piece, value, 3) }}'
        part = "{% macro piece(value, level) %}<h{{ level }}>{{ value }}{% endmacro %}"
        found = renderer({"page.html": page, "part.html": part}).render("page.html", "de", {"value": ("a",)})
        assert found == "<h2>(&#39;a&#39;,)<h3>(&#39;a&#39;,)"

    def test_what_was_compiled_serves_the_next_renderer_until_a_template_changes(self) -> None:
        known = Compiled()

        def rendered(part: str) -> str:
            found = sources({**ASSET, "page.html": '{% include "part.html" %}', "part.html": part})
            made = Renderer(found, load_assets(found, "/"), "/", known)
            assert made.check() == ()
            return made.render("page.html", "de", {})

        assert rendered("eins") == "eins"
        code = dict(known.code)
        assert rendered("eins") == "eins"
        assert known.code == code
        for number in range(10):
            assert rendered(f"zwei {number}") == f"zwei {number}"
        assert len(known.code) <= 8, "what nobody asks for any more is let go"


class TestCodeBesideTheProgram:
    @pytest.fixture(autouse=True)
    def _place(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "__pycache__").mkdir()
        monkeypatch.setattr(sys, "pycache_prefix", None)
        monkeypatch.setattr(beside, "__file__", str(tmp_path / "beside.py"))

    @staticmethod
    def compiling(monkeypatch: pytest.MonkeyPatch, text: str) -> int:
        """Return how many templates a process compiles that knows nothing."""
        done = []
        original = Environment.compile

        def counted(self: Environment, *args: object, **more: object) -> object:
            done.append(args)
            return original(self, *args, **more)  # type: ignore[call-overload]

        monkeypatch.setattr(Environment, "compile", counted)
        found = sources({**ASSET, "page.html": text})
        made = Renderer(found, load_assets(found, "/"), "/", Compiled())
        assert made.render("page.html", "de", {}) == text
        assert made.render("page.html", "en", {}) == text
        return len(done)

    def test_another_process_need_not_compile(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert [self.compiling(monkeypatch, "eins") for _ in range(2)] == [1, 0]

    def test_another_text_takes_its_place(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        assert [self.compiling(monkeypatch, text) for text in ("eins", "zwei", "zwei", "eins")] == [
            1,
            1,
            0,
            1,
        ]
        assert len(list((tmp_path / "__pycache__").iterdir())) == 1

    def test_another_program_compiles_for_itself(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.compiling(monkeypatch, "eins") == 1
        monkeypatch.setattr(beside, "of_program", lambda: "another")
        assert self.compiling(monkeypatch, "eins") == 1

    @pytest.mark.parametrize("damage", [b"", b"\n", b"x", b"x" * 300])
    def test_what_is_damaged_is_compiled_anew(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes
    ) -> None:
        assert self.compiling(monkeypatch, "eins") == 1
        (file,) = (tmp_path / "__pycache__").iterdir()
        file.write_bytes(file.read_bytes()[:-20] + damage)
        assert [self.compiling(monkeypatch, "eins") for _ in range(2)] == [1, 0]

    def test_where_python_keeps_nothing_nothing_is_kept(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "__pycache__").rmdir()
        assert [self.compiling(monkeypatch, "eins") for _ in range(2)] == [1, 1]
        assert list(tmp_path.iterdir()) == []
