"""A difference for a terminal, for a merge request (Markdown), for a browser (HTML), and for programs (JSON)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from html import escape

import click
from msgspec import Struct, to_builtins

from stadtnetz.authoring.difference import Difference
from stadtnetz.authoring.wording import Line
from stadtnetz.cli.diff_words import DIFF_WORDS
from stadtnetz.diagnostics.printers import visible
from stadtnetz.diagnostics.reports.markdown import as_it_is

__all__ = ["render"]

_MOST = 50
"""Addresses in a list without texts: nobody reads more, and a merge request has room for little."""


class _Form(Struct, frozen=True):
    """How a format writes the parts of a report; texts come as they are, and are made harmless here."""

    title: Callable[[str], str]
    heading: Callable[[str, int], str]
    note: Callable[[str], str]
    item: Callable[[str], str]
    page: Callable[[str, str], str]
    line: Callable[[Line], str]


def render(difference: Difference, name: str, format_: str, language: str) -> str:
    """Return the report as text, Markdown, HTML or JSON. `name` says what was compared with."""
    if format_ == "json":
        return json.dumps({"base": name, **to_builtins(difference)}, ensure_ascii=False, indent=2)
    form = _FORMS[format_]
    words = DIFF_WORDS[language]
    title = words["title"].format(name=name)
    parts = [form.title(title), *_sections(difference, form, words)]
    if difference.is_empty:
        parts.append(form.note(words["none"]))
    text = "\n".join(parts)
    return _document(title, text, language) if format_ == "html" else text


def _sections(difference: Difference, form: _Form, words: Mapping[str, str]) -> Iterator[str]:
    for name in ("added", "removed"):
        addresses: tuple[str, ...] = getattr(difference, name)
        yield from _listed(words[name], addresses, form, words)
        if addresses and name == "removed":
            yield form.note(words["removed-hint"])
    if difference.moved:
        yield form.heading(words["moved"], len(difference.moved))
        for one in difference.moved:
            yield form.page(f"{one.before} → {one.address}", "")
            yield from map(form.line, one.lines)
    leading = tuple(f"{one.before} → {one.address}" for one in difference.redirected)
    yield from _listed(words["redirected"], leading, form, words)
    if difference.changed:
        yield form.heading(words["changed"], len(difference.changed))
        for page in difference.changed:
            yield form.page(page.address, "")
            yield from map(form.line, page.lines)
    if difference.around:
        yield form.heading(words["around"], len(difference.around))
        for around in difference.around:
            number, first = len(around.addresses), around.addresses[0]
            yield form.page("", words["on" if number > 1 else "on-one"].format(number=number, address=first))
            yield from map(form.line, around.lines)
    yield from _listed(words["markup"], difference.markup, form, words)
    files = [
        f"{file}: {words[f'file-{what}']}"
        for what in ("added", "removed", "changed")
        for file in getattr(difference, f"files_{what}")
    ]
    yield from _listed(words["files"], tuple(files), form, words)


def _listed(heading: str, items: tuple[str, ...], form: _Form, words: Mapping[str, str]) -> Iterator[str]:
    if not items:
        return
    yield form.heading(heading, len(items))
    yield from map(form.item, items[:_MOST])
    if len(items) > _MOST:
        yield form.item(words["more"].format(number=len(items) - _MOST))


_COLOURS = {"gone": "red", "new": "green"}
_BRACKETS = {"same": ("", ""), "gone": ("[-", "-]"), "new": ("{+", "+}")}


def _text_line(line: Line) -> str:
    """Mark what is gone and new by signs as well as by colour."""
    if len(line) == 1:
        sign = {"gone": "-", "new": "+", "same": " "}[line[0].kind]
        return f"    {click.style(f'{sign} {visible(line[0].text)}', fg=_COLOURS.get(line[0].kind))}"
    pieces = []
    for piece in line:
        opening, closing = _BRACKETS[piece.kind]
        pieces.append(click.style(f"{opening}{visible(piece.text)}{closing}", fg=_COLOURS.get(piece.kind)))
    return f"    ~ {''.join(pieces)}"


def _markdown_line(line: Line) -> str:
    pieces = []
    for piece in line:
        # Marks must touch what they mark: blanks at the edge stay outside.
        inner = piece.text.strip()
        start, _, end = piece.text.partition(inner) if inner else (piece.text, "", "")
        mark = {"same": "", "gone": "~~", "new": "**"}[piece.kind] if inner else ""
        pieces.append(f"{start}{mark}{as_it_is(inner)}{mark}{end}")
    return f"    - {''.join(pieces)}"


def _html_line(line: Line) -> str:
    tags = {"same": "span", "gone": "del", "new": "ins"}
    pieces = "".join(
        escape(piece.text)
        if piece.kind == "same"
        else f"<{tags[piece.kind]}>{escape(piece.text)}</{tags[piece.kind]}>"
        for piece in line
    )
    return f"<p>{pieces}</p>"


def _document(title: str, body: str, language: str) -> str:
    return (
        f'<!doctype html>\n<html lang="{language}">\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{escape(title)}</title>\n'
        f"<main>\n{body}\n</main>\n</html>"
    )


_FORMS: Mapping[str, _Form] = {
    "text": _Form(
        title=lambda text: click.style(visible(text), bold=True),
        heading=lambda text, number: f"\n{click.style(f'{text} ({number})', bold=True)}",
        note=lambda text: f"  {text}",
        item=lambda text: f"  {visible(text)}",
        page=lambda address, words: f"  {visible(address or words)}",
        line=_text_line,
    ),
    "markdown": _Form(
        title=lambda text: f"## {as_it_is(text)}",
        heading=lambda text, number: f"\n### {as_it_is(text)} ({number})\n",
        note=lambda text: f"\n{as_it_is(text)}",
        item=lambda text: f"- {as_it_is(text)}",
        page=lambda address, words: f"- **{as_it_is(address or words)}**",
        line=_markdown_line,
    ),
    "html": _Form(
        title=lambda text: f"<h1>{escape(text)}</h1>",
        heading=lambda text, number: f"<h2>{escape(text)} ({number})</h2>",
        note=lambda text: f"<p>{escape(text)}</p>",
        item=lambda text: f"<p>{escape(text)}</p>",
        page=lambda address, words: f"<h3>{escape(address or words)}</h3>",
        line=_html_line,
    ),
}
