"""Which files of a site would make a reader's browser ask somebody else for something.

A link is no request: nothing happens until somebody follows it. What is loaded, opened in advance, embedded or sent
without being asked for is one, since it tells others who reads which page. Our pages forbid that to the browser
(`templates/base.html`); this looks for what would be forbidden, so that it is mended before it goes live.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from msgspec import Struct

__all__ = ["LOOKED_AT", "Request", "requests_of"]

_TAG = re.compile(
    rb"""<(?!/|!|a[\s>])(?P<name>[a-z][a-z0-9:-]*+)(?P<rest>(?:[^"'<>]++|"[^"]*+"|'[^']*+')*+)>""",
    re.IGNORECASE,
)
"""An opening tag that is no link; quotation marks may hold anything."""
_ATTRIBUTE = re.compile(
    rb"""(?<![^\s"'/])(?P<name>[a-z][a-z0-9:-]*)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))""",
    re.IGNORECASE,
)
_LOADING = frozenset(
    {
        b"src",
        b"srcset",
        b"imagesrcset",
        b"poster",
        b"data",
        b"action",
        b"formaction",
        b"background",
        b"manifest",
    }
    | {b"href", b"xlink:href", b"ping", b"content", b"style", b"codebase", b"archive"}
)
_WORDS = frozenset({b"alt", b"title", b"aria-label", b"placeholder", b"value", b"content"})
"""Attributes that hold what people read."""
_LINKS_ONLY = frozenset(
    {
        b"alternate",
        b"author",
        b"canonical",
        b"help",
        b"license",
        b"me",
        b"next",
        b"prev",
        b"privacy-policy",
        b"search",
    }
    | {
        b"self",
        b"terms-of-service",
        b"bookmark",
        b"tag",
        b"nofollow",
        b"noopener",
        b"noreferrer",
        b"external",
    }
)
"""What a <link> may be without anything being loaded: https://html.spec.whatwg.org/multipage/links.html#linkTypes."""
_ELSEWHERE = re.compile(rb"(?:https?:|wss?:|ftp:)?[/\\]{2}[^\s\"'()<>,;]+", re.IGNORECASE)
_SHEET = re.compile(
    rb"""(?:url\(|@import)\s*["']?\s*(?P<url>(?:https?:|wss?:)?//[^\s"'()]+)""", re.IGNORECASE
)
_IMAGE_SET = re.compile(rb"image-set\((?P<inner>(?:[^()]|\([^()]*\))*)\)", re.IGNORECASE)
_PING = re.compile(rb"""<a\s[^>]*?\sping\s*=\s*["']?\s*(?P<url>(?:https?:)?//[^\s"'>]+)""", re.IGNORECASE)
"""The one thing that a link asks for beside the page it leads to."""
_COMMENTS = re.compile(rb"/\*.*?\*/", re.DOTALL)
_LITERAL = re.compile(rb"""["'`](?P<url>(?:(?:https?|wss?):)?//[a-z0-9\[][^\s"'`]*)""", re.IGNORECASE)
_SCRIPT_COMMENTS = re.compile(rb"(?:^|(?<=[\s;{}(),]))(?://[^\n]*|/\*.*?\*/)", re.DOTALL)
_NAMESPACE = re.compile(rb"https?://(?:www\.w3\.org|schema\.org|purl\.org)/", re.IGNORECASE)
"""Addresses that are names and are never asked for anything."""
_NOBODY = b"https://example.com$"
"""Pagefind takes addresses apart with `new URL(`https://example.com${address}`)`, and asks that host nothing."""
_XML = re.compile(
    rb"""<\?xml-stylesheet[^>]*?href\s*=\s*["'](?P<sheet>[^"']+)|<(?:icon|logo|url)>\s*(?P<picture>[^<\s]+)""",
    re.IGNORECASE,
)


class Request(Struct, frozen=True):
    """An address that is asked for, and where in the file it stands as an offset in bytes."""

    url: str
    offset: int


def _markup(data: bytes) -> Iterator[tuple[int, bytes]]:
    for tag in _TAG.finditer(data):
        rest = tag["rest"]
        if b"//" not in rest and b"\\" not in rest and b"&" not in rest:
            continue
        yield from _tag(tag["name"].lower(), rest, tag.start("rest"))
    for match in _PING.finditer(data):
        yield match.start("url"), match["url"]
    for start, inner in _inside(data, b"style"):
        yield from ((start + at, url) for at, url in _sheet(inner))
    for start, inner in _inside(data, b"script"):
        yield from ((start + at, url) for at, url in _script(inner))


def _tag(name: bytes, rest: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    attributes = {
        match["name"].lower(): (match.start(), match["double"] or match["single"] or match["bare"] or b"")
        for match in _ATTRIBUTE.finditer(rest)
    }
    if name == b"link":
        kinds = set(attributes.get(b"rel", (0, b""))[1].lower().split())
        if kinds and kinds <= _LINKS_ONLY:
            return
    if name == b"meta" and attributes.get(b"http-equiv", (0, b""))[1].lower() != b"refresh":
        return
    for attribute, (at, written) in attributes.items():
        value = html.unescape(written.decode("utf-8", "replace")).encode() if b"&" in written else written
        if attribute == b"srcdoc":
            yield from ((start + at, url) for _, url in _markup(value))
        elif (b"url(" in value or b"image-set(" in value) and attribute not in _WORDS:
            # Not in `style` alone: drawings have it in `fill`, `filter`, `mask` and more.
            yield from ((start + at, url) for _, url in _sheet(value))
        elif attribute in _LOADING and not (name == b"area" and attribute == b"href"):
            yield from (
                (start + at, match[0]) for match in _ELSEWHERE.finditer(value) if _begins(value, match)
            )


def _begins(value: bytes, match: re.Match[bytes]) -> bool:
    """Tell whether an address begins here: not behind a path, as in `/a//b`, nor in the middle of another."""
    before = value[: match.start()].rstrip()
    return not before or before[-1:] in b",;=" or value[match.start() - 1 : match.start()].isspace()


def _inside(data: bytes, name: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield what stands in the page between two tags, unless it is data for other programs."""
    pattern = rb"<" + name + rb"(?P<attributes>(?:\s[^>]*)?)>(?P<inner>.+?)</" + name
    for match in re.finditer(pattern, data, re.IGNORECASE | re.DOTALL):
        if b"json" not in match["attributes"].lower():
            yield match.start("inner"), match["inner"]


def _sheet(data: bytes) -> Iterator[tuple[int, bytes]]:
    told = _blanked(_COMMENTS, data)
    for match in _SHEET.finditer(told):
        yield match.start("url"), match["url"]
    for choice in _IMAGE_SET.finditer(told):
        for match in _LITERAL.finditer(choice["inner"]):
            yield choice.start("inner") + match.start("url"), match["url"]


def _script(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield every address that a script holds: ours have no need of any, so what for does not matter."""
    for match in _LITERAL.finditer(_blanked(_SCRIPT_COMMENTS, data)):
        taken_apart = data.startswith(b"new URL(", max(0, match.start() - 8))
        if not (taken_apart and match["url"].startswith(_NOBODY)):
            yield match.start("url"), match["url"]


def _blanked(pattern: re.Pattern[bytes], data: bytes) -> bytes:
    return pattern.sub(lambda match: b" " * len(match[0]), data)


def _data(data: bytes) -> Iterator[tuple[int, bytes]]:
    for match in _XML.finditer(data):
        name = "sheet" if match["sheet"] else "picture"
        yield match.start(name), match[name]


_BY_ENDING = {
    ".html": _markup,
    ".svg": _markup,
    ".css": _sheet,
    ".js": _script,
    ".mjs": _script,
    ".webmanifest": _script,
    ".xml": _data,
    ".xsl": _markup,
}
LOOKED_AT = tuple(_BY_ENDING)
"""Endings of the files in which browsers look for what else to load."""


def requests_of(file: str, data: bytes, own: str) -> Iterator[Request]:
    """Yield what a file makes a browser ask of other hosts than that of `own`, the site's address."""
    ours = urlsplit(own).netloc.lower()
    for offset, url in _BY_ENDING[posixpath.splitext(file)[1].lower()](data):
        if _NAMESPACE.match(url) and not file.endswith((".html", ".css")):
            continue
        text = url.decode("utf-8", "replace").replace("\\", "/")
        host = text.partition("//")[2].partition("/")[0].partition("?")[0].partition("#")[0].lower()
        if "//" in text and host != ours:
            yield Request(text, offset)
