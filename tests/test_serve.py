"""The parts of the preview, each by itself: joining changes, watching, addresses, hosts, the builder, words."""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from stadtnetz.diagnostics import Severity
from stadtnetz.serve.builder import Builder, Done, Failed, Superseded
from stadtnetz.serve.bursts import Bursts
from stadtnetz.serve.folder import Folder, Place, content_type
from stadtnetz.serve.hosts import Hosts, is_loopback
from stadtnetz.serve.notice import editor_address, editor_link, notice_of_problems
from stadtnetz.serve.shown import Shown
from stadtnetz.serve.watcher import Watcher
from stadtnetz.serve.words import WORDS
from stadtnetz.settings import Awaited
from tests.minisite import CITIES, NETWORK, ROOT, MiniSite
from tests.picturesite import landscape, saved

# --- joining changes ---


def test_one_change_is_built_after_a_short_calm():
    bursts = Bursts(calm=0.02, longest=0.5)
    assert not bursts.take(0.0)
    bursts.changed(1.0)
    assert not bursts.take(1.01)
    assert bursts.take(1.02)
    assert not bursts.take(2.0)


def test_changes_that_come_together_are_built_once():
    bursts = Bursts(calm=0.02, longest=0.5)
    for moment in (1.0, 1.01, 1.02, 1.03):
        bursts.changed(moment)
        assert not bursts.take(moment + 0.005)
    assert bursts.take(1.05)
    assert not bursts.waiting


def test_what_never_rests_is_built_all_the_same():
    bursts = Bursts(calm=0.02, longest=0.5)
    built = []
    for step in range(200):
        now = step * 0.01
        bursts.changed(now)
        if bursts.take(now):
            built.append(now)
    assert built == pytest.approx([0.5, 1.01, 1.52])


def test_a_second_change_right_after_a_build_is_built_as_soon_as_the_first():
    bursts = Bursts(calm=0.02, longest=0.5)
    bursts.changed(1.0)
    assert bursts.take(1.02)
    bursts.changed(1.03)
    assert bursts.take(1.05)


@given(st.lists(st.integers(0, 200), min_size=1, max_size=50))
def test_no_change_is_lost_and_none_waits_longer_than_it_may(pauses: list[int]):
    bursts = Bursts(calm=20, longest=500)
    now, waiting_since = 0, None
    for pause in pauses:
        now += pause
        bursts.changed(now)
        waiting_since = now if waiting_since is None else waiting_since
        if bursts.take(now):
            waiting_since = None
        assert bursts.waiting == (waiting_since is not None)
        assert waiting_since is None or now - waiting_since < 500
    assert bursts.take(now + 20) == (waiting_since is not None)


# --- watching ---


@pytest.fixture
def site(tmp_path: Path) -> MiniSite:
    return MiniSite(tmp_path, NETWORK, templates=False)


@pytest.fixture
def watcher(site: MiniSite) -> Watcher:
    watcher = Watcher(site.root)
    assert not watcher.changed()
    assert not watcher.changed()
    return watcher


NEWS = "content/news/2021/meldung.md"


def test_it_wakes_for_an_edit_of_the_same_length_within_one_tick(site: MiniSite, watcher: Watcher):
    for number in range(1, 9):
        site.edit(NEWS, "wie es geht" if number == 1 else f"wie es ge{number - 1}", f"wie es ge{number}")
        assert watcher.changed()
        assert not watcher.changed()


def test_it_wakes_for_new_renamed_and_deleted_files(site: MiniSite, watcher: Watcher):
    (site.root / NEWS).rename(site.root / "content/news/2021/anders.md")
    assert watcher.changed()
    site.remove("content/news/2021/anders.md")
    assert watcher.changed()
    site.write("content/topics/neu.yaml", "name: Neu\n")
    assert watcher.changed()
    site.edit("site.yaml", "Ein erfundenes", "Kein erfundenes")
    assert watcher.changed()
    site.write("templates/assets/neu.css", "")
    assert watcher.changed()
    assert not watcher.changed()


