"""The corpus of the benchmarks is the same everywhere and sound, and the edits that are timed are edits."""

import json
import sys

import pytest

from benchmarks import tables
from benchmarks.compare import measure
from benchmarks.corpus import article, newest, write_corpus
from benchmarks.edits import Editor, where
from benchmarks.ours import OURS
from benchmarks.peers.install import version
from benchmarks.peers.known import PEERS
from benchmarks.peers.peer import Peer
from benchmarks.plot import Panel, draw
from benchmarks.processes import BuildFailedError, BuildTimeoutError, run, summary
from stadtnetz.clock import Clock
from stadtnetz.output.disk import Disk
from stadtnetz.pipeline import build
from stadtnetz.settings import Settings
from tests.minisite import UNFINISHED, snapshot

NEWS = 20


@pytest.fixture
def project(tmp_path):
    write_corpus(tmp_path / "corpus", NEWS)
    return tmp_path / "corpus"


def built(project):
    return build(
        Settings(project, Clock.from_text("2026-06-01")), project / "output", disk=Disk(durable=False)
    )


def test_the_corpus_is_the_same_every_time(project, tmp_path):
    write_corpus(tmp_path / "again", NEWS)
    assert snapshot(project) == snapshot(tmp_path / "again")


def test_another_seed_makes_another_corpus(project, tmp_path):
    write_corpus(tmp_path / "other", NEWS, seed=1)
    assert snapshot(project) != snapshot(tmp_path / "other")


def test_a_larger_corpus_contains_the_smaller_one(project, tmp_path):
    write_corpus(tmp_path / "larger", NEWS + 5)
    larger = snapshot(tmp_path / "larger")
    assert all(larger[path] == data for path, data in snapshot(project).items())
    assert len(larger) == len(snapshot(project)) + 5


def test_a_folder_in_use_is_left_alone(project):
    with pytest.raises(FileExistsError):
        write_corpus(project, NEWS)


def test_articles_have_what_a_build_has_to_work_for():
    one = article(7)
    assert 300 < len(one.body.split()) < 500
    for piece in ("\n## ", "\n- **", "\n| ", "\n> „", "](city:", "](topic:", "](https://example.org/", " *"):
        assert piece in one.body


def test_the_corpus_builds_and_edits_of_it_show(project):
    done = built(project)
    assert [d for d in done.diagnostics if d.code not in UNFINISHED and d.severity == "error"] == []
    assert done.published is not None
    output, editor = project / "output", Editor(newest(NEWS))

    edit = editor.body()
    OURS.write(project, edit.article)
    assert where(output, edit.words) == []
    built(project)
    assert where(output, edit.words) == [OURS.page(edit.article)]

    edit = editor.title()
    OURS.write(project, edit.article)
    built(project)
    pages = where(output, edit.words)
    assert OURS.page(edit.article) in pages
    assert {"aktuelles/index.html", f"aktuelles/{edit.article.year}/index.html"} <= set(pages)


def test_no_two_edits_are_alike():
    editor = Editor(newest(NEWS))
    edits = [editor.body(), editor.body(), editor.title(), editor.title()]
    assert edits[2].article.body == edits[1].article.body != newest(NEWS).body
    assert edits[2].article.title != edits[1].article.title == newest(NEWS).title
    assert len({edit.article for edit in edits}) == len({edit.words for edit in edits}) == len(edits)


@pytest.mark.parametrize("name", PEERS)
def test_every_peer_gets_the_same_words_and_a_pinned_version(name, tmp_path):
    peer, one = PEERS[name], article(3)
    peer.make_project(tmp_path / "project", [one])
    text = (tmp_path / "project" / peer.write(tmp_path / "project", one)).read_text("utf-8")
    assert one.title in text
    assert one.lead in text
    assert one.body.splitlines()[0] in text
    assert "city:" not in text.partition("\n\n")[2]
    assert version(peer)[0].isdigit()


def test_forgetting_removes_what_builds_left(tmp_path):
    nikola = PEERS["nikola"]
    nikola.make_project(tmp_path / "project", [])
    before = snapshot(tmp_path / "project")
    (tmp_path / "project" / "output").mkdir()
    (tmp_path / "project" / "output" / "index.html").write_text("old")
    (tmp_path / "project" / ".doit.db.dat").write_text("old")
    nikola.forget(tmp_path / "project")
    assert snapshot(tmp_path / "project") == before


GENERATOR = """
import pathlib, sys
turns = pathlib.Path("../turns")
turns.write_text((turns.read_text() if turns.exists() else "") + sys.argv[1])
if turns.read_text().count(sys.argv[1]) > int(sys.argv[2]):
    sys.exit("out of order")
pathlib.Path("out").mkdir(exist_ok=True)
pathlib.Path("out/a.html").write_text(pathlib.Path("a.md").read_text())
"""


