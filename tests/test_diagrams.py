"""Diagrams: what stands where, whatever the data are; and what is drawn of a small site."""

from __future__ import annotations

import itertools
import re
from datetime import date, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from stadtnetz.clock import BERLIN, Clock
from stadtnetz.dates import PartialDate
from stadtnetz.model.city import City, CityType, Membership, State
from stadtnetz.network.lifecycle import standing
from stadtnetz.site.diagrams.families import KINDS, Place, drawn_family
from stadtnetz.site.diagrams.kinship import Family, Pair, families_of
from stadtnetz.site.diagrams.lettering import broken, width_of
from stadtnetz.site.diagrams.members import members_drawing
from stadtnetz.site.diagrams.tally import Tally, tally_by_year
from stadtnetz.site.diagrams.timeline import Happening, Past, drawn_across, drawn_down, happenings
from stadtnetz.site.diagrams.timespan import Scale, Span, lanes_for
from stadtnetz.site.views import Drawing, Label, Link
from tests.minisite import MiniSite

places = st.sampled_from("abcdefghij")
pairs = st.lists(st.tuples(places, places), max_size=25).map(
    lambda sides: tuple(Pair(f"t{number}", *two) for number, two in enumerate(sides))
)
partial_dates = st.builds(
    lambda day, precision: PartialDate(
        day.year, day.month if precision else None, day.day if precision > 1 else None
    ),
    st.dates(date(2012, 1, 1), date(2029, 12, 31)),
    st.integers(0, 2),
)
words = st.text("abgimWÄß -/·", min_size=1, max_size=40).filter(str.strip)


def onward(pairs: tuple[Pair, ...]) -> list[tuple[str, str]]:
    """Return, naively, the pairs that close no circle with those before them."""
    found: list[tuple[str, str]] = []
    for pair in pairs:
        reached = {pair.mentee}
        for _ in pairs:
            reached |= {mentee for mentor, mentee in found if mentor in reached}
        if pair.mentor not in reached:
            found.append((pair.mentor, pair.mentee))
    return found


class TestFamilies:
    @given(pairs)
    def test_each_tandem_is_drawn_once_between_its_two_places(self, pairs: tuple[Pair, ...]) -> None:
        ways = [way for family in families_of(pairs) for way in family.ways]
        drawn = {way.tandem: (way.mentor.key, way.mentee.key) for way in ways}
        assert drawn == {pair.tandem: (pair.mentor, pair.mentee) for pair in pairs}
        assert len(ways) == len(pairs)

    @given(pairs)
    def test_each_place_is_drawn_once_and_has_a_row_of_its_own(self, pairs: tuple[Pair, ...]) -> None:
        families = families_of(pairs)
        keys = [node.key for family in families for node in family.nodes]
        assert sorted(keys) == sorted({key for pair in pairs for key in (pair.mentor, pair.mentee)})
        for family in families:
            assert [node.row for node in family.nodes] == list(range(len(family.nodes)))
            assert {node for way in family.ways for node in (way.mentor, way.mentee)} == set(family.nodes)

    @given(pairs)
    def test_who_was_accompanied_is_of_a_later_generation(self, pairs: tuple[Pair, ...]) -> None:
        leads_on = onward(pairs)
        for family in families_of(pairs):
            for way in family.ways:
                if way.returns:
                    assert way.mentee.generation <= way.mentor.generation or way.mentor == way.mentee
                else:
                    assert way.mentee.generation > way.mentor.generation
                    assert (way.mentor.key, way.mentee.key) in leads_on

    @given(pairs)
    def test_a_generation_is_the_longest_chain_that_leads_to_a_place(self, pairs: tuple[Pair, ...]) -> None:
        leads_on = onward(pairs)

        def longest(key: str) -> int:
            return max((longest(mentor) + 1 for mentor, mentee in leads_on if mentee == key), default=0)

        for family in families_of(pairs):
            assert {node.key: node.generation for node in family.nodes} == {
                node.key: longest(node.key) for node in family.nodes
            }

    @given(pairs)
    def test_lines_of_first_mentors_never_cross(self, pairs: tuple[Pair, ...]) -> None:
        """Between a mentor and those below it, there are later generations only: nothing stands in its column."""
        for family in families_of(pairs):
            for way in (way for way in family.ways if not way.lane):
                assert way.mentee.generation == way.mentor.generation + 1
                between = family.nodes[way.mentor.row + 1 : way.mentee.row]
                assert all(node.generation > way.mentor.generation for node in between)

    @given(pairs)
    def test_lines_in_one_lane_do_not_touch(self, pairs: tuple[Pair, ...]) -> None:
        for family in families_of(pairs):
            for one, other in itertools.combinations((way for way in family.ways if way.lane), 2):
                if one.lane == other.lane:
                    assert not rows(family, one.tandem) & rows(family, other.tandem)

    def test_help_that_is_given_back_is_drawn_and_hangs_nobody(self) -> None:
        first, second = (
            Pair("there", "musterstadt", "beispielhausen"),
            Pair("back", "beispielhausen", "musterstadt"),
        )
        (family,) = families_of((first, second))
        assert [(node.key, node.generation) for node in family.nodes] == [
            ("musterstadt", 0),
            ("beispielhausen", 1),
        ]
        assert {way.tandem: (way.lane, way.returns) for way in family.ways} == {
            "there": (0, False),
            "back": (1, True),
        }

    def test_generations_go_on(self) -> None:
        chain = [Pair(f"t{number}", f"ort-{number}", f"ort-{number + 1}") for number in range(400)]
        (family,) = families_of(chain)
        assert [node.generation for node in family.nodes] == list(range(401))

    def test_the_longest_chains_come_first_then_the_largest_families(self) -> None:
        alone, two, chain = (
            Pair("1", "a", "b"),
            [Pair("2", "c", "d"), Pair("3", "c", "e")],
            [
                Pair("4", "f", "g"),
                Pair("5", "g", "h"),
            ],
        )
        found = families_of((alone, *two, *chain))
        assert [family.nodes[0].key for family in found] == ["f", "c", "a"]


