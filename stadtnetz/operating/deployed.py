"""A site that is published already: its manifest, and whether what stands there is what the manifest says."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from errno import EIO
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

from msgspec.structs import replace

from stadtnetz import __version__
from stadtnetz.output.manifest import MalformedManifestError, Manifest, differences, read_manifest
from stadtnetz.output.marker import MARKER

__all__ = ["UnreadableError", "manifest_at", "verify_folder", "verify_site"]

_TIMEOUT = 20.0
"""Seconds for one answer."""
_LARGEST = 200_000_000
"""Bytes: no file of a site is larger (`source.MEDIA_LIMIT`)."""
_SHOWN = 0.9
"""The share of files that must be at their own addresses: some old ones lead on, as they should."""
_AT_A_TIME = 8
"""Requests: few enough to be polite."""


@dataclass
class UnreadableError(Exception):
    """A manifest can't be read; `detail` says why, in the words of the system.

    `reason` is "unpublished" (there is none), "unreachable" or "unreadable" (what is there is none).
    """

    detail: str
    reason: str = "unreadable"


def _is_address(where: str) -> bool:
    """Tell whether something is the address of a site rather than a file."""
    return urlsplit(where).scheme in ("http", "https")


def manifest_at(where: str) -> Manifest:
    """Read a manifest from a file or an address. Raises UnreadableError."""
    try:
        if not _is_address(where):
            return read_manifest(Path(where).read_bytes())
        found = _fetched(where)
        if found is None:
            raise UnreadableError("404", "unpublished")
        return read_manifest(found[1])
    except MalformedManifestError as error:
        raise UnreadableError(str(error)) from error
    except FileNotFoundError as error:
        raise UnreadableError(error.strerror or str(error), "unpublished") from error
    except (OSError, ValueError) as error:  # an address that is none, too
        raise UnreadableError(getattr(error, "strerror", None) or str(error), "unreachable") from error


def verify_folder(manifest: Manifest, folder: Path, own: str) -> list[tuple[str, str]]:
    """Compare a folder with a manifest; `own` is where in it the manifest stands, "" where it does not."""
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}

    def sum_of(file: str) -> str | None:
        return sha256((folder / file).read_bytes()).hexdigest() if file in there else None

    return differences(manifest, there - {own, MARKER}, sum_of)


def verify_site(manifest: Manifest, base_url: str) -> list[tuple[str, str]]:
    """Ask a server for every file that it gives to readers. Raises UnreadableError where it does not answer.

    What stands there besides can't be seen from outside, nor what stands where the server leads elsewhere.
    """
    asked = dict(_asked(manifest))
    try:
        with ThreadPoolExecutor(_AT_A_TIME) as pool:
            answers = pool.map(lambda path: _sum(base_url + quote(path)), asked.values())
            sums = dict(zip(asked, answers, strict=True))
    except OSError as error:
        raise UnreadableError(f"{error.strerror or error}: {error.filename or base_url}") from error
    shown = {file: manifest.files[file] for file in asked if sums[file] != _ELSEWHERE}
    if len(shown) < len(asked) * _SHOWN:
        # A login, another host, an address without https: what answers there is not the site.
        raise UnreadableError(f"{len(asked) - len(shown)} × 30x: {base_url}")
    return differences(replace(manifest, files=shown), shown, sums.get)


_ELSEWHERE = "elsewhere"


def _sum(address: str) -> str | None:
    """Return the SHA-256 of what a server has at an address, `_ELSEWHERE` where it leads to another."""
    found = _fetched(address)
    if found is None:
        return None
    at, data = found
    return sha256(data).hexdigest() if at == address else _ELSEWHERE


def _asked(manifest: Manifest) -> Iterator[tuple[str, str]]:
    """Yield the files that readers can get, with the path that they ask for."""
    for file in manifest.files:
        if file.endswith((".br", ".gz")) and file.rpartition(".")[0] in manifest.files:
            continue  # what a server sends in its place
        for_servers = file.startswith((".", "_")) and not file.startswith(".well-known/")
        if not for_servers and file not in ("CNAME", "404.html", "410.html"):
            yield file, file.removesuffix("index.html") if file.rpartition("/")[2] == "index.html" else file


def _fetched(address: str) -> tuple[str, bytes] | None:
    """Return where a server's answer stands, and what it is; None for what it does not have. Raises OSError."""
    headers = {
        "User-Agent": f"stadtnetz/{__version__}",
        "Accept-Encoding": "identity",
        "Cache-Control": "no-cache",
    }
    request = Request(address, headers=headers)  # noqa: S310 - http and https only, see is_address
    try:
        with urlopen(request, timeout=_TIMEOUT) as answer:  # noqa: S310 - http and https only, see is_address
            return answer.geturl(), answer.read(_LARGEST + 1)
    except HTTPError as error:
        if error.code in (404, 410):
            return None
        raise OSError(EIO, f"HTTP {error.code}", address) from error
    except URLError as error:
        raise OSError(EIO, str(error.reason), address) from error
    except HTTPException as error:
        raise OSError(EIO, type(error).__name__, address) from error
