"""What the working tree changes on the published site: both states are built beside each other and compared.

Both by this program, for the same moment and the same address, so that only what the content and the templates say
can differ. Everything happens in a folder that is gone afterwards; output/ and the working tree are only read.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from stadtnetz.authoring.difference import Difference, compare
from stadtnetz.authoring.revision import Revision, unpack
from stadtnetz.groundwork import FALLBACK_BASE_URL
from stadtnetz.memory import Memory
from stadtnetz.network.library import load_library
from stadtnetz.outcome import Built
from stadtnetz.output.disk import Disk
from stadtnetz.output.marker import MARKER
from stadtnetz.pipeline import build
from stadtnetz.settings import Progress, Settings
from stadtnetz.site.admin import BUNDLE
from stadtnetz.source import read_sources

__all__ = ["Compared", "compare_with_folder", "compare_with_revision", "is_site"]


class Compared(Struct, frozen=True):
    """The answer. Without a difference one of the builds failed: `failed`, and whether it was that of the base."""

    difference: Difference | None
    failed: Built | None = None
    failed_base: bool = False


def is_site(folder: Path) -> bool:
    """Tell whether a folder holds a built site."""
    return (folder / MARKER).is_file()


def compare_with_folder(settings: Settings, base: Path, progress: Progress) -> Compared:
    """Compare with a site that was built earlier."""
    with _workplace(settings) as (folder, same, memory):
        now = _built(same, folder / "now", memory, progress)
        if now.published is None:
            return Compared(None, now)
        return Compared(compare(base, folder / "now"))


def compare_with_revision(settings: Settings, revision: Revision, progress: Progress) -> Compared:
    """Compare with the site of a revision. Raises GitError where there is none in it."""
    with _workplace(settings) as (folder, same, memory):
        unpack(settings.root, revision, folder / "base")
        _share_bundle(settings.root, folder / "base")
        now = _built(same, folder / "now", memory, progress)
        if now.published is None:
            return Compared(None, now)
        before = _built(replace(same, root=folder / "base"), folder / "before", memory, progress)
        if before.published is None:
            return Compared(None, before, failed_base=True)
        return Compared(compare(folder / "before", folder / "now"))


@contextmanager
def _workplace(settings: Settings) -> Iterator[tuple[Path, Settings, Memory]]:
    """Give a folder, settings that remember nothing and say where the site stands, and what both builds share."""
    # What both states have in common, nearly everything, is read once.
    memory = Memory(None, lasting=True)
    with tempfile.TemporaryDirectory(prefix="stadtnetz-") as folder:
        sources, _ = read_sources(settings.root)
        site = load_library(sources, memory, settings.jobs)[0].site
        base_url = settings.base_url or (site and site.config.base_url) or FALLBACK_BASE_URL
        same = replace(settings, base_url=base_url, strict=False, clean=False, keep_state=False)
        try:
            yield Path(folder), same, memory
        finally:
            memory.close()


def _share_bundle(root: Path, base: Path) -> None:
    """Give the base the form's bundle, which no revision has."""
    if (root / BUNDLE).is_dir():
        shutil.copytree(root / BUNDLE, base / BUNDLE)


def _built(settings: Settings, output: Path, memory: Memory, progress: Progress) -> Built:
    # Nothing of this need outlive a power cut.
    return build(settings, output, progress, disk=Disk(durable=False), memory=memory)
