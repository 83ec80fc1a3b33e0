"""The order of the drawing of tandems: generations, families, rows, and ways for what fits in no tree.

A place's generation is one more than the latest of those that accompanied it. Each place has a row of its own, and
its generation is its column, so that no two names can meet. Most places were accompanied once: they stand below their
mentor, in the order in which the tandems began, and such lines never cross. Any further tandem (a second mentor, one
that is given back) runs in a lane left of everything; rows are free there, so it touches no name either.
*Rejected:* several places in a row ordered by barycentres, which needs the width of a desk; drawing with forces.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

__all__ = ["Family", "Node", "Pair", "Way", "families_of"]


class Pair(Struct, frozen=True):
    """A tandem: its id and the keys of its two sides."""

    tandem: str
    mentor: str
    mentee: str


class Node(Struct, frozen=True):
    """A place, drawn once: its column (from 0) and its row in the family (from 0)."""

    key: str
    generation: int
    row: int


class Way(Struct, frozen=True):
    """A tandem, drawn once. `lane` is 0 below the mentor, from 1 (the nearest) left of everything.

    `returns` tells that its mentee came before its mentor: help that is given back.
    """

    tandem: str
    mentor: Node
    mentee: Node
    lane: int
    returns: bool


class Family(Struct, frozen=True):
    """Everything that hangs together: places in the order of their rows, tandems in that of their mentees."""

    nodes: tuple[Node, ...]
    ways: tuple[Way, ...]

    @property
    def lanes(self) -> int:
        """Return how many lanes are used."""
        return max((way.lane for way in self.ways), default=0)

    @property
    def generations(self) -> int:
        """Return how many columns are used."""
        return 1 + max(node.generation for node in self.nodes)


def families_of(pairs: Sequence[Pair]) -> tuple[Family, ...]:
    """Arrange tandems, given in the order in which they began: the longest chains first, then the largest families."""
    onward, returning = _split(pairs)
    generations = _generations(onward)
    families = [_family(members, generations, returning) for members in _connected(pairs)]
    # Sorting is stable: what is alike stays in the order of time.
    return tuple(sorted(families, key=lambda family: (-family.generations, -len(family.ways))))


def _split(pairs: Iterable[Pair]) -> tuple[list[Pair], frozenset[str]]:
    """Tell the tandems that lead on from those that lead back to a place that came before; the earlier ones lead on."""
    onward: list[Pair] = []
    returning: set[str] = set()
    mentees: dict[str, list[str]] = defaultdict(list)
    for pair in pairs:
        if _leads_to(mentees, pair.mentee, pair.mentor):
            returning.add(pair.tandem)
        else:
            onward.append(pair)
            mentees[pair.mentor].append(pair.mentee)
    return onward, frozenset(returning)


def _leads_to(mentees: Mapping[str, Sequence[str]], start: str, goal: str) -> bool:
    waiting, seen = [start], {start}
    while waiting:
        key = waiting.pop()
        if key == goal:
            return True
        fresh = [other for other in mentees.get(key, ()) if other not in seen]
        seen.update(fresh)
        waiting += fresh
    return False


def _generations(onward: Sequence[Pair]) -> dict[str, int]:
    """Count for each place the longest chain that leads to it."""
    mentees: dict[str, list[str]] = defaultdict(list)
    waits_for: dict[str, int] = defaultdict(int)
    for pair in onward:
        mentees[pair.mentor].append(pair.mentee)
        waits_for[pair.mentee] += 1
    ready = [key for key in mentees if not waits_for[key]]
    found: dict[str, int] = dict.fromkeys(ready, 0)
    while ready:
        mentor = ready.pop()
        for mentee in mentees.get(mentor, ()):
            found[mentee] = max(found.get(mentee, 0), found[mentor] + 1)
            waits_for[mentee] -= 1
            if not waits_for[mentee]:
                ready.append(mentee)
    return found


def _connected(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """Sort tandems by what hangs together, in the order of the first of each."""
    leader: dict[str, str] = {}

    def find(key: str) -> str:
        while leader.setdefault(key, key) != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    for pair in pairs:
        leader[find(pair.mentee)] = find(pair.mentor)
    found: dict[str, list[Pair]] = {}
    for pair in pairs:
        found.setdefault(find(pair.mentor), []).append(pair)
    return list(found.values())


def _family(pairs: Sequence[Pair], generations: Mapping[str, int], returning: frozenset[str]) -> Family:
    below: dict[str, list[Pair]] = defaultdict(list)
    parent: dict[str, str] = {}
    for pair in pairs:
        near = generations.get(pair.mentee, 0) == generations.get(pair.mentor, 0) + 1
        if near and pair.tandem not in returning and pair.mentee not in parent:
            parent[pair.mentee] = pair.tandem
            below[pair.mentor].append(pair)
    keys = dict.fromkeys(key for pair in pairs for key in (pair.mentor, pair.mentee))
    nodes: dict[str, Node] = {}
    waiting = [key for key in reversed(keys) if key not in parent]
    while waiting:
        key = waiting.pop()
        nodes[key] = Node(key, generations.get(key, 0), len(nodes))
        waiting += [pair.mentee for pair in reversed(below[key])]
    lanes = _lanes([pair for pair in pairs if parent.get(pair.mentee) != pair.tandem], nodes)
    ways = [
        Way(
            pair.tandem,
            nodes[pair.mentor],
            nodes[pair.mentee],
            lanes.get(pair.tandem, 0),
            pair.tandem in returning,
        )
        for pair in pairs
    ]
    return Family(tuple(nodes.values()), tuple(sorted(ways, key=lambda way: way.mentee.row)))


def _lanes(pairs: Iterable[Pair], nodes: Mapping[str, Node]) -> dict[str, int]:
    """Give each tandem the nearest lane that is free along its rows; short ones choose first, so that fewer cross."""
    taken: list[list[tuple[int, int]]] = []
    found: dict[str, int] = {}

    def rows(pair: Pair) -> tuple[int, int]:
        ends = sorted((nodes[pair.mentor].row, nodes[pair.mentee].row))
        return ends[0], ends[1]

    for pair in sorted(pairs, key=lambda one: (rows(one)[1] - rows(one)[0], rows(one))):
        first, last = rows(pair)
        free = (
            number
            for number, stretches in enumerate(taken)
            if all(last < other_first or other_last < first for other_first, other_last in stretches)
        )
        number = next(free, len(taken))
        if number == len(taken):
            taken.append([])
        taken[number].append((first, last))
        found[pair.tandem] = number + 1
    return found
