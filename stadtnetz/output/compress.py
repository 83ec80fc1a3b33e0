"""Texts beside themselves in compressed form, for servers that hand out what is there: `.br` and `.gz`.

The same bytes always give the same: no time and no name stands in them. What was compressed before stays as it is, as
long as the ledger says what of and output/ still has it.
"""

from __future__ import annotations

import gzip
import json
import posixpath
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from stadtnetz.fingerprint import digest, of_bytes, of_program
from stadtnetz.output.ledger import Entry, Ledger
from stadtnetz.workers import spread

if TYPE_CHECKING:
    from stadtnetz.output.publisher import Publisher
    from stadtnetz.output.staging import Content

__all__ = ["compressed"]

_ENDINGS = ("br", "gz")


class _Piece(Struct, frozen=True):
    """A file to be made: what of, where to put it meanwhile, and what its bytes depend on."""

    file: str
    ending: str
    source: Content
    aside: Path
    key: str


def compressed(
    entries: Mapping[str, Entry],
    fresh: Mapping[str, Content],
    endings: Collection[str],
    output: Path,
    ledger: Ledger,
    publisher: Publisher,
    progress: Callable[[int, int], None],
    *,
    jobs: int,
) -> Iterator[tuple[str, Entry, Path | None]]:
    """Yield the compressed forms of all files with these endings, and where their bytes are unless output/ has them."""
    pieces: list[_Piece] = []
    for file, entry in entries.items():
        if posixpath.splitext(file)[1].removeprefix(".") not in endings:
            continue
        for ending in _ENDINGS:
            name = f"{file}.{ending}"
            key = of_bytes(f"{ending} {of_program()} {entry.digest}".encode())
            known = ledger.rows.get(name)
            if known is not None and known.inputs == key and publisher.holds(name, known.digest):
                yield name, known, None
            else:
                source = fresh.get(file, output / file)
                aside = publisher.place(name, f"compressed-{len(pieces)}")
                pieces.append(_Piece(name, ending, source, aside, key))
    # Files of which output/ has the same bytes already are told apart only now: they need not be written again.
    for number, data in enumerate(spread(partial(_made, publisher), pieces, jobs)):
        progress(number, len(pieces))
        piece = pieces[number]
        found = json.loads(data)
        yield piece.file, Entry(found["digest"], piece.key), piece.aside if found["written"] else None
    progress(len(pieces), len(pieces))


def _made(publisher: Publisher, piece: _Piece) -> bytes:
    """Compress a file and put it aside, perhaps in a worker."""
    data = piece.source if isinstance(piece.source, bytes) else piece.source.read_bytes()
    small = _brotli(data) if piece.ending == "br" else gzip.compress(data, 9, mtime=0)
    bytes_ = digest(small)
    written = not publisher.holds(piece.file, bytes_)
    if written:
        publisher.put_aside(piece.aside, small)
    return json.dumps({"digest": bytes_, "written": written}).encode()


def _brotli(data: bytes) -> bytes:
    # Imported here: most builds compress nothing.
    import brotli

    small: bytes = brotli.compress(data, mode=brotli.MODE_TEXT, quality=11)
    return small
