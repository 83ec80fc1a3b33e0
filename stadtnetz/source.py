"""Read what the site is made from: site.yaml, content/ and templates/, each file once, as bytes.

Everything later works on these bytes, so that a build sees one state of every file. What is not an ordinary file
inside its folder is reported and left alone: a link must not bring a foreign file onto the site, and a pipe must
not stop the build. Nothing is interpreted here.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from stadtnetz.diagnostics import Diagnostic, Related, problem

__all__ = ["MEDIA_LIMIT", "TEXT_LIMIT", "SourceFile", "Sources", "read_sources"]

TEXT_LIMIT = 2_000_000
"""Bytes; a book has less. Anything larger under a text's name is a mistake."""
MEDIA_LIMIT = 60_000_000
"""Bytes; a large photograph straight from the camera fits."""

_FOLDERS = ("content", "templates")
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
_IGNORED_NAMES = ("thumbs.db", "desktop.ini")
_IGNORED_ENDINGS = ("~", ".swp", ".swo", ".bak", ".tmp", ".orig")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file: its path from the root with forward slashes in NFC, its bytes, and their BLAKE2b-128 in hex."""

    path: str
    data: bytes
    digest: str

    @classmethod
    def of(cls, path: str, data: bytes) -> SourceFile:
        """Make a file from its bytes."""
        return cls(path, data, blake2b(data, digest_size=16).hexdigest())


@dataclass(frozen=True, slots=True)
class Sources:
    """Every file that was read, by path, in the order of the paths."""

    files: Mapping[str, SourceFile]


def read_sources(root: Path) -> tuple[Sources, tuple[Diagnostic, ...]]:
    """Read site.yaml, content/ and templates/ below the root."""
    found: list[SourceFile | Diagnostic] = []
    site = root / "site.yaml"
    if os.path.lexists(site):
        found.append(_read(site, "site.yaml", Path(os.path.realpath(root))))
    else:
        found.append(problem("site-missing", "site.yaml"))
    for folder in _FOLDERS:
        if (root / folder).is_dir():
            inside = Path(os.path.realpath(root / folder))
            found += _walk(root / folder, folder, inside, frozenset({inside}))
        elif folder == "content":
            found.append(problem("content-missing", folder))
    files = {item.path: item for item in found if isinstance(item, SourceFile)}
    return Sources(dict(sorted(files.items()))), tuple(item for item in found if isinstance(item, Diagnostic))


def _walk(folder: Path, path: str, inside: Path, above: frozenset[Path]) -> Iterator[SourceFile | Diagnostic]:
    """Yield a folder's files and problems; `above` are the real folders on the way here, against loops."""
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 - names as they are stored, before Path sees them
    except OSError as error:
        yield _unreadable(path, error)
        return
    taken: dict[str, str] = {}
    for raw in names:
        if _ignored(raw):
            continue
        name = unicodedata.normalize("NFC", raw)
        if not name.isprintable() or "\\" in name:
            shown = os.fsencode(raw).decode("utf-8", "replace")
            yield problem("file-name-characters", f"{path}/{shown}", name=shown)
            continue
        there = f"{path}/{name}"
        same = unicodedata.normalize("NFC", name.casefold())
        if same in taken:
            yield problem(
                "file-name-collision", there, related=(Related("other-here", taken[same]),), name=name
            )
            continue
        taken[same] = there
        yield from _visit(folder / raw, there, inside, above)


def _visit(place: Path, path: str, inside: Path, above: frozenset[Path]) -> Iterator[SourceFile | Diagnostic]:
    try:
        is_link = place.is_symlink()
        real = Path(os.path.realpath(place, strict=True))
        mode = real.stat().st_mode
    except OSError as error:
        # A link to itself and a link to nothing look alike to whoever has to mend them.
        yield problem("link-dangling", path) if place.is_symlink() else _unreadable(path, error)
        return
    if is_link and not real.is_relative_to(inside):
        yield problem("link-leaves-content", path, folder=path.partition("/")[0])
    elif not stat.S_ISDIR(mode):
        yield _read(place, path, inside)
    elif real in above:
        yield problem("link-loop", path)
    else:
        yield from _walk(place, path, inside, above | {real})


def _read(place: Path, path: str, inside: Path) -> SourceFile | Diagnostic:
    """Read one file, in such a way that a file exchanged in the meantime can't lead elsewhere or block."""
    limit = TEXT_LIMIT if path.lower().endswith(_TEXT_ENDINGS) else MEDIA_LIMIT
    try:
        real = Path(os.path.realpath(place, strict=True))
        if not real.is_relative_to(inside):
            return problem("link-leaves-content", path, folder=path.partition("/")[0])
        if not stat.S_ISREG(real.stat().st_mode):
            return problem("file-special", path)
        flags = (
            os.O_RDONLY
            | getattr(os, "O_NOFOLLOW", 0)
            | getattr(os, "O_NONBLOCK", 0)
            | getattr(os, "O_BINARY", 0)
        )
        with open(os.open(real, flags), "rb") as file:  # noqa: PTH123 - Path.open can't take a descriptor
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return problem("file-special", path)
            data = file.read(limit + 1)
    except OSError as error:
        return problem("link-dangling", path) if place.is_symlink() else _unreadable(path, error)
    if len(data) > limit:
        return problem("file-too-large", path, limit=limit // 1_000_000)
    return SourceFile.of(path, data)


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
