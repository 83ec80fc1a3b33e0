"""Try a new file in the project: what would `check` say about it? Nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import Self

from msgspec.structs import replace

from stadtnetz.authoring.titles import title_of
from stadtnetz.diagnostics import Diagnostic, Related, problem
from stadtnetz.examination import examine_sources
from stadtnetz.memory import Memory
from stadtnetz.model.kinds import FOLDERS
from stadtnetz.network.library import Library, load_library
from stadtnetz.settings import Settings, silent
from stadtnetz.source import SourceFile, Sources, read_sources

__all__ = ["Trial"]


class Trial:
    """The project as it is on the disk, with room for one more file."""

    def __init__(self, settings: Settings) -> None:
        # No answer can be wrong for the search's sake.
        self._settings = replace(settings, search=False)
        self._sources, self._problems = read_sources(settings.root)
        # Each answer is checked with everything else: what was read once must not be read again.
        self._memory = Memory(None, lasting=True)
        self._library, _ = load_library(self._sources, self._memory, settings.jobs)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._memory.close()

    def problems(self, path: str, text: str) -> tuple[Diagnostic, ...]:
        """Return what `check` would report about a file with this text, or because of it.

        A file that is there is not replaced, not even here: that its id is taken is all there is to say then.
        """
        if path in self._sources.files:
            kind = FOLDERS[path.split("/")[1]].name
            stem = path.rpartition("/")[2].partition(".")[0]
            return (
                problem("duplicate-id", path, related=(Related("first-here", path),), kind=kind, id=stem),
            )
        files = {**self._sources.files, path: SourceFile.of(path, text.encode())}
        sources = Sources(dict(sorted(files.items())))
        examined = examine_sources(self._settings, sources, self._problems, self._memory, silent)
        return tuple(one for one in examined.diagnostics if _concerns(one, path))

    @property
    def library(self) -> Library:
        """Return everything that there is, by kind and id."""
        return self._library

    def ids(self, kind: str) -> Mapping[str, str]:
        """Return the ids that there are of a kind, with what their entries are called."""
        items = self._library.items[kind]
        return {
            id_: title_of(items[id_], self._library) if id_ in items else ""
            for id_ in sorted(self._library.declared[kind])
        }


def _concerns(diagnostic: Diagnostic, path: str) -> bool:
    return diagnostic.path == path or any(related.path == path for related in diagnostic.related)
