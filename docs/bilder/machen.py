"""Make the picture of the site that the README shows: `make pictures`.

Builds the site for a fixed day, opens it in the Chromium that the tests use, and writes startseite.png beside this
file. A palette of 128 colours keeps the picture small; nobody sees the difference in an interface.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from PIL import Image

from tests.browser.chromium import chromium
from tests.browser.host import hosted

TARGET = Path(__file__).with_name("startseite.png")
WINDOW = {"width": 1280, "height": 1000}
COLOURS = 128
LIMIT = 150_000
"""Bytes. Every clone of the repository carries the picture."""


def main() -> None:
    """Take the picture, make it small, and refuse one that is too large."""
    with tempfile.TemporaryDirectory() as folder, hosted(Path(folder)) as site, chromium() as browser:
        page = browser.new_page(
            viewport=WINDOW, locale="de-DE", color_scheme="light", java_script_enabled=False
        )
        page.goto(site.url)
        taken = page.screenshot()
    with Image.open(io.BytesIO(taken)) as picture:
        small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    file = io.BytesIO()
    small.save(file, "PNG", optimize=True)
    if file.tell() > LIMIT:
        raise SystemExit(f"{TARGET.name} would have {file.tell()} bytes, more than {LIMIT}.")
    TARGET.write_bytes(file.getvalue())


if __name__ == "__main__":
    main()
