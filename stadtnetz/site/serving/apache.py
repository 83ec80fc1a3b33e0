"""For Apache 2.4: an .htaccess that needs no more than `AllowOverride FileInfo Indexes`."""

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
    target_of,
)

__all__ = ["htaccess"]

_UTF8 = "html css js txt csv ics vcf vtt xml svg"
"""Endings of texts whose types may name a character set."""


def htaccess(serving: Serving) -> str:
    """Return the whole file."""
    return "\n".join(_lines(serving)) + "\n"


def _lines(serving: Serving) -> Iterator[str]:
    base = serving.base_path
    yield "# Made by stadtnetz with every build; what is changed here is lost. See docs/webserver.md."
    yield "DirectoryIndex index.html"
    yield f"ErrorDocument 404 {base}404.html"
    if serving.has_gone_page:
        yield f"ErrorDocument 410 {base}410.html"
    yield ""
    yield "AddDefaultCharset utf-8"
    yield "<IfModule mod_mime.c>"
    yield f"  AddCharset utf-8 {' '.join(f'.{ending}' for ending in _UTF8.split())}"
    for media_type, endings in CONTENT_TYPES:
        yield f"  AddType {media_type} {' '.join(f'.{ending}' for ending in endings)}"
    yield "</IfModule>"
    yield f'<FilesMatch "^feed\\.xml(?:\\.(?:br|gz))?$">\n  ForceType {FEED_TYPE}\n</FilesMatch>'
    yield ""
    yield "<IfModule mod_headers.c>"
    for name, value in headers(serving):
        yield f'  Header always set {name} "{value}"'
    yield f'  Header set Cache-Control "{REVALIDATE}"'
    yield f'  Header set Cache-Control "{KEEP}" "expr=%{{REQUEST_URI}} =~ m#^{as_pattern(base)}{IMMUTABLE}#"'
    yield "</IfModule>"
    yield ""
    yield "<IfModule mod_alias.c>"
    # What is for the server is nobody else's business; a file that begins with a dot is no page.
    yield '  RedirectMatch 404 "/\\.(?!well-known/)"'
    for redirect in serving.moves.moved:
        target = target_of(serving, redirect)
        yield f'  RedirectMatch 301 "{_exactly(base + redirect.old)}" "{target}"'
    for old in serving.moves.gone:
        yield f'  RedirectMatch 410 "{_exactly(base + old)}"'
    yield "</IfModule>"
    yield ""
    yield from _compression(serving)


def _exactly(path: str) -> str:
    """Write a path as a regular expression; an old address may be asked for with and without its last slash."""
    return f"^{as_pattern(path)}{'?' if path.endswith('/') else ''}$"


def _compression(serving: Serving) -> Iterator[str]:
    if not serving.compressed:
        yield "<IfModule mod_deflate.c>"
        yield "<IfModule mod_filter.c>"
        yield f"  AddOutputFilterByType DEFLATE text/html {TEXT_TYPES} {MORE_TEXT_TYPES} {JSON_TYPES}"
        yield "</IfModule>"
        yield "</IfModule>"
        return
    yield "<IfModule mod_rewrite.c>"
    yield "  RewriteEngine On"
    for ending, coding in (("br", "br"), ("gz", "gzip")):
        yield f"  RewriteCond %{{HTTP:Accept-Encoding}} \\b{coding}\\b"
        yield f"  RewriteCond %{{REQUEST_FILENAME}}.{ending} -f"
        yield f"  RewriteRule ^(.+)$ {serving.base_path}$1.{ending} [L,E=no-gzip:1,E=no-brotli:1]"
    yield "</IfModule>"
    yield "<IfModule mod_mime.c>"
    yield "  RemoveType .gz .br"
    yield "  AddEncoding br .br"
    yield "  AddEncoding gzip .gz"
    yield "</IfModule>"
    yield "<IfModule mod_headers.c>"
    yield "  Header merge Vary Accept-Encoding"
    yield "</IfModule>"
