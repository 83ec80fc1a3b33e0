"""The measurements as files: one small JSON a topic in benchmarks/results/, from which the tables are made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks.corpus import ROOT

__all__ = ["RESULTS", "load", "load_all", "save"]

RESULTS = ROOT / "benchmarks" / "results"


def load(name: str, folder: Path = RESULTS) -> dict[str, Any]:
    """Return what was measured last about a topic, nothing where there is no such file."""
    path = folder / f"{name}.json"
    return dict(json.loads(path.read_text("utf-8"))) if path.is_file() else {}


def load_all(prefix: str, folder: Path = RESULTS) -> dict[int, dict[str, Any]]:
    """Return the files of a topic that has one for each size, by size."""
    sizes = sorted(int(path.stem.removeprefix(prefix)) for path in folder.glob(f"{prefix}*.json"))
    return {size: load(f"{prefix}{size}", folder) for size in sizes}


def save(name: str, value: dict[str, Any], folder: Path = RESULTS) -> None:
    """Write what was measured about a topic."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", "utf-8")
