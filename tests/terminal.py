"""A terminal with somebody at it: starts the program in a pseudo-terminal and types when it asks."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from tests.minisite import ROOT

_PATIENCE = 60
"""Seconds without a word after which the program counts as stuck."""


_PRESSES = 20


class Terminal:
    """A running program. `screen` is all that it has shown, without colours."""

    def __init__(self, *arguments: str, cwd: Path = ROOT) -> None:
        self._ours, theirs = pty.openpty()
        environment = {**os.environ, "TERM": "xterm", "CI": ""}
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "build.py"), *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=cwd,
            env=environment,
            start_new_session=True,
        )
        os.close(theirs)
        self.screen = ""
        self._read = 0

    def expect(self, words: str) -> None:
        """Wait until these words are shown after what was expected before; fail where they never are."""
        while (found := self.screen.find(words, self._read)) < 0:
            assert self._more(), f"never shown: {words!r}\n{self.screen}"
        self._read = found + len(words)

    def answer(self, *pairs: tuple[str, str]) -> None:
        """Wait for each question by some of its words, and answer it."""
        for words, line in pairs:
            self.expect(words)
            self._wait_for_prompt()
            os.write(self._ours, line.encode() + b"\r")

    def _wait_for_prompt(self) -> None:
        """Wait until the program waits: a prompt is all that stands on the last line."""
        while not re.fullmatch(r"(?:>|Nummer|Number)(?: \[.*\])? ", self.screen.rpartition("\n")[2]):
            assert self._more(), f"asks nothing more:\n{self.screen}"
        self._read = len(self.screen)

    def end(self) -> int:
        """Read to the end and return the exit code."""
        while self._more():
            pass
        code = self.process.wait(_PATIENCE)
        os.close(self._ours)
        return code

    def interrupt(self) -> int:
        """Press Ctrl+C until the program ends, and return its exit code.

        One that comes in the moment between the prompt and the reading of the answer is noticed with the next only.
        """
        for _ in range(_PRESSES):
            self.process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(1)
                break
        return self.end()

    def _more(self) -> bool:
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            ready, _, _ = select.select([self._ours], [], [], 0.2)
            if ready:
                try:
                    data = os.read(self._ours, 65536)
                except OSError:  # what Linux says at the end of a pseudo-terminal
                    return False
                text = data.decode("utf-8", "replace").replace("\r\n", "\n")
                self.screen += re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)
                return bool(data)
        self.process.kill()
        raise AssertionError(f"stuck after:\n{self.screen}")


def at_a_terminal(arguments: Sequence[str], *pairs: tuple[str, str]) -> tuple[int, str]:
    """Run the program, answer its questions, and return its exit code and everything on the screen."""
    terminal = Terminal(*arguments)
    terminal.answer(*pairs)
    code = terminal.end()
    return code, terminal.screen
