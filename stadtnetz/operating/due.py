"""Whether the published site has to be built again because time has passed.

A site's manifest, `.well-known/build.json`, has the sum of every file. A build at this moment that comes to other
files is due: an embargo was lifted, an event is over, a picture must go. The manifest's `valid_until` alone would not
do, since it names what readers can know of, and an embargo is not among that; where it has passed, nothing needs to be
built to know. Whatever keeps us from knowing makes a build due: one build too many costs minutes, one too few leaves
an embargo unlifted or a withdrawn picture on the site.
"""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from stadtnetz.operating.deployed import UnreadableError, manifest_at, verify_folder
from stadtnetz.output.manifest import Manifest
from stadtnetz.pipeline import build
from stadtnetz.settings import Progress, Settings

__all__ = ["Verdict", "verdict_of"]


class Verdict(Struct, frozen=True):
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
        manifest = manifest_at(place)
        over = manifest.valid_until is not None and manifest.valid_until <= settings.clock.now
    except UnreadableError as error:
        return Verdict(due=True, reason=error.reason, detail=error.detail)
    except TypeError as error:  # a moment without an offset can't be compared
        return Verdict(due=True, reason="unreadable", detail=str(error))
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
        other = verify_folder(manifest, fresh, built.examined.site.network.site.deploy.manifest)
    if other:
        return Verdict(due=True, reason="differs", until=until, detail=other[0][0])
    return Verdict(due=False, reason="holds", until=until)
