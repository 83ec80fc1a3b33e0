"""Files that are made to cost more than they weigh, by name: what to read them as, and what must be said of them."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from PIL import Image

__all__ = ["MARKDOWN", "PICTURES", "YAML"]


def _filled(piece: str, length: int = 390_000) -> str:
    return (piece * (length // len(piece) + 1))[:length]


def _paragraphs(piece: str) -> str:
    """Fill a text with the longest paragraphs that there may be."""
    return "\n\n".join([_filled(piece, 19_000)] * 20)


MARKDOWN: dict[str, tuple[str, str]] = {
    # refused at once
    "a table that is wide and long": (
        "|" + "a|" * 2_000 + "\n|" + "-|" * 2_000 + "\n" + "x|\n" * 450,
        "table-too-large",
    ),
    "many tables": ("\n\n".join(["|a|b|\n|-|-|\n" + "|x\n" * 400] * 60), "table-too-large"),
    "blanks where a reference may have some": ("[a]:" + " " * 19_000, "gap-too-wide"),
    "many such blanks": (_paragraphs("[a]:" + " " * 18_000), "gap-too-wide"),
    "tabs": ("a" + "\t" * 19_000, "gap-too-wide"),
    "underlined lines": (_paragraphs("a\n=\n"), "too-many-lines"),
    "fences": (_filled("~~~ a\n\n"), "too-many-signs"),
    "brackets": ("[" * 30_000, "too-many-signs"),
    "quotations in quotations": (_filled("> ", 19_000), ""),
    "lists in lists": ("\n".join("    " * depth + "- a" for depth in range(95)), ""),
    # read, in bounded time
    "fences with marked lines": ('~~~ hl_lines="\n\n' * 600 + _filled("a b\n\n", 20_000), ""),
    "fences of every length": (
        "".join("~" * (3 + n % 20) + " a\n\n" for n in range(170)) + _filled("a b\n\n", 40_000),
        "",
    ),
    "single quotation marks": (_paragraphs(" 'a")[:100_000], ""),
    "emphasis in emphasis": (_paragraphs("_*_*")[:40_000], ""),
    "references to one footnote": ("[^1] " * 398 + "\n\n[^1]: a\n", ""),
    "brackets after closing tags": ("</b>    [" * 399 + "``Koord*in", ""),
    "as many of them as would be links": ("</b>    [" * 1_990, "too-many-signs"),
    "links that never end": ("[a](" * 399, ""),
}
"""Texts, and the code of the problem that must be told; "" where the text is only odd."""


def _laughs() -> str:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]" for n in range(9)]
    return "\n".join(lines)


YAML: dict[str, tuple[str, str]] = {
    "a billion laughs": (_laughs(), "yaml-alias"),
    "merged keys": ("a: &a {x: 1}\n" + "b:\n  <<: *a\n" * 3, "yaml-alias"),
    "nested lists": ("name: " + "[" * 100_000, "yaml-nesting"),
    "nested mappings": ("a: " + "{a: " * 100_000, "yaml-nesting"),
    "indented mappings": ("\n".join(" " * depth + "a:" for depth in range(1_500)), "yaml-nesting"),
    "a long text in quotes": ('name: "' + "a" * 1_900_000 + '"', "field-missing"),
    "a number of a million digits": (
        "coordinates: {lat: " + "9" * 1_000_000 + ", lon: 9}",
        "number-expected",
    ),
    "a date of a million digits": ("updated: " + "2" * 1_000_000, "date-form"),
    "half a million keys": ("\n".join(f"k{n}: v" for n in range(150_000)), "yaml-too-large"),
    "thousands of misspelt keys": ("\n".join(f"summari{n}: v" for n in range(2_500)), "unknown-field"),
    "a list of half a million": ("topics: [" + "a," * 500_000 + "]", "yaml-too-large"),
    "a quotation mark that is never closed": ('name: "' + "a\n" * 500_000, "yaml-quote"),
    "one key again and again": ("a: b\n" * 200_000, "yaml-too-large"),
    "tabs at every line": ("\n".join("\ta: b" for _ in range(100_000)), "yaml-tab"),
    "questions": ("? " * 100_000, "yaml-nesting"),
    "an escape for every character": ('name: "' + "\\x41" * 400_000 + '"', "field-missing"),
}
"""Places (content/cities/*.yaml), and the code that must be among the problems."""


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _png(width: int, height: int, *more: bytes, rows: int = 0) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compressobj(9)
    body = b"".join(pixels.compress(bytes(1 + width * 3)) for _ in range(rows)) + pixels.flush()
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + b"".join(more)
        + _chunk(b"IDAT", body)
        + _chunk(b"IEND", b"")
    )


def _saved(image: Image.Image, form: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def _jpeg(width: int, height: int) -> bytes:
    """Return a small JPEG whose head claims another size."""
    data = bytearray(_saved(Image.new("RGB", (16, 16)), "JPEG"))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def _webp(width: int, height: int) -> bytes:
    chunk = (
        b"VP8X"
        + struct.pack("<I", 10)
        + bytes(4)
        + (width - 1).to_bytes(3, "little")
        + (height - 1).to_bytes(3, "little")
    )
    return b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk


def _text_chunk(size: int) -> bytes:
    return _chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(size), 9))


_SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><image href="https://musterdienst.de/x"/></svg>'
_FRAMES = [Image.new("RGB", (64, 64), (n, 0, 0)) for n in range(200)]

PICTURES: dict[str, tuple[str, bytes, str]] = {
    "a PNG of ten billion pixels": ("a.png", _png(100_000, 100_000), "picture-too-large"),
    "a PNG of the largest size there is": ("b.png", _png(2**31 - 1, 2**31 - 1), "picture-too-large"),
    "a PNG that is all there": ("c.png", _png(20_000, 20_000, rows=20), "picture-too-large"),
    "a PNG of no size": ("d.png", _png(0, 5), "picture-broken"),
    "a PNG with a gigabyte of text": (
        "e.png",
        _png(8, 8, *[_text_chunk(60_000_000)] * 16, rows=8),
        "picture-broken",
    ),
    "a PNG that ends": ("f.png", _png(4_000, 4_000, rows=4_000)[:2_000], "picture-broken"),
    "a PNG that moves": (
        "g.png",
        _saved(_FRAMES[0], "PNG", save_all=True, append_images=_FRAMES[1:]),
        "picture-moves",
    ),
    "a JPEG of four billion pixels": ("h.jpg", _jpeg(65_535, 65_535), "picture-too-large"),
    "a JPEG that claims fifty million": ("i.jpg", _jpeg(7_000, 7_000), ""),
    "a WebP of the largest size there is": ("j.webp", _webp(2**24, 2**24), "picture-too-large"),
    "a WebP that moves": (
        "k.webp",
        _saved(_FRAMES[0], "WEBP", save_all=True, append_images=_FRAMES[1:]),
        "picture-moves",
    ),
    "a GIF": (
        "l.png",
        _saved(_FRAMES[0], "GIF", save_all=True, append_images=_FRAMES[1:]),
        "picture-other-form",
    ),
    "an AVIF": ("m.jpg", _saved(_FRAMES[0], "AVIF"), "picture-other-form"),
    "a TIFF": (
        "n.jpg",
        _saved(Image.new("1", (20_000, 20_000)), "TIFF", compression="group4"),
        "picture-other-form",
    ),
    "a Photoshop file": (
        "o.png",
        b"8BPS\0\1" + bytes(6) + b"\0\3" + struct.pack(">II", 300_000, 300_000) + b"\0\x08\0\3" + bytes(64),
        "picture-other-form",
    ),
    "an SVG": ("p.png", _SVG, "picture-other-form"),
    "a page": ("q.jpg", b"<!DOCTYPE html><script>alert(1)</script>", "picture-broken"),
    "nothing": ("r.jpg", b"", "picture-broken"),
}
"""File names, bytes, and the code of the problem that must be told; "" where it depends on the decoder."""
