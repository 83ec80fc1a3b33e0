"""Pagefind's index of some records, as files.

Its own Python interface waits a tenth of a second for every record, and its command line reads a folder in whatever
order the system gives. So this speaks the protocol of `pagefind --service` that the Python package documents
(`pagefind/service/types.py`): messages of JSON in base64, each ended by a comma, answered one by one.

Everything goes in and comes out in memory, in the order that is given here, and the same records give the same bytes.
Pagefind's filters do not: their values come in the order of a hash table. So what narrows a search stands in a file
of ours (`facts.json`), which also spares readers three requests for each shard.
"""

from __future__ import annotations

import binascii
import gzip
import json
import re
import subprocess
import threading
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    # Types alone: importing them would start an event loop's worth of modules.
    from pagefind.service.types import (
        InternalAddRecordRequest,
        InternalGetFilesRequest,
        InternalNewIndexRequest,
        InternalServiceRequest,
    )

    _Request = InternalNewIndexRequest | InternalAddRecordRequest | InternalGetFilesRequest

__all__ = ["PROGRAMS", "Document", "PagefindError", "executable", "index", "may_be_remembered"]

FACTS = "facts.json"
_NEEDED = (".pf_meta", ".pf_index", ".pf_fragment", "pagefind-entry.json")
"""What a search reads; Pagefind's own interface and style sheets stay where they are."""
_PROGRAM = "pagefind.js"
PROGRAMS = frozenset(
    {
        "252d272bd34d483d19a752060f6a065114d15ab12c42d8f905ca565e2768a009",  # pagefind.js
        "f1e251bdaf42bd2ded77e7dd41460ebe237cba885ec8f3094f4be995c1ebbc57",  # wasm.de.pagefind
        "bb16c9e6d3d214d4d05cccca51df7b487b86b3657318da767f6ca9e0a2e7259d",  # wasm.en.pagefind
    }
)
"""Digests (`fingerprint.digest`) of what Pagefind 1.5.2 makes browsers run.

Whoever may write to .build/ must not be able to write programs for readers: one that is remembered is believed only if
it is one of these. A test compares them with the installed version; until they are renewed, shards are indexed anew.
"""
_DATA_NAME = re.compile(
    r"facts\.json|pagefind-entry\.json|pagefind\.[\w-]+\.pf_meta|index/[\w-]+\.pf_index|fragment/[\w-]+\.pf_fragment"
)
_PROGRAM_NAME = re.compile(r"pagefind\.js|wasm\.[a-z]{2}\.pagefind")
_SIGNATURE = b"pagefind_dcd"
_PATIENCE = 600
"""Seconds without an end after which Pagefind is given up: it answers for a thousand records within a few."""


class PagefindError(Exception):
    """There is no Pagefind for this system (`search-unavailable`), or it failed (`search-failed`)."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


class Document(Struct, frozen=True):
    """What is indexed of a page, and what is to be known of it before its text is loaded."""

    url: str
    title: str
    content: str
    date: str
    facts: tuple[object, ...]


def executable() -> Path:
    """Return Pagefind's program. Raises PagefindError where its package has none for this system."""
    try:
        from pagefind_bin import get_executable  # type: ignore[import-untyped]

        found: Path = get_executable()
    except (ImportError, OSError) as error:
        raise PagefindError("search-unavailable", str(error)) from error
    return found


def index(documents: Sequence[Document], language: str, *, program: bool) -> Mapping[str, bytes]:
    """Return the files of an index: those that a search reads, and the facts by fragment.

    `program` adds what reads them in a browser. Raises PagefindError.
    """
    begin: InternalNewIndexRequest = {"type": "NewIndex", "config": {"force_language": language}}
    end: InternalGetFilesRequest = {"type": "GetFiles", "index_id": 0}
    requests: list[_Request] = [begin, *(_request(document, language) for document in documents), end]
    files = {str(file["path"]): b64decode(file["content"]) for file in _answers(requests)[-1]["files"]}
    wanted = (_PROGRAM, f"wasm.{language}.pagefind") if program else ()
    kept = {path: data for path, data in files.items() if path.endswith(_NEEDED) or path in wanted}
    facts = {document.url: document.facts for document in documents}
    by_fragment = {
        path.partition("/")[2].removesuffix(".pf_fragment"): facts[_url(data)]
        for path, data in sorted(kept.items())
        if path.endswith(".pf_fragment")
    }
    kept[FACTS] = json.dumps(by_fragment, ensure_ascii=False, separators=(",", ":")).encode()
    return dict(sorted(kept.items()))


def may_be_remembered(path: str, digest: str) -> bool:
    """Tell whether a remembered file of an index can be believed: data can, a program if it is known."""
    return _DATA_NAME.fullmatch(path) is not None or (
        _PROGRAM_NAME.fullmatch(path) is not None and digest in PROGRAMS
    )


def _request(document: Document, language: str) -> InternalAddRecordRequest:
    # What is said of a page besides its text is searched as well; a title counts five times as much.
    meta = {"title": document.title, **({"date": document.date} if document.date else {})}
    return {
        "type": "AddRecord",
        "index_id": 0,
        "url": document.url,
        "content": document.content,
        "language": language,
        "meta": meta,
        "filters": None,
        "sort": None,
    }


def _url(fragment: bytes) -> str:
    """Return the address that a fragment is about."""
    found: str = json.loads(gzip.decompress(fragment).removeprefix(_SIGNATURE))["url"]
    return found


def _answers(requests: Sequence[_Request]) -> list[dict[str, Any]]:
    """Send requests to Pagefind and return its answers."""
    messages = b"".join(_message(number, request) for number, request in enumerate(requests, start=1))
    try:
        answers = [json.loads(b64decode(one))["payload"] for one in _talk(messages, len(requests))]
    except (OSError, binascii.Error, ValueError, KeyError, TypeError) as error:
        raise PagefindError("search-failed", f"{type(error).__name__}: {error}") from error
    wrong = next((one for one in answers if one.get("type") == "Error"), None)
    if wrong is not None or len(answers) < len(requests):
        said = "ended early" if wrong is None else str(wrong.get("message"))
        raise PagefindError("search-failed", said)
    return answers


def _message(number: int, request: _Request) -> bytes:
    whole: InternalServiceRequest = {"message_id": number, "payload": request}
    return b64encode(json.dumps(whole).encode()) + b","


def _talk(messages: bytes, number: int) -> list[bytes]:
    """Write all messages while reading answers; neither side may wait for the other with full pipes."""
    with subprocess.Popen(  # noqa: S603 - the program of a package that we depend on
        [executable(), "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        limit = threading.Timer(_PATIENCE, process.kill)
        writer = threading.Thread(target=_write, args=(process, messages), daemon=True)
        limit.start()
        writer.start()
        try:
            received, ended = bytearray(), 0
            # It ends with its input, whatever it has not answered by then: so that stays open until the last answer.
            while ended < number and process.stdout is not None and (piece := process.stdout.read1(1 << 20)):  # type: ignore[attr-defined]
                ended += piece.count(b",")
                received += piece
        finally:
            limit.cancel()
            process.kill()
            writer.join()
    return bytes(received).split(b",")[:ended]


def _write(process: subprocess.Popen[bytes], messages: bytes) -> None:
    if process.stdin is not None:
        try:
            process.stdin.write(messages)
            process.stdin.flush()
        except OSError:
            return  # it has ended: the reader notices that answers are missing
