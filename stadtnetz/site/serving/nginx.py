"""For nginx 1.18 and newer: a piece of configuration to be included in a `server` block."""

from __future__ import annotations

from collections.abc import Iterator

from stadtnetz.site.serving.rules import (
    CONTENT_TYPES,
    FEED_TYPE,
    IMMUTABLE,
    JSON_TYPES,
    KEEP,
    MORE_TEXT_TYPES,
    REVALIDATE,
    TEXT_TYPES,
    Serving,
    as_pattern,
    headers,
    spellings,
    target_of,
)

__all__ = ["snippet"]


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
    yield f"charset_types {TEXT_TYPES} {MORE_TEXT_TYPES};"
    yield ""
    # A location with a header of its own would lose all others, so what differs is a variable.
    yield f'set $stadtnetz_caching "{REVALIDATE}";'
    yield f'if ($uri ~ "^{as_pattern(base)}{IMMUTABLE}") {{ set $stadtnetz_caching "{KEEP}"; }}'
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
        yield f"gzip_types {TEXT_TYPES} {MORE_TEXT_TYPES} {JSON_TYPES};"
    yield ""
    # What is for the server is nobody else's business; a file that begins with a dot is no page.
    yield "location ~ /\\.(?!well-known/) { return 404; }"
    yield f"location ~ ^{as_pattern(base)}(?:.*/)?feed\\.xml$ {{ types {{ }} default_type {FEED_TYPE}; }}"
    for redirect in serving.moves.moved:
        for old in spellings(redirect.old):
            target = target_of(serving, redirect)
            yield f'location = "{base}{old}" {{ return 301 "{target}"; }}'
    for gone in serving.moves.gone:
        for old in spellings(gone):
            yield f'location = "{base}{old}" {{ return 410; }}'