def test_an_editor_that_saves_by_renaming_is_noticed_and_its_helpers_are_not(
    site: MiniSite, watcher: Watcher
):
    site.write("content/news/2021/.meldung.md.swp", "x")
    site.write("content/news/2021/meldung.md~", "x")
    site.write("content/news/2021/~$meldung.md", "x")
    assert not watcher.changed()
    site.write("content/news/2021/meldung.md.tmp", "ganz anders")
    assert not watcher.changed()
    (site.root / "content/news/2021/meldung.md.tmp").replace(site.root / NEWS)
    assert watcher.changed()


def test_names_with_umlauts_are_noticed_in_both_forms(site: MiniSite, watcher: Watcher):
    composed = "content/news/2021/für-münster.png"
    site.write(composed, b"1")
    assert watcher.changed()
    site.remove(composed)
    site.write(unicodedata.normalize("NFD", composed), b"1")
    # The same file to whoever reads it: macOS gives names in the other form.
    assert not watcher.changed()


def test_a_touched_file_is_no_change(site: MiniSite, watcher: Watcher):
    os.utime(site.root / NEWS)
    assert not watcher.changed()


def test_a_project_that_vanishes_is_a_change_and_no_end(site: MiniSite, watcher: Watcher):
    (site.root / "content").rename(site.root / "weg")
    assert watcher.changed()
    (site.root / "weg").rename(site.root / "content")
    assert watcher.changed()


# --- addresses ---


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    root = tmp_path / "preview"
    for file in ("index.html", "404.html", "orte/index.html", "feed.xml", ".stadtnetz", "bilder/ä.png"):
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(file)
    (tmp_path / "geheim.txt").write_text("geheim")
    (tmp_path / "preview-2").mkdir()
    (tmp_path / "preview-2" / "geheim.txt").write_text("geheim")
    return Folder(root)


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/index.html", "index.html"),
        ("/orte/", "orte/index.html"),
        ("/feed.xml", "feed.xml"),
        ("/bilder/ä.png", "bilder/ä.png"),
    ],
)
def test_addresses_lead_to_files(folder: Folder, address: str, file: str):
    assert folder.place(address) == Place(file)


def test_a_folder_leads_to_its_address_with_a_slash(folder: Folder):
    assert folder.place("/orte") == Place(moved="/orte/")


@pytest.mark.parametrize(
    "address",
    [
        "/nichts",
        "/bilder/",
        "/../geheim.txt",
        "/orte/../../geheim.txt",
        "/orte/../index.html",
        "/./index.html",
        "//index.html",
        "//evil.example/orte",
        "/orte//index.html",
        "/..",
        "/..\\geheim.txt",
        "/C:/geheim.txt",
        "/../preview-2/geheim.txt",
        "/.stadtnetz",
        "/index.html/",
        "/index.html\0.png",
        "/feed.xml:stream",
        "/" + "a" * 5000,
        "/\ud800",
    ],
)
def test_other_addresses_lead_nowhere(folder: Folder, address: str):
    assert folder.place(address) is None


def test_no_link_is_followed(folder: Folder, tmp_path: Path):
    (folder.root / "link.txt").symlink_to(tmp_path / "geheim.txt")
    (folder.root / "innen.html").symlink_to(folder.root / "index.html")
    (folder.root / "ordner").symlink_to(tmp_path / "preview-2", target_is_directory=True)
    for address in ("/link.txt", "/innen.html", "/ordner/geheim.txt", "/ordner", "/ordner/"):
        assert folder.place(address) is None, address


