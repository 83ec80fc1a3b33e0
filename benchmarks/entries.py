"""The entries around the news of the invented corpus: site.yaml, places, topics, partners, tandems, pages."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from textwrap import dedent

from benchmarks.prose import body, sentence

__all__ = ["CITIES", "TOPICS", "city_id", "city_name", "entries", "topic_id", "topic_name"]

CITIES, TOPICS, PARTNERS, TANDEMS, EVENTS = 120, 40, 60, 30, 20

_CITY_NAMES = ("Musterstadt", "Beispielhausen", "Probeburg", "Testlingen", "Vorlagenheim", "Exempelsee")
_TOPIC_NAMES = ("Ehrenamt", "Nachbarschaft", "Beteiligung", "Lesen", "Garten")
_STATES = ("BW", "BY", "BB", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH")
_SECTORS = ("civil-society", "administration", "business", "education", "foundation")

_SITE = """\
title: Netz der Musterstädte
tagline: Ein erfundenes Netzwerk für Messungen
base_url: https://netz.example.org/
languages: [de]
navigation: [programm, tandems-erklaert, mitglied-werden]
footer: [impressum, datenschutz, barrierefreiheit, presse, daten, faq]
news_per_page: 12
# A drawing for each article, and an index of all words: nothing that the other generators make.
social_images: nein
search: nein
"""

_PAGES = {
    "start": ("Willkommen in den Musterstädten", "home"),
    "programm": ("Das Programm", "programme"),
    "tandems-erklaert": ("Wie Tandems arbeiten", "tandems-explained"),
    "mitglied-werden": ("Mitglied werden", "standard"),
    "impressum": ("Impressum", "imprint"),
    "datenschutz": ("Datenschutz", "privacy"),
    "barrierefreiheit": ("Barrierefreiheit", "accessibility"),
    "presse": ("Presse", "press"),
    "daten": ("Daten und Quellen", "data"),
    "faq": ("Häufige Fragen", "standard"),
}

_CHECKED = 'updated: 2026-01-10\nsources:\n  - {url: "https://example.org/quelle", seen: 2026-01}\n'


def city_name(number: int) -> str:
    """Return the name of a place; the first is number 1."""
    return f"{_CITY_NAMES[(number - 1) % len(_CITY_NAMES)]} {number}"


def city_id(number: int) -> str:
    """Return the id of a place."""
    return city_name(number).lower().replace(" ", "-")


def topic_name(number: int) -> str:
    """Return the name of a topic; the first is number 1."""
    return f"{_TOPIC_NAMES[(number - 1) % len(_TOPIC_NAMES)]} {number}"


def topic_id(number: int) -> str:
    """Return the id of a topic."""
    return topic_name(number).lower().replace(" ", "-")


def entries(random: Random) -> Iterator[tuple[str, str]]:
    """Yield path and text of every file except the news and the templates."""
    yield "site.yaml", _SITE
    for number in range(1, CITIES + 1):
        yield f"content/cities/{city_id(number)}.yaml", _city(random, number)
    for number in range(1, TOPICS + 1):
        yield f"content/topics/{topic_id(number)}.yaml", _topic(random, number)
    for number in range(1, PARTNERS + 1):
        yield f"content/partners/musterverein-{number}.yaml", _partner(random, number)
    for number in range(1, TANDEMS + 1):
        mentor, mentee = city_id(number), city_id(number + TANDEMS)
        yield f"content/tandems/{mentor}-{mentee}.yaml", _tandem(random, number, mentor, mentee)
    for number in range(1, EVENTS + 1):
        yield f"content/events/mustertreffen-{number}.yaml", _event(random, number)
    for name, (title, layout) in _PAGES.items():
        yield f"content/pages/{name}.md", _page(random, title, layout)


def _city(random: Random, number: int) -> str:
    year = 2015 + number % 8
    return (
        dedent(f"""\
            name: {city_name(number)}
            type: {"municipality" if number % 3 == 0 else "city"}
            state: DE-{_STATES[number % len(_STATES)]}
            coordinates: {{lat: {random.uniform(48, 54):.2f}, lon: {random.uniform(7, 14):.2f}}}
            summary: {sentence(random)}
            membership:
              - {{selected: {year}-05-01, admitted: {year}-07-01}}
            topics: [{topic_id(random.randint(1, TOPICS))}]
            """)
        + _CHECKED
    )


def _topic(random: Random, number: int) -> str:
    return f"name: {topic_name(number)}\nsummary: {sentence(random)}\n" + _CHECKED


def _partner(random: Random, number: int) -> str:
    return (
        dedent(f"""\
            name: Musterverein {number}
            level: local
            sectors: [{_SECTORS[number % len(_SECTORS)]}]
            cities: [{city_id(number)}]
            topics: [{topic_id(random.randint(1, TOPICS))}]
            periods:
              - since: {2015 + number % 8}
            summary: {sentence(random)}
            """)
        + _CHECKED
    )


def _tandem(random: Random, number: int, mentor: str, mentee: str) -> str:
    return (
        dedent(f"""\
            mentor: {mentor}
            mentee: {mentee}
            start: 2024-0{1 + number % 9}-01
            topics: [{topic_id(random.randint(1, TOPICS))}]
            summary: {sentence(random)}
            """)
        + _CHECKED
    )


def _event(random: Random, number: int) -> str:
    return (
        dedent(f"""\
            title: Mustertreffen {number}
            lead: {sentence(random)}
            start: {2016 + number % 9}-0{1 + number % 9}-15
            cities: [{city_id(random.randint(1, CITIES))}]
            topics: [{topic_id(random.randint(1, TOPICS))}]
            """)
        + _CHECKED
    )


def _page(random: Random, title: str, layout: str) -> str:
    front = f"title: {title}\nlead: {sentence(random)}\nlayout: {layout}\n" + _CHECKED
    return f"---\n{front}---\n\n" + body(random, [("city", city_id(1), city_name(1))])
