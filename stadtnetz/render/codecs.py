"""Which Pillow, and which codecs in it, draw and encode: a part of the key of whatever they make.

To ask a codec for its version it has to be loaded, which takes longer than most builds. A wheel brings its codecs with
it and lists the digest of every file in RECORD, so that this list says the same; only where Pillow was built against
the system's libraries are these asked.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib import resources
from pathlib import Path

from stadtnetz.fingerprint import of_bytes

__all__ = ["PICTURE_MODULES", "PREVIEW_MODULES", "of_codecs", "of_modules"]

PICTURE_MODULES = ("images.py", "decoding.py")
"""The files beside this one that what becomes of a picture depends on."""
PREVIEW_MODULES = ("previews.py", "lettering.py", "fonts/NotoSans-Bold.ttf", "fonts/NotoSans-Regular.ttf")
"""And those that a drawing depends on."""

_BUNDLED = ("pillow.libs/", ".dylibs/")
"""Where wheels keep the libraries they bring, on Linux and macOS."""
_CODECS = ("libjpeg_turbo", "jpg", "zlib_ng", "zlib", "webp", "avif", "littlecms2", "freetype2")


@cache
def of_codecs() -> str:
    """Return the fingerprint of Pillow and its codecs, the same as long as they would make the same bytes."""
    record = _record()
    if any(mark in record for mark in _BUNDLED):
        return of_bytes(record.encode())
    from PIL import features  # loads every codec: see above

    versions = [f"{name} {features.version(name)}" for name in ("pil", *_CODECS)]
    return of_bytes("\n".join(versions).encode())


def _record() -> str:
    """Return the lines of Pillow's list of files that stand for its own, not for what an installer adds."""
    for folder in map(Path, sys.path):
        for path in sorted(folder.glob("pillow-*.dist-info/RECORD")):
            lines = path.read_text("utf-8").splitlines()
            own = (line for line in lines if line.startswith(("PIL/", "pillow.libs/")))
            return "\n".join(sorted(line for line in own if "__pycache__" not in line))
    return ""


@cache
def of_modules(*names: str) -> str:
    """Return the fingerprint of some files beside this module: of what makes a thing, not of the whole program."""
    folder = resources.files("stadtnetz.render")
    return of_bytes(b"\0".join(folder.joinpath(*name.split("/")).read_bytes() for name in names))
