"""Files of the plan that no template makes: calendars, contact cards, data."""

from __future__ import annotations

from collections.abc import Callable
from uuid import NAMESPACE_URL, uuid5

from msgspec import Struct

__all__ = ["PlannedFile", "stable_uuid"]


class PlannedFile(Struct, frozen=True):
    """A file that output/ will have: where, what it is made from, and how.

    As long as `inputs` are the same, `make` gives the same bytes; see `site.frame.PlannedPage`.
    """

    file: str
    inputs: tuple[str, ...]
    make: Callable[[], bytes]


def stable_uuid(name: str) -> str:
    """Return an id that depends on the name alone, so that a site that moves does not repeat its items."""
    return str(uuid5(NAMESPACE_URL, f"stadtnetz:{name}"))
