"""The ledger: what it says comes back, and what was tampered with counts as absent."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtnetz.output.freshness import Fresh, Stale, decide
from stadtnetz.output.ledger import Entry, load_ledger, save_ledger

ENTRIES = {"index.html": Entry("k1", "d1"), "städte/index.html": Entry("k2", "d2")}


def test_a_ledger_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    path = tmp_path / ".build" / "output.ledger"
    assert save_ledger(path, ENTRIES)
    assert load_ledger(path).entries == ENTRIES
    assert [file.name for file in path.parent.iterdir()] == ["output.ledger"]


def test_no_ledger_says_so(tmp_path: Path) -> None:
    assert load_ledger(tmp_path / "none").missing == "absent"


@pytest.mark.parametrize(
    "damage", ["", "stadtnetz ledger 1 0000\n{}", "{}", "\x00\x01", "stadtnetz ledger 9 x\n[]"]
)
def test_a_foreign_ledger_is_empty(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "output.ledger"
    path.write_text(damage)
    assert (load_ledger(path).entries, load_ledger(path).missing) == ({}, "damaged")


@given(data=st.data())
def test_a_truncated_or_altered_ledger_is_empty(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("ledger") / "output.ledger"
    save_ledger(path, ENTRIES)
    whole = path.read_bytes()
    cut = data.draw(st.integers(0, len(whole) - 1))
    altered = data.draw(st.sampled_from([whole[:cut], whole[:cut] + b"x" + whole[cut + 1 :]]))
    path.write_bytes(altered)
    if altered != whole:
        assert load_ledger(path).entries == {}


def test_where_it_cannot_be_written_nothing_is_raised(tmp_path: Path) -> None:
    (tmp_path / ".build").write_text("a file where the folder should be")
    assert not save_ledger(tmp_path / ".build" / "output.ledger", ENTRIES)


def test_every_decision_names_its_reason() -> None:
    entry = Entry("key", "digest")
    assert decide(key="key", recorded=entry, stored="digest") == Fresh()
    assert decide(key="key", recorded=None, stored="digest") == Stale("new")
    assert decide(key="other", recorded=entry, stored="digest") == Stale("key")
    assert decide(key="key", recorded=entry, stored="damaged") == Stale("bytes")
    assert decide(key="key", recorded=entry, stored=None) == Stale("bytes")
