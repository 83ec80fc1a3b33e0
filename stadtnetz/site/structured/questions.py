"""Questions with their answers, where a long text consists of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from stadtnetz.site.structured.script import Thing

__all__ = ["questions_thing"]

# Sanitised HTML writes headings in one known way, so a pattern over it is safe.
_HEADING = re.compile(r"<h([23])\b[^>]*>(.*?)</h\1>", re.DOTALL)
_BLOCK_END = re.compile(r"</(?:p|li|dt|dd|tr|h[1-6]|blockquote)>|<br>")
_TAG = re.compile(r"<[^>]*>")


def questions_thing(html: str, url: str) -> Thing | None:
    """Return the questions of a page, None unless all of its innermost headings ask one."""
    # Safe HTML escapes what is joined to it, and so would the parts of itself that a pattern puts together.
    html = str(html)
    found = list(_HEADING.finditer(html))
    level = max((heading[1] for heading in found), default="")
    names = [_plain(heading[2]) for heading in found if heading[1] == level]
    if len(names) < 2 or not all(name.endswith("?") for name in names):
        return None
    return {"@type": "FAQPage", "@id": f"{url}#page", "mainEntity": _questions(html, found, level)}


def _questions(html: str, found: Sequence[re.Match[str]], level: str) -> list[Thing]:
    ends = [heading.start() for heading in found[1:]] + [len(html)]
    return [
        {
            "@type": "Question",
            "name": _plain(heading[2]),
            "acceptedAnswer": {"@type": "Answer", "text": _plain(html[heading.end() : end])},
        }
        for heading, end in zip(found, ends, strict=True)
        if heading[1] == level
    ]


def _plain(html: str) -> str:
    text = _TAG.sub("", _BLOCK_END.sub(r"\g<0> ", html))
    return " ".join(unescape(text).split())
