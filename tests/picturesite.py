"""A mini site with pictures of every sort, made here: no photograph, but as many details, and a place in its metadata.

    site = MiniSite(tmp_path, picture_files())

Everything in it is invented.
"""

from __future__ import annotations

from functools import cache
from hashlib import shake_128
from io import BytesIO

from PIL import Image, ImageDraw

from tests.minisite import BEISPIELHAUSEN, CITIES, WITH_PREVIEWS

__all__ = ["MARKED", "landscape", "picture_files", "saved"]

MARKED = (b"Musterkamera", b"Exif", b"MUSTERORT")
"""Bytes that stand in what is uploaded, and must not stand in anything that is published."""


def saved(image: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    """Return a picture as a file."""
    file = BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


@cache
def landscape(width: int, height: int, tint: int = 0) -> Image.Image:
    """Draw hills under a sky, with two people who stand for all."""
    image = Image.linear_gradient("L").resize((width, height))
    sky = Image.merge(
        "RGB",
        (
            image.point(lambda v: 120 + v // 3),
            image.point(lambda v: 170 + v // 4),
            image.point(lambda _: 235 - tint),
        ),
    )
    pen = ImageDraw.Draw(sky)
    for number in range(4):
        top = height * (5 + number) // 10
        pen.ellipse(
            (width * (number * 3 - 4) // 10, top, width * (number * 3 + 6) // 10, top + height),
            fill=(40 + 25 * number, 110 + 15 * number - tint // 2, 60 + tint),
        )
    for number in range(2):
        left, size = width * (5 + number) // 12, height // 5
        pen.ellipse((left, height // 2, left + size // 2, height // 2 + size // 2), fill=(235, 190, 150))
        pen.rectangle(
            (left - size // 6, height // 2 + size // 2, left + size * 2 // 3, height),
            fill=(160, 40 + 90 * number, 70),
        )
    grain = Image.frombytes("L", (width, height), shake_128(b"grain").digest(width * height)).convert("RGB")
    return Image.blend(sky, grain, 0.12)


def photograph(width: int, height: int, tint: int = 0, orientation: int = 1) -> bytes:
    """Return a JPEG as a camera writes it, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "Musterkamera"
    exif[0x0112] = orientation
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (53.0, 14.0, 55.5)
    return saved(landscape(width, height, tint), quality=88, exif=exif, comment=b"MUSTERORT")


def _sign() -> bytes:
    """Draw a round sign on nothing."""
    image = Image.new("RGBA", (900, 900), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((50, 50, 850, 850), fill=(13, 92, 102, 255))
    return saved(image, "PNG")


_NEWS = """
    ---
    type: press-release
    title: {title}
    lead: Beim Treffen in Musterstadt ging es um das, was alle angeht; ein erfundener Vorspann von üblicher Länge.
    published: {day}
    cities: [musterstadt]
    {more}
    sources:
      - {{url: "https://musterstadt.de/presse", seen: 2022-01}}
    ---
    {body}
    """


def _news(title: str, day: str, more: str = "", body: str = "") -> str:
    text = body or "Ein erfundener Text, der erzählt, wer kam und was besprochen wurde. " * 6
    return _NEWS.format(title=title, day=day, more=more.strip().replace("\n", "\n    "), body=text)


_GROUP = """
pictures:
  - file: gruppe.jpg
    alt: Sechs Menschen stehen in zwei Reihen vor einem Hügel
    caption: Nach der Unterzeichnung auf dem Marktplatz.
    credit: Stadt Musterstadt/Erika Beispiel
    licence: press
    people:
      - {name: Kim Vorn, row: front, column: right}
      - {name: Dr. Mia Muster, role: Bürgermeisterin, organisation: Stadt Musterstadt, row: front, column: left}
      - {name: Ali Hinten, organisation: Verein Beispiel, row: back, column: left}
      - {name: Bo Hinten, row: back, column: right}
      - {name: Cem Irgendwo}
"""
_SIGN = """
pictures:
  - {file: zeichen.png, alt: Ein rundes Zeichen, credit: Verein Beispiel, licence: CC-BY-4.0}
"""
_HIDDEN = """pictures:
  - {file: geheim.jpg, alt: Geheim, credit: Foto Muster, licence: press}
"""
_TEXT = """
pictures:
  - {file: hoch.jpg, alt: Zwei Menschen vor Hügeln, credit: Foto Muster}
"""


def picture_files() -> dict[str, str | bytes]:
    """Return the project's files."""
    return {
        **CITIES,
        "site.yaml": WITH_PREVIEWS + "footer: [presse]\n",
        "content/cities/beispielhausen.yaml": BEISPIELHAUSEN
        + "pictures:\n  - {file: ort.jpg, alt: Hügel, credit: Foto Muster, licence: CC0-1.0, caption: Der Ort.}\n",
        "content/cities/ort.jpg": photograph(1000, 600, 40),
        "content/pages/presse.md": "---\ntitle: Presse\nlead: Für Redaktionen.\nlayout: press\n---\nEin Text.\n",
        "content/news/2022/vereinbarung.md": _news(
            "Musterstadt und Beispielhausen unterzeichnen eine Vereinbarung", "2022-07-08", _GROUP
        ),
        "content/news/2022/gruppe.jpg": photograph(2400, 1600),
        "content/news/2022/ohne-bild.md": _news("Ein Aufruf ohne Bild", "2022-07-01"),
        "content/news/2022/zeichen.md": _news("Ein neues Zeichen für das Netz", "2022-06-20", _SIGN),
        "content/news/2022/zeichen.png": _sign(),
        "content/news/2022/im-text.md": _news(
            "Ein Bild steht mitten im Text",
            "2022-06-10",
            _TEXT,
            'Erst der Text.\n\n    ![Zwei Menschen vor Hügeln](hoch.jpg "So sah es aus")\n\n    Dann mehr davon.',
        ),
        "content/news/2022/hoch.jpg": photograph(1800, 1200, 60, orientation=6),
        "content/news/2022/gesperrt.md": _news(
            "Noch gesperrt",
            "2022-07-20",
            "embargo: 2022-09-01 12:00\n" + _HIDDEN,
        ),
        "content/news/2022/geheim.jpg": photograph(1700, 900, 80),
    }
