"""Read what the site is made from: site.yaml, content/, templates/, the form and the handbook, each file once.

Everything later works on these bytes, so that a build sees one state of every file: bytes that are read again later
must be the same. What is not an ordinary file inside its folder is reported and left alone: a link must not bring a
foreign file onto the site, and a pipe must not stop the build. Nothing is interpreted here.
"""

from __future__ import annotations

import os
import stat
import time
import unicodedata
from collections.abc import Iterator, Mapping
from operator import attrgetter
from pathlib import Path

from msgspec import Struct

from stadtnetz.diagnostics import Diagnostic, Related, problem
from stadtnetz.fingerprint import digest
from stadtnetz.signatures import NEVER, Signature, settled, signature_of

__all__ = [
    "MEDIA_LIMIT",
    "TEXT_LIMIT",
    "Known",
    "SourceChangedError",
    "SourceFile",
    "Sources",
    "read_sources",
]

TEXT_LIMIT = 2_000_000
"""Bytes; a book has less. Anything larger under a text's name is a mistake."""
MEDIA_LIMIT = 60_000_000
"""Bytes; a large photograph straight from the camera fits."""

_FOLDERS = ("content", "templates", "cms/dist", "docs/handbuch")
"""The third is there where somebody set up the form in the browser."""
_TEXT_ENDINGS = (
    ".yaml",
    ".yml",
    ".md",
    ".html",
    ".xml",
    ".txt",
    ".css",
    ".js",
    ".mjs",
    ".json",
    ".svg",
    ".csv",
    ".ics",
)
_name = attrgetter("name")
_IGNORED_NAMES = ("thumbs.db", "desktop.ini")
_IGNORED_ENDINGS = ("~", ".swp", ".swo", ".bak", ".tmp", ".orig")


class SourceChangedError(Exception):
    """A file changed while the build was at work: what was decided about it no longer holds."""


class SourceFile(Struct, eq=False):
    """One file: its path from the root with forward slashes in NFC, its size, and the digest of its bytes.

    Its bytes are read when they are needed, and must then have that digest.
    """

    path: str
    size: int
    digest: str
    signature: Signature = NEVER
    """NEVER where the file has to be read in the next build as well."""
    place: str = ""
    """Where it can be read again."""
    held: bytes | None = None
    """Its bytes as long as they are at hand."""

    @classmethod
    def of(cls, path: str, data: bytes) -> SourceFile:
        """Make a file from its bytes."""
        return cls(path, len(data), digest(data), held=data)

    @property
    def data(self) -> bytes:
        """Return the bytes. Raises SourceChangedError where they are no longer those that the digest is of."""
        if self.held is not None:
            return self.held
        try:
            data = _bytes(self.place, self.size)[0]
        except OSError as error:
            raise SourceChangedError(self.path) from error
        if data is None or digest(data) != self.digest:
            raise SourceChangedError(self.path)
        return data

    def __repr__(self) -> str:
        """Leave out the bytes."""
        return f"SourceFile({self.path!r}, {self.digest!r})"

    def forget(self) -> None:
        """Let go of bytes that can be read again."""
        if self.place:
            self.held = None


class Sources(Struct, frozen=True):
    """Every file that was read, by path, in the order of the paths."""

    files: Mapping[str, SourceFile]


Known = Mapping[str, tuple[Signature, str]]
"""What an earlier build recorded of files: by path their signature and their digest."""


def read_sources(root: Path, known: Known | None = None) -> tuple[Sources, tuple[Diagnostic, ...]]:
    """Read site.yaml and the folders below the root; what has the recorded signature is not opened."""
    reader = _Reader(known or {})
    found: list[SourceFile | Diagnostic] = []
    site = root / "site.yaml"
    if os.path.lexists(site):
        found += reader.follow(str(site), "site.yaml", os.path.realpath(root), frozenset())
    else:
        found.append(problem("site-missing", "site.yaml"))
    for folder in _FOLDERS:
        if (root / folder).is_dir():
            inside = os.path.realpath(root / folder)
            found += reader.walk(str(root / folder), folder, inside, inside, frozenset())
        elif folder == "content":
            found.append(problem("content-missing", folder))
    files = {item.path: item for item in found if isinstance(item, SourceFile)}
    return Sources(dict(sorted(files.items()))), tuple(item for item in found if isinstance(item, Diagnostic))


