"""What changed is read by another process: the same comes out, whatever becomes of that process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from stadtnetz import reader
from stadtnetz.early import EarlyReading, changed_entries
from stadtnetz.memory import Row
from stadtnetz.outcome import Built
from stadtnetz.pipeline import build
from stadtnetz.rows import Task
from stadtnetz.signatures import NEVER
from stadtnetz.source import SourceFile, Sources
from tests.minisite import CITIES, DISK, MELDUNG, MiniSite, snapshot

NEWS = "content/news/2021/meldung.md"
CITY = "content/cities/musterstadt.yaml"


@pytest.fixture
def site(tmp_path: Path) -> MiniSite:
    site = MiniSite(tmp_path, {**CITIES, NEWS: MELDUNG})
    assert built(site).published is not None
    return site


def built(site: MiniSite, jobs: int = 2) -> Built:
    return build(site.settings(jobs=jobs), site.output, disk=DISK)


def is_right(site: MiniSite) -> None:
    """See that output/ holds what a clean build makes."""
    other = site.root / "clean"
    assert build(site.settings(clean=True, keep_state=False), other, disk=DISK).published is not None
    assert snapshot(site.output) == snapshot(other)


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the files that this very process reads."""
    here, found, make_row = os.getpid(), list[str](), reader.make_row

    def noted(task: Task) -> Row:
        if os.getpid() == here:
            found.append(task.file.path)
        return make_row(task)

    monkeypatch.setattr(reader, "make_row", noted)
    return found


@pytest.mark.parametrize(("jobs", "expected"), [(2, []), (1, [CITY, NEWS])])
def test_another_process_reads_what_edits_changed(
    site: MiniSite, read_here: list[str], jobs: int, expected: list[str]
) -> None:
    site.edit(NEWS, "Ein erfundener Text", "Ein neuer Text")
    site.edit(CITY, "lat: 52.5", "lat: 52.6")
    assert built(site, jobs).published is not None
    assert sorted(read_here) == expected
    is_right(site)


def test_it_reads_texts_and_translations_as_well(site: MiniSite, read_here: list[str]) -> None:
    site.write(CITY.replace(".yaml", ".md"), "Ein Text neben der Stadt.\n")
    site.write(
        NEWS.replace(".md", ".en.md"), "---\ntitle: Invented\nlead: Invented.\n---\nAn invented text.\n"
    )
    assert built(site).published is not None
    assert read_here == []
    is_right(site)


def test_a_process_that_builds_after_an_edit_starts_without_what_reads(site: MiniSite) -> None:
    site.edit(NEWS, "title: Musterstadt zeigt", "title: Musterstadt lehrt")
    code = (
        "import sys; from pathlib import Path; from stadtnetz.clock import Clock;"
        "from stadtnetz.pipeline import build; from stadtnetz.settings import Settings;"
        "root, clock = Path(sys.argv[1]), Clock.from_text('2022-08-01');"
        "built = build(Settings(root=root, clock=clock, search=False, jobs=2), root / 'output');"
        "print(len(built.reasons) > 0, sorted({'yaml', 'markdown', 'jinja2'} & sys.modules.keys()))"
    )
    command = [sys.executable, "-c", code, str(site.root)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "True ['jinja2']\n"


def test_where_the_other_process_dies_this_one_reads(
    site: MiniSite, read_here: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, make_row = os.getpid(), reader.make_row

    def dying(task: Task) -> Row:
        if os.getpid() != here:
            os._exit(9)
        return make_row(task)

    monkeypatch.setattr(reader, "make_row", dying)
    site.edit(NEWS, "Ein erfundener Text", "Ein neuer Text")
    assert built(site).published is not None
    assert read_here == [NEWS]
    is_right(site)


def test_all_mistakes_of_all_files_are_told(site: MiniSite) -> None:
    before = snapshot(site.output)
    site.edit(NEWS, "city:beispielhausen", "city:gibtesnicht")
    site.edit(CITY, "state: DE-NI", "state: DE-XX")
    site.write("content/news/2021/kaputt.md", "---\ntitle: [\n---\n")
    site.write("content/news/2021/Falscher Name.md", MELDUNG)
    told = built(site)
    assert told.published is None
    assert told.diagnostics == built(site, 1).diagnostics
    assert {one.path for one in told.diagnostics if one.severity == "error"} >= {
        *(CITY, NEWS),
        *("content/news/2021/kaputt.md", "content/news/2021/Falscher Name.md"),
    }
    assert snapshot(site.output) == before


def test_what_is_remembered_is_not_waited_for(site: MiniSite, monkeypatch: pytest.MonkeyPatch) -> None:
    site.edit(NEWS, "Ein erfundener Text", "Ein neuer Text")
    built(site)
    site.edit(NEWS, "Ein neuer Text", "Ein erfundener Text")

    def waited(_self: EarlyReading) -> dict[str, Row]:
        raise AssertionError

    with monkeypatch.context() as patch:
        patch.setattr(EarlyReading, "rows", waited)
        assert built(site).published is not None
    is_right(site)


def test_only_entries_are_read_early() -> None:
    files = {
        path: SourceFile.of(path, path.encode())
        for path in ("site.yaml", "content/a.jpg", "content/old.md", "content/new.md", "templates/x.md", CITY)
    }
    known = {path: (NEVER, file.digest) for path, file in files.items() if path != "content/new.md"}
    known[CITY] = (NEVER, "another")
    assert [file.path for file in changed_entries(Sources(files), known)] == ["content/new.md", CITY]
