"""Make the pictures of the site that README and docs show: `make pictures`.

Builds the site for a fixed day, opens pages in the Chromium that the tests use, and writes the pictures beside this
file. A palette of 128 colours keeps them small; nobody sees the difference in an interface.
"""

from __future__ import annotations

import io
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from tests.browser.chromium import chromium
from tests.browser.host import hosted

FOLDER = Path(__file__).parent
COLOURS = 128
LIMIT = 150_000
"""Bytes a picture. Every clone of the repository carries them."""


@dataclass(frozen=True)
class Shot:
    """A picture to take: its file, the page, the window, light or dark."""

    name: str
    path: str
    width: int
    height: int
    scheme: str = "light"


SHOTS = (
    Shot("startseite", "", 1280, 1000),
    Shot("karte", "karte/", 1280, 1350),
    Shot("meldung", "aktuelles/2022/lueneburg-wird-engagierte-stadt/", 1280, 1000),
    Shot("ort-telefon", "staedte/stendal/", 360, 780),
    Shot("tandem-dunkel", "tandems/marburg-heidelberg/", 1280, 900, "dark"),
)


def main() -> None:
    """Take all pictures."""
    with tempfile.TemporaryDirectory() as folder, hosted(Path(folder)) as site, chromium() as browser:
        for shot in SHOTS:
            (FOLDER / f"{shot.name}.png").write_bytes(
                small(_taken(browser, site.at(shot.path), shot), shot.name)
            )


def _taken(browser: Browser, url: str, shot: Shot) -> bytes:
    page = browser.new_page(
        viewport={"width": shot.width, "height": shot.height},
        locale="de-DE",
        color_scheme="dark" if shot.scheme == "dark" else "light",
    )
    page.goto(url)
    taken = page.screenshot()
    page.close()
    return taken


def small(taken: bytes, name: str) -> bytes:
    """Reduce the colours. Refuses a picture that is too large."""
    with Image.open(io.BytesIO(taken)) as picture:
        small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    file = io.BytesIO()
    small.save(file, "PNG", optimize=True)
    if file.tell() > LIMIT:
        raise SystemExit(f"{name}.png would have {file.tell()} bytes, more than {LIMIT}.")
    return file.getvalue()


if __name__ == "__main__":
    main()
