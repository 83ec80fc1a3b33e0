"""Spread work: the same results for any number of processes, whatever becomes of these."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from stadtnetz.output.lock import acquire, release
from stadtnetz.workers import Meanwhile, sensible, spread

PIECES = list(range(350))


def text_of(piece: int) -> bytes:
    return b"piece %d " % piece * (piece % 7)


@pytest.mark.parametrize("jobs", [0, 1, 2, 3, 50])
def test_results_and_their_order_do_not_depend_on_the_number_of_jobs(jobs: int) -> None:
    assert list(spread(text_of, PIECES, jobs)) == [text_of(piece) for piece in PIECES]


def test_nothing_to_do_gives_nothing() -> None:
    assert list(spread(text_of, [], 3)) == []


def test_long_results_come_through() -> None:
    def work(piece: int) -> bytes:
        return bytes([piece % 256]) * 20_000

    assert list(spread(work, PIECES, 2)) == [work(piece) for piece in PIECES]


def process_of(_piece: int) -> bytes:
    return b"%d" % os.getpid()


def test_few_pieces_are_done_in_this_process() -> None:
    assert set(spread(process_of, PIECES[:150], 3)) == {b"%d" % os.getpid()}


def test_many_pieces_are_done_in_as_many_processes_as_were_asked_for() -> None:
    found = set(spread(process_of, PIECES, 3))
    assert len(found) == 3
    assert b"%d" % os.getpid() not in found


def failing_at(number: int) -> Callable[[int], bytes]:
    def work(piece: int) -> bytes:
        if piece == number:
            raise LookupError(f"no such thing as piece {piece} — Stück")
        return text_of(piece)

    return work


@pytest.mark.parametrize("number", [0, 123, 349])
def test_what_goes_wrong_in_a_worker_goes_wrong_here(number: int) -> None:
    results = spread(failing_at(number), PIECES, 2)
    assert [next(results) for _ in range(number)] == [text_of(piece) for piece in PIECES[:number]]
    with pytest.raises(LookupError, match=f"no such thing as piece {number} — Stück"):
        next(results)
    assert multiprocessing.active_children() == []


def test_what_goes_wrong_in_a_worker_alone_costs_nothing_but_time() -> None:
    here = os.getpid()

    def work(piece: int) -> bytes:
        if piece in (3, 200) and os.getpid() != here:
            raise OSError(errno.EMFILE, "Too many open files")
        return text_of(piece)

    assert list(spread(work, PIECES, 2)) == [text_of(piece) for piece in PIECES]


def dying_at(*numbers: int) -> Callable[[int], bytes]:
    """Do the work, but die at some pieces if this is a worker."""
    parent = os.getpid()

    def work(piece: int) -> bytes:
        if piece in numbers and os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return text_of(piece)

    return work


@pytest.mark.parametrize("numbers", [(0,), (101,), (349,), (0, 1), (40, 41, 42)])
@pytest.mark.parametrize("jobs", [2, 3])
def test_a_killed_worker_costs_nothing_but_time(numbers: tuple[int, ...], jobs: int) -> None:
    assert list(spread(dying_at(*numbers), PIECES, jobs)) == [text_of(piece) for piece in PIECES]
    assert multiprocessing.active_children() == []


def test_workers_that_are_killed_while_they_send_cost_nothing_but_time() -> None:
    def work(piece: int) -> bytes:
        return bytes([piece % 256]) * 30_000  # a batch is more than a pipe holds

    found = []
    for result in spread(work, PIECES, 2):
        if not found:
            time.sleep(0.2)  # by now they wait for somebody to read; if not, they die elsewhere
            for process in multiprocessing.active_children():
                process.kill()
                process.join()
        found.append(result)
    assert found == [work(piece) for piece in PIECES]


def test_who_stops_listening_leaves_no_worker_behind() -> None:
    results = spread(text_of, PIECES, 2)
    assert next(results) == text_of(0)
    results.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


def test_at_least_one_process_is_sensible() -> None:
    assert 1 <= sensible() <= (os.cpu_count() or 1)


def result_of(work: Callable[[], bytes]) -> bytes:
    other = Meanwhile(work)
    try:
        return other.result()
    finally:
        other.drop()


class TestMeanwhile:
    LONG = bytes(range(256)) * 5_000

    def test_another_process_does_it_in_the_meantime(self) -> None:
        assert int(result_of(lambda: b"%d" % os.getpid())) != os.getpid()

    def test_alone_it_is_done_here_once_somebody_asks(self) -> None:
        asked = []
        other = Meanwhile(lambda: asked.append(1) or b"%d" % os.getpid(), alone=True)
        assert asked == []
        assert int(other.result()) == os.getpid()

    def test_several_are_done_in_their_order_and_asked_for_in_any(self) -> None:
        began = time.monotonic()
        other = Meanwhile(lambda: b"first", lambda: b"", lambda: self.LONG, lambda: b"%f" % time.monotonic())
        try:
            assert float(other.result(3)) > began
            assert [other.result(number) for number in (2, 0, 1)] == [self.LONG, b"first", b""]
        finally:
            other.drop()

    def test_of_several_only_what_was_not_finished_is_done_here(self) -> None:
        here = os.getpid()

        def dying() -> bytes:
            if os.getpid() != here:
                os._exit(9)
            return b"second"

        other = Meanwhile(process_here, dying, process_here)
        try:
            assert int(other.result()) != here
            assert (other.result(1), int(other.result(2))) == (b"second", here)
        finally:
            other.drop()

    def test_a_long_result_comes_through_and_an_empty_one(self) -> None:
        assert result_of(lambda: self.LONG) == self.LONG
        assert result_of(lambda: b"") == b""

    def test_what_another_process_did_not_finish_is_done_here(self) -> None:
        here = os.getpid()

        def work() -> bytes:
            if os.getpid() != here:
                os.kill(os.getpid(), signal.SIGKILL)
            return b"done"

        assert result_of(work) == b"done"

    def test_a_mistake_in_it_is_told_here_and_not_there(self, capfd: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(ZeroDivisionError):
            result_of(lambda: text_of(1 // 0))
        assert capfd.readouterr() == ("", "")

    def test_without_another_process_it_is_done_here(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def none() -> int:
            raise BlockingIOError

        monkeypatch.setattr(os, "fork", none)
        assert result_of(process_here) == b"%d" % os.getpid()

    def test_where_the_system_forgets_children_by_itself(self) -> None:
        before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        try:
            assert result_of(lambda: b"done") == b"done"
        finally:
            signal.signal(signal.SIGCHLD, before)

    def test_it_ends_when_nobody_listens_any_more(self, tmp_path: Path) -> None:
        """A parent that is killed must not leave a process behind that holds its locks."""
        lock = tmp_path / "lock"
        number = tmp_path / "number"

        def parent() -> None:
            descriptor = acquire(lock)
            assert descriptor is not None
            Meanwhile(lambda: number.write_text(str(os.getpid())) and self.LONG)
            while not number.exists():
                time.sleep(0.01)
            os.kill(os.getpid(), signal.SIGKILL)

        process = multiprocessing.get_context("fork").Process(target=parent)
        process.start()
        process.join()
        descriptor = acquire(lock)
        assert descriptor is not None
        release(lock, descriptor)
        until = time.monotonic() + 20
        while Path(f"/proc/{number.read_text()}").exists() and time.monotonic() < until:
            time.sleep(0.01)
        assert time.monotonic() < until

    def test_what_is_dropped_is_gone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        started: list[int] = []
        fork = os.fork
        monkeypatch.setattr(os, "fork", lambda: started.append(fork()) or started[-1])
        other = Meanwhile(lambda: time.sleep(600) or b"")
        other.drop()
        other.drop()
        (child,) = started
        with pytest.raises(ChildProcessError):  # the system knows no child of that number any more
            os.waitpid(child, os.WNOHANG)


def process_here() -> bytes:
    return process_of(0)
