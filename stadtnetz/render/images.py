"""Turn a picture as somebody uploaded it into the files that readers get, and the one that newspapers print.

For the web that is a ladder of widths in three formats: AVIF and WebP for browsers that know them, and JPEG for old
phones; where something shines through, PNG takes the place of JPEG. No width is larger than the picture itself. Every
file is encoded anew and carries nothing but pixels; the one for print says whose it is, in words of ours.

Only this module and those beside it import Pillow, so that a site without pictures does not pay for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from msgspec import Struct
from PIL import AvifImagePlugin, Image, ImageCms  # noqa: F401 - saving in AVIF needs its plugin

from stadtnetz.render.decoding import PictureError, decode, scaled_size

__all__ = [
    "LADDER",
    "PRINT_LONGEST",
    "EncodedFile",
    "EncodedPicture",
    "PictureError",
    "encode",
    "encode_for_print",
]

LADDER = (400, 800, 1200, 1600)
"""Pixels across: from a teaser on a plain screen to twice the text's width, for dense ones."""
_QUICK = 800
"""Pixels across at most where there is one file alone."""
_NEAR = 0.9
"""A step of the ladder that is nearly as wide as the picture itself is left out."""
_TALLEST = 6400
"""Pixels: WebP ends at 16383, and no page needs more."""
_OLD = 800
"""Pixels across of the one PNG: only browsers from before 2020 load it."""
PRINT_LONGEST = 6000
"""Pixels of the longer side: half a metre at 300 dots per inch, wider than a spread of a newspaper."""
_PRINT_HEAVIEST = 25_000_000
"""Bytes of a file for print; above, it is made smaller."""

_LONGEST_TEXT = 2000
"""Characters of a credit or an address that are written into a file: JPEG gives 64 kB to all of them."""

Form = Literal["avif", "webp", "jpg", "png"]


class EncodedFile(Struct, frozen=True):
    """A file ready to be written; `form` is also the ending of its name."""

    form: Form
    width: int
    height: int
    data: bytes


class EncodedPicture(Struct, frozen=True):
    """A picture in all its files, each format from narrow to wide; `size` is that of the whole upright picture.

    `form` is the format that the picture came in: JPEG, PNG or WebP.
    """

    size: tuple[int, int]
    form: str
    files: tuple[EncodedFile, ...]


def encode(data: bytes, *, quick: bool = False) -> EncodedPicture:
    """Encode a JPEG, PNG or WebP file for the web; the same bytes give the same bytes. Raises PictureError.

    `quick` gives one file alone, in a tenth of the time: for an editor's eyes, which are waiting.
    """
    decoded = decode(data, (_QUICK if quick else LADDER[-1], _TALLEST))
    image = decoded.image
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    files = (_file(image, "png" if image.mode == "RGBA" else "jpg"),) if quick else tuple(_files(image))
    return EncodedPicture(decoded.size, decoded.form, files)


def _files(image: Image.Image) -> Iterator[EncodedFile]:
    see_through = image.mode == "RGBA"
    narrower = [width for width in LADDER if width < _NEAR * image.width]
    for width in (*narrower, image.width):
        size = (width, max(1, round(image.height * width / image.width)))
        step = image if size == image.size else image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
        yield _file(step, "avif")
        yield _file(step, "webp")
        if not see_through:
            yield _file(step, "jpg")
    if see_through:
        yield _file(image.resize(scaled_size(image.size, (_OLD, _TALLEST)), Image.Resampling.LANCZOS), "png")


def _file(image: Image.Image, form: Form) -> EncodedFile:
    """Encode pixels, and nothing else. One thread: several would share the work, and the bytes, in another way."""
    file = BytesIO()
    match form:
        case "avif":
            image.save(file, "AVIF", quality=60, speed=7, codec="aom", max_threads=1, autotiling=False)
        case "webp":
            image.save(file, "WEBP", quality=80, method=4)
        case "png":
            image.save(file, "PNG", optimize=True)
        case "jpg":
            _save_progressive(image, file)
    return EncodedFile(form, image.width, image.height, file.getvalue())


def _save_progressive(image: Image.Image, file: BytesIO) -> None:
    try:
        image.save(file, "JPEG", quality=82, progressive=True, optimize=True)
    except OSError:
        # Pillow has room for one byte a pixel here; pure noise takes more, and is written as it comes.
        file.seek(0)
        file.truncate()
        image.save(file, "JPEG", quality=82)


def encode_for_print(data: bytes, credit: str, licence: str, licence_url: str) -> EncodedFile:
    """Encode a picture for newspapers: whole, upright, sRGB, on white, with who made it and what others may do.

    At most `PRINT_LONGEST` pixels and 25 MB. Raises PictureError.
    """
    image = decode(data, (PRINT_LONGEST, PRINT_LONGEST)).image
    if image.mode == "RGBA":
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        image = paper
    about = _about(credit[:_LONGEST_TEXT], licence, licence_url[:_LONGEST_TEXT])
    while True:
        file = BytesIO()
        # Not `optimize`: then Pillow has room for one byte a pixel only, which fine grain goes beyond.
        image.save(file, "JPEG", quality=92, subsampling="4:4:4", icc_profile=_srgb(), xmp=about)
        if file.tell() <= _PRINT_HEAVIEST:
            return EncodedFile("jpg", image.width, image.height, file.getvalue())
        smaller = (image.width * 3 // 4, image.height * 3 // 4)
        image = image.resize(smaller, Image.Resampling.LANCZOS, reducing_gap=3.0)


@cache
def _srgb() -> bytes:
    """Return the profile that tells printers what the colours mean, without the day on which it was made."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # ICC.1:2022, table 17: the date of creation stands in bytes 24 to 35, six numbers of two bytes each.
    day = b"".join(number.to_bytes(2, "big") for number in (2000, 1, 1, 0, 0, 0))
    return profile[:24] + day + profile[36:]


def _about(credit: str, licence: str, licence_url: str) -> bytes:
    """Say in XMP what image programs of editorial offices show: IPTC Photo Metadata Standard 2023.1.

    Credit line (photoshop:Credit), copyright notice (dc:rights), usage terms and web statement (xmpRights). Nothing
    else is known of the picture here.
    """
    statement = f" xmpRights:WebStatement={quoteattr(licence_url)}" if licence_url else ""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
        f' xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" photoshop:Credit={quoteattr(credit)}{statement}>'
        f"<dc:rights>{_alternative(credit)}</dc:rights>"
        f"<xmpRights:UsageTerms>{_alternative(licence)}</xmpRights:UsageTerms>"
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    ).encode()


def _alternative(text: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt>'
