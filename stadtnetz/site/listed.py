"""What the list of addresses shows of a page; the ledger keeps it of pages that are not made again.

In a module of its own, because a build in which nothing changed loads it and no other view.
"""

from __future__ import annotations

from stadtnetz.fingerprint import Value

__all__ = ["SitemapUrl", "Version"]


class Version(Value, frozen=True):
    """A page in one of its languages."""

    language: str
    absolute_url: str


class SitemapUrl(Value, frozen=True):
    """An address for search engines."""

    loc: str
    lastmod: str
    """A day as ISO text; may be empty."""
    alternates: tuple[Version, ...] = ()
    """All languages of the page, its own included; empty when there is only one."""
