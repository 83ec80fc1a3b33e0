"""The manifest of a build: what it was made from, for when it holds, and every file with its SHA-256.

It is the same for the same files, commit and stretch of time, whenever it was written: it names no moment at which
somebody built, but the one since which what it describes has been so. So a build that changes nothing changes nothing
in it either.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from stadtnetz import __version__

if TYPE_CHECKING:
    from stadtnetz.output.ledger import Entry, Ledger
    from stadtnetz.output.staging import Content

__all__ = ["MalformedManifestError", "Manifest", "complete_sums", "differences", "read_manifest", "written"]

_FORMAT = 1


class MalformedManifestError(ValueError):
    """What should be a manifest is none."""


class Manifest(Struct, frozen=True):
    """What a manifest says."""

    commit: str | None
    """The commit that everything was made from; None where there is none, or files differ from it."""
    moment: datetime | None
    """Since when what readers see has been so, as far as they can know; None for always."""
    valid_until: datetime | None
    """When it will change by itself, as far as readers can know."""
    entries: tuple[str, ...]
    """The addresses of entries' pages below the site's root: those that must not get lost."""
    files: Mapping[str, str]
    """SHA-256, in hexadecimal, by path in output/; of all but the manifest itself."""


def written(manifest: Manifest) -> bytes:
    """Return a manifest as JSON (UTF-8)."""
    content = {
        "format": _FORMAT,
        "generator": {"name": "stadtnetz", "version": __version__},
        "commit": manifest.commit,
        "moment": _text(manifest.moment),
        "valid_until": _text(manifest.valid_until),
        "entries": manifest.entries,
        "files": {file: {"sha256": manifest.files[file]} for file in sorted(manifest.files)},
    }
    return f"{json.dumps(content, ensure_ascii=False, indent=1)}\n".encode()


def read_manifest(data: bytes) -> Manifest:
    """Read a manifest, which may come from anywhere. Raises MalformedManifestError."""
    try:
        content = json.loads(data)
        if content["format"] != _FORMAT:
            raise MalformedManifestError("format")
        files = {_checked(file): _checked(one["sha256"]) for file, one in content["files"].items()}
        return Manifest(
            None if content["commit"] is None else _checked(content["commit"]),
            _moment(content["moment"]),
            _moment(content["valid_until"]),
            tuple(_checked(address) for address in content["entries"]),
            files,
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise MalformedManifestError(str(error)) from error


def complete_sums(
    entries: dict[str, Entry], fresh: Mapping[str, Content], output: Path, ledger: Ledger
) -> None:
    """Give every entry the SHA-256 of its bytes: a page has it already, other files may have it in the ledger."""
    for path, entry in entries.items():
        if entry.sum:
            continue
        recorded = ledger.rows.get(path)
        if recorded is not None and recorded.digest == entry.digest and recorded.sum:
            sum_ = recorded.sum
        else:
            source = fresh.get(path, output / path)
            sum_ = sha256(source if isinstance(source, bytes) else source.read_bytes()).hexdigest()
        entries[path] = replace(entry, sum=sum_)


def differences(
    manifest: Manifest, there: Collection[str], sum_of: Callable[[str], str | None]
) -> list[tuple[str, str]]:
    """Return each file that is not as the manifest says, with what is wrong: `missing`, `foreign` or `different`."""
    found = [(file, "foreign") for file in there if file not in manifest.files]
    for file, wanted in manifest.files.items():
        sum_ = sum_of(file)
        if sum_ != wanted:
            found.append((file, "missing" if sum_ is None else "different"))
    return sorted(found)


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _moment(value: Any) -> datetime | None:  # noqa: ANN401 - whatever stands there
    return None if value is None else datetime.fromisoformat(value)


def _checked(value: Any) -> str:  # noqa: ANN401 - whatever stands there
    if not isinstance(value, str):
        raise MalformedManifestError("text expected")
    return value
