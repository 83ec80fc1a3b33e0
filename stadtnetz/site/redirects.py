"""Addresses that are no more: where each of them leads now, or that it is gone for good.

Entries and translations say under `aliases` where they stood; site.yaml knows what became of the rest. What readers
can't see redirects nobody, so its old addresses leave no trace either.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from urllib.parse import quote, unquote

from msgspec import Struct
from msgspec.structs import replace

from stadtnetz.i18n import texts
from stadtnetz.site.addresses import PREFIXES, permalink
from stadtnetz.site.edition import Edition, translation_of
from stadtnetz.site.feeds import PlannedText
from stadtnetz.site.planning import given
from stadtnetz.site.security import STRICT_POLICY
from stadtnetz.site.views import Link, MovedView

__all__ = ["MADE", "MOVED", "Moves", "Redirect", "moved_pages", "old_addresses", "tidy"]


MADE = ("assets/", "bilder/", "suche/index/")
"""Folders of files that are no pages and are named by what is in them: no page ever stood there."""


MOVED = "moved.html"
"""The template of a page at an old address."""


class Redirect(Struct, frozen=True):
    """An old address and where it leads: paths below the site's root, not encoded; the new one may have a fragment."""

    old: str
    new: str
    title: str
    """What stands there now."""
    language: str


class Moves(Struct, frozen=True):
    """All of them, by path."""

    moved: tuple[Redirect, ...]
    gone: tuple[str, ...]


def tidy(address: str) -> str:
    """Return the path below the site's root that an address means: "/alt", "/alt/" and "/alt/index.html" are "alt/"."""
    path = unicodedata.normalize("NFC", unquote(address)).removeprefix("/")
    if path == "index.html" or path.endswith("/index.html"):
        path = path.removesuffix("index.html")
    is_file = "." in path.rpartition("/")[2]
    return path if is_file or not path or path.endswith("/") else f"{path}/"


def old_addresses(editions: Sequence[Edition], files: Collection[str]) -> Moves:
    """Return what became of old addresses.

    `files` are the planned files and the addresses of pages: what belongs to an entry moves with its page.
    """
    main = editions[0]
    found: dict[str, Redirect] = {}
    for redirect in _redirects(editions):
        if redirect.old not in files and redirect.old != redirect.new:
            found.setdefault(redirect.old, redirect)
    ordered = sorted(files)
    for redirect in list(found.values()):
        for beside in _beside(redirect, ordered):
            if beside.old in files:
                continue
            found.setdefault(beside.old, beside)
    gone = {tidy(address) for address in main.network.site.addresses.gone} - found.keys()
    return Moves(tuple(found[old] for old in sorted(found)), tuple(sorted(gone)))


def _redirects(editions: Sequence[Edition]) -> Iterator[Redirect]:
    main = editions[0]
    network = main.network
    for by_id in network.items.values():
        for item in by_id.values():
            if not (item.entry.aliases or item.translations):
                continue
            new = permalink(item)
            if new is None:
                continue
            for address in item.entry.aliases:
                yield Redirect(tidy(address), new, main.name(item), main.language)
            for edition in editions[1:]:
                translated = translation_of(network, item, edition.language)
                for address in translated.texts.aliases if translated else ():
                    new_there = PREFIXES[edition.language] + new
                    yield Redirect(tidy(address), new_there, edition.name(item), edition.language)
    for moved in network.site.addresses.moved:
        yield Redirect(tidy(moved.old), tidy(moved.new), network.site.title, main.language)


_LISTS = {"staedte/": "aktuelles/ort/", "themen/": "aktuelles/thema/"}
"""Sections with entries whose ids are in the addresses of lists, too."""


def _beside(redirect: Redirect, files: Iterable[str]) -> Iterator[Redirect]:
    """Yield the same for what moves with a page: feeds, calendars and contact cards below it, lists of its news."""
    if not (redirect.old.endswith("/") and redirect.new.endswith("/")):
        return
    for file in files:
        below = file.removeprefix(redirect.new)
        if below != file and below and "/" not in below and not below.endswith(".html"):
            yield replace(redirect, old=redirect.old + below, new=file)
    for section, lists in _LISTS.items():
        if not (redirect.old.startswith(section) and redirect.new.startswith(section)):
            continue
        old, new = (lists + path.removeprefix(section) for path in (redirect.old, redirect.new))
        for file in files:
            if file.startswith(new) and not file.endswith(".html"):
                yield replace(redirect, old=old + file.removeprefix(new), new=file)


def moved_pages(edition: Edition, moved: Iterable[Redirect], files: Iterable[str]) -> Iterator[PlannedText]:
    """Plan the pages that lead on from old addresses, for hosts that can do nothing else.

    Where such a page would be in the way of a file of the site, which file systems may see that don't tell upper and
    lower case apart, there is none; servers are told of the address all the same.
    """
    moved = tuple(moved)
    taken = _Taken(files if moved else ())
    for redirect in moved:
        file = f"{redirect.old}index.html" if redirect.old.endswith("/") else redirect.old
        if file.endswith(".html") and taken.has_room(file):
            new = edition.addresses.url(quote(redirect.new, safe="/#"))
            canonical = edition.addresses.absolute(quote(redirect.new.partition("#")[0]))
            inputs = given(redirect.language, new, canonical, redirect.title)
            making = partial(_moved, redirect, new, canonical)
            yield PlannedText(file, MOVED, redirect.language, inputs, making)


def _moved(redirect: Redirect, new: str, canonical: str) -> Mapping[str, object]:
    t = texts(redirect.language)
    view = MovedView(
        language=redirect.language,
        policy=STRICT_POLICY,
        heading=t.gettext("This page has moved"),
        text=t.gettext("It stands here now:"),
        to=Link(redirect.title, new),
        canonical=canonical,
    )
    return {"page": view}


class _Taken:
    """The paths that files and folders of the site have, as a file system may see them."""

    def __init__(self, files: Iterable[str]) -> None:
        self._paths: dict[str, tuple[str, bool]] = {}
        for file in files:
            self._take(file)

    def has_room(self, file: str) -> bool:
        """Tell whether a file can stand there, and if so let it."""
        if file.casefold().startswith(MADE):
            return False
        for path, is_file in _with_folders(file):
            known = self._paths.get(path.casefold())
            if known is not None and (is_file or known != (path, False)):
                return False
        self._take(file)
        return True

    def _take(self, file: str) -> None:
        for path, is_file in _with_folders(file):
            self._paths.setdefault(path.casefold(), (path, is_file))


def _with_folders(file: str) -> Iterator[tuple[str, bool]]:
    yield file, True
    folder = file.rpartition("/")[0]
    while folder:
        yield folder, False
        folder = folder.rpartition("/")[0]