def generator(folder, name, lasts):
    """A generator of one page that fails after so many builds."""
    (folder / f"{name}-{NEWS}").mkdir()
    return Peer(
        name,
        name,
        name,
        cold=(sys.executable, "-c", GENERATOR, name, str(lasts)),
        form=lambda article: ("a.md", article.text()),
        output="out",
        page=lambda _: "a.html",
    )


def test_generators_take_turns_until_one_of_them_fails(tmp_path):
    told = []
    peers = [generator(tmp_path, "a", 9), generator(tmp_path, "b", 3), generator(tmp_path, "c", 9)]
    measured = measure(
        peers, tmp_path, news=NEWS, runs=2, limit=60, say=told.append, only=("cold", "body", "title")
    )
    assert (tmp_path / "turns").read_text() == "abcabc" + "abcabc" + "acac"
    assert measured["b"] == {"cold": measured["b"]["cold"], "body": {"failed": "out of order"}}
    assert [measured["a"][name]["runs"] for name in ("cold", "body", "title")] == [2, 2, 2]
    assert measured["a"]["cold"]["pages"] == measured["c"]["title"]["pages_showing_it"] == 1
    assert len(told) == 8


def test_a_process_that_fails_is_no_measurement(tmp_path):
    with pytest.raises(BuildFailedError, match="why"):
        run(["sh", "-c", "echo why >&2; exit 3"], tmp_path, 60)


def test_a_process_that_does_not_end_is_stopped(tmp_path):
    with pytest.raises(BuildTimeoutError):
        run(["sh", "-c", "sleep 600 & wait"], tmp_path, 0.2)


def test_memory_is_that_of_the_largest_process(tmp_path):
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'bytearray(300_000_000)'])"
    one = run([sys.executable, "-c", code], tmp_path, 60)
    assert one.memory > 280
    assert summary([one])["runs"] == 1


def test_tables_are_made_from_the_results_and_only_between_the_comments(tmp_path):
    result = {"seconds": 1.5, "fastest": 1, "slowest": 2, "memory": 70, "runs": 3, "pages": 9}
    environment = {"cores": 2, "python": "3", "date": "2026-01-01", "started": "x", "command": "make bench"}
    row = {
        "label": "Hugo",
        "version": "1",
        "started": "earlier",
        "builds": {"cold": {**result, "stale_pages": 3}},
    }
    (tmp_path / "compare-100.json").write_text(
        json.dumps({"environment": environment, "generators": {"hugo": row}}), "utf-8"
    )
    growth = {"environment": environment, "sizes": {"100": result, "1000": {**result, "seconds": 15}}}
    (tmp_path / "growth.json").write_text(json.dumps(growth), "utf-8")
    document = tmp_path / "performance.md"
    document.write_text(f"before\n{tables.BEGIN}\nfrom before\n{tables.END}\nafter\n", "utf-8")
    tables.renew(document, tmp_path / "growth.svg", tmp_path)
    text = document.read_text("utf-8")
    assert text.startswith("before\n")
    assert text.endswith("\nafter\n")
    assert "from before" not in text
    assert "| Hugo 1* | 1.50 s (3 pages stale) | – | – | – | 9 | 70 MB |" in text
    assert "| 1,000 | 15.0 s | 15.00 ms | 70 MB | 9 |" in text
    assert (tmp_path / "growth.svg").read_text("utf-8").startswith("<svg")


def test_the_tables_in_the_documentation_are_those_of_the_results():
    assert f"{tables.BEGIN}\n\n{tables.tables()}\n{tables.END}" in tables.DOCUMENT.read_text("utf-8")


def test_a_document_without_the_comments_is_not_touched(tmp_path):
    document = tmp_path / "performance.md"
    document.write_text("all of it by hand\n", "utf-8")
    with pytest.raises(tables.DocumentError):
        tables.renew(document, tmp_path / "growth.svg", tmp_path)
    assert document.read_text("utf-8") == "all of it by hand\n"


def test_linear_growth_is_drawn_as_a_straight_line():
    drawn = draw([Panel("Time", "s", [(100, 1.0), (1000, 10.0), (10_000, 100.0)])], "growth")
    line = next(part for part in drawn.splitlines() if 'stroke-width="2"' in part)
    points = [tuple(map(float, pair.split())) for pair in line.split('d="M')[1].split('"')[0].split("L")]
    (x1, y1), (x2, y2), (x3, y3) = points
    assert (y2 - y1) / (x2 - x1) == pytest.approx((y3 - y2) / (x3 - x2), abs=0.01)