@given(st.text(alphabet="./\\%:aäorteindx~\0", max_size=30))
def test_no_address_leads_out(tmp_path_factory: pytest.TempPathFactory, address: str):
    root = tmp_path_factory.getbasetemp() / "addresses"
    (root / "orte").mkdir(parents=True, exist_ok=True)
    (root / "orte" / "index.html").touch()
    place = Folder(root).place("/" + address)
    if place is not None and place.file:
        assert (root / place.file).resolve().is_relative_to(root.resolve())
    if place is not None and place.moved:
        assert place.moved.startswith("/")
        assert not place.moved.startswith("//")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("TERMIN.ICS", "text/calendar; charset=utf-8"),
        ("site.webmanifest", "application/manifest+json"),
        ("bild.avif", "image/avif"),
        ("suche.wasm", "application/wasm"),
        ("de_1a2b.pf_meta", "application/octet-stream"),
        ("de_1a2b.pf_index", "application/octet-stream"),
        ("wasm.de.pagefind", "application/octet-stream"),
        ("display.js", "text/javascript; charset=utf-8"),
        ("plan.pdf", "application/pdf"),
        ("bild.jpg", "image/jpeg"),
        ("ohne", "application/octet-stream"),
    ],
)
def test_types_of_files(name: str, kind: str):
    assert content_type(name) == kind


# --- names of hosts ---


@pytest.mark.parametrize("header", ["127.0.0.1:8000", "localhost:8000", "LOCALHOST:8000", "[::1]:8000"])
def test_names_of_this_machine_are_known(header: str):
    assert Hosts("127.0.0.1", 8000).knows(header)


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "evil.example",
        "evil.example:8000",
        "127.0.0.1",
        "127.0.0.1:8001",
        "127.0.0.1.evil.example:8000",
        "localhost.evil.example:8000",
        "192.168.0.7:8000",
        "evil@127.0.0.1:8000",
        "127.0.0.1:8000/x",
        "127.0.0.1:x",
        "[::1:8000",
    ],
)
def test_other_names_are_not(header: str | None):
    assert not Hosts("127.0.0.1", 8000).knows(header)


def test_a_preview_for_a_network_answers_to_addresses_and_its_own_names():
    hosts = Hosts("0.0.0.0", 8000)  # noqa: S104 - nothing is bound
    assert hosts.knows("192.168.0.7:8000")
    assert not hosts.knows("evil.example:8000")
    assert Hosts("vorschau.beispielhausen.example", 80).knows("vorschau.beispielhausen.example")
    assert hosts.url == "http://127.0.0.1:8000/"
    assert Hosts("::1", 8000).url == "http://[::1]:8000/"


def test_only_our_own_pages_are_trusted():
    hosts = Hosts("127.0.0.1", 8000)
    assert hosts.trusts("http://127.0.0.1:8000", "127.0.0.1:8000")
    for origin in (None, "null", "http://localhost:8000", "https://127.0.0.1:8000", "http://evil.example"):
        assert not hosts.trusts(origin, "127.0.0.1:8000"), origin
    assert not hosts.trusts("http://evil.example:8000", "evil.example:8000")


def test_what_only_this_machine_can_reach():
    assert all(map(is_loopback, ("127.0.0.1", "127.0.0.9", "::1", "localhost")))
    assert not any(map(is_loopback, ("0.0.0.0", "192.168.0.7", "::", "rathaus")))  # noqa: S104


# --- the builder ---


@pytest.fixture
def builder(site: MiniSite) -> Iterator[Builder]:
    shutil.copytree(ROOT / "templates", site.root / "templates")
    builder = Builder(site.root / ".build/preview")
    yield builder
    builder.stop()
    assert not [one for one in multiprocessing.active_children() if one.name.startswith("SpawnProcess")]


def broken(site: MiniSite):
    """Settings that no command line gives."""
    return replace(site.settings(), clock=None)  # type: ignore[arg-type]


def test_a_mistake_of_ours_is_told_and_the_next_build_works(site: MiniSite, builder: Builder):
    failed = builder.build(broken(site))
    assert isinstance(failed, Failed)
    assert "AttributeError" in failed.traceback
    done = builder.build(site.settings())
    assert isinstance(done, Done)
    assert done.built.published is not None
    assert done.built.examined is None


def indexed(site: MiniSite) -> set[str]:
    """Return the files of the preview's search index, which are named after what is in them."""
    return {path.parent.name for path in site.root.glob(".build/preview/suche/index/*/pagefind-entry.json")}


