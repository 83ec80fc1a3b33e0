"""All content as it is on the disk, for questions that need no pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from stadtnetz.diagnostics import Diagnostic
from stadtnetz.groundwork import memory_of
from stadtnetz.network.library import Library, load_library
from stadtnetz.settings import Settings
from stadtnetz.source import read_sources

__all__ = ["library_of"]


@contextmanager
def library_of(settings: Settings) -> Iterator[tuple[Library, tuple[Diagnostic, ...]]]:
    """Give all entries, with what is wrong with files; those with errors are not among them. Nothing is written."""
    sources, problems = read_sources(settings.root)
    memory = memory_of(settings)
    try:
        library, found = load_library(sources, memory, settings.jobs)
        yield library, (*problems, *found)
    finally:
        memory.close()
