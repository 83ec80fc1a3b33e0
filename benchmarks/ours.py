"""Our own generator, described as the runner describes the others: as it is, and with templates like theirs."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.corpus import ROOT, Article, write_frame
from benchmarks.peers.peer import Peer

__all__ = ["MINIMAL", "OURS"]

_TEMPLATES = Path(__file__).parent / "templates"
"""As minimal as those of the other generators, for news, their lists and the frame of all pages."""


@dataclass(frozen=True, slots=True)
class _Ours(Peer):
    """Differs from the others in where its fixed files come from: the repository and the corpus itself."""

    templates: Path | None = None
    """What takes the place of the site's own templates."""

    def make_project(self, folder: Path, articles: Iterable[Article]) -> None:
        """Write the whole project."""
        write_frame(folder)
        if self.templates is not None:
            shutil.copytree(self.templates, folder / "templates", dirs_exist_ok=True)
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

MINIMAL = replace(OURS, name="minimal", label="stadtnetz, minimal templates", templates=_TEMPLATES)
"""The same pages, by templates like those that the others get."""
