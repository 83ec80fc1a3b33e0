"""Who may ask: the names under which this machine is itself, so that no other page in a browser gets at the preview.

A page elsewhere can let its own name point to this machine (DNS rebinding), and a WebSocket asks nobody's leave. The
browser tells both in headers: the name it believes to speak to (Host) and the page that speaks (Origin).
"""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
from urllib.parse import urlsplit

from msgspec import Struct

__all__ = ["Hosts", "NoPortError", "is_loopback", "listen"]

_TRIES = 100
_TAKEN = frozenset({errno.EADDRINUSE, errno.EACCES})
"""The port is somebody else's, or kept back by the system; whatever else is wrong is so at every port."""
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


class NoPortError(OSError):
    """There is nowhere to listen; the message is the system's."""


class Hosts(Struct, frozen=True):
    """The names that the preview answers to. `host` is what it was asked to listen at."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """Return the preview's address, as a browser on this machine can open it."""
        name = "127.0.0.1" if self.host in ("", "0.0.0.0", "::") else self.host  # noqa: S104 - recognised, not bound
        return f"http://{f'[{name}]' if ':' in name else name}:{self.port}/"

    def knows(self, header: str | None) -> bool:
        """Tell whether a Host header names us."""
        try:
            parts = urlsplit(f"//{header or ''}")
            name, port = parts.hostname, parts.port
        except ValueError:
            return False
        if not name or parts.path or parts.username is not None or (port or 80) != self.port:
            return False
        if name in _LOCAL or name == self.host.lower():
            return True
        # Who opened the preview to a network reaches it under this machine's addresses and its name; both can't be
        # another page's name.
        return not is_loopback(self.host) and (_is_address(name) or name == socket.gethostname().lower())

    def trusts(self, origin: str | None, host: str | None) -> bool:
        """Tell whether a page that speaks is one of ours, by its Origin header and the Host that it speaks to."""
        return self.knows(host) and origin == f"http://{host}"


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach a host's name."""
    return host == "localhost" or (_is_address(host) and ipaddress.ip_address(host).is_loopback)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def listen(host: str, port: int) -> list[socket.socket]:
    """Listen at a port, or at the next one that is free. Raises NoPortError."""
    # Imported here: whoever asks for a name needs no server.
    from tornado.netutil import bind_sockets

    last = min(port + _TRIES, 65_535)
    for number in range(port, last + 1):
        try:
            return bind_sockets(number, host)
        except OSError as error:
            if error.errno not in _TAKEN or number == last:
                raise NoPortError(*error.args) from error
    raise NoPortError(errno.EADDRINUSE, os.strerror(errno.EADDRINUSE))
