"""Videos: our own with captions and transcript; those of others are a link, and nothing of theirs is loaded."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from lxml import html
from PIL import Image
from pydantic import TypeAdapter, ValidationError

from stadtnetz.model.video import Length
from tests.minisite import MiniSite

SEITE = """
---
title: Gebärdensprache
lead: Ein erfundener Vorspann.
updated: 2022-01-10
videos:
  - file: worum-es-geht.mp4
    title: Worum es geht
    length: 2:35
    sign_language: ja
    captions: worum-es-geht.vtt
    transcript: |
      Willkommen beim erfundenen Netz.

      Hier sehen Sie, wer mitmacht.
    poster: {file: vorschau.png, alt: Eine erfundene Vorschau, credit: Studio Musterstadt}
external_videos:
  - url: https://videos.beispielhausen.de/7
    title: Ein Film aus Beispielhausen
    length: 1:02:05
---
Ein erfundener Text.
"""


def picture() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (64, 36), "teal").save(data, "PNG")
    return data.getvalue()


FILES: dict[str, str | bytes] = {
    "content/pages/gebaerdensprache.md": SEITE,
    "content/pages/worum-es-geht.mp4": b"\0" * 3_400_000,
    "content/pages/worum-es-geht.vtt": "WEBVTT\n\n00:00.000 --> 00:02.000\nWillkommen\n",
    "content/pages/vorschau.png": picture(),
}
PAGE = "content/pages/gebaerdensprache.md"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> MiniSite:
    site = MiniSite(tmp_path_factory.mktemp("videos"), FILES)
    assert site.build().published is not None
    return site


def page(site: MiniSite) -> html.HtmlElement:
    return html.fromstring(site.html("gebaerdensprache"))


class TestOwn:
    def test_nothing_is_loaded_before_it_is_played(self, built: MiniSite) -> None:
        (video,) = page(built).xpath("//video")
        assert video.get("preload") == "none"
        assert "controls" in video.attrib
        assert "autoplay" not in video.attrib
        assert (video.get("width"), video.get("height")) == ("1280", "720")
        assert video.get("poster").startswith("/bilder/vorschau.")

    def test_the_files_are_on_the_site(self, built: MiniSite) -> None:
        (video,) = page(built).xpath("//video")
        (track,) = video.xpath("track")
        assert (track.get("kind"), track.get("srclang"), track.get("label")) == ("captions", "de", "Deutsch")
        assert (built.output / video.get("src").lstrip("/")).stat().st_size == 3_400_000
        assert (built.output / track.get("src").lstrip("/")).read_bytes().startswith(b"WEBVTT")

    def test_it_can_be_downloaded_and_says_how_large_and_long_it_is(self, built: MiniSite) -> None:
        (line,) = page(built).xpath('//p[@class="video__download"]')
        assert line.text_content().replace("\xa0", " ") == (
            "Video herunterladen (MP4, 3 MB, 2:35 min, in Deutscher Gebärdensprache)"
        )
        assert "download" in line.xpath("a")[0].attrib

    def test_it_has_a_transcript_and_a_credit(self, built: MiniSite) -> None:
        text = [p.text for p in page(built).xpath('//details[@class="video__transcript"]/p')]
        assert text == ["Willkommen beim erfundenen Netz.", "Hier sehen Sie, wer mitmacht."]
        assert "Studio Musterstadt" in built.html("gebaerdensprache")

    def test_the_pages_text_can_be_the_transcript(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, FILES)
        before, _, rest = SEITE.partition("    transcript:")
        site.write(PAGE, before + rest[rest.index("    poster:") :])
        site.build()
        assert "Der Text dieser Seite sagt dasselbe wie das Video." in site.html("gebaerdensprache")

    def test_on_an_english_page_it_is_marked_as_german(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, FILES)
        site.write(
            "content/pages/gebaerdensprache.en.md", "---\ntitle: Sign\nlead: Invented.\n---\nInvented.\n"
        )
        site.build()
        tree = html.fromstring(site.html("en/gebaerdensprache"))
        assert tree.xpath('//section[@lang="de"]//video')

    def test_a_picture_that_must_go_is_gone_here_too(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, FILES)
        site.edit(PAGE, "credit: Studio Musterstadt", "credit: Studio Musterstadt, withdraw_by: 2022-07-01")
        site.build("2022-06-30")
        assert "poster=" in site.html("gebaerdensprache")
        site.build("2022-07-01")
        assert "poster=" not in site.html("gebaerdensprache")
        assert not list(site.output.rglob("vorschau*"))
        assert f"{PAGE}:15:105 picture-withdrawn" in site.findings("2022-07-01")


class TestOthers:
    def test_they_are_links(self, built: MiniSite) -> None:
        (link,) = page(built).xpath('//a[@href="https://videos.beispielhausen.de/7"]')
        assert link.get("class") == "external"
        about = link.getparent().text_content().replace("\xa0", " ")
        assert about == "Ein Film aus Beispielhausen (führt zu videos.beispielhausen.de, 1:02:05 min)"

    def test_nothing_is_embedded(self, built: MiniSite) -> None:
        tree = page(built)
        assert not tree.xpath("//iframe | //embed | //object")
        assert not [src for src in tree.xpath("//@src | //@poster") if src.startswith(("http", "//"))]


class TestCheck:
    def test_all_is_well(self, tmp_path: Path) -> None:
        assert MiniSite(tmp_path, FILES, templates=False).findings() == []

    @pytest.mark.parametrize(
        ("old", "new", "finding"),
        [
            ("    captions: worum-es-geht.vtt\n", "", "6:5 video-without-captions"),
            ("file: worum-es-geht.mp4", "file: worum-es-geht.mov", "6:11 video-format"),
            ("captions: worum-es-geht.vtt", "captions: untertitel.srt", "10:15 captions-format"),
            ("file: worum-es-geht.mp4", "file: worum.mp4", "6:11 media-missing"),
            ("file: vorschau.png", "file: vorschau.svg", "15:20 picture-format"),
            ("file: worum-es-geht.mp4", "file: ../../a.mp4", "6:11 path-leaves-content"),
            ("length: 2:35", "length: 2.35", "8:13 length-form"),
        ],
    )
    def test_what_is_wrong_is_said(self, tmp_path: Path, old: str, new: str, finding: str) -> None:
        site = MiniSite(tmp_path, FILES, templates=False)
        site.edit(PAGE, old, new)
        assert f"{PAGE}:{finding}" in site.findings()

    def test_a_video_without_any_text_leaves_people_out(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, FILES, templates=False)
        before, _, rest = SEITE.partition("    transcript:")
        text = before + rest[rest.index("    poster:") :]
        site.write(PAGE, text.replace("Ein erfundener Text.\n", ""))
        assert f"{PAGE}:6:5 video-without-transcript" in site.findings()


@pytest.mark.parametrize(
    ("text", "seconds"), [("2:35", 155), ("0:07", 7), ("59:59", 3599), ("1:02:05", 3725), ("90:00", 5400)]
)
def test_lengths(text: str, seconds: int) -> None:
    assert TypeAdapter(Length).validate_python(text) == seconds


@pytest.mark.parametrize("text", ["", "2", "2:5", "2:60", "1:60:00", "0:00", "-1:00", "2:35 min", "١:0٠"])
def test_what_is_no_length(text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Length).validate_python(text)
