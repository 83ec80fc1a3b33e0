"""Which addresses were published and are no more, without anybody saying what became of them.

Best known is that from the manifest of the published site. Without one, git's history says which entries were removed,
renamed or moved to another year: on the first parents of the present commit, which is what was published, whatever
happened on branches meanwhile. That is remembered by the commit, so only what differs from it is looked at each time.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from stadtnetz.clock import Clock
from stadtnetz.diagnostics import Diagnostic, problem
from stadtnetz.diagnostics.suggest import nearest
from stadtnetz.fingerprint import of_bytes, of_program
from stadtnetz.git import GitMissingError, ask
from stadtnetz.memory import Memory
from stadtnetz.model.news import News
from stadtnetz.model.shared import Entry
from stadtnetz.model.translation import Translation
from stadtnetz.network.files import Place, place_of
from stadtnetz.network.library import Item
from stadtnetz.site.addresses import PREFIXES, permalink
from stadtnetz.source import SourceFile, Sources
from stadtnetz.text.document import Spans

__all__ = ["lost_from_history", "lost_from_manifest"]

_CONTENT = "content"


class _Removed(Struct, frozen=True):
    """An entry's file that was removed, or says something else now: where it was, and where it may be now."""

    path: str
    address: str
    renamed: str = ""


def lost_from_manifest(published: Iterable[str], accounted: Callable[[str], bool]) -> Iterator[Diagnostic]:
    """Report addresses of the published site's entries of which nothing is known any more."""
    for address in published:
        if not accounted(address):
            yield problem("address-lost", _CONTENT, address=f"/{address}", suggestion="")


def lost_from_history(
    root: Path, sources: Sources, memory: Memory, clock: Clock, accounted: Callable[[str], bool]
) -> Iterator[Diagnostic]:
    """Report addresses that git's history knows and nothing else does, and what could not be found out."""
    try:
        asked = ask(root, "rev-parse", "HEAD", "--is-shallow-repository", "--show-prefix")
        listed = ask(root, "ls-tree", "-r", "-z", "--name-only", "HEAD", "--", _CONTENT)
        if asked is None or not listed:
            yield problem("history-missing", _CONTENT)
            return
        head, shallow = asked.decode().split("\n")[:2]
        if shallow == "true":
            yield problem("history-partial", _CONTENT)
        tracked = _names(listed)
        removed = [*_since(root, sources, clock, tracked), *_remembered(root, head, memory)]
    except GitMissingError:
        yield problem("history-missing", _CONTENT)
        return
    known: set[str] = set()
    for one in removed:
        if accounted(one.address) or one.address in known:
            continue
        known.add(one.address)
        suggestion = one.renamed if one.renamed in sources.files else _likely(one.path, sources, tracked)
        yield problem("address-lost", one.path, address=f"/{one.address}", suggestion=suggestion)


def _likely(path: str, sources: Sources, tracked: Iterable[str]) -> str:
    """Return the new file that an entry was probably renamed to, "" where none is likely."""
    folder, name = posixpath.split(path)
    ending = name.partition(".")[2]  # with its language, if it has one
    old = frozenset(tracked)
    new = [
        file
        for file in sources.files
        if file not in old
        and posixpath.dirname(file) == folder
        and posixpath.basename(file).partition(".")[2] == ending
    ]
    return new[0] if len(new) == 1 else nearest(path, new)


def _since(root: Path, sources: Sources, clock: Clock, tracked: Iterable[str]) -> Iterator[_Removed]:
    """Yield what the files at hand no longer say and the present commit does."""
    gone = [path for path in tracked if path not in sources.files]
    changed = ask(
        root,
        "diff",
        "--relative",
        "--name-only",
        "-z",
        "--diff-filter=M",
        "-G^published:",
        "HEAD",
        "--",
        f"{_CONTENT}/news",
    )
    asked = [(f"HEAD:./{path}", path, "", clock) for path in (*gone, *_names(changed or b""))]
    yield from _read(root, asked)


def _remembered(root: Path, head: str, memory: Memory) -> list[_Removed]:
    """Return what the history of a commit says, which never changes."""
    key = of_bytes(f"history {of_program()} {head} {root.name}".encode())
    try:
        rows = json.loads(memory.short(key) or b"null")
        return [_Removed(str(path), str(address), str(renamed)) for path, address, renamed in rows]
    except (ValueError, TypeError):
        pass  # not known yet, or not as it was written
    found = list(_read(root, list(_removals(root))))
    rows = [(one.path, one.address, one.renamed) for one in found]
    memory.put(key, json.dumps(rows, ensure_ascii=False).encode(), b"")
    return found


