"""The floor under an edit: what a new process has to do for it when nothing has to be found out.

`python -m benchmarks.edit_floor FOLDER` loads the libraries that reading a text and rendering a page take, looks at
every file of content/ and at every file and folder of output/ without opening one, converts one text, compiles the
templates that a page of news reaches, and writes two files. The runner times the whole process, several times.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import jinja2
import markdown
import nh3
import pydantic
import yaml
from jinja2.meta import find_referenced_templates


class _Fields(pydantic.BaseModel):
    """What a text says of itself."""

    title: str
    lead: str
    cities: list[str]


def _look(folder: str) -> int:
    """Return how many files and folders there are, having asked the system about each."""
    count = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            entry.stat(follow_symlinks=False)
            count += 1 + (_look(entry.path) if entry.is_dir(follow_symlinks=False) else 0)
    return count


def _compile(templates: Path, page: str) -> None:
    """Compile a page's template and all that it extends, includes and imports."""
    environment = jinja2.Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    waiting, known = [page], {page}
    while waiting:
        tree = environment.parse((templates / waiting.pop()).read_text("utf-8"))
        others = {name for name in find_referenced_templates(tree) if name is not None} - known
        environment.compile(tree)
        waiting += others
        known |= others


def edit(root: Path) -> int:
    """Do all that can't be left out, and return how many files and folders were looked at."""
    looked = _look(str(root / "content")) + _look(str(root / "output"))
    text = next((root / "content" / "news").rglob("*.md")).read_text("utf-8")
    _, fields, body = text.split("---\n", 2)
    read = _Fields.model_validate(yaml.load(fields, getattr(yaml, "CSafeLoader", yaml.SafeLoader)))  # noqa: S506
    html = nh3.clean(markdown.markdown(body, extensions=["toc", "tables", "footnotes", "attr_list"]))
    _compile(root / "templates", "news.html")
    with tempfile.TemporaryDirectory(dir=root) as place:
        for name in ("page", "manifest"):
            (Path(place) / name).write_text(f"<h1>{read.title}</h1>{html}", "utf-8")
    return looked


if __name__ == "__main__":
    edit(Path(sys.argv[1]))
