"""The floor under an edit: what a new process has to do for it when nothing has to be found out.

`python -m benchmarks.edit_floor FOLDER` loads the libraries that reading a text and rendering a page take, looks at
every file of content/ and at every file and folder of output/ without opening one, converts one text, puts it into a
template, and writes two files. The site's own templates stand compiled beside the program, so they are not compiled
here. The runner times the whole process, several times.
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


def edit(root: Path) -> int:
    """Do all that can't be left out, and return how many files and folders were looked at."""
    looked = _look(str(root / "content")) + _look(str(root / "output"))
    text = next((root / "content" / "news").rglob("*.md")).read_text("utf-8")
    _, fields, body = text.split("---\n", 2)
    read = _Fields.model_validate(yaml.load(fields, getattr(yaml, "CSafeLoader", yaml.SafeLoader)))  # noqa: S506
    html = nh3.clean(markdown.markdown(body, extensions=["toc", "tables", "footnotes", "attr_list"]))
    template = jinja2.Environment(autoescape=True).from_string("<h1>{{ title }}</h1>{{ text | safe }}")
    page = template.render(title=read.title, text=html)
    with tempfile.TemporaryDirectory(dir=root) as place:
        for name in ("page", "manifest"):
            (Path(place) / name).write_text(page, "utf-8")
    return looked


if __name__ == "__main__":
    edit(Path(sys.argv[1]))
