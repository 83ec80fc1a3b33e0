"""What was read from one file of content: remembered by its bytes, so that the same bytes are never read twice.

Reading is the expensive, pure part of a build. Everything that comes out of it, problems included, becomes a row of
the memory, and what the network works with is always made from such a row, whether it was written a moment ago or
last week: there is no second way that could differ. Long texts and positions are taken out only when they are needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from msgspec import DecodeError, Struct
from msgspec.json import Decoder
from msgspec.structs import replace

from stadtnetz.diagnostics import Diagnostic, Span, are_sound
from stadtnetz.memory import Memory, Row
from stadtnetz.model.base import Record
from stadtnetz.model.site_config import SiteConfig
from stadtnetz.model.translation import Translation
from stadtnetz.records import MalformedError, restore
from stadtnetz.rows import Long, Short, ShortText, Target, Task
from stadtnetz.text.body import Body
from stadtnetz.text.document import FieldReference, Loc, Spans
from stadtnetz.workers import spread

__all__ = [
    "LongText",
    "Places",
    "Reading",
    "SiteFile",
    "look_up",
    "read",
    "short_of",
    "site_of",
]


T = TypeVar("T")
_SHORT, _LONG = Decoder(Short), Decoder(Long)
_MALFORMED = (DecodeError, ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError)
"""What taking apart something of another form can raise."""


class _Long:
    """The long part of a row, taken out when it is first needed."""

    __slots__ = ("_memory", "_task")

    def __init__(self, memory: Memory, task: Task) -> None:
        self._memory = memory
        self._task = task

    def load(self, take: Callable[[Long, bool], T]) -> T:
        """Return what `take` makes of it, told whether this process made it itself.

        Where it is lost or malformed the file is read again.
        """
        key = self._task.key
        data, own = self._memory.long_part(key)
        if data is not None:
            try:
                return take(_LONG.decode(data), own)
            except _MALFORMED:
                self._memory.forget(key)
        from stadtnetz.reader import make_row

        return take(_LONG.decode(make_row(self._task)[1]), True)


class Places:
    """Where values and keys stand in a file, once somebody asks: see `Spans`."""

    __slots__ = ("_known", "_long")

    def __init__(self, long: _Long) -> None:
        self._long = long
        self._known: Spans | None = None

    def value(self, loc: Loc) -> Span:
        """Return where a value stands, or the nearest thing around it."""
        return self._spans().value(loc)

    def key(self, loc: Loc) -> Span:
        """Return where a key stands; where there is none (in lists), the value."""
        return self._spans().key(loc)

    def _spans(self) -> Spans:
        if self._known is None:
            self._known = self._long.load(_spans_of)
        return self._known


class LongText:
    """A long text: what every build must know of it, and the text itself once it is shown."""

    __slots__ = ("_long", "fingerprint", "has_images", "targets")

    def __init__(self, short: ShortText, long: _Long) -> None:
        self.fingerprint = short.fingerprint
        self.targets = short.targets
        self.has_images = short.has_images
        self._long = long

    @property
    def body(self) -> Body:
        """Return the text. HTML of another process is sanitised again: others may have changed what it remembered."""
        return self._long.load(_body_of)


class Reading(Struct, frozen=True):
    """What a file gave: a record unless it has errors, its long text, what it refers to, and every problem."""

    path: str
    diagnostics: tuple[Diagnostic, ...]
    record: Record | None
    fingerprint: str
    """Of the record alone: neither comments nor the long text count."""
    targets: tuple[Target, ...]
    text: LongText | None
    spans: Places

    def references(self) -> Iterator[FieldReference]:
        """Yield what it refers to, with positions."""
        for target in self.targets:
            yield FieldReference(target.loc, target.kind, target.id, self.spans.value(target.loc))


class SiteFile(Struct, frozen=True):
    """site.yaml, read without errors."""

    path: str
    config: SiteConfig
    spans: Places
    references: tuple[FieldReference, ...]
    fingerprint: str


def site_of(reading: Reading | None) -> SiteFile | None:
    """Return what site.yaml says, None where it is missing or has errors."""
    if reading is None or not isinstance(reading.record, SiteConfig):
        return None
    references = tuple(reading.references())
    return SiteFile(reading.path, reading.record, reading.spans, references, reading.fingerprint)


def read(tasks: Iterable[Task], memory: Memory, jobs: int = 1) -> dict[str, Reading]:
    """Return what the files give, by path; what is not remembered is read now."""
    found: dict[str, Reading] = {}
    unknown: list[Task] = []
    asked = list(tasks)
    memory.expect(task.key for task in asked)
    for task in asked:
        reading = look_up(task, memory)
        if reading is None:
            unknown.append(task)
        else:
            found[task.file.path] = reading
    for task, row in zip(unknown, spread(_encoded_row, unknown, jobs), strict=True):
        memory.put(task.key, *_decoded_row(row))
        task.file.forget()
        reading = look_up(task, memory)
        if reading is None:
            raise MalformedError(task.file.path)
        found[task.file.path] = reading
    return found


def _encoded_row(task: Task) -> bytes:
    # Imported here and above for the sake of a quick start: what an edit changes is read by another process.
    from stadtnetz.reader import make_row

    short, long = make_row(task)
    return len(short).to_bytes(8, "big") + short + long


def _decoded_row(data: bytes) -> Row:
    end = 8 + int.from_bytes(data[:8], "big")
    return data[8:end], data[end:]


def short_of(task: Task, memory: Memory) -> Short | None:
    """Return the short part of what is remembered of a file."""
    data = memory.short(task.key)
    try:
        return None if data is None else _SHORT.decode(data)
    except _MALFORMED:
        return None


def look_up(task: Task, memory: Memory) -> Reading | None:
    """Return what is remembered of a file with these bytes, if that can be relied on."""
    key = task.key
    if memory.made is not None and key in memory.made:
        kept: Reading = memory.keep(key, memory.made[key])
        return kept
    short = memory.short(key)
    if short is None:
        return None
    try:
        row = _SHORT.decode(short)
        if not are_sound(row.problems):
            return None
        long = _Long(memory, task)
        made = Reading(
            task.file.path,
            row.problems,
            None if row.data is None else restore(_model(task), row.data),
            row.fingerprint,
            row.targets,
            None if row.text is None else LongText(row.text, long),
            Places(long),
        )
        return memory.keep(key, made)
    except _MALFORMED:
        return None


def _model(task: Task) -> type[Record]:
    if task.kind is None:
        return SiteConfig
    return Translation if task.translation else task.kind.model


def _spans_of(long: Long, _own: bool) -> Spans:
    return Spans(dict(long.values), dict(long.keys))


def _body_of(long: Long, own: bool) -> Body:
    if long.body is None:
        raise MalformedError("no text")
    if own:
        return long.body
    from stadtnetz.text.sanitise import sanitise

    return replace(long.body, html=sanitise(long.body.html))
