"""Pictures: what comes in, what readers get, and what never leaves the house."""

from __future__ import annotations

import random
import struct
import zlib
from hashlib import shake_128
from io import BytesIO

import pytest
from PIL import Image, ImageCms

from stadtnetz.diagnostics import problem
from stadtnetz.render.images import WIDEST, PictureError, encode

RED, BLUE, GREEN = (200, 30, 30), (30, 30, 200), (30, 160, 30)


def saved(image: Image.Image, form: str, **options) -> bytes:
    file = BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def halves(size=(80, 40), left=RED, right=BLUE, mode="RGB") -> Image.Image:
    """A picture with a left and a right half."""
    image = Image.new("RGB", size, left)
    image.paste(right, (size[0] // 2, 0, *size))
    return image.convert(mode)


def reopened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def near(pixel, colour, tolerance=25) -> bool:
    return all(abs(a - b) <= tolerance for a, b in zip(pixel, colour, strict=True))


def refusal(data: bytes) -> PictureError:
    with pytest.raises(PictureError) as caught:
        encode(data)
    return caught.value


def png_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def huge_png(width: int, height: int) -> bytes:
    """A small file that claims, and would unpack to, a huge black picture of one bit a pixel."""
    rows = zlib.compress(b"\0" * 1000, 9)
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", head) + png_chunk(b"IDAT", rows) + png_chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_an_opaque_picture_becomes_a_progressive_jpeg(form):
    encoded = encode(saved(halves(), form))
    image = reopened(encoded.data)
    assert (image.format, image.mode, encoded.ending) == ("JPEG", "RGB", ".jpg")
    assert image.info.get("progressive")
    assert image.size == (encoded.width, encoded.height) == (80, 40)
    assert near(image.getpixel((10, 20)), RED)
    assert near(image.getpixel((70, 20)), BLUE)


def test_the_same_bytes_give_the_same_bytes():
    data = saved(halves((2000, 900)), "JPEG")
    assert encode(data) == encode(data)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((1600, 900), (1600, 900)),
        ((1601, 900), (1600, 899)),
        ((6400, 4799), (1600, 1200)),
        ((3, 2), (3, 2)),
        ((1, 1), (1, 1)),
        ((900, 3000), (900, 3000)),
        ((100, 12800), (50, 6400)),
        ((16000, 1), (1600, 1)),
    ],
)
@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_only_what_is_too_large_is_scaled_down(size, expected, form):
    encoded = encode(saved(Image.new("RGB", size, GREEN), form))
    assert (encoded.width, encoded.height) == expected == reopened(encoded.data).size


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_as_the_camera_was_held(orientation, form):
    upright = halves((160, 80))
    upright.paste(GREEN, (0, 0, 40, 40))  # the top left corner tells all eight ways apart
    undo = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    encoded = encode(saved(upright if undo is None else upright.transpose(undo), form, exif=exif))
    image = reopened(encoded.data)
    assert image.size == (encoded.width, encoded.height) == (160, 80)
    assert near(image.getpixel((15, 15)), GREEN)
    assert near(image.getpixel((15, 65)), RED)
    assert near(image.getpixel((140, 40)), BLUE)
    assert not image.getexif()


def test_the_width_that_counts_is_the_upright_one():
    exif = Image.Exif()
    exif[0x0112] = 6
    encoded = encode(saved(Image.new("RGB", (3000, 2000), RED), "JPEG", exif=exif))
    assert (encoded.width, encoded.height) == (WIDEST, 2400)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_position_camera_and_comments_do_not_survive(form):
    exif = Image.Exif()
    exif[0x010F] = "Musterkamera"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (53.0, 14.0, 55.5)
    options = {
        "JPEG": {"comment": b"Musterkommentar"},
        "PNG": {},
        "WEBP": {"xmp": b"<x>Musterkommentar</x>"},
    }[form]
    data = saved(halves(), form, exif=exif, **options)
    assert b"Musterkamera" in data
    image = reopened(encode(data).data)
    assert b"Muster" not in encode(data).data
    assert not image.getexif()
    assert not image.getexif().get_ifd(0x8825)
    assert not {"exif", "comment", "xmp", "icc_profile", "photoshop"} & image.info.keys()


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "CMYK"])
def test_every_colour_mode_becomes_rgb(mode):
    form = "JPEG" if mode == "CMYK" else "PNG"
    image = reopened(encode(saved(halves(left=(255, 255, 255), right=(0, 0, 0), mode=mode), form)).data)
    assert image.mode == "RGB"
    assert near(image.getpixel((10, 20)), (255, 255, 255))
    assert near(image.getpixel((70, 20)), (0, 0, 0))


def test_cmyk_keeps_its_colours():
    image = reopened(encode(saved(halves(mode="CMYK"), "JPEG", quality=95)).data)
    assert near(image.getpixel((10, 20)), RED)
    assert near(image.getpixel((70, 20)), BLUE)


def test_sixteen_bit_grey_keeps_its_tones():
    grey = Image.new("I;16", (60, 20), 0x8000)
    assert near(reopened(encode(saved(grey, "PNG")).data).getpixel((30, 10)), (128, 128, 128), 3)


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_transparency_is_kept(form):
    image = halves().convert("RGBA")
    image.paste((0, 0, 0, 0), (40, 0, 80, 40))
    encoded = encode(saved(image, form))
    result = reopened(encoded.data)
    assert (result.format, encoded.ending) == ("WEBP", ".webp")
    assert result.getpixel((10, 20))[3] == 255
    assert result.getpixel((70, 20))[3] == 0


