"""What stands on the picture that represents a page where others link to it: title, kind, place and date.

Every entry has a preview of its own, lists share that of the site. A preview is known by its texts: as long as they
are the same, so is its address, and it is not drawn again.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from stadtnetz.fingerprint import of_bytes
from stadtnetz.model.city import City
from stadtnetz.model.event import Event
from stadtnetz.model.news import News
from stadtnetz.model.partner import Partner
from stadtnetz.model.picture import Picture
from stadtnetz.model.regional_network import RegionalNetwork
from stadtnetz.model.shared import Entry
from stadtnetz.network.library import Item
from stadtnetz.network.references import media_path
from stadtnetz.site.addresses import permalink
from stadtnetz.site.cards import tandem_card
from stadtnetz.site.edition import Edition, has_edition
from stadtnetz.site.languages import in_words
from stadtnetz.site.picture_views import nearest_width
from stadtnetz.site.pictures import may_be_shown

__all__ = ["HEIGHT", "WIDTH", "Preview", "ShareImage", "previews", "share_image"]

WIDTH, HEIGHT = 1200, 630
"""Pixels of a preview, 1.91 to 1."""
_PLACES = 2
"""How many places a line names."""


class Preview(Struct, frozen=True):
    """The words on a preview. `line` stands above the title, `site` is whose page it is."""

    title: str
    line: str
    site: str
    language: str

    @property
    def path(self) -> str:
        """Return where it stands in output/."""
        words = "\0".join((self.title, self.line, self.site, self.language))
        return f"bilder/vorschau/{of_bytes(words.encode('utf-8', 'surrogatepass'))[:16]}.png"


class ShareImage(Struct, frozen=True):
    """The picture that a page names for those who link to it: absolute address, words, size in pixels."""

    url: str
    alt: str
    width: int
    height: int


def previews(edition: Edition) -> Iterator[Preview]:
    """Yield the previews of an edition's pages, none where site.yaml does without."""
    if not edition.network.site.social_images:
        return
    if edition.is_main or in_words(edition.language):
        yield _of_site(edition)  # for lists, and for what stands in every language of the interface
    for kind, by_id in edition.network.items.items():
        for item in by_id.values():
            has_page = kind != "phase" and permalink(item) is not None
            if (
                has_page
                and (edition.is_main or kind == "page")
                and has_edition(edition.network, item, edition.language)
            ):
                yield _of_item(edition, item)


def share_image(edition: Edition, item: Item[Entry] | None) -> ShareImage | None:
    """Return the picture of a page: its preview, else the entry's first picture, else none."""
    if edition.network.site.social_images:
        preview = _of_site(edition) if item is None else _of_item(edition, item)
        alt = f"{preview.title} – {preview.line}" if preview.line else preview.title
        return ShareImage(edition.addresses.absolute(preview.path), alt, WIDTH, HEIGHT)
    pictures: tuple[Picture, ...] = getattr(item.entry, "pictures", ()) if item is not None else ()
    if item is None or not pictures or not may_be_shown(pictures[0], edition.network):
        return None
    encoded = edition.pictures.get(media_path(item, pictures[0].file) or "")
    if encoded is None:
        return None
    file = nearest_width(encoded.plain, WIDTH)
    height = max(1, round(encoded.height * file.width / encoded.width))
    return ShareImage(edition.addresses.absolute(file.path), pictures[0].alt, file.width, height)


def _of_site(edition: Edition) -> Preview:
    title, tagline = edition.site_words
    return Preview(title, tagline, title, edition.texts.language)


def _of_item(edition: Edition, item: Item[Entry]) -> Preview:
    title, tagline = edition.site_words
    name = tandem_card(edition, item.id).title if item.kind == "tandem" else edition.name(item)
    line = " · ".join(part for part in _line(edition, item) if part) or tagline
    return Preview(name, line, title, edition.texts.language)


def _line(edition: Edition, item: Item[Entry]) -> tuple[str, ...]:
    """Say what an entry is, where and when."""
    t = edition.texts
    match item.entry:
        case News(type=type_, published=published, dateline=dateline, cities=cities):
            place = dateline or _places(edition, cities)
            return type_.label(edition.language), place, t.format_date(published)
        case Event(start=start, end=end, cities=cities):
            when = t.format_range(start, end) if end is not None else t.format_date(start)
            return t.gettext("Event"), _places(edition, cities), when
        case City(type=type_, state=state):
            return type_.label(edition.language), state.label(edition.language)
        case Partner(level=level, cities=cities):
            return t.gettext("Partner"), _places(edition, cities) or level.label(edition.language)
        case RegionalNetwork(states=states):
            return t.gettext("Regional network"), t.join([state.label(edition.language) for state in states])
    if item.kind == "tandem":
        return t.gettext("Tandem"), tandem_card(edition, item.id).text
    return (t.gettext("Topic"),) if item.kind == "topic" else ()


def _places(edition: Edition, ids: tuple[str, ...]) -> str:
    """Name the places, where they are few."""
    cities = edition.network.cities
    names = [edition.name(cities[id_], short=True) for id_ in ids if id_ in cities]
    return edition.texts.join(names) if len(names) <= _PLACES else ""
