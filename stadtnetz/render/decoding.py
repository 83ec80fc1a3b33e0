"""Read a picture as somebody uploaded it: known by its content, measured before it is decoded, turned upright, in sRGB.

Nothing but its pixels is read: a photograph tells where and with what it was taken, and pictures of people must not.
What moves (GIF-like PNG and WebP) is refused rather than silently stilled; of a JPEG that holds several pictures, as
many phones make them, the first is shown.
"""

from __future__ import annotations

import struct
import warnings
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from msgspec import Struct
from PIL import Image, ImageCms
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

__all__ = ["PIXEL_LIMIT", "Decoded", "PictureError", "decode", "scaled_size"]

PIXEL_LIMIT = 50_000_000
"""Pixels of a picture that we decode: any camera's, but not the small file that unpacks to gigabytes."""

_DAMAGE = (
    OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError, struct.error, zlib.error
)  # fmt: skip
"""What Pillow's readers raise on damaged files; only reading is guarded by it."""

_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_LYING = (5, 6, 7, 8)

_OTHERS = (
    (0, b"GIF8", "GIF"),
    (0, b"II*\0", "TIFF"),
    (0, b"MM\0*", "TIFF"),
    (0, b"BM", "BMP"),
    (0, b"8BPS", "PSD"),
    (0, b"%PDF", "PDF"),
    (0, b"<svg", "SVG"),
    (0, b"<?xml", "SVG"),
    (4, b"ftyphei", "HEIC"),
    (4, b"ftyphev", "HEIC"),
    (4, b"ftypmif1", "HEIC"),
    (4, b"ftypmsf1", "HEIC"),
    (4, b"ftypavif", "AVIF"),
    (4, b"ftypavis", "AVIF"),
)
"""Formats that are not taken, by the bytes that they begin with: phones and programs like to save in them."""


class Decoded(Struct, frozen=True):
    """A picture's pixels, upright, RGB or RGBA in sRGB, scaled to what was asked for.

    `size` is that of the whole upright picture, `form` the format that it is in: JPEG, PNG or WebP.
    """

    image: Image.Image
    size: tuple[int, int]
    form: str


class PictureError(Exception):
    """A picture can't be shown; `code` is a diagnostic's, the size is 0 × 0 where it is unknown."""

    def __init__(self, code: str, width: int = 0, height: int = 0, form: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.width = width
        self.height = height
        self.form = form


def decode(data: bytes, most: tuple[int, int]) -> Decoded:
    """Decode a JPEG, PNG or WebP file to at most this width and height. Raises PictureError."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of damaged metadata, which we drop anyway
        try:
            loaded = _loaded(data, most)
        except _DAMAGE as error:
            raise PictureError("picture-broken") from error
        image = _in_srgb(_scaled(loaded.image, loaded.target))
    if loaded.orientation in _UPRIGHT:
        image = image.transpose(_UPRIGHT[loaded.orientation])
    image.info = {}  # encoders look for comments and profiles here
    return Decoded(image, loaded.size[::-1] if loaded.orientation in _LYING else loaded.size, loaded.form)


def scaled_size(size: tuple[int, int], most: tuple[int, int]) -> tuple[int, int]:
    """Return the size that fits into another, with the same ratio; nothing is made larger."""
    width, height = size
    scale = min(1.0, most[0] / width, most[1] / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


class _Loaded(Struct, frozen=True):
    """Pixels as they lie in the file, perhaps reduced; the file's own size, and the one to scale to before turning."""

    image: Image.Image
    size: tuple[int, int]
    target: tuple[int, int]
    orientation: int
    form: str


def _loaded(data: bytes, most: tuple[int, int]) -> _Loaded:
    """Decode a picture, in a reduced size where JPEG offers one."""
    image, form = _opened(data)
    _check_size(*image.size)
    if getattr(image, "is_animated", False) and form != "JPEG":
        raise PictureError("picture-moves", *image.size, form=form)
    size = image.size
    if isinstance(image, JpegImageFile):
        orientation = _orientation(image)
        width, height = target = _target(size, orientation, most)
        image.draft(None, (2 * width, 2 * height))  # twice, so that our own scaling decides the quality
        image.load()
    else:
        # Their orientation may stand behind the pixels, and a failure to decode must not be taken for a lack of it.
        image.load()
        orientation = _orientation(image)
        target = _target(size, orientation, most)
    if image.mode == "P" and image.palette is None:
        raise PictureError("picture-broken", *size)  # Pillow reads such a PNG and stumbles over it later
    return _Loaded(image, size, target, orientation, form)


def _target(size: tuple[int, int], orientation: int, most: tuple[int, int]) -> tuple[int, int]:
    """Return the size that a picture is scaled to, before it is turned."""
    return scaled_size(size, most[::-1] if orientation in _LYING else most)


def _opened(data: bytes) -> tuple[ImageFile, str]:
    """Read a file's head. Not by `Image.open`: that tries every format, and has a size limit of its own."""
    file = BytesIO(data)
    if data.startswith(b"\xff\xd8\xff"):
        return JpegImageFile(file), "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PngImageFile(file), "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        _check_size(*_webp_size(data))  # Pillow makes room for the pixels when it opens the file
        return WebPImageFile(file), "WebP"
    other = next((form for at, mark, form in _OTHERS if data[at : at + len(mark)] == mark), "")
    raise PictureError("picture-other-form" if other else "picture-broken", form=other)


def _webp_size(data: bytes) -> tuple[int, int]:
    """Read width and height from a WebP file's first chunk."""
    match data[12:16]:
        case b"VP8X":
            return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
        case b"VP8L":
            (bits,) = struct.unpack_from("<I", data, 21)
            return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        case b"VP8 ":
            width, height = struct.unpack_from("<HH", data, 26)
            return width & 0x3FFF, height & 0x3FFF
    raise PictureError("picture-broken")


def _check_size(width: int, height: int) -> None:
    if width * height > PIXEL_LIMIT:
        raise PictureError("picture-too-large", width, height)
    if width * height == 0:
        raise PictureError("picture-broken")


def _orientation(image: Image.Image) -> int:
    try:
        value = image.getexif().get(_ORIENTATION)
    except _DAMAGE:
        return 1  # damaged metadata is no reason to refuse the picture
    return value if isinstance(value, int) and value in _UPRIGHT else 1


def _scaled(image: Image.Image, target: tuple[int, int]) -> Image.Image:
    """Scale down, in a mode that can be interpolated."""
    image = _plain_mode(image)
    return image if target == image.size else image.resize(target, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _plain_mode(image: Image.Image) -> Image.Image:
    """Bring palettes, bitmaps and deep greys to RGB or RGBA; CMYK waits for its colour profile."""
    if image.mode.startswith("I"):
        # Sixteen bits a pixel: `convert` alone would cut off whatever is brighter than 255.
        return image.convert("I").point(lambda grey: grey / 256).convert("L")
    if image.has_transparency_data:
        return image if image.mode == "RGBA" else image.convert("RGBA")
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def _in_srgb(image: Image.Image) -> Image.Image:
    """Bring colours to sRGB, which is what a browser takes them for once the profile is gone."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    profile = image.info.get("icc_profile")
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode=mode
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None  # a damaged profile, or one for other colours than the picture has
        if converted is not None:
            return converted
    return image if image.mode == mode else image.convert(mode)
