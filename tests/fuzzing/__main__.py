"""A long run over mutated inputs, for the night: `make fuzz`, or python -m tests.fuzzing --inputs 100000.

Every input has a number; with the same content and the same --seed it is always the same one. What fails is written
to .fuzz/ and told with its number, and `--only NUMBER` runs it again, alone and with its traceback.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
from pathlib import Path
from random import Random

from tests.fuzzing.loading import Neighbours, Seed, corpus, load, render_all
from tests.fuzzing.mutations import mutated
from tests.minisite import MiniSite
from tests.test_network import WHOLE

SLOW = 5.0
"""Seconds of the processor after which an input counts as one that could stop a build."""
RENDERED = 200
"""Every so many inputs one goes through the whole program."""


def main() -> int:
    """Run; return 1 where anything failed."""
    options = argparse.ArgumentParser(prog="python -m tests.fuzzing", description=__doc__)
    options.add_argument("--inputs", type=int, default=100_000)
    options.add_argument("--minutes", type=float, default=60, help="stop after so long, whatever is left")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", type=int, help="the number of one input")
    options.add_argument("--keep", type=Path, default=Path(".fuzz"), help="where failing inputs are put")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        runner = Runner(asked.seed, Path(folder), asked.keep)
        if asked.only is not None:
            runner.one(asked.only)
            return 0
        begun, done = time.monotonic(), 0
        for number in range(asked.inputs):
            if time.monotonic() - begun > asked.minutes * 60:
                break
            runner.tried(number)
            done += 1
            if done % 5000 == 0:
                print(f"{done} inputs, {runner.failed} failed", flush=True)
        rate = done / (time.monotonic() - begun)
        print(f"{done} inputs, {runner.failed} failed, {rate:.0f} a second, slowest {runner.slowest:.2f} s")
        return 1 if runner.failed or done == 0 else 0


class Runner:
    """Runs inputs by their numbers."""

    def __init__(self, seed: int, folder: Path, keep: Path) -> None:
        self._seed = seed
        self._seeds = corpus()
        self._others = [one.data for one in self._seeds]
        self._keep = keep
        self._neighbours = Neighbours(MiniSite(folder, WHOLE).root)
        self.failed = 0
        self.slowest = 0.0

    def input(self, number: int) -> tuple[Seed, bytes]:
        """Return the input with a number."""
        random = Random(f"{self._seed} {number}")  # noqa: S311 - inputs, not secrets
        seed = self._seeds[random.randrange(len(self._seeds))]
        return seed, mutated(seed.data, self._others, random)

    def one(self, number: int) -> None:
        """Run an input. Raises whatever it makes the program raise."""
        seed, data = self.input(number)
        load(seed, data)
        if number % RENDERED == 0:
            render_all(self._neighbours, seed, data)

    def tried(self, number: int) -> None:
        """Run an input and note how it went."""
        begun = time.process_time()
        wrong = ""
        try:
            self.one(number)
        except Exception:  # noqa: BLE001 - whatever it is, it is what we look for
            wrong = traceback.format_exc()
        taken = time.process_time() - begun
        self.slowest = max(self.slowest, taken)
        if not wrong and taken > SLOW:
            wrong = f"took {taken:.1f} s"
        if wrong:
            self.failed += 1
            seed, data = self.input(number)
            self._keep.mkdir(exist_ok=True)
            (self._keep / f"{number}-{seed.path.replace('/', '-')}").write_bytes(data)
            print(f"input {number}, {seed.path}:\n{wrong}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
