"""Invented values for any view, and a strict reader of the pages that are made from them."""

from __future__ import annotations

import re
import types
import typing
from html.parser import HTMLParser
from itertools import count

from markupsafe import Markup
from msgspec import Struct

__all__ = ["Outline", "Samples"]


class Samples:
    """Fills any view with invented values: `full` has all of its parts, otherwise only what is always there."""

    always: typing.ClassVar = (
        *("heading", "title", "name", "text", "label", "url", "iso", "src", "alt", "key"),
        *("when", "type_and_date"),
    )

    def __init__(self, *, full: bool) -> None:
        self.full = full
        self.number = count(1)

    def make(self, kind: object, name: str = "") -> object:
        origin, inside = typing.get_origin(kind), typing.get_args(kind)
        if origin in (typing.Union, types.UnionType):
            return self.make(inside[0], name) if self.full else None
        if origin is tuple:
            repeated = len(inside) == 2 and inside[1] is Ellipsis
            if repeated:
                return tuple(self.make(inside[0]) for _ in range(2)) if self.full else ()
            return tuple(self.make(one) for one in inside)
        if isinstance(kind, type) and issubclass(kind, Struct):
            hints = typing.get_type_hints(kind)
            return kind(**{name: self.make(hints[name], name) for name in kind.__struct_fields__})
        return self.scalar(kind, name)

    def scalar(self, kind: object, name: str) -> object:
        number = next(self.number)
        if kind is Markup:
            return Markup("<p>Absatz</p>") if self.full else Markup("")
        if kind is bool:
            return self.full
        if kind is int:
            return number
        if not self.full and name not in self.always:
            return ""
        special = {"language": "de", "iso": "2022-07", "state": "now", "layout": "rows"}
        is_address = name == "src" or name.endswith("url") or name == "canonical"
        return f"#s-{number}" if is_address else special.get(name, f"beispiel-{number}")


class Outline(HTMLParser):
    """Reads a page strictly and notes what a validator would."""

    void = frozenset(("meta", "link", "br", "img", "hr", "input", "source", "track"))
    with_text = frozenset(
        ("h1", "h2", "h3", "h4", "a", "p", "li", "dt", "dd", "title", "summary", "time", "td", "th")
    )
    inline_only = frozenset(("p", "h1", "h2", "h3", "h4", "span", "a", "dt", "time", "summary"))
    blocks = frozenset(
        ("p", "div", "ul", "ol", "dl", "section", "article", "nav", "aside", "h1", "h2", "h3", "details")
    )
    parents: typing.ClassVar = {"li": {"ul", "ol"}, "dt": {"dl", "div"}, "dd": {"dl", "div"}}
    children: typing.ClassVar = {"ul": {"li"}, "ol": {"li"}, "dl": {"div", "dt", "dd"}}

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[list[str]] = []
        self.wrong: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.named: list[str] = []
        self.levels: list[int] = []
        self.feed(html)
        self.wrong += [f"<{tag}> stays open" for tag, _ in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        parent = self.open[-1][0] if self.open else ""
        if parent in self.children and tag not in self.children[parent]:
            self.wrong.append(f"<{tag}> in <{parent}>")
        if tag in self.parents and parent not in self.parents[tag]:
            self.wrong.append(f"<{tag}> outside of a list")
        if tag in self.blocks and any(name in self.inline_only for name, _ in self.open):
            self.wrong.append(f"<{tag}> inside of a line")
        if tag == "a" and any(name == "a" for name, _ in self.open):
            self.wrong.append("a link in a link")
        if len(given) != len(attrs):
            self.wrong.append(f"<{tag}> repeats an attribute")
        self.wrong += [f"<{tag} {name}>" for name in given if name == "style" or name.startswith("on")]
        self.ids += [given["id"]] if given.get("id") else []
        self.named += (given.get("aria-labelledby") or "").split()
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag == "img" and not given.get("alt"):
            self.wrong.append("picture without alt")
        if tag not in self.void:
            self.open.append([tag, ""])

    def handle_data(self, data: str) -> None:
        for entry in self.open:
            entry[1] += data.strip()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            self.wrong.append(f"</{tag}> out of place")
            return
        _, text = self.open.pop()
        if tag in self.with_text and not text:
            self.wrong.append(f"<{tag}> is empty")
        if tag in ("ul", "ol", "dl") and not text:
            self.wrong.append(f"<{tag}> has no entries")
