"""The types that the site's scripts state in their comments hold: each says `@ts-check`, and here it is done."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.browser.host import ROOT
from tests.quality.tools import node_file, program

pytestmark = pytest.mark.quality

ASSETS = ROOT / "templates" / "assets"
PREVIEW = ROOT / "stadtnetz" / "serve"
OPTIONS = {
    "allowJs": True,
    "checkJs": True,
    "noEmit": True,
    "strict": True,
    "noImplicitReturns": True,
    "noUnusedLocals": True,
    "noUnusedParameters": True,
    "target": "es2020",
    "module": "es2020",
    # A browser gives each module a scope of its own, whether or not it imports something.
    "moduleDetection": "force",
    "lib": ["es2022", "dom", "dom.iterable"],
    "types": [],
}


def complaints(folder: Path, scripts: list[Path]) -> str:
    """Return what the type checker says about scripts; "" if nothing."""
    project = folder / "tsconfig.json"
    project.write_text(json.dumps({"compilerOptions": OPTIONS, "files": [str(one) for one in scripts]}))
    compiler = node_file("typescript/bin/tsc")
    done = subprocess.run(
        [program("node"), compiler, "--project", project], capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def test_the_types_hold(tmp_path: Path):
    scripts = sorted([*ASSETS.rglob("*.js"), *PREVIEW.rglob("*.js")])
    assert all(script.read_text("utf-8").startswith("// @ts-check\n") for script in scripts)
    assert complaints(tmp_path, scripts) == ""


def test_a_wrong_type_would_be_noticed(tmp_path: Path):
    script = tmp_path / "falsch.js"
    script.write_text(
        '// @ts-check\n/** @param {number} size */\nfunction set(size) {\n  return size;\n}\nset("groß");\n'
    )
    assert "falsch.js(6,5)" in complaints(tmp_path, [script])
