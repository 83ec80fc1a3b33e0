"""The languages of a page: which versions there are, and how one gets from each to the others.

A switch that leads to a page in another language is a promise; where a page is not translated, the switch says so
and leads to that language's home page instead. Search engines are told of real translations alone.
"""

from __future__ import annotations

from collections.abc import Mapping

from stadtnetz.model.shared import Entry
from stadtnetz.network.library import Item
from stadtnetz.network.network import Network
from stadtnetz.site.addresses import HOME, PREFIXES, permalink
from stadtnetz.site.edition import Edition, has_edition, translation_of
from stadtnetz.site.views import Alternate, Link

__all__ = [
    "alternates",
    "has_home",
    "hreflangs",
    "in_words",
    "language_note",
    "simple_version",
    "versions",
]

SIMPLE = "de-simple"

_NAMES = {"de": "Deutsch", "en": "English", SIMPLE: "Einfache Sprache"}
"""Each language by its own name; plain German is named after what it is."""

_HOMES = {"de": "Deutsch (Startseite)", "en": "English (home page)", SIMPLE: "Einfache Sprache (Startseite)"}
"""What the switch says, in the language it leads to, where there is no translation of the page."""


def has_home(network: Network, language: str) -> bool:
    """Tell whether a language has a home page of its own; the main one always has."""
    home = network.pages.get(HOME)
    return language == network.site.languages[0] or (
        home is not None and has_edition(network, home, language)
    )


def in_words(language: str) -> bool:
    """Tell whether pages made of the interface's words alone are offered in a language.

    Plain German is written by people for single pages; nothing else on the site may call itself so.
    """
    return language != SIMPLE


def versions(edition: Edition, item: Item[Entry] | None, tool: str | None = None) -> Mapping[str, str]:
    """Return where a page stands in each language that it is translated into; lists are in one language only.

    `tool` is the path, below each language's prefix, of a page that is made of the interface's words.
    """
    network = edition.network
    if tool is not None:
        return {one: _prefix(network, one) + tool for one in network.site.languages if in_words(one)}
    path = permalink(item) if item is not None else None
    if item is None or path is None:
        return {}
    return {
        language: _prefix(network, language) + path
        for language in network.site.languages
        if has_edition(network, item, language)
    }


def alternates(edition: Edition, item: Item[Entry] | None, found: Mapping[str, str]) -> tuple[Alternate, ...]:
    """Return the language switch: for each other language the same page, or else its home page, saying so."""
    network = edition.network
    switch = []
    for language in network.site.languages:
        same = language in found
        if language == edition.language or not (same or has_home(network, language)):
            continue
        path = found[language] if same else _prefix(network, language)
        switch.append(
            Alternate(
                language,
                _name(network, item, language) if same else _HOMES[language],
                edition.addresses.url(path),
                edition.addresses.absolute(path),
                same,
            )
        )
    return tuple(switch)


def hreflangs(edition: Edition, found: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the versions for search engines, with the main one as x-default; nothing where there is only one."""
    if len(found) < 2:
        return ()
    absolute = edition.addresses.absolute
    main = edition.network.site.languages[0]
    default = (("x-default", absolute(found[main])),) if main in found else ()
    return (*((language, absolute(path)) for language, path in found.items()), *default)


def simple_version(edition: Edition, item: Item[Entry] | None, found: Mapping[str, str]) -> Link | None:
    """Return the plain German version of a German page, to be offered where the page begins."""
    if not edition.is_main or SIMPLE not in found:
        return None
    t = edition.texts
    tested = item is not None and _tested_by(edition.network, item)
    text = t.gettext("This page in Leichte Sprache") if tested else t.gettext("This page in plain language")
    return Link(text, edition.addresses.url(found[SIMPLE]), SIMPLE)


def language_note(edition: Edition, item: Item[Entry] | None) -> str:
    """Say what a simple text is: Leichte Sprache only where somebody has tested it."""
    if item is None or edition.language != SIMPLE:
        return ""
    tested_by = _tested_by(edition.network, item)
    return f"Leichte Sprache, geprüft von {tested_by}" if tested_by else _NAMES[SIMPLE]


def _prefix(network: Network, language: str) -> str:
    return "" if language == network.site.languages[0] else PREFIXES[language]


def _name(network: Network, item: Item[Entry] | None, language: str) -> str:
    tested = language == SIMPLE and item is not None and _tested_by(network, item)
    return "Leichte Sprache" if tested else _NAMES[language]


def _tested_by(network: Network, item: Item[Entry]) -> str | None:
    translated = translation_of(network, item, SIMPLE)
    return translated.texts.reviewed_by if translated is not None else None
