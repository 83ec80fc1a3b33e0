"""What a refused file-system operation means to whoever builds the site."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stadtnetz.diagnostics import Diagnostic, problem

__all__ = ["PublishError", "diagnosis", "reported"]

_CODES = {
    errno.ENOSPC: "disk-full",
    errno.EDQUOT: "disk-full",
    errno.EACCES: "output-not-writable",
    errno.EPERM: "output-not-writable",
    errno.EROFS: "output-not-writable",
    # A mounted folder can't be renamed; container volumes are the usual case.
    errno.EBUSY: "output-mount",
    errno.EXDEV: "output-mount",
}


class PublishError(Exception):
    """The site was not published; what was there before is still there."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.code)
        self.diagnostic = diagnostic


@contextmanager
def reported(output: Path) -> Iterator[None]:
    """Turn the system's errors into ours."""
    try:
        yield
    except OSError as error:
        raise PublishError(diagnosis(error, output)) from error


def diagnosis(error: OSError, output: Path) -> Diagnostic:
    """Say what an error of the system means for publishing to `output`."""
    code = _CODES.get(error.errno or 0, "output-failed")
    return problem(code, output.as_posix(), name=output.name, reason=reason(error))


def reason(error: OSError) -> str:
    """Return the system's own words, and the file's name where it gives one."""
    words = error.strerror or str(error) or type(error).__name__
    return f"{words} ({Path(error.filename).name})" if isinstance(error.filename, str) else words
