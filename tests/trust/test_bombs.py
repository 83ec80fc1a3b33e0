"""A site full of bombs is checked to the end, by the real program, in 20 seconds of a processor and 1 GB of memory."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.minisite import ROOT, MiniSite
from tests.trust.bombs import MARKDOWN, PICTURES, YAML

SECONDS, BYTES = 20, 1_000_000_000
NEWS = """
---
title: Meldung
lead: Ein Vorspann.
published: 2021-07-08
sources: [{{url: "https://musterstadt.de/presse", seen: 2022-01}}]
pictures: [{{file: {}, alt: Feld, credit: Foto Muster}}]
---
Ein Text.
"""


def _limits() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))


def checked(site: MiniSite) -> Mapping[str, set[str]]:
    """Return the codes of what the program reports, by file; a program that needs more than it may is killed."""
    command = [sys.executable, str(ROOT / "build.py"), "check", "--root", str(site.root), "--jobs", "1"]
    done = subprocess.run(
        [*command, "--as-of", "2022-08-01", "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=_limits,
    )
    assert done.returncode == 1, (done.returncode, done.stderr[-2000:])
    found: dict[str, set[str]] = {}
    for one in json.loads(done.stdout)["diagnostics"]:
        found.setdefault(one["path"], set()).add(one["code"])
    return found


def test_texts(tmp_path: Path) -> None:
    head = "---\ntitle: Seite\nlead: Ein Vorspann.\n---\n"
    named = {f"content/pages/bombe-{number}.md": bomb for number, bomb in enumerate(MARKDOWN)}
    site = MiniSite(tmp_path, {path: (head + MARKDOWN[bomb][0]).encode() for path, bomb in named.items()})
    found = checked(site)
    for path, bomb in named.items():
        code = MARKDOWN[bomb][1]
        assert not code or code in found.get(path, set()), bomb


def test_yaml(tmp_path: Path) -> None:
    named = {f"content/cities/bombe-{number}.yaml": bomb for number, bomb in enumerate(YAML)}
    site = MiniSite(tmp_path, {path: YAML[bomb][0].encode() for path, bomb in named.items()})
    found = checked(site)
    assert {bomb: YAML[bomb][1] in found.get(path, set()) for path, bomb in named.items()} == dict.fromkeys(
        YAML, True
    )


def test_front_matter_and_site(tmp_path: Path) -> None:
    bombs = [YAML[name][0] for name in ("a billion laughs", "nested lists", "questions")]
    files = {
        f"content/pages/bombe-{n}.md": f"---\n{text}\n---\nText\n".encode() for n, text in enumerate(bombs)
    }
    site = MiniSite(tmp_path, {**files, "site.yaml": bombs[0].encode()})
    found = checked(site)
    assert {"yaml-alias"} <= found["site.yaml"]
    assert all(found[path] & {"yaml-alias", "yaml-nesting"} for path in files)


def test_pictures(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {}
    for file, data, _ in PICTURES.values():
        files[f"content/news/2021/{file}"] = data
        files[f"content/news/2021/{file.partition('.')[0]}.md"] = NEWS.format(file)
    found = checked(MiniSite(tmp_path, files))
    told = {
        bomb: found.get(f"content/news/2021/{file.partition('.')[0]}.md")
        for bomb, (file, *_) in PICTURES.items()
    }
    assert {bomb: not code or code in (told[bomb] or ()) for bomb, (_, _, code) in PICTURES.items()} == (
        dict.fromkeys(PICTURES, True)
    ), told


@pytest.mark.parametrize("limit", ["20 seconds", "1 GB"])
def test_the_limits_hold(limit: str) -> None:
    """What this file proves rests on the system's stopping a program that needs more."""
    program = "while True: pass" if limit == "20 seconds" else f"bytearray({BYTES})"

    def smaller() -> None:
        _limits()
        resource.setrlimit(resource.RLIMIT_CPU, (1, 1))

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=False, preexec_fn=smaller
    )
    assert done.returncode != 0
