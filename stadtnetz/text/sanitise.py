"""The last word on HTML: what is not on these lists does not leave the text stage.

Editors of many cities write texts, and none of them should be able to run code in a reader's browser. Tags that
an author may write by hand are reported with their place if they are not allowed; whatever else happens, all HTML
goes through nh3 (the ammonia sanitiser), which parses it as a browser would and rebuilds it from the lists.
"""

from __future__ import annotations

import re

import nh3

from stadtnetz.text.links import ENTRY_SCHEMES, OUTSIDE_SCHEMES

__all__ = ["WRITABLE_TAGS", "objection", "sanitise"]

WRITABLE_TAGS: dict[str, frozenset[str]] = {
    "abbr": frozenset({"title"}),
    "bdi": frozenset(),
    "br": frozenset(),
    "cite": frozenset(),
    "del": frozenset(),
    "details": frozenset({"open"}),
    "dfn": frozenset(),
    "ins": frozenset(),
    "kbd": frozenset(),
    "q": frozenset(),
    "small": frozenset(),
    "span": frozenset(),
    "sub": frozenset(),
    "summary": frozenset(),
    "sup": frozenset(),
    "wbr": frozenset(),
}
"""Tags that authors may write in a text, with their attributes; `lang` and `dir` are allowed everywhere."""

_EVERYWHERE = frozenset({"lang", "dir"})
_MADE_TAGS = frozenset(
    {
        "a",
        "aside",
        "blockquote",
        "code",
        "div",
        "em",
        "figcaption",
        "figure",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "img",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "strong",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    }
)
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"class", "id", "lang", "dir"},
    "a": {"href", "rel", "title", "aria-label"},
    "abbr": {"title"},
    "details": {"open"},
    "div": {"role", "tabindex", "aria-label"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "section": {"aria-label"},
    "th": {"scope"},
}
_CLEANER = nh3.Cleaner(
    tags=set(WRITABLE_TAGS) | _MADE_TAGS,
    attributes=_ATTRIBUTES,
    url_schemes={*ENTRY_SCHEMES, *OUTSIDE_SCHEMES},
    link_rel=None,
)
_TAG_NAME = re.compile(r"</?\s*([a-zA-Z][^\s/>]*)")
_ATTRIBUTE = re.compile(r"\s([^\s\"'=<>/]+)(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>]+))?")


def sanitise(html: str) -> str:
    """Return HTML of which only the listed tags, attributes and schemes are left."""
    return _CLEANER.clean(html)


def objection(tag: str) -> str:
    """Return what is not allowed about a tag as it was written ("<script>", "onclick"), or ""."""
    match = _TAG_NAME.match(tag)
    if match is None:
        return tag[:20]
    name = match[1].lower()
    if name not in WRITABLE_TAGS:
        return f"<{name}>"
    allowed = WRITABLE_TAGS[name] | _EVERYWHERE
    for attribute in _ATTRIBUTE.finditer(tag, match.end()):
        if attribute[1].lower() not in allowed:
            return f"<{name} {attribute[1]}>"
    return ""
