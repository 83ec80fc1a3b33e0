"""The ledger: what it says comes back, and what was tampered with counts as absent."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw

from stadtnetz.diagnostics import Span, problem
from stadtnetz.output.ledger import Entry, Ledger, Spare, Summary, load_ledger, save_ledger
from stadtnetz.site.listed import SitemapUrl, Version

ENTRIES = {
    "index.html": Entry(
        "d1",
        "i1",
        "v1",
        "f1",
        "home.html",
        SitemapUrl("https://a/", "2022-07-08", (Version("de", "https://a/"),)),
        (1, 2, 3, 4),
    ),
    "städte/index.html": Entry("d2"),
}
LEDGER = Ledger(
    rows=ENTRIES,
    folders={"": (1, 2, 3, 4)},
    sources={"site.yaml": ((1, 2, 3, 4), "d3")},
    spare=Spare({"": (5, 6, 7, 8)}, ("index.html",)),
    summary=Summary(
        asked={"drafts": False},
        program="p",
        shared={"place": "/"},
        told_since=None,
        told_until=datetime(2022, 7, 8, 12, tzinfo=UTC),
        until=datetime(2022, 7, 8, 12, tzinfo=UTC),
        diagnostics=(problem("site-missing", "site.yaml", Span.at(1, 2)),),
        pages=2,
        files=3,
        rest="r",
        places=("news:meldung#teil",),
        searched=True,
        glances=Raw(b"[]"),
    ),
)


def test_a_ledger_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    path = tmp_path / ".build" / "output.ledger"
    kept = save_ledger(path, LEDGER)
    assert kept is not None
    assert load_ledger(path) == kept.ledger == LEDGER
    assert kept.still_stands(path)
    assert [file.name for file in path.parent.iterdir()] == ["output.ledger"]


def test_no_ledger_says_so(tmp_path: Path) -> None:
    assert load_ledger(tmp_path / "none").missing == "absent"


@pytest.mark.parametrize(
    "damage", ["", "stadtnetz ledger 5 0000\n{}", "{}", "\x00\x01", "stadtnetz ledger 9 x\n[]"]
)
def test_a_foreign_ledger_is_empty(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "output.ledger"
    path.write_text(damage)
    assert load_ledger(path) == Ledger(missing="damaged")


@given(data=st.data())
def test_a_truncated_or_altered_ledger_is_empty(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("ledger") / "output.ledger"
    save_ledger(path, LEDGER)
    whole = path.read_bytes()
    cut = data.draw(st.integers(0, len(whole) - 1))
    altered = data.draw(st.sampled_from([whole[:cut], whole[:cut] + b"x" + whole[cut + 1 :]]))
    path.write_bytes(altered)
    if altered != whole:
        assert load_ledger(path) == Ledger(missing="damaged")


def test_where_it_cannot_be_written_nothing_is_raised(tmp_path: Path) -> None:
    (tmp_path / ".build").write_text("a file where the folder should be")
    assert not save_ledger(tmp_path / ".build" / "output.ledger", LEDGER)


@pytest.mark.parametrize(
    "row",
    [
        None,
        1,
        "x",
        [],
        ["d", *"ivft", None, "s", [], [1, 2, 3, 4], "more"],
        [1, *"ivft", None, "s", [], [1, 2, 3, 4]],
    ]
    + [["d", *"ivft", None, "s", [], wrong] for wrong in (None, [1, 2, 3], [1, 2, 3, "4"], [1.5, 2, 3, 4])],
)
def test_a_ledger_of_another_form_is_empty_although_its_digest_is_right(tmp_path: Path, row: object) -> None:
    body = json.dumps({"rows": {"index.html": row}}).encode()
    first = f"stadtnetz ledger 5 {sha256(body).hexdigest()}\n".encode()
    path = tmp_path / "output.ledger"
    path.write_bytes(first + body)
    assert load_ledger(path) == Ledger(missing="damaged")


def test_what_somebody_else_wrote_since_is_not_what_was_kept(tmp_path: Path) -> None:
    path = tmp_path / "output.ledger"
    kept = save_ledger(path, LEDGER)
    assert kept is not None
    other = save_ledger(path, LEDGER)
    assert other is not None
    assert other.still_stands(path)
    assert not kept.still_stands(path)
    path.unlink()
    assert not other.still_stands(path)
