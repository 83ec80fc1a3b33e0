"""Records to plain data and back: the same record, or a refusal that readers of the memory understand."""

from __future__ import annotations

import copy
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtnetz.clock import Clock
from stadtnetz.examination import examine_sources
from stadtnetz.memory import FILE, Memory
from stadtnetz.model.base import Record
from stadtnetz.model.city import City
from stadtnetz.model.kinds import KINDS
from stadtnetz.model.site_config import SiteConfig
from stadtnetz.model.translation import Translation
from stadtnetz.reader import make_row
from stadtnetz.readings import Reading, look_up
from stadtnetz.records import MalformedError, plain, restore
from stadtnetz.rows import Task
from stadtnetz.schema import parse_entry, parse_site
from stadtnetz.settings import Settings, silent
from stadtnetz.source import read_sources
from tests.minisite import NETWORK, ROOT, MiniSite

MODELS = [*(kind.model for kind in KINDS.values()), Translation, SiteConfig]
ARTICLE = "content/news/2021/meldung.md"
CITY = "content/cities/musterstadt.yaml"

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


@cache
def real() -> tuple[Record, ...]:
    """Return every record of the real content, as it was validated from its file and not from the memory."""
    sources, _ = read_sources(ROOT)
    found: list[Record] = []
    site, _ = parse_site(sources.files["site.yaml"])
    assert site is not None
    found.append(site.config)
    folders = {kind.folder: kind for kind in KINDS.values()}
    for path, file in sources.files.items():
        kind = folders.get(path.split("/")[1]) if path.startswith("content/") else None
        if kind is None or not path.endswith(".yaml" if kind.form == "yaml" else ".md"):
            continue
        name = path.rpartition("/")[2].split(".")
        translation = len(name) > 2
        parsed, _ = parse_entry(
            file, kind, translation=translation, language=name[1] if translation else "de"
        )
        if parsed is not None:
            found.append(parsed.entry)
    return tuple(found)


def through_json(record: Record) -> Any:
    return json.loads(json.dumps(plain(record), ensure_ascii=False))


def test_every_record_of_the_real_content_comes_back() -> None:
    assert len(real()) > 100
    assert {City, SiteConfig} <= {type(record) for record in real()}
    for record in real():
        back = restore(type(record), through_json(record))
        assert back == record
        assert type(back) is type(record)
        assert list(vars(back)) == list(vars(record))
        assert plain(back) == plain(record)


def samples() -> dict[type[Record], Record]:
    """Return the fullest record of each model."""
    fullest: dict[type[Record], Record] = {}
    for record in real():
        known = fullest.get(type(record))
        if known is None or len(json.dumps(plain(record))) > len(json.dumps(plain(known))):
            fullest[type(record)] = record
    return fullest


