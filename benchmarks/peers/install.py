"""Installs the other generators into .bench/, each in a folder of its own, by their pinned versions.

One that can't be installed here is reported as such, with the installer's last words, and left out of the tables.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.peers.peer import Peer

__all__ = ["install", "version"]


def install(peer: Peer) -> str:
    """Install a generator unless its pinned versions are there already; return why it failed, "" if it did not."""
    wanted = _pins(peer).read_bytes()
    stamp = peer.tools / "installed"
    if stamp.is_file() and stamp.read_bytes() == wanted:
        return ""
    if peer.tools.exists():
        shutil.rmtree(peer.tools)
    peer.tools.mkdir(parents=True)
    steps = _npm(peer) if _pins(peer).suffix == ".json" else _pip(peer)
    for step in steps:
        done = subprocess.run(step, cwd=peer.tools, capture_output=True, text=True, check=False)  # noqa: S603 - ours
        if done.returncode != 0:
            return (done.stderr.strip() or done.stdout.strip()).splitlines()[-1]
    if peer.name == "hugo":
        # The package's own program is a Python script that starts this one.
        (peer.tools / "hugo").symlink_to(
            next(peer.tools.glob("lib/python*/site-packages/hugo/binaries/hugo"))
        )
    stamp.write_bytes(wanted)
    return ""


def version(peer: Peer) -> str:
    """Return the pinned version."""
    pins = _pins(peer)
    if pins.suffix == ".json":
        locked = json.loads(pins.read_text("utf-8"))["packages"]
        return str(locked[f"node_modules/{peer.package}"]["version"])
    for line in pins.read_text("utf-8").splitlines():
        name, _, number = line.partition("==")
        if name.lower() == peer.package:
            return number
    raise ValueError(f"{pins} does not pin {peer.package}")


def _pins(peer: Peer) -> Path:
    lock = peer.home / "package-lock.json"
    return lock if lock.is_file() else peer.home / "requirements.txt"


def _pip(peer: Peer) -> list[list[str]]:
    python = str(peer.tools / "bin" / "python")
    return [
        [sys.executable, "-m", "venv", str(peer.tools)],
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(_pins(peer))],
    ]


def _npm(peer: Peer) -> list[list[str]]:
    for name in ("package.json", "package-lock.json"):
        shutil.copy(peer.home / name, peer.tools)
    return [["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]]
