"""The search index: what is in it, what is not, when it is made anew, and that it is always the same."""

from __future__ import annotations

import gzip
import json
import os
import re
import stat
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from stadtnetz import searching
from stadtnetz.incremental import Rendering
from stadtnetz.network.network import Network
from stadtnetz.pipeline import build
from stadtnetz.render import pagefind
from stadtnetz.render.pagefind import Document, PagefindError, index
from stadtnetz.site import findable
from stadtnetz.text.compounds import unmarked
from stadtnetz.verify import verify
from tests.machine.edits_content import CONTENT_EDITS
from tests.machine.steps import begin, mend, step
from tests.minisite import DISK, MELDUNG, NETWORK, MiniSite, snapshot

FOLDER = "suche/index/"
"""Where the index stands in output/."""

PAGE = """
---
title: Wie Beteiligte mitmachen
lead: Ein erfundener Vorspann.
updated: 2022-01-10
---
Hier steht etwas über die Bürgerhaushaltsberatung in Musterstadt.
"""
SIMPLE = """
---
title: Alle machen mit
lead: Kurz gesagt.
updated: 2022-01-10
---
Ein leichter Satz.
"""
ENGLISH = """
---
title: How people take part
lead: An invented lead.
updated: 2022-01-10
---
Here is something about budgets.
"""
SITE = {
    **NETWORK,
    "content/pages/mitmachen.md": PAGE,
    "content/pages/mitmachen.en.md": ENGLISH,
    "content/pages/mitmachen.de-simple.md": SIMPLE,
}


class Searched(MiniSite):
    """A small site with a search index."""

    def settings(self, as_of: str = "2022-08-01", **options: object) -> Any:
        return super().settings(as_of, **{"search": True, **options})


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Searched:
    """Give a site to look at."""
    made = Searched(tmp_path_factory.mktemp("whole"), SITE)
    assert made.build().published is not None
    return made


@pytest.fixture
def site(tmp_path: Path) -> Searched:
    """Give a site to edit."""
    made = Searched(tmp_path, SITE)
    assert made.build().published is not None
    return made


