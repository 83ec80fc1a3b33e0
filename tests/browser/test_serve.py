"""The preview in a browser, as an editor meets it: each save on screen by itself, and every mistake told."""

from __future__ import annotations

import io
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from stadtnetz.serve import preview as preview_module
from stadtnetz.serve.builder import Builder, Done, Failed, Superseded
from stadtnetz.settings import Awaited, Settings
from tests.browser.previewed import GENEROUS, Previewed, previewed, wait_for
from tests.minisite import MELDUNG, NETWORK, MiniSite

NEWS = "content/news/2021/meldung.md"
CITY = "content/cities/musterstadt.yaml"
AT = "aktuelles/2021/meldung/"
PATIENCE = GENEROUS * 1000
EXPECTED = re.compile(r"status of (404|503)|ERR_CONNECTION_REFUSED")
"""What a browser complains about and is as it should be: pages that are missing, a preview that has ended."""


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Previewed]:
    """Serve one site for all stories; each leaves it without errors and with its first news item as it was."""
    site = MiniSite(tmp_path_factory.mktemp("serve"), NETWORK)
    with previewed(site) as at_work:
        at_work.built(1)
        yield at_work


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="de-DE", viewport={"width": 1280, "height": 800})
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    complaints: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on(
        "console",
        lambda said: (
            complaints.append(said.text) if said.type == "error" and not EXPECTED.search(said.text) else None
        ),
    )
    yield page
    context.close()
    assert complaints == []


def mark(page: Page) -> None:
    """Put something into the page that a reload would lose."""
    page.evaluate("window.still = 'the same page'")


def is_same(page: Page) -> bool:
    return page.evaluate("window.still") == "the same page"


def dialog(page: Page):
    return page.locator("stadtnetz-preview dialog")


def badge(page: Page):
    return page.locator("stadtnetz-preview .badge")


def connected(page: Page) -> None:
    """Wait until the page has heard from the preview: these sites always have warnings."""
    expect(badge(page)).to_be_visible()


def test_a_save_is_on_screen_and_so_is_the_next_one_right_after(preview: Previewed, page: Page):
    page.goto(preview.url + AT)
    connected(page)
    # LiveReload's own server would swallow what comes within three seconds of a reload, for good.
    for number in range(4):
        preview.site.write(NEWS, MELDUNG.replace("Ein erfundener Text", f"Text Nummer {number}"))
        expect(page.get_by_text(f"Text Nummer {number}")).to_be_visible()
    preview.site.write(NEWS, MELDUNG)
    expect(page.get_by_text("Ein erfundener Text")).to_be_visible()


def test_a_burst_of_saves_ends_with_the_last_one(preview: Previewed, page: Page):
    page.goto(preview.url + AT)
    connected(page)
    for number in range(30):
        preview.site.write(NEWS, MELDUNG.replace("Ein erfundener Text", f"Hast {number}."))
    expect(page.get_by_text("Hast 29.")).to_be_visible()
    preview.site.write(NEWS, MELDUNG)
    expect(page.get_by_text("Ein erfundener Text")).to_be_visible()


def test_an_editor_that_renames_is_followed_and_the_place_in_the_text_is_kept(preview: Previewed, page: Page):
    long = MELDUNG + "\n\n".join(f"Absatz {number}." for number in range(200))
    preview.site.write(NEWS, long)
    page.goto(preview.url + AT)
    expect(page.get_by_text("Absatz 199.")).to_be_attached()
    connected(page)
    page.evaluate("window.scrollTo(0, 3000)")
    at = page.evaluate("window.scrollY")
    assert at > 1000
    aside = preview.site.root / f"{NEWS}.tmp"
    aside.write_text(long.replace("Absatz 199.", "Schluss."), "utf-8")
    aside.replace(preview.site.root / NEWS)
    expect(page.get_by_text("Schluss.")).to_be_attached()
    page.wait_for_function("at => Math.abs(window.scrollY - at) < 5", arg=at)
    preview.site.write(NEWS, MELDUNG)
    expect(page.get_by_text("Ein erfundener Text")).to_be_visible()


