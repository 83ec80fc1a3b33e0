"""Which templates and assets a template names, read from its syntax tree.

Only constant names can be seen before rendering; a computed one is an error, since nobody could tell which
pages depend on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import nodes
from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Named", "cycles", "named_in"]

_REFERENCES = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)


class Named(Struct, frozen=True):
    """What a template names, each with its line: templates (None for a computed name) and assets."""

    templates: tuple[tuple[str | None, int], ...]
    assets: tuple[tuple[str, int], ...]

    @property
    def constant(self) -> tuple[str, ...]:
        """Return the names of templates that can be seen before rendering."""
        return tuple(name for name, _ in self.templates if name is not None)


def named_in(tree: nodes.Template) -> Named:
    """Return what a template names."""
    return Named(tuple(_references(tree)), tuple(_assets_named(tree)))


def _references(tree: nodes.Template) -> Iterator[tuple[str | None, int]]:
    """Yield the name in every extends, include and import with its line; None for a computed name.

    `jinja2.meta.find_referenced_templates` tells the same without lines.
    """
    for node in tree.find_all(nodes.Stmt):
        if isinstance(node, _REFERENCES):
            name = node.template
            constant = name.value if isinstance(name, nodes.Const) else None
            yield (constant if isinstance(constant, str) else None), node.lineno


def _assets_named(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """Yield the constant argument of every `asset(...)` with its line."""
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "asset" and call.args:
            argument = call.args[0]
            if isinstance(argument, nodes.Const):
                yield str(argument.value), call.lineno


def cycles(graph: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, ...]]:
    """Yield every chain of names that leads back to its start, each group of names once."""
    seen: set[str] = set()
    for start in graph:
        chain = _way_back(start, graph)
        if chain and seen.isdisjoint(chain):
            seen.update(chain)
            yield *chain, start


def _way_back(start: str, graph: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Return the shortest chain from a name to itself, without the last step."""
    ways: list[tuple[str, ...]] = [(start,)]
    reached: set[str] = set()
    for way in ways:  # grows while it is walked: the nearest names first
        for name in sorted(graph.get(way[-1], frozenset())):
            if name == start:
                return way
            if name not in reached:
                reached.add(name)
                ways.append((*way, name))
    return ()
