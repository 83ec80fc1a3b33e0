"""Make the new site ready beside the live one: anew, or from the spare tree that is some files behind."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from stadtnetz.output.disk import Disk, Form
from stadtnetz.output.marker import MARKER, Places, begin
from stadtnetz.output.paths import folders_of

__all__ = ["Content", "share_all", "stage_anew", "update"]

Content = bytes | Path
"""The bytes of a new file, or the file beside output/ that has them and becomes the new file."""


def stage_anew(
    wanted: Collection[str],
    content: Mapping[str, Content],
    changed: Collection[str],
    places: Places,
    disk: Disk,
) -> bool:
    """Stage a whole site: what changed from `content`, the rest shared with the live site by link, or else copied.

    New files may be in their places already, with their folders. Returns False where something could not be shared.
    """
    # Plain texts below: for ten thousand pages, joining path objects takes as long as making their folders.
    stage = str(places.stage)
    there = {path for path in changed if _is_there(content[path], f"{stage}/{path}")}
    missing = [path for path in wanted if path not in there]
    _make_folders(places.stage, missing, disk)
    shared = True
    for path in missing:
        if path == MARKER:
            continue
        if path in changed:
            _put(content[path], f"{stage}/{path}", disk)
        elif not _share(places.output, places.stage, path, disk):
            shared = False
            disk.write(places.stage / path, disk.read(places.output / path))
    return shared


def share_all(wanted: Collection[str], source: Path, tree: Path, disk: Disk) -> bool:
    """Make a tree that shares all its files with another, with a marker of its own; it may have folders already.

    Returns False where something could not be shared; the tree is of no use then.
    """
    _make_folders(tree, wanted, disk)
    return all(_share(source, tree, path, disk) for path in wanted if path != MARKER)


def _make_folders(tree: Path, wanted: Collection[str], disk: Disk) -> None:
    """Make a tree with all its folders, as far as they are not there."""
    if disk.look(tree) is None:
        begin(tree, disk)
    for folder in folders_of(wanted):
        path = f"{tree}/{folder}"
        try:
            disk.make_folder(path)
        except FileExistsError:
            disk.mend_folder(path)


def update(
    wanted: Collection[str],
    content: Mapping[str, Content],
    changed: Collection[str],
    touched: Collection[str],
    folders: Collection[str],
    needed: Collection[str],
    places: Places,
    disk: Disk,
) -> bool:
    """Bring the stage up to date; `touched` is all that may differ, `changed` among it.

    `folders` are those that it has, `needed` those that the new site needs, each after the one that holds it.

    Returns False where it can't be done in this way; the stage is of no use then.
    """
    for path in sorted(touched):  # a link that took the place of a folder goes before what lies beyond it
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
        elif path in wanted and not _share(places.output, places.stage, path, disk):
            return False
    return True


def _is_there(content: Content, target: str) -> bool:
    return not isinstance(content, bytes) and str(content) == target


def _put(content: Content, target: str, disk: Disk) -> None:
    if isinstance(content, bytes):
        disk.write(Path(target), content)
    else:
        disk.rename(content, target)


def _share(source: Path, tree: Path, path: str, disk: Disk) -> bool:
    try:
        disk.link(f"{source}/{path}", f"{tree}/{path}")
    except OSError:
        # No links here, or not of this file (another owner, too many links). If the disk itself is the reason,
        # writing a copy meets it again and reports it.
        return False
    return True
