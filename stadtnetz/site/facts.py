"""Fingerprints of everything that pages are made from, besides long texts.

A page whose inputs are the same is the same. The facts of the whole network but its news are one input: any field of
any other entry, site.yaml, the moment as far as it matters, the pictures. News are many, and most of them show only
themselves, so a page takes the facts of those that it knows; see `site.planning`. What shows entries of a few kinds
only (`site.opendata`) takes the facts of these kinds.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from stadtnetz.fingerprint import of_bytes, of_values
from stadtnetz.model.shared import Entry
from stadtnetz.network.files import VIDEO_ENDINGS
from stadtnetz.network.library import Item
from stadtnetz.network.network import Network
from stadtnetz.site.pictures import Pictures, shown_pictures

__all__ = ["Facts", "facts_of"]


class Facts(Struct, frozen=True):
    """`rest` is of everything but news."""

    rest: str
    frame: str
    """Of what has a part in everything: site.yaml, the moment as far as it matters."""
    kinds: Mapping[str, str]
    """Of all entries of a kind other than news, without the pictures that they show."""


def facts_of(network: Network, site: str, base_url: str, pictures: Pictures, since: datetime | None) -> Facts:
    """Take the fingerprints. `site` is that of site.yaml, `since` when anything but news last changed by itself."""
    moment = since.isoformat() if since is not None else ""
    frame = of_values(
        site,
        base_url,
        moment,
        network.site.languages,
        network.drafts_shown,
        network.site.search,
        {path: size for path, size in network.media.items() if path.lower().endswith(VIDEO_ENDINGS)},
    )
    others = {kind: by_id for kind, by_id in network.items.items() if kind != "news"}
    kinds = {kind: _joined(by_id) for kind, by_id in others.items()}
    shown = {
        kind: of_values(*((id_, *shown_pictures(item, pictures)) for id_, item in by_id.items()))
        for kind, by_id in others.items()
    }
    rest = of_values(frame, *((kind, kinds[kind], shown[kind]) for kind in kinds))
    return Facts(rest, frame, kinds)


def _joined(by_id: Mapping[str, Item[Entry]]) -> str:
    """Return what stands for the facts of all entries of a kind; they have no NUL."""
    parts = [f"{id_}\0{item.facts}" for id_, item in by_id.items()]
    return of_bytes("\0".join(parts).encode("utf-8", "surrogatepass"))