def rows(family: Family, tandem: str) -> set[int]:
    way = next(way for way in family.ways if way.tandem == tandem)
    first, last = sorted((way.mentor.row, way.mentee.row))
    return set(range(first, last + 1))


class TestDrawnFamilies:
    @given(pairs.filter(bool), st.data())
    def test_no_words_lie_on_others_or_leave_the_drawing(
        self, pairs: tuple[Pair, ...], data: st.DataObject
    ) -> None:
        names = st.builds(Link, words, st.sampled_from(("/ort/", "")))
        notes = st.lists(words, max_size=4).map(tuple)
        for family in families_of(pairs):
            places = {node.key: data.draw(st.builds(Place, names, notes)) for node in family.nodes}
            kinds = {way.tandem: data.draw(st.sampled_from(KINDS)) for way in family.ways}
            drawing = drawn_family("", family, places, kinds)
            assert overlapping(drawing) == []
            for label in drawing.labels:
                left, top, right, bottom = box_of(label)
                assert min(left, top) >= 0
                assert right <= drawing.width
                assert bottom <= drawing.height
            linked = [label.url for label in drawing.labels if label.url]
            assert len(linked) == sum(bool(place.name.url) for place in places.values())


class TestLettering:
    @given(words, st.integers(20, 200))
    def test_broken_lines_fit_and_lose_nothing(self, text: str, room: int) -> None:
        lines = broken(text, 16, room)
        assert all(width_of(line, 16) <= room for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")

    def test_words_stay_whole_where_they_fit(self) -> None:
        assert broken("Neumarkt in der Oberpfalz", 16, 180) == ("Neumarkt in der", "Oberpfalz")
        assert broken("Ginsheim-Gustavsburg", 16, 120) == ("Ginsheim-", "Gustavsburg")


def happening(name: str, start: PartialDate, end: PartialDate) -> Happening:
    return Happening(name, Span.between(start, end), f"#s-{name}")


spans = st.tuples(partial_dates, partial_dates).map(
    lambda two: tuple(sorted(two, key=lambda one: (one.first_day, one.last_day)))
)
pasts = st.builds(
    lambda phases, rounds, milestones: Past(
        happenings(
            Happening(name, Span.between(*span), "#s-phase", goes_on) for name, span, goes_on in phases
        ),
        happenings(Happening(name, Span.between(*span)) for name, span in rounds),
        happenings(Happening("", Span.of(when)) for when in milestones),
        frozenset(when.year for when in milestones),
    ),
    st.lists(st.tuples(words, spans, st.booleans()), max_size=5),
    st.lists(st.tuples(words, spans), max_size=6),
    st.lists(partial_dates, min_size=1, max_size=40),
)


def box_of(label: Label) -> tuple[float, float, float, float]:
    """Return a rectangle that no letter of a label leaves: left, top, right, bottom."""
    width = max(width_of(line, label.size) for line in label.lines)
    left = label.x - {"start": 0, "middle": width / 2, "end": width}[label.anchor]
    bottom = label.y + (len(label.lines) - 1) * label.leading + 0.25 * label.size
    return left, label.y - 0.8 * label.size, left + width, bottom


def overlapping(drawing: Drawing) -> list[tuple[Label, Label]]:
    boxes = [(label, box_of(label)) for label in drawing.labels]
    return [
        (one, other)
        for (one, a), (other, b) in itertools.combinations(boxes, 2)
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]


class TestTimeline:
    @given(pasts)
    def test_no_words_lie_on_others_or_leave_the_drawing(self, past: Past) -> None:
        for drawing in (drawn_across(past), drawn_down(past)):
            assert overlapping(drawing) == []
            for label in drawing.labels:
                left, top, right, bottom = box_of(label)
                assert min(left, top) >= 0
                assert right <= drawing.width + 1
                assert bottom <= drawing.height + 1

    @given(pasts)
    def test_everything_that_happened_has_its_mark_and_its_name(self, past: Past) -> None:
        marks = len(past.milestones) + len(past.rounds)
        vague = sum(not one.is_exact for one in past.milestones)
        for drawing in (drawn_across(past), drawn_down(past)):
            # The grid, then a stroke for every mark and a second one inside of rounds and of vague milestones.
            assert len(drawing.strokes) == 1 + marks + len(past.rounds) + vague
            years = [label for label in drawing.labels if re.fullmatch("20[0-9]{2}", label.lines[0])]
            assert len(drawing.labels) - len(years) >= len(past.phases) + len(past.rounds)
            assert {label.url for label in years if label.url} == {f"#s-{year}" for year in past.linked}

    @given(partial_dates, partial_dates)
    def test_a_mark_stays_within_the_days_that_its_date_can_mean(
        self, when: PartialDate, other: PartialDate
    ) -> None:
        one = Happening("", Span.of(when))
        past = Past((), (), happenings([one, Happening("", Span.of(other))]), frozenset())
        first, last = past.years
        for drawing, scale in (
            (drawn_across(past), Scale(first, last, 4, 872 // (last - first + 1))),
            (drawn_down(past), Scale(first, last, 2, 60)),
        ):
            ends = [
                tuple(int(text) for text in re.findall(r"[0-9]+", stroke.path))
                for stroke in drawing.strokes[1:]
            ]
            along = {
                (path[0], path[2]) if "H" in stroke.path else (path[1], path[2])
                for stroke, path in zip(drawing.strokes[1:], ends, strict=True)
            }
            begin, end = scale.begin_of(when.first_day), scale.end_of(when.last_day)
            assert any(begin <= start <= stop <= end for start, stop in along)
            year = scale.begin_of(date(when.year, 1, 1)), scale.end_of(date(when.year, 12, 31))
            assert year[1] - year[0] == scale.year
            if when.precision == "year":
                assert any(stop - start == scale.year - 10 for start, stop in along), "a year takes its year"

    def test_a_phase_is_certain_between_its_dates_only(self) -> None:
        phase = Happening("Phase", Span.between(PartialDate(2015), PartialDate(2018)))
        drawing = drawn_across(Past((phase,), (), (), frozenset()))
        filled = [box for box in drawing.boxes if not box.outline and box.height > 4]
        outlined = [box for box in drawing.boxes if box.outline]
        # The last day of 2015 and the first of 2018 belong to it, whenever it began and ended in these years.
        year = 872 // 4
        assert [(box.x, box.width) for box in filled] == [(3 + year, 2 * year + 2)]
        assert [(box.x, box.width) for box in outlined] == [(5, year - 2), (5 + 3 * year, year - 2)]

    def test_a_phase_within_one_year_is_certain_nowhere(self) -> None:
        phase = Happening("Phase", Span.between(PartialDate(2015), PartialDate(2015)))
        drawing = drawn_down(Past((phase,), (), (), frozenset()))
        assert [box.outline for box in drawing.boxes] == [True]

    @given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 30)), max_size=30))
    def test_what_is_in_one_lane_does_not_touch(self, stretches: list[tuple[int, int]]) -> None:
        ordered = sorted((begin, begin + length) for begin, length in stretches)
        lanes = lanes_for(ordered)
        for (one, lane), (other, other_lane) in itertools.combinations(zip(ordered, lanes, strict=True), 2):
            assert lane != other_lane or one[1] < other[0] or other[1] < one[0]


