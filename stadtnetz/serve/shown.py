"""What each open page shows, and what it needs to be up to date: nothing, other style sheets, or all of it anew.

Nobody says what a save changed. The server compares: a page carries what it was made from, and after a build that is
compared with what stands there now. So a page that a save did not change is left alone, with its place in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import blake2b
from html import escape
from typing import Any, Protocol

from msgspec import Struct

from stadtnetz.serve.builder import Done, Failed
from stadtnetz.serve.folder import Folder
from stadtnetz.serve.notice import Notice, notice_of_failure, notice_of_problems
from stadtnetz.serve.words import Words

__all__ = ["OWN", "SOCKET", "Client", "Page", "Shown"]

OWN = "/-vorschau/"
"""Where the preview's own files are; no page of the site has such an address (`text.slug`)."""
SOCKET = "/livereload"
"""The address of LiveReload's protocol."""

_NOTHING = Notice("", "none", {})
_HEAD_END = re.compile(rb"</head\s*>", re.IGNORECASE)
_CONNECT = re.compile(rb"(<meta [^>]*Content-Security-Policy[^>]*connect-src 'self')", re.IGNORECASE)


class Page(Struct, frozen=True):
    """A page as it is sent; `made_from` and `styled_by` stand for what it shows and for its style sheets."""

    body: bytes
    status: int
    made_from: str
    styled_by: str


class Client(Protocol):
    """An open page that listens."""

    address: str
    made_from: str
    styled_by: str

    def send(self, message: dict[str, Any]) -> None:
        """Send a message, or do nothing if nobody is there any more."""


class Shown:
    """What browsers see at the moment. `link` is an editor's address; see `notice`."""

    def __init__(self, folder: Folder, words: Words, link: str) -> None:
        self.folder = folder
        self.clients: set[Client] = set()
        self._words = words
        self._link = link
        self._ready = False
        self._drafts: frozenset[str] = frozenset()
        self._assets = ("", "")
        self._notice = _NOTHING
        self._closed = ""
        self._ahead: dict[str, bytes] = {}
        """Pages of the site that is being built, and what is new in them, by file."""
        self._returning: set[str] = set()
        """The addresses of pages that were told to ask for themselves anew and did not say yet that they are back."""

    @property
    def ready(self) -> bool:
        """Tell whether there is a site to show."""
        return self._ready

    def open_files(self) -> frozenset[str]:
        """Return the files of the pages that are open."""
        addresses = {client.address for client in self.clients} | self._returning
        places = [self.folder.place(address) for address in addresses]
        return frozenset(place.file for place in places if place is not None and place.file)

    def take_ahead(self, file: str, data: bytes) -> None:
        """Show a page of the site that is being built to those who look at it; what is new in it comes before."""
        self._ahead[file] = data
        if not file.endswith(".html"):
            return
        if self._notice.severity == "error":  # a build that came so far has met none
            self._notice = _NOTHING
        for client in tuple(self.clients):
            place = self.folder.place(client.address)
            if place is not None and place.file == file:
                self.bring_up_to_date(client)

    def ahead(self, address: str) -> bytes | None:
        """Return a file of the site that is being built, no page; None where the folder has what there is."""
        return None if address.endswith(".html") else self._ahead.get(address.removeprefix("/"))

    def enter(self, client: Client) -> None:
        """Take note of an open page. What was built since it was sent is not lost."""
        self.clients.add(client)
        self._returning.discard(client.address)
        self.bring_up_to_date(client)

    def take(self, outcome: Done | Failed) -> None:
        """Show how a build ended, everywhere."""
        self._ahead.clear()
        if isinstance(outcome, Failed):
            self._notice = notice_of_failure(self._words)
        else:
            built = outcome.built
            published = built.published is not None
            if published:
                self._ready, self._drafts = True, outcome.drafts
                self._assets = self.folder.digests()
            self._notice = notice_of_problems(
                built.diagnostics,
                built.sources,
                self._words,
                self._link,
                published=published,
                ready=self._ready,
            )
        for client in tuple(self.clients):
            self.bring_up_to_date(client)

    def page(self, address: str, host: str) -> Page | None:
        """Return the page at an address, ready to be sent to who asked at this host; None for what is no page."""
        if not self._ready:
            return self._sent(self._waiting(), 503, host, "")
        place = self.folder.place(address)
        if self.ahead(address) or (place is not None and (place.moved or not place.file.endswith(".html"))):
            return None
        data = None if place is None else self._ahead.get(place.file) or self.folder.read(place.file)
        if place is None or data is None:
            missing = self.folder.read("404.html")
            return self._sent(b"404" if missing is None else missing, 404, host, "")
        draft = self._words.draft if place.file in self._drafts else ""
        return self._sent(data, 404 if place.file == "404.html" else 200, host, draft)

    def bring_up_to_date(self, client: Client) -> None:
        """Send an open page what it needs."""
        page = self.page(client.address, "")
        if page is None or page.made_from != client.made_from:
            # It asks for itself anew and says then what it shows; until then it is told nothing more.
            self.clients.discard(client)
            self._returning.add(client.address)
            client.send({"command": "reload", "path": client.address, "liveCSS": False})
            return
        if page.styled_by != client.styled_by:
            client.styled_by = page.styled_by
            client.send(
                {"command": "reload", "path": "/assets/*.css", "liveCSS": True, "version": page.styled_by}
            )
        self._tell(client)

    def close_notice(self, key: str) -> None:
        """Remember that an editor closed a notice: it stays closed everywhere until there is something new."""
        self._closed = key

    def _tell(self, client: Client) -> None:
        notice = self._notice
        opens = notice.severity == "error" and notice.key != self._closed
        client.send(
            {
                "command": "notice",
                "key": notice.key,
                "severity": notice.severity,
                "open": opens,
                **notice.content,
            }
        )

    def _sent(self, data: bytes, status: int, host: str, draft: str) -> Page:
        styles, rest = self._assets
        made_from = blake2b(f"{status} {rest} {draft}\0".encode() + data, digest_size=8).hexdigest()
        script = (
            f'<script type="module" src="{OWN}client.js" data-preview="{made_from} {styles}"'
            f' data-name="{self._words.name}" data-draft="{escape(draft)}"></script>\n'
        )
        body = _injected(data, script.encode(), host)
        return Page(body, status, made_from, styles)

    def _waiting(self) -> bytes:
        words = self._words
        return (
            f'<!DOCTYPE html>\n<html lang="{words.language}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{words.name}</title>\n'
            f'<link rel="stylesheet" href="{OWN}waiting.css">\n</head>\n<body>\n<main>\n'
            f"<h1>{words.name}</h1>\n<p>{words.wait}</p>\n</main>\n</body>\n</html>\n"
        ).encode()


def _injected(page: bytes, script: bytes, host: str) -> bytes:
    """Put our script into a page, complete or not, and let its policy allow our connection and nothing else more.

    Browsers differ in whether 'self' covers a WebSocket.
    """
    allowed: Callable[[re.Match[bytes]], bytes] = lambda match: match[1] + f" ws://{host}".encode()  # noqa: E731
    page = _CONNECT.sub(allowed, page, count=1) if host else page
    end = _HEAD_END.search(page)
    return page + script if end is None else page[: end.start()] + script + page[end.start() :]
