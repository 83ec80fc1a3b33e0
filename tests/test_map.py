"""The map of the network: on the real content and on small invented networks."""

from __future__ import annotations

from itertools import combinations
from math import hypot
from pathlib import Path

import pytest
from lxml import html
from msgspec.structs import replace

from stadtnetz.clock import Clock
from stadtnetz.examination import Site
from stadtnetz.fingerprint import of_values
from stadtnetz.geo.labels import width_of
from stadtnetz.geo.plane import Box
from stadtnetz.i18n import texts
from stadtnetz.network.lifecycle import TandemState
from stadtnetz.pipeline import build, examine
from stadtnetz.settings import Settings
from stadtnetz.site.map.drawing import NARROW, WIDE
from stadtnetz.site.map.record import _accompanied, _accompanies
from stadtnetz.site.planning import MadePage
from stadtnetz.site.views import MapMark, MapText, MapView
from tests.minisite import BEISPIELHAUSEN, MUSTERSTADT, NETWORK, TANDEM, MiniSite, snapshot

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def real() -> Site:
    site = examine(Settings(ROOT, Clock.from_text("2026-11-20"))).site
    assert site is not None
    return site


def made(site: Site, path: str) -> MadePage:
    return next(page for page in site.plan.pages if page.path == path).make()


def view_of(site: Site, path: str) -> MapView:
    view = made(site, path).view
    assert isinstance(view, MapView)
    return view


@pytest.fixture(scope="module")
def whole(real: Site) -> MapView:
    return view_of(real, "karte/")


def box_of(mark: MapMark, text: MapText, size: float) -> Box:
    """Return where a name stands, computed anew from what the page says."""
    width = width_of(text.text, size)
    left = mark.x + text.x - {"start": 0.0, "middle": width / 2, "end": width}[text.anchor]
    return Box(left, mark.y + text.y - 0.78 * size, left + width, mark.y + text.y + 0.22 * size)


