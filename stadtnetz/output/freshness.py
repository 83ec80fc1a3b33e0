"""Whether a file of output/ may stay as it is. Every answer names its reason."""

from __future__ import annotations

from dataclasses import dataclass

from stadtnetz.output.ledger import Entry

__all__ = ["Fresh", "Stale", "decide"]


@dataclass(frozen=True, slots=True)
class Fresh:
    """The file was made with the same key, and its bytes are still there."""


@dataclass(frozen=True, slots=True)
class Stale:
    """The file must be rendered; `reason` is a key of the messages: new, key, bytes."""

    reason: str


def decide(*, key: str, recorded: Entry | None, stored: str | None) -> Fresh | Stale:
    """Compare a file's key with the recorded one, and the digest of the stored bytes with the recorded one.

    `stored` is None where the file is not there.
    """
    if recorded is None:
        return Stale("new")
    if recorded.key != key:
        return Stale("key")
    if stored != recorded.digest:
        return Stale("bytes")
    return Fresh()
