"""Pictures: what comes in, what readers get, and what never leaves the house."""

from __future__ import annotations

import random
import struct
import zlib
from hashlib import shake_128
from io import BytesIO

import pytest
from lxml import etree
from PIL import Image, ImageCms

from stadtnetz.diagnostics import problem
from stadtnetz.render import images
from stadtnetz.render.decoding import PictureError, decode
from stadtnetz.render.images import LADDER, PRINT_LONGEST, EncodedFile, encode, encode_for_print

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


def widest(data: bytes, form: str = "jpg") -> EncodedFile:
    """Encode a picture and return its largest file of a form."""
    return [one for one in encode(data).files if one.form == form][-1]


def widths(data: bytes, form: str) -> list[int]:
    """Encode a picture and return the widths of its files of a form, as they really are."""
    files = [one for one in encode(data).files if one.form == form]
    assert all(reopened(one.data).size == (one.width, one.height) for one in files)
    return [one.width for one in files]


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
def test_an_opaque_picture_comes_in_three_formats(form):
    encoded = encode(saved(halves(), form))
    assert [one.form for one in encoded.files] == ["avif", "webp", "jpg"]
    for one in encoded.files:
        image = reopened(one.data)
        assert (image.format, image.mode) == (
            {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}[one.form],
            "RGB",
        )
        assert image.size == (one.width, one.height) == (80, 40)
        assert near(image.getpixel((10, 20)), RED)
        assert near(image.getpixel((70, 20)), BLUE)
    assert reopened(encoded.files[-1].data).info.get("progressive")
    assert (encoded.size, encoded.form) == ((80, 40), {"WEBP": "WebP"}.get(form, form))


def test_pure_noise_is_no_mistake_of_ours():
    noise = Image.frombytes("RGB", (400, 200), shake_128(b"noise").digest(400 * 200 * 3))
    assert reopened(widest(saved(noise, "PNG")).data).size == (400, 200)


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (80, [80]),
        (400, [400]),
        (440, [440]),
        (500, [400, 500]),
        (880, [400, 880]),
        (1000, [400, 800, 1000]),
        (1599, [400, 800, 1200, 1599]),
        (4000, list(LADDER)),
    ],
)
def test_the_ladder_ends_at_the_picture(width, expected):
    data = saved(Image.new("RGB", (width, 60), GREEN), "PNG")
    for form in ("avif", "webp", "jpg"):
        assert widths(data, form) == expected


def test_a_transparent_picture_has_one_png_for_old_browsers():
    image = halves((2000, 100)).convert("RGBA")
    image.putpixel((0, 0), (0, 0, 0, 0))
    data = saved(image, "PNG")
    assert widths(data, "png") == [800]
    assert widths(data, "avif") == widths(data, "webp") == list(LADDER)
    assert widths(data, "jpg") == []


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
    encoded = widest(saved(Image.new("RGB", size, GREEN), form))
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
    encoded = widest(saved(upright if undo is None else upright.transpose(undo), form, exif=exif))
    image = reopened(encoded.data)
    assert image.size == (encoded.width, encoded.height) == (160, 80)
    assert near(image.getpixel((15, 15)), GREEN)
    assert near(image.getpixel((15, 65)), RED)
    assert near(image.getpixel((140, 40)), BLUE)
    assert not image.getexif()


def test_the_width_that_counts_is_the_upright_one():
    exif = Image.Exif()
    exif[0x0112] = 6
    data = saved(Image.new("RGB", (3000, 2000), RED), "JPEG", exif=exif)
    encoded = widest(data)
    assert (encoded.width, encoded.height) == (LADDER[-1], 2400)
    assert encode(data).size == (2000, 3000)


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
    printed = encode_for_print(data, "Foto Beispiel", "CC0 1.0", "")
    assert "xmp" in reopened(printed.data).info
    for one in (*encode(data).files, printed):
        image = reopened(one.data)
        assert b"Muster" not in one.data
        assert not image.getexif()
        assert not image.getexif().get_ifd(0x8825)
        ours = {"xmp", "icc_profile"} if one is printed else set()
        assert not ({"exif", "comment", "xmp", "icc_profile", "photoshop"} - ours) & image.info.keys()


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "CMYK"])
def test_every_colour_mode_becomes_rgb(mode):
    form = "JPEG" if mode == "CMYK" else "PNG"
    image = reopened(widest(saved(halves(left=(255, 255, 255), right=(0, 0, 0), mode=mode), form)).data)
    assert image.mode == "RGB"
    assert near(image.getpixel((10, 20)), (255, 255, 255))
    assert near(image.getpixel((70, 20)), (0, 0, 0))


