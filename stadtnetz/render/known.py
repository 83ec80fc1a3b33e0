"""What is known of the templates without reading them again: what is wrong with them, and what each reaches."""

from __future__ import annotations

import json
from collections.abc import Mapping

from msgspec import Struct

from stadtnetz.diagnostics import Diagnostic, has_errors
from stadtnetz.diagnostics.rows import from_row, to_row
from stadtnetz.fingerprint import digest, of_program
from stadtnetz.memory import Memory
from stadtnetz.render.assets import Assets
from stadtnetz.render.templates import Renderer, is_template
from stadtnetz.source import Sources

__all__ = ["Templates", "look_at"]


class Templates(Struct, frozen=True):
    """Every template's closure: the names of all that it extends, includes and imports, with its own."""

    problems: tuple[Diagnostic, ...]
    closures: Mapping[str, tuple[str, ...]]


def look_at(sources: Sources, assets: Assets, renderer: Renderer, memory: Memory) -> Templates:
    """Check the templates, unless the same ones were checked before."""
    files = [(path, file.digest) for path, file in sources.files.items() if is_template(path)]
    # Of assets only the names have a part in it, and what style sheets name that isn't there.
    key = digest(repr((of_program(), files, sorted(assets.paths), assets.missing)).encode())
    remembered = _remembered(memory.short(key))
    if remembered is not None:
        return remembered
    problems = renderer.check()
    closures = {} if has_errors(problems) else {name: renderer.closure(name) for name in renderer.names}
    row = ([to_row(one) for one in problems], closures)
    memory.put(key, json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass"), b"")
    return Templates(problems, closures)


def _remembered(data: bytes | None) -> Templates | None:
    if data is None:
        return None
    try:
        problems, closures = json.loads(data)
        return Templates(
            tuple(from_row(row) for row in problems),
            {str(name): tuple(str(other) for other in reached) for name, reached in closures.items()},
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
