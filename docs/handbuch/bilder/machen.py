"""Make the pictures of the handbook: `make pictures`.

Builds the real site with the form switched on for a trial, in a folder that is gone afterwards, and photographs the
form in the Chromium that the tests use. What is typed into it is recognisably invented.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page

from docs.bilder.machen import small
from stadtnetz.clock import Clock
from stadtnetz.pipeline import build
from stadtnetz.settings import Settings
from tests.browser.chromium import chromium
from tests.browser.editing import Form, sign_in, texts_of
from tests.browser.host import AS_OF, ROOT, served

FOLDER = Path(__file__).parent
WINDOW = {"width": 1100, "height": 720}


def main() -> None:
    """Take all pictures."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        root = _project(Path(folder))
        with served(root / "output") as host:
            settings = Settings(root, Clock.from_text(AS_OF), host.url, search=False)
            if build(settings, root / "output").published is None:
                raise SystemExit("The site was not built.")
            page = browser.new_page(viewport=WINDOW, locale="de-DE", timezone_id="Europe/Berlin")
            sign_in(page, host.at("admin/"), texts_of(root))
            _photograph(page, host.at("admin/"))


def _project(folder: Path) -> Path:
    for name in ("content", "templates", "cms/dist"):
        shutil.copytree(ROOT / name, folder / name)
    text = (ROOT / "site.yaml").read_text("utf-8")
    (folder / "site.yaml").write_text(f"{text}\ncms: {{backend: test}}\n", "utf-8")
    return folder


def _photograph(page: Page, url: str) -> None:
    page.goto(f"{url}#/collections/news")
    page.get_by_text("Lüneburg wird").first.wait_for()
    _save(page, "formular-liste")
    page.goto(f"{url}#/collections/news/new")
    form = Form(page)
    form.choose("type", "Pressemitteilung")
    form.write("title", "Musterstadt lädt zum Freiwilligentag ein")
    page.mouse.move(400, 400)
    page.mouse.wheel(0, -5000)
    form.field("draft").scroll_into_view_if_needed()
    _save(page, "formular-meldung")
    cities = form.field("cities")
    _to_the_top(cities)
    cities.get_by_role("combobox").first.click()
    page.keyboard.type("bad")
    page.get_by_role("option").first.wait_for()
    _save(page, "formular-orte")
    page.get_by_role("option").first.click()
    form.add("pictures")
    upload = {"name": "Rathaus.jpg", "mimeType": "image/jpeg", "buffer": _invented()}
    form.field("pictures.0.file").locator("input[type=file]").first.set_input_files(upload)
    form.write(
        "pictures.0.alt", "Sechs Menschen stehen auf der Treppe eines Rathauses und halten eine Urkunde."
    )
    form.write("pictures.0.caption", "Übergabe der Urkunde in Musterstadt.")
    file = form.field("pictures.0.file")
    _to_the_top(file)
    file.locator("img").wait_for()
    _save(page, "formular-bild")


def _to_the_top(field: Locator) -> None:
    field.evaluate("(one) => one.scrollIntoView({ block: 'start', behavior: 'instant' })")


def _invented() -> bytes:
    file = io.BytesIO()
    Image.linear_gradient("L").resize((1200, 800)).save(file, "JPEG")
    return file.getvalue()


def _save(page: Page, name: str) -> None:
    # Menus and sheets slide into their places.
    page.wait_for_timeout(400)
    (FOLDER / f"{name}.png").write_bytes(small(page.screenshot(), name))


if __name__ == "__main__":
    main()