def place(*periods: Membership) -> City:
    return City(name="Musterstadt", type=CityType.CITY, state=State.NI, membership=periods)


periods = st.builds(
    lambda begin, kind, years, confirmed: Membership(
        admitted=begin if kind == "admitted" else None,
        attested=begin if kind == "attested" else None,
        selected=begin if kind == "selected" else None,
        until=PartialDate(begin.year + years) if years is not None else None,
        confirmed=confirmed,
    ),
    partial_dates,
    st.sampled_from(("admitted", "attested", "selected", "undated")),
    st.none() | st.integers(0, 5),
    st.booleans(),
)
cities = st.lists(st.lists(periods, max_size=3).map(lambda found: place(*found)), max_size=8)


class TestTally:
    @given(cities, st.dates(date(2012, 1, 1), date(2030, 12, 31)))
    def test_the_numbers_are_those_of_the_places_at_that_moment(
        self, cities: list[City], until: date
    ) -> None:
        """Recount with the rule by which the whole site tells members, without periods that nobody dates."""
        dated = [place(*(one for one in city.membership if one.admitted or one.attested)) for city in cities]
        for tally in tally_by_year(cities, until):
            midnight = datetime(tally.day.year, tally.day.month, tally.day.day, tzinfo=BERLIN) + timedelta(
                days=1
            )
            clock = Clock(midnight - timedelta(seconds=1))
            stages = [standing(city, clock, has_mentored=False) for city in dated if city.membership]
            assert tally.members == sum(stage.is_member for stage in stages)
            assert tally.members + tally.unconfirmed == sum(
                stage.stage.value in ("first-year", "member", "trained") for stage in stages
            )

    @given(cities, st.dates(date(2012, 1, 1), date(2030, 12, 31)))
    def test_every_year_has_its_number_and_none_comes_after_the_data(
        self, cities: list[City], until: date
    ) -> None:
        tallies = tally_by_year(cities, until)
        years = [tally.day.year for tally in tallies]
        assert years == list(range(years[0], until.year + 1)) if years else True
        assert all(tally.day <= until for tally in tallies)
        assert not tallies or tallies[-1].day == until

    def test_who_left_and_came_back_counts_while_there(self) -> None:
        city = place(
            Membership(admitted=PartialDate(2015), until=PartialDate(2017)),
            Membership(admitted=PartialDate(2020, 7)),
        )
        tallies = tally_by_year([city], date(2021, 6, 30))
        assert [(tally.day.year, tally.members) for tally in tallies] == [
            (2015, 1),
            (2016, 1),
            (2017, 1),
            (2018, 0),
            (2019, 0),
            (2020, 1),
            (2021, 1),
        ]

    @given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 50)), min_size=1, max_size=15))
    def test_bars_are_as_long_as_their_numbers_from_zero(self, numbers: list[tuple[int, int]]) -> None:
        tallies = [Tally(date(2010 + year, 12, 31), *two) for year, two in enumerate(numbers)]
        drawing = members_drawing("", tallies)
        bars = [box for box in drawing.boxes if not box.outline]
        assert {bar.x for bar in bars} == {bars[0].x}
        measured = [(bar.width, members) for bar, (members, _) in zip(bars, numbers, strict=True)]
        assert all(width == 0 for width, members in measured if members == 0)
        for (width, members), (other_width, other) in itertools.combinations(measured, 2):
            # As their numbers, but for what is lost of a unit.
            assert abs(width * other - other_width * members) <= max(members, other)
        assert overlapping(drawing) == []
        assert all(box_of(label)[2] <= drawing.width for label in drawing.labels)


