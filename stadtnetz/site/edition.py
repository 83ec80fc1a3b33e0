"""An edition: the network as of its moment, told in one language.

It knows how to name an entry, link to it, write a date and show a long text; the modules beside it use that to make
the views of each kind of page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from html import unescape
from typing import Any, TypeVar

from markupsafe import Markup, escape
from msgspec import Struct, field
from msgspec.structs import replace

from stadtnetz.dates import PartialDate
from stadtnetz.i18n import Texts, texts
from stadtnetz.model.news import News
from stadtnetz.model.picture import Licence, Picture
from stadtnetz.model.shared import Entry
from stadtnetz.network.glance import stand_of_news
from stadtnetz.network.library import Item, Translated
from stadtnetz.network.network import Network
from stadtnetz.network.references import media_path
from stadtnetz.readings import LongText
from stadtnetz.site.addresses import PREFIXES, Addresses, news_permalink, permalink
from stadtnetz.site.facts import Facts
from stadtnetz.site.names import entry_name
from stadtnetz.site.picture_views import IN_TEXT, IN_TEXT_BESIDE, picture_html, picture_view
from stadtnetz.site.pictures import PictureFile, Pictures, licence_url, may_be_shown, print_file
from stadtnetz.site.views import DateText, Link, Prose
from stadtnetz.text.body import Body

__all__ = [
    "Edition",
    "edition_of",
    "has_edition",
    "named_days",
    "stand_of",
    "translation_of",
    "visible_paths",
]

T = TypeVar("T")

# Sanitised HTML writes attributes in one known way, so a pattern over it is safe.
_ENTRY_LINK = re.compile(r'<a\b([^>]*?)\shref="([a-z]+):([a-z0-9-]+)(#[^"]*)?"([^>]*)>(.*?)</a>', re.DOTALL)
_IMAGE = re.compile(r'<img\b[^>]*?\ssrc="(?P<src>[^"]*)"[^>]*>')
_ANCHOR = re.compile(r'(<[a-z][^>]*?\s(?:id="|href="#))([^"]*")')
_ROOT_LINK = re.compile(r'(<a\b[^>]*?\shref=")/(?!/)')
_CONTENTS_FROM = 3
"""A text with at least so many headings gets a contents list."""


class Edition(Struct, frozen=True):
    """Everything that the making of views needs. `language` is de, en or de-simple."""

    network: Network
    addresses: Addresses
    texts: Texts
    language: str
    pictures: Pictures
    paths: Mapping[tuple[str, str], str]
    """The address of every visible entry that has one, by kind and id, in this edition or else the main one."""
    facts: Facts
    known: dict[tuple[str, str], Any] = field(default_factory=dict)
    """What many pages show, made once; see `once`."""
    shown: frozenset[tuple[str, str]] = frozenset()
    """The entries whose long texts may be read: a page must plan what it shows."""

    def once(self, what: str, id_: str, make: Callable[[], T]) -> T:
        """Return what `make` makes, made once for all pages.

        Nothing may have a part in it but the entry of that id and those that are no news; long texts never. Whoever
        asks must have the entry already: a page that does not know a news item must not get what another made of it.
        """
        if (what, id_) not in self.known:
            self.known[what, id_] = make()
        found: T = self.known[what, id_]
        return found

    def showing(self, items: Iterable[Item[Entry]]) -> Edition:
        """Return the same edition for a page that shows the long texts of these entries."""
        return replace(self, shown=frozenset((item.kind, item.id) for item in items))

    def with_news(self, ids: Iterable[str]) -> Edition:
        """Return the same edition for a page that knows of these news alone."""
        return replace(self, network=self.network.with_news(ids))

    def read(self, item: Item[Entry], text: LongText | None) -> Body | None:
        """Return a long text of an entry, as it is remembered. LookupError where the page did not plan to show it."""
        if text is None:
            return None
        if (item.kind, item.id) not in self.shown:
            raise LookupError(f"{item.path} is not planned to be shown")
        return text.body

    @property
    def is_main(self) -> bool:
        """Tell whether this is the edition of the site's first language, which has every page."""
        return self.language == self.network.site.languages[0]

    @property
    def prefix(self) -> str:
        """Return where this edition's pages stand."""
        return "" if self.is_main else PREFIXES[self.language]

    @property
    def site_words(self) -> tuple[str, str]:
        """Return the site's title and the line below it in this edition's language, as far as it's translated."""
        site = self.network.site
        words = site.translations.get(self.language)
        if words is None:
            return site.title, site.tagline
        return words.title or site.title, words.tagline or site.tagline

    @property
    def original_mark(self) -> str:
        """Return the language of entries that are not translated, "" where it is the page's own."""
        main = self.network.site.languages[0]
        return "" if main == self.texts.language else main

    def url_of(self, kind: str, id_: str) -> str:
        """Return the address of an entry, "" where it has none that readers can see."""
        path = self.paths.get((kind, id_))
        return "" if path is None else self.addresses.url(path)

    def link(self, kind: str, id_: str) -> Link:
        """Return a link to a visible entry in its short name, marked where it leads to another language."""
        item = self.network.items[kind][id_]
        return self.once(f"{kind}-link", id_, lambda: self._link(item))

    def _link(self, item: Item[Entry]) -> Link:
        elsewhere = self._mark(item)
        url = self.url_of(item.kind, item.id)
        return Link(self.name(item, short=True), url, elsewhere, text_language=elsewhere)

    def _mark(self, item: Item[Entry]) -> str:
        """Return the language of an entry's page, "" where it is this edition's own."""
        return "" if has_edition(self.network, item, self.language) else self.original_mark

    def links(self, kind: str, ids: Iterable[str]) -> tuple[Link, ...]:
        """Return links to those entries that are visible, in alphabetical order."""
        visible = (self.link(kind, id_) for id_ in ids if id_ in self.network.items[kind])
        return tuple(sorted(visible, key=lambda link: self.texts.sort_key(link.text)))

    def name(self, item: Item[Entry], *, short: bool = False) -> str:
        """Return an entry's name or title in this edition's language where there is one."""
        translated = translation_of(self.network, item, self.language)
        if translated is not None:
            found = (
                (short and translated.texts.short_title) or translated.texts.title or translated.texts.name
            )
            if found:
                return found
        return entry_name(item.entry, short=short)

    def date_text(self, moment: PartialDate) -> DateText:
        """Write a date in words."""
        return DateText(str(moment), self.texts.format_date(moment))

    def stand(self, days: Iterable[date | None]) -> DateText | None:
        """Return the latest of some days in words: what a page's statements hold for."""
        known = [day for day in days if day is not None]
        return self.date_text(PartialDate.of(max(known))) if known else None

    def prose(self, item: Item[Entry], text: LongText | None, *, anchors: str = "") -> Prose:
        """Resolve the links and pictures of an entry's long text; what readers can't see leaves no trace.

        `anchors` goes before the ids of a text that shares its page with others, so that no id is there twice.
        """
        body = self.read(item, text)
        if body is None:
            return Prose()
        # Paths from the root first: what is resolved after them is complete already.
        html = _ROOT_LINK.sub(rf"\g<1>{escape(self.addresses.base_path)}", body.html)
        html = _ENTRY_LINK.sub(self._resolve, html)
        if body.images:
            html = _IMAGE.sub(partial(self._picture, item), html)
        if anchors:
            html = _ANCHOR.sub(rf"\g<1>{anchors}-\g<2>", html)
        headings = [heading for heading in body.headings if heading.level == 2]
        contents = tuple(
            Link(heading.text, f"#{anchors}-{heading.id}" if anchors else f"#{heading.id}")
            for heading in headings
        )
        return Prose(Markup(html), contents if len(contents) >= _CONTENTS_FROM else ())  # noqa: S704 - sanitised

    def _resolve(self, match: re.Match[str]) -> str:
        before, kind, id_, fragment, after, text = match.groups()
        if kind not in self.network.items:
            return match[0]
        url = self.url_of(kind, id_)
        if not url:
            return text
        mark = self._mark(self.network.items[kind][id_])
        language = f' hreflang="{mark}"' if mark else ""
        return f'<a{before} href="{escape(url)}{fragment or ""}"{language}{after}>{text}</a>'

    def _picture(self, item: Item[Entry], match: re.Match[str]) -> str:
        """Show a picture that a text names, with its credit; nothing where it may no longer be seen."""
        pictures: tuple[Picture, ...] = getattr(item.entry, "pictures", ())
        path = media_path(item, unescape(match["src"]))
        listed = next((one for one in pictures if media_path(item, one.file) == path), None)
        encoded = self.pictures.get(path or "")
        if listed is None or encoded is None or not may_be_shown(listed, self.network):
            return ""
        sizes = IN_TEXT if item.kind == "page" else IN_TEXT_BESIDE
        attributes = re.sub(r'\ssrc="[^"]*"', "", match[0], count=1).removeprefix("<img").rstrip("/> ")
        picture = picture_html(picture_view(self.addresses, encoded, listed.alt, sizes), attributes)
        credit = escape(self.texts.gettext("Picture: %(credit)s", credit=listed.credit))
        licence, download = self.licence_link(listed), self.print_link(encoded, listed)
        more = f", {_link(licence)}" if licence.text else ""
        more += f'<br><a href="{download.url}" download>{escape(download.text)}</a>' if download else ""
        return f'{picture}<span class="figure__credit">{credit}{more}</span>'

    def licence_link(self, picture: Picture) -> Link:
        """Name what others may do with a picture, without words where that is nothing."""
        if picture.licence is Licence.RESERVED:
            return Link("")
        return Link(picture.licence.label(self.language), licence_url(picture), external=True)

    def print_link(self, encoded: PictureFile, picture: Picture) -> Link | None:
        """Return a link to the file for print where others may print the picture."""
        file = print_file(encoded, picture)
        if file is None:
            return None
        weight = self.texts.format_weight(file.weight)
        size = f"{file.width}\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}{file.height}"
        text = self.texts.gettext("Download for print (JPEG, %(size)s, %(weight)s)", size=size, weight=weight)
        return Link(text, self.addresses.url(file.path))


