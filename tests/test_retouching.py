"""The short way of a build in which nothing but words of news changed: when it is taken, and when it must not be."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from stadtnetz.memory import Memory
from stadtnetz.outcome import Built
from stadtnetz.output import sight
from stadtnetz.output.marker import MARKER
from stadtnetz.pipeline import build
from tests.minisite import DISK, MELDUNG, NETWORK, SITE, WITH_PREVIEWS, MiniSite, snapshot
from tests.picturesite import photograph

FILE = "content/news/2021/meldung.md"
ARTICLE = "aktuelles/2021/meldung/index.html"
TEXT, NEW = "Ein erfundener Text", "Ein neuer Text"

EARLIER = MELDUNG.replace("2021-07-08", "2021-05-08").replace("wie es geht", "was war")
LATER = MELDUNG.replace("2021-07-08", "2021-09-08").replace("wie es geht", "was wird")
FILES = {
    **NETWORK,
    "content/news/2021/frueher.md": EARLIER,
    "content/news/2021/spaeter.md": LATER,
}


def site_of(folder: Path, files: dict[str, str | bytes] | None = None, **options: object) -> MiniSite:
    site = MiniSite(folder, {**FILES, **(files or {})})
    assert site.build(**options).published is not None
    return site


def compared(site: MiniSite, **options: object) -> tuple[Built, bool]:
    """Build, compare with a clean build, and tell whether the short way was taken."""
    built = site.build(**options)
    clean = build(replace(site.settings(**options), clean=True), site.root / "clean", disk=DISK)
    assert built.published is not None, built.diagnostics
    assert built.diagnostics == clean.diagnostics
    assert (built.pages, built.files, built.valid_until) == (clean.pages, clean.files, clean.valid_until)
    assert snapshot(site.output) == snapshot(site.root / "clean")
    return built, built.examined is None


def test_a_new_text_takes_the_short_way_and_renders_its_page_alone(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    site.edit(FILE, TEXT, NEW)
    built, short = compared(site)
    assert short
    assert set(built.reasons) == {ARTICLE}
    assert NEW in site.html("aktuelles/2021/meldung")
    assert site.build().reasons == {}


def test_a_whole_build_after_it_has_nothing_to_render(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    site.edit(FILE, TEXT, NEW)
    assert compared(site)[1]
    site.edit("content/cities/musterstadt.yaml", "name:", "# Anmerkung\nname:")
    built, short = compared(site)
    assert not short
    assert built.reasons == {}


def test_several_texts_and_one_that_nobody_may_see_yet(tmp_path: Path) -> None:
    hidden = MELDUNG.replace("cities:", "embargo: 2023-01-01\ncities:")
    site = site_of(tmp_path, {"content/news/2021/gesperrt.md": hidden})
    for file in (FILE, "content/news/2021/spaeter.md", "content/news/2021/gesperrt.md"):
        site.edit(file, TEXT, NEW)
    built, short = compared(site)
    assert short
    assert set(built.reasons) == {ARTICLE, "aktuelles/2021/spaeter/index.html"}


def test_another_commit_stands_in_the_manifest(tmp_path: Path) -> None:
    site = site_of(tmp_path, commit="a" * 40)
    site.edit(FILE, TEXT, NEW)
    _, short = compared(site, commit="b" * 40)
    assert short
    assert '"commit": "' + "b" * 40 in (site.output / ".well-known/build.json").read_text()


def test_compressed_forms_follow(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"site.yaml": f"{SITE}deploy: {{compress: ja}}\n"})
    site.edit(FILE, TEXT, NEW)
    assert compared(site)[1]


PRESS = "---\ntitle: Presse\nlead: Für die Presse.\nlayout: press\n---\nHier steht alles.\n"
TITLE = "Musterstadt zeigt, wie es geht"


def test_a_new_title_renders_what_shows_it_and_nothing_else(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"content/pages/presse.md": PRESS})
    site.edit(FILE, TITLE, "Ganz andere Worte")
    built, short = compared(site)
    assert short
    assert set(built.reasons) == {
        "index.html",
        ARTICLE,
        *(f"aktuelles/2021/{one}/index.html" for one in ("frueher", "spaeter")),
        *(f"aktuelles/{one}index.html" for one in ("", "2021/", "art/pressemitteilung/", "ort/musterstadt/")),
        *("feed.xml", "aktuelles/art/pressemitteilung/feed.xml", "aktuelles/ort/musterstadt/feed.xml"),
        *("staedte/land/niedersachsen/feed.xml", "staedte/musterstadt/index.html", "presse/index.html"),
    }
    assert "Ganz andere Worte" in site.html("presse")
    assert site.build().reasons == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("lead: Ein erfundener Vorspann.", "lead: Ein anderer Vorspann."),
        ("dateline: Musterstadt", "dateline: Beispielhausen"),
        ("dateline: Musterstadt", "kicker: Das Thema"),
        ("dateline: Musterstadt\n", ""),
        ("cities:", "correction: Zuerst stand hier etwas anderes.\ncities:"),
        ("cities:", "issuer: Stadt Musterstadt\ncities:"),
    ],
)
def test_other_words_take_the_short_way_as_well(tmp_path: Path, old: str, new: str) -> None:
    site = site_of(tmp_path)
    site.edit(FILE, old, new)
    site.edit(FILE, TEXT, NEW)
    built, short = compared(site)
    assert short
    assert ARTICLE in built.reasons


def test_titles_of_several_news_and_of_one_that_nobody_may_see_yet(tmp_path: Path) -> None:
    hidden = MELDUNG.replace("cities:", "embargo: 2023-01-01\ncities:")
    site = site_of(tmp_path, {"content/news/2021/gesperrt.md": hidden})
    for file in (FILE, "content/news/2021/spaeter.md", "content/news/2021/gesperrt.md"):
        site.edit(file, "title: ", "title: Neues, ")
    built, short = compared(site)
    assert short
    assert not any("gesperrt" in file for file in built.reasons)


def test_a_title_stands_on_pages_in_other_languages(tmp_path: Path) -> None:
    english = "---\ntitle: Press\nlead: For the press.\n---\nAll of it.\n"
    named = "---\ntitle: About\nlead: A page.\n---\nMore [there](news:meldung).\n"
    site = site_of(
        tmp_path,
        {
            "content/pages/presse.md": PRESS,
            "content/pages/presse.en.md": english,
            "content/pages/ueber.md": "---\ntitle: Über\nlead: Eine Seite.\n---\nNichts.\n",
            "content/pages/ueber.en.md": named,
        },
    )
    site.edit(FILE, TITLE, "Ganz andere Worte")
    built, short = compared(site)
    assert short
    assert "en/presse/index.html" in built.reasons


def test_far_news_whose_texts_name_it_are_looked_at(tmp_path: Path) -> None:
    far = MELDUNG.replace("2021-07-08", "2019-01-08").replace(TEXT, "Wie [hier](news:meldung)")
    site = site_of(tmp_path, {"content/news/2019/weit-weg.md": far})
    site.edit(FILE, TITLE, "Ganz andere Worte")
    assert compared(site)[1]


def test_a_title_that_is_drawn_takes_a_whole_build_and_a_lead_does_not(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"site.yaml": WITH_PREVIEWS})
    site.edit(FILE, "Ein erfundener Vorspann", "Ein anderer Vorspann")
    assert compared(site)[1]
    site.edit(FILE, TITLE, "Ganz andere Worte")
    assert not compared(site)[1]


def test_a_title_that_old_addresses_show_takes_a_whole_build(tmp_path: Path) -> None:
    aliases = MELDUNG.replace("cities:", "aliases: [/alt/meldung/]\ncities:")
    site = site_of(tmp_path, {FILE: aliases, "site.yaml": f"{SITE}deploy: {{redirect_pages: ja}}\n"})
    site.edit(FILE, TITLE, "Ganz andere Worte")
    assert not compared(site)[1]
    assert "Ganz andere Worte" in site.html("alt/meldung")


def test_a_title_that_an_old_address_of_a_translation_shows_takes_a_whole_build(tmp_path: Path) -> None:
    english = "---\nlead: A lead.\naliases: [/en/old/]\n---\nText.\n"
    site = site_of(
        tmp_path,
        {"content/news/2021/meldung.en.md": english, "site.yaml": f"{SITE}deploy: {{redirect_pages: ja}}\n"},
    )
    site.edit(FILE, TITLE, "Ganz andere Worte")
    assert not compared(site)[1]
    assert "Ganz andere Worte" in site.html("en/old")


@pytest.mark.parametrize("contact", ["{phone: '+49 511 1234'}", "{name: Kim Muster, phone: '+49 511 1234'}"])
def test_the_card_of_a_contact_without_a_name_has_the_title(tmp_path: Path, contact: str) -> None:
    site = site_of(tmp_path, {FILE: MELDUNG.replace("cities:", f"contact: {contact}\ncities:")})
    site.edit(FILE, TITLE, "Ganz andere Worte")
    built, short = compared(site)
    assert short
    assert any(file.endswith(".vcf") for file in built.reasons) == ("name" not in contact)


def test_a_title_beside_news_with_pictures_takes_a_whole_build(tmp_path: Path) -> None:
    picture = "pictures:\n  - {file: platz.jpg, alt: Ein Platz, credit: Foto Muster}\ncities:"
    site = site_of(
        tmp_path,
        {
            "content/news/2021/spaeter.md": LATER.replace("cities:", picture),
            "content/news/2021/platz.jpg": photograph(64, 48),
        },
    )
    site.edit(FILE, TEXT, NEW)
    assert compared(site)[1], "its text is shown by its own page alone"
    site.edit(FILE, TITLE, "Ganz andere Worte")
    assert not compared(site)[1]


def test_a_title_on_a_page_that_others_link_into_takes_a_whole_build(tmp_path: Path) -> None:
    """A template might make the places of what it lists."""
    site = site_of(tmp_path)
    site.edit("content/news/2021/spaeter.md", TEXT, "Wie [dort](/aktuelles/#s-content)")
    assert not compared(site)[1]
    site.edit(FILE, TITLE, "Ganz andere Worte")
    assert not compared(site)[1]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("published: 2021-07-08", "published: 2021-10-08"),
        ("[Beispielhausen](city:beispielhausen)", "[Musterstadt](city:musterstadt)"),
        (TEXT, "Ein Text in [den Nachrichten](/aktuelles/)"),
        (TEXT, "Mehr [dazu](news:frueher)"),
        ("---\nEin erfundener", "draft: ja\n---\nEin erfundener"),
    ],
)
def test_whatever_else_changes_takes_a_whole_build(tmp_path: Path, old: str, new: str) -> None:
    site = site_of(tmp_path)
    site.edit(FILE, old, new)
    assert not compared(site)[1]


def test_a_text_whose_problems_are_told_does_not_take_the_short_way(tmp_path: Path) -> None:
    """They stand in other lines now."""
    hidden = MELDUNG.replace("cities:", "embargo: 2023-01-01\ncities:")
    site = site_of(tmp_path, {"content/news/2021/gesperrt.md": hidden})
    site.edit(FILE, TEXT, "Ein Text zu [später](news:gesperrt)")
    compared(site)
    site.edit(FILE, "Ein Text zu", "Ein Absatz.\n\nEin Text zu")
    built, short = compared(site)
    assert not short
    assert "reference-unpublished" in {one.code for one in built.diagnostics}


def test_a_text_that_others_link_into_does_not_take_the_short_way(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    site.edit(FILE, TEXT, "## Ein Teil\n\nDanach")
    site.edit("content/news/2021/spaeter.md", TEXT, "Wie [dort](news:meldung#ein-teil)")
    assert "place-unknown" not in {one.code for one in compared(site)[0].diagnostics}
    site.edit(FILE, "Ein Teil", "Ein anderer Teil")
    built = site.build()
    assert built.published is None
    assert "place-unknown" in {one.code for one in built.diagnostics}


def test_news_with_pictures_do_not_take_the_short_way(tmp_path: Path) -> None:
    """Another entry may say that the same picture must not be shown any more."""
    picture = "pictures:\n  - {file: platz.jpg, alt: Ein Platz, credit: Foto Muster}\ncities:"
    site = site_of(
        tmp_path,
        {FILE: MELDUNG.replace("cities:", picture), "content/news/2021/platz.jpg": photograph(64, 48)},
    )
    site.edit(FILE, TEXT, NEW)
    assert not compared(site)[1]


def test_what_was_damaged_meanwhile_is_mended_by_a_whole_build(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    (site.output / "index.html").write_text("verändert")
    site.edit(FILE, TEXT, NEW)
    assert not compared(site)[1]


@pytest.mark.parametrize("lost", ["memory.sqlite", "*.ledger"])
def test_without_what_was_remembered_a_whole_build_is_made(tmp_path: Path, lost: str) -> None:
    site = site_of(tmp_path)
    (file,) = (site.root / ".build").glob(lost)
    file.unlink()
    site.edit(FILE, TEXT, NEW)
    assert not compared(site)[1]


def test_a_build_for_publishing_looks_at_everything(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    site.edit(FILE, TEXT, NEW)
    assert site.build(strict=True).examined is not None


def test_at_another_moment_a_whole_build_is_made(tmp_path: Path) -> None:
    site = site_of(tmp_path, as_of="2022-06-30")
    site.edit(FILE, TEXT, NEW)
    assert not compared(site, as_of="2022-07-01")[1]


class TestSearch:
    def test_with_an_index_a_whole_build_is_made(self, tmp_path: Path) -> None:
        site = site_of(tmp_path, search=True)
        site.edit(FILE, TEXT, NEW)
        assert site.build(search=True).examined is not None

    def test_a_preview_leaves_the_index_to_a_later_build(self, tmp_path: Path) -> None:
        site = site_of(tmp_path, search=True)
        site.edit(FILE, TEXT, NEW)
        built = site.build(search=True, search_later=True)
        assert built.examined is None
        assert built.search_waits
        assert set(built.reasons) == {ARTICLE}
        later = site.build(search=True)
        assert later.examined is not None
        assert not later.search_waits
        build(replace(site.settings(search=True), clean=True), site.root / "clean", disk=DISK)
        assert snapshot(site.output) == snapshot(site.root / "clean")


def test_what_is_remembered_of_other_files_stays(tmp_path: Path) -> None:
    site = site_of(tmp_path)
    memory = site.root / ".build/memory.sqlite"
    before = memory.stat().st_size
    for number in range(3):
        site.edit(FILE, TEXT, f"{TEXT} Nummer {number},")
        assert compared(site)[1]
    assert memory.stat().st_size >= before
    site.edit("content/cities/musterstadt.yaml", "name:", "# Anmerkung\nname:")
    assert site.build().reasons == {}


def rewritten(site: MiniSite, change: Callable[[dict[str, Any]], None]) -> None:
    """Let somebody else write the ledger, with a digest that is right."""
    (path,) = (site.root / ".build").glob("*.ledger")
    content = json.loads(path.read_bytes().partition(b"\n")[2])
    change(content)
    body = json.dumps(content).encode()
    path.write_bytes(f"stadtnetz ledger 5 {sha256(body).hexdigest()}\n".encode() + body)


def _without_a_page(content: dict[str, Any]) -> None:
    del content["rows"]["index.html"]


def _without_a_glance(content: dict[str, Any]) -> None:
    content["summary"]["glances"] = [one for one in content["summary"]["glances"] if one[0] != "meldung"]


def _with_a_glance_at_nothing(content: dict[str, Any]) -> None:
    content["summary"]["glances"].insert(
        1, ["nichts", "../victim.txt", *content["summary"]["glances"][0][2:]]
    )


def _with_another_order(content: dict[str, Any]) -> None:
    content["summary"]["glances"][0][3] = 1999


def _with_glances_of_another_form(content: dict[str, Any]) -> None:
    content["summary"]["glances"] = {"meldung": [[[[]]]]}


def _with_local_time(content: dict[str, Any]) -> None:
    content["summary"]["told_since"] = "2020-01-01T00:00:00"


def _with_a_problem_without_words(content: dict[str, Any]) -> None:
    content["summary"]["diagnostics"] = [["unknown-reference", "site.yaml", None, [["kind", "city"]], []]]


def _with_a_list_for_a_word(content: dict[str, Any]) -> None:
    content["summary"]["diagnostics"] = [["site-missing", "site.yaml", None, [["kind", {}]], []]]


def _with_an_address_of_another_form(content: dict[str, Any]) -> None:
    content["rows"][ARTICLE][5] = "no address"


def _behind_elsewhere(content: dict[str, Any]) -> None:
    content["spare"]["behind"] = ["../victim.txt"]


def _with_a_row_elsewhere(content: dict[str, Any]) -> None:
    content["rows"]["a/../../victim.txt"] = [*content["rows"][ARTICLE]]


def _with_a_folder_elsewhere(content: dict[str, Any]) -> None:
    content["spare"]["folders"]["../victim"] = content["spare"]["folders"][""]


def _with_a_path_that_no_system_takes(content: dict[str, Any]) -> None:
    content["rows"]["a\0b"] = [*content["rows"][ARTICLE]]


@pytest.mark.parametrize(
    "change",
    [
        *(_without_a_page, _without_a_glance, _with_a_glance_at_nothing, _with_another_order),
        *(_with_glances_of_another_form, _with_local_time, _with_a_problem_without_words),
        *(_with_a_list_for_a_word, _with_an_address_of_another_form, _behind_elsewhere),
        *(_with_a_row_elsewhere, _with_a_folder_elsewhere, _with_a_path_that_no_system_takes),
    ],
)
def test_a_ledger_that_somebody_else_wrote_leads_nowhere(
    tmp_path: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    site = site_of(tmp_path)
    victim = site.root / "victim.txt"
    victim.write_text("bleibt")
    (site.root / "victim").mkdir()
    rewritten(site, change)
    site.edit(FILE, TEXT, NEW)
    assert not compared(site)[1]
    assert victim.read_text() == "bleibt"
    assert (site.root / "victim").is_dir()


def test_another_commit_than_before_may_have_lost_addresses(tmp_path: Path) -> None:
    site = site_of(tmp_path, history=True, head="a" * 40)
    site.edit(FILE, TEXT, NEW)
    assert not compared(site, history=True, head="b" * 40)[1]
    site.edit(FILE, NEW, TEXT)
    assert compared(site, history=True, head="b" * 40)[1]


def test_the_news_that_a_background_names_are_known_to_the_page(tmp_path: Path) -> None:
    background = "---\ntitle: Hintergrund\nas_of: 2021-07-01\n---\nMehr [dazu](news:weit-weg).\n"
    far = MELDUNG.replace("2021-07-08", "2020-01-08").replace("wie es geht", "was lange her ist")
    site = site_of(
        tmp_path,
        {
            "content/backgrounds/hintergrund.md": background,
            "content/news/2020/weit-weg.md": far,
            FILE: MELDUNG.replace("cities:", "background: hintergrund\ncities:"),
        },
    )
    assert 'href="/aktuelles/2020/weit-weg/"' in site.html("aktuelles/2021/meldung")
    site.edit(FILE, TEXT, NEW)
    assert compared(site)[1]


class TestLookedAtAside:
    """As a large site is: another process looks at output/ while this one plans."""

    @pytest.fixture(autouse=True)
    def _much(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sight, "_MANY", 0)

    def test_nothing_changed(self, tmp_path: Path) -> None:
        site = site_of(tmp_path, jobs=2)
        assert site.build(jobs=2).reasons == {}
        (site.output / "index.html").write_text("verändert")
        assert set(site.build(jobs=2).reasons) == {"index.html"}

    def test_words_changed(self, tmp_path: Path) -> None:
        site = site_of(tmp_path, jobs=2)
        for number in range(3):
            site.edit(FILE, TEXT, f"{TEXT} Nummer {number},")
            site.edit(FILE, "title: ", "title: Und ")
            assert compared(site, jobs=2)[1]

    @pytest.mark.parametrize("tree", ["output", ".output.spare"])
    def test_what_was_damaged_meanwhile_is_mended(self, tmp_path: Path, tree: str) -> None:
        site = site_of(tmp_path, jobs=2)
        site.edit(FILE, "title: ", "title: Und ")
        assert compared(site, jobs=2)[1]
        strange = site.root / tree / "aktuelles/fremd.html"
        strange.write_text("fremd")
        site.edit(FILE, "title: ", "title: Und ")
        compared(site, jobs=2)
        assert not strange.exists()

    def test_a_site_that_is_not_ours_is_left_alone(self, tmp_path: Path) -> None:
        site = site_of(tmp_path, jobs=2)
        (site.output / MARKER).unlink()
        site.edit(FILE, TEXT, NEW)
        built = site.build(jobs=2)
        assert built.published is None
        assert "output-foreign" in {one.code for one in built.diagnostics}


class TestInAProcessThatGoesOn:
    """As the preview does: it keeps what it knows, but not what somebody else made of it."""

    @pytest.fixture
    def memory(self, tmp_path: Path) -> Iterator[Memory]:
        memory = Memory(tmp_path / "site" / ".build", lasting=True)
        yield memory
        memory.close()

    @staticmethod
    def built(site: MiniSite, memory: Memory) -> tuple[Built, bool]:
        built = build(site.settings(), site.output, disk=DISK, memory=memory)
        clean = build(replace(site.settings(), clean=True), site.root / "clean", disk=DISK)
        assert snapshot(site.output) == snapshot(site.root / "clean")
        assert built.diagnostics == clean.diagnostics
        return built, built.examined is None

    def test_words_changed_again_and_again(self, tmp_path: Path, memory: Memory) -> None:
        site = MiniSite(tmp_path, FILES)
        self.built(site, memory)
        for number in range(3):
            site.edit(FILE, TEXT, f"{TEXT} Nummer {number},")
            site.edit(FILE, "title: ", "title: Und ")
            assert self.built(site, memory)[1]
            built, short = self.built(site, memory)
            assert (built.reasons, short) == ({}, True), (
                "nothing is left to do, and nothing was looked at for it"
            )

    @pytest.mark.parametrize("jobs", [1, 2])
    def test_a_site_that_is_gone_comes_back(
        self, tmp_path: Path, memory: Memory, monkeypatch: pytest.MonkeyPatch, jobs: int
    ) -> None:
        monkeypatch.setattr(sight, "_MANY", 0)
        site = MiniSite(tmp_path, FILES)
        self.built(site, memory)
        shutil.rmtree(site.output)
        built = build(site.settings(jobs=jobs), site.output, disk=DISK, memory=memory)
        assert built.published is not None
        assert built.published.written == built.files
        assert snapshot(site.output) == snapshot(site.root / "clean")

    def test_another_process_built_in_between(self, tmp_path: Path, memory: Memory) -> None:
        site = MiniSite(tmp_path, FILES)
        self.built(site, memory)
        site.edit(FILE, TEXT, NEW)
        assert site.build().examined is None
        site.edit("content/news/2021/spaeter.md", TEXT, NEW)
        built, short = self.built(site, memory)
        assert short
        assert set(built.reasons) == {"aktuelles/2021/spaeter/index.html"}

    def test_a_ledger_that_is_lost_is_not_missed_for_long(self, tmp_path: Path, memory: Memory) -> None:
        site = MiniSite(tmp_path, FILES)
        self.built(site, memory)
        (file,) = (site.root / ".build").glob("output-*.ledger")
        file.unlink()
        site.edit(FILE, TEXT, NEW)
        assert not self.built(site, memory)[1]
        site.edit(FILE, NEW, TEXT)
        assert self.built(site, memory)[1]
