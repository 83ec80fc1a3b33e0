"""The drawn pictures that stand for pages: what is on them, that nothing runs over, and when they are drawn."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path

import pytest
from lxml import html as lxml_html
from PIL import Image, ImageChops

from stadtnetz.render import previews
from stadtnetz.render.lettering import _SIGNS, FONTS, font, legible, set_title
from stadtnetz.render.previews import draw
from stadtnetz.site.previews import HEIGHT, WIDTH, Preview
from tests.minisite import NETWORK, WITH_PREVIEWS, MiniSite, snapshot

LONG = "Verwaltungsgemeinschaftsversammlungsbeteiligungsverfahrensordnung"
TITLES = (
    "Ort",
    "Musterstadt und Beispielhausen unterzeichnen eine Vereinbarung",
    LONG,
    f"Die {LONG} für das Nordrhein-westfälisch-beispielhausische Bündnis",
    "W" * 200,
    "Donaudampfschifffahrt " * 40,
    "Łódź, Şişli, Ērgļi & *Koordinator:innen – „Žižkov“ ğ",
)
MARGIN = 80


def preview(title: str, line: str = "Pressemitteilung · Musterstadt · 8. Juli 2022") -> Preview:
    return Preview(title, line, "Netz der Musterstädte", "de")


@pytest.mark.parametrize("title", TITLES)
def test_nothing_runs_over_the_edge(title: str) -> None:
    data = draw(preview(title, line=f"{title} · {LONG}"))
    image = Image.open(BytesIO(data))
    assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT)) == ("PNG", (1200, 630))
    assert len(data) <= 40_000
    ground = Image.new("RGB", image.size, image.convert("RGB").getpixel((0, 0)))
    drawn = Image.composite(
        Image.new("L", image.size, 255), Image.new("L", image.size), _differs(image, ground)
    )
    left, top, right, bottom = drawn.getbbox() or (0, 0, 0, 0)
    assert left >= MARGIN - 2
    assert top >= 60
    assert right <= WIDTH - MARGIN + 2
    assert bottom <= HEIGHT - 40


def _differs(image: Image.Image, ground: Image.Image) -> Image.Image:
    return (
        ImageChops.difference(image.convert("RGB"), ground)
        .convert("L")
        .point(lambda value: 255 if value else 0)
        .convert("1")
    )


def test_the_same_words_give_the_same_bytes() -> None:
    first = draw(preview(TITLES[1]))
    assert draw(preview(TITLES[1])) == first
    assert draw(preview(TITLES[2])) != first


def test_a_long_word_is_divided_where_its_parts_meet() -> None:
    assert set_title(LONG, "de", 1040, 330).lines == (
        "Verwaltungsgemeinschafts-",
        "versammlungsbeteiligungs-",
        "verfahrensordnung",
    )


def test_no_word_is_divided_that_fits() -> None:
    chance = random.Random(7)  # noqa: S311 - the same titles in every run
    words = ["Beteiligung", "und", "Tandem", "Bürgermeisterin", "der", "Engagierten", "Stadt", "–", "2022"]
    for _ in range(60):
        title = " ".join(chance.choices(words, k=chance.randrange(1, 12)))
        setting = set_title(title, "de", 1040, 330)
        assert " ".join(setting.lines).replace("\N{NO-BREAK SPACE}", " ") == title
        assert all(font(FONTS[1], setting.size).getlength(line) <= 1040 for line in setting.lines)
        assert len(setting.lines) * setting.leading <= 330


def test_short_titles_are_large_and_long_ones_end_in_an_ellipsis() -> None:
    assert set_title("Ort", "de", 1040, 330).size > 100
    assert set_title("Wort " * 200, "de", 1040, 330).lines[-1].endswith("…")


def test_the_fonts_have_every_sign_that_we_write() -> None:
    signs = [chr(number) for number in range(0x20, 0x2300) if _SIGNS.fullmatch(chr(number))]
    assert len(signs) > 500
    for name in FONTS:
        missing = bytes(font(name, 40).getmask("\uffff"))
        assert not [sign for sign in signs if bytes(font(name, 40).getmask(sign)) == missing and sign.strip()]


def test_other_signs_lose_their_marks_or_go() -> None:
    assert legible("Ǹeue 🎉 Straße\n„Łódź“ ﬁn 漢字!") == "Neue Straße „Łódź“ fin !"


FILES = {**NETWORK, "site.yaml": WITH_PREVIEWS}


def images_of(site: MiniSite) -> dict[str, str]:
    """Return the picture that each page names, by its path."""
    found = {}
    for file in sorted(site.output.rglob("*.html")):
        head = lxml_html.fromstring(file.read_text("utf-8"))
        (found[str(file.relative_to(site.output))],) = head.xpath("//meta[@property='og:image']/@content")
    return found


def test_every_page_names_a_picture_that_is_there(tmp_path: Path) -> None:
    site = MiniSite(tmp_path, FILES)
    site.build()
    named = images_of(site)
    for url in named.values():
        assert (site.output / url.removeprefix("https://netz.musterstadt.de/")).is_file(), url
    drawn = {path for path in snapshot(site.output) if path.startswith("bilder/vorschau/")}
    # What stands in every language may be without pages yet: its picture waits for them.
    assert len(drawn - {url.removeprefix("https://netz.musterstadt.de/") for url in named.values()}) <= 1
    own = [
        named[f"{path}/index.html"] for path in ("staedte/musterstadt", "aktuelles/2021/meldung", "tandems")
    ]
    assert len(set(own)) == 3
    assert named["tandems/index.html"] == named["staedte/index.html"] == named["index.html"]
    head = lxml_html.fromstring(site.html("aktuelles/2021/meldung"))
    said = {one.get("property") or one.get("name"): one.get("content") for one in head.xpath("//meta")}
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    assert said["twitter:card"] == "summary_large_image"
    assert "Musterstadt zeigt, wie es geht" in said["og:image:alt"]


def test_only_what_is_on_it_makes_it_drawn_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = MiniSite(tmp_path, FILES)
    site.build()
    titles: list[str] = []
    monkeypatch.setattr(previews, "draw", lambda one: titles.append(one.title) or draw(one))
    site.edit("content/news/2021/meldung.md", "Ein erfundener Vorspann.", "Ein anderer Vorspann.")
    site.build()
    assert titles == []
    before = set(snapshot(site.output))
    site.edit("content/news/2021/meldung.md", "zeigt, wie es geht", "zeigt es")
    site.build()
    assert titles == ["Musterstadt zeigt es"]
    assert len(set(snapshot(site.output)) - before) == len(before - set(snapshot(site.output))) == 1


def test_a_site_can_do_without(tmp_path: Path) -> None:
    site = MiniSite(tmp_path, NETWORK)
    site.build()
    assert not [path for path in snapshot(site.output) if path.startswith("bilder/")]
    head = site.html("aktuelles/2021/meldung")
    assert "og:image" not in head
    assert '<meta name="twitter:card" content="summary">' in head
