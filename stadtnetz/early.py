"""The few files that changed since the last build, read by another process while this one gets ready.

What reads YAML and Markdown takes longer to start than to read a file, and so does what makes pages of it: both start
at the same time, and this process never needs the former. Which files have to be read, and whether what was read may
be used, is decided where it always is; what comes out here only waits in the memory to be asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec.msgpack import Decoder, encode

from stadtnetz.source import Known, SourceFile, Sources
from stadtnetz.workers import Meanwhile

if TYPE_CHECKING:
    from stadtnetz.memory import Row

__all__ = ["EarlyReading", "changed_entries"]

_MOST = 100
"""Files; more are shared among all processes later."""
_DECODER = Decoder(dict[str, tuple[bytes, bytes]])


def changed_entries(sources: Sources, known: Known) -> tuple[SourceFile, ...]:
    """Return the files of content that a build will have to read, by what the last one recorded."""
    return tuple(
        file
        for path, file in sources.files.items()
        if path.startswith("content/")
        and path.endswith((".md", ".yaml"))
        and (path not in known or known[path][1] != file.digest)
    )


class EarlyReading:
    """The reading of such files; whoever begins it ends it with `drop`."""

    def __init__(self, files: Sequence[SourceFile]) -> None:
        """Begin, if they are few."""
        few = 0 < len(files) <= _MOST
        self._meanwhile = Meanwhile(partial(_encoded_rows, files)) if few else None

    def rows(self) -> Mapping[str, Row]:
        """Wait for what was read. Raises SourceChangedError where a file changed meanwhile."""
        if self._meanwhile is None:
            return {}
        return _DECODER.decode(self._meanwhile.result())

    def drop(self) -> None:
        """Go no further."""
        if self._meanwhile is not None:
            self._meanwhile.drop()


def _encoded_rows(files: Sequence[SourceFile]) -> bytes:
    # Imported by the other process alone.
    from stadtnetz.network.files import Place, place_of, task_of
    from stadtnetz.reader import make_row

    tasks = [task_of(place) for place in map(place_of, files) if isinstance(place, Place)]
    return encode({task.key: make_row(task) for task in tasks})
