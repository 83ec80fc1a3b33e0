"""Guess what somebody meant to write."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

__all__ = ["nearest"]


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that was probably meant, or ""."""
    return next(iter(difflib.get_close_matches(word, list(known), 1, 0.6)), "")