class TestTheRealMap:
    def test_every_place_is_on_it_once_or_named_as_missing(self, real: Site, whole: MapView):
        cities = real.network.cities
        drawn = [mark.id for mark in whole.drawing.marks]
        assert len(drawn) == len(set(drawn))
        assert set(drawn) == {id_ for id_, item in cities.items() if item.entry.coordinates is not None}
        assert set(real.network.member_ids) <= set(drawn)
        assert len(drawn) + len(whole.absent) == len(cities) == len(whole.rows)

    def test_marks_keep_their_places_but_do_not_cover_each_other(self, whole: MapView):
        marks = whole.drawing.marks
        for one, other in combinations(marks, 2):
            assert hypot(one.x - other.x, one.y - other.y) >= 2 * WIDE.radius
        assert whole.drawing.moved

    def test_what_can_be_pressed_belongs_to_one_place(self, whole: MapView):
        for one, other in combinations(whole.drawing.marks, 2):
            assert hypot(one.x - other.x, one.y - other.y) >= one.reach + other.reach - 1

    @pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
    def test_no_name_covers_another_or_a_mark(self, whole: MapView, narrow: bool):
        style = NARROW if narrow else WIDE
        marks = whole.drawing.marks
        named = {
            mark.id: box_of(mark, text, style.size)
            for mark in marks
            if (text := mark.narrow if narrow else mark.wide) is not None and (narrow or mark.fits)
        }
        assert len(named) > (25 if narrow else 80)
        view = Box(0, 0, whole.drawing.width, whole.drawing.height)
        for one, other in combinations(named.values(), 2):
            assert not one.overlaps(other)
        for id_, box in named.items():
            assert view.holds(box)
            for mark in marks:
                if mark.id != id_:
                    reach = style.radius
                    assert not box.overlaps(
                        Box(mark.x - reach, mark.y - reach, mark.x + reach, mark.y + reach)
                    )

    def test_names_of_states_cover_nothing_either(self, whole: MapView):
        assert len(whole.drawing.names) >= 10
        for name in whole.drawing.names:
            half = width_of(name.text, 18) / 2
            box = Box(name.x - half, name.y - 14, name.x + half, name.y + 4)
            for mark in whole.drawing.marks:
                assert not box.overlaps(Box(mark.x - 9, mark.y - 9, mark.x + 9, mark.y + 9))
                if mark.wide is not None and mark.fits:
                    assert not box.overlaps(box_of(mark, mark.wide, WIDE.size))

    def test_every_tandem_of_two_known_places_is_an_arc_between_them(self, real: Site, whole: MapView):
        tandems = [item.entry for item in real.network.tandems.values() if item.entry.pending is None]
        assert sorted(arc.ends for arc in whole.drawing.arcs) == sorted((t.mentor, t.mentee) for t in tandems)
        at = {mark.id: (mark.x, mark.y) for mark in whole.drawing.marks}
        confirmed = {(t.mentor, t.mentee): t.confirmed for t in tandems}
        for arc in whole.drawing.arcs:
            mentor, mentee = (at[end] for end in arc.ends)
            start = [float(number) for number in arc.whole[1:].split("Q")[0].split()]
            assert hypot(start[0] - mentor[0], start[1] - mentor[1]) < 2 * WIDE.radius
            assert bool(arc.head) is confirmed[arc.ends], "no head where it is inferred who accompanies whom"
            if arc.head:
                tip = [float(number) for number in arc.head.split()[0].split(",")]
                assert hypot(tip[0] - mentee[0], tip[1] - mentee[1]) < 2 * WIDE.radius

    def test_the_list_says_the_same_as_the_map(self, whole: MapView):
        rows = {row.link.url: row for row in whole.rows}
        for mark in whole.drawing.marks:
            row = rows[mark.url]
            assert mark.title == f"{row.link.text}, {row.state_name}: {row.badge.text}"
            assert (mark.state, mark.status, mark.key) == (row.state, row.status, row.badge.key)
        stendal = rows["/staedte/stendal/"]
        assert [link.text for link in stendal.tandems] == [
            "begleitete Lemgo",
            "begleitete Parchim",
            "begleitete Gardelegen",
        ]
        lueneburg = rows["/staedte/lueneburg/"]
        assert [link.text for link in lueneburg.tandems] == ["Tandempartner noch nicht bekannt"]
        balingen = rows["/staedte/balingen/"]
        assert [link.text for link in balingen.tandems] == ["Tandem mit Neumarkt"]

    def test_each_filter_has_a_page_with_as_many_places_as_it_says(self, real: Site, whole: MapView):
        for facet in whole.facets:
            everything, *values = facet.values
            assert everything.number == sum(value.number for value in values) == len(whole.rows)
            assert everything.current
            for value in values:
                view = view_of(real, value.url.removeprefix("/"))
                assert len(view.rows) == value.number
                assert all(
                    getattr(row, "state" if facet.field == "land" else "status") == value.value
                    for row in view.rows
                )
                assert len(view.drawing.marks) + len(view.absent) == value.number
                current = [one.value for part in view.facets for one in part.values if one.current]
                assert current == [value.value]
                ends = {end for arc in view.drawing.arcs for end in arc.ends}
                assert ends <= {mark.id for mark in view.drawing.marks}

    def test_it_stands_in_english_and_not_in_plain_german(self, real: Site, whole: MapView):
        paths = {page.path for page in real.plan.pages}
        assert {"en/karte/", "en/karte/land/niedersachsen/"} <= paths
        assert not any(path.startswith("einfach/karte") for path in paths)
        english = made(real, "en/karte/")
        assert english.meta.title == "Map of the network"
        assert {other.language: other.url for other in english.meta.alternates if other.same_page} == {
            "de": "/karte/"
        }
        view = view_of(real, "en/karte/")
        assert [mark.id for mark in view.drawing.marks] != []
        assert sorted(mark.id for mark in view.drawing.marks) == sorted(
            mark.id for mark in whole.drawing.marks
        )

    def test_the_same_input_gives_the_same_drawing(self, whole: MapView):
        again = examine(Settings(ROOT, Clock.from_text("2026-11-20"))).site
        assert again is not None
        assert of_values(view_of(again, "karte/")) == of_values(whole)

    def test_the_small_map_shows_the_place_and_its_partners(self, real: Site):
        small = made(real, "staedte/stendal/").view.map  # type: ignore[attr-defined]
        assert (len(small.partners), len(small.arcs)) == (3, 3)
        assert small.url == "/karte/#s-place-stendal"
        assert len(small.outline) < 4_000
        alone = made(real, "staedte/lueneburg/").view.map  # type: ignore[attr-defined]
        assert (alone.partners, alone.arcs) == ((), ())


