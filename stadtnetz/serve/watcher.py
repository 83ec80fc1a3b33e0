"""Notices that the sources differ from when they were last looked at, and never says in what.

It looks with the build's own eyes (`source.read_sources`): the same folders, links, ignored names and signatures, so it
wakes for everything that a build can see and for nothing else. Names, renames and editors' habits need no rule here.
*Rejected:* the system's notifications (watchfiles, inotify). They are silent on network drives, where town halls keep
their files, drop events under load, and differ on each system; looking takes some milliseconds for a thousand files.
"""

from __future__ import annotations

import traceback
from pathlib import Path

from stadtnetz.source import Known, read_sources

__all__ = ["Watcher"]


class Watcher:
    """Remembers how the sources looked."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: Known = {}
        self._seen: object = None

    def changed(self) -> bool:
        """Look again; tell whether anything differs. The first look differs from nothing."""
        before, self._seen = self._seen, self._look()
        return before is not None and before != self._seen

    def _look(self) -> object:
        try:
            sources, problems = read_sources(self._root, self._known)
        except Exception:  # noqa: BLE001 - a mistake of ours is a sight like others: the build will meet and report it
            return traceback.format_exc()
        self._known = {path: (file.signature, file.digest) for path, file in sources.files.items()}
        return {path: file.digest for path, file in sources.files.items()}, problems
