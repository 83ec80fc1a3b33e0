"""Work that is spread over processes, with the same results in the same order for any number of them.

Workers are forked, so that they start with everything that is known and nothing has to be sent to them; what they
send back are bytes. Where the system can't fork, one process does all the work. A worker that dies (out of memory, say)
or meets an error (a full disk, say) costs time: what it did not finish is done here, and fails here if it has to.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

__all__ = ["Meanwhile", "sensible", "spread"]

T = TypeVar("T")

_LEAST = 100
"""Pieces of work for each worker, such as a page: starting one takes as long as about twenty of them."""
_BATCH = 64
_CAN_FORK = sys.platform not in ("win32", "darwin")


def sensible() -> int:
    """Return how many processes to use where nobody says: one for each core that this one may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def spread(
    work: Callable[[T], bytes],
    pieces: Sequence[T],
    jobs: int,
    *,
    least: int = _LEAST,
    batch: int = _BATCH,
) -> Iterator[bytes]:
    """Yield the result of every piece, in order; where there are enough, `jobs` processes share them.

    `least` is how many pieces pay for a worker, `batch` how many results it sends at once. Raises whatever `work` does.
    """
    workers = min(jobs, len(pieces) // least)
    if workers < 2 or not _CAN_FORK:
        yield from map(work, pieces)
        return
    results: dict[int, bytes] = {}
    turn = 0
    for number, data in _received(work, pieces, workers, batch):
        results[number] = data
        while turn in results:
            yield results.pop(turn)
            turn += 1
    for number in range(turn, len(pieces)):
        yield results.pop(number) if number in results else work(pieces[number])


class Meanwhile:
    """Works that another process does in the meantime, where there can be one, in their order.

    They find no open files but the standard ones. Whoever begins them ends them with `drop`.
    """

    def __init__(self, *works: Callable[[], bytes], alone: bool = False) -> None:
        """Begin; `alone` to do each here, once its result is asked for."""
        self._works = works
        self._child, self._pipe = (0, None) if alone or not _CAN_FORK else _forked(works)
        self._results: list[bytes] = []

    def result(self, number: int = 0) -> bytes:
        """Wait for the result of a work, once; what the other process did not finish is done here."""
        while self._pipe is not None and len(self._results) <= number:
            head = self._pipe.read(8)
            data = self._pipe.read(size := int.from_bytes(head, "big"))
            if len(head) < 8 or len(data) < size:
                break
            self._results.append(data)
        return self._results[number] if number < len(self._results) else self._works[number]()

    def drop(self) -> None:
        """Let go of the other process, whether or not it is done."""
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None
        if self._child:
            child, self._child = self._child, 0
            # Where nobody wants to hear of children that end, the system forgets them by itself.
            with suppress(ChildProcessError):
                if os.waitpid(child, os.WNOHANG) == (0, 0):
                    _kill(child)
                    os.waitpid(child, 0)


def _kill(child: int) -> None:
    """End a process with all that it started."""
    try:
        os.killpg(child, signal.SIGKILL)
    except OSError:  # it could not get a group of its own
        os.kill(child, signal.SIGKILL)


def _forked(works: Sequence[Callable[[], bytes]]) -> tuple[int, BinaryIO | None]:
    """Start a process that does some works; return its number and what its results come from."""
    try:
        ours, theirs = os.pipe()
    except OSError:  # too many open files, say
        return 0, None
    try:
        child = os.fork()
    except OSError:  # too many processes, say
        os.close(ours)
        os.close(theirs)
        return 0, None
    # Its own group, which ends as a whole: what it starts must not go on without it. Whoever comes first sets it.
    with suppress(OSError):
        os.setpgid(child, child)
    if child:
        os.close(theirs)
        return child, open(ours, "rb")  # noqa: PTH123 - it has no path; `drop` closes it
    try:
        # It must neither keep a lock of a parent that dies nor wait for one that does not listen any more.
        os.closerange(3, theirs)
        os.closerange(theirs + 1, os.sysconf("SC_OPEN_MAX"))
        with open(theirs, "wb") as pipe:  # noqa: PTH123 - it has no path
            for work in works:
                data = work()
                pipe.write(len(data).to_bytes(8, "big") + data)
                pipe.flush()
    finally:
        os._exit(0)  # nothing of the parent's must be tidied up here; a result that is missing tells enough


def _received(
    work: Callable[[T], bytes], pieces: Sequence[T], workers: int, batch: int
) -> Iterator[tuple[int, bytes]]:
    """Start the workers and yield what they send until the last one has ended."""
    # Imported here for the sake of a quick start: most builds need no workers.
    import multiprocessing
    from multiprocessing.connection import Connection, wait

    context = multiprocessing.get_context("fork")
    # What is known by now is shared with the workers as long as nobody writes to it, not even the collector's marks.
    gc.freeze()
    started = []
    for number in range(workers):
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(
            target=_run, args=(work, pieces, number, workers, batch, theirs, ours), daemon=True
        )
        process.start()
        theirs.close()
        started.append((process, ours))
    try:
        waiting = [ours for _, ours in started]
        while waiting:
            for connection in wait(waiting):
                if not isinstance(connection, Connection):
                    continue
                try:
                    yield from _unpacked(connection.recv_bytes())
                except (EOFError, OSError):  # it has ended, perhaps in the middle of a message
                    waiting.remove(connection)
    finally:
        gc.unfreeze()
        for process, ours in started:
            ours.close()
            process.terminate()
            process.join()


def _run(
    work: Callable[[T], bytes],
    pieces: Sequence[T],
    first: int,
    step: int,
    most: int,
    connection: Connection,
    parents: Connection,
) -> None:
    parents.close()
    batch: list[tuple[int, bytes]] = []
    try:
        for number in range(first, len(pieces), step):
            try:
                batch.append((number, work(pieces[number])))
            except Exception:  # noqa: BLE001 - the parent does this piece again, and there it says what is wrong
                break
            if len(batch) >= most:
                connection.send_bytes(_packed(batch))
                batch = []
        connection.send_bytes(_packed(batch))
    except BrokenPipeError:
        return  # nobody listens any more
    finally:
        connection.close()


def _packed(batch: Sequence[tuple[int, bytes]]) -> bytes:
    return b"".join(number.to_bytes(8, "big") + len(data).to_bytes(8, "big") + data for number, data in batch)


def _unpacked(message: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(message):
        end = at + 16 + int.from_bytes(message[at + 8 : at + 16], "big")
        yield int.from_bytes(message[at : at + 8], "big"), message[at + 16 : end]
        at = end