def test_a_saved_page_is_shown_first_and_the_search_follows(site: MiniSite, builder: Builder):
    now, later = site.settings(search=True), site.settings(search=True, search_later=True)
    first = builder.build(later)
    assert isinstance(first, Done)
    assert not first.search_waits, "there was no index that could do"
    before = indexed(site)
    assert before

    site.edit(NEWS, "wie es geht", "Quittenmarmelade")
    saved = builder.build(later)
    assert isinstance(saved, Done)
    assert (saved.search_waits, saved.only_search) == (True, False)
    assert "aktuelles/2021/meldung/index.html" in saved.built.reasons
    assert "suche/index.html" not in saved.built.reasons
    assert indexed(site) == before

    followed = builder.build(now)
    assert isinstance(followed, Done)
    assert (followed.search_waits, followed.only_search) == (False, True)
    after = indexed(site)
    assert after != before

    site.edit(NEWS, "Quittenmarmelade", "Pflaumenmus")
    assert isinstance(builder.build(later), Done)
    site.edit(NEWS, "Pflaumenmus", "Apfelmus")
    both = builder.build(now)
    assert isinstance(both, Done)
    assert not both.only_search, "a page was saved as well"
    assert indexed(site) not in (before, after)


def test_an_index_that_was_lost_is_made_at_once(site: MiniSite, builder: Builder):
    later = site.settings(search=True, search_later=True)
    assert isinstance(builder.build(later), Done)
    (site.root / ".build/memory.sqlite").unlink()
    shutil.rmtree(site.root / ".build/preview/suche")
    site.edit(NEWS, "wie es geht", "Quittenmarmelade")
    saved = builder.build(later)
    assert isinstance(saved, Done)
    assert saved.built.published is not None
    assert indexed(site)


AT = "aktuelles/2021/meldung/index.html"


@dataclass
class Watching:
    """Somebody who looks at a news item; remembers what was shown, and what stood in the folder then."""

    site: MiniSite
    told: list[tuple[str, str]] = field(default_factory=list)
    standing: list[str] = field(default_factory=list)

    def awaited(self, *files: str) -> Awaited:
        return Awaited(frozenset(files or (AT,)), self._show)

    def _show(self, file: str, data: bytes) -> None:
        self.told.append((file, data.decode("utf-8", "replace")))
        at = self.site.root / ".build/preview" / file
        self.standing.append(at.read_text("utf-8") if at.exists() else "")


def test_an_open_page_is_shown_before_the_site_is_there(site: MiniSite, builder: Builder):
    watching = Watching(site)
    assert isinstance(builder.build(site.settings(), watching.awaited()), Done)
    assert watching.told == [], "there was no page before"
    site.edit(NEWS, "wie es geht", "wie es weitergeht")
    site.edit("templates/news.html", "{% block content %}", "{% block content %}<p>Neue Vorlage</p>")
    done = builder.build(site.settings(), watching.awaited())
    assert isinstance(done, Done)
    assert len(done.built.reasons) > 1
    ((file, shown),) = watching.told
    assert file == AT
    assert "wie es weitergeht" in shown
    assert "Neue Vorlage" in shown
    assert "wie es weitergeht" not in watching.standing[0]
    assert shown == (site.root / ".build/preview" / AT).read_text("utf-8")


def test_an_open_page_that_stays_the_same_is_not_shown_again(site: MiniSite, builder: Builder):
    watching = Watching(site)
    builder.build(site.settings())
    site.edit(NEWS, "wie es geht", "wie es weitergeht")
    site.write("content/topics/neu.yaml", "name: Neues Thema\nsummary: Ein erfundenes Thema.\n")
    builder.build(site.settings(), watching.awaited("datenschutz/index.html", "gibt/es/nicht/index.html"))
    assert watching.told == []


