"""Why a file can't be read: a code of the catalogue with its parameters."""

from __future__ import annotations

from stadtnetz.diagnostics import Diagnostic

__all__ = ["LARGEST", "LONGEST", "UnreadableError"]

LONGEST = 60_000
"""Characters that a release may have: about twenty pages, ten times what is usual."""
LARGEST = 20 * 1024 * 1024
"""Bytes that a release may have, and that it may unpack to; the pictures in it are most of that."""


class UnreadableError(Exception):
    """A file that no reader can make a release of; becomes a diagnostic."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def diagnostic(self, path: str) -> Diagnostic:
        """Return it as a problem of a file."""
        return Diagnostic(self.code, path, None, tuple(sorted(self.params.items())))
