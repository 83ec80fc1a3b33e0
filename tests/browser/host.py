"""Serves a built site below a sub-path, as a plain web server would, for as long as a test needs it."""

from __future__ import annotations

import gzip
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from stadtnetz.clock import Clock
from stadtnetz.pipeline import build
from stadtnetz.settings import Settings

__all__ = ["AS_OF", "PREFIX", "Host", "hosted", "served"]

ROOT = Path(__file__).resolve().parents[2]
PREFIX = "/netz/"
AS_OF = "2026-11-20"
_COMPRESSED = ("text/", "image/svg+xml", "application/json", "application/xml", "application/javascript")


@dataclass(frozen=True)
class Host:
    """A site that is being served; `url` ends with a slash."""

    url: str
    folder: Path

    def at(self, path: str) -> str:
        """Return the full address of a path below the site's root."""
        return self.url + path


class _Handler(BaseHTTPRequestHandler):
    """Files, index.html for folders, a redirect to the slash, 404.html for the rest; texts are compressed."""

    protocol_version = "HTTP/1.1"
    # A visitor that keeps a connection open must not keep the server from stopping.
    timeout = 5
    # Head and body are two packets; the second one must not wait until the first one is acknowledged.
    disable_nagle_algorithm = True

    def __init__(self, *arguments: object, folder: Path) -> None:
        self._folder = folder
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        if not path.startswith(PREFIX):
            self._send(404, "text/plain", b"outside of the site")
            return
        target = (self._folder / path.removeprefix(PREFIX)).resolve()
        if target.is_relative_to(self._folder) and target.is_dir():
            if not path.endswith("/"):
                self._send(301, "text/plain", b"", {"Location": path + "/"})
                return
            target /= "index.html"
        if target.is_relative_to(self._folder) and target.is_file():
            kind = mimetypes.guess_type(target.name)[0] or "application/octet-stream"
            self._send(200, f"{kind}; charset=utf-8" if "text" in kind else kind, target.read_bytes())
        else:
            self._send(404, "text/html; charset=utf-8", (self._folder / "404.html").read_bytes())

    def _send(self, status: int, kind: str, body: bytes, headers: dict[str, str] | None = None) -> None:
        headers = {"Content-Type": kind, **(headers or {})}
        if kind.startswith(_COMPRESSED) and "gzip" in self.headers.get("Accept-Encoding", ""):
            headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
            body = gzip.compress(body)
        self.send_response(status)
        for name, value in (headers | {"Content-Length": str(len(body))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay quiet: the browser's side is what tests look at."""


@contextmanager
def served(folder: Path) -> Iterator[Host]:
    """Serve a folder that is built, or will be; the port is chosen by the system."""
    output = folder.resolve()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, folder=output))
    server.daemon_threads = True
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield Host(f"http://127.0.0.1:{server.server_port}{PREFIX}", output)
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def hosted(folder: Path) -> Iterator[Host]:
    """Build the real site into a folder and serve it; the port is chosen by the system before the build."""
    with served(folder / "site") as host:
        built = build(Settings(ROOT, Clock.from_text(AS_OF), host.url), host.folder)
        if built.published is None:
            errors = "\n".join(f"{d.path} {d.code}" for d in built.diagnostics if d.severity.value == "error")
            raise RuntimeError(f"the real site was not built:\n{errors}")
        yield host
