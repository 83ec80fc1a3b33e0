"""The preview's web server: files of one folder, our own script, and LiveReload's protocol.

From livereload we take the protocol and nothing else. Its server watches, builds and serves in one thread, lets three
seconds pass between two reloads, answers any origin, keeps its visitors in the class, and looks for `</head>` alone.
"""

from __future__ import annotations

import json
from asyncio import Future
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from livereload.handlers import LiveReloadHandler
from tornado import web
from tornado.websocket import WebSocketClosedError

from stadtnetz.serve.folder import content_type
from stadtnetz.serve.hosts import Hosts
from stadtnetz.serve.shown import OWN, SOCKET, Page, Shown

__all__ = ["application"]

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'self'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
_OWN_FILES = ("client.js", "notice.css", "waiting.css")
_LONGEST_MESSAGE = 10_000


def application(shown: Shown, hosts: Hosts) -> web.Application:
    """Return what answers requests."""
    shared = {"shown": shown, "hosts": hosts}
    return web.Application(
        [
            (SOCKET, _Socket, shared),
            (f"{OWN}(.*)", _Own, {"hosts": hosts}),
            ("/(.*)", _Site, {**shared, "path": str(shown.folder.root)}),
        ],
        log_function=lambda _: None,  # requests are the browser's affair; the terminal is for builds
        websocket_max_message_size=_LONGEST_MESSAGE,
    )


def _refuse_strangers(handler: web.RequestHandler, hosts: Hosts) -> bool:
    """Refuse a request that believes to speak to somebody else; tell whether it was refused."""
    if hosts.knows(handler.request.headers.get("Host")):
        return False
    handler.set_status(403)
    handler.set_header("Content-Type", "text/plain; charset=utf-8")
    handler.finish(f"Die Vorschau ist hier: / The preview is here: {hosts.url}\n")
    return True


class _Site(web.StaticFileHandler):
    """The folder's files: pages as `Shown` gives them, all others with ranges, as videos need them."""

    def initialize(self, path: str, shown: Shown, hosts: Hosts) -> None:  # type: ignore[override]
        super().initialize(path)
        self._shown = shown
        self._hosts = hosts

    def set_default_headers(self) -> None:
        for name, value in _HEADERS.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        _refuse_strangers(self, self._hosts)

    async def get(self, path: str, include_body: bool = True) -> None:
        address = f"/{path}"
        page = self._shown.page(address, self.request.host)
        if page is not None:
            await self._send(page)
            return
        if (ahead := self._shown.ahead(address)) is not None:
            self.set_header("Content-Type", content_type(address))
            await self.finish(ahead)
            return
        place = self._shown.folder.place(address)
        if place is None:  # gone since `page` looked
            raise web.HTTPError(404)
        if place.moved:
            # Not for ever: what is a folder today may be a file tomorrow.
            self.redirect(place.moved, status=302)
            return
        await super().get(place.file, include_body)

    async def _send(self, page: Page) -> None:
        self.set_status(page.status)
        self.set_header("Content-Type", content_type("page.html"))
        await self.finish(page.body)

    def compute_etag(self) -> str | None:
        """Name no version: nothing is kept, and Tornado would remember it for ever."""
        return None

    def should_return_304(self) -> bool:
        return False

    def get_content_type(self) -> str:
        return content_type(self.path)

    def write_error(self, status_code: int, **_: Any) -> None:  # noqa: ANN401 - Tornado's own
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code}\n")


class _Own(web.RequestHandler):
    """The preview's own files."""

    def initialize(self, hosts: Hosts) -> None:
        self._hosts = hosts

    def set_default_headers(self) -> None:
        for name, value in _HEADERS.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        _refuse_strangers(self, self._hosts)

    def get(self, name: str) -> None:
        if name not in _OWN_FILES:
            raise web.HTTPError(404)
        self.set_header("Content-Type", content_type(name))
        self.finish(Path(__file__).with_name(name).read_bytes())


class _Socket(LiveReloadHandler):  # type: ignore[misc] # livereload has no types
    """An open page. It says hello, what it shows, and which notice was closed; see `shown.Client`."""

    def initialize(self, shown: Shown, hosts: Hosts) -> None:
        self._shown = shown
        self._hosts = hosts
        self.address = self.made_from = self.styled_by = ""

    def prepare(self) -> None:
        if _refuse_strangers(self, self._hosts):
            return
        headers = self.request.headers
        # Stricter than Tornado, which lets pass whoever sends no origin: every browser sends one.
        if not self._hosts.trusts(headers.get("Origin"), headers.get("Host")):
            self.set_status(403)
            self.finish("Origin\n")

    def check_origin(self, origin: str) -> bool:
        """Confirm what `prepare` found out; livereload would let anybody in."""
        return self._hosts.trusts(origin, self.request.headers.get("Host"))

    def on_message(self, message: str | bytes) -> None:
        try:
            said = json.loads(message)
        except ValueError:
            said = None
        match said:
            case {"command": "hello"}:
                super().on_message(message)
            case {"command": "info", "url": str(url), "madeFrom": str(made_from), "styledBy": str(styled_by)}:
                self.address = unquote(urlsplit(url).path)
                self.made_from, self.styled_by = made_from, styled_by
                self._shown.enter(self)
            case {"command": "closed", "key": str(key)}:
                self._shown.close_notice(key)
            case _:
                self.close(1003)

    def on_close(self) -> None:
        self._shown.clients.discard(self)

    def send(self, message: dict[str, Any]) -> None:
        """Send a message, or do nothing if nobody is there any more."""
        try:
            sent = self.write_message(message)
        except WebSocketClosedError:
            self._shown.clients.discard(self)
        else:
            sent.add_done_callback(_done)


def _done(sent: Future[None]) -> None:
    """Take note of how sending ended: a page that was left meanwhile is no news."""
    if not sent.cancelled():
        sent.exception()