def test_cmyk_keeps_its_colours():
    image = reopened(widest(saved(halves(mode="CMYK"), "JPEG", quality=95)).data)
    assert near(image.getpixel((10, 20)), RED)
    assert near(image.getpixel((70, 20)), BLUE)


def test_sixteen_bit_grey_keeps_its_tones():
    grey = Image.new("I;16", (60, 20), 0x8000)
    assert near(reopened(widest(saved(grey, "PNG")).data).getpixel((30, 10)), (128, 128, 128), 3)


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_transparency_is_kept(form):
    image = halves().convert("RGBA")
    image.paste((0, 0, 0, 0), (40, 0, 80, 40))
    encoded = encode(saved(image, form))
    assert [one.form for one in encoded.files] == ["avif", "webp", "png"]
    for one in encoded.files:
        result = reopened(one.data)
        assert result.getpixel((10, 20))[3] == 255
        assert result.getpixel((70, 20))[3] == 0


def test_a_palette_with_a_transparent_colour_is_kept_transparent():
    image = halves(mode="P")
    result = reopened(widest(saved(image, "PNG", transparency=image.getpixel((70, 20))), "webp").data)
    assert result.getpixel((70, 20))[3] == 0
    assert result.getpixel((10, 20))[3] == 255


def test_an_alpha_channel_without_transparency_is_no_reason_for_png():
    assert widths(saved(halves(mode="RGBA"), "PNG"), "jpg") == [80]


def with_red_and_green_exchanged(profile: bytes) -> bytes:
    """A profile that calls red what others call green: no browser would show it right without converting."""
    return profile.replace(b"rXYZ", b"-XYZ", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"-XYZ", b"gXYZ", 1)


def test_colours_are_brought_to_srgb_before_the_profile_goes():
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for mode in ("RGB", "RGBA"):
        same = widest(saved(halves(mode=mode), "PNG", icc_profile=srgb))
        assert near(reopened(same.data).getpixel((10, 20)), RED)
        other = widest(saved(halves(mode=mode), "PNG", icc_profile=with_red_and_green_exchanged(srgb)))
        assert near(reopened(other.data).getpixel((10, 20)), (30, 200, 30), 60)


def test_a_profile_that_does_not_fit_does_no_harm():
    cielab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for profile in (cielab, b"damaged" * 40):
        for mode in ("L", "RGB"):
            encoded = widest(saved(halves(left=(90, 90, 90), mode=mode), "PNG", icc_profile=profile))
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
    ],
    ids=["empty", "text", "jpeg", "png", "webp", "webp-chunk"],
)
def test_what_is_no_picture_is_broken(data):
    error = refusal(data)
    assert (error.code, error.width, error.height) == ("picture-broken", 0, 0)


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (saved(Image.new("RGB", (9, 9)), "GIF"), "GIF"),
        (saved(Image.new("RGB", (9, 9)), "TIFF"), "TIFF"),
        (saved(Image.new("RGB", (9, 9)), "BMP"), "BMP"),
        (saved(Image.new("RGB", (9, 9)), "AVIF"), "AVIF"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "HEIC"),
        (b"%PDF-1.7", "PDF"),
    ],
)
def test_a_picture_in_another_format_is_named(data, form):
    error = refusal(data)
    assert (error.code, error.form) == ("picture-other-form", form)