def city(name: str, lat: float, lon: float, membership: str) -> str:
    return f"""
        name: {name}
        type: city
        state: DE-NI
        coordinates: {{lat: {lat}, lon: {lon}}}
        membership:
          - {membership}
        updated: 2022-01-10
        sources:
          - {{url: "https://musterstadt.de/netz", seen: 2022-01}}
    """


SPECIAL = {
    "content/cities/musterstadt.yaml": MUSTERSTADT,
    "content/cities/beispielhausen.yaml": BEISPIELHAUSEN,
    "content/cities/doppeldorf.yaml": city("Doppeldorf", 52.5, 9.7, "{selected: 2022-07}"),
    "content/cities/ehedem.yaml": city("Ehedem", 52.0, 10.5, "{admitted: 2016, until: 2019}"),
    "content/cities/ungewiss.yaml": city("Ungewiss", 53.0, 9.0, "{admitted: 2016, confirmed: nein}"),
    "content/cities/anfang.yaml": city("Anfang", 52.9, 10.1, "{admitted: 2022-06}"),
    "content/tandems/muster.yaml": TANDEM,
    "content/tandems/laufend.yaml": """
        mentor: musterstadt
        mentee: anfang
        start: 2022-06-15
        sources:
          - {url: "https://musterstadt.de/tandem", seen: 2022-01}
    """,
    "content/tandems/offen.yaml": """
        mentee: doppeldorf
        pending: {expected: 2022-12}
        sources:
          - {url: "https://musterstadt.de/tandem", seen: 2022-01}
    """,
}


@pytest.fixture(scope="module")
def special(tmp_path_factory: pytest.TempPathFactory) -> MiniSite:
    site = MiniSite(tmp_path_factory.mktemp("map"), SPECIAL)
    built = site.build()
    assert built.published is not None, built.diagnostics
    return site


def page(site: MiniSite, path: str = "karte/") -> html.HtmlElement:
    return html.document_fromstring(site.html(path))


class TestSpecialCases:
    def test_each_status_has_its_own_sign(self, special: MiniSite):
        tree = page(special)
        signs = {
            link.get("id"): link.xpath(".//use/@href")[0] for link in tree.xpath("//svg[@class='map']//a")
        }
        assert signs == {
            "s-place-musterstadt": "#s-sign-mentor",
            "s-place-doppeldorf": "#s-sign-selected",
            "s-place-ehedem": "#s-sign-former",
            "s-place-ungewiss": "#s-sign-unconfirmed",
            "s-place-anfang": "#s-sign-first-year",
        }
        drawn = {sign.get("id"): html.tostring(sign) for sign in tree.xpath("//defs/*")}
        assert {f"#{id_}" for id_ in drawn} >= set(signs.values())
        shapes = [shape.partition(b">")[2] for shape in drawn.values()]
        assert len(set(shapes)) == len(shapes) == 8

    def test_a_place_without_coordinates_is_in_the_list_and_named(self, special: MiniSite):
        tree = page(special)
        assert tree.xpath("//figcaption//a/text()") == ["Beispielhausen"]
        assert "Beispielhausen" in tree.xpath("//table//th[@scope='row']//a/text()")
        assert not tree.xpath("//*[@id='s-place-beispielhausen']")
        assert not page(special, "staedte/beispielhausen/").xpath("//main//svg[@viewBox='0 0 1000 1350']")

    def test_two_places_at_one_point_are_both_seen(self, special: MiniSite):
        tree = page(special)
        at = [tree.xpath(f"//*[@id='s-place-{id_}']/@transform")[0] for id_ in ("musterstadt", "doppeldorf")]
        assert at[0] != at[1]
        assert "auseinandergerückt" in tree.xpath("string(//figcaption)")

    def test_a_tandem_whose_partner_is_open_is_no_arc_and_is_told(self, special: MiniSite):
        tree = page(special)
        assert tree.xpath("//@data-ends") == ["musterstadt anfang"]
        row = tree.xpath("//tr[.//a[text()='Doppeldorf']]")[0]
        assert "Tandempartner noch nicht bekannt" in row.text_content()

    def test_a_tandem_with_a_place_that_is_not_on_the_map_is_told_as_well(self, special: MiniSite):
        row = page(special).xpath("//tr[.//a[text()='Musterstadt']]")[0]
        assert "begleitete Beispielhausen" in row.text_content()
        assert "begleitet Anfang" in row.text_content()

    def test_the_legend_explains_what_there_is(self, special: MiniSite):
        text = page(special).xpath("string(//*[@id='s-filters'])")
        assert "Laufendes Tandem" in text
        assert "keine Quelle sagt" not in text

    def test_links_have_names_and_the_drawing_too(self, special: MiniSite):
        tree = page(special)
        map_ = tree.xpath("//svg[@class='map']")[0]
        for reference in ("aria-labelledby", "aria-describedby"):
            assert tree.xpath(f"string(//*[@id='{map_.get(reference)}'])")
        assert [link.xpath("string(title)") for link in map_.xpath(".//a")][:2] == [
            "Anfang, Niedersachsen: Im ersten Jahr",
            "Doppeldorf, Niedersachsen: Ausgewählt",
        ]

    def test_a_hidden_place_leaves_no_trace(self, tmp_path: Path):
        site = MiniSite(tmp_path, SPECIAL)
        site.edit("content/cities/anfang.yaml", "type: city", "type: city\ndraft: ja")
        assert site.build().published is not None
        found = b"".join(data for path, data in snapshot(site.output).items() if "karte" in path)
        assert b"Musterstadt" in found
        assert b"nfang" not in found.replace(b"Anfangs", b"")

    def test_a_network_without_places_says_so(self, tmp_path: Path):
        site = MiniSite(tmp_path)
        assert site.build().published is not None
        assert "Noch ist kein Ort verzeichnet" in page(site).text_content()


