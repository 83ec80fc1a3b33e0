"""From rendered files to the live site: what is made of all files together, publishing, and what is remembered."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from stadtnetz.fingerprint import digest
from stadtnetz.memory import Memory
from stadtnetz.model.deploy import Deploy
from stadtnetz.output.compress import compressed
from stadtnetz.output.ledger import Entry, Ledger, Place, Summary, Traces, save_ledger
from stadtnetz.output.manifest import Manifest, written
from stadtnetz.output.marker import MARKER, MARKER_DATA
from stadtnetz.output.publisher import Published, Publisher
from stadtnetz.output.staging import Content
from stadtnetz.settings import Progress, Settings
from stadtnetz.site.serving.rules import COMPRESSIBLE
from stadtnetz.source import Sources

__all__ = ["Files", "add_companions", "published", "remember"]


class Files(Struct):
    """All files of a site by path: what the ledger should say of them, and the bytes of those that are new."""

    entries: dict[str, Entry]
    fresh: dict[str, Content]


def add_companions(
    files: Files,
    deploy: Deploy,
    settings: Settings,
    place: Place,
    publisher: Publisher,
    manifest: Callable[[], Manifest],
    progress: Progress,
) -> None:
    """Add what is made of all other files: their compressed forms, and last the manifest, which gets their sums."""
    entries, fresh = files.entries, files.fresh
    if deploy.compress:
        step = partial(progress, "compress")
        where = (COMPRESSIBLE, place.output, place.ledger, publisher, step)
        for file, entry, aside in list(compressed(entries, fresh, *where, jobs=settings.jobs)):
            entries[file] = entry
            if aside is not None:
                fresh[file] = aside
    if deploy.manifest and settings.manifest:
        sums = {file: entry.digest for file, entry in entries.items()}
        data = written(replace(manifest(), files=sums))
        entries[deploy.manifest] = entry = Entry(digest(data))
        if not publisher.holds(deploy.manifest, entry.digest):
            fresh[deploy.manifest] = data


def published(files: Files, publisher: Publisher, progress: Progress) -> tuple[Published, Traces]:
    """Make the site live, and return what became of it and what the next build has to know of the disk."""
    progress("publish", 0, 1)
    planned = {file: entry.digest for file, entry in files.entries.items()}
    done = publisher.publish(planned, files.fresh)
    progress("publish", 1, 1)
    return done, publisher.traces(planned)


def remember(
    files: Files, traces: Traces, sources: Sources, summary: Summary, path: Path, memory: Memory
) -> bool:
    """Write the ledger, and keep it if the memory outlasts the build; False where it can't be written."""
    signatures = traces.files
    rows = {
        file: entry if entry.signature == signatures[file] else replace(entry, signature=signatures[file])
        for file, entry in files.entries.items()
    }
    rows[MARKER] = Entry(digest(MARKER_DATA), signature=traces.files[MARKER])
    known = {path: (file.signature, file.digest) for path, file in sources.files.items()}
    kept = save_ledger(path, Ledger(rows, traces.folders, known, traces.spare, summary))
    memory.keep(f"ledger {path}", kept)
    return kept is not None