def test_an_open_page_waits_for_what_it_shows(site: MiniSite, builder: Builder):
    watching = Watching(site)
    builder.build(site.settings())
    site.edit(NEWS, "wie es geht", "wie es weitergeht")
    site.write("templates/assets/neu.css", "p { color: red }")
    done = builder.build(site.settings(), watching.awaited())
    assert isinstance(done, Done)
    assert AT in done.built.reasons
    assert watching.told == []


def test_a_new_picture_comes_before_the_page_that_shows_it(site: MiniSite, builder: Builder):
    watching = Watching(site)
    builder.build(site.settings(quick_pictures=True))
    site.write("content/news/2021/bild.jpg", saved(landscape(600, 400)))
    named = "pictures:\n  - {file: bild.jpg, alt: Hügel, credit: erfunden, licence: reserved}\n"
    site.edit(NEWS, "cities: [musterstadt]\n", f"cities: [musterstadt]\n{named}")
    done = builder.build(site.settings(quick_pictures=True), watching.awaited())
    assert isinstance(done, Done)
    assert done.built.published is not None
    (picture, _), (page, shown) = watching.told
    assert re.fullmatch(r"bilder/bild\.[0-9a-f]{8}\.600\.jpg", picture)
    assert page == AT
    assert picture in shown
    assert watching.standing[0] == ""


def test_a_build_gives_way_to_a_newer_one_and_nothing_is_lost(site: MiniSite, builder: Builder):
    builder.build(site.settings())
    site.edit("templates/base.html", "</body>", "<p>Erste Fassung</p></body>")
    hasty = Awaited(frozenset((AT,)), lambda _file, _data: builder.supersede())
    assert isinstance(builder.build(site.settings(), hasty), Superseded)
    assert "Erste Fassung" not in (site.root / ".build/preview" / AT).read_text("utf-8")
    site.edit("templates/base.html", "Erste Fassung", "Zweite Fassung")
    done = builder.build(site.settings())
    assert isinstance(done, Done)
    for file in (AT, "index.html"):
        assert "Zweite Fassung" in (site.root / ".build/preview" / file).read_text("utf-8")


def test_a_request_to_give_way_that_comes_too_late_concerns_no_other_build(site: MiniSite, builder: Builder):
    builder.build(site.settings())
    builder.supersede()
    site.edit("templates/base.html", "</body>", "<p>Neue Fassung</p></body>")
    assert isinstance(builder.build(site.settings()), Done)


def test_an_open_page_with_mistakes_is_not_shown(site: MiniSite, builder: Builder):
    watching = Watching(site)
    builder.build(site.settings())
    site.edit(NEWS, "cities: [musterstadt]", "cities: [musterstat]")
    builder.build(site.settings(), watching.awaited())
    site.edit(NEWS, "cities: [musterstat]", "cities: [musterstadt]")
    site.edit("templates/news.html", "{% block content %}", "{% block content %}{{ gibt.es.nicht }}")
    failed = builder.build(site.settings(), watching.awaited())
    assert isinstance(failed, Done)
    assert failed.built.published is None
    assert watching.told == []


def test_a_builder_that_dies_is_replaced(site: MiniSite, builder: Builder):
    assert isinstance(builder.build(site.settings()), Done)
    (process,) = (one for one in multiprocessing.active_children() if one.name.startswith("SpawnProcess"))
    process.kill()
    process.join()
    failed = builder.build(site.settings())
    assert isinstance(failed, Failed)
    assert "-9" in failed.traceback
    assert isinstance(builder.build(site.settings()), Done)


def test_only_texts_with_problems_are_sent(site: MiniSite, builder: Builder):
    site.edit(NEWS, "cities: [musterstadt]", "cities: [musterstat]")
    done = builder.build(site.settings())
    assert isinstance(done, Done)
    assert done.built.published is None
    assert NEWS in done.built.sources.files
    assert "content/cities/musterstadt.yaml" not in done.built.sources.files


# --- what browsers are told ---


