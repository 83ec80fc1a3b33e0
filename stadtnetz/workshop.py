"""What takes long to make and is made once: pictures that are encoded, previews that are drawn.

A task has a key that covers everything its result depends on. The result, a description and files, is kept in the
memory under that key, each file as a row of its own; the description is data from outside when it comes back, and the
files are known by their digests. Tasks that are new are spread over workers, a few at a time, so that no build holds
more than a few results.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct

from stadtnetz.fingerprint import digest, of_bytes
from stadtnetz.memory import Memory
from stadtnetz.source import SourceChangedError
from stadtnetz.workers import spread

__all__ = ["Result", "Stored", "Task", "Work", "bytes_of", "work_through"]

_AT_A_TIME = 4
"""Tasks for each worker before their results are put away."""


class Result(Struct, frozen=True):
    """What a task made: a description that JSON can hold, and files."""

    about: Mapping[str, Any]
    files: tuple[bytes, ...] = ()


class Task(Struct, frozen=True):
    """Costly work, and how its result is known."""

    key: str
    make: Callable[[], Result]


class Stored(Struct, frozen=True):
    """A file that a task made: the digest of its bytes, the key of its row, and the task in case that is lost."""

    digest: str
    key: str
    task: Task


class Work(Struct, frozen=True):
    """A task that is done: what it made, to be read when it's needed."""

    about: Mapping[str, Any]
    files: tuple[Stored, ...]


def work_through(
    tasks: Iterable[Task],
    memory: Memory,
    jobs: int,
    fits: Callable[[Mapping[str, Any]], bool],
    progress: Callable[[int, int], None],
    *,
    least: int = 1,
) -> dict[str, Work]:
    """Return the results of all tasks by their keys; what the memory has is not made again.

    `fits` tells whether a remembered description has the form that it should have, `least` for how many tasks another
    worker pays.
    """
    found: dict[str, Work] = {}
    missing: dict[str, Task] = {}
    for task in tasks:
        if task.key not in found and task.key not in missing:
            known = _known(task, memory, fits)
            if known is None:
                missing[task.key] = task
            else:
                found[task.key] = known
    waiting = list(missing.values())
    step = max(jobs, 1) * max(least, 1) * _AT_A_TIME
    for start in range(0, len(waiting), step):
        progress(start, len(waiting))
        some = waiting[start : start + step]
        results = spread(_packed, some, jobs, least=least, batch=1)
        for task, data in zip(some, results, strict=True):
            found[task.key] = _remembered(task, _unpacked(data), memory)
    if waiting:
        progress(len(waiting), len(waiting))
    return found


def bytes_of(stored: Stored, memory: Memory) -> bytes:
    """Return a file's bytes; what the memory lost is made again.

    Raises SourceChangedError where that gives other bytes than the description said: it was wrong, and is right now.
    """
    data = memory.long(stored.key)
    if data is None or digest(data) != stored.digest:
        _remembered(stored.task, stored.task.make(), memory)
        data = memory.long(stored.key)
        memory.save()
        if data is None or digest(data) != stored.digest:
            raise SourceChangedError(stored.key)
    return data


def _known(task: Task, memory: Memory, fits: Callable[[Mapping[str, Any]], bool]) -> Work | None:
    """Return what the memory has of a task, None where that is nothing or not whole."""
    try:
        row = json.loads(memory.short(task.key) or b"null")
    except ValueError:
        return None
    match row:
        case {"about": dict(about), "files": list(digests)} if fits(about):
            stored = _stored(task, digests)
            whole = all(isinstance(one.digest, str) and memory.short(one.key) is not None for one in stored)
            return Work(about, stored) if whole else None
    return None


def _remembered(task: Task, result: Result, memory: Memory) -> Work:
    stored = _stored(task, [digest(data) for data in result.files])
    for one, data in zip(stored, result.files, strict=True):
        memory.put(one.key, b"1", data)
    row = {"about": dict(result.about), "files": [one.digest for one in stored]}
    memory.put(task.key, json.dumps(row).encode(), b"")
    return Work(result.about, stored)


def _stored(task: Task, digests: Iterable[str]) -> tuple[Stored, ...]:
    return tuple(Stored(one, of_bytes(f"{task.key} {n}".encode()), task) for n, one in enumerate(digests))


def _packed(task: Task) -> bytes:
    result = task.make()
    head = json.dumps({"about": dict(result.about), "sizes": [len(data) for data in result.files]}).encode()
    return b"".join([len(head).to_bytes(8, "big"), head, *result.files])


def _unpacked(data: bytes) -> Result:
    at = 8 + int.from_bytes(data[:8], "big")
    head = json.loads(data[8:at])
    files = []
    for size in head["sizes"]:
        files.append(data[at : at + size])
        at += size
    return Result(head["about"], tuple(files))
