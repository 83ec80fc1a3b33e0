"""The search index: every shard that has changed is indexed, the others are taken out of the memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from msgspec import Struct

from stadtnetz.diagnostics import Diagnostic, problem
from stadtnetz.fingerprint import digest, of_program
from stadtnetz.memory import Memory
from stadtnetz.render.pagefind import Document, PagefindError, index, may_be_remembered
from stadtnetz.site.findable import Findable, Shard
from stadtnetz.text.compounds import Compounds, marked

__all__ = ["StoredPiece", "index_files", "last_indexed"]

_LAST = "shards"


class StoredPiece(Struct, frozen=True):
    """A file of the index: the digest of its bytes, and where the memory has them in one long part."""

    digest: str
    key: str
    start: int
    end: int


def index_files(
    shards: Iterable[Shard], memory: Memory
) -> tuple[Mapping[str, StoredPiece], tuple[Diagnostic, ...]]:
    """Return every file of the index by its path in output/, or why there is none."""
    found: dict[str, StoredPiece] = {}
    last: dict[str, Shard] = {}
    for shard in shards:
        last[shard.name] = shard
        try:
            found |= _known(shard, memory) or _indexed(shard, memory)
        except PagefindError as error:
            return {}, (problem(error.code, "site.yaml", detail=error.detail),)
    memory.keep(_LAST, last)
    return found, ()


def last_indexed(memory: Memory) -> Mapping[str, Shard]:
    """Return the shards that this process indexed last, by name, as far as the memory has their files."""
    last: dict[str, Shard] = memory.lasting(_LAST, dict)
    return {name: shard for name, shard in last.items() if _known(shard, memory)}


def _key(shard: Shard) -> str:
    return digest(f"search {of_program()} {shard.key}".encode())


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


def _indexed(shard: Shard, memory: Memory) -> dict[str, StoredPiece]:
    """Index a shard. Raises PagefindError."""
    contents = list(shard.contents())
    compounds = Compounds(text for one, content in contents for text in (one.title, content))
    documents = [_document(one, content, compounds, shard) for one, content in contents]
    files = index(documents, shard.language, program=shard.leads)
    sizes = [(path, digest(data), len(data)) for path, data in files.items()]
    key = _key(shard)
    memory.put(key, json.dumps(sizes).encode(), b"".join(files.values()))
    return _pieces(shard, key, sizes)


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
