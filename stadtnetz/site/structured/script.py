"""JSON that may stand in a script element."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup
from msgspec.json import encode

__all__ = ["Thing", "filled", "linked_data"]

Thing = Mapping[str, object]
"""A node of JSON-LD."""

_ESCAPES = {mark: f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}
"""What could end the element or a line of a script (https://html.spec.whatwg.org/#restrictions-for-contents-of-script-elements).

These marks stand in JSON inside of texts only, where they may always be written by their number.
"""


def filled(thing: Thing) -> Thing:
    """Return a node without what is not known: None, empty texts and empty lists."""
    return {name: value for name, value in thing.items() if value not in (None, "", [], ())}


def linked_data(things: Iterable[Thing]) -> Markup:
    """Return a graph of nodes as the content of `<script type="application/ld+json">`."""
    graph = {"@context": "https://schema.org", "@graph": list(things)}
    text = encode(graph).decode()
    for mark, escaped in _ESCAPES.items():
        text = text.replace(mark, escaped)
    return Markup(text)  # noqa: S704 - nothing is left that HTML reads as markup
