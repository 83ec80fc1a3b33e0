"""A real nginx and a real Apache with a temporary configuration, for as long as a test needs them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

__all__ = ["SERVERS", "Answer", "Server", "served"]

SERVERS = ("nginx", "apache")
_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
_NGINX_MODULES = Path("/usr/lib/nginx/modules")
_APACHE_MODULES = Path("/usr/lib/apache2/modules")
_BROTLI = _NGINX_MODULES / "ngx_http_brotli_static_module.so"
_PATIENCE = 20.0
"""Seconds for a server to start."""


@dataclass(frozen=True)
class Answer:
    """What a server answers to one request."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Server:
    """A server that runs; `url` is that of the site, with its sub-path."""

    name: str
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/netz/"

    def ask(self, path: str, accept: str = "") -> Answer:
        """Ask for a path below the site's root, following nothing."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", f"/netz/{path}", headers={"Accept-Encoding": accept} if accept else {})
            answer = connection.getresponse()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, headers, answer.read())
        finally:
            connection.close()


@contextmanager
def served(name: str, root: Path, folder: Path) -> Iterator[Server]:
    """Serve `root`, which holds the site in netz/; `folder` is for what the server writes."""
    folder.mkdir()
    server = Server(name, _free_port())
    command = _nginx(server, root, folder) if name == "nginx" else _apache(server, root, folder)
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said)
    try:
        _wait(server, process, folder)
        yield server
    finally:
        process.terminate()
        process.wait(10)


def _program(name: str) -> str:
    found = shutil.which(name, path=_PATH)
    assert found, f"{name} is missing. Set it up with:  make tools"
    return found


def _nginx(server: Server, root: Path, folder: Path) -> list[str]:
    own = "\n".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    brotli = _BROTLI.exists()
    (folder / "nginx.conf").write_text(
        f"""
        {f"load_module {_BROTLI};" if brotli else ""}
        daemon off;
        worker_processes 1;
        pid {folder}/pid;
        error_log {folder}/log;
        events {{}}
        http {{
          access_log off;
          {own}
          server {{
            listen 127.0.0.1:{server.port};
            root {root};
            {"brotli_static on;" if brotli else ""}
            include {root}/netz/.nginx.conf;
          }}
        }}
        """
    )
    return [_program("nginx"), "-p", str(folder), "-c", str(folder / "nginx.conf")]


def _apache(server: Server, root: Path, folder: Path) -> list[str]:
    modules = ("mpm_event", "authz_core", "dir", "mime", "alias", "headers", "rewrite", "filter", "deflate")
    loaded = "\n".join(f"LoadModule {name}_module {_APACHE_MODULES}/mod_{name}.so" for name in modules)
    user = "User nobody\nGroup nogroup" if os.geteuid() == 0 else ""
    (folder / "apache.conf").write_text(
        f"""
{loaded}
{user}
ServerRoot {folder}
ServerName 127.0.0.1
Listen 127.0.0.1:{server.port}
PidFile {folder}/pid
DefaultRuntimeDir {folder}
Mutex pthread
ErrorLog {folder}/log
TypesConfig /dev/null
StartServers 1
DocumentRoot {root}
<Directory {root}>
  AllowOverride FileInfo Indexes
  Require all granted
</Directory>
"""
    )
    return [_program("apache2"), "-f", str(folder / "apache.conf"), "-DFOREGROUND"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(server: Server, process: subprocess.Popen[bytes], folder: Path) -> None:
    """Wait until the server answers; what it says instead is the reason for a failure."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", server.port)) == 0:
                return
        time.sleep(0.05)
    said = "\n".join(path.read_text("utf-8", "replace") for path in folder.iterdir() if path.is_file())
    raise AssertionError(f"{server.name} does not answer:\n{said}")