def test_errors_come_first_with_excerpt_hint_and_a_way_into_the_editor(site: MiniSite):
    site.edit(NEWS, "cities: [musterstadt]", "cities: [mustersadt]")
    examined = site.examine()
    notice = notice_of_problems(
        examined.diagnostics,
        examined.sources,
        WORDS["de"],
        editor_address("vscode", Path("/home/rat haus/netz")),
        published=False,
        ready=True,
    )
    assert notice.severity == "error"
    first = notice.content["problems"][0]
    assert first["label"] == "Fehler"
    assert first["message"] == "Ort „mustersadt“ gibt es nicht."
    assert first["hint"] == "Hinweis: Meinten Sie „musterstadt“?"
    number, line = first["excerpt"].split("\n")
    assert number == "7 | cities: [mustersadt]"
    assert line.index("^") == number.index("mustersadt")
    assert first["link"] == f"vscode://file/home/rat%20haus/netz/{NEWS}:7:10"
    labels = [one["severity"] for one in notice.content["problems"]]
    assert labels == sorted(labels)
    assert notice.content["heading"].startswith("1 Fehler, ")
    json.dumps(notice.content)


class Open:
    """A page in a browser, as `Shown` knows it: remembers what it is told."""

    def __init__(self, shown: Shown, address: str) -> None:
        self.address = address
        self.told: list[dict[str, Any]] = []
        self._shown = shown
        self.load()

    def load(self) -> str:
        page = self._shown.page(self.address, "127.0.0.1:8000")
        assert page is not None
        self.made_from, self.styled_by = page.made_from, page.styled_by
        self._shown.enter(self)
        return page.body.decode()

    def send(self, message: dict[str, Any]) -> None:
        self.told.append(message)

    def reloads(self) -> int:
        return sum(one["command"] == "reload" for one in self.told)


def test_a_page_ahead_is_seen_by_who_looks_at_it_until_the_build_has_ended(site: MiniSite, builder: Builder):
    shown = Shown(Folder(site.root / ".build/preview"), WORDS["de"], "")
    shown.take(builder.build(site.settings()))
    here, elsewhere = Open(shown, "/aktuelles/2021/meldung/"), Open(shown, "/")
    assert shown.open_files() == {AT, "index.html"}

    shown.take_ahead(AT, b"<head></head><p>Neuer Text")
    assert (here.reloads(), elsewhere.reloads()) == (1, 0)
    assert shown.open_files() == {AT, "index.html"}, "it is on its way back"
    assert "Neuer Text" in here.load()

    # The build failed in the end: what stands in the folder is true.
    shown.take(Failed("a mistake of ours"))
    assert here.reloads() == 2
    assert "Neuer Text" not in here.load()
    shown.take(builder.build(site.settings()))
    assert (here.reloads(), elsewhere.reloads()) == (2, 0)


def test_a_page_ahead_that_turns_out_to_be_right_is_not_loaded_again(site: MiniSite, builder: Builder):
    shown = Shown(Folder(site.root / ".build/preview"), WORDS["de"], "")
    shown.take(builder.build(site.settings()))
    here = Open(shown, "/aktuelles/2021/meldung/")
    site.edit(NEWS, "wie es geht", "wie es weitergeht")
    site.edit(
        NEWS, "published: 2021-07-08", "published: 2021-07-07"
    )  # what order follows from takes a whole build
    done = builder.build(site.settings(), Awaited(shown.open_files(), shown.take_ahead))
    assert here.reloads() == 1
    assert "wie es weitergeht" in here.load()
    shown.take(done)
    assert here.reloads() == 1


def test_an_error_that_is_mended_is_gone_with_the_page_ahead(site: MiniSite, builder: Builder):
    shown = Shown(Folder(site.root / ".build/preview"), WORDS["de"], "")
    shown.take(builder.build(site.settings()))
    here = Open(shown, "/aktuelles/2021/meldung/")
    site.edit(NEWS, "cities: [musterstadt]", "cities: [musterstat]")
    shown.take(builder.build(site.settings()))
    assert here.told[-1]["severity"] == "error"
    site.edit(NEWS, "cities: [musterstat]", "cities: [musterstadt]")
    site.edit(NEWS, "wie es geht", "wie es weitergeht")
    site.edit(
        NEWS, "published: 2021-07-08", "published: 2021-07-07"
    )  # what order follows from takes a whole build
    done = builder.build(site.settings(), Awaited(shown.open_files(), shown.take_ahead))
    here.load()
    assert here.told[-1]["severity"] == "none"
    shown.take(done)
    assert here.told[-1]["severity"] != "error"


