"""Make the new site ready beside the live one: anew, or from the spare tree that is some files behind."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from stadtnetz.output.disk import Disk, Form
from stadtnetz.output.marker import MARKER, MARKER_DATA, Places
from stadtnetz.output.paths import folders_of

__all__ = ["Content", "stage_anew", "update"]

Content = bytes | Path
"""The bytes of a new file, or the file beside output/ that has them and becomes the new file."""


def stage_anew(
    wanted: Collection[str],
    content: Mapping[str, Content],
    changed: Collection[str],
    places: Places,
    disk: Disk,
    *,
    links_only: bool = False,
) -> bool:
    """Stage a whole site: what changed from `content`, the rest shared with the live site by link, or else copied.

    Returns False where something could not be shared; with `links_only` the stage is of no use then.
    """
    disk.make_folder(places.stage)
    disk.write(places.stage / MARKER, MARKER_DATA)  # first of all: from here on the folder is known as ours
    # Plain texts below: for ten thousand pages, joining path objects takes as long as making their folders.
    stage = str(places.stage)
    for folder in folders_of(wanted):
        disk.make_folder(f"{stage}/{folder}")
    shared = True
    for path in wanted:
        if path == MARKER:
            continue
        if path in changed:
            _put(content[path], f"{stage}/{path}", disk)
        elif not _share(places, path, disk):
            shared = False
            if links_only:
                return False
            disk.write(places.stage / path, disk.read(places.output / path))
    return shared


def update(
    wanted: Collection[str],
    content: Mapping[str, Content],
    changed: Collection[str],
    touched: Collection[str],
    folders: Collection[str],
    places: Places,
    disk: Disk,
) -> bool:
    """Bring the stage, which has these folders, up to date; `touched` is all that may differ, `changed` among it.

    Returns False where it can't be done in this way; the stage is of no use then.
    """
    needed = folders_of(wanted)
    for path in touched:
        seen = disk.look(places.stage / path)
        if seen is not None and seen.form is not Form.FOLDER:
            disk.unlink(places.stage / path)
    for folder in sorted(set(folders) - set(needed), reverse=True):
        disk.remove_folder(places.stage / folder)
    for folder in needed:
        if folder not in folders:
            disk.make_folder(places.stage / folder)
    for path in sorted(touched):
        if path in changed:
            _put(content[path], f"{places.stage}/{path}", disk)
        elif path in wanted and not _share(places, path, disk):
            return False
    return True


def _put(content: Content, target: str, disk: Disk) -> None:
    if isinstance(content, bytes):
        disk.write(Path(target), content)
    else:
        disk.rename(content, target)


def _share(places: Places, path: str, disk: Disk) -> bool:
    try:
        disk.link(f"{places.output}/{path}", f"{places.stage}/{path}")
    except OSError:
        # No links here, or not of this file (another owner, too many links). If the disk itself is the reason,
        # writing a copy meets it again and reports it.
        return False
    return True
