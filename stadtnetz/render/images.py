"""Turn a picture as somebody uploaded it into the picture that readers get.

The file is known by its content, measured before it is decoded, turned upright, brought to sRGB and to a size for
the web, and written anew. Nothing but its pixels survives: a photograph tells where and with what it was taken,
and pictures of people must not. What moves (GIF-like PNG and WebP) is refused rather than silently stilled; of a
JPEG that holds several pictures, as many phones make them, the first is shown.

This is the only module that imports Pillow, so that a site without pictures does not pay for it.
"""

from __future__ import annotations

import struct
import warnings
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from PIL import Image, ImageCms
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

__all__ = ["PIXEL_LIMIT", "WIDEST", "EncodedPicture", "PictureError", "encode"]

PIXEL_LIMIT = 50_000_000
"""Pixels of a picture that we decode: any camera's, but not the small file that unpacks to gigabytes."""
WIDEST = 1600
"""Pixels: twice the text's width, for dense screens."""
_TALLEST = 6400
"""Pixels: WebP ends at 16383, and no page needs more."""
_QUALITY = 82

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


@dataclass(frozen=True, slots=True)
class EncodedPicture:
    """A picture ready to be written."""

    data: bytes
    width: int
    height: int
    ending: Literal[".jpg", ".webp"]


class PictureError(Exception):
    """A picture can't be shown; `code` is a diagnostic's, the size is 0 × 0 where it is unknown."""

    def __init__(self, code: str, width: int = 0, height: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.width = width
        self.height = height


@dataclass(frozen=True, slots=True)
class _Decoded:
    """Pixels, with the size to scale them to before they are turned upright."""

    image: Image.Image
    target: tuple[int, int]
    orientation: int


def encode(data: bytes) -> EncodedPicture:
    """Encode a JPEG, PNG or WebP file for the web; the same bytes give the same bytes. Raises PictureError."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of damaged metadata, which we drop anyway
        try:
            decoded = _decoded(data)
        except _DAMAGE as error:
            raise PictureError("picture-broken") from error
        scaled = _scaled(decoded.image, decoded.target)
        return _written(_turned(_in_srgb(scaled), decoded.orientation))


def _decoded(data: bytes) -> _Decoded:
    """Decode a picture, in a reduced size where JPEG offers one."""
    image = _opened(data)
    _check_size(*image.size)
    if getattr(image, "is_animated", False):
        raise PictureError("picture-broken", *image.size)
    size = image.size
    if isinstance(image, JpegImageFile):
        orientation = _orientation(image)
        width, height = target = _target(size, orientation)
        image.draft(None, (2 * width, 2 * height))  # twice, so that our own scaling decides the quality
        image.load()
    else:
        # Their orientation may stand behind the pixels, and a failure to decode must not be taken for a lack of it.
        image.load()
        orientation = _orientation(image)
        target = _target(size, orientation)
    if image.mode == "P" and image.palette is None:
        raise PictureError("picture-broken", *size)  # Pillow reads such a PNG and stumbles over it later
    return _Decoded(image, target, orientation)


def _opened(data: bytes) -> ImageFile:
    """Read a file's head. Not by `Image.open`: that tries every format, and has a size limit of its own."""
    file = BytesIO(data)
    if data.startswith(b"\xff\xd8\xff"):
        return JpegImageFile(file)
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PngImageFile(file)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        _check_size(*_webp_size(data))  # Pillow makes room for the pixels when it opens the file
        return WebPImageFile(file)
    raise PictureError("picture-broken")


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


def _target(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    """Return the size that a picture is scaled to, before it is turned."""
    width, height = size
    across, down = (_TALLEST, WIDEST) if orientation in _LYING else (WIDEST, _TALLEST)
    scale = min(1.0, across / width, down / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


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


def _turned(image: Image.Image, orientation: int) -> Image.Image:
    return image.transpose(_UPRIGHT[orientation]) if orientation in _UPRIGHT else image


def _written(image: Image.Image) -> EncodedPicture:
    """Encode the pixels and nothing else: WebP where something shines through, JPEG otherwise."""
    image.info = {}  # encoders look for comments and profiles here
    file = BytesIO()
    if image.mode == "RGBA" and image.getchannel("A").getextrema() != (255, 255):
        image.save(file, "WEBP", quality=_QUALITY, method=4)
        return EncodedPicture(file.getvalue(), image.width, image.height, ".webp")
    image.convert("RGB").save(file, "JPEG", quality=_QUALITY, progressive=True, optimize=True)
    return EncodedPicture(file.getvalue(), image.width, image.height, ".jpg")