def test_a_palette_with_a_transparent_colour_is_kept_transparent():
    image = halves(mode="P")
    result = reopened(encode(saved(image, "PNG", transparency=image.getpixel((70, 20)))).data)
    assert result.getpixel((70, 20))[3] == 0
    assert result.getpixel((10, 20))[3] == 255


def test_an_alpha_channel_without_transparency_is_no_reason_for_webp():
    assert encode(saved(halves(mode="RGBA"), "PNG")).ending == ".jpg"


def with_red_and_green_exchanged(profile: bytes) -> bytes:
    """A profile that calls red what others call green: no browser would show it right without converting."""
    return profile.replace(b"rXYZ", b"-XYZ", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"-XYZ", b"gXYZ", 1)


def test_colours_are_brought_to_srgb_before_the_profile_goes():
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for mode in ("RGB", "RGBA"):
        same = encode(saved(halves(mode=mode), "PNG", icc_profile=srgb))
        assert near(reopened(same.data).getpixel((10, 20)), RED)
        other = encode(saved(halves(mode=mode), "PNG", icc_profile=with_red_and_green_exchanged(srgb)))
        assert near(reopened(other.data).getpixel((10, 20)), (30, 200, 30), 60)


def test_a_profile_that_does_not_fit_does_no_harm():
    cielab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for profile in (cielab, b"damaged" * 40):
        for mode in ("L", "RGB"):
            encoded = encode(saved(halves(left=(90, 90, 90), mode=mode), "PNG", icc_profile=profile))
            assert near(reopened(encoded.data).getpixel((10, 20)), (90, 90, 90))


def test_a_small_file_with_huge_dimensions_is_refused_before_it_is_decoded():
    error = refusal(huge_png(60_000, 50_000))
    assert (error.code, error.width, error.height) == ("picture-too-large", 60_000, 50_000)


def test_a_picture_just_above_the_limit_is_refused():
    assert refusal(huge_png(50_000_001, 1)).code == "picture-too-large"
    assert refusal(huge_png(10_000, 5_000)).code == "picture-broken"  # allowed, but its pixels are missing


@pytest.mark.parametrize(
    "chunk",
    [
        b"VP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + (16_382).to_bytes(3, "little") * 2,
        b"VP8L" + struct.pack("<I", 5) + b"\x2f" + struct.pack("<I", 16_382 | 16_382 << 14),
        b"VP8 " + struct.pack("<I", 10) + b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 16_383, 16_383),
    ],
)
def test_huge_webp_files_are_refused_by_their_head(chunk):
    error = refusal(b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk)
    assert (error.code, error.width, error.height) == ("picture-too-large", 16_383, 16_383)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_truncated_file_is_broken(form):
    noise = Image.frombytes("RGB", (120, 90), shake_128(b"noise").digest(120 * 90 * 3))
    data = saved(noise, form)
    for length in (4, 16, 40, len(data) // 2, len(data) * 9 // 10):
        assert refusal(data[:length]).code == "picture-broken"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        "Das ist kein Bild, heißt aber bild.jpg".encode(),
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\0\0\0\0WEBPVP8X",
        b"RIFF\0\0\0\0WEBPABCD" + b"\0" * 40,
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        saved(Image.new("RGB", (9, 9)), "GIF"),
        saved(Image.new("RGB", (9, 9)), "TIFF"),
        saved(Image.new("RGB", (9, 9)), "BMP"),
    ],
    ids=["empty", "text", "jpeg", "png", "webp", "webp-chunk", "svg", "gif", "tiff", "bmp"],
)
def test_what_is_no_jpeg_png_or_webp_is_broken(data):
    error = refusal(data)
    assert (error.code, error.width, error.height) == ("picture-broken", 0, 0)


def test_a_palette_picture_without_its_palette_is_broken():
    head = struct.pack(">IIBBBBB", 2, 1, 8, 3, 0, 0, 0)
    chunks = png_chunk(b"IHDR", head) + png_chunk(b"IDAT", zlib.compress(b"\0\0\1")) + png_chunk(b"IEND", b"")
    assert refusal(b"\x89PNG\r\n\x1a\n" + chunks).code == "picture-broken"


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_what_moves_is_refused(form):
    frames = [Image.new("RGB", (30, 30), colour) for colour in (RED, BLUE)]
    data = saved(frames[0], form, save_all=True, append_images=frames[1:])
    assert refusal(data).code == "picture-broken"


def test_of_a_jpeg_with_several_pictures_the_first_is_shown():
    data = saved(halves(), "MPO", save_all=True, append_images=[Image.new("RGB", (30, 30), GREEN)])
    encoded = encode(data)
    assert (encoded.width, encoded.height) == (80, 40)
    assert near(reopened(encoded.data).getpixel((10, 20)), RED)


def test_damaged_metadata_does_no_harm():
    exif = b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + b"\x12\x01\x03\0\xff\xff\xff\xff\xff\xff\xff\xff"
    assert encode(saved(halves(), "JPEG", exif=exif)).width == 80


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_damage_of_any_kind_is_a_picture_or_an_error_of_ours(form):
    chance = random.Random(20221)  # noqa: S311 - the same damage in every run
    exif = Image.Exif()
    exif[0x0112] = 6
    original = saved(halves((64, 48)), form, exif=exif)
    for _ in range(150):
        damaged = bytearray(original)
        for _ in range(chance.choice((1, 3, 12))):
            damaged[chance.randrange(12, len(damaged))] = chance.randrange(256)
        try:
            encoded = encode(bytes(damaged))
        except PictureError as error:
            problem(error.code, "bild.jpg", file="bild.jpg", width=error.width, height=error.height)
        else:
            assert reopened(encoded.data).size == (encoded.width, encoded.height)