def test_a_palette_picture_without_its_palette_is_broken():
    head = struct.pack(">IIBBBBB", 2, 1, 8, 3, 0, 0, 0)
    chunks = png_chunk(b"IHDR", head) + png_chunk(b"IDAT", zlib.compress(b"\0\0\1")) + png_chunk(b"IEND", b"")
    assert refusal(b"\x89PNG\r\n\x1a\n" + chunks).code == "picture-broken"


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_what_moves_is_refused(form):
    frames = [Image.new("RGB", (30, 30), colour) for colour in (RED, BLUE)]
    data = saved(frames[0], form, save_all=True, append_images=frames[1:])
    assert refusal(data).code == "picture-moves"


def test_of_a_jpeg_with_several_pictures_the_first_is_shown():
    data = saved(halves(), "MPO", save_all=True, append_images=[Image.new("RGB", (30, 30), GREEN)])
    encoded = widest(data)
    assert (encoded.width, encoded.height) == (80, 40)
    assert near(reopened(encoded.data).getpixel((10, 20)), RED)


def test_damaged_metadata_does_no_harm():
    exif = b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + b"\x12\x01\x03\0\xff\xff\xff\xff\xff\xff\xff\xff"
    assert widest(saved(halves(), "JPEG", exif=exif)).width == 80


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
            decoded = decode(bytes(damaged), (400, 400))
        except PictureError as error:
            params = {"width": error.width, "height": error.height, "form": error.form}
            problem(error.code, "bild.jpg", file="bild.jpg", **params)
        else:
            assert decoded.image.mode in ("RGB", "RGBA")


class TestForPrint:
    def test_it_is_whole_and_says_whose_it_is(self):
        data = saved(halves((2400, 1200)), "PNG")
        one = encode_for_print(
            data, "Foto „Muster“ & Söhne", "CC BY 4.0", "https://beispiel.example/?a=1&b=2"
        )
        image = reopened(one.data)
        assert image.format == "JPEG"
        assert image.size == (one.width, one.height) == (2400, 1200)
        assert near(image.getpixel((100, 600)), RED, 6)
        about = etree.fromstring(image.info["xmp"]).find(".//{*}Description")
        assert about.get("{http://ns.adobe.com/photoshop/1.0/}Credit") == "Foto „Muster“ & Söhne"
        assert (
            about.get("{http://ns.adobe.com/xap/1.0/rights/}WebStatement")
            == "https://beispiel.example/?a=1&b=2"
        )
        assert about.findtext("{*}rights//{*}li") == "Foto „Muster“ & Söhne"
        assert about.findtext("{*}UsageTerms//{*}li") == "CC BY 4.0"

    def test_the_same_gives_the_same_bytes(self):
        data = saved(halves(), "JPEG")
        assert encode_for_print(data, "Muster", "CC0", "") == encode_for_print(data, "Muster", "CC0", "")

    def test_it_names_its_colours(self):
        profile = reopened(encode_for_print(saved(halves(), "PNG"), "Muster", "CC0", "").data).info[
            "icc_profile"
        ]
        assert "sRGB" in ImageCms.getProfileName(ImageCms.ImageCmsProfile(BytesIO(profile)))

    def test_what_shines_through_is_white(self):
        image = Image.new("RGBA", (40, 20), (0, 0, 0, 0))
        one = encode_for_print(saved(image, "PNG"), "Muster", "CC0", "")
        assert near(reopened(one.data).getpixel((20, 10)), (255, 255, 255), 2)

    def test_it_stands_upright_and_has_its_limits(self):
        exif = Image.Exif()
        exif[0x0112] = 6
        one = encode_for_print(saved(Image.new("RGB", (9000, 300), RED), "JPEG", exif=exif), "M", "CC0", "")
        assert (one.width, one.height) == (200, PRINT_LONGEST)

    def test_what_is_too_heavy_is_made_smaller(self, monkeypatch):
        monkeypatch.setattr(images, "_PRINT_HEAVIEST", 20_000)
        noise = Image.frombytes("RGB", (400, 200), shake_128(b"noise").digest(400 * 200 * 3))
        one = encode_for_print(saved(noise, "PNG"), "Muster", "CC0", "")
        assert len(one.data) <= 20_000
        assert one.width < 400

    def test_long_words_are_no_mistake_of_ours(self):
        assert encode_for_print(
            saved(halves(), "PNG"), "ü" * 70_000, "CC0", "https://a.example/" + "a" * 70_000
        )