def tandem(mentor: str | None, mentee: str | None, more: str = "start: 2021") -> str:
    sides = [f"mentor: {mentor}" if mentor else "", f"mentee: {mentee}" if mentee else ""]
    return "\n".join([*filter(None, sides), more, "updated: 2022-01-10", ""])


def place_file(name: str, periods: str = "[{admitted: 2019-07-01}]") -> str:
    return f"name: {name}\ntype: city\nstate: DE-NI\nmembership: {periods}\nupdated: 2022-01-10\n"


def files(tandems: dict[str, str], places: tuple[str, ...] = ("a", "b", "c", "d")) -> dict[str, str | bytes]:
    return {
        **{f"content/cities/{name}.yaml": place_file(f"{name.upper()}-Musterstadt") for name in places},
        **{f"content/tandems/{name}.yaml": text for name, text in tandems.items()},
    }


PAGE = "---\ntitle: {0}\nlead: Vorspann.\nlayout: {1}\nupdated: 2022-01-10\n---\nText.\n"


def built(folder: Path, content: dict[str, str | bytes], as_of: str = "2022-08-01") -> MiniSite:
    site = MiniSite(folder, content)
    result = site.build(as_of)
    assert result.published is not None, result.diagnostics
    return site


def drawings(html: str) -> list[str]:
    return re.findall(r"<svg[^>]* aria-label.*?</svg>", html, re.DOTALL)


