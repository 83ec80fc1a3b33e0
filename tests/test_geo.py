"""The drawing of a country: whatever the points and names are, nothing covers what must be read."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, pairwise
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stadtnetz.geo.arcs import arc_between
from stadtnetz.geo.derive import derived
from stadtnetz.geo.labels import Mark, Style, place_labels, width_of
from stadtnetz.geo.names import place_names
from stadtnetz.geo.outlines import germany, holds, path_of, rings_of
from stadtnetz.geo.plane import Box, Point, Projection
from stadtnetz.geo.simplify import simplified
from stadtnetz.geo.spread import spread

VIEW = Box(0, 0, 1000, 1350)
INNER = Box(20, 20, 980, 1330)
STYLE = Style(size=21, radius=9, gap=4)

points = st.builds(Point, st.integers(20, 980), st.integers(20, 1330))
crowded = st.builds(Point, st.integers(300, 420), st.integers(300, 420))
lines = st.lists(points, min_size=2, max_size=30)
names = st.text("abcdefghijklmnopqrstuvwxyzäöüßABCDW -()/.0", min_size=1, max_size=30)

# Places that everybody knows, with the state that they lie in: https://www.wikidata.org/wiki/Q64 and so on.
KNOWN = {
    "Berlin": (52.52, 13.41, "DE-BE"),
    "Potsdam": (52.40, 13.06, "DE-BB"),
    "Hamburg": (53.55, 9.99, "DE-HH"),
    "München": (48.14, 11.58, "DE-BY"),
    "Köln": (50.94, 6.96, "DE-NW"),
    "Lüneburg": (53.25, 10.41, "DE-NI"),
    "Bremen": (53.08, 8.81, "DE-HB"),
    "Saarbrücken": (49.24, 7.00, "DE-SL"),
    "Dresden": (51.05, 13.74, "DE-SN"),
    "Rostock": (54.09, 12.13, "DE-MV"),
    "Kassel": (51.31, 9.49, "DE-HE"),
    "Mainz": (50.00, 8.23, "DE-RP"),
    "Erfurt": (50.98, 11.03, "DE-TH"),
    "Magdeburg": (52.13, 11.63, "DE-ST"),
    "Kiel": (54.32, 10.14, "DE-SH"),
    "Stuttgart": (48.78, 9.18, "DE-BW"),
}


@pytest.mark.parametrize("name", KNOWN)
def test_a_place_lies_in_its_own_state_and_in_no_other(name: str):
    lat, lon, state = KNOWN[name]
    outlines = germany()
    at = outlines.projection.place(lat, lon)
    assert [code for code in outlines.areas if holds(outlines.rings(code), at)] == [state]


@given(st.floats(47.3, 55), st.floats(5.9, 15), st.floats(0.01, 0.5), st.floats(0.01, 0.5))
def test_north_is_up_and_east_is_right(lat: float, lon: float, north: float, east: float):
    projection = germany().projection
    at, there = projection.place(lat, lon), projection.place(lat + north, lon + east)
    assert there.y < at.y
    assert there.x > at.x


def test_the_projection_is_true_to_scale_in_the_middle():
    projection = Projection(west=5, north=55, parallel=60, scale=100)
    assert projection.place(55, 5) == Point(0, 0)
    # At 60 degrees a degree of longitude is half as long as one of latitude.
    x, y = projection.place(54, 7)
    assert (round(x, 6), round(y, 6)) == (100, 100)


@given(lines, st.floats(0.5, 50))
def test_a_simpler_line_keeps_its_ends_and_its_order_and_is_out_by_little(
    line: list[Point], tolerance: float
):
    found = simplified(line, tolerance)
    assert (found[0], found[-1]) == (line[0], line[-1])
    rest = iter(line)
    assert all(point in rest for point in found), "the points that stay are some of the line's, in its order"
    for point in line:
        assert min(distance(point, a, b) for a, b in pairwise(found)) <= tolerance + 1e-6


def distance(point: Point, a: Point, b: Point) -> float:
    """Try the stretch from a to b in steps of a unit at most, without the formula that is tested."""
    steps = [step / 2000 for step in range(2001)]
    return min(hypot(point.x - a.x - t * (b.x - a.x), point.y - a.y - t * (b.y - a.y)) for t in steps) - 1


@given(lines)
def test_a_border_is_the_same_for_both_neighbours(line: list[Point]):
    simple = simplified(line, 5)
    ((one,), (other,)) = rings_of([simple], [[0]]), rings_of([simple], [[~0]])
    assert one == other[::-1]


def borders(areas: dict[str, tuple[tuple[Point, ...], ...]]) -> Counter[frozenset[Point]]:
    return Counter(
        frozenset(pair)
        for rings in areas.values()
        for ring in rings
        for pair in pairwise(ring)
        if pair[0] != pair[1]
    )


@pytest.mark.parametrize("tolerance", [0, 4, 8, 20])
def test_neighbours_leave_no_gap_and_no_overlap(tolerance: float):
    outlines = germany().coarser(tolerance, 0)
    areas = {code: outlines.rings(code) for code in outlines.areas}
    shared = Counter(
        abs(n) if n >= 0 else ~n for rings in outlines.areas.values() for ring in rings for n in ring
    )
    assert set(shared.values()) == {1, 2}
    found = borders(areas)
    for number, line in enumerate(outlines.lines):
        for pair in pairwise(line):
            if pair[0] != pair[1]:
                assert found[frozenset(pair)] >= shared[number], (
                    "each stretch is in both neighbours, point for point"
                )
    assert all(ring[0] == ring[-1] for rings in areas.values() for ring in rings)


def test_the_outlines_are_complete_and_light():
    outlines = germany()
    assert len(outlines.areas) == 16
    assert all(outlines.areas.values())
    assert "DE-BB" in outlines.areas, "its letters are mended"
    whole = "".join(path_of(outlines.rings(code)) for code in outlines.areas)
    assert len(whole) < 12_000
    small = outlines.coarser(8, 80)
    assert all(small.areas.values())
    assert len("".join(path_of(small.rings(code)) for code in small.areas)) < 4_000


TOPOLOGY = {
    "transform": {"scale": [0.01, 0.01], "translate": [8, 50]},
    # Two squares side by side; the border between them has a point that is not needed.
    "arcs": [
        [[100, 0], [0, 50], [0, 50]],
        [[100, 100], [-100, 0], [0, -100], [100, 0]],
        [[100, 0], [100, 0], [0, 100], [-100, 0]],
    ],
    "objects": {
        "x": {
            "geometries": [
                {"id": "DE.", "type": "Polygon", "arcs": [[0, 1]]},
                {"id": "DE.SN", "type": "MultiPolygon", "arcs": [[[2, ~0]]]},
            ]
        }
    },
}  # fmt: skip


def test_outlines_are_derived_from_shared_arcs():
    text = derived(TOPOLOGY)
    assert text == derived(TOPOLOGY)
    assert 'DE-BB = ["0 1"]' in text
    assert 'DE-SN = ["2 -1"]' in text
    shared = text.split("lines = [\n")[1].split(",\n")[0]
    assert len(shared.split()) == 4, "the straight border has two points"


@given(st.lists(points, max_size=14), st.lists(crowded, max_size=14))
def test_marks_are_moved_apart_and_lonely_ones_stay(anywhere: list[Point], crowd: list[Point]):
    given_points = [*anywhere, *crowd]
    moved = spread(given_points, 21, INNER)
    assert moved == spread(given_points, 21, INNER)
    assert all(hypot(a.x - b.x, a.y - b.y) >= 21 - 1e-6 for a, b in combinations(moved, 2))
    assert all(INNER.has(point) for point in moved)
    if all(hypot(a.x - b.x, a.y - b.y) >= 21 for a, b in combinations(given_points, 2)):
        assert list(moved) == given_points


def test_places_at_one_point_are_all_seen():
    moved = spread([Point(500, 500)] * 9, 21, INNER)
    assert len(set(moved)) == 9
    assert all(hypot(point.x - 500, point.y - 500) < 100 for point in moved), "all around their place"


@given(st.lists(st.tuples(points, names, st.integers(0, 2)), max_size=40), st.lists(points, max_size=10))
@settings(max_examples=60)
def test_no_name_covers_another_or_a_mark(chosen: list[tuple[Point, str, int]], along: list[Point]):
    spots = spread([at for at, _, _ in chosen], 21, INNER)
    marks = [
        Mark(str(number), name, spot, (rank,))
        for number, (spot, (_, name, rank)) in enumerate(zip(spots, chosen, strict=True))
    ]
    placed, spare = place_labels(marks, STYLE, VIEW, along)
    assert (placed, spare) == place_labels(marks[::-1], STYLE, VIEW, along), (
        "the order of marks does not matter"
    )
    assert not placed.keys() & spare.keys()
    assert all(VIEW.holds(label.box) for label in [*placed.values(), *spare.values()])
    for one, other in combinations(placed.values(), 2):
        assert not one.box.overlaps(other.box)
    for label in placed.values():
        for mark in marks:
            assert not label.box.overlaps(Box.around(mark.at, STYLE.radius * 0.7)), "not even its own"
            if mark.key != label.key:
                assert not label.box.overlaps(Box.around(mark.at, STYLE.radius))


def test_the_more_important_name_stays():
    both = [
        Mark("a", "Musterstadt", Point(500, 500), (1,)),
        Mark("b", "Beispielhausen", Point(521, 500), (0,)),
    ]
    cramped = Box(380, 480, 700, 520)
    placed, _ = place_labels(both, STYLE, cramped)
    assert placed["b"].anchor == "start"
    assert "b" in place_labels(both, STYLE, Box(500, 485, 700, 515))[0]


def test_a_name_avoids_lines_where_it_can():
    mark = [Mark("a", "Musterstadt", Point(500, 500), (0,))]
    assert place_labels(mark, STYLE, VIEW)[0]["a"].anchor == "start"
    assert place_labels(mark, STYLE, VIEW, [Point(550, 500)])[0]["a"].anchor == "end"


@given(names)
def test_a_longer_name_is_wider(name: str):
    assert 0 < width_of(name, 10) < width_of(name + "a", 10)
    assert width_of(name, 20) == pytest.approx(2 * width_of(name, 10))


@given(points, points, st.lists(points, max_size=6))
def test_an_arc_begins_and_ends_at_its_places(first: Point, second: Point, others: list[Point]):
    arc = arc_between(first, second, clear=16, lowest=30, view=VIEW, others=others)
    assert hypot(arc.start.x - first.x, arc.start.y - first.y) == pytest.approx(16)
    assert hypot(arc.end.x - second.x, arc.end.y - second.y) == pytest.approx(16)
    one, other = arc.halves()
    assert (one.start, one.end, other.end) == (arc.start, other.start, arc.end)
    assert one.end == pytest.approx(arc.at(0.5))


@given(points, points)
def test_an_arc_has_a_direction(first: Point, second: Point):
    arc = arc_between(first, second, clear=16, lowest=30, view=VIEW)
    tip, left, right = arc.head(18, 18)
    assert tip == arc.end
    # The head's point is nearer to the place than its back is.
    back = Point((left.x + right.x) / 2, (left.y + right.y) / 2)
    assert hypot(tip.x - second.x, tip.y - second.y) < hypot(back.x - second.x, back.y - second.y)
    assert hypot(left.x - right.x, left.y - right.y) == pytest.approx(18)


def test_there_and_back_are_two_arcs():
    a, b = Point(300, 500), Point(600, 500)
    there = arc_between(a, b, clear=16, lowest=30, view=VIEW)
    back = arc_between(b, a, clear=16, lowest=30, view=VIEW)
    assert there.at(0.5).y < 500 < back.at(0.5).y


def test_an_arc_bends_away_from_the_edge_and_from_other_marks():
    a, b = Point(300, 30), Point(900, 30)
    assert arc_between(a, b, clear=16, lowest=30, view=VIEW).at(0.5).y > 30
    a, b = Point(300, 500), Point(600, 500)
    above = arc_between(a, b, clear=16, lowest=30, view=VIEW)
    assert arc_between(a, b, clear=16, lowest=30, view=VIEW, others=[above.at(0.5)]).at(0.5).y > 500


@given(st.lists(st.builds(Box.around, points, st.integers(5, 90)), max_size=25))
@settings(max_examples=40)
def test_the_names_of_states_lie_in_them_and_cover_nothing(taken: list[Box]):
    outlines = germany()
    spellings = {code: (f"Land {code}", code[3:]) for code in outlines.areas}
    found = place_names(spellings, 18, taken)
    for code, (text, label) in found.items():
        assert text in spellings[code]
        box = label.box
        assert not any(box.overlaps(other) for other in taken)
        half = width_of(text, 18) / 2
        for x in (label.x - half, label.x, label.x + half):
            for y in (label.y - 0.7 * 18, label.y):
                assert holds(outlines.rings(code), Point(x, y)), (code, text)
    for (_, one), (_, other) in combinations(found.values(), 2):
        assert not one.box.overlaps(other.box)


def test_without_anything_else_every_state_has_its_name_or_its_letters():
    spellings = {code: ("Ein recht langer Name", code[3:]) for code in germany().areas}
    found = place_names(spellings, 18, ())
    assert set(found) >= {"DE-BY", "DE-NI", "DE-SL", "DE-BE"}
    assert found["DE-BY"][0] == "Ein recht langer Name"
    assert found["DE-SL"][0] == "SL"
