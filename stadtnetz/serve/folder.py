"""The preview's folder, as a web server may show it: which file an address means, and of what type it is.

An address reaches ordinary files below the folder and nothing else: no other folder by any spelling, no link, nothing
that begins with a dot, no list of a folder's files.
"""

from __future__ import annotations

import mimetypes
import os
import stat
from hashlib import blake2b
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct

__all__ = ["Folder", "Place", "content_type"]

_TYPES = {
    # Not asked from the system: some of them hold that scripts are plain text, or know nothing of fonts.
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".vcf": "text/vcard; charset=utf-8",
    ".json": "application/json",
    ".geojson": "application/geo+json",
    ".jsonld": "application/ld+json",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/xml",
    ".atom": "application/atom+xml",
    ".svg": "image/svg+xml",
    ".avif": "image/avif",
    ".webp": "image/webp",
    ".ico": "image/vnd.microsoft.icon",
    ".woff2": "font/woff2",
    ".woff": "font/woff",
    ".wasm": "application/wasm",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
}
_OTHERS = mimetypes.MimeTypes()
"""What Python itself knows, without the system's lists."""


def content_type(name: str) -> str:
    """Return the media type of a file by its name; the parts of a search index (pf_*) are plain bytes."""
    ending = os.path.splitext(name.lower())[1]  # noqa: PTH122 - a name in an address, no path
    return _TYPES.get(ending) or _OTHERS.guess_type(f"file{ending}")[0] or "application/octet-stream"


class Place(Struct, frozen=True):
    """Where an address leads: to a file, by its path in the folder, or with `moved` to another address."""

    file: str = ""
    moved: str = ""


class Folder:
    """Looks at the disk each time: the folder is exchanged as a whole by every larger build."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def place(self, address: str) -> Place | None:
        """Return where an address leads; it is decoded, without query, and begins with a slash."""
        path = address.removeprefix("/")
        parts = path.split("/")
        if not path.isprintable() or any(mark in path for mark in "\\:"):
            return None
        if any(part.startswith(".") or not part for part in parts[:-1]) or parts[-1].startswith("."):
            return None
        wanted = f"{path}index.html" if not parts[-1] else path
        try:
            found = self._stands(wanted)
        except (OSError, ValueError):
            return None
        if found is None:
            return None
        if stat.S_ISREG(found.st_mode):
            return Place(wanted)
        if stat.S_ISDIR(found.st_mode) and parts[-1]:
            # Written anew from what was understood, so that it can't lead to another host.
            return Place(moved=f"/{quote(path)}/")
        return None

    def read(self, file: str) -> bytes | None:
        """Return a file's bytes; None where it is gone by now."""
        try:
            return (self.root / file).read_bytes()
        except OSError:
            return None

    def digests(self) -> tuple[str, str]:
        """Return what stands for all style sheets, and for the other assets, which pages name by their plain names."""
        styles, rest = blake2b(digest_size=8), blake2b(digest_size=8)
        assets = self.root / "assets"
        for file in sorted(assets.rglob("*")):
            if (data := self.read(file.relative_to(self.root).as_posix())) is not None:
                each = styles if file.suffix == ".css" else rest
                each.update(f"{file.relative_to(assets)}\0".encode("utf-8", "replace"))
                each.update(blake2b(data, digest_size=16).digest())
        return styles.hexdigest(), rest.hexdigest()

    def _stands(self, path: str) -> os.stat_result | None:
        """Return what stands there; None where a link is on the way, as the file or as a folder that holds it."""
        real = os.path.realpath(self.root)
        place = os.path.join(real, *path.split("/"))  # noqa: PTH118 - compared as text
        if os.path.realpath(place) != place:
            return None
        return os.lstat(place)
