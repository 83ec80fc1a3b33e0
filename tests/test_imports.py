"""Imports run one way, in the order of the data: disk, source, model, network, pages, render, output."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "stadtnetz"

LAYERS = (
    "stadtnetz",
    "stadtnetz.diagnostics",
    "stadtnetz.signatures",
    "stadtnetz.git",
    "stadtnetz.fingerprint",
    "stadtnetz.beside",
    "stadtnetz.workers",
    "stadtnetz.memory_file",
    "stadtnetz.memory",
    "stadtnetz.geo",
    "stadtnetz.dates",
    "stadtnetz.clock",
    "stadtnetz.settings",
    "stadtnetz.source",
    "stadtnetz.workshop",
    "stadtnetz.model",
    "stadtnetz.description",
    "stadtnetz.records",
    "stadtnetz.text",
    "stadtnetz.rows",
    "stadtnetz.schema_errors",
    "stadtnetz.schema",
    "stadtnetz.advice",
    "stadtnetz.reader",
    "stadtnetz.readings",
    "stadtnetz.network",
    "stadtnetz.early",
    "stadtnetz.i18n",
    "stadtnetz.site",
    "stadtnetz.render",
    "stadtnetz.pictures",
    "stadtnetz.output",
    "stadtnetz.searching",
    "stadtnetz.incremental",
    "stadtnetz.groundwork",
    "stadtnetz.anchors",
    "stadtnetz.history",
    "stadtnetz.examination",
    "stadtnetz.outcome",
    "stadtnetz.strangers",
    "stadtnetz.ahead",
    "stadtnetz.finishing",
    "stadtnetz.retouching",
    "stadtnetz.building",
    "stadtnetz.pipeline",
    "stadtnetz.explanation",
    "stadtnetz.verify",
    "stadtnetz.authoring",
    "stadtnetz.operating",
    "stadtnetz.importing",
    "stadtnetz.serve",
    "stadtnetz.cli",
)


def modules() -> dict[str, Path]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported(path: Path) -> set[str]:
    """Return every module of ours that a file imports, wherever in the file."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module or "")
    return {name for name in found if name.partition(".")[0] == "stadtnetz"}


def layer(module: str) -> int:
    return max(
        number for number, name in enumerate(LAYERS) if module == name or module.startswith(f"{name}.")
    )


def test_every_module_has_its_layer() -> None:
    without = [name for name in modules() if name != "stadtnetz" and layer(name) == 0]
    assert without == []


def test_no_module_imports_from_a_later_stage() -> None:
    wrong = [
        f"{name} imports {other}"
        for name, path in modules().items()
        for other in imported(path)
        if layer(other) > layer(name)
    ]
    assert wrong == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {name: imported(path) - {name} for name, path in modules().items()}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " → ".join((*trail, name))
        if name not in done:
            for other in graph.get(name, ()):
                visit(other, (*trail, name))
            done.add(name)

    for name in graph:
        visit(name, ())