def places(data: object, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the way to every value."""
    yield way
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inner:
        yield from places(value, (*way, key))


def replaced(data: Any, way: tuple[str | int, ...], value: object) -> Any:
    if not way:
        return value
    whole = copy.deepcopy(data)
    at = whole
    for key in way[:-1]:
        at = at[key]
    at[way[-1]] = value
    return whole


def restored_or_refused(model: type[Record], data: object) -> Record | None:
    try:
        return restore(model, data)
    except MalformedError:
        return None


@given(model=st.sampled_from(MODELS), data=JSON)
def test_arbitrary_json_is_refused_or_a_record(model: type[Record], data: object) -> None:
    restored_or_refused(model, data)


@given(data=st.data(), value=JSON)
def test_an_arbitrary_value_anywhere_is_refused_or_makes_a_record(data: st.DataObject, value: object) -> None:
    record = data.draw(st.sampled_from(list(samples().values())))
    content = through_json(record)
    way = data.draw(st.sampled_from(list(places(content))))
    back = restored_or_refused(type(record), replaced(content, way, value))
    assert back is None or isinstance(back, type(record))


@pytest.mark.parametrize(
    "value",
    [10**400, -(10**400), "\ud800", "x" * 100_000, [[[[[]]]]], {"": {"": {}}}, 0, False, None],
    ids=["huge", "minus huge", "surrogate", "long", "nested", "mapping", "zero", "false", "null"],
)
def test_the_oddest_values_are_refused_or_make_a_record(value: object) -> None:
    for record in samples().values():
        content = through_json(record)
        for way in places(content):
            restored_or_refused(type(record), replaced(content, way, value))


def test_missing_required_fields_are_refused() -> None:
    for model, record in samples().items():
        content = through_json(record)
        for name, field in model.model_fields.items():
            if field.is_required():
                without = {key: value for key, value in content.items() if key != name}
                with pytest.raises(MalformedError):
                    restore(model, without)


@pytest.mark.parametrize("name", ["unknown", "__class__", "model_config", "", "__dict__"])
def test_unknown_fields_are_refused(name: str) -> None:
    for model, record in samples().items():
        with pytest.raises(MalformedError):
            restore(model, {**through_json(record), name: "value"})


def test_wrong_types_are_refused() -> None:
    wrong = {str: 7, int: "7", bool: 1, list: {}, dict: []}
    seen = set()
    for model, record in samples().items():
        content = through_json(record)
        for way in places(content):
            value = content
            for key in way:
                value = value[key]
            if type(value) in wrong:
                seen.add(type(value))
                with pytest.raises(MalformedError):
                    restore(model, replaced(content, way, wrong[type(value)]))
    assert {str, list, dict} <= seen


@pytest.mark.parametrize("value", [None, [], "text", 1, True, [["name", "x"]]])
def test_what_is_no_mapping_is_refused(value: object) -> None:
    for model in MODELS:
        with pytest.raises(MalformedError):
            restore(model, value)


def test_an_address_that_runs_code_is_refused_wherever_an_address_stands() -> None:
    count = 0
    for model, record in samples().items():
        content = through_json(record)
        for way in places(content):
            value: Any = content
            for key in way:
                value = value[key]
            if isinstance(value, str) and value.startswith("https://"):
                count += 1
                for address in (
                    "javascript:alert(1)",
                    "data:text/html,x",
                    "\njavascript:alert(1)",
                    "vbscript:x",
                ):
                    with pytest.raises(MalformedError):
                        restore(model, replaced(content, way, address))
    assert count > 5


class Poisoned:
    """A small site, and a memory that holds for one of its files what somebody else wants it to hold."""

    def __init__(self, folder: Path, path: str = ARTICLE) -> None:
        self.site = MiniSite(folder, NETWORK, templates=False)
        sources, _ = read_sources(self.site.root)
        kind = KINDS["news" if path == ARTICLE else "city"]
        self.task = Task(sources.files[path], kind)
        self.short, self.long = (json.loads(part) for part in make_row(self.task))

    def reading(self, short: object = None, long: object = None) -> Reading | None:
        """Look the file up in a memory that went through the disk, hence has the right seals."""
        parts = (short if short is not None else self.short, long if long is not None else self.long)
        encoded = [part if isinstance(part, bytes) else json.dumps(part).encode() for part in parts]
        folder = self.site.root / ".build"
        memory = Memory(folder)
        memory.put(self.task.key, encoded[0], encoded[1])
        assert memory.save()
        memory.close()
        return look_up(self.task, Memory(folder))

    def exchanged(self, html: str) -> Reading | None:
        """Write the row and look it up, but let somebody else exchange its text meanwhile."""
        folder = self.site.root / ".build"
        memory, other = Memory(folder), Memory(folder)
        memory.put(self.task.key, *(json.dumps(part).encode() for part in (self.short, self.long)))
        assert memory.save()
        long = json.dumps(replaced(self.long, (2, 0), html)).encode()
        other.put(self.task.key, json.dumps(self.short).encode(), long)
        assert other.save()
        other.close()
        return look_up(self.task, memory)

    def rescued(self, html: str) -> Reading | None:
        """Exchange the text in a file of which another row is damaged, so that its rows move to a new one."""
        folder = self.site.root / ".build"
        other = Memory(folder)
        long = json.dumps(replaced(self.long, (2, 0), html)).encode()
        other.put(self.task.key, json.dumps(self.short).encode(), long)
        other.put("damaged", b"short", b"long")
        assert other.save()
        other.close()
        with closing(sqlite3.connect(folder / FILE)) as file, file:
            file.execute("UPDATE row SET short_seal = zeroblob(8) WHERE key = 'damaged'")
        memory = Memory(folder)
        assert memory.short("damaged") is None
        memory.put("damaged", b"short", b"long")
        assert memory.save()
        return look_up(self.task, memory)

    def replaced(self, way: tuple[int | str, ...], value: object) -> object:
        return replaced(self.short, way, value)


@pytest.fixture
def poisoned(tmp_path: Path) -> Poisoned:
    return Poisoned(tmp_path)


def test_an_honest_row_gives_what_the_file_says(poisoned: Poisoned) -> None:
    reading = poisoned.reading()
    assert reading is not None
    assert reading.record is not None
    assert reading.text is not None
    assert "Ein erfundener Text" in reading.text.body.html
    assert 'href="city:beispielhausen"' in reading.text.body.html


@pytest.mark.parametrize("way", [Poisoned.exchanged, Poisoned.rescued])
def test_a_text_that_somebody_exchanges_during_the_build_comes_out_sanitised(
    poisoned: Poisoned, way: Callable[[Poisoned, str], Reading | None]
) -> None:
    reading = way(poisoned, "<p>Text<script>alert(1)</script></p>")
    assert reading is not None
    assert reading.text is not None
    assert reading.text.body.html == "<p>Text</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<p>Text<script>alert(1)</script></p>",
        '<p onclick="alert(1)">Text</p>',
        '<a href="javascript:alert(1)">Text</a>',
        '<p>Text</p><iframe src="https://example.org/"></iframe>',
        '<svg onload="alert(1)"></svg>Text',
        '<p style="position:fixed">Text</p>',
    ],
)
def test_a_poisoned_text_comes_out_sanitised(poisoned: Poisoned, html: str) -> None:
    reading = poisoned.reading(long=replaced(poisoned.long, (2, 0), html))
    assert reading is not None
    assert reading.text is not None
    found = reading.text.body.html
    assert "Text" in found
    for harm in ("script", "onclick", "onload", "iframe", "svg", "style"):
        assert harm not in found


@pytest.mark.parametrize(
    ("way", "value"),
    [
        ((), b"\xff\xfe"),
        ((), b"[" * 100_000),
        ((), []),
        ((), {"a": 1}),
        ((), 7),
        ((0,), [["no-such-code", "x", None, [], []]]),
        ((0,), 7),
        ((0,), [[]]),
        ((2,), []),
        ((2, "type"), "no-such-type"),
        ((2, "published"), "2021-13-40"),
        ((2, "title"), None),
        ((2, "unknown"), "value"),
        ((2, "sources"), "not a list"),
        ((2, "sources", 0, "url"), "javascript:alert(1)"),
        ((3,), [["loc"]]),
        ((3,), 7),
        ((4,), []),
        ((4, 1), [7]),
    ],
    ids=lambda part: repr(part)[:30],
)
def test_a_malformed_row_counts_as_absent(
    poisoned: Poisoned, way: tuple[int | str, ...], value: object
) -> None:
    assert poisoned.reading(poisoned.replaced(way, value)) is None


def test_a_coordinate_too_large_for_a_number_counts_as_absent(tmp_path: Path) -> None:
    poisoned = Poisoned(tmp_path, CITY)
    assert poisoned.reading() is not None
    assert poisoned.reading(poisoned.replaced((2, "coordinates", "lat"), 10**400)) is None


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Poisoned:
    return Poisoned(tmp_path_factory.mktemp("honest"))


@given(data=st.data(), value=JSON)
def test_an_arbitrary_value_anywhere_in_a_row_is_a_reading_or_absent(
    data: st.DataObject, value: object, honest: Poisoned
) -> None:
    task, short, long = honest.task, honest.short, json.dumps(honest.long).encode()
    way = data.draw(st.sampled_from(list(places(short))))
    memory = Memory(None)
    memory.put(task.key, json.dumps(replaced(short, way, value)).encode(), long)
    found = look_up(task, memory)
    assert found is None or isinstance(found, Reading)


@pytest.mark.parametrize(
    "long",
    [
        b"\xff",
        b"",
        b"[" * 100_000,
        b"{}",
        b"[]",
        b"7",
        b"[[], [], null]",
        b"[[], [], [1, 2]]",
        b'[7, 7, "x"]',
    ],
    ids=["no text", "empty", "deep", "mapping", "list", "number", "no body", "short body", "wrong types"],
)
def test_a_malformed_long_part_is_read_anew(poisoned: Poisoned, long: bytes) -> None:
    reading = poisoned.reading(long=long)
    if reading is None:
        return
    assert reading.text is not None
    assert reading.text.body.html == poisoned.long[2][0]
    for _ in reading.references():
        pass


def test_a_site_with_poisoned_rows_is_examined_as_without(tmp_path: Path) -> None:
    site = MiniSite(tmp_path, NETWORK)
    honest = site.examine()
    settings = Settings(site.root, Clock.from_text("2022-08-01"))
    sources, problems = read_sources(site.root)
    folder = site.root / ".build"
    memory = Memory(folder)
    for path, file in sources.files.items():
        if path in (ARTICLE, CITY):
            memory.put(Task(file, KINDS["news" if path == ARTICLE else "city"]).key, b'{"x": 1}', b"[]")
    assert memory.save()
    examined = examine_sources(settings, sources, problems, memory, silent)
    memory.close()
    assert examined.diagnostics == honest.diagnostics
