"""Asking git. Nothing here needs a repository: without one, or without git, there is no answer."""

from __future__ import annotations

import subprocess
from pathlib import Path

__all__ = ["GitMissingError", "ask"]


class GitMissingError(Exception):
    """There is no git on this machine."""


def ask(root: Path, *arguments: str, told: bytes = b"") -> bytes | None:
    """Return what git says in a folder, None where it refuses. Raises GitMissingError."""
    # Quoted names, a pager or a repository that somebody's environment names would change the answer.
    command = ["git", "-c", "core.quotePath=false", "--no-pager", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, input=told, capture_output=True, check=False)  # noqa: S603
    except OSError as error:
        raise GitMissingError from error
    return done.stdout if done.returncode == 0 else None
