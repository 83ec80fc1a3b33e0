"""The memory of earlier builds: rows come back, and whatever else stands in the file counts as absent."""

from __future__ import annotations

import os
import sqlite3
from hashlib import sha256
from pathlib import Path

import pytest

from stadtnetz.memory import FILE, Memory
from stadtnetz.memory_file import id_of

ROWS = {f"key{number}": (b"short %d" % number, b"long %d" % number * 20) for number in range(8)}
MANY = 501
"""One more than the rows that may stay although nothing asks for them."""


def seal(key: str, part: bytes) -> bytes:
    return sha256(key.encode() + part).digest()[:8]


def filled(folder: Path) -> Path:
    memory = Memory(folder)
    for key, row in ROWS.items():
        memory.put(key, *row)
    assert memory.save()
    memory.close()
    return folder / FILE


def found(folder: Path, keys: object = ROWS) -> dict[str, tuple[bytes | None, bytes | None]]:
    memory = Memory(folder)
    try:
        return {key: (memory.short(key), memory.long(key)) for key in keys}  # type: ignore[attr-defined]
    finally:
        memory.close()


def change(path: Path, statement: str, *values: object) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(statement, values)
    connection.close()


def is_replaced(folder: Path) -> None:
    """What is put after the damage is there for the next build."""
    memory = Memory(folder)
    for key, row in ROWS.items():
        if (memory.short(key), memory.long(key)) != row:
            memory.forget(key)
            memory.put(key, *row)
    assert memory.save()
    memory.close()
    assert found(folder) == ROWS


def test_rows_come_back_in_another_instance(tmp_path: Path) -> None:
    filled(tmp_path / "state")
    assert found(tmp_path / "state") == ROWS
    assert found(tmp_path / "state", ["unknown"]) == {"unknown": (None, None)}


def test_a_row_that_was_put_is_there_before_it_is_saved(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    memory.put("key", b"short", b"long")
    assert (memory.short("key"), memory.long("key")) == (b"short", b"long")
    assert list(tmp_path.iterdir()) == []


def test_a_row_that_is_put_again_replaces_the_old_one(tmp_path: Path) -> None:
    filled(tmp_path)
    memory = Memory(tmp_path)
    assert memory.short("key1") == b"short 1"
    memory.put("key1", b"other", b"")
    assert memory.save()
    assert (memory.short("key1"), memory.long("key1")) == (b"other", b"")
    memory.close()
    assert found(tmp_path, ["key1", "key2"]) == {"key1": (b"other", b""), "key2": ROWS["key2"]}


def test_without_a_folder_rows_last_as_long_as_the_instance() -> None:
    memory = Memory(None)
    memory.put("key", b"short", b"long")
    assert memory.save()
    assert (memory.short("key"), memory.long("key")) == (b"short", b"long")
    assert Memory(None).short("key") is None


def test_a_missing_file_is_no_memory_and_looking_makes_none(tmp_path: Path) -> None:
    assert set(found(tmp_path / "none").values()) == {(None, None)}
    assert not (tmp_path / "none").exists()


def _foreign(statement: str) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.executescript(statement)
    return connection.serialize()


FOREIGN = {
    "empty": b"",
    "text": b"not a database at all\n" * 100,
    "zeros": bytes(8192),
    "header only": b"SQLite format 3\x00",
    "another table": _foreign("CREATE TABLE visitor (name TEXT)"),
    "another form of our table": _foreign("CREATE TABLE row (key TEXT PRIMARY KEY, short BLOB)"),
    "a view": _foreign(
        "CREATE VIEW row AS SELECT 'key1' AS key, x'00' AS short, x'00' AS long, x'00' AS short_seal, "
        "x'00' AS long_seal"
    ),
}


@pytest.mark.parametrize("data", FOREIGN.values(), ids=FOREIGN.keys())
def test_a_foreign_file_counts_as_absent_and_is_replaced(tmp_path: Path, data: bytes) -> None:
    (tmp_path / FILE).write_bytes(data)
    assert set(found(tmp_path).values()) == {(None, None)}
    (tmp_path / FILE).write_bytes(data)
    is_replaced(tmp_path)


@pytest.mark.parametrize(
    "addition",
    [
        "CREATE TRIGGER row_written AFTER INSERT ON row BEGIN DELETE FROM row; END",
        "CREATE VIEW other AS SELECT key FROM row",
        "CREATE INDEX by_short ON row (short)",
        "CREATE TABLE other (name TEXT)",
    ],
)
def test_what_is_added_to_our_schema_makes_it_foreign(tmp_path: Path, addition: str) -> None:
    change(filled(tmp_path), addition)
    assert set(found(tmp_path).values()) == {(None, None)}
    change(filled(tmp_path), addition)
    is_replaced(tmp_path)


@pytest.mark.parametrize("kept", [0.1, 0.4, 0.7, 0.99])
def test_a_truncated_file_is_replaced(tmp_path: Path, kept: float) -> None:
    path = filled(tmp_path)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * kept)])
    assert all(row in ((None, None), ROWS[key]) for key, row in found(tmp_path).items())
    is_replaced(tmp_path)


