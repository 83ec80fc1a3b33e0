"""What can be wrong with old addresses: taken, given twice, leading nowhere, in a circle or over a detour."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from msgspec import Struct

from stadtnetz.diagnostics import Diagnostic, Related, Span, problem
from stadtnetz.diagnostics.suggest import nearest
from stadtnetz.network.library import Library
from stadtnetz.site.addresses import PREFIXES, permalink
from stadtnetz.site.redirects import tidy

__all__ = ["check_old_addresses", "permalinks", "stated_addresses"]


class _Stated(Struct, frozen=True):
    """An old address as somebody wrote it. `new` is where it leads, "" for one that is gone for good."""

    old: str
    path: str
    span: Span
    new: str | None
    draft: bool = False


def permalinks(library: Library, *, drafts: bool = False) -> dict[str, str]:
    """Return the address of every entry and translation, those included that readers can't see yet, with its file."""
    found: dict[str, str] = {}
    for item in library.all_items():
        path = permalink(item)
        if path is None or (item.entry.draft and not drafts):
            continue
        found[path] = item.path
        for language, translated in item.translations.items():
            if drafts or not translated.texts.draft:
                found[PREFIXES[language] + path] = translated.path
    return found


def check_old_addresses(library: Library, live: Callable[[], Iterable[str]]) -> Iterator[Diagnostic]:
    """Report what is wrong with old addresses. `live` returns the addresses of pages and files below the site's root.

    An entry that waits for its day is checked like all others: nobody is there to mend it when the day comes. A draft
    may still claim the address of the page that it will replace.
    """
    stated = list(_stated(library))
    if not stated:
        return
    taken = {*live(), *permalinks(library)}
    leads = {one.old: one.new for one in reversed(stated)}
    first: dict[str, _Stated] = {}
    for one in stated:
        if one.new is None:
            yield problem("alias-without-page", one.path, one.span, address=f"/{one.old}")
            continue
        if one.old in taken and not one.draft:
            yield problem("alias-live", one.path, one.span, address=f"/{one.old}")
        known = first.setdefault(one.old, one)
        if known is not one:
            related = (Related("first-here", known.path, known.span),)
            yield problem("alias-twice", one.path, one.span, related=related, address=f"/{one.old}")
    yield from _check_moved(library, taken, leads)


def stated_addresses(library: Library) -> frozenset[str]:
    """Return every old address of which somebody said what became of it."""
    return frozenset(one.old for one in _stated(library))


def _stated(library: Library) -> Iterator[_Stated]:
    for item in library.all_items():
        if not (item.entry.aliases or item.translations):
            continue
        page = permalink(item)
        for number, address in enumerate(item.entry.aliases):
            span = item.spans.value(("aliases", number))
            yield _Stated(tidy(address), item.path, span, page, draft=item.entry.draft)
        for language, translated in item.translations.items():
            for number, address in enumerate(translated.texts.aliases):
                span = translated.spans.value(("aliases", number))
                new = None if page is None else PREFIXES[language] + page
                draft = item.entry.draft or translated.texts.draft
                yield _Stated(tidy(address), translated.path, span, new, draft=draft)
    if library.site is None:
        return
    for number, moved in enumerate(library.site.config.addresses.moved):
        span = library.site.spans.value(("addresses", "moved", number, "old"))
        yield _Stated(tidy(moved.old), "site.yaml", span, tidy(moved.new))
    for number, address in enumerate(library.site.config.addresses.gone):
        yield _Stated(tidy(address), "site.yaml", library.site.spans.value(("addresses", "gone", number)), "")


def _check_moved(library: Library, taken: set[str], leads: Mapping[str, str | None]) -> Iterator[Diagnostic]:
    if library.site is None:
        return
    for number, moved in enumerate(library.site.config.addresses.moved):
        span = library.site.spans.value(("addresses", "moved", number, "new"))
        new = tidy(moved.new)
        if new in taken:
            continue
        way = _followed(new, tidy(moved.old), leads, taken)
        told = partial(problem, path="site.yaml", span=span, old=moved.old, new=moved.new)
        if way is None:
            yield told("redirect-loop")
        elif way == new:
            suggestion = nearest(f"/{new}", [f"/{one}" for one in taken])
            yield told("redirect-nowhere", suggestion=suggestion)
        else:
            yield told("redirect-chain", suggestion=f"/{way}")


def _followed(new: str, old: str, leads: Mapping[str, str | None], taken: set[str]) -> str | None:
    """Return where the way from an address ends, None where it goes round in a circle."""
    seen = {old}
    at = new
    while at not in taken:
        if at in seen:
            return None
        seen.add(at)
        following = leads.get(at)
        if not following:
            return at
        at = following
    return at