class _Reader:
    """Walks through folders. Places are those of the file system; paths begin at the project's root."""

    def __init__(self, known: Known) -> None:
        self._known = known

    def walk(
        self, folder: str, path: str, real: str, inside: str, above: frozenset[str]
    ) -> Iterator[SourceFile | Diagnostic]:
        """Yield a folder's files and problems.

        `real` is where it stands when all links are followed, `above` the same of the folders on the way here, against
        loops.
        """
        if real in above:
            yield problem("link-loop", path)
            return
        above |= {real}
        try:
            with os.scandir(folder) as listed:
                entries = sorted(listed, key=_name)
        except OSError as error:
            yield _unreadable(path, error)
            return
        taken: dict[str, str] = {}
        for entry in entries:
            if _ignored(entry.name):
                continue
            name = entry.name if entry.name.isascii() else unicodedata.normalize("NFC", entry.name)
            if not name.isprintable() or "\\" in name:
                shown = os.fsencode(entry.name).decode("utf-8", "replace")
                yield problem("file-name-characters", f"{path}/{shown}", name=shown)
                continue
            there = f"{path}/{name}"
            same = unicodedata.normalize("NFC", name.casefold())
            if same in taken:
                related = (Related("other-here", taken[same]),)
                yield problem("file-name-collision", there, related=related, name=name)
                continue
            taken[same] = there
            if entry.is_file(follow_symlinks=False):
                yield self._plain(entry, there)
            elif _is_folder(entry.path):
                yield from self.walk(entry.path, there, os.path.join(real, entry.name), inside, above)  # noqa: PTH118
            else:
                yield from self.follow(entry.path, there, inside, above)

    def follow(
        self, place: str, path: str, inside: str, above: frozenset[str]
    ) -> Iterator[SourceFile | Diagnostic]:
        """Yield what a folder, a link or anything unusual leads to, as long as that lies inside the folder."""
        try:
            real = os.path.realpath(place, strict=True)
            status = os.stat(real)  # noqa: PTH116 - no Path for every file of a large site
        except OSError as error:
            # A link to itself and a link to nothing look alike to whoever has to mend them.
            yield problem("link-dangling", path) if os.path.islink(place) else _unreadable(path, error)  # noqa: PTH114
            return
        if not Path(real).is_relative_to(inside):
            yield problem("link-leaves-content", path, folder=path.partition("/")[0])
        elif stat.S_ISREG(status.st_mode):
            yield _read(real, path)
        elif not stat.S_ISDIR(status.st_mode):
            yield problem("file-special", path)
        else:
            yield from self.walk(place, path, real, inside, above)

    def _plain(self, entry: os.DirEntry[str], path: str) -> SourceFile | Diagnostic:
        """Return an ordinary file that is no link; one with the recorded signature need not be opened."""
        known = self._known.get(path)
        if known is not None:
            try:
                signature = signature_of(entry.stat(follow_symlinks=False))
            except OSError as error:
                return _unreadable(path, error)
            if known[0] == signature:
                return SourceFile(path, signature[0], known[1], signature, entry.path)
        return _read(entry.path, path)


def _is_folder(place: str) -> bool:
    """Tell whether there is a folder, and no link: now, since it may have become one after it was listed."""
    try:
        return stat.S_ISDIR(os.lstat(place).st_mode)
    except OSError:
        return False


def _read(place: str, path: str) -> SourceFile | Diagnostic:
    # Nobody wrote the form's bundle by hand: it is one long script.
    written = path.lower().endswith(_TEXT_ENDINGS) and not path.startswith("cms/")
    limit = TEXT_LIMIT if written else MEDIA_LIMIT
    looked = time.time_ns()
    try:
        data, status = _bytes(place, limit)
    except OSError as error:
        return _unreadable(path, error)
    if data is None:
        return problem("file-special", path)
    if len(data) > limit:
        return problem("file-too-large", path, limit=limit // 1_000_000)
    signature = settled(signature_of(status), looked)
    return SourceFile(path, len(data), digest(data), signature, place, data)


def _bytes(place: str, limit: int) -> tuple[bytes | None, os.stat_result]:
    """Read one byte more than the limit at most; None for what is no file.

    Opened in such a way that what was exchanged for a link or a pipe in the meantime can't lead elsewhere or block.
    """
    flags = (
        os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    descriptor = os.open(place, flags)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return None, status
        data = os.read(descriptor, min(status.st_size, limit) + 1)
        while len(data) <= limit and (more := os.read(descriptor, limit + 1 - len(data))):
            data += more  # a file that grew, or that the system hands out in pieces
        return data, status
    finally:
        os.close(descriptor)


def _unreadable(path: str, error: OSError) -> Diagnostic:
    if isinstance(error, FileNotFoundError):
        return problem("file-vanished", path)
    return problem("file-unreadable", path, reason=error.strerror or type(error).__name__)


def _ignored(name: str) -> bool:
    """Tell whether a name belongs to an editor or a desktop rather than to the site."""
    lower = name.lower()
    return (
        lower.startswith((".", "~$"))
        or lower.endswith(_IGNORED_ENDINGS)
        or lower in _IGNORED_NAMES
        or (lower.startswith("#") and lower.endswith("#"))
    )