def test_the_same_problems_are_the_same_notice_and_others_are_not(site: MiniSite):
    def key() -> str:
        examined = site.examine()
        return notice_of_problems(
            examined.diagnostics, examined.sources, WORDS["de"], "", published=False, ready=True
        ).key

    before = key()
    assert key() == before
    site.edit(NEWS, "cities: [musterstadt]", "cities: [mustersadt]")
    assert key() != before


def test_both_languages_say_the_same_things():
    blanks = {"{n}"}
    for german, english in zip(vars_of("de"), vars_of("en"), strict=True):
        assert bool(german) == bool(english)
        assert {one for one in blanks if one in str(german)} == {one for one in blanks if one in str(english)}
    error, warning, advice = Severity
    assert WORDS["de"].count([advice, error, warning, error]) == "2 Fehler, 1 Warnung, 1 Empfehlung"
    assert WORDS["en"].count([error]) == "1 error"


def vars_of(language: str) -> list[object]:
    words = WORDS[language]
    return [getattr(words, name) for name in words.__slots__ if name != "language"]


def test_addresses_of_editors():
    assert editor_address("none-known:{path}", Path("/a")) == "none-known:/a/{path}"
    link = editor_address("idea", Path("/a"))
    assert editor_link(link, "content/ü.md", None) == "idea://open?file=/a/content/%C3%BC.md&line=1&column=1"
    assert editor_link("", "content/ü.md", None) == ""


# --- injection ---


def sent(tmp_path: Path, html: str) -> str:
    shown = Shown(Folder(tmp_path), WORDS["de"], "")
    shown._ready = True  # no build was needed for this page
    (tmp_path / "index.html").write_text(html, "utf-8")
    page = shown.page("/", "127.0.0.1:8000")
    assert page is not None
    return page.body.decode()


@pytest.mark.parametrize(
    "html", ["<p>nur Text", "<HTML><HEAD></HEAD ><body>", "", "<html><body><p>ü</p></body></html>"]
)
def test_our_script_reaches_every_page_once_however_broken(tmp_path: Path, html: str):
    assert sent(tmp_path, html).count('<script type="module" src="/-vorschau/client.js"') == 1


def test_a_page_keeps_its_policy_and_gets_leave_for_our_connection_alone(tmp_path: Path):
    before = """<meta http-equiv="Content-Security-Policy" content="connect-src 'self'; img-src 'self'">"""
    after = sent(tmp_path, f"<head>{before}</head>")
    assert before.replace("connect-src 'self'", "connect-src 'self' ws://127.0.0.1:8000") in after


# --- the command ---


def serve(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / "build.py", "serve", *options]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--base-url", "https://netz.example/"), "--base-url"),
        (("--format", "json"), "--format"),
        (("--editor", "word"), "„word“ ist kein bekannter Editor"),
    ],
)
def test_options_that_make_no_sense_are_refused(options: tuple[str, ...], said: str):
    done = serve(*options)
    assert done.returncode == 2
    assert said in done.stderr


def test_an_impossible_host_is_said_in_words(tmp_path: Path):
    site = MiniSite(tmp_path, CITIES)
    done = serve("--root", str(site.root), "--host", "203.0.113.7", "--port", "8999")
    assert done.returncode == 1
    assert "An 203.0.113.7 kann die Vorschau nicht öffnen" in done.stderr
    assert "Traceback" not in done.stderr


def test_other_commands_do_not_wait_for_a_server():
    code = "import sys, stadtnetz.cli; print([n for n in ('tornado', 'livereload', 'asyncio') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "[]\n"
