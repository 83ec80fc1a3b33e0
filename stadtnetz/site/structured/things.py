"""Entries in the vocabulary of https://schema.org/: places, partners, networks, tandems, news."""

from __future__ import annotations

from collections.abc import Iterable

from stadtnetz.model.city import City, CityType
from stadtnetz.model.news import News
from stadtnetz.model.partner import Sector
from stadtnetz.model.shared import Contact, Entry
from stadtnetz.network.library import Item
from stadtnetz.site.edition import Edition
from stadtnetz.site.structured.pages import Article, iso
from stadtnetz.site.structured.script import Thing, filled
from stadtnetz.site.views import FigureView

__all__ = [
    "article_of",
    "city_thing",
    "named",
    "network_thing",
    "news_thing",
    "operator",
    "organisation",
    "partner_thing",
    "tandem_thing",
]

_STATES_OWN = frozenset({Sector.ADMINISTRATION, Sector.POLITICS})
"""Whoever belongs to nothing else is an organisation of the state."""


def _address(edition: Edition, kind: str, id_: str) -> str:
    path = edition.paths.get((kind, id_))
    return "" if path is None else edition.addresses.absolute(path)


def city_thing(edition: Edition, item: Item[City]) -> Thing:
    """Return a place: a city, or another administrative area."""
    entry = item.entry
    point = entry.coordinates
    language = edition.language
    return filled(
        {
            **_place(edition, item),
            "description": entry.summary,
            "containedInPlace": {
                "@type": "State",
                "name": entry.state.label(language),
                "identifier": entry.state.value,
            },
            "geo": {"@type": "GeoCoordinates", "latitude": point.lat, "longitude": point.lon}
            if point
            else None,
            "sameAs": entry.website,
        }
    )


def _place(edition: Edition, item: Item[City]) -> dict[str, object]:
    url = _address(edition, "city", item.id)
    return {
        "@type": "City" if item.entry.type is CityType.CITY else "AdministrativeArea",
        "@id": f"{url}#place",
        "name": edition.name(item),
        "url": url,
    }


def partner_thing(edition: Edition, id_: str) -> Thing:
    """Return a partner as an organisation, one of the state where it is nothing else."""
    network = edition.network
    item = network.partners[id_]
    entry = item.entry
    url = _address(edition, "partner", id_)
    places = [network.cities[city] for city in entry.cities if city in network.cities]
    return filled(
        {
            "@type": "GovernmentOrganization"
            if entry.sectors and _STATES_OWN.issuperset(entry.sectors)
            else "Organization",
            "@id": f"{url}#organisation",
            "name": edition.name(item),
            "alternateName": entry.short_name,
            "description": entry.summary,
            "url": url,
            "sameAs": entry.website,
            "areaServed": [_place(edition, place) for place in places],
            "contactPoint": _contact_point(entry.contact),
        }
    )


def network_thing(edition: Edition, id_: str) -> Thing:
    """Return a regional network as an organisation of places."""
    network = edition.network
    item = network.networks[id_]
    entry = item.entry
    url = _address(edition, "network", id_)
    places = [network.cities[city] for city in entry.cities if city in network.cities]
    return filled(
        {
            "@type": "Organization",
            "@id": f"{url}#organisation",
            "name": edition.name(item),
            "description": entry.summary,
            "url": url,
            "sameAs": entry.website,
            "foundingDate": iso(entry.since) if entry.since else "",
            "areaServed": [_place(edition, place) for place in places],
            "contactPoint": _contact_point(entry.contact),
        }
    )


def tandem_thing(edition: Edition, id_: str) -> Thing:
    """Return what a tandem's page is about: its places. The vocabulary has no word for the tandem itself."""
    network = edition.network
    entry = network.tandems[id_].entry
    named_sides = (network.cities.get(city or "") for city in (entry.mentor, entry.mentee))
    sides = [side for side in named_sides if side is not None]
    return {
        "@id": f"{_address(edition, 'tandem', id_)}#page",
        "about": [_place(edition, side) for side in sides],
    }


def _contact_point(contact: Contact | None) -> Thing | None:
    if contact is None or not (contact.email or contact.phone):
        return None
    return filled(
        {
            "@type": "ContactPoint",
            "name": contact.name or contact.organisation,
            "contactType": contact.role,
            "email": contact.email,
            "telephone": contact.phone,
            "url": contact.url,
        }
    )


def operator(edition: Edition) -> Thing | None:
    """Return who runs the site, None as long as that is not stated."""
    name = edition.network.site.imprint.name
    return None if name is None else organisation(name)


def organisation(name: str) -> Thing:
    """Return an organisation of which only the name is known."""
    return {"@type": "Organization", "name": name}


def named(edition: Edition, entry: Entry) -> list[Thing]:
    """Return the visible places, partners, tandems' places and topics that an entry names."""
    network = edition.network
    cities = [one for one in getattr(entry, "cities", ()) if one in network.cities]
    found: list[Thing] = [_place(edition, network.cities[id_]) for id_ in cities]
    found += [
        {
            "@type": "Organization",
            "name": edition.name(network.partners[id_]),
            "url": _address(edition, "partner", id_),
        }
        for id_ in getattr(entry, "partners", ())
        if id_ in network.partners
    ]
    found += [
        {"@type": "Thing", "name": edition.name(network.topics[id_]), "url": _address(edition, "topic", id_)}
        for id_ in getattr(entry, "topics", ())
        if id_ in network.topics
    ]
    return found


def news_thing(edition: Edition, item: Item[News], figures: Iterable[FigureView]) -> Thing:
    """Return a news item as an article."""
    entry = item.entry
    url = _address(edition, "news", item.id)
    return filled(
        {
            "@type": "NewsArticle",
            "@id": f"{url}#article",
            "headline": edition.name(item),
            "description": entry.lead,
            "url": url,
            "mainEntityOfPage": {"@id": f"{url}#page"},
            "datePublished": iso(entry.published),
            "dateModified": iso(entry.updated or entry.published),
            "author": organisation(entry.issuer) if entry.issuer else operator(edition),
            "publisher": operator(edition),
            "articleSection": entry.type.label(edition.language),
            "inLanguage": edition.language,
            "image": [edition.addresses.whole(figure.picture.src) for figure in figures],
            "about": named(edition, entry),
            "isBasedOn": entry.original,
            "correction": entry.correction,
        }
    )


def article_of(edition: Edition, item: Item[News]) -> Article:
    """Return a news item's properties for Open Graph."""
    entry = item.entry
    topics = edition.links("topic", entry.topics)
    return Article(
        iso(entry.published),
        iso(entry.updated) if entry.updated else "",
        entry.type.label(edition.language),
        tuple(topic.text for topic in topics),
    )
