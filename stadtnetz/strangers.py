"""The last look before a site goes live, with --strict: does any of its files ask somebody else for anything?

It looks at what is about to be published, whoever wrote it – a template, a style sheet, a script, a library – and
so also at what earlier builds left in output/.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit

from stadtnetz.diagnostics import Diagnostic, Span, problem
from stadtnetz.render.requests import LOOKED_AT, requests_of
from stadtnetz.source import Sources

__all__ = ["check_strangers"]


def check_strangers(
    files: Iterable[str], read: Callable[[str], bytes], base_url: str, sources: Sources
) -> Iterator[Diagnostic]:
    """Report each foreign address once: where a template names it, else where it stands in the first file of all."""
    found: dict[str, tuple[str, bytes, int]] = {}
    times: dict[str, int] = {}
    for file in sorted(files):
        if not file.endswith(LOOKED_AT):
            continue
        data = read(file)
        for request in requests_of(file, data, base_url):
            found.setdefault(request.url, (file, data, request.offset))
            times[request.url] = times.get(request.url, 0) + 1
    for url, (file, data, offset) in found.items():
        path, span = _named(url, sources) or (f"output/{file}", _span(data, offset, url))
        host = urlsplit(url if "://" in url else f"https:{url}").netloc
        yield problem("third-party-request", path, span, url=url, host=host, page=file, number=times[url])


def _named(url: str, sources: Sources) -> tuple[str, Span] | None:
    """Return where in the templates an address is written."""
    wanted = url.encode()
    for path, source in sources.files.items():
        if path.startswith("templates/") and (at := source.data.find(wanted)) >= 0:
            return path, _span(source.data, at, url)
    return None


def _span(data: bytes, offset: int, url: str) -> Span:
    start = data.rfind(b"\n", 0, offset) + 1
    column = len(data[start:offset].decode("utf-8", "replace")) + 1
    return Span.at(data.count(b"\n", 0, offset) + 1, column, len(url))
