"""The ledger: what each file of output/ was made from, and what the build knows of the disk.

It lives in .build/, which may come from a cache that others can write. So it is plain JSON behind a readable first
line with the digest of what follows; whatever is damaged, foreign or of another form counts as absent.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import DecodeError, Raw, Struct, field
from msgspec.json import Decoder, encode

from stadtnetz.clock import Moment
from stadtnetz.diagnostics import Diagnostic, are_sound
from stadtnetz.fingerprint import digest
from stadtnetz.signatures import NEVER, Signature, signature_of
from stadtnetz.site.listed import SitemapUrl

__all__ = ["Entry", "Kept", "Ledger", "Place", "Spare", "Summary", "Traces", "load_ledger", "save_ledger"]

_FIRST = "stadtnetz ledger 6"


class Entry(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """One file of output/. Assets, pictures and copies have a digest and a signature alone."""

    digest: str
    """Of its bytes; see `fingerprint.digest`."""
    inputs: str = ""
    """The fingerprint of everything that the page's values are made from."""
    values: str = ""
    """The fingerprint of the values themselves."""
    frame: str = ""
    """The fingerprint of how they are rendered; see `incremental.Keys`."""
    template: str = ""
    about: SitemapUrl | None = None
    """What other files must know of the page."""
    signature: Signature = NEVER


class Spare(Struct, frozen=True):
    """A second tree beside output/ that shares its files, and is some files behind it."""

    folders: Mapping[str, Signature]
    behind: tuple[str, ...]


class Traces(Struct, frozen=True):
    """What the next build has to know of the disk."""

    files: Mapping[str, Signature]
    folders: Mapping[str, Signature]
    spare: Spare | None


class Summary(Struct, frozen=True):
    """What a build was asked for and how it ended."""

    asked: dict[str, Any]
    """See `Settings.asked`."""
    program: str
    shared: dict[str, str]
    """What all files share; see `incremental.Keys`."""
    told_since: Moment | None
    told_until: Moment | None
    """The stretch of time in which site and problems stay the same; None where it has no end."""
    until: Moment | None
    """When the site changes by itself."""
    diagnostics: tuple[Diagnostic, ...]
    pages: int
    files: int
    rest: str
    """What stands for everything but news; see `site.facts`."""
    places: tuple[str, ...]
    """The places inside pages that texts link to; see `anchors.places_named`."""
    searched: bool
    """Whether the site has a search index."""
    glances: Raw
    """What lists need of the news, newest first, as JSON: for builds that plan some of them; see `network.glance`."""

    def holds_at(self, now: datetime) -> bool:
        """Tell whether a moment lies in the stretch of time for which the build holds."""
        begun = self.told_since is None or self.told_since <= now
        return begun and (self.told_until is None or now < self.told_until)


class Ledger(Struct, frozen=True):
    """What is known of the last build; `missing` says why nothing is known, "" where something is."""

    rows: Mapping[str, Entry] = field(default_factory=dict)
    folders: Mapping[str, Signature] = field(default_factory=dict)
    """The signatures of the folders of output/, by path; "" is output/ itself."""
    sources: Mapping[str, tuple[Signature, str]] = field(default_factory=dict)
    """The signatures and digests of the files that the site was made from."""
    spare: Spare | None = None
    summary: Summary | None = None
    missing: str = ""


class Kept(Struct, frozen=True):
    """A ledger that this process wrote, with the signature of its file."""

    ledger: Ledger
    signature: Signature

    def still_stands(self, path: Path) -> bool:
        """Tell whether it is what stands there."""
        try:
            return self.signature == signature_of(path.stat()) != NEVER
        except OSError:
            return False


class Place(Struct, frozen=True):
    """Where a build puts its files, and what is known of the last one there."""

    output: Path
    ledger: Ledger
    ledger_path: Path


_DECODER = Decoder(Ledger)


def load_ledger(path: Path) -> Ledger:
    """Read a ledger; one that can't be relied on is empty and says why."""
    try:
        data = memoryview(path.read_bytes())
    except FileNotFoundError:
        return Ledger(missing="absent")
    except OSError:
        return Ledger(missing="unreadable")
    body = data[_LENGTH_OF_FIRST + 1 :]
    if data[: _LENGTH_OF_FIRST + 1] != _first_line(body) + b"\n":
        return Ledger(missing="damaged")
    try:
        ledger = _DECODER.decode(body)
    except (DecodeError, RecursionError):  # of another form as well: it was written by somebody else
        return Ledger(missing="damaged")
    return ledger if _is_sound(ledger) else Ledger(missing="damaged")


_ASTRAY = ("\\", "\0", "//", "/./", "/../")
"""What is between the slashes of a path that leads out of a folder, or that no system takes."""


def _is_sound(ledger: Ledger) -> bool:
    """Tell whether all paths stay below output/, and whether what was told can be told again."""
    spare = ledger.spare
    folders = ledger.folders.keys() | (spare.folders.keys() if spare else ())  # nearly always the same
    paths = [*ledger.rows, *filter(None, folders), *(spare.behind if spare else ())]
    whole = "/".join(("", *paths, "")) if paths else ""
    straight = not any(sign in whole for sign in _ASTRAY)
    return straight and (ledger.summary is None or are_sound(ledger.summary.diagnostics))


def save_ledger(path: Path, ledger: Ledger) -> Kept | None:
    """Write a ledger in one step; None where .build/ can't be written: the next build is slower, never wrong."""
    body = encode(ledger)
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(_first_line(body) + b"\n" + body)
        beside.replace(path)
        return Kept(ledger, signature_of(path.stat()))
    except OSError:
        return None


def _first_line(body: bytes | memoryview) -> bytes:
    return f"{_FIRST} {digest(body)}".encode()


_LENGTH_OF_FIRST = len(_first_line(b""))