def _link(to: Link) -> str:
    """Write a link to another site, or its text where it has no address."""
    text = escape(to.text)
    return f'<a class="external" rel="noopener" href="{escape(to.url)}">{text}</a>' if to.url else str(text)


def stand_of(item: Item[Entry]) -> date | None:
    """Return the day for which an entry's statements hold: as written, else as published, else as last seen."""
    entry = item.entry
    if isinstance(entry, News):
        return stand_of_news(entry)
    if entry.updated is not None:
        return entry.updated.first_day
    return max((source.seen.first_day for source in entry.sources), default=None)


def named_days(edition: Edition, item: Item[Entry]) -> Iterator[date | None]:
    """Yield the days of the news, events and tandems that name an entry: its page lists them."""
    for kind in ("news", "event", "tandem"):
        by_id = edition.network.items[kind]
        for id_ in edition.network.related(item.kind, item.id, kind):
            if id_ in by_id:
                yield stand_of(by_id[id_])


def edition_of(
    network: Network, addresses: Addresses, language: str, pictures: Pictures, facts: Facts
) -> Edition:
    """Return the edition of a language."""
    paths = visible_paths(network, language)
    return Edition(network, addresses, texts(language), language, pictures, paths, facts)


def visible_paths(network: Network, language: str) -> dict[tuple[str, str], str]:
    """Return the address of every visible entry: in a language's edition where it is translated, else the main one."""
    found: dict[tuple[str, str], str] = {}
    for kind, by_id in network.items.items():
        for id_, item in by_id.items() if kind != "news" else ():
            path = permalink(item)
            if path is not None:
                found[kind, id_] = (PREFIXES[language] if has_edition(network, item, language) else "") + path
    main, prefix = language == network.site.languages[0], PREFIXES[language]
    for id_, glance in network.glances.items():
        path = news_permalink(glance.year, id_)
        found["news", id_] = prefix + path if main or language in glance.languages else path
    return found


def has_edition(network: Network, item: Item[Entry], language: str) -> bool:
    """Tell whether an entry has a page of its own in a language: the first language has all, others translations."""
    return language == network.site.languages[0] or translation_of(network, item, language) is not None


def translation_of(network: Network, item: Item[Entry], language: str) -> Translated | None:
    """Return an entry's translation where the site has that language and readers may see it."""
    translated = item.translations.get(language)
    if translated is None or language not in network.site.languages:
        return None
    return translated if network.drafts_shown or not translated.texts.draft else None
