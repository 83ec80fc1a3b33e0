"""Whether the published site has to be built again because time has passed.

A site says of itself until when it holds: `valid_until` in `.well-known/build.json`, ISO 8601 with an offset, or null
where nothing will change by itself. Whatever keeps us from knowing makes a build due: one build too many costs
minutes, one too few leaves an embargo unlifted or a withdrawn picture on the site.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from stadtnetz import __version__

__all__ = ["RECORD", "Verdict", "is_address", "verdict_of"]

RECORD = ".well-known/build.json"
"""Where a site keeps its record, below its own address."""

_TIMEOUT = 20
"""Seconds that a server may keep silent."""
_LIMIT = 20_000_000
"""Bytes; a record lists every file of the site, and ten thousand take a tenth of this."""
_GONE = (404, 410)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a build is due, and why.

    `reason` is "over" (the moment has come), "holds", "forever" (nothing will change by itself), "unpublished" (there
    is no record), "unreachable" or "unreadable"; `detail` says more about the last two.
    """

    due: bool
    reason: str
    until: datetime | None = None
    detail: str = ""


def verdict_of(place: str, now: datetime) -> Verdict:
    """Look at the record at a path or an address (http, https), and compare it with an aware moment."""
    try:
        data = _fetched(place) if is_address(place) else _read(Path(place))
    except FileNotFoundError:
        return Verdict(due=True, reason="unpublished")
    except HTTPError as error:
        if error.code in _GONE:
            return Verdict(due=True, reason="unpublished")
        return Verdict(due=True, reason="unreachable", detail=f"HTTP {error.code}")
    except (OSError, ValueError) as error:
        reason = error.reason if isinstance(error, URLError) else error
        return Verdict(due=True, reason="unreachable", detail=str(reason))
    return _compared(data, now)


def is_address(place: str) -> bool:
    """Tell whether a place is an address on the web rather than a path."""
    return place.lower().startswith(("http://", "https://"))


def _fetched(url: str) -> bytes:
    request = Request(url, headers={"User-Agent": f"stadtnetz/{__version__}", "Cache-Control": "no-cache"})  # noqa: S310 - see is_address
    with urlopen(request, timeout=_TIMEOUT) as response:  # noqa: S310 - see is_address
        return bytes(response.read(_LIMIT))


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_LIMIT)


def _compared(data: bytes, now: datetime) -> Verdict:
    try:
        record = json.loads(data)
        text = record["valid_until"]
        until = None if text is None else datetime.fromisoformat(text)
        if until is None:
            return Verdict(due=False, reason="forever")
        due = until <= now
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        # A moment without an offset ends here as well: it can't be compared.
        return Verdict(due=True, reason="unreadable", detail=f"{type(error).__name__}: {error}")
    return Verdict(due=due, reason="over" if due else "holds", until=until)
