"""How a build ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from datetime import datetime

    from stadtnetz.diagnostics import Diagnostic
    from stadtnetz.examination import Examined
    from stadtnetz.output.publisher import Published
    from stadtnetz.source import Sources

__all__ = ["Built"]


class Built(Struct, frozen=True):
    """The end of a build; `published` is None where errors kept it from output/."""

    sources: Sources
    diagnostics: tuple[Diagnostic, ...]
    published: Published | None
    examined: Examined | None = None
    """What was found out on the way; None where nothing had to be."""
    pages: int = 0
    files: int = 0
    valid_until: datetime | None = None
    """The next moment at which the site changes by itself."""
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Why each file that was rendered was: see `cli.report`."""
    search_waits: bool = False
    """Whether the search index is not that of today: see `Settings.search_later`."""
    state: str = ""
    """Why nothing was known of an earlier build, "" where something was."""
