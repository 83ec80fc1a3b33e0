"""Sanitised HTML as one line of plain text, for the search and wherever else words alone are wanted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

__all__ = ["joined", "plain_text"]

_NOT_TEXT = re.compile(r'<sup\b[^>]*>.*?</sup>|<a\b[^>]*class="footnote-backref"[^>]*>.*?</a>', re.DOTALL)
"""The numbers of footnotes, and the arrows back from them."""
_BLOCK = re.compile(
    r"</?(?:p|h[1-6]|li|ul|ol|dl|dt|dd|div|section|blockquote|pre|table|tr|td|th|hr|br)\b[^>]*>"
)
_TAG = re.compile(r"<[^>]*>")
_ENDS = (".", "!", "?", ":", "…", "“", ",", ";")


def plain_text(html: str) -> str:
    """Return the words of sanitised HTML in one line."""
    return joined(unescape(_TAG.sub("", block)) for block in _BLOCK.split(_NOT_TEXT.sub("", html)))


def joined(blocks: Iterable[str]) -> str:
    """Join texts that stand in blocks of their own; a dot sets off what ends without a sign, such as a heading."""
    found = ""
    for block in blocks:
        words = " ".join(block.split())
        if words:
            between = " " if not found or found.endswith(_ENDS) else " · "
            found = f"{found}{between}{words}"
    return found.lstrip()
