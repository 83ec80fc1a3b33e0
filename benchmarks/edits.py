"""The edits that are timed: a changed text and a changed title, each one new, each one to be found in the output."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from benchmarks.corpus import Article

__all__ = ["Edit", "Editor", "where"]


@dataclass(frozen=True, slots=True)
class Edit:
    """An article as it is after an edit, and the words that show that the edit was built."""

    article: Article
    words: str


class Editor:
    """Makes one new edit after another of the same article, so that no build can use an earlier one's result."""

    def __init__(self, article: Article) -> None:
        self._text = article.body
        self._article = article
        self._numbers: Iterator[int] = count(1)

    def body(self) -> Edit:
        """Change the text and nothing that a list shows."""
        words = f"Nachgetragen wurde dies in Fassung {next(self._numbers)}."
        self._article = replace(self._article, body=f"{self._text}\n{words}\n")
        return Edit(self._article, words)

    def title(self) -> Edit:
        """Change the title, which lists, feeds and neighbours show, and leave the text as it was last."""
        words = f"Geändert in Fassung {next(self._numbers)}"
        self._article = replace(self._article, title=f"{words} (Meldung {self._article.number})")
        return Edit(self._article, words)


def where(output: Path, words: str) -> list[str]:
    """Return the pages that contain some words, by their paths below the output."""
    sought = words.encode()
    return [
        str(path.relative_to(output))
        for path in sorted(output.rglob("*.html"))
        if sought in path.read_bytes()
    ]