_Asked = tuple[str, str, str, Clock]
"""A file as git knows it ("<commit>^:./content/…"), its path, where it went, and the moment at which it went."""


def _removals(root: Path) -> Iterator[_Asked]:
    log = (
        "log",
        "--first-parent",
        "-m",
        "--relative",
        "-z",
        "--name-status",
        "--format=format:%x01%H %ct%x00",
    )
    yield from _logged(ask(root, *log, "-M", "--diff-filter=DR", "HEAD", "--", _CONTENT) or b"")
    years = (*log, "--no-renames", "--diff-filter=M", "-G^published:", "HEAD", "--", f"{_CONTENT}/news")
    yield from _logged(ask(root, *years) or b"")


def _logged(data: bytes) -> Iterator[_Asked]:
    """Read a log whose commits begin with 1 and whose names end with 0: a status, a name, for a renaming another."""
    for piece in data.split(b"\x01")[1:]:
        head, *fields = piece.split(b"\0")
        commit, seconds = head.decode("ascii").split(" ")
        clock = Clock.at(datetime.fromtimestamp(int(seconds), UTC))
        rest = iter([field.strip(b"\n") for field in fields])
        for status in rest:
            if status:
                path = next(rest, b"").decode("utf-8", "replace")
                renamed = next(rest, b"").decode("utf-8", "replace") if status.startswith(b"R") else ""
                yield f"{commit}^:./{path}", path, renamed, clock


def _read(root: Path, asked: list[_Asked]) -> Iterator[_Removed]:
    """Yield the addresses that readers could see at what is asked for."""
    names = "".join(f"{name}\n" for name, *_ in asked if "\n" not in name)
    answer = ask(root, "cat-file", "--batch", told=names.encode()) if names else b""
    at, data = 0, answer or b""
    for name, path, renamed, clock in asked:
        if "\n" in name or at >= len(data):
            continue
        end = data.index(b"\n", at)
        head = data[at:end].split(b" ")
        at = end + 1
        if head[-1] in (b"missing", b"ambiguous"):
            continue
        size = int(head[-1])
        address = _address(SourceFile(path, size, "", held=data[at : at + size]), clock)
        at += size + 1
        if address is not None:
            yield _Removed(path, address, renamed)


def _address(file: SourceFile, clock: Clock) -> str | None:
    """Return where readers found an entry or a translation, None where they did not."""
    place = place_of(file)
    if not isinstance(place, Place) or place.is_text:
        return None
    # Imported here for the sake of a quick start: hardly any build has to read what is gone.
    from stadtnetz.schema import parse_entry

    parsed, _ = parse_entry(
        file, place.kind, translation=bool(place.language), language=place.language or "de"
    )
    record = None if parsed is None else parsed.entry
    if isinstance(record, Translation):
        record = None if record.draft else Entry()
    elif record is None and place.language == "":
        # What today's schema refuses was there all the same; a news item's year is that of its folder then.
        year = posixpath.basename(posixpath.dirname(file.path))
        return f"aktuelles/{year}/{place.id}/" if place.kind.name == "news" else _permalink(place, Entry())
    if record is None or not _was_visible(record, clock):
        return None
    return _permalink(place, record)


def _permalink(place: Place, entry: Entry | Translation) -> str | None:
    if not isinstance(entry, Entry):
        return None
    spans = Spans({}, {})
    path = permalink(Item(place.kind.name, place.id, place.file.path, entry, None, "", spans, (), ""))
    if path is None or "#" in path:
        return None
    return (PREFIXES[place.language] if place.language else "") + path


def _was_visible(entry: Entry | Translation, clock: Clock) -> bool:
    """Tell whether readers could see an entry up to a moment; one that expired before that was seen as well."""
    if entry.draft or not isinstance(entry, News):
        return not entry.draft
    opens = (entry.published, entry.embargo)
    return all(date is None or clock.reached(date) for date in opens)


def _names(listed: bytes) -> list[str]:
    return [name for name in listed.decode("utf-8", "replace").split("\0") if name]