def test_a_save_elsewhere_leaves_the_page_alone(preview: Previewed, page: Page):
    preview.site.write("content/topics/gartenbau.yaml", "name: Gartenbau\nsummary: Ein erfundenes Thema.\n")
    page.goto(preview.url + "themen/gartenbau/")
    expect(page.get_by_role("heading", name="Gartenbau")).to_be_visible()
    connected(page)
    mark(page)
    done = len(preview.told)
    preview.site.edit(NEWS, "Ein erfundener Text", "Ein anderer Text")
    preview.built(done + 1)
    preview.site.edit("content/topics/gartenbau.yaml", "Ein erfundenes Thema", "Ein anderes Thema")
    # The first message is the page's own: had there been one for the other save, the mark would be gone by now.
    loads: list[str] = []
    page.on("load", lambda _: loads.append("load"))
    expect(page.get_by_text("Ein anderes Thema")).to_be_visible()
    assert len(loads) <= 1
    preview.site.remove("content/topics/gartenbau.yaml")
    preview.site.write(NEWS, MELDUNG)
    expect(page.get_by_text("Ein anderes Thema")).to_have_count(0)


def test_new_renamed_and_deleted_entries(preview: Previewed, page: Page):
    page.goto(preview.url + "aktuelles/2021/neu/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Diese Seite gibt es nicht")
    connected(page)
    root = preview.site.root / "content/news/2021"
    preview.site.write("content/news/2021/neu.md", MELDUNG.replace("zeigt, wie es geht", "ist neu hier"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Musterstadt ist neu hier")
    (root / "neu.md").rename(root / "anders.md")
    expect(page.get_by_role("heading", level=1)).to_have_text("Diese Seite gibt es nicht")
    page.goto(preview.url + "aktuelles/2021/anders/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Musterstadt ist neu hier")
    connected(page)
    (root / "anders.md").unlink()
    expect(page.get_by_role("heading", level=1)).to_have_text("Diese Seite gibt es nicht")


def test_a_style_sheet_is_exchanged_in_the_same_page(preview: Previewed, page: Page):
    page.goto(preview.url + AT)
    connected(page)
    mark(page)
    sheet = preview.site.root / "templates/assets/site.css"
    before = sheet.read_text("utf-8")
    for width in (3, 7):
        sheet.write_text(f"{before}\nbody {{ outline: {width}px solid; }}\n", "utf-8")
        page.wait_for_function("w => getComputedStyle(document.body).outlineWidth === w", arg=f"{width}px")
    assert page.locator("link[rel=stylesheet][href*='site.css']").count() == 1
    sheet.write_text(before, "utf-8")
    page.wait_for_function("() => getComputedStyle(document.body).outlineStyle === 'none'")
    assert is_same(page)


def test_templates_scripts_and_site_yaml(preview: Previewed, page: Page):
    page.goto(preview.url + AT)
    connected(page)
    preview.site.edit(
        "templates/news.html", "{% block content %}", "{% block content %}<p>Aus der Vorlage</p>"
    )
    expect(page.get_by_text("Aus der Vorlage")).to_be_visible()
    connected(page)
    preview.site.edit("templates/news.html", "<p>Aus der Vorlage</p>", "")
    expect(page.get_by_text("Aus der Vorlage")).to_have_count(0)
    connected(page)
    preview.site.edit("site.yaml", "Ein erfundenes Netzwerk für Tests", "Ein anderer Untertitel")
    expect(page.get_by_text("Ein anderer Untertitel").first).to_be_visible()
    connected(page)
    preview.site.edit("site.yaml", "Ein anderer Untertitel", "Ein erfundenes Netzwerk für Tests")
    expect(page.get_by_text("Ein erfundenes Netzwerk für Tests").first).to_be_visible()
    connected(page)
    mark(page)
    script = preview.site.root / "templates/assets/display.js"
    before = script.read_text("utf-8")
    script.write_text(f"{before}\ndocument.documentElement.dataset.new = 'yes';\n", "utf-8")
    page.wait_for_function("() => document.documentElement.dataset.new === 'yes'")
    assert not is_same(page)
    script.write_text(before, "utf-8")
    page.wait_for_function("() => document.documentElement.dataset.new === undefined")


def picture(colour: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(file, "PNG")
    return file.getvalue()


def test_a_changed_picture(preview: Previewed, page: Page):
    preview.site.write("content/news/2021/bild.png", picture("teal"))
    told = "pictures:\n  - {file: bild.png, alt: Eine Fläche, credit: Musterstadt}\nsources:"
    preview.site.write(NEWS, MELDUNG.replace("sources:", told))
    page.goto(preview.url + AT)
    image = page.get_by_role("img", name="Eine Fläche")
    expect(image).to_be_visible()
    connected(page)
    source = image.get_attribute("src")
    preview.site.write("content/news/2021/bild.png", picture("orange"))
    expect(image).not_to_have_attribute("src", source or "")
    page.wait_for_function("() => document.querySelector('main img').naturalWidth > 0")
    preview.site.write(NEWS, MELDUNG)
    preview.site.remove("content/news/2021/bild.png")
    expect(image).to_have_count(0)


def test_mistakes_are_told_over_the_last_good_page_and_mended_ones_vanish(preview: Previewed, page: Page):
    page.goto(preview.url + AT)
    connected(page)
    expect(dialog(page)).not_to_be_visible()
    broken = MELDUNG.replace("[musterstadt]", "[mustersadt]").replace("published:", "publised:")
    preview.site.write(NEWS, broken)
    expect(dialog(page)).to_be_visible()
    expect(dialog(page).locator("h2")).to_have_text(re.compile(r"^3 Fehler, \d+ Warnungen$"))
    expect(dialog(page)).to_contain_text("Die Vorschau zeigt den letzten Stand ohne Fehler.")
    wrong = dialog(page).locator("li", has_text="mustersadt")
    expect(wrong).to_contain_text("Fehler: Ort „mustersadt“ gibt es nicht.")
    expect(wrong).to_contain_text("Hinweis: Meinten Sie „musterstadt“?")
    number, carets = wrong.locator("pre").inner_text().split("\n")
    assert number == "7 | cities: [mustersadt]"
    assert carets.index("^") == number.index("mustersadt")
    link = wrong.get_by_role("link", name=f"Im Editor öffnen: {NEWS}:7:10")
    expect(link).to_have_attribute("href", f"vscode://file{preview.site.root}/{NEWS}:7:10")
    # The last good page is still there, and whoever comes anew finds it and the same list.
    expect(page.get_by_text("Ein erfundener Text")).to_be_attached()
    page.goto(preview.url + "staedte/musterstadt/")
    expect(dialog(page)).to_be_visible()
    # One mistake less is something new, and it is shown in the list that is open.
    preview.site.write(NEWS, broken.replace("publised:", "published:"))
    expect(dialog(page).locator("h2")).to_have_text(re.compile(r"^1 Fehler, "))
    preview.site.write(NEWS, MELDUNG)
    expect(dialog(page)).not_to_be_visible()
    expect(badge(page)).to_have_attribute("data-severity", "warning")


def test_a_closed_list_stays_closed_until_there_is_something_new(preview: Previewed, page: Page):
    page.goto(preview.url + AT)
    connected(page)
    preview.site.write(NEWS, MELDUNG.replace("[musterstadt]", "[mustersadt]"))
    expect(dialog(page)).to_be_visible()
    focused = "document.activeElement.shadowRoot?.activeElement?.textContent"
    page.wait_for_function(f"() => {focused} === 'Schließen'")
    page.keyboard.press("Escape")
    expect(dialog(page)).not_to_be_visible()
    expect(badge(page)).to_have_attribute("data-severity", "error")
    page.goto(preview.url + "staedte/musterstadt/")
    connected(page)
    page.reload()
    connected(page)
    expect(dialog(page)).not_to_be_visible()
    # By keyboard it is opened again, and closed by its button; the focus comes back.
    badge(page).focus()
    page.keyboard.press("Enter")
    expect(dialog(page)).to_be_visible()
    page.keyboard.press("Enter")
    expect(dialog(page)).not_to_be_visible()
    page.wait_for_function(f"() => {focused}?.startsWith('1 Fehler')")
    preview.site.write(NEWS, MELDUNG.replace("[musterstadt]", "[mustersadtt]"))
    expect(dialog(page)).to_be_visible()
    preview.site.write(NEWS, MELDUNG)
    expect(dialog(page)).not_to_be_visible()


def test_warnings_wait_behind_the_badge(preview: Previewed, page: Page):
    page.goto(preview.url + AT)
    expect(badge(page)).to_have_text(re.compile(r"^\d+ Warnungen$"))
    expect(dialog(page)).not_to_be_visible()
    badge(page).click()
    expect(dialog(page)).to_contain_text("Die Seite ist auf dem neuesten Stand.")
    expect(dialog(page).locator("li").first).to_contain_text("Warnung:")
    page.mouse.click(5, 5)
    expect(dialog(page)).not_to_be_visible()


def test_a_page_says_when_the_preview_has_ended(tmp_path: Path, page: Page):
    with previewed(MiniSite(tmp_path, NETWORK)) as preview:
        preview.built(1)
        page.goto(preview.url)
        connected(page)
    expect(page.locator("stadtnetz-preview").get_by_role("status")).to_have_text("Vorschau beendet")
    page.close()


def test_a_first_build_with_errors_shows_them_and_then_the_site(tmp_path: Path, page: Page):
    site = MiniSite(tmp_path, {**NETWORK, NEWS: MELDUNG.replace("[musterstadt]", "[mustersadt]")})
    with previewed(site, editor="") as preview:
        response = page.goto(preview.url + AT)
        assert response is not None
        assert response.status == 503
        expect(dialog(page)).to_be_visible()
        expect(dialog(page)).to_contain_text("Es gibt noch keine Seite zu sehen.")
        expect(dialog(page)).to_contain_text("Ort „mustersadt“ gibt es nicht.")
        expect(dialog(page).get_by_role("link")).to_have_count(0)
        site.write(NEWS, MELDUNG)
        expect(page.get_by_text("Ein erfundener Text")).to_be_visible()
        expect(dialog(page)).not_to_be_visible()


def test_the_clock_lifts_an_embargo_by_itself(tmp_path: Path, page: Page):
    later = MELDUNG.replace("zeigt, wie es geht", "weiß mehr").replace(
        "published: 2021-07-08", "published: 2022-08-02"
    )
    site = MiniSite(tmp_path, {**NETWORK, "content/news/2022/spaeter.md": later})
    with previewed(site, "2022-08-01 23:59") as preview:
        preview.built(1)
        page.goto(preview.url + "aktuelles/")
        expect(page.get_by_text("Musterstadt zeigt, wie es geht").first).to_be_visible()
        expect(page.get_by_text("Musterstadt weiß mehr")).to_have_count(0)
        connected(page)
        preview.turn("2022-08-02 00:00")
        expect(page.get_by_text("Musterstadt weiß mehr").first).to_be_visible()
        preview.built(2)
        assert len(preview.told) == 2  # the clock woke it, once


def test_drafts_are_marked_on_their_pages_and_nowhere_else(tmp_path: Path, page: Page):
    site = MiniSite(
        tmp_path,
        {**NETWORK, "content/news/2021/entwurf.md": MELDUNG.replace("---\ntype", "---\ndraft: ja\ntype")},
    )
    draft = page.locator("stadtnetz-draft")
    with previewed(site, drafts=True) as preview:
        preview.built(1)
        page.goto(preview.url + "aktuelles/2021/entwurf/")
        expect(draft).to_have_text(re.compile("Entwurf – diese Seite wird so nicht veröffentlicht"))
        page.goto(preview.url + AT)
        connected(page)
        expect(draft).to_have_count(0)
        # Published with the next save, it is a draft no more.
        page.goto(preview.url + "aktuelles/2021/entwurf/")
        connected(page)
        site.edit("content/news/2021/entwurf.md", "draft: ja", "draft: nein")
        expect(draft).to_have_count(0)
        site.edit("content/news/2021/entwurf.md", "draft: nein", "draft: ja")
        expect(draft).to_have_count(1)
    for file in preview.folder.rglob("*.html"):
        assert "stadtnetz-draft" not in file.read_text("utf-8")
    # In the next preview nothing has to be built, and it knows of them all the same.
    page.goto("about:blank")
    with previewed(site, port=preview.hosts.port, drafts=True) as preview:
        preview.built(1)
        page.goto(preview.url + "aktuelles/2021/entwurf/")
        expect(draft).to_have_count(1)
    with previewed(site) as preview:
        preview.built(1)
        page.goto(preview.url + "aktuelles/2021/entwurf/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Diese Seite gibt es nicht")


class Faulty(Builder):
    """Has a mistake of ours in every second build."""

    times = 0

    def build(self, settings: Settings, awaited: Awaited | None = None) -> Done | Failed | Superseded:
        self.times += 1
        if self.times % 2 == 0:
            raise RuntimeError("a mistake of ours")
        return super().build(settings, awaited)


class Slow(Builder):
    """Never comes to the end of a build, but gives way to another one as soon as it is asked to."""

    def __init__(self, output: Path) -> None:
        super().__init__(output)
        self.asked = threading.Event()
        self.started = 0
        self.endless = False
        self.gave_way = 0

    def build(self, settings: Settings, awaited: Awaited | None = None) -> Done | Failed | Superseded:
        self.started += 1
        if not self.endless:
            return super().build(settings, awaited)
        if not self.asked.wait(2):
            return super().build(settings, awaited)
        self.asked.clear()
        self.gave_way += 1
        return Superseded()

    def supersede(self) -> None:
        self.asked.set()


@contextmanager
def slowly(folder: Path) -> Iterator[tuple[MiniSite, Previewed, Slow]]:
    """A site that was built once and from now on by builds that come to no end."""
    site, slow = MiniSite(folder, NETWORK), []
    with previewed(site, builder=lambda output: slow.append(Slow(output)) or slow[0]) as preview:
        preview.built(1)
        slow[0].endless = True
        yield site, preview, slow[0]


def test_a_save_after_a_pause_ends_the_build_of_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(preview_module, "_LONGEST_BEHIND", 1.5)
    with slowly(tmp_path) as (site, preview, slow):
        time.sleep(2)  # longer than pages may wait: nothing waited meanwhile
        site.edit(NEWS, "Ein erfundener Text", "Erste Fassung")
        wait_for("the first build", lambda: slow.started == 2)
        site.edit(NEWS, "Erste Fassung", "Zweite Fassung")
        wait_for("the second build", lambda: slow.started == 3)
        assert slow.gave_way == 1
        assert len(preview.told) == 1
        # Nobody saves any more, so it comes to its end.
        preview.built(2)
        assert "Zweite Fassung" in (preview.folder / AT / "index.html").read_text("utf-8")


def test_who_saves_and_saves_gets_the_whole_site_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(preview_module, "_LONGEST_BEHIND", 0.0)
    with slowly(tmp_path) as (site, preview, slow):
        site.edit(NEWS, "Ein erfundener Text", "Erste Fassung")
        wait_for("the first build", lambda: slow.started == 2)
        site.edit(NEWS, "Erste Fassung", "Zweite Fassung")
        preview.built(3)
        assert slow.gave_way == 0


def test_a_mistake_of_ours_is_said_and_survived(tmp_path: Path, page: Page):
    site = MiniSite(tmp_path, NETWORK)
    with previewed(site, builder=Faulty) as preview:
        preview.built(1)
        page.goto(preview.url + AT)
        connected(page)
        site.edit(NEWS, "Ein erfundener Text", "Ein Text")
        expect(dialog(page)).to_contain_text("Fehler im Programm")
        expect(page.get_by_text("Ein erfundener Text")).to_be_attached()
        wait_for("the traceback", lambda: isinstance(preview.told[-1], Failed))
        assert "a mistake of ours" in preview.told[-1].traceback  # type: ignore[union-attr]
        site.edit(NEWS, "Ein Text", "Ein neuer Text")
        expect(page.get_by_text("Ein neuer Text")).to_be_visible()
        expect(dialog(page)).not_to_be_visible()
