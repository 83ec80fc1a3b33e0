"""Ask other servers whether addresses still lead anywhere, politely: seldom, saying who we are, and only if we may."""

from __future__ import annotations

import socket
import ssl
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from ipaddress import ip_address
from itertools import chain, zip_longest
from urllib.parse import urljoin, urlsplit

import urllib3
from protego import Protego
from urllib3.exceptions import HTTPError, InvalidHeader, MaxRetryError, SSLError
from urllib3.util import Retry, Timeout

from stadtnetz import __version__
from stadtnetz.operating.links.answers import Answer
from stadtnetz.operating.links.pace import Pace

__all__ = ["Asker"]

_WORKERS = 8
_HOPS = 5
_TIMEOUT = Timeout(connect=10, read=20)
_ROBOTS_LIMIT = 500_000
"""Bytes of a robots.txt that count; RFC 9309 asks for as many."""
_REDIRECTS, _FOR_EVER = (301, 302, 303, 307, 308), (301, 308)
_GONE, _BUSY = (404, 410), (429, 503)


class Asker:
    """Asks with one connection a host. `site` is the address that we name as who we are."""

    def __init__(
        self, site: str, now: datetime, pace: Pace, *, local: bool = False, timeout: Timeout = _TIMEOUT
    ) -> None:
        self._agent = f"stadtnetz-links/{__version__} (+{site})"
        self._now = now
        self._pace = pace
        self._local = local
        self._pool = urllib3.PoolManager(
            num_pools=_WORKERS * 2, headers={"User-Agent": self._agent}, retries=False, timeout=timeout
        )

    def ask_all(self, urls: Iterable[str], told: Callable[[Answer], None]) -> list[Answer]:
        """Ask for every address, several hosts at a time; `told` hears each answer as it comes in."""
        answers = []
        with ThreadPoolExecutor(_WORKERS) as workers:
            for answer in workers.map(self.ask, _mixed(urls)):
                told(answer)
                answers.append(answer)
        return sorted(answers, key=lambda one: one.url)

    def ask(self, url: str) -> Answer:
        """Follow an address to where it ends."""
        at, moved, lasting = url, "", True
        for _ in range(_HOPS):
            kind, status, more = self._step(at)
            if kind != "redirect":
                final = "moved" if kind == "ok" and moved else kind
                return Answer(url, final, self._now, status, moved, "" if kind == "ok" else more)
            at = urljoin(at, more)
            # What a temporary redirect leads to is no new address, whatever comes after it.
            lasting = lasting and status in _FOR_EVER
            moved = at if lasting else moved
        return Answer(url, "loop", self._now, status)

    def _step(self, url: str) -> tuple[str, int, str]:
        """Return what a single address answers: a kind or "redirect", the status, where to or what is wrong."""
        try:
            parts = urlsplit(url)
            name = (parts.hostname or "").encode("idna").decode()
            _ = parts.port
        except ValueError as error:
            return "unreachable", 0, str(error)
        if not name or parts.scheme not in ("http", "https"):
            return "unreachable", 0, url
        if name != parts.hostname:
            # Asked for by the name that servers know: xn--bsum-0ra.de for büsum.de.
            parts = parts._replace(netloc=parts.netloc.replace(parts.hostname or "", name))
            url = parts.geturl()
        host = self._pace.host(parts.netloc)
        with host.lock:
            try:
                if not self._local and not _is_public(name):
                    return "inside", 0, ""
                rules = host.rules or self._robots(f"{parts.scheme}://{parts.netloc}/robots.txt")
                self._pace.obey(host, rules, self._agent)
                if not rules.can_fetch(url, self._agent):
                    return "robots", 0, ""
                return self._asked(url, again=True)
            except (SSLError, ssl.SSLError) as error:
                return "tls", 0, _reason(error)
            except MaxRetryError as error:
                return "tls" if isinstance(error.reason, SSLError) else "unreachable", 0, _reason(error)
            except (HTTPError, OSError, ValueError) as error:
                return "unreachable", 0, _reason(error)

    def _asked(self, url: str, *, again: bool) -> tuple[str, int, str]:
        host = self._pace.host(urlsplit(url).netloc)
        status, location, retry_after = self._request("HEAD", url)
        if status >= 400 and status not in _BUSY:
            # Many servers have no good answer to a question for the head alone.
            status, location, retry_after = self._request("GET", url)
        if status in _REDIRECTS and location:
            return "redirect", status, location
        if status in _BUSY:
            soon = self._pace.rest(host, _seconds(retry_after)) if retry_after else False
            return self._asked(url, again=False) if soon and again else ("busy", status, "")
        if 400 <= status < 500 and status not in _GONE:
            return "closed", status, ""
        return ("ok" if status < 400 else "gone" if status in _GONE else "failing"), status, ""

    def _request(self, method: str, url: str) -> tuple[int, str, str]:
        """Return status, Location and Retry-After; of the body nothing is read."""
        self._pace.wait(self._pace.host(urlsplit(url).netloc))
        response = self._pool.request(method, url, redirect=False, preload_content=False)
        try:
            return (
                response.status,
                response.headers.get("Location", ""),
                response.headers.get("Retry-After", ""),
            )
        finally:
            response.close()

    def _robots(self, url: str) -> Protego:
        """Return a host's rules: none where it has no file, all closed where it fails to give it (RFC 9309).

        A redirect is not followed: it leads to another host, or to the same one under https, and so does the link,
        whose rules are read then.
        """
        response = self._pool.request("GET", url, redirect=False, preload_content=False)
        try:
            if response.status >= 500:
                return Protego.parse("User-agent: *\nDisallow: /")
            text = response.read(_ROBOTS_LIMIT).decode("utf-8", "replace") if response.status == 200 else ""
            return Protego.parse(text)
        finally:
            response.close()


def _mixed(urls: Iterable[str]) -> Iterator[str]:
    """Take one address of each host in turn, so that pauses are spent on others."""
    by_host: defaultdict[str, list[str]] = defaultdict(list)
    for url in urls:
        by_host[url.split("/", 3)[2]].append(url)
    return (url for url in chain.from_iterable(zip_longest(*by_host.values())) if url is not None)


def _is_public(name: str) -> bool:
    """Tell whether a host stands in the open: a text in content/ must not be able to ask inside our own network."""
    found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    return all(ip_address(str(one[4][0]).partition("%")[0]).is_global for one in found)


def _seconds(retry_after: str) -> float:
    try:
        return max(0.0, Retry().parse_retry_after(retry_after))
    except InvalidHeader:
        return float("inf")


def _reason(error: BaseException) -> str:
    reason = getattr(error, "reason", None) or error
    return f"{type(reason).__name__}: {reason}"[:200]
