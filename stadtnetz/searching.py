"""The search index: every shard that has changed is indexed, the others are taken out of the memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from msgspec import Struct
from msgspec.msgpack import Decoder, encode

from stadtnetz.diagnostics import Diagnostic, problem
from stadtnetz.fingerprint import digest, of_bytes, of_program
from stadtnetz.memory import Memory
from stadtnetz.render.pagefind import Document, PagefindError, index, may_be_remembered
from stadtnetz.site.findable import Findable, Shard
from stadtnetz.text.compounds import Compounds, marked
from stadtnetz.workers import Meanwhile

__all__ = ["Indexing", "StoredPiece", "last_indexed"]

_LAST = "shards"


class StoredPiece(Struct, frozen=True):
    """A file of the index: the digest of its bytes, and where the memory has them in one long part."""

    digest: str
    key: str
    start: int
    end: int


_Contents = Sequence[tuple[Findable, str]]
"""What a shard holds, with the whole texts."""
_Files = tuple[Mapping[str, StoredPiece], tuple[Diagnostic, ...]]


class Indexing:
    """The index in the making; whoever begins it ends it with `drop`."""

    def __init__(self, shards: Iterable[Shard], memory: Memory, *, aside: bool = False) -> None:
        """Begin; `aside` where other processes may make the few shards that an edit changes."""
        self._shards = tuple(shards)
        self._memory = memory
        self._files: _Files | None = None
        missing = [shard for shard in self._shards if not _known(shard, memory)]
        # The texts of many would have to be held all at once.
        few = missing if aside and len(missing) <= _FEW else []
        # What stands in them is read here: another process must not use our memory's file.
        works = {shard.key: partial(_encoded, list(shard.contents()), shard) for shard in few}
        self._begun = {key: Meanwhile(work) for key, work in works.items()}

    @property
    def is_begun(self) -> bool:
        """Tell whether other processes are at work on it."""
        return bool(self._begun)

    def files(self) -> _Files:
        """Return every file of the index by its path in output/, or why there is none."""
        if self._files is None:
            self._files = self._made()
        return self._files

    def _made(self) -> _Files:
        found: dict[str, StoredPiece] = {}
        for shard in self._shards:
            try:
                found |= _known(shard, self._memory) or self._indexed(shard)
            except PagefindError as error:
                return {}, (problem(error.code, "site.yaml", detail=error.detail),)
        if self._shards:
            self._memory.keep(_LAST, {shard.name: shard for shard in self._shards})
        return found, ()

    def _indexed(self, shard: Shard) -> dict[str, StoredPiece]:
        """Index a shard. Raises PagefindError."""
        begun = self._begun.get(shard.key)
        made = _DECODER.decode(_encoded(list(shard.contents()), shard) if begun is None else begun.result())
        if made.code:
            raise PagefindError(made.code, made.detail)
        sizes = [(path, digest(data), len(data)) for path, data in made.files.items()]
        key = _key(shard)
        self._memory.put(key, json.dumps(sizes).encode(), b"".join(made.files.values()))
        return _pieces(shard, key, sizes)

    def drop(self) -> None:
        """Go no further."""
        for begun in self._begun.values():
            begun.drop()


_FEW = 2
"""Shards: an edit changes that of its year, and a new title that of a page that names it."""


def last_indexed(memory: Memory) -> Mapping[str, Shard]:
    """Return the shards that this process indexed last, by name, as far as the memory has their files."""
    last: dict[str, Shard] = memory.lasting(_LAST, dict)
    return {name: shard for name, shard in last.items() if _known(shard, memory)}


def _key(shard: Shard) -> str:
    return of_bytes(f"search {of_program()} {shard.key}".encode())


def _known(shard: Shard, memory: Memory) -> dict[str, StoredPiece]:
    """Return the files of a shard that was indexed before; none where that was forgotten or is malformed."""
    key = _key(shard)
    try:
        rows = json.loads(memory.short(key) or b"[]")
        sizes = [(str(path), str(bytes_), int(size)) for path, bytes_, size in rows]
    except (ValueError, TypeError):
        return {}
    if not all(size >= 0 and may_be_remembered(path, bytes_) for path, bytes_, size in sizes):
        return {}
    return _pieces(shard, key, sizes)


def _documents(contents: _Contents, shard: Shard) -> list[Document]:
    compounds = Compounds(text for one, content in contents for text in (one.title, content))
    return [_document(one, content, compounds, shard) for one, content in contents]


class _Made(Struct, frozen=True):
    """A shard's files, or why there are none."""

    files: dict[str, bytes] = {}
    code: str = ""
    detail: str = ""


_DECODER = Decoder(_Made)


def _encoded(contents: _Contents, shard: Shard) -> bytes:
    """Index a shard, perhaps in another process."""
    try:
        return encode(_Made(dict(index(_documents(contents, shard), shard.language, program=shard.leads))))
    except PagefindError as error:
        return encode(_Made(code=error.code, detail=error.detail))


def _document(one: Findable, content: str, compounds: Compounds, shard: Shard) -> Document:
    german = shard.language == "de"
    return Document(
        url=one.path,
        title=marked(one.title, compounds) if german else one.title,
        content=marked(content, compounds) if german else content,
        date=one.date,
        facts=(one.title, one.kind, one.states, one.date[:4], one.language, one.versions),
    )


def _pieces(shard: Shard, key: str, sizes: Iterable[tuple[str, str, int]]) -> dict[str, StoredPiece]:
    found: dict[str, StoredPiece] = {}
    start = 0
    for path, bytes_, size in sizes:
        found[f"{shard.folder}{path}"] = StoredPiece(bytes_, key, start, start + size)
        start += size
    return found
