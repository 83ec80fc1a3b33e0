"""For nginx 1.18 and newer: a piece of configuration to be included in a `server` block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from stadtnetz.site.serving.rules import (
    CONTENT_TYPES,
    FEED_TYPE,
    IMMUTABLE,
    KEEP,
    REVALIDATE,
    Serving,
    headers,
)

__all__ = ["snippet"]

_UTF8 = "text/css text/javascript text/plain text/csv text/calendar text/vcard text/vtt application/xml"
_MORE = "application/atom+xml image/svg+xml"


def snippet(serving: Serving) -> str:
    """Return the whole file."""
    return "\n".join(_lines(serving)) + "\n"


def _lines(serving: Serving) -> Iterator[str]:
    base = serving.base_path
    yield "# Made by stadtnetz with every build; what is changed here is lost. See docs/webserver.md."
    yield "# To be included in a server block whose root is the folder that the site's address begins in."
    yield "index index.html;"
    yield "absolute_redirect off;  # behind a proxy, nginx does not know the address that readers see"
    yield f"error_page 404 {base}404.html;"
    if serving.has_gone_page:
        yield f"error_page 410 {base}410.html;"
    yield ""
    yield "types {"
    for media_type, endings in CONTENT_TYPES:
        yield f"  {media_type} {' '.join(endings)};"
    yield "}"
    yield "charset utf-8;"
    yield f"charset_types {_UTF8} {_MORE};"
    yield ""
    # A location with a header of its own would lose all others, so what differs is a variable.
    yield f'set $stadtnetz_caching "{REVALIDATE}";'
    yield f'if ($uri ~ "^{_pattern(base)}{IMMUTABLE}") {{ set $stadtnetz_caching "{KEEP}"; }}'
    yield "add_header Cache-Control $stadtnetz_caching;"
    for name, value in headers(serving):
        yield f'add_header {name} "{value}" always;'
    yield ""
    if serving.compressed:
        yield "gzip_static on;"
        yield "gzip_vary on;"
        yield "# brotli_static on;  # with the module ngx_brotli"
    else:
        yield "gzip on;"
        yield "gzip_vary on;"
        yield f"gzip_types {_UTF8} {_MORE} application/json application/geo+json;"
    yield ""
    # What is for the server is nobody else's business; a file that begins with a dot is no page.
    yield "location ~ /\\.(?!well-known/) { return 404; }"
    yield f"location ~ ^{_pattern(base)}(?:.*/)?feed\\.xml$ {{ types {{ }} default_type {FEED_TYPE}; }}"
    for redirect in serving.moves.moved:
        for old in _written(redirect.old):
            target = f"{base}{quote(redirect.new, safe='/#')}"
            yield f'location = "{base}{old}" {{ return 301 "{target}"; }}'
    for gone in serving.moves.gone:
        for old in _written(gone):
            yield f'location = "{base}{old}" {{ return 410; }}'


def _written(old: str) -> tuple[str, ...]:
    """Return the ways in which an old address may be asked for."""
    return (old, old.removesuffix("/")) if old.endswith("/") else (old,)


def _pattern(path: str) -> str:
    return re.sub(r"([.+()])", r"\\\1", path)
