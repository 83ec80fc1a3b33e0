"""What is known of the templates without reading them again: what is wrong with them, and what each reaches."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import DecodeError, Struct
from msgspec.json import Decoder, encode

from stadtnetz.diagnostics import Diagnostic, are_sound, has_errors
from stadtnetz.fingerprint import of_bytes, of_program
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
    key = of_bytes(repr((of_program(), files, sorted(assets.paths), assets.missing)).encode())
    remembered = _remembered(memory.short(key))
    if remembered is not None:
        return remembered
    problems = renderer.check()
    closures = {} if has_errors(problems) else {name: renderer.closure(name) for name in renderer.names}
    found = Templates(problems, closures)
    memory.put(key, encode(found), b"")
    return found


def _remembered(data: bytes | None) -> Templates | None:
    try:
        found = None if data is None else _DECODER.decode(data)
    except (DecodeError, RecursionError):
        return None
    return found if found is not None and are_sound(found.problems) else None


_DECODER = Decoder(Templates)
