"""The file-system operations that publishing needs, one method each.

Nothing in this package touches the disk but through a `Disk`, so that a test can let any single operation fail
or be the last one before a kill. The methods raise OSError as the system does; what that means is said in
`errors`.
"""

from __future__ import annotations

import ctypes
import os
import stat
import sys
from collections.abc import Callable, Iterable
from enum import Enum
from pathlib import Path

from msgspec import Struct

from stadtnetz.output.lock import acquire, release
from stadtnetz.signatures import NEVER, Signature, signature_of

__all__ = ["FILE_MODE", "FOLDER_MODE", "Disk", "Form", "Seen"]

FILE_MODE = 0o644
FOLDER_MODE = 0o755
"""A web server reads the site as somebody else, whatever the umask of whoever builds it."""

_RENAME_EXCHANGE = 2
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_AT_FDCWD = -100


class Form(Enum):
    """What stands under a name; links are not followed and count as `OTHER`."""

    FILE = "file"
    FOLDER = "folder"
    OTHER = "other"


class Seen(Struct, frozen=True):
    """What is known of a name without opening it."""

    name: str
    form: Form
    size: int
    mode: int
    signature: Signature = NEVER

    @property
    def proper(self) -> bool:
        """Tell whether its mode is the one that we would give it; Windows has no such modes."""
        return os.name == "nt" or self.mode == (FOLDER_MODE if self.form is Form.FOLDER else FILE_MODE)


class Disk(Struct, frozen=True):
    """The real file system."""

    durable: bool = True
    """Wait until new bytes are on the medium before they go live, so that a power cut can't leave empty pages.
    Previews and tests do without: one wait costs as much as the rest of a small build."""

    def look(self, path: Path) -> Seen | None:
        """Return what stands there, or None."""
        try:
            return _seen(path.name, path.lstat())
        except FileNotFoundError:
            return None

    def signature(self, place: str) -> Signature:
        """Return the signature of a file, folder or link, NEVER where there is none."""
        try:
            return signature_of(os.lstat(place))
        except OSError:
            return NEVER

    def signatures(self, root: str, paths: Iterable[str]) -> list[Signature]:
        """Return the signatures of many files or folders below a root ("" is the root itself), in their order."""
        if os.stat not in os.supports_dir_fd:
            return [self.signature(f"{root}{os.sep}{path}" if path else root) for path in paths]
        found = []
        try:
            # From the root on, the system has less of each path to follow.
            folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
        except OSError:
            return [self.signature(root) if not path else NEVER for path in paths]
        try:
            for path in paths:
                try:
                    status = os.stat(path, dir_fd=folder, follow_symlinks=False) if path else os.lstat(root)
                except OSError:
                    found.append(NEVER)
                else:
                    found.append(signature_of(status))
        finally:
            os.close(folder)
        return found

    def entries(self, folder: Path) -> tuple[Seen, ...]:
        """Return what a folder holds, by name."""
        with os.scandir(folder) as found:
            return tuple(
                sorted((_seen(e.name, e.stat(follow_symlinks=False)) for e in found), key=lambda s: s.name)
            )

    def read(self, path: Path) -> bytes:
        """Read a whole file."""
        return path.read_bytes()

    def make_parents(self, path: Path) -> None:
        """Make the folders above a path as the user's umask wants them: they are not part of the site."""
        path.parent.mkdir(parents=True, exist_ok=True)

    def make_folder(self, path: Path | str) -> None:
        """Make a folder that must not exist yet."""
        os.mkdir(path)  # noqa: PTH102 - no Path for every folder of a large site
        os.chmod(path, FOLDER_MODE)  # noqa: PTH101

    def mend_folder(self, path: Path | str) -> None:
        """Give a folder the mode that ours have: whoever made it may have died before."""
        os.chmod(path, FOLDER_MODE)  # noqa: PTH101

    def write(self, path: Path, data: bytes) -> None:
        """Write a file that must not exist yet: an existing one may be shared with the live site."""
        descriptor = os.open(path, _NEW, FILE_MODE)
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            if hasattr(os, "fchmod"):  # elsewhere there are no modes
                os.fchmod(descriptor, FILE_MODE)
        finally:
            os.close(descriptor)

    def link(self, existing: Path | str, new: Path | str) -> None:
        """Give an existing file a second name."""
        os.link(existing, new)

    def unlink(self, path: Path) -> None:
        """Remove a file or a link."""
        path.unlink()

    def open_up(self, folder: Path) -> None:
        """Allow ourselves to remove what a folder holds."""
        folder.chmod(0o700)

    def remove_folder(self, path: Path) -> None:
        """Remove an empty folder."""
        path.rmdir()

    def rename(self, old: Path, new: Path | str) -> None:
        """Rename; `new` must not exist (on POSIX an empty folder of that name is no obstacle, and no loss)."""
        os.rename(old, new)  # noqa: PTH104

    def replace(self, old: Path, new: Path) -> None:
        """Put a file in the place of another, in one step."""
        old.replace(new)

    def exchange(self, one: Path, other: Path) -> None:
        """Exchange two names in one step. NotImplementedError where the system has no such call."""
        if sys.platform != "linux" or (rename := _libc("renameat2")) is None:
            raise NotImplementedError
        if rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) != 0:
            raise _last_error(one)

    def settle(self, folder: Path) -> None:
        """Wait until everything below the folder is on the medium; once for all files, not once for each."""
        if not self.durable:
            return
        if sys.platform == "linux" and (sync := _libc("syncfs")) is not None:
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                if sync(descriptor) != 0:
                    raise _last_error(folder)
            finally:
                os.close(descriptor)
        elif sys.platform != "win32":
            os.sync()

    def lock(self, path: Path) -> int | None:
        """Take the lock and return its descriptor, or None while somebody else holds it."""
        return acquire(path)

    def unlock(self, path: Path, descriptor: int) -> None:
        """Give the lock back and leave no file behind."""
        release(path, descriptor)


def _seen(name: str, status: os.stat_result) -> Seen:
    if stat.S_ISREG(status.st_mode):
        form = Form.FILE
    elif stat.S_ISDIR(status.st_mode):
        form = Form.FOLDER
    else:
        form = Form.OTHER
    return Seen(name, form, status.st_size, stat.S_IMODE(status.st_mode), signature_of(status))


def _libc(name: str) -> Callable[..., int] | None:
    """Return a function of the C library, or None where it has none of that name (older libraries)."""
    found: Callable[..., int] | None = getattr(ctypes.CDLL(None, use_errno=True), name, None)
    return found


def _last_error(path: Path) -> OSError:
    number = ctypes.get_errno()
    return OSError(number, os.strerror(number), str(path))
