"""Writes an article of the corpus in the form that each of the other generators takes.

All of them get the same words. Links to places and topics, which are `city:ID` and `topic:ID` in our corpus, become
whatever leads to the page that the generator makes for them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

from benchmarks.corpus import FIRST_YEAR, YEARS, Article
from benchmarks.entries import CITIES, TOPICS, city_id, city_name, topic_id, topic_name

__all__ = [
    "File",
    "Form",
    "documentation",
    "eleventy",
    "hugo",
    "hugo_years",
    "lektor",
    "lektor_places",
    "nikola",
    "pelican",
    "place_pages",
]

File = tuple[str, str]
"""A path below the project's folder and the text to write there."""
Form = Callable[[Article], File]

_LINK = re.compile(r"\]\((city|topic):([a-z0-9-]+)\)")
_FOLDERS = {"city": "cities", "topic": "topics"}


def _linked(body: str, address: str) -> str:
    """Put addresses in place of ids; `address` has places for the folder and the id."""
    return _LINK.sub(
        lambda found: f"]({address.format(folder=_FOLDERS[found[1]], id=found[2])})",
        body,
    )


def _names(article: Article) -> tuple[list[str], list[str]]:
    return [city_name(city) for city in article.cities], [topic_name(topic) for topic in article.topics]


def _front_matter(article: Article, body: str, **more: list[str]) -> str:
    """Return YAML front matter and the body, as Hugo and Eleventy read them."""
    cities, topics = _names(article)
    # JSON strings and lists are YAML too, quoted safely.
    fields = {
        "title": article.title,
        "date": article.published,
        "lead": article.lead,
        "cities": cities,
        "topics": topics,
        **more,
    }
    lines = [
        f"{name}: {value if name == 'date' else json.dumps(value, ensure_ascii=False)}"
        for name, value in fields.items()
    ]
    return "\n".join(["---", *lines, "---", "", body])


def hugo(article: Article) -> File:
    """Write an article for Hugo: one section a year, and the kind of news as one more taxonomy."""
    body = _linked(article.body, "/{folder}/{id}/")
    text = _front_matter(article, body, kinds=["Meldung"])
    return f"content/news/{article.year}/{article.slug}.md", text


def eleventy(article: Article) -> File:
    """Write an article for Eleventy."""
    body = _linked(article.body, "/{folder}/{id}/")
    return f"news/{article.year}/{article.slug}.md", _front_matter(article, body)


def pelican(article: Article) -> File:
    """Write an article for Pelican: places and topics are both tags, the only taxonomy with many values."""
    cities, topics = _names(article)
    lines = [
        f"Title: {article.title}",
        f"Date: {article.published}",
        f"Slug: {article.slug}",
        f"Lead: {article.lead}",
        f"Tags: {', '.join([*cities, *topics])}",
        "",
        _linked(article.body, "/tags/{id}/"),
    ]
    return f"content/news/{article.year}/{article.slug}.md", "\n".join(lines)


def nikola(article: Article) -> File:
    """Write an article for Nikola: places and topics are both tags."""
    cities, topics = _names(article)
    lines = [
        "<!--",
        f".. title: {article.title}",
        f".. slug: {article.slug}",
        f".. date: {article.published} 12:00:00 UTC+01:00",
        f".. tags: {', '.join([*cities, *topics])}",
        f".. description: {article.lead}",
        "-->",
        "",
        _linked(article.body, "/tags/{id}/"),
    ]
    return f"posts/{article.year}/{article.slug}.md", "\n".join(lines)


def lektor(article: Article) -> File:
    """Write an article for Lektor: a folder of its own, fields between dashes."""
    lines = [
        "_model: article",
        "---",
        f"title: {article.title}",
        "---",
        f"lead: {article.lead}",
        "---",
        f"published: {article.published}",
        "---",
        "cities:\n",
        *(city_id(city) for city in article.cities),
        "---",
        "topics:\n",
        *(topic_id(topic) for topic in article.topics),
        "---",
        "body:\n",
        _linked(article.body, "/{folder}/{id}/"),
    ]
    return f"content/news/{article.slug}/contents.lr", "\n".join(lines)


def documentation(article: Article) -> File:
    """Write an article for MkDocs and Zensical, whose links lead to files."""
    body = _linked(article.body, "../../{folder}/{id}.md")
    front = f'---\ntitle: "{article.title}"\nlead: "{article.lead}"\npublished: {article.published}\n---\n\n'
    return f"docs/news/{article.year}/{article.slug}.md", front + body


def place_pages() -> Iterator[File]:
    """Yield the pages that links lead to where the generator knows no taxonomy: a name, no list."""
    yield "docs/index.md", "# Netz der Musterstädte\n\nEin erfundenes Netzwerk.\n"
    for number in range(1, CITIES + 1):
        yield f"docs/cities/{city_id(number)}.md", f"# {city_name(number)}\n\nEin erfundener Ort.\n"
    for number in range(1, TOPICS + 1):
        yield f"docs/topics/{topic_id(number)}.md", f"# {topic_name(number)}\n\nEin erfundenes Thema.\n"


def hugo_years() -> Iterator[File]:
    """Yield what makes each year's folder a section of Hugo's."""
    for year in range(FIRST_YEAR, FIRST_YEAR + YEARS):
        yield f"content/news/{year}/_index.md", f"---\ntitle: Aktuelles {year}\n---\n"


def lektor_places() -> Iterator[File]:
    """Yield the pages of places, topics and years for Lektor, whose templates look for the articles of each."""
    for number in range(1, CITIES + 1):
        yield _lektor_page(f"cities/{city_id(number)}", "term", city_name(number))
    for number in range(1, TOPICS + 1):
        yield _lektor_page(f"topics/{topic_id(number)}", "term", topic_name(number))
    for year in range(FIRST_YEAR, FIRST_YEAR + YEARS):
        span = f"---\nfirst: {year}-01-01\n---\nlast: {year}-12-31\n"
        yield _lektor_page(f"years/{year}", "year", str(year), span)


def _lektor_page(place: str, model: str, title: str, more: str = "") -> File:
    return f"content/{place}/contents.lr", f"_model: {model}\n---\ntitle: {title}\n{more}"
