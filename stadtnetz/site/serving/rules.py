"""What every server does with this site, whatever its configuration looks like."""

from __future__ import annotations

import re
from urllib.parse import quote

from msgspec import Struct

from stadtnetz.site.redirects import Moves, Redirect
from stadtnetz.site.security import header_policy

__all__ = [
    "COMPRESSIBLE",
    "CONTENT_TYPES",
    "FEED_TYPE",
    "IMMUTABLE",
    "JSON_TYPES",
    "KEEP",
    "MORE_TEXT_TYPES",
    "REVALIDATE",
    "TEXT_TYPES",
    "Serving",
    "as_pattern",
    "headers",
    "spellings",
    "target_of",
]

CONTENT_TYPES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("text/html", ("html",)),
    ("text/css", ("css",)),
    ("text/javascript", ("js",)),
    ("text/plain", ("txt",)),
    ("text/csv", ("csv",)),
    ("text/calendar", ("ics",)),
    ("text/vcard", ("vcf",)),
    ("text/vtt", ("vtt",)),
    ("application/xml", ("xml",)),
    ("application/json", ("json",)),
    ("application/geo+json", ("geojson",)),
    ("application/pdf", ("pdf",)),
    ("application/vnd.oasis.opendocument.text", ("odt",)),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",)),
    # Pagefind unpacks its files by itself: they must reach it as they are.
    ("application/octet-stream", ("pagefind", "pf_fragment", "pf_index", "pf_meta")),
    ("image/svg+xml", ("svg",)),
    ("image/avif", ("avif",)),
    ("image/webp", ("webp",)),
    ("image/jpeg", ("jpg", "jpeg")),
    ("image/png", ("png",)),
    ("video/mp4", ("mp4",)),
    ("video/webm", ("webm",)),
)
"""The types that files of the site can have, by the endings of their names."""

FEED_TYPE = "application/atom+xml"
"""Of files called feed.xml (RFC 4287)."""

COMPRESSIBLE = frozenset(
    ("html", "css", "js", "txt", "csv", "ics", "vcf", "vtt", "xml", "json", "geojson", "svg")
)
"""Endings of files that compression makes much smaller; all others are compressed already."""

TEXT_TYPES = "text/css text/javascript text/plain text/csv text/calendar text/vcard text/vtt application/xml"
MORE_TEXT_TYPES = "application/atom+xml image/svg+xml"
"""The types of these beside text/html, the first of them with a character set of their own."""
JSON_TYPES = "application/json application/geo+json"

IMMUTABLE = r"(?:assets/|bilder/(?!vorschau/)|(?:[a-z]+/)?suche/index/)"
"""Paths, as a regular expression, whose names change with their content."""
KEEP = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"
"""A browser may keep it, and asks before it shows it whether it is still right."""


class Serving(Struct, frozen=True):
    """What a server's configuration depends on. `base_path` begins and ends with a slash."""

    base_path: str
    https: bool
    hsts: bool
    policies: tuple[str, ...]
    """The content security policies of its pages."""
    popups: bool
    """Whether a page speaks to a window that it opened, as the form does to sign in."""
    compressed: bool
    """Whether each text file stands there as .br and .gz as well."""
    moves: Moves

    @property
    def has_gone_page(self) -> bool:
        """Tell whether there is a page for addresses that are gone for good."""
        return bool(self.moves.gone)


def as_pattern(path: str) -> str:
    """Write a path in the regular expressions of servers."""
    return re.sub(r"([.+()])", r"\\\1", path)


def spellings(old: str) -> tuple[str, ...]:
    """Return the ways in which an old address may be asked for: with and without its last slash."""
    return (old, old.removesuffix("/")) if old.endswith("/") else (old,)


def target_of(serving: Serving, redirect: Redirect) -> str:
    """Return where an old address leads, as an address on this server."""
    return serving.base_path + quote(redirect.new, safe="/#")


def headers(serving: Serving) -> tuple[tuple[str, str], ...]:
    """Return the headers of every answer."""
    found = [
        ("Content-Security-Policy", header_policy(serving.policies)),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        (
            "Permissions-Policy",
            "camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), usb=()",
        ),
        ("Cross-Origin-Opener-Policy", "same-origin-allow-popups" if serving.popups else "same-origin"),
    ]
    if serving.https and serving.hsts:
        # Without subdomains: those are not ours to decide about.
        found.append(("Strict-Transport-Security", "max-age=31536000"))
    return tuple(found)
