"""Whether the published site has to be built again because time has passed.

A site's manifest, `.well-known/build.json`, has the sum of every file. A build at this moment that comes to other
files is due: an embargo was lifted, an event is over, a picture must go. The manifest's `valid_until` alone would not
do, since it names what readers can know of, and an embargo is not among that; where it has passed, nothing needs to be
built to know. Whatever keeps us from knowing makes a build due: one build too many costs minutes, one too few leaves
an embargo unlifted or a withdrawn picture on the site.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from stadtnetz import __version__
from stadtnetz.output.manifest import MalformedManifestError, Manifest, differences, read_manifest
from stadtnetz.output.marker import MARKER
from stadtnetz.pipeline import build
from stadtnetz.settings import Progress, Settings

__all__ = ["Verdict", "is_address", "verdict_of"]

_TIMEOUT = 20
"""Seconds that a server may keep silent."""
_LIMIT = 20_000_000
"""Bytes; a manifest lists every file of the site, and ten thousand take a tenth of this."""
_GONE = (404, 410)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a build is due, and why.

    `reason` is "over" (the moment has come), "differs" (today's site is another), "holds" (it is the same),
    "unpublished" (there is no manifest), "unreachable", "unreadable", or "broken" (today's site can't be built);
    `detail` says more. `until` is the manifest's moment.
    """

    due: bool
    reason: str
    until: datetime | None = None
    detail: str = ""


def verdict_of(place: str, settings: Settings, progress: Progress) -> Verdict:
    """Look at the manifest at a path or an address (http, https), and compare it with a build at this moment."""
    try:
        manifest = read_manifest(_fetched(place) if is_address(place) else _read(Path(place)))
        over = manifest.valid_until is not None and manifest.valid_until <= settings.clock.now
    except FileNotFoundError:
        return Verdict(due=True, reason="unpublished")
    except (MalformedManifestError, TypeError) as error:
        # A moment without an offset ends here as well: it can't be compared.
        return Verdict(due=True, reason="unreadable", detail=str(error))
    except HTTPError as error:
        if error.code in _GONE:
            return Verdict(due=True, reason="unpublished")
        return Verdict(due=True, reason="unreachable", detail=f"HTTP {error.code}")
    except (OSError, HTTPException, ValueError) as error:
        reason = error.reason if isinstance(error, URLError) else error
        return Verdict(due=True, reason="unreachable", detail=str(reason))
    if over:
        return Verdict(due=True, reason="over", until=manifest.valid_until)
    return _compared(manifest, settings, progress)


def _compared(manifest: Manifest, settings: Settings, progress: Progress) -> Verdict:
    """Build into a folder of its own, without what earlier builds left, and compare that with the manifest."""
    until = manifest.valid_until
    with tempfile.TemporaryDirectory(prefix="stadtnetz-") as folder:
        fresh = Path(folder) / "output"
        built = build(replace(settings, keep_state=False), fresh, progress)
        if built.examined is None or built.examined.site is None or built.published is None:
            return Verdict(due=True, reason="broken", until=until)
        own = built.examined.site.network.site.deploy.manifest
        there = {path.relative_to(fresh).as_posix() for path in fresh.rglob("*") if not path.is_dir()}
        other = differences(
            manifest,
            there - {own, MARKER},
            lambda file: sha256((fresh / file).read_bytes()).hexdigest() if file in there else None,
        )
    if other:
        return Verdict(due=True, reason="differs", until=until, detail=other[0][0])
    return Verdict(due=False, reason="holds", until=until)


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
