"""What the parts of a build cost when nothing else is done: the floor under every generator written in Python.

Started by the runner as a process of its own: `python -m benchmarks.floor FOLDER NEWS` prints, as JSON, milliseconds
per article for each part, on one core.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Any

import jinja2
import markdown
import yaml

_PAGE = """<!doctype html>
<html lang="de"><head><meta charset="utf-8"><title>{{ title }}</title></head>
<body><header><nav>{% for name in names %}<a href="/{{ name }}/">{{ name }}</a>{% endfor %}</nav></header>
<main><article><h1>{{ title }}</h1><p>{{ lead }}</p>{{ body|safe }}
<ul>{% for city in cities %}<li><a href="/staedte/{{ city }}/">{{ city }}</a></li>{% endfor %}</ul>
</article></main></body></html>
"""
_NAMES = ("staedte", "tandems", "partner", "aktuelles", "termine", "themen")
_EXTENSIONS = ["toc", "tables", "footnotes", "attr_list"]
_FRONT = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)


def floor(folder: Path, news: int) -> dict[str, float]:
    """Return milliseconds per article of each part, over the articles of a corpus."""
    costs: dict[str, float] = {}

    def timed(name: str, work: Callable[[Any], Any], items: Iterable[Any]) -> list[Any]:
        started = time.perf_counter()
        done = [work(item) for item in items]
        costs[name] = round((time.perf_counter() - started) * 1000 / max(1, len(done)), 4)
        return done

    paths = sorted((folder / "content" / "news").rglob("*.md"))[:news]
    files = timed("read", Path.read_bytes, paths)
    timed("hash", lambda data: blake2b(data, digest_size=16).digest(), files)
    parts = [_FRONT.match(data.decode()) for data in files]
    split = [(part[1], part[2]) for part in parts if part]
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    fields = timed("front matter", lambda part: yaml.load(part[0], loader), split)  # noqa: S506 - a safe loader
    converter = markdown.Markdown(extensions=_EXTENSIONS, output_format="html")
    bodies = timed("Python-Markdown", lambda part: str(converter.reset().convert(part[1])), split)
    template = jinja2.Environment(autoescape=True).from_string(_PAGE)
    rows = [
        {"names": _NAMES, "title": one["title"], "lead": one["lead"], "cities": one["cities"], "body": body}
        for one, body in zip(fields, bodies, strict=True)
    ]
    pages = timed("Jinja", template.render, rows)
    with tempfile.TemporaryDirectory(dir=folder) as place:

        def write(numbered: tuple[int, str]) -> None:
            own = Path(place) / str(numbered[0])
            own.mkdir()
            (own / "index.html").write_bytes(numbered[1].encode())

        timed("write, a folder each", write, enumerate(pages))
    return costs


def main() -> None:
    """Print the costs."""
    print(json.dumps(floor(Path(sys.argv[1]), int(sys.argv[2]))))


if __name__ == "__main__":
    main()