@pytest.fixture
def indexed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the records of every shard that is indexed from now on."""
    counts: list[int] = []
    original = searching.index

    def counting(documents: list[Document], language: str, *, program: bool) -> Mapping[str, bytes]:
        counts.append(len(documents))
        return original(documents, language, program=program)

    monkeypatch.setattr(searching, "index", counting)
    return counts


def unpacked(data: bytes) -> bytes:
    """Return what a browser reads from a file of the index."""
    return gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data


def index_of(output: Path) -> dict[str, bytes]:
    """Return every file of the index, unpacked."""
    files = snapshot(output)
    return {path: unpacked(data) for path, data in files.items() if path.startswith(FOLDER)}


def records(output: Path) -> dict[str, dict[str, Any]]:
    """Return what the index holds of each page, by its address."""
    found = {}
    for path, data in index_of(output).items():
        if path.endswith(".pf_fragment"):
            record = json.loads(data.removeprefix(b"pagefind_dcd"))
            found[record["url"]] = record
    return found


def test_every_page_with_content_is_in_it_and_no_other(whole: Searched) -> None:
    assert set(records(whole.output)) == {
        "staedte/musterstadt/",
        "staedte/beispielhausen/",
        "tandems/musterstadt-beispielhausen/",
        "aktuelles/2021/meldung/",
        "mitmachen/",
        "en/mitmachen/",
        "einfach/mitmachen/",
    }


def test_a_record_holds_the_page_s_own_content(whole: Searched) -> None:
    found = records(whole.output)
    news = found["aktuelles/2021/meldung/"]
    assert news["meta"] == {"title": "Musterstadt zeigt, wie es geht", "date": "2021-07-08"}
    text = unmarked(news["content"])
    assert text.startswith(
        "Ein erfundener Vorspann. Ein erfundener Text über Beispielhausen. Pressemitteilung"
    )
    assert "musterstadt.de" not in text, "no sources"
    city = unmarked(found["staedte/musterstadt/"]["content"])
    assert "zeigt, wie es geht" not in city, "no teasers"
    assert "Niedersachsen" in city


def test_compounds_are_marked_in_german_texts_alone(whole: Searched) -> None:
    found = records(whole.output)
    assert "Bürger|haushalts|beratung" in found["mitmachen/"]["content"]
    assert "|" not in found["en/mitmachen/"]["content"]


def test_the_facts_say_what_a_page_is(whole: Searched) -> None:
    facts: dict[str, list[object]] = {}
    for path, data in index_of(whole.output).items():
        if path.endswith("facts.json"):
            facts |= {str(one[0]): one[1:] for one in json.loads(data).values()}
    assert facts["Musterstadt zeigt, wie es geht"] == ["news", ["DE-NI"], "2021", "de", []]
    assert facts["Musterstadt"] == ["city", ["DE-NI"], "", "de", []]
    assert facts["Wie Beteiligte mitmachen"] == ["page", [], "", "de", ["en", "de-simple"]]
    assert facts["Alle machen mit"] == ["page", [], "", "de-simple", ["de", "en"]]
    assert facts["How people take part"] == ["page", [], "", "en", ["de", "de-simple"]]


def test_the_page_names_its_folders_and_alone_may_run_what_reads_them(whole: Searched) -> None:
    folders = {path.rpartition("/")[0].split("/")[2] for path in index_of(whole.output)}
    assert len(folders) == 3
    german, english = whole.html("suche"), whole.html("en/suche")
    assert all(f"{FOLDER}{folder}/" in german for folder in folders if folder.startswith("de"))
    assert english.index(f"{FOLDER}en.") < english.index(f"{FOLDER}de.")
    assert "'wasm-unsafe-eval'" in german
    assert "'wasm-unsafe-eval'" not in whole.html("a-z") + whole.html("staedte/musterstadt")
    assert "search." not in "".join(line for line in whole.html("a-z").splitlines() if "<script" in line)


@pytest.mark.parametrize(
    "field", ["embargo: 2022-09-01", "draft: ja", "expires: 2022-07-01"], ids=["embargo", "draft", "expired"]
)
def test_what_must_not_be_seen_leaves_no_trace(tmp_path: Path, field: str) -> None:
    site = Searched(tmp_path, SITE)
    text = MELDUNG.replace("Musterstadt zeigt", "Geheimwort zeigt").replace(
        "erfundener Text", "verratener Klartext"
    )
    site.write("content/news/2021/spaeter.md", text.replace("published", f"{field}\npublished"))
    assert site.build().published is not None
    whole = b"".join(index_of(site.output).values()).lower()
    for trace in ("geheimwort", "verraten", "klartext", "spaeter"):
        assert trace.encode() not in whole
    site.build("2022-08-01", drafts=True)
    if field == "draft: ja":
        assert b"geheimwort" in b"".join(index_of(site.output).values()).lower(), "the words would be seen"


def test_an_embargo_ends(tmp_path: Path) -> None:
    site = Searched(tmp_path, SITE)
    text = MELDUNG.replace("Musterstadt zeigt", "Geheimwort zeigt")
    site.write("content/news/2021/spaeter.md", text.replace("published", "embargo: 2022-09-01\npublished"))
    site.build("2022-08-31")
    assert b"geheimwort" not in b"".join(index_of(site.output).values()).lower()
    site.build("2022-09-02")
    assert b"geheimwort" in b"".join(index_of(site.output).values()).lower()


def test_an_edit_indexes_the_shard_that_it_is_in_alone(site: Searched, indexed: list[int]) -> None:
    before = index_of(site.output)
    site.edit("content/news/2021/meldung.md", "Ein erfundener Text", "Ein neuer Text")
    built = site.build()
    assert indexed == [1]
    assert "suche/index.html" in built.reasons
    kept = {path for path, data in index_of(site.output).items() if before.get(path) == data}
    assert {path.split("/")[2].partition(".")[0] for path in before.keys() - kept} == {"de-2021"}
    site.edit("content/cities/musterstadt.yaml", "musterstadt.de/netz", "musterstadt.de/verbund")
    site.build()
    assert indexed == [1], "a source is not searched"
    site.edit("content/cities/musterstadt.yaml", "name: Musterstadt", "name: Neustadt am Muster")
    site.build()
    assert indexed == [1, 5, 1], "a place's name is on its news as well"


def test_another_process_indexes_while_pages_are_rendered(
    site: Searched, indexed: list[int], tmp_path: Path
) -> None:
    site.edit("content/news/2021/meldung.md", "Ein erfundener Text", "Ein neuer Text")
    assert site.build(jobs=2).published is not None
    assert indexed == [], "not here"
    assert site.build(jobs=2).reasons == {}
    other = Searched(tmp_path / "other", SITE)
    other.edit("content/news/2021/meldung.md", "Ein erfundener Text", "Ein neuer Text")
    other.build()
    assert snapshot(site.output) == snapshot(other.output)


def test_what_that_process_does_not_finish_is_indexed_here(
    site: Searched, indexed: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, counting = os.getpid(), searching.index

    def halting(documents: list[Document], language: str, *, program: bool) -> Mapping[str, bytes]:
        if os.getpid() != here:
            os._exit(9)
        return counting(documents, language, program=program)

    monkeypatch.setattr(searching, "index", halting)
    site.edit("content/news/2021/meldung.md", "Ein erfundener Text", "Ein neuer Text")
    assert site.build(jobs=2).published is not None
    assert indexed == [1]
    assert "neuer" in json.dumps(records(site.output))


def test_nothing_is_indexed_where_nothing_changed(site: Searched, indexed: list[int]) -> None:
    assert site.build().reasons == {}
    (site.output / "robots.txt").unlink()
    site.build()
    site.edit("site.yaml", "Netz der Musterstädte", "Netz der Städte")
    site.build()
    assert indexed == []


def test_a_lost_index_is_taken_out_of_the_memory(site: Searched, indexed: list[int]) -> None:
    whole = snapshot(site.output)
    for path in index_of(site.output):
        (site.output / path).unlink()
    site.build()
    assert snapshot(site.output) == whole
    assert indexed == []


def test_what_was_remembered_wrongly_is_indexed_again(site: Searched, indexed: list[int]) -> None:
    import sqlite3

    whole = snapshot(site.output)
    with sqlite3.connect(site.root / ".build" / "memory.sqlite") as memory:
        memory.execute(
            "UPDATE row SET long = x'00' WHERE key = (SELECT key FROM row ORDER BY length(long) DESC LIMIT 1)"
        )
    memory.close()
    for path in index_of(site.output):
        (site.output / path).unlink()
    assert site.build().published is not None
    assert snapshot(site.output) == whole
    assert len(indexed) == 1


def test_the_same_content_gives_the_same_bytes(site: Searched, tmp_path: Path) -> None:
    other = Searched(tmp_path / "woanders" / "tiefer", dict(reversed(SITE.items())))
    other.build(jobs=2)
    assert snapshot(other.output) == snapshot(site.output)
    assert verify(site.settings(), site.output, lambda *_: None).differences == ()


def test_many_records_give_the_same_bytes() -> None:
    words = [f"wort{number}" for number in range(900)]
    documents = [
        Document(
            f"{n}/", f"Titel {n}", " ".join(words[n : n + 60] + words[: n % 50]), "2022", ("news", ("DE-NI",))
        )
        for n in range(300)
    ]
    first = index(documents, "de", program=False)
    assert first == index(documents, "de", program=False)
    assert len(json.loads(first["facts.json"])) == 300


def test_news_fill_shards_by_whole_years(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findable, "NEWS_OF_A_SHARD", 2)
    years = {
        f"content/news/{year}/m{year}.md": MELDUNG.replace("2021", str(year)) for year in range(2014, 2019)
    }
    site = Searched(tmp_path, {**NETWORK, **years})
    site.build()
    names = sorted({path.split("/")[2].partition(".")[0] for path in index_of(site.output)})
    assert names == ["de", "de-2014", "de-2016", "de-2018"]


@pytest.mark.parametrize("how", ["option", "site.yaml"])
def test_a_site_without_search_offers_a_to_z(tmp_path: Path, how: str) -> None:
    site = MiniSite(tmp_path, SITE)
    if how == "site.yaml":
        site.edit("site.yaml", "title:", "search: nein\ntitle:")
    site.build(search=how == "site.yaml")
    assert index_of(site.output) == {}
    page = site.html("suche")
    assert "<form" not in page
    assert "wasm-unsafe-eval" not in page
    assert 'href="/a-z/"' in page.partition("<main")[2]
    head = site.html("staedte/musterstadt").partition("<main")[0]
    assert 'class="choice find" href="/a-z/"' in head


def test_the_switch_is_noticed(site: Searched) -> None:
    site.build(search=False)
    assert index_of(site.output) == {}
    assert 'class="choice find" href="/a-z/"' in site.html("staedte/musterstadt")
    site.build()
    assert index_of(site.output)
    assert 'class="choice find" href="/suche/"' in site.html("staedte/musterstadt")


def _missing() -> Path:
    raise FileNotFoundError("Could not find any of pagefind")


def _script(text: str) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / "pagefind"
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path

    return write


BROKEN = {
    "ends at once": _script("exit 3"),
    "talks nonsense": _script("printf 'Guten Tag,Guten Tag,Guten Tag,'; cat > /dev/null"),
    "answers half": _script("printf 'e30=,'; exit 0"),
    "can't be run": lambda folder: folder,
}


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("how", sorted(BROKEN))
def test_a_broken_program_is_told_and_nothing_is_published(
    site: Searched, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, how: str, jobs: int
) -> None:
    before = snapshot(site.output)
    broken = BROKEN[how](tmp_path)
    monkeypatch.setattr(pagefind, "executable", lambda: broken)
    site.edit("content/news/2021/meldung.md", "Ein erfundener Text", "Ein neuer Text")
    built = site.build(jobs=jobs)
    assert built.published is None
    assert [one.code for one in built.diagnostics if one.code.startswith("search")] == ["search-failed"]
    assert snapshot(site.output) == before
    assert site.build(search=False).published is not None, "as the hint says"


def test_a_program_that_fails_is_not_asked_twice(
    site: Searched, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked = tmp_path / "asked"
    broken = _script(f"echo x >> '{asked}'; exit 3")(tmp_path)
    monkeypatch.setattr(pagefind, "executable", lambda: broken)
    site.edit("content/news/2021/meldung.md", "Ein erfundener Text", "Ein neuer Text")
    assert site.build(jobs=2).published is None
    assert asked.read_text() == "x\n"


def test_a_build_that_fails_meanwhile_ends_the_program(
    site: Searched, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    number = tmp_path / "number"
    slow = _script(f"echo $$ > '{number}.new'; mv '{number}.new' '{number}'; exec sleep 600")(tmp_path)
    monkeypatch.setattr(pagefind, "executable", lambda: slow)
    original = Rendering.run

    def failing(*args: Any, **more: Any) -> None:
        while not number.exists():
            time.sleep(0.01)
        original(*args, **more)
        raise KeyboardInterrupt

    monkeypatch.setattr(Rendering, "run", failing)
    site.edit("content/news/2021/meldung.md", "Ein erfundener Text", "Ein neuer Text")
    with pytest.raises(KeyboardInterrupt):
        site.build(jobs=2)
    for _ in range(500):
        state = Path(f"/proc/{number.read_text().strip()}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            break
        time.sleep(0.01)
    else:
        raise AssertionError("it goes on")


def test_a_missing_program_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pagefind_bin", SimpleNamespace(get_executable=_missing))
    with pytest.raises(PagefindError) as told:
        pagefind.executable()
    assert told.value.code == "search-unavailable"
    site = Searched(tmp_path, SITE)
    built = site.build()
    assert built.published is None
    assert [one.code for one in built.diagnostics if one.code.startswith("search")] == ["search-unavailable"]


def test_errors_in_the_content_cost_no_index(site: Searched, indexed: list[int]) -> None:
    site.edit("content/news/2021/meldung.md", "Ein erfundener Text", "Ein [falscher](city:gibtesnicht) Text")
    assert site.build().published is None
    assert indexed == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_step_is_told_where_there_is_something_to_search(site: Searched, jobs: int) -> None:
    def steps(**options: object) -> list[str]:
        told = dict[str, None]()
        settings = site.settings(jobs=jobs, **options)
        build(settings, site.output, lambda step, _done, _total: told.setdefault(step), disk=DISK)
        return list(told)

    site.edit("content/news/2021/meldung.md", "Ein erfundener Text", "Ein neuer Text")
    assert "search" in steps()
    assert "search" not in steps(search=False)


def test_a_page_s_record_needs_no_long_text_to_be_planned(whole: Searched) -> None:
    examined = whole.examine()
    assert examined.site is not None
    network: Network = examined.site.network
    shards = examined.site.plan.shards.all
    assert [shard.leads for shard in shards] == [True, True, False]
    assert sum(len(shard.found) for shard in shards) == len(records(whole.output))
    assert network.site.search


def test_edits_keep_the_index_what_a_clean_build_makes(tmp_path: Path) -> None:
    world = begin(tmp_path, search=True)
    for place, edit in enumerate(CONTENT_EDITS):
        step(world, edit.__name__, 2 * place)  # which compares with a clean build
        if world.sick:
            mend(world)
    assert records(world.output)


def test_a_to_z_reaches_everything_in_two_steps(whole: Searched) -> None:
    def links(path: str) -> set[str]:
        return set(
            re.findall(r'href="/([^"#]*)"', whole.html(path).partition("<main")[2].partition("</main")[0])
        )

    first = links("a-z")
    reached = first | {
        two for one in first if (whole.output / one / "index.html").is_file() for two in links(one)
    }
    german = {path for path in records(whole.output) if not path.startswith(("en/", "einfach/"))}
    assert german <= reached
    assert "aktuelles/2021/" in first
