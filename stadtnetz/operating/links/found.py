"""Every link to another site that content/ and site.yaml have, with the lines that it stands in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from urllib.parse import urldefrag

from stadtnetz.network.library import Library
from stadtnetz.readings import LongText
from stadtnetz.source import Sources
from stadtnetz.text.decode import decode
from stadtnetz.text.frontmatter import split
from stadtnetz.text.yamltext import Plain, YamlDocument, parse_yaml

__all__ = ["Place", "links_of"]

Place = tuple[str, int]
"""A file and a line."""

_WEB = ("http://", "https://")


def links_of(sources: Sources, library: Library) -> Mapping[str, tuple[Place, ...]]:
    """Return by address, without its fragment, where it is linked; in order. Links to the site itself are none."""
    own = library.site.config.base_url if library.site else None
    places: defaultdict[str, set[Place]] = defaultdict(set)
    bodies = dict(_bodies(library))
    for path, file in sources.files.items():
        if path != "site.yaml" and not (path.startswith("content/") and path.endswith((".yaml", ".md"))):
            continue
        text, _ = decode(file)
        if text is None:
            continue
        for url, line in _links(path, text, bodies.get(path)):
            if own is None or not f"{url}/".startswith(own):
                places[urldefrag(url).url].add((path, line))
    return {url: tuple(sorted(places[url])) for url in sorted(places)}


def _bodies(library: Library) -> Iterator[tuple[str, LongText]]:
    for item in library.all_items():
        if item.text is not None:
            yield item.text_path, item.text
        for translated in item.translations.values():
            if translated.text is not None:
                yield translated.path, translated.text


def _links(path: str, text: str, body: LongText | None) -> Iterator[tuple[str, int]]:
    if not path.endswith(".md"):
        yield from _fields(parse_yaml(text, path)[0])
        return
    front, _ = split(text, path)
    rest, first = text, 1
    if front is not None:
        yield from _fields(parse_yaml(front.yaml, path, front.yaml_line)[0])
        rest, first = front.body, front.body_line
    if body is not None:
        yield from _in_text(body.body.html, rest, first)


def _fields(document: YamlDocument | None) -> Iterator[tuple[str, int]]:
    """Yield every value that is an address as a whole."""
    if document is None:
        return
    waiting: list[tuple[tuple[str | int, ...], Plain]] = [((), document.data)]
    while waiting:
        loc, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [((*loc, key), one) for key, one in value.items()]
        elif isinstance(value, list):
            waiting += [((*loc, number), one) for number, one in enumerate(value)]
        elif value is not None and value.startswith(_WEB):
            yield value, document.spans.value(loc).line


def _in_text(html: str, source: str, first_line: int) -> Iterator[tuple[str, int]]:
    """Yield the links of a text with every line that they are written in; the first where it is written otherwise."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = source.split("\n")
    for url in sorted(reader.urls):
        found = [number for number, line in enumerate(lines, first_line) if url in line]
        for number in found or [first_line]:
            yield url, number


class _Reader(HTMLParser):
    """Collects what a text links to."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the destination of a link."""
        url = dict(attrs).get("href") or ""
        if tag == "a" and url.startswith(_WEB):
            self.urls.add(url)