class TestIncremental:
    def rendered(self, site: MiniSite) -> set[str]:
        built = site.build()
        assert built.published is not None, built.diagnostics
        other = site.root / "clean"
        build(replace(site.settings(), clean=True), other)
        assert snapshot(site.output) == snapshot(other)
        return {file for file in built.reasons if "karte/" in file}

    @pytest.fixture
    def site(self, tmp_path: Path) -> MiniSite:
        made = MiniSite(
            tmp_path, {**NETWORK, "content/topics/thema.yaml": "name: Thema\nsummary: Ein erfundenes Thema."}
        )
        assert made.build().published is not None
        return made

    @pytest.mark.parametrize(
        ("path", "old", "new"),
        [
            ("content/news/2021/meldung.md", "zeigt, wie es geht", "zeigt es noch einmal"),
            ("content/news/2021/meldung.md", "Ein erfundener Text", "Ein neuer Text"),
            ("content/topics/thema.yaml", "Ein erfundenes", "Ein anderes"),
            ("content/cities/musterstadt.yaml", "type: city", "type: city\nsummary: Ein erfundener Ort."),
            ("content/tandems/musterstadt-beispielhausen.yaml", "start: 2021-07-01", "start: 2021-07-02"),
        ],
    )
    def test_what_the_map_does_not_show_draws_no_map(self, site: MiniSite, path: str, old: str, new: str):
        site.edit(path, old, new)
        assert self.rendered(site) == set()

    @pytest.mark.parametrize(
        ("path", "old", "new"),
        [
            ("content/cities/musterstadt.yaml", "name: Musterstadt", "name: Musterstadt am See"),
            ("content/cities/musterstadt.yaml", "lat: 52.5", "lat: 52.6"),
            ("content/cities/musterstadt.yaml", "admitted: 2019-07-01", "admitted: 2019-08-01"),
            (
                "content/tandems/musterstadt-beispielhausen.yaml",
                "start: 2021-07-01",
                "start: 2021-07-01\ncontinued: ja\nconfirmed: nein",
            ),
            ("site.yaml", "title: Netz der", "title: Neues Netz der"),
        ],
    )
    def test_what_it_shows_draws_it_anew(self, site: MiniSite, path: str, old: str, new: str):
        site.edit(path, old, new)
        assert {"karte/index.html", "en/karte/index.html"} <= self.rendered(site)


def test_every_state_of_a_tandem_is_said_in_words():
    for language in ("de", "en"):
        for sentence in (_accompanied, _accompanies):
            said = {state: sentence(texts(language), state, "X") for state in TandemState}
            assert all("X" in text for text in said.values())
            assert len(set(said.values())) == 4