def damaged(tmp_path: Path, places: range, bit: int) -> None:
    whole = filled(tmp_path).read_bytes()
    for place in places:
        data = bytearray(whole)
        data[place % len(whole)] ^= 1 << bit
        (tmp_path / FILE).write_bytes(bytes(data))
        for suffix in ("-journal", "-wal", "-shm"):
            (tmp_path / (FILE + suffix)).unlink(missing_ok=True)
        for key, (short, long) in found(tmp_path).items():
            assert short in (None, ROWS[key][0]), place
            assert long in (None, ROWS[key][1]), place
        try:
            is_replaced(tmp_path)
        except AssertionError as error:
            raise AssertionError(f"byte {place}, bit {bit}") from error


@pytest.mark.parametrize("bit", [0, 1, 7])
def test_a_flipped_bit_in_the_header_costs_rows_at_most(tmp_path: Path, bit: int) -> None:
    damaged(tmp_path, range(108), bit)


@pytest.mark.parametrize("bit", [0, 7])
def test_a_flipped_bit_elsewhere_costs_rows_at_most(tmp_path: Path, bit: int) -> None:
    size = filled(tmp_path).stat().st_size
    damaged(tmp_path, range(108, size, 41), bit)


def test_a_flipped_bit_in_a_key_costs_that_row_alone(tmp_path: Path) -> None:
    path = filled(tmp_path)
    data = path.read_bytes()
    assert data.count(b"key3") == 1
    path.write_bytes(data.replace(b"key3", b"\xebey3"))
    is_replaced(tmp_path)


@pytest.mark.parametrize("part", ["short", "long"])
@pytest.mark.parametrize("value", ["changed", None, 7, 1.5, b"\x00"], ids=repr)
def test_a_part_without_its_seal_counts_as_absent(tmp_path: Path, part: str, value: object) -> None:
    for column in (part, f"{part}_seal"):
        # Column names are ours; values are bound.
        change(filled(tmp_path), f"UPDATE row SET {column} = ? WHERE key = 'key3'", value)  # noqa: S608
        short, long = found(tmp_path)["key3"]
        assert (short, long) == ((None, ROWS["key3"][1]) if part == "short" else (ROWS["key3"][0], None))
        assert found(tmp_path, ["key4"]) == {"key4": ROWS["key4"]}
        is_replaced(tmp_path)


def test_a_part_of_another_row_counts_as_absent(tmp_path: Path) -> None:
    change(
        filled(tmp_path),
        "UPDATE row SET (short, short_seal) = (SELECT short, short_seal FROM row WHERE key = 'key4') "
        "WHERE key = 'key3'",
    )
    assert found(tmp_path, ["key3"]) == {"key3": (None, ROWS["key3"][1])}


def test_a_sealed_number_or_text_is_no_part(tmp_path: Path) -> None:
    path = filled(tmp_path)
    right = seal("hostile", b"7")
    hostile = (id_of("hostile"), "hostile", 7, "7", right, right)
    change(path, "INSERT INTO row VALUES (?, ?, ?, ?, ?, ?)", *hostile)
    assert found(tmp_path, ["hostile"]) == {"hostile": (None, None)}
    assert found(tmp_path) == ROWS


