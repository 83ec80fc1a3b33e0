"""Pictures on a site: the files that readers, newspapers and networks get, what is said at them, and what is gone."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from lxml import html as lxml_html
from PIL import Image

from stadtnetz.i18n import texts
from stadtnetz.model.picture import Person
from stadtnetz.render import images
from stadtnetz.render.images import LADDER
from stadtnetz.site.figures import people_text
from tests.minisite import CITIES, MELDUNG, UNFINISHED, MiniSite, snapshot
from tests.picturesite import MARKED, landscape, photograph, picture_files, saved

BASE = "https://netz.musterstadt.de"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> MiniSite:
    """Build the site with pictures once."""
    site = MiniSite(tmp_path_factory.mktemp("pictures"), picture_files())
    assert [one.code for one in site.build().diagnostics if one.code not in UNFINISHED] == []
    return site


def page(site: MiniSite, path: str) -> lxml_html.HtmlElement:
    return lxml_html.fromstring(site.html(path))


def candidates(srcset: str) -> list[tuple[str, int]]:
    return [(url, int(width.removesuffix("w"))) for url, width in (one.split() for one in srcset.split(", "))]


def of_site(site: MiniSite, url: str) -> Image.Image:
    image = Image.open(BytesIO((site.output / url.removeprefix(BASE).lstrip("/")).read_bytes()))
    image.load()
    return image


class TestFiles:
    def test_every_width_in_every_srcset_is_true(self, site: MiniSite) -> None:
        seen = 0
        for file in sorted(site.output.rglob("*.html")):
            for picture in lxml_html.fromstring(file.read_text("utf-8")).iter("picture"):
                (image,) = picture.iter("img")
                ratio = int(image.get("width")) / int(image.get("height"))
                sources = [(one.get("type"), one.get("srcset")) for one in picture.iter("source")]
                assert [kind for kind, _ in sources] == ["image/avif", "image/webp"]
                plain = "image/png" if image.get("src").endswith(".png") else "image/jpeg"
                for kind, srcset in [
                    *sources,
                    (plain, image.get("srcset")),
                    (plain, f"{image.get('src')} 0w"),
                ]:
                    for url, width in candidates(srcset):
                        decoded = of_site(site, url)
                        assert Image.MIME[decoded.format] == kind
                        assert width in (0, decoded.width)
                        assert abs(decoded.width / decoded.height - ratio) < 0.01
                        seen += 1
        assert seen > 100

    def test_nothing_is_enlarged(self, site: MiniSite) -> None:
        names = {path.name for path in (site.output / "bilder").iterdir()}
        of_place = sorted(
            int(name.split(".")[2]) for name in names if name.startswith("ort") and "webp" in name
        )
        assert of_place == [400, 800, 1000]
        assert max(int(name.split(".")[2]) for name in names if name.startswith("gruppe")) == LADDER[-1]

    def test_no_file_tells_where_it_was_taken(self, site: MiniSite) -> None:
        assert all(mark in picture_files()["content/news/2022/gruppe.jpg"] for mark in MARKED)
        for path, data in snapshot(site.output).items():
            assert not [mark for mark in MARKED if mark in data], path

    def test_what_is_under_embargo_is_nowhere(self, site: MiniSite) -> None:
        for path, data in snapshot(site.output).items():
            assert "geheim" not in path
            assert b"geheim" not in data
            assert b"Noch gesperrt" not in data
        lifted = sorted(path for path in snapshot(site.output) if "vorschau" in path)
        site.build("2022-09-02")
        assert "geheim." in site.html("aktuelles/2022/gesperrt")
        assert len([path for path in snapshot(site.output) if "vorschau" in path]) == len(lifted) + 1
        site.build()


class TestOnPages:
    def test_the_first_picture_of_an_article_is_fetched_first(self, site: MiniSite) -> None:
        article = page(site, "aktuelles/2022/vereinbarung")
        (image,) = article.xpath("//main//img")
        assert image.get("loading") is None
        assert image.get("fetchpriority") == "high"
        (preload,) = article.xpath("//link[@rel='preload']")
        (best,) = article.xpath("//main//source[@type='image/avif']")
        assert (preload.get("imagesrcset"), preload.get("imagesizes")) == (
            best.get("srcset"),
            best.get("sizes"),
        )
        assert (preload.get("as"), preload.get("type")) == ("image", "image/avif")

    def test_others_wait(self, site: MiniSite) -> None:
        for path in ("", "aktuelles", "presse", "staedte/beispielhausen", "aktuelles/2022/im-text"):
            shown = page(site, path)
            assert {image.get("loading") for image in shown.xpath("//main//img")} == {"lazy"}, path
            assert shown.xpath("//link[@rel='preload']") == []

    def test_credit_stands_at_every_picture(self, site: MiniSite) -> None:
        for path in ("", "aktuelles", "presse", "staedte/beispielhausen", "aktuelles/2022/im-text"):
            for figure in page(site, path).xpath("//main//img/ancestor::figure[1]"):
                assert "Bild: " in figure.text_content(), path

    def test_what_may_be_printed_can_be_downloaded(self, site: MiniSite) -> None:
        (link,) = page(site, "aktuelles/2022/vereinbarung").xpath("//a[contains(@href, '/bilder/druck/')]")
        printed = of_site(site, link.get("href"))
        assert printed.size == (2400, 1600)
        assert link.text.replace("\N{NO-BREAK SPACE}", " ").startswith(
            "Druckfassung herunterladen (JPEG, 2400 × 1600, "
        )
        assert "Stadt Musterstadt/Erika Beispiel" in printed.info["xmp"].decode()
        assert page(site, "aktuelles/2022/im-text").xpath("//a[contains(@href, '/bilder/druck/')]") == []

    def test_the_press_finds_them_all(self, site: MiniSite) -> None:
        press = page(site, "presse")
        found = press.xpath("//a[contains(@href, '/bilder/druck/')]/@href")
        assert [url.rpartition("/")[2].partition(".")[0] for url in found] == ["gruppe", "zeichen", "ort"]
        (licence,) = press.xpath("//a[text()='CC BY 4.0']/@href")
        assert licence == "https://creativecommons.org/licenses/by/4.0/"

    def test_a_see_through_picture_keeps_a_png(self, site: MiniSite) -> None:
        (image,) = page(site, "aktuelles/2022/zeichen").xpath("//main//img")
        assert of_site(site, image.get("src")).getpixel((0, 0))[3] == 0


PEOPLE = (
    {"name": "Vorn Rechts", "row": "front", "column": "right"},
    {
        "name": "Mia Muster",
        "role": "Bürgermeisterin",
        "organisation": "Musterstadt",
        "row": "front",
        "column": "left",
    },
    {"name": "Vorn Irgendwo", "row": "front"},
    {"name": "Ohne Platz", "organisation": "Verein"},
    {"name": "Hinten Mitte", "row": "back", "column": "centre"},
    {"name": "In der Mitte", "row": "middle"},
    {"name": "Nur Links", "column": "left"},
)


def said(language: str, *people: dict[str, str]) -> str:
    return people_text(texts(language), language, tuple(Person(**one) for one in people))  # type: ignore[arg-type]


class TestInAPreview:
    def test_each_is_shown_in_one_small_file_without_what_it_tells(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, picture_files())
        assert site.build(quick_pictures=True).published is not None
        files = [path for path in snapshot(site.output) if path.startswith("bilder/")]
        shown = [path for path in files if not path.startswith(("bilder/druck/", "bilder/vorschau/"))]
        assert {path.rpartition(".")[2] for path in shown} == {"jpg", "png"}
        for path in shown:
            data = snapshot(site.output)[path]
            assert Image.open(BytesIO(data)).width <= 800
            assert not [mark for mark in MARKED if mark in data], path
        for path in ("", "aktuelles/2022/vereinbarung", "aktuelles/2022/im-text"):
            for image in page(site, path).xpath("//main//img"):
                assert of_site(site, image.get("src")).size == (
                    int(image.get("width")),
                    int(image.get("height")),
                )
        assert page(site, "aktuelles/2022/vereinbarung").xpath("//picture/source") == []

    def test_what_may_be_printed_is_told_as_it_will_be(self, site: MiniSite, tmp_path: Path) -> None:
        preview = MiniSite(tmp_path, picture_files())
        preview.build(quick_pictures=True)

        def told(of: MiniSite) -> str:
            (link,) = page(of, "aktuelles/2022/vereinbarung").xpath("//a[contains(@href, '/bilder/druck/')]")
            return str(link.text).rpartition(",")[0]

        assert told(preview) == told(site)

    def test_what_follows_a_preview_is_the_whole_site(self, site: MiniSite, tmp_path: Path) -> None:
        other = MiniSite(tmp_path, picture_files())
        other.build(quick_pictures=True)
        other.build()
        site.build()
        assert snapshot(other.output) == snapshot(site.output)


class TestCaptions:
    def test_rows_from_the_back_columns_from_the_left(self) -> None:
        assert said("de", *PEOPLE) == (
            "Hinten in der Mitte: Hinten Mitte; mittlere Reihe: In der Mitte; vorne, von links: "
            "Mia Muster (Bürgermeisterin, Musterstadt) und Vorn Rechts; vorne: Vorn Irgendwo; links: Nur Links; "
            "außerdem: Ohne Platz (Verein)"
        )

    def test_in_english_too(self) -> None:
        assert said("en", *PEOPLE) == (
            "Back row, centre: Hinten Mitte; middle row: In der Mitte; front row, from left: "
            "Mia Muster (Bürgermeisterin, Musterstadt) and Vorn Rechts; front row: Vorn Irgendwo; left: Nur Links; "
            "also: Ohne Platz (Verein)"
        )

    def test_without_places_they_are_a_list(self) -> None:
        assert said("de", {"name": "A B"}, {"name": "C D"}, {"name": "E F"}) == "A B, C D und E F"
        assert said("de") == ""


def one_picture(name: str, data: bytes, more: str = "") -> dict[str, str | bytes]:
    picture = f"pictures:\n  - {{file: {name}, alt: Ein Platz, credit: Foto Muster{more}}}\nsources:"
    return {
        **CITIES,
        "content/news/2021/meldung.md": MELDUNG.replace("sources:", picture),
        f"content/news/2021/{name}": data,
    }


class TestWhatIsWrong:
    @pytest.mark.parametrize(
        ("name", "data", "code"),
        [
            ("platz.jpg", saved(landscape(80, 60), "PNG"), "picture-misnamed"),
            ("platz.png", saved(landscape(80, 60), "JPEG"), "picture-misnamed"),
            ("platz.jpg", saved(landscape(80, 60), "TIFF"), "picture-other-form"),
            ("platz.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "picture-other-form"),
            ("platz.jpg", saved(landscape(80, 60), "JPEG")[:900], "picture-broken"),
            ("platz.heic", b"\0\0\0\x18ftypheic", "picture-format"),
        ],
    )
    def test_it_is_told_where_it_is_named(self, tmp_path: Path, name: str, data: bytes, code: str) -> None:
        site = MiniSite(tmp_path, one_picture(name, data), templates=False)
        assert f"content/news/2021/meldung.md:9:12 {code}" in site.findings()

    def test_a_wrong_name_is_no_reason_not_to_show_it(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, one_picture("platz.jpg", saved(landscape(80, 60), "PNG")))
        site.build()
        assert ".80.avif" in site.html("aktuelles/2021/meldung")

    def test_a_small_picture_for_the_press_is_mentioned(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, one_picture("platz.jpg", saved(landscape(800, 600)), ", licence: press"))
        assert site.findings() == ["content/news/2021/meldung.md:9:12 picture-small-for-press"]


class TestWithdrawing:
    FILES = one_picture("platz.jpg", photograph(900, 600), ", licence: press, withdraw_by: 2022-08-10")

    def test_every_file_goes_on_the_day(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, self.FILES)
        built = site.build("2022-08-09")
        assert built.valid_until is not None
        assert built.valid_until.isoformat() == "2022-08-10T00:00:00+02:00"
        assert [path for path in snapshot(site.output) if "platz" in path]
        site.build("2022-08-10")
        assert not [
            path for path, data in snapshot(site.output).items() if "platz" in path or b"platz." in data
        ]

    def test_so_does_a_copy_that_another_entry_names(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, self.FILES)
        site.write("content/cities/anders.jpg", photograph(900, 600))
        site.write(
            "content/cities/musterstadt.yaml",
            CITIES["content/cities/musterstadt.yaml"]
            + "pictures:\n  - {file: anders.jpg, alt: Ein Platz, credit: Foto Muster}\n",
        )
        site.build("2022-08-09")
        assert "anders." in site.html("staedte/musterstadt")
        site.build("2022-08-10")
        assert not [
            path for path, data in snapshot(site.output).items() if "anders" in path or b"anders." in data
        ]


class TestOnce:
    def test_a_changed_article_encodes_nothing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        site = MiniSite(tmp_path, one_picture("platz.jpg", photograph(500, 300), ", licence: CC0-1.0"))
        site.build()
        before = snapshot(site.output)
        encoded: list[str] = []
        web, printed = images.encode, images.encode_for_print
        monkeypatch.setattr(images, "encode", lambda data, **how: encoded.append("web") or web(data, **how))
        monkeypatch.setattr(
            images, "encode_for_print", lambda *given: encoded.append("print") or printed(*given)
        )
        site.edit("content/news/2021/meldung.md", "Ein erfundener Vorspann.", "Ein anderer Vorspann.")
        site.build()
        assert encoded == []
        site.edit("content/news/2021/meldung.md", "Foto Muster", "Foto Beispiel")
        site.build()
        assert encoded == ["print"], "only the file for print says whose it is"
        site.write("content/news/2021/platz.jpg", photograph(500, 300, 20))
        site.build()
        assert encoded == ["print", "web", "print"]
        assert len(snapshot(site.output)) == len(before)

    def test_what_was_lost_or_damaged_is_made_again(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, one_picture("platz.jpg", photograph(500, 300)))
        site.build()
        first = snapshot(site.output)
        memory = site.root / ".build" / "memory.sqlite"
        data = bytearray(memory.read_bytes())
        for mark in (b"ftypavif", b"WEBPVP8"):
            data[data.index(mark) + 40] ^= 255
        memory.write_bytes(data)
        for path in (site.output / "bilder").iterdir():
            path.unlink()
        assert site.build().published is not None
        assert snapshot(site.output) == first

    def test_any_number_of_workers_makes_the_same(self, tmp_path: Path) -> None:
        files = picture_files()
        one, other = MiniSite(tmp_path / "one", files), MiniSite(tmp_path / "other", files)
        one.build(jobs=1)
        other.build(jobs=3, keep_state=False)
        assert snapshot(one.output) == snapshot(other.output)