def listed(html: str) -> str:
    """Return the text equivalent's words."""
    found = re.search(r"<details>(.*?)</details>", html, re.DOTALL)
    return " ".join(re.sub("<[^>]+>", " ", found[1]).split()) if found else ""


class TestTandemsOfASmallSite:
    def test_without_tandems_nothing_is_drawn(self, tmp_path: Path) -> None:
        html = built(tmp_path, files({})).html("tandems")
        assert drawings(html) == []
        assert "Wer an wen weitergibt" not in html

    def test_generations_go_on_from_place_to_place(self, tmp_path: Path) -> None:
        html = built(
            tmp_path,
            files({"eins": tandem("a", "b"), "zwei": tandem("b", "c", "start: 2022-07-01")}),
        ).html("tandems")
        (drawing,) = drawings(html)
        assert re.findall(r'<a href="(/[^"]*)"', drawing) == ["/staedte/a/", "/staedte/b/", "/staedte/c/"]
        assert [int(x) for x in re.findall(r'<a [^>]*><text x="([0-9]+)"', drawing)] == [24, 58, 92]
        assert 'role="group" aria-label="Weitergegeben, ausgehend von A-Musterstadt"' in drawing
        assert re.fullmatch(
            "Dasselbe als Liste Begleitet von Generation 1 A-Musterstadt begleitete? B-Musterstadt.*"
            "Begleitet von Generation 2 B-Musterstadt begleitet C-Musterstadt .*",
            listed(html),
        )
        assert "läuft" in html

    def test_an_open_side_is_drawn_dashed_and_said(self, tmp_path: Path) -> None:
        more = "pending: {expected: 2022-08-31}\nannounced: 2022-07-08"
        html = built(tmp_path, files({"offen": tandem(None, "a", more)})).html("tandems")
        (drawing,) = drawings(html)
        assert ">noch nicht bekannt</text>" in drawing
        assert re.findall(r'<a href="(/[^"]*)"', drawing) == ["/staedte/a/"]
        assert 'stroke-dasharray="3 5"' in drawing
        assert "Gegenüber noch offen" in drawing
        assert "A-Musterstadt soll begleitet werden" in listed(html)

    def test_two_that_accompany_each_other_are_both_drawn(self, tmp_path: Path) -> None:
        html = built(
            tmp_path, files({"hin": tandem("a", "b", "start: 2020"), "her": tandem("b", "a", "start: 2021")})
        ).html("tandems")
        (drawing,) = drawings(html)
        assert re.findall(r'<a href="(/[^"]*)"', drawing) == ["/staedte/a/", "/staedte/b/"]
        assert drawing.count("Beginn: ") == 2
        assert listed(html).count("begleitet") >= 2

    def test_a_second_mentor_is_named(self, tmp_path: Path) -> None:
        html = built(
            tmp_path,
            files({"eins": tandem("a", "c", "start: 2020"), "zwei": tandem("b", "c", "start: 2021")}),
        ).html("tandems")
        (drawing,) = drawings(html)
        words = " ".join(re.sub("<[^>]+>", "", drawing).split())
        assert "begleitet von A-Musterstadt: Beginn: 2020" in words
        assert "begleitet von B-Musterstadt: Beginn: 2021" in words

    def test_what_is_hidden_leaves_no_trace(self, tmp_path: Path) -> None:
        content = files({"eins": tandem("a", "b"), "geheim": tandem("c", "d", "start: 2021\ndraft: true")})
        html = built(tmp_path, content).html("tandems")
        assert len(drawings(html)) == 1
        assert "C-Musterstadt" not in html
        assert "D-Musterstadt" not in html

    def test_roles_that_are_inferred_are_marked(self, tmp_path: Path) -> None:
        html = built(tmp_path, files({"eins": tandem("a", "b", "start: 2021\nconfirmed: nein")})).html(
            "tandems"
        )
        (drawing,) = drawings(html)
        assert "Rollen erschlossen" in drawing
        assert 'stroke-dasharray="9 6 0 6"' in drawing