def test_rows_with_the_oddest_keys_do_no_harm(tmp_path: Path) -> None:
    path = filled(tmp_path)
    for key in (b"\xff\xfe", 3, "", "x" * 10_000, "'; DROP TABLE row; --"):
        change(path, "INSERT INTO row (key) VALUES (?)", key)
    assert found(tmp_path) == ROWS


def test_a_file_where_the_folder_should_be_keeps_rows_in_this_process(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way")
    memory = Memory(tmp_path / "state")
    memory.put("key", b"short", b"long")
    assert memory.save() is False
    assert (memory.short("key"), memory.long("key")) == (b"short", b"long")
    assert memory.save() is False
    (tmp_path / "state").unlink()
    assert memory.save() is True
    memory.close()
    assert found(tmp_path / "state", ["key"]) == {"key": (b"short", b"long")}


def test_a_folder_where_the_file_should_be_keeps_rows_in_this_process(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    memory = Memory(tmp_path)
    assert memory.short("key") is None
    memory.put("key", b"short", b"long")
    assert memory.save() is False
    assert (memory.short("key"), memory.long("key")) == (b"short", b"long")


def test_many_new_bytes_reach_the_disk_before_the_end(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    for number in range(5):
        memory.put(str(number), b"", os.urandom(1) * 2_000_000)
    assert found(tmp_path, ["0"])["0"][0] == b""
    assert memory.short("0") == b""
    memory.close()


def test_a_forgotten_row_is_absent_until_it_is_put_again(tmp_path: Path) -> None:
    filled(tmp_path)
    memory = Memory(tmp_path)
    assert memory.short("key1") is not None
    memory.forget("key1")
    assert memory.short("key1") is None
    memory.put("key1", b"new", b"newer")
    memory.forget("key1")
    assert memory.short("key1") is None
    memory.put("key1", b"new", b"newer")
    assert memory.save()
    memory.close()
    assert found(tmp_path, ["key1"]) == {"key1": (b"new", b"newer")}


def unused(folder: Path, count: int) -> set[str]:
    """Fill a memory, ask for one row only, and return what is left."""
    memory = Memory(folder)
    for number in range(count + 1):
        memory.put(str(number), b"short", b"long")
    assert memory.save()
    memory.close()
    memory = Memory(folder)
    assert memory.short("0") == b"short"
    assert memory.save()
    memory.close()
    keys = [str(number) for number in range(count + 1)]
    return {key for key, row in found(folder, keys).items() if row != (None, None)}


def test_a_few_rows_that_nobody_asked_for_stay(tmp_path: Path) -> None:
    assert len(unused(tmp_path, MANY - 1)) == MANY


def test_many_rows_that_nobody_asked_for_go(tmp_path: Path) -> None:
    assert unused(tmp_path, MANY) == {"0"}


def test_what_is_kept_lasts_only_while_it_is_asked_for(tmp_path: Path) -> None:
    memory = Memory(tmp_path, lasting=True)
    memory.keep("one", 1)
    memory.keep("two", 2)
    memory.save()
    assert memory.made == {"one": 1, "two": 2}
    memory.keep("two", 2)
    memory.save()
    assert memory.made == {"two": 2}
    brief = Memory(None)
    assert brief.keep("one", 1) == 1
    assert brief.made is None


def test_a_build_that_needs_few_rows_gets_the_same(tmp_path: Path) -> None:
    path = filled(tmp_path)
    change(path, "UPDATE row SET short = ? WHERE key = ?", b"other", "key3")
    memory = Memory(tmp_path)
    with memory.sparing():
        memory.expect(["key1", "key3", "nothing"])
        assert [memory.short(key) for key in ("key1", "key2", "key3", "nothing")] == [
            *(b"short 1", b"short 2", None, None)
        ]
        memory.forget("key1")
        assert memory.short("key1") is None
        memory.put("key1", b"new", b"")
        assert memory.short("key1") == b"new"
    memory.close()
