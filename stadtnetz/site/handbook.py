"""The editors' handbook as pages of the site, where site.yaml wants that: docs/handbuch/ and the list of all rules.

The same files are read in the repository, so links between them are those of files and become addresses here. A page is
made from its own file and from the frame; its Markdown is converted only when one of them changed.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from functools import partial
from html import escape

from markupsafe import Markup
from msgspec import Struct

from stadtnetz.diagnostics.table import rules_table
from stadtnetz.fingerprint import of_bytes
from stadtnetz.site.addresses import HANDBOOK
from stadtnetz.site.edition import Edition
from stadtnetz.site.frame import navigation, page_for
from stadtnetz.site.languages import alternates
from stadtnetz.site.planning import MadePage, PlannedPage, planned_from
from stadtnetz.site.previews import share_image
from stadtnetz.site.views import Link, PageView, Prose, SiteView
from stadtnetz.source import SourceFile

__all__ = ["FOLDER", "handbook_pages", "handbook_pictures"]

FOLDER = "docs/handbuch/"
"""Where the handbook stands in the project."""
_START = "README.md"
_RULES = "regeln"
_PICTURES = "bilder/"
_CONTENTS_FROM = 3
"""Headings from which a page gets a list of contents."""

_TITLE = re.compile(r"\A# (?P<title>.+)\n+(?P<first>(?:(?![#|>-]).+\n)*)")
_FILE_LINK = re.compile(
    r"(?<=\]\()(?:\.\./(?P<rules>regeln)|(?P<name>[\w-]+))\.md(?P<anchor>#[^)\s]*)?(?=\))"
)
_PICTURE_LINK = re.compile(r"(?<=\]\()bilder/(?P<name>[\w-]+\.png)(?=\))")
_SHOWN = re.compile(r'(?<= )src="(?P<name>[^"/:]+)"|(?P<link>href)="/|(?P<block><pre)')
_MARKS = re.compile(r"\[([^\]]*)\]\([^)]*\)|[*`]")


class _Chapter(Struct, frozen=True):
    """A page of the handbook: its name in the address, its text, and the digest of what it is made from."""

    name: str
    text: str
    origin: str
    key: str

    @property
    def path(self) -> str:
        return HANDBOOK + (f"{self.name}/" if self.name else "")


def handbook_pages(
    edition: Edition, site: SiteView, files: Mapping[str, SourceFile]
) -> Iterator[PlannedPage]:
    """Plan the pages, none where the handbook is off. `files` are those in docs/handbuch/, by path."""
    if not edition.network.site.handbook:
        return
    # All that a frame shows, and nothing that an edited entry changes.
    parts = (navigation(edition, ""), alternates(edition, None, {}), share_image(edition, None))
    frame = (edition.facts.frame, repr(site), repr(parts))
    sizes = {path: file.digest for path, file in files.items() if path.endswith(".png")}
    for chapter in _chapters(files):
        inputs = (*frame, chapter.key, repr(sizes))
        make = partial(_page, edition, site, chapter, files)
        yield planned_from(edition, inputs, chapter.path, chapter.origin, make)


def handbook_pictures(edition: Edition, files: Mapping[str, SourceFile]) -> Mapping[str, str]:
    """Return the pictures to take over, as the plan's copies."""
    if not edition.network.site.handbook:
        return {}
    return {HANDBOOK + path.removeprefix(FOLDER): path for path in files if path.endswith(".png")}


def _chapters(files: Mapping[str, SourceFile]) -> Iterator[_Chapter]:
    for path, file in files.items():
        name = path.removeprefix(FOLDER)
        if name.endswith(".md") and "/" not in name:
            stem = "" if name == _START else name.removesuffix(".md")
            yield _Chapter(stem, file.data.decode("utf-8", "replace"), path, file.digest)
    table = rules_table()
    yield _Chapter(_RULES, table, "", of_bytes(table.encode()))


def _page(edition: Edition, site: SiteView, chapter: _Chapter, files: Mapping[str, SourceFile]) -> MadePage:
    # Imported here because most builds convert nothing.
    from stadtnetz.text.markdown import render

    found = _TITLE.match(chapter.text)
    heading = found["title"] if found else chapter.name
    first = _MARKS.sub(r"\1", found["first"]) if found else ""
    lead = " ".join(first.split())
    text = chapter.text[found.end() :] if found else chapter.text
    # It is our own text, not an editor's: what would be reported about it is for tests to find.
    body, _ = render(_with_addresses(text), chapter.origin or "docs/regeln.md", 1, "de")
    headings = [one for one in body.headings if one.level == 2]
    contents = tuple(Link(one.text, f"#{one.id}") for one in headings)
    html = _SHOWN.sub(partial(_complete, edition, files), body.html)
    prose = Prose(Markup(html), contents if len(contents) >= _CONTENTS_FROM else ())  # noqa: S704 - sanitised
    start = Link(edition.texts.gettext("Handbook for editors"), edition.addresses.url(HANDBOOK))
    return page_for(
        edition,
        site,
        path=chapter.path,
        template="page.html",
        view=_view(heading, lead, prose),
        title=heading,
        description=lead or heading,
        section="",
        trail=(start,) if chapter.name else (),
    )


def _view(heading: str, lead: str, prose: Prose) -> PageView:
    return PageView(
        layout="standard",
        heading=heading,
        lead=lead,
        prose=prose,
        figures=(),
        press_pictures=(),
        attachments=(),
        operator=(),
        incomplete=False,
        phases=(),
        milestones=(),
        counts=(),
        counts_note="",
        cards=(),
        cards_heading="",
        sources=(),
    )


def _with_addresses(text: str) -> str:
    """Put addresses from the site's root in the place of links to files, and bare names in that of pictures."""

    def address(match: re.Match[str]) -> str:
        name = match["rules"] or match["name"]
        return f"/{HANDBOOK}" + ("" if name == "README" else f"{name}/") + (match["anchor"] or "")

    return _PICTURE_LINK.sub(lambda match: match["name"], _FILE_LINK.sub(address, text))


def _complete(edition: Edition, files: Mapping[str, SourceFile], match: re.Match[str]) -> str:
    """Make an address complete, and give a picture its size, so that nothing moves when it arrives."""
    if match["block"]:
        # Wide blocks are scrolled, by keyboard as well.
        return '<pre tabindex="0"'
    if match["link"]:
        return f'href="{escape(edition.addresses.base_path)}'
    picture = files.get(f"{FOLDER}{_PICTURES}{match['name']}")
    if picture is None:
        return match[0]
    url = edition.addresses.url(f"{HANDBOOK}{_PICTURES}{match['name']}")
    # Width and height stand at this place of every PNG file (W3C PNG, 11.2.2).
    width, height = struct.unpack(">II", picture.data[16:24])
    return f'src="{escape(url)}" width="{width}" height="{height}" loading="lazy"'