class TestHistoryOfASmallSite:
    def test_without_phases_and_milestones_nothing_is_drawn(self, tmp_path: Path) -> None:
        html = built(tmp_path, {"content/pages/programm.md": PAGE.format("Programm", "programme")}).html(
            "programm"
        )
        assert drawings(html) == []

    def test_years_lead_to_their_milestones_and_phases_to_their_texts(self, tmp_path: Path) -> None:
        phase = "name: {0}\ntitle: Anfang\nsummary: Erfunden.\nstart: {1}\nupdated: 2022-01-10\n"
        content: dict[str, str | bytes] = {
            "content/pages/programm.md": PAGE.format("Programm", "programme"),
            "content/phases/erste.yaml": phase.format("Phase Eins", "2015\nend: 2017")
            + "rounds:\n  - {name: Runde Eins, opens: 2015-01, closes: 2015-03}\n  - {name: Ohne Datum}\n",
            "content/phases/zweite.yaml": phase.format("Phase Zwei", "2018-01"),
            "content/milestones/jahr.yaml": "date: 2016\ntitle: Nur ein Jahr.\nupdated: 2022-01-10\n",
        }
        html = built(tmp_path, content).html("programm")
        across, down = drawings(html)
        for drawing in (across, down):
            assert set(re.findall(r'<a href="([^"]*)"', drawing)) == {"#s-2016", "#s-erste", "#s-zweite"}
            assert "Runde Eins" in drawing
            assert "Ohne Datum" not in drawing
        for anchor in ("s-2016", "s-erste", "s-zweite"):
            assert html.count(f'id="{anchor}"') == 1
        assert "nur Monat oder Jahr bekannt" in html


class TestMembersOfASmallSite:
    def test_the_chart_says_what_was_counted_and_what_is_left_out(self, tmp_path: Path) -> None:
        content: dict[str, str | bytes] = {
            "content/pages/daten.md": PAGE.format("Daten", "data"),
            "content/cities/a.yaml": place_file("A-Musterstadt", "[{admitted: 2019-07-01}]"),
            "content/cities/b.yaml": place_file(
                "B-Musterstadt", "[{admitted: 2019, until: 2020}, {admitted: 2022-03}]"
            ),
            "content/cities/c.yaml": place_file("C-Musterstadt", "[{admitted: 2020, confirmed: nein}]"),
            "content/cities/d.yaml": place_file("D-Musterstadt", "[{attested: 2021-05-01}]"),
            "content/cities/e.yaml": place_file("E-Musterstadt", "[{}]"),
        }
        site = built(tmp_path, content)
        html = site.html("daten")
        (chart,) = drawings(html)
        assert 'role="img"' in chart
        assert re.findall(r"<text[^>]*>([^<]*)<", chart) == [
            *("2019", "2"),
            *("2020", "2 + 1"),
            *("2021", "2 + 1"),
            *("2022", "3 + 1"),
        ]
        rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
        assert [re.findall(r"<t[hd][^>]*>([^<]*)<", row) for row in rows] == [
            ["Ende", "Mitglieder", "Dazu nicht bestätigt"],
            ["2019", "2", "0"],
            ["2020", "2", "1"],
            ["2021", "2", "1"],
            ["1.\N{NO-BREAK SPACE}Mai 2022", "3", "1"],
        ]
        assert "1 Ort ohne jedes Datum fehlt hier." in html
        assert "Bei 1 Mitgliedschaft ist der Beginn nicht bekannt" in html

    def test_without_dated_memberships_there_is_no_chart(self, tmp_path: Path) -> None:
        content: dict[str, str | bytes] = {
            "content/pages/daten.md": PAGE.format("Daten", "data"),
            "content/cities/a.yaml": place_file("A-Musterstadt", "[{}]"),
        }
        assert drawings(built(tmp_path, content).html("daten")) == []

    def test_the_data_end_where_the_sources_do(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, {**files({}), "content/pages/daten.md": PAGE.format("Daten", "data")})
        site.edit("site.yaml", "languages:", "data_as_of: 2021-06\nlanguages:")
        assert site.build().published is not None
        (chart,) = drawings(site.html("daten"))
        assert re.findall(r"<text[^>]*>(20[0-9]{2})<", chart) == ["2019", "2020", "2021"]
        assert "Ende Juni 2021" in site.html("daten")
