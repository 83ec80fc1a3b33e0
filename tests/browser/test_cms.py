"""The form in the browser, as an editor uses it: a press release is written, saved, and passes the check."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.editing import READ, Form, sign_in, texts_of
from tests.browser.host import ROOT, Host, served
from tests.minisite import NETWORK, SITE, MiniSite

ARTICLE = "content/news/2022/muessiggang-musterstadt-laedt-ein.md"
PICTURE = "content/news/2022/grosses-bild.jpg"
TOPIC = "name: Beteiligung\nsummary: Worum es geht.\n"
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def trial(tmp_path: Path) -> Iterator[tuple[MiniSite, Host]]:
    """Give a small site with the form, set for a trial."""
    if not (ROOT / "cms" / "dist" / "cms.js").is_file():
        pytest.fail("Das Formular fehlt. / The form is missing. Set it up with:  make cms", pytrace=False)
    site = MiniSite(tmp_path, {**NETWORK, "content/topics/beteiligung.yaml": TOPIC})
    site.write("site.yaml", f"{SITE.strip()}\ncms: {{backend: test}}\n")
    shutil.copytree(ROOT / "cms" / "dist", site.root / "cms" / "dist")
    with served(site.output) as host:
        assert site.build(base_url=host.url).published is not None
        yield site, host


@pytest.fixture
def page(browser: Browser, trial: tuple[MiniSite, Host]) -> Iterator[Page]:
    """Give an editor's page, signed in, that complains about every request to elsewhere and every blocked one."""
    site, host = trial
    context = browser.new_context(locale="de-DE", timezone_id="Europe/Berlin")
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "request",
        lambda asked: (
            None if asked.url.startswith((host.url, "blob:", "data:")) else complaints.append(asked.url)
        ),
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    sign_in(page, host.at("admin/"), texts_of(site.root))
    yield page
    context.close()
    assert complaints == []


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (1200, 800), "#446688").save(file, "JPEG")
    return file.getvalue()


def test_a_press_release_written_in_the_form_passes_the_check(
    page: Page, trial: tuple[MiniSite, Host]
) -> None:
    site, host = trial
    page.goto(host.at("admin/#/collections/news/new"))
    form = Form(page)
    form.choose("type", "Pressemitteilung")
    form.write("title", "Müßiggang: Musterstadt lädt ein")
    form.write("dateline", "Musterstadt")
    form.write("lead", "Zwölf Vereine zeigen am 12. September, was sie tun.")
    form.field("body").get_by_role("textbox").first.click()
    page.keyboard.type("In Musterstadt öffnen zwölf Vereine, siehe [Beispielhausen](city:beispielhausen).")
    form.field("published").locator("input").fill("2022-07-08")
    form.write("embargo", "08.07.2022 18:30")
    form.choose("cities", "Musterstadt")
    form.choose("topics", "Beteiligung")
    form.add("pictures")
    upload = {"name": "Großes Bild.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    form.field("pictures.0.file").locator("input[type=file]").first.set_input_files(upload)
    form.write("pictures.0.alt", "Menschen stehen vor einem Rathaus.")
    form.write("pictures.0.credit", "Foto: Erika Muster")
    form.add("sources")
    form.write("sources.0.url", "https://musterstadt.de/freiwilligentag")
    form.write("sources.0.seen", "2022-07")
    page.set_viewport_size(PHONE)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["width"]
    page.get_by_role("button", name="Speichern").click()

    before = texts_of(site.root)
    read = page.evaluate(READ, [ARTICLE, PICTURE])
    written = {path: bytes(data) for path, data in read.items() if path not in before}
    assert set(written) == {ARTICLE, PICTURE}
    for path, data in written.items():
        site.write(path, data)
    examined = site.examine(as_of="2022-08-01")
    own = [one for one in examined.diagnostics if one.path in written]
    assert own == [], written
    built = site.build(as_of="2022-08-01")
    assert built.published is not None
    html = site.html("aktuelles/2022/muessiggang-musterstadt-laedt-ein")
    assert "Menschen stehen vor einem Rathaus." in html
    assert "Foto: Erika Muster" in html
    assert "staedte/beispielhausen/" in html
    assert "08.07.2022 18:30" in written[ARTICLE].decode()
    embargoed = site.build(as_of="2022-07-08 18:00")
    assert embargoed.published is not None
    assert not (site.output / "aktuelles/2022/muessiggang-musterstadt-laedt-ein").exists()
