"""Fingerprints of everything that pages are made from, besides long texts.

A page whose inputs are the same is the same. The facts of the whole network are one input: any field of any entry,
site.yaml, the moment as far as it matters, the pictures. News are many, and most of them show only themselves, so the
facts without news are another; see `site.news`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from stadtnetz.fingerprint import Fingerprints
from stadtnetz.network.network import Network
from stadtnetz.site.pictures import Pictures

__all__ = ["Facts", "facts_of"]


@dataclass(frozen=True, slots=True)
class Facts:
    """`whole` is of the network, `rest` of the network without its news."""

    whole: str
    rest: str


def facts_of(network: Network, site: str, base_url: str, pictures: Pictures, since: datetime | None) -> Facts:
    """Take the fingerprints. `site` is that of site.yaml, `since` when anything but news last changed by itself."""
    fingerprints = Fingerprints()
    moment = since.isoformat() if since is not None else ""
    frame = fingerprints.of(
        site,
        base_url,
        moment,
        network.site.languages,
        network.drafts_shown,
        network.site.search,
        dict(network.media),
        tuple(sorted(pictures.items())),
    )
    rest = fingerprints.of(frame, *_entries(network, news=False))
    return Facts(fingerprints.of(rest, *_entries(network, news=True)), rest)


def _entries(network: Network, *, news: bool) -> Iterator[tuple[str, ...]]:
    for kind, by_id in network.items.items():
        if (kind == "news") is news:
            for id_, item in by_id.items():
                yield (kind, id_, *item.facts)
