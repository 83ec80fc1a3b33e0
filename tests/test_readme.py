"""The README's example works, and what it says about a mistake is what the program says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
NEWS = "content/news/2026/freiwilligentag-in-musterstadt.md"


def block(language: str) -> str:
    """Return the README's only block of a language, without its indentation."""
    (found,) = re.findall(rf"^ *```{language}\n(.*?)^ *```$", README, re.DOTALL | re.MULTILINE)
    return dedent(found)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for folder in ("content", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "site.yaml", tmp_path)
    (tmp_path / NEWS).parent.mkdir(exist_ok=True)
    return tmp_path


def check(project: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / "build.py", "check", "--root", project, "--as-of", "2026-11-20"]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_example_passes_the_check(project: Path):
    (project / NEWS).write_text(block("markdown"), "utf-8")
    result = check(project)
    assert result.returncode == 0, result.stdout
    assert NEWS not in result.stdout


def test_the_mistake_is_reported_as_the_readme_shows(project: Path):
    example = block("markdown")
    assert "[beteiligung]" in example
    (project / NEWS).write_text(example.replace("[beteiligung]", "[beteiligng]"), "utf-8")
    result = check(project)
    assert result.returncode == 1
    assert block("text").strip() in result.stdout + result.stderr


def test_every_file_that_the_readme_links_is_there():
    prose = re.sub(r"^ *```.*?^ *```$|`[^`\n]+`", "", README, flags=re.DOTALL | re.MULTILINE)
    for target in re.findall(r"\]\((?!https?:|#)([^)]+)\)", prose):
        assert (ROOT / target).exists(), target
