"""The generators that ours is compared with, and the flags that each one's manual gives for repeated builds."""

from __future__ import annotations

from benchmarks.peers import forms
from benchmarks.peers.peer import Peer

__all__ = ["PEERS"]

PEERS: dict[str, Peer] = {
    peer.name: peer
    for peer in (
        Peer(
            "hugo",
            "Hugo",
            "hugo",
            # The package's own bin/hugo is a Python script that starts this binary.
            cold=("hugo", "--quiet"),
            form=forms.hugo,
            extra=forms.hugo_years,
            output="public",
            caches=("resources", ".hugo_build.lock"),
        ),
        Peer(
            "eleventy",
            "Eleventy",
            "@11ty/eleventy",
            # Without --incremental=FILE: 3.1.8 ends with an internal error there ("templateRender has not yet
            # initialized") as soon as a project has other templates than the edited one.
            cold=("node_modules/.bin/eleventy", "--quiet"),
            form=forms.eleventy,
            output="_site",
            caches=(".cache",),
        ),
        Peer(
            "pelican",
            "Pelican",
            "pelican",
            cold=("bin/pelican", "--quiet"),
            form=forms.pelican,
            output="output",
            caches=("cache", "__pycache__"),
        ),
        Peer(
            "mkdocs",
            "MkDocs",
            "mkdocs",
            cold=("bin/mkdocs", "build", "--quiet"),
            again=("bin/mkdocs", "build", "--quiet", "--dirty"),
            form=forms.documentation,
            extra=forms.place_pages,
            output="site",
        ),
        Peer(
            "nikola",
            "Nikola",
            "nikola",
            cold=("bin/nikola", "build", "--quiet"),
            form=forms.nikola,
            output="output",
            caches=("cache", ".doit.db*", "__pycache__"),
        ),
        Peer(
            "lektor",
            "Lektor",
            "lektor",
            cold=("bin/lektor", "build", "--output-path", "output"),
            form=forms.lektor,
            extra=forms.lektor_places,
            output="output",
            page=lambda article: f"news/{article.slug}/index.html",
        ),
        Peer(
            "zensical",
            "Zensical",
            "zensical",
            cold=("bin/zensical", "build"),
            form=forms.documentation,
            extra=forms.place_pages,
            output="site",
            caches=(".cache",),
        ),
    )
}
