"""Asks the Nu Html Checker about many files at once, in one process, over the loopback only."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests.quality.tools import node_file, program

__all__ = ["Said", "checked", "report"]

Said = dict[str, str]

# It fetches nothing from its own machine unless it is told that this is meant.
_OWN_MACHINE = (
    "-Dnu.validator.servlet.allow-forbidden-hosts=true",
    "-Dnu.validator.servlet.allowed-address-type=all",
)
# In its few seconds the better compiler costs more than it brings, and so does collecting in several threads.
_BRIEF = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
_SEVERAL = 3


def checked(what: Iterable[str | Path]) -> list[Said]:
    """Return everything that the checker says, errors and warnings, about files and addresses."""
    command = [
        program("java"),
        "-Xss8m",
        "-Xmx1g",
        *_OWN_MACHINE,
        *_BRIEF,
        "-jar",
        node_file("vnu-jar/build/dist/vnu.jar"),
    ]
    command += ["--format", "json", "--stdout", "--also-check-css", "--also-check-svg", *what]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    if not done.stdout:
        raise RuntimeError(f"the checker said nothing at all: {done.stderr[:1000]}")
    return json.loads(done.stdout)["messages"]


def report(said: Sequence[Said]) -> str:
    """Write each thing said once, with how often and where first."""
    by_words: dict[str, list[Said]] = {}
    for one in said:
        by_words.setdefault(one["message"], []).append(one)
    lines = []
    for words, ones in sorted(by_words.items(), key=lambda pair: -len(pair[1])):
        lines.append(f"{len(ones)} × {words}")
        lines += [f"    {_place(one)}" for one in ones[:_SEVERAL]]
    return "\n".join(lines)


def _place(one: Said) -> str:
    extract = " ".join(one.get("extract", "").split())
    return f"{unquote(urlsplit(one.get('url', '')).path)}:{one.get('lastLine', '?')}  {extract}"
