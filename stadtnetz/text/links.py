"""What a link's destination is: an entry, an address on this site, a place in the text, something outside.

Everything is allowed by name and everything else refused, so that no script, no local file and no link that only
works on the author's own computer gets onto the site.
"""

from __future__ import annotations

import difflib
import posixpath
import re
from urllib.parse import urlsplit

from msgspec import Struct

from stadtnetz.text.slug import slugify

__all__ = ["ENTRY_SCHEMES", "OUTSIDE_SCHEMES", "Destination", "Refusal", "classify"]

ENTRY_SCHEMES = {
    "city": "cities",
    "partner": "partners",
    "tandem": "tandems",
    "news": "news",
    "event": "events",
    "page": "pages",
    "topic": "topics",
    "network": "networks",
}
"""Kinds of entry that have a page of their own, with their folders. A test compares them with the content model,
which is not imported here: a text needs no model to be read."""

OUTSIDE_SCHEMES = ("http", "https", "mailto", "tel")

_OTHER_WORDS = {
    "ort": "city",
    "stadt": "city",
    "staedte": "city",
    "partnerin": "partner",
    "meldung": "news",
    "aktuelles": "news",
    "termin": "event",
    "veranstaltung": "event",
    "seite": "page",
    "thema": "topic",
    "netzwerk": "network",
    "email": "mailto",
    "mail": "mailto",
    "telefon": "tel",
    "phone": "tel",
}
_UNSAFE = ("javascript", "vbscript", "data", "file", "blob", "about", "view-source", "filesystem")
_SCHEME = re.compile(r"([A-Za-zÄÖÜäöüß][\wÄÖÜäöüß+.-]*):")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PLAIN_WEB = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*(?:[/?#][A-Za-z0-9._~/?#=&%+,-]*)?")
"""Most addresses; taking these apart would find nothing wrong with them."""
_FRAGMENT = re.compile(r"[^\s\"'<>#]+")
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060\ufeff]")


class Destination(Struct, frozen=True):
    """An allowed destination. `kind` is a kind of entry, "path", "fragment" or "outside"."""

    kind: str
    id: str = ""
    fragment: str = ""


class Refusal(Struct, frozen=True):
    """A destination that is not allowed: the code, what it looked like, and what was probably meant."""

    code: str
    name: str
    suggestion: str = ""


def classify(address: str) -> Destination | Refusal:
    """Say what a destination is, as it stands in the source."""
    address = address.strip()
    if not address:
        return Refusal("link-empty", "")
    if _PLAIN_WEB.fullmatch(address):
        return Destination("outside")
    if _INVISIBLE.search(address):
        # Browsers drop tabs and line breaks inside an address: java<TAB>script: would run.
        bare = _INVISIBLE.sub("", address)
        hidden = classify(bare)
        refused = isinstance(hidden, Refusal) and hidden.code == "unsafe-link"
        return (
            Refusal("unsafe-link", _scheme(bare))
            if refused
            else Refusal("link-space", address, _INVISIBLE.sub("%20", address))
        )
    if address.startswith("#"):
        fragment = address[1:]
        return Destination("fragment", fragment=fragment) if fragment else Refusal("link-empty", "")
    if match := _SCHEME.match(address):
        return _with_scheme(match[1].lower(), match[1], address[match.end() :])
    return _without_scheme(address)


def _scheme(address: str) -> str:
    return address.partition(":")[0].lower()


def _with_scheme(scheme: str, written: str, rest: str) -> Destination | Refusal:
    if scheme in _UNSAFE:
        return Refusal("unsafe-link", scheme)
    if scheme in ENTRY_SCHEMES:
        if written != scheme:
            return Refusal("unknown-scheme", written, f"{scheme}:{rest}")
        return _entry(scheme, rest)
    if scheme in ("http", "https"):
        return (
            Destination("outside") if _is_web(f"{scheme}:{rest}") else Refusal("url-form", f"{scheme}:{rest}")
        )
    if scheme == "mailto":
        ok = re.fullmatch(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]{2,}", rest)
        return Destination("outside") if ok else Refusal("email-form", rest)
    if scheme == "tel":
        ok = re.fullmatch(r"\+?[0-9][0-9()./-]{2,}", rest)
        return Destination("outside") if ok else Refusal("phone-form", rest)
    known = [*ENTRY_SCHEMES, *OUTSIDE_SCHEMES]
    meant = _OTHER_WORDS.get(slugify(scheme)) or next(
        iter(difflib.get_close_matches(scheme, known, 1, 0.6)), ""
    )
    return Refusal("unknown-scheme", written, f"{meant}:{rest}" if meant else "")


def _entry(kind: str, rest: str) -> Destination | Refusal:
    id_, hash_, fragment = rest.partition("#")
    if not _ID.fullmatch(id_) or (hash_ and not _FRAGMENT.fullmatch(fragment)):
        slug = slugify(posixpath.splitext(posixpath.basename(id_))[0])
        return Refusal("link-id", f"{kind}:{rest}", f"{kind}:{slug}" if slug else "")
    return Destination(kind, id_, fragment)


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return False
    return bool(parts.hostname) and not re.search(r"[\\\"<>{}|^`]", address)


def _without_scheme(address: str) -> Destination | Refusal:
    if "\\" in address or address.startswith("//"):
        # Browsers read both as the beginning of another host's address.
        return Refusal("relative-link", address, f"https:{address}" if address.startswith("//") else "")
    if address.startswith("/"):
        path, _, fragment = address.partition("#")
        if any(part in (".", "..") for part in path.split("/")):
            return Refusal("relative-link", address)
        return Destination("path", path, fragment)
    if re.fullmatch(r"[^\s@/]+@[^\s@/]+\.[a-z]{2,}", address):
        return Refusal("relative-link", address, f"mailto:{address}")
    if re.match(r"(?:www\.|[a-z0-9-]+\.(?:de|org|com|eu|net|info)(?:/|$))", address, re.IGNORECASE):
        return Refusal("relative-link", address, f"https://{address}")
    return Refusal("relative-link", address, _entry_of_file(address))


def _entry_of_file(address: str) -> str:
    """Return the entry that a link to a source file means: `../cities/stendal.yaml` is `city:stendal`."""
    path, hash_, fragment = address.partition("#")
    stem, ending = posixpath.splitext(posixpath.basename(path))
    stem = stem.partition(".")[0]
    if ending not in (".md", ".yaml", ".html", "") or not _ID.fullmatch(stem):
        return ""
    folders = path.split("/")[:-1]
    kind = next((kind for kind, folder in ENTRY_SCHEMES.items() if folder in folders), "page")
    return f"{kind}:{stem}{hash_}{fragment}"
