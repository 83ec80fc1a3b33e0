"""The handbook: what it shows works, and its links lead somewhere."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from stadtnetz.diagnostics.catalogue import all_rules
from stadtnetz.text.slug import slugify
from tests.minisite import CITIES, NETWORK, ROOT, SITE, MiniSite, snapshot

FOLDER = ROOT / "docs" / "handbuch"
PAGES = sorted(FOLDER.glob("*.md"))
TOPIC = "name: Beteiligung\nsummary: Worum es geht.\n"


def blocks(name: str, language: str) -> list[str]:
    text = (FOLDER / f"{name}.md").read_text("utf-8")
    found = re.findall(rf"^( *)```{language}\n(.*?)^\1```$", text, re.DOTALL | re.MULTILINE)
    return ["".join(line.removeprefix(indent) for line in block.splitlines(True)) for indent, block in found]


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere_and_pictures_say_what_they_show(page: Path):
    text = page.read_text("utf-8")
    links = re.findall(r"(!?)\[([^\]]*)\]\((?!https?:|[a-z]+:)([^)#\s]*)(?:#([^)\s]*))?\)", text)
    for picture, words, target, anchor in links:
        there = (page.parent / target) if target else page
        assert there.is_file(), target
        assert words.strip(), target
        if picture:
            assert len(words) > 20, target
        if anchor:
            assert anchor in anchors(there), anchor


def test_every_page_is_in_the_list():
    told = set(re.findall(r"\]\(([a-z-]+\.md)\)", (FOLDER / "README.md").read_text("utf-8")))
    assert told == {page.name for page in PAGES} - {"README.md"}


def test_names_become_addresses():
    assert [page.stem for page in PAGES if page.stem != "README" and slugify(page.stem) != page.stem] == []


def test_the_first_item_passes_the_check(tmp_path: Path):
    (item,) = blocks("erste-meldung", "markdown")
    name = "content/news/2026/freiwilligentag-in-musterstadt.md"
    site = MiniSite(tmp_path, {name: item, "content/topics/beteiligung.yaml": TOPIC}, templates=False)
    assert [one for one in site.findings("2026-09-01") if one.startswith("content/news")] == []


def test_the_tandems_pass_the_check(tmp_path: Path):
    running, pending, *_ = blocks("tandems", "yaml")
    files = {
        **CITIES,
        "content/topics/beteiligung.yaml": TOPIC,
        "content/tandems/musterstadt-beispielhausen.yaml": running,
        "content/tandems/beispielhausen-2026.yaml": pending
        + running.partition("topics:")[2].partition("\n")[2],
    }
    site = MiniSite(tmp_path, files, templates=False)
    assert [one for one in site.findings("2026-09-10") if one.startswith("content/tandems")] == []


def test_the_picture_passes_the_check(tmp_path: Path):
    picture, rights, people = blocks("bilder", "yaml")
    news = (
        f"---\ntitle: Neues\nlead: Was geschah.\npublished: 2026-01-02\n{picture}{rights}{people}---\nText.\n"
    )
    site = MiniSite(tmp_path, {"content/news/2026/neues.md": news}, templates=False)
    errors = [
        one for one in site.findings("2026-09-10") if not one.endswith(("media-missing", "source-missing"))
    ]
    assert [one for one in errors if one.startswith("content/news")] == []


def test_the_setting_of_the_form_is_one(tmp_path: Path):
    (setting,) = blocks("formular", "yaml")
    site = MiniSite(tmp_path, templates=False)
    site.write("site.yaml", SITE + setting)
    site.write("cms/dist/cms.js", "// erfunden\n")
    assert [one for one in site.findings() if one.startswith("site.yaml")] == []


def test_the_codes_that_are_explained_exist():
    told = set(re.findall(r"\*\*`([a-z-]+)`\*\*", (FOLDER / "meldungen.md").read_text("utf-8")))
    assert len(told) > 5
    assert told <= {rule.code for rule in all_rules()}


HOME = "---\ntitle: Netz\nlead: Ein Netz.\nlayout: home\n---\nText.\n"


@pytest.fixture(scope="module")
def on_the_site(tmp_path_factory: pytest.TempPathFactory) -> MiniSite:
    site = MiniSite(tmp_path_factory.mktemp("handbook"), {**NETWORK, "content/pages/start.md": HOME})
    shutil.copytree(FOLDER, site.root / "docs" / "handbuch")
    site.write("site.yaml", f"{SITE.strip()}\nhandbook: ja\n")
    assert site.build().published is not None
    return site


def test_on_the_site_every_link_and_picture_of_it_is_there(on_the_site: MiniSite):
    output = on_the_site.output
    pages = {one.parent.name: one.read_text("utf-8") for one in output.glob("handbuch/**/index.html")}
    assert set(pages) == {page.stem for page in PAGES} - {"README"} | {"handbuch", "regeln"}
    for name, html in pages.items():
        main = html.partition("<main")[2].partition("</main>")[0]
        for address in re.findall(r'(?:href|src)="(/[^"]*)"', main):
            path, _, anchor = address.partition("#")
            target = output / path.removeprefix("/") / ("index.html" if path.endswith("/") else "")
            assert target.is_file(), (name, address)
            assert not anchor or f'id="{anchor}"' in target.read_text("utf-8"), (name, address)
        assert all('width="' in one for one in re.findall(r"<img[^>]*>", main)), name
        assert ".md" not in "".join(re.findall(r'href="[^"]*"', main)), name
        assert "```" not in main, name
        assert "<pre>" not in main, f"{name}: wide blocks are scrolled by keyboard as well"
    assert "/handbuch/" in on_the_site.html("")


def test_on_the_site_it_follows_its_own_files_and_the_frame_alone(on_the_site: MiniSite):
    def made() -> set[str]:
        reasons = on_the_site.build().reasons or {}
        return {file for file in reasons if file.startswith("handbuch/")}

    assert made() == set()
    on_the_site.edit("content/news/2021/meldung.md", "erfundener Text", "anderer Text")
    on_the_site.edit("content/cities/musterstadt.yaml", "name: Musterstadt", "name: Neustadt")
    assert made() == set()
    on_the_site.edit("docs/handbuch/tandems.md", "In einem Tandem", "In jedem Tandem")
    assert made() == {"handbuch/tandems/index.html"}
    on_the_site.write("content/pages/start.en.md", HOME.replace("layout: home\n", "").replace("Ein", "A"))
    assert len(made()) == len(PAGES) + 1
    kept = snapshot(on_the_site.output)
    on_the_site.build(clean=True)
    assert snapshot(on_the_site.output) == kept
    on_the_site.write("site.yaml", SITE)
    on_the_site.build()
    assert not (on_the_site.output / "handbuch").exists()
    assert "handbuch" not in on_the_site.html("")
