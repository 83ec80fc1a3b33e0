"""What has to change in output/ so that it becomes the new site."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec import Struct

from stadtnetz.output.disk import Seen
from stadtnetz.output.live import Live

__all__ = ["Difference", "difference"]


class Difference(Struct, frozen=True):
    """Files to write, things to remove; `improper` where a folder has a mode that we would not give it."""

    changed: frozenset[str]
    gone: frozenset[str]
    improper: bool

    @property
    def nothing(self) -> bool:
        """Tell whether the new site is there already."""
        return not (self.changed or self.gone or self.improper)


def difference(
    live: Live | None, root: Seen | None, wanted: Mapping[str, str], folders: Collection[str]
) -> Difference:
    """Compare the live site, if any, with files by their digests and with folders; `root` is what holds it."""
    if live is None:
        return Difference(frozenset(wanted), frozenset(), improper=False)
    doubtful = wanted.items() - live.trusted.items()
    changed = frozenset(file for file, bytes_ in doubtful if live.digest(file) != bytes_)
    needed, there = set(folders), live.folders()
    gone = frozenset({*(live.paths() - there - wanted.keys()), *(there - needed)})
    proper = root is not None and root.proper and live.improper().isdisjoint(needed & there)
    return Difference(changed, gone, improper=not proper)
