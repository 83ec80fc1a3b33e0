"""Draw the picture that stands for a page where others link to it: its title, what and when it is, and our mark.

1200 × 630 pixels, which messengers and networks crop least (ogp.me; the size that Open Graph readers document). Few
colours, four bits a pixel: a preview is light, and quickly made, since there is one for each entry.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, PngImagePlugin  # noqa: F401 - saving in PNG needs its plugin

from stadtnetz.render.lettering import FONTS, font, legible, set_title
from stadtnetz.site.previews import HEIGHT, WIDTH, Preview

__all__ = ["draw"]

_MARGIN = 80
_LINE_TOP, _TITLE_TOP, _TITLE_HEIGHT, _NAME_TOP = 64, 126, 330, 516
_LINE_SIZE, _NAME_SIZE = 34, 32
_MARK = 5
"""Pixels for one unit of the mark, which is 48 × 32 of them: templates/parts/inline.html."""
_SMOOTH = 4
"""How much larger shapes are drawn before they are scaled down."""

_GROUND = (13, 74, 82)
_RAMPS = (((255, 255, 255), 7), ((126, 211, 216), 4), ((244, 182, 63), 4))
"""White, and the colours of the two arcs on a dark ground, each with its steps from the ground: 16 colours in all."""
_WHITE, _FIRST, _SECOND = range(3)


def draw(preview: Preview) -> bytes:
    """Return a preview as PNG; the same texts give the same bytes."""
    canvas = _ground().copy()
    width = WIDTH - 2 * _MARGIN
    line = _shortened(legible(preview.line), FONTS[0], _LINE_SIZE, width)
    _write(canvas, [line], FONTS[0], _LINE_SIZE, 0, _LINE_TOP, _SECOND)
    title = legible(preview.title) or legible(preview.site)
    setting = set_title(title, preview.language, width, _TITLE_HEIGHT)
    _write(canvas, setting.lines, FONTS[1], setting.size, setting.leading, _TITLE_TOP, _WHITE)
    beside = width - 48 * _MARK - _MARGIN // 2
    name = _shortened(legible(preview.site), FONTS[1], _NAME_SIZE, beside)
    _write(canvas, [name], FONTS[1], _NAME_SIZE, 0, _NAME_TOP, _WHITE)
    canvas.putpalette(_palette())
    file = BytesIO()
    canvas.save(file, "PNG", bits=4, compress_level=5)
    return file.getvalue()


@cache
def _palette() -> bytes:
    found = [_GROUND]
    for colour, steps in _RAMPS:
        for step in range(1, steps + 1):
            found.append(tuple(a + (b - a) * step // steps for a, b in zip(_GROUND, colour, strict=True)))  # type: ignore[arg-type]
    return bytes(part for colour in found for part in colour)


@cache
def _indices(ramp: int) -> tuple[int, ...]:
    """Return which colour of a ramp stands for each of 256 degrees of covering."""
    before = 1 + sum(steps for _, steps in _RAMPS[:ramp])
    steps = _RAMPS[ramp][1]
    return tuple(before - 1 + step if (step := round(value * steps / 255)) else 0 for value in range(256))


@cache
def _ground() -> Image.Image:
    """Draw what all previews share, once: the ground and the two arcs that pull together."""
    canvas = Image.new("L", (WIDTH, HEIGHT), 0)
    size = (48 * _MARK, 32 * _MARK)
    place = (WIDTH - _MARGIN - size[0] + 3 * _MARK, HEIGHT - _MARGIN - size[1] + 6 * _MARK)
    for ramp, centre, angles in ((_SECOND, (30, 11), (0, 180)), (_FIRST, (18, 21), (180, 360))):
        _lay(canvas, _arc(size, centre, angles), place, ramp)
    return canvas


def _arc(size: tuple[int, int], centre: tuple[int, int], angles: tuple[int, int]) -> Image.Image:
    """Draw half a circle of radius 12 in a stroke of 6 with round ends, as the mark has it."""
    unit = _MARK * _SMOOTH
    mask = Image.new("L", (size[0] * _SMOOTH, size[1] * _SMOOTH), 0)
    pen = ImageDraw.Draw(mask)
    x, y = centre[0] * unit, centre[1] * unit
    outer = 15 * unit
    pen.arc((x - outer, y - outer, x + outer, y + outer), *angles, fill=255, width=6 * unit)
    for end in (x - 12 * unit, x + 12 * unit):
        pen.ellipse((end - 3 * unit, y - 3 * unit, end + 3 * unit, y + 3 * unit), fill=255)
    return mask.resize(size, Image.Resampling.BOX)


def _write(
    canvas: Image.Image, lines: Sequence[str], name: str, size: int, leading: int, top: int, ramp: int
) -> None:
    mask = Image.new("L", (WIDTH - _MARGIN, max(leading * len(lines), 0) + 2 * size), 0)
    pen = ImageDraw.Draw(mask)
    for number, line in enumerate(lines):
        pen.text((0, number * leading), line, fill=255, font=font(name, size))
    _lay(canvas, mask, (_MARGIN, top), ramp)


def _lay(canvas: Image.Image, mask: Image.Image, place: tuple[int, int], ramp: int) -> None:
    """Put a shape onto the canvas, which holds numbers of colours."""
    colours = mask.point(_indices(ramp))
    canvas.paste(colours, place, colours.point(tuple(255 if index else 0 for index in range(256))))


def _shortened(text: str, name: str, size: int, width: int) -> str:
    measure = font(name, size).getlength
    if measure(text) <= width:
        return text
    while text and measure(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip(' ·,–-')}…"
