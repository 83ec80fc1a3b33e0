"""How often a host is asked: one thing at a time, with a pause, and whatever its robots.txt says."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from protego import Protego

__all__ = ["Host", "Pace"]

_LONGEST = 60.0
"""Seconds of pause that we keep to at most; who wants more is asked less often by other means."""


class Host(Struct):
    """What is known of a host."""

    lock: Lock = field(default_factory=Lock)
    """Held while the host is asked."""
    pause: float = 0.0
    next: float = 0.0
    rules: Protego | None = None


class Pace:
    """Keeps to the pauses between two questions to one host. The time is a parameter, for the sake of tests."""

    def __init__(
        self,
        pause: float,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._pause = pause
        self._sleep = sleep
        self._clock = clock
        self._hosts: dict[str, Host] = {}
        self._lock = Lock()

    def host(self, name: str) -> Host:
        """Return what is known of a host, the same for everybody."""
        with self._lock:
            return self._hosts.setdefault(name, Host(pause=self._pause))

    def wait(self, host: Host) -> None:
        """Wait for a host's turn, with its lock held, and note that it was asked."""
        remaining = host.next - self._clock()
        if remaining > 0:
            self._sleep(remaining)
        host.next = self._clock() + host.pause

    def obey(self, host: Host, rules: Protego, agent: str) -> None:
        """Keep to a robots.txt from now on."""
        host.rules = rules
        host.pause = max(host.pause, min(float(rules.crawl_delay(agent) or 0), _LONGEST))

    def rest(self, host: Host, seconds: float) -> bool:
        """Leave a host alone for as long as it asks for; tell whether that is soon enough to ask again."""
        host.next = self._clock() + seconds
        return seconds <= _LONGEST
