"""Style sheets and icons under names that change with their content.

A browser may keep such a file for ever, and a page never meets the style sheet of another build. A page
names an asset by its plain name (`site.css`); a name that leads nowhere is an error, since a page without its
style sheet would otherwise only be noticed by its readers.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stadtnetz.source import Sources

__all__ = ["ASSETS_FOLDER", "Assets", "MissingAsset", "UnknownAssetError", "load_assets"]

ASSETS_FOLDER = "templates/assets/"

_CSS_URL = re.compile(
    rb"""/\*.*?\*/ | (?<![\w-]) url\( \s* (?P<quote>["']?) (?P<name>[^"'()\s]+) (?P=quote) \s* \)""",
    re.VERBOSE | re.DOTALL,
)
"""Comments match as well, without a name, so that what they say does not count."""

_SPARE = re.compile(
    rb"""
      (?P<kept> "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*' )
    | (?:\s|/\*.*?\*/)* (?P<sign> [{};] ) (?:\s|/\*.*?\*/)*
    | (?P<space> \s (?:\s|/\*.*?\*/)* )
    | /\*.*?\*/
    """,
    re.VERBOSE | re.DOTALL,
)
"""What a style sheet can do without: comments, and white space beyond one space or beside signs that separate."""

_NOT_A_FILE = re.compile(rb"[a-z][a-z0-9+.-]*:|/|#", re.IGNORECASE)
"""Addresses with a scheme, from the root or inside the style sheet: not names of assets."""


class UnknownAssetError(LookupError):
    """A template names an asset that does not exist."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class MissingAsset(Struct, frozen=True):
    """A style sheet names a file that does not exist."""

    path: str
    line: int
    name: str


class Assets(Struct, frozen=True):
    """All assets, ready to be written."""

    base_path: str
    """What stands before an output path in an address; ends with a slash."""
    paths: Mapping[str, str]
    """From plain names to output paths, as a rule with fingerprints."""
    files: Mapping[str, bytes]
    """From output paths to content."""
    missing: tuple[MissingAsset, ...] = ()

    def url(self, name: str) -> str:
        """Return the address of an asset. Raises UnknownAssetError."""
        if name not in self.paths:
            raise UnknownAssetError(name)
        return self.base_path + self.paths[name]


def load_assets(sources: Sources, base_path: str, *, fingerprints: bool = True) -> Assets:
    """Name everything in templates/assets/ by its content, or as it is; nothing is raised, see `Assets.missing`.

    Style sheets lose their comments and spare white space; scripts stay as they are written.

    Style sheets come last, since their own fingerprints cover the names of what they show; so they cannot
    import one another.
    """
    originals = {
        path.removeprefix(ASSETS_FOLDER): file.data
        for path, file in sources.files.items()
        if path.startswith(ASSETS_FOLDER)
    }
    paths: dict[str, str] = {}
    files: dict[str, bytes] = {}
    missing: list[MissingAsset] = []
    for name in sorted(originals, key=lambda name: (name.endswith(".css"), name)):
        data = originals[name]
        if name.endswith(".css"):
            data, unknown = _with_fingerprints(data, name, paths)
            missing += unknown
            data = _tightened(data)
        paths[name] = _output_path(name, data) if fingerprints else f"assets/{name}"
        files[paths[name]] = data
    return Assets(base_path, paths, files, tuple(missing))


def _with_fingerprints(
    data: bytes, sheet: str, paths: Mapping[str, str]
) -> tuple[bytes, tuple[MissingAsset, ...]]:
    """Point every `url(...)` of a style sheet to its asset's output name."""
    folder = posixpath.dirname(sheet)
    missing: list[MissingAsset] = []

    def replace(match: re.Match[bytes]) -> bytes:
        if match["name"] is None or _NOT_A_FILE.match(match["name"]):
            return match[0]
        address, mark, rest = re.split(r"([?#]|$)", match["name"].decode("utf-8", "replace"), maxsplit=1)
        name = posixpath.normpath(posixpath.join(folder, address))
        if name not in paths:
            line = data.count(b"\n", 0, match.start()) + 1
            missing.append(MissingAsset(ASSETS_FOLDER + sheet, line, name))
            return match[0]
        # Relative to the style sheet: its bytes do not depend on where the site is deployed.
        target = posixpath.relpath(paths[name], posixpath.join("assets", folder))
        return f'url("{target}{mark}{rest}")'.encode()

    return _CSS_URL.sub(replace, data), tuple(missing)


def _tightened(data: bytes) -> bytes:
    """Drop comments and spare white space, nothing else.

    That is most of what there is to save, and safe to tell by eye; rcssmin 1.3, for one, takes `nav :is(ul)` for
    `nav:is(ul)`.
    """
    return _SPARE.sub(
        lambda match: match["kept"] or match["sign"] or (b" " if match["space"] else b""), data
    ).strip()


def _output_path(name: str, data: bytes) -> str:
    stem, ending = posixpath.splitext(name)
    return f"assets/{stem}.{hashlib.blake2b(data, digest_size=4).hexdigest()}{ending}"
