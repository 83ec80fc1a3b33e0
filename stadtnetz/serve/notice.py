"""What a browser is told about a build: the problems, in the words and with the excerpts that `check` prints."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import quote

from msgspec import Struct

from stadtnetz.diagnostics import Diagnostic, Severity, Span
from stadtnetz.diagnostics.catalogue import note, wording
from stadtnetz.diagnostics.printers import excerpt, place, visible
from stadtnetz.serve.words import Words
from stadtnetz.source import Sources

__all__ = ["EDITORS", "Notice", "editor_address", "editor_link", "notice_of_failure", "notice_of_problems"]

EDITORS = {
    "vscode": "vscode://file{path}:{line}:{column}",
    "vscodium": "vscodium://file{path}:{line}:{column}",
    "idea": "idea://open?file={path}&line={line}&column={column}",
    "zed": "zed://file{path}:{line}:{column}",
}
"""Addresses that open a file in an editor, as the editors' makers describe them."""


class Notice(Struct, frozen=True):
    """What a browser shows beside the page, as JSON can hold it; `key` stands for all of it.

    `severity` is "error", "warning" or "none"; a browser opens errors by itself unless this key was closed.
    """

    key: str
    severity: str
    content: dict[str, Any]


def notice_of_problems(
    diagnostics: Sequence[Diagnostic],
    sources: Sources,
    words: Words,
    link: str,
    *,
    published: bool,
    ready: bool,
) -> Notice:
    """Tell of a build that came to its end. `link` is an editor's address with blanks, "" for no links.

    `published` is whether the page shows the newest state, `ready` whether there is any page.
    """
    # Errors first: they are what keeps the page from the editor.
    ordered = sorted(diagnostics, key=lambda one: list(Severity).index(one.severity))
    said = words.attention if published else words.kept if ready else words.unbuilt
    content = {
        "heading": words.count(one.severity for one in ordered),
        "note": said,
        "problems": [_told(one, sources, words, link) for one in ordered],
    }
    return _notice("none" if not ordered else "warning" if published else "error", content, words)


def notice_of_failure(words: Words) -> Notice:
    """Tell of a mistake of ours; its traceback is for the terminal."""
    return _notice("error", {"heading": words.failed, "note": words.failed_note, "problems": []}, words)


def _notice(severity: str, content: dict[str, Any], words: Words) -> Notice:
    told = {**content, "close": words.close, "editor": words.editor, "offline": words.offline}
    key = blake2b(json.dumps([severity, content]).encode("utf-8", "replace"), digest_size=8).hexdigest()
    return Notice(key, severity, told)


def _told(one: Diagnostic, sources: Sources, words: Words, link: str) -> dict[str, Any]:
    message, hint = wording(one.code, dict(one.params), words.language)
    lines = excerpt(_text(sources, one.path), one.span, lambda text, _: text, "")
    return {
        "severity": one.severity.value,
        "label": words.labels[one.severity],
        "code": one.code,
        "place": place(one.path, one.span),
        "link": editor_link(link, one.path, one.span),
        "message": visible(message),
        "excerpt": "\n".join(line.removeprefix("  ") for line in lines),
        "hint": f"{words.hint}: {visible(hint)}" if hint else "",
        "related": [
            {
                "note": note(other.note, words.language),
                "place": place(other.path, other.span),
                "link": editor_link(link, other.path, other.span),
            }
            for other in one.related
        ],
    }


def editor_link(link: str, path: str, span: Span | None) -> str:
    """Fill an editor's address."""
    line, column = (1, 1) if span is None else (span.line, span.column)
    return link.replace("{path}", quote(path)).replace("{line}", str(line)).replace("{column}", str(column))


def editor_address(editor: str, root: Path) -> str:
    """Return the address that opens files below a root, with a blank for the path below it; "" for no editor."""
    start = root.absolute().as_posix()
    start = start if start.startswith("/") else f"/{start}"  # a drive on Windows
    return EDITORS.get(editor, editor).replace("{path}", f"{quote(start, safe='/:')}/{{path}}")


def _text(sources: Sources, path: str) -> str | None:
    file = sources.files.get(path)
    if file is None:
        return None
    text = file.data.removeprefix(BOM_UTF8).decode("utf-8", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")
