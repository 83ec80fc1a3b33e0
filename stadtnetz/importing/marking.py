"""Blocks as Markdown: what the release has as signs stays signs, and nothing in it can become markup of ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from stadtnetz.importing.blocks import Block, Form
from stadtnetz.importing.names import Mention
from stadtnetz.importing.release import Linked

__all__ = ["as_markdown", "escaped"]

_SIGNS = re.compile(r"[\\`\[\]<>{}|]|(?<![^\W_])[*_]|[*_](?![^\W_])|&(?=#?\w{1,31};)|!(?=\[)")
"""Signs that mean something inside a line. Inside a word `*` and `_` stay: Bürger*innen, Kolleg_innen."""


def as_markdown(blocks: Iterable[Linked]) -> str:
    """Return blocks as the text of an entry; headings are of the second rank, as in all entries."""
    parts: list[str] = []
    before: Block | None = None
    for linked in blocks:
        block = linked.block
        line = _block(linked)
        together = (
            before is not None and before.form is block.form is Form.ITEM and before.level == block.level
        )
        parts.append(("\n" if together else "\n\n" if parts else "") + line)
        before = block
    return "".join(parts)


def _block(linked: Linked) -> str:
    block = linked.block
    text = re.sub(r"  +", " ", "".join(_runs(block, linked.mentions))).strip()
    if block.form is Form.HEADING:
        # Signs at the end would count as the heading's own: "## Platz #" is "Platz".
        return "## " + re.sub(r"#(?=#*$)", r"\\#", text)
    if block.form is Form.ITEM:
        return f"{'1.' if block.level else '-'} {_at_start(text)}"
    return _at_start(text)


def escaped(text: str) -> str:
    """Return a text whose signs Markdown leaves alone, inside a line."""
    return _SIGNS.sub(lambda sign: _ENTITIES.get(sign[0], f"\\{sign[0]}"), text)


_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "|": "&#124;"}
"""What a backslash does not take the meaning from."""


def _at_start(text: str) -> str:
    """Return a paragraph or an item whose first signs make no list, heading or rule of it."""
    number = re.match(r"(\d{1,9})([.)])(?=\s)", text)
    if number:
        return f"{number[1]}\\{text[number.end(1) :]}"
    if text.startswith("~~~"):
        return f"&#126;{text[1:]}"
    return f"\\{text}" if re.match(r"[-+#]", text) else text


def _runs(block: Block, mentions: tuple[Mention, ...]) -> Iterator[str]:
    at = 0
    for run in block.runs:
        end = at + len(run.text)
        inside = [one for one in mentions if at <= one.start and one.end <= end] if not run.link else []
        pieces, done = "", at
        for one in inside:
            pieces += escaped(run.text[done - at : one.start - at])
            pieces += f"[{escaped(run.text[one.start - at : one.end - at])}]({one.kind}:{one.id})"
            done = one.end
        pieces += escaped(run.text[done - at :])
        yield _emphasised(
            pieces, bold=run.bold and not block.bold, italic=run.italic, link=run.link, plain=run.text
        )
        at = end


def _emphasised(text: str, *, bold: bool, italic: bool, link: str, plain: str) -> str:
    core = text.strip()
    if not core or not any(sign.isalnum() for sign in plain):
        return text
    head, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    marks = ("**" if bold else "") + ("*" if italic else "")
    if link and not re.search(r"[()\\\s]", link):
        core = f"[{core}]({link})"
    return f"{head}{marks}{core}{marks[::-1]}{tail}"
