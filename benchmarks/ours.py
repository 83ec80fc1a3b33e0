"""Our own generator, described as the runner describes the others."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from benchmarks.corpus import ROOT, Article, write_frame
from benchmarks.peers.peer import Peer

__all__ = ["OURS"]


class _Ours(Peer):
    """Differs from the others in where its fixed files come from: the repository and the corpus itself."""

    def make_project(self, folder: Path, articles: Iterable[Article]) -> None:
        """Write the whole project."""
        write_frame(folder)
        for article in articles:
            self.write(folder, article)


OURS = _Ours(
    "ours",
    "stadtnetz",
    "stadtnetz",
    cold=(
        sys.executable,
        str(ROOT / "build.py"),
        "build",
        "--quiet",
        "--root",
        "{folder}",
        "--output",
        "{folder}/output",
    ),
    form=lambda article: (article.path, article.text()),
    output="output",
    caches=(".build", ".output.*"),
    page=lambda article: f"aktuelles/{article.year}/{article.slug}/index.html",
)
