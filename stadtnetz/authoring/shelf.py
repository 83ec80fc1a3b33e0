"""All content as it is on the disk, for questions that need no pages."""

from __future__ import annotations

from stadtnetz.diagnostics import Diagnostic
from stadtnetz.examination import memory_of
from stadtnetz.network.library import Library, load_library
from stadtnetz.settings import Settings
from stadtnetz.source import read_sources

__all__ = ["library_of"]


def library_of(settings: Settings) -> tuple[Library, tuple[Diagnostic, ...]]:
    """Read all entries, with what is wrong with files; those with errors are not among them. Nothing is written."""
    sources, problems = read_sources(settings.root)
    # Kept open until the process ends: titles and texts are taken out of it later.
    memory = memory_of(settings)
    library, found = load_library(sources, memory, settings.jobs)
    return library, (*problems, *found)
