"""What somebody can do who may write to .build/ but to nothing else: no code, no file outside its place, and with
--clean, or without the folder, nothing at all."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from stadtnetz import searching
from stadtnetz.fingerprint import digest
from stadtnetz.memory import Memory
from stadtnetz.render.pagefind import PROGRAMS, Document, index
from tests.minisite import NETWORK, ROOT, MiniSite, snapshot

EVIL = b"globalThis.evil = 1;"
Rows = list[tuple[str, bytes]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> MiniSite:
    site = MiniSite(tmp_path_factory.mktemp("built"), NETWORK)
    assert site.build(search=True).published is not None
    return site


@pytest.fixture
def site(built: MiniSite, tmp_path: Path) -> MiniSite:
    """Return a copy that has its .build/ and no output/, as a job has that only keeps its cache."""
    shutil.copytree(built.root, tmp_path / "site", ignore=shutil.ignore_patterns("output", ".output*"))
    copy = MiniSite.__new__(MiniSite)
    copy.root, copy.output = tmp_path / "site", tmp_path / "site/output"
    return copy


def poison(site: MiniSite, monkeypatch: pytest.MonkeyPatch, change: Callable[[Rows], Rows]) -> None:
    """Change the rows of the search index, with the right seals and digests."""
    found: list[str] = []
    original = searching._key

    def noted(shard: object) -> str:
        found.append(original(shard))  # type: ignore[arg-type]
        return found[-1]

    with monkeypatch.context() as patched:
        patched.setattr(searching, "_key", noted)
        site.examine(search=True)
    memory = Memory(site.root / ".build")
    for key in set(found):
        rows, data, start = json.loads(memory.short(key) or b"[]"), memory.long(key) or b"", 0
        files: Rows = []
        for path, _, size in rows:
            files.append((path, data[start : start + size]))
            start += size
        files = change(files)
        told = [(path, digest(content), len(content)) for path, content in files]
        memory.put(key, json.dumps(told).encode(), b"".join(content for _, content in files))
    assert memory.save()
    memory.close()


def replaced(name: str) -> Callable[[Rows], Rows]:
    return lambda rows: [(path, EVIL if name in path else data) for path, data in rows]


def added(path: str) -> Callable[[Rows], Rows]:
    return lambda rows: [*rows, (path, EVIL)]


@pytest.mark.parametrize(
    "change",
    [
        replaced("pagefind.js"),
        replaced("wasm."),
        added("pagefind-worker.js"),
        added("../../index.html"),
        added("../../../outside.html"),
        added("/outside.html"),
        added("fragment/../../x.js"),
        added("fragment/a\n.pf_fragment"),
    ],
)
def test_no_remembered_search_brings_code_or_leaves_its_folder(
    site: MiniSite, built: MiniSite, monkeypatch: pytest.MonkeyPatch, change: Callable[[Rows], Rows]
) -> None:
    poison(site, monkeypatch, change)
    assert site.build(search=True).published is not None
    assert snapshot(site.output) == snapshot(built.output)
    assert not list(site.root.rglob("outside.html"))


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_programs_that_may_be_remembered_are_those_of_the_installed_version(language: str) -> None:
    files = index([Document("a/", "Titel", "Text", "", ("a",))], language, program=True)
    programs = {
        path: digest(data) for path, data in files.items() if path.endswith(".js") or path.startswith("wasm.")
    }
    assert len(programs) == 2
    assert set(programs.values()) <= PROGRAMS


WATCHED = """
import sys
touched = []
def watch(event, arguments):
    if event in ("open", "sqlite3.connect") and ".build" in str(arguments[0]):
        touched.append((event, str(arguments[0]), str(arguments[1:2])))
sys.addaudithook(watch)
sys.argv[1:] = {arguments!r}
from stadtnetz.cli import main
try:
    main()
except SystemExit as ended:
    assert not ended.code, ended.code
print("TOUCHED", [one for one in touched if one[2] != "('w',)"], file=sys.stderr)
"""


def test_a_clean_build_reads_nothing_that_was_remembered(site: MiniSite, built: MiniSite) -> None:
    """Whatever stands in .build/: no file in it is opened to be read, and what is written makes no difference."""
    for path in (site.root / ".build").iterdir():
        path.write_bytes(b"poisoned " + path.read_bytes())
    arguments = [
        "build",
        "--clean",
        "--root",
        str(site.root),
        "--as-of",
        "2022-08-01",
        "--quiet",
        "--jobs",
        "1",
    ]
    done = subprocess.run(
        [sys.executable, "-c", WATCHED.format(arguments=arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = done.stderr.rpartition("TOUCHED ")[2]
    assert "sqlite" not in told
    assert "'r'" not in told
    assert "'rb'" not in told
    assert snapshot(site.output) == snapshot(built.output)
