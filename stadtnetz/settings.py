"""What a build is asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from stadtnetz.clock import Clock

__all__ = ["STATE", "Awaited", "Progress", "Settings", "silent"]

STATE = ".build"
"""Where builds remember what they made; a build without it is slower and the same."""

Progress = Callable[[str, int, int], None]
"""Told the step's name, how much of it is done and how much there is."""


def silent(step: str, done: int, total: int) -> None:
    """Report progress to nobody."""


class Settings(Struct, frozen=True):
    """What the command line decides. `base_url` overrides site.yaml."""

    root: Path
    clock: Clock
    base_url: str | None = None
    drafts: bool = False
    search: bool = True
    """Whether what is built can be searched, if site.yaml wants that; without an index a build is done sooner."""
    search_later: bool = False
    """Take over the index of the last build of this process and leave what is new to a later build. For a preview:
    whoever saves a page wants to see the page."""
    quick_pictures: bool = False
    """Show each picture in one small file, and draw none for networks. For a preview, which is to be quick."""
    manifest: bool = True
    """Whether the manifest is written that site.yaml asks for: a preview is compared with nothing, and an edit of one
    page should write one file."""
    strict: bool = False
    clean: bool = False
    """Render everything, whatever is known of earlier builds."""
    keep_state: bool = True
    """Remember the build in .build/."""
    jobs: int = 1
    """How many processes may share the work."""
    commit: str | None = None
    """The commit that the files are those of, as the manifest records it."""
    history: bool = False
    """Look in git's history for addresses that were published and are no more."""
    head: str | None = None
    """The present commit where history is looked at: another one may have lost others."""
    published: tuple[str, ...] | None = None
    """The addresses of entries on the published site, as its manifest names them; better than git's history."""
    fingerprints: bool = True
    """Assets carry their content's fingerprint in their names. A preview does without, so that a changed style sheet
    changes no page; its server lets no browser keep anything."""

    @property
    def asked(self) -> dict[str, Any]:
        """Return what a build depends on, besides the moment, as the ledger holds it: also how strict it was."""
        besides = ("root", "clock", "clean", "keep_state", "jobs")
        found = {name: value for name, value in asdict(self).items() if name not in besides}
        return {**found, "published": None if self.published is None else list(self.published)}


class Awaited(Struct, frozen=True):
    """Pages that somebody looks at meanwhile: their files in output/.

    `show` gets the file and the bytes of each that changes, after those of what is new in it, such as a picture.
    """

    files: frozenset[str]
    show: Callable[[str, bytes], None]
