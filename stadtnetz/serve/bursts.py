"""When to build after changes: once for all that come together.

Saving is seldom one change: editors write beside the file and rename, a `git pull` changes hundreds of files. So a
build waits for a short calm, but not for ever: a program that never stops writing must not keep a page from its reader.
"""

from __future__ import annotations

__all__ = ["CALM", "LONGEST", "Bursts"]

CALM = 0.01
"""Seconds without a change after which a burst is over; an editor renames within one or two milliseconds."""
LONGEST = 0.5
"""Seconds after which a burst is built although it goes on."""


class Bursts:
    """Joins changes. The time is given by the caller, in seconds of a clock that never runs backwards."""

    def __init__(self, *, calm: float = CALM, longest: float = LONGEST) -> None:
        self._calm = calm
        self._longest = longest
        self._first: float | None = None
        self._last = 0.0

    @property
    def waiting(self) -> bool:
        """Tell whether there are changes that nobody took yet."""
        return self._first is not None

    def changed(self, now: float) -> None:
        """Note that something is different."""
        if self._first is None:
            self._first = now
        self._last = now

    def take(self, now: float) -> bool:
        """Tell whether it is time to build; the changes so far are then done with."""
        if self._first is None or (now - self._last < self._calm and now - self._first < self._longest):
            return False
        self._first = None
        return True
