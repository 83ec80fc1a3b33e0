"""An invented corpus for benchmarks: `python benchmarks/corpus.py FOLDER --news 1000`.

Writes a whole project folder: site.yaml, content/ and the repository's own templates. The same number and seed give
the same bytes on any machine, and article n is the same in every size, so that sizes can be compared. No place,
person or organisation in it exists.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))  # started as a file, only its own folder is on the path

from benchmarks.entries import CITIES, TOPICS, city_id, city_name, entries, topic_id, topic_name  # noqa: E402
from benchmarks.prose import Place, body, heading, sentence  # noqa: E402

__all__ = [
    "FIRST_YEAR",
    "ROOT",
    "SEED",
    "YEARS",
    "Article",
    "article",
    "articles",
    "newest",
    "write_corpus",
    "write_frame",
]

SEED = 20_260_101
FIRST_YEAR, YEARS = 2014, 12


@dataclass(frozen=True, slots=True)
class Article:
    """A news item, before it is written in the form that a generator takes."""

    number: int
    title: str
    lead: str
    published: str
    cities: tuple[int, ...]
    topics: tuple[int, ...]
    body: str
    """Markdown; links to places and topics are written as city:ID and topic:ID."""

    @property
    def year(self) -> str:
        """Return the year of publication."""
        return self.published[:4]

    @property
    def slug(self) -> str:
        """Return the file's name without its ending."""
        return f"meldung-{self.number:06d}"

    @property
    def path(self) -> str:
        """Return where the file is in our own content/."""
        return f"content/news/{self.year}/{self.slug}.md"

    def text(self) -> str:
        """Return the file as our own generator takes it."""
        lines = [
            "---",
            f"title: {self.title}",
            f"lead: {self.lead}",
            f"published: {self.published}",
            f"cities: [{', '.join(city_id(city) for city in self.cities)}]",
            f"topics: [{', '.join(topic_id(topic) for topic in self.topics)}]",
            "sources:",
            f'  - {{url: "https://example.org/meldungen/{self.number}", seen: {self.year}-12}}',
            "---",
            "",
            self.body,
        ]
        return "\n".join(lines)


def article(number: int, seed: int = SEED) -> Article:
    """Make one article; it depends on its number and the seed alone."""
    random = Random(f"{seed}:{number}")  # noqa: S311 - texts, not secrets
    year = FIRST_YEAR + number % YEARS
    published = f"{year}-{random.randint(1, 12):02d}-{random.randint(1, 28):02d}"
    cities = tuple(random.sample(range(1, CITIES + 1), random.randint(1, 2)))
    topics = tuple(random.sample(range(1, TOPICS + 1), random.randint(1, 2)))
    places: list[Place] = [("city", city_id(city), city_name(city)) for city in cities]
    places += [("topic", topic_id(topic), topic_name(topic)) for topic in topics]
    return Article(
        number=number,
        title=f"{heading(random)} (Meldung {number})",
        lead=sentence(random),
        published=published,
        cities=cities,
        topics=topics,
        body=body(random, places),
    )


def articles(count: int, seed: int = SEED) -> Iterator[Article]:
    """Make articles 1 to `count`."""
    for number in range(1, count + 1):
        yield article(number, seed)


def newest(count: int, seed: int = SEED) -> Article:
    """Return the article that an editor would touch first: it stands at the top of every list it is in."""
    return max(articles(count, seed), key=lambda one: (one.published, one.number))


def write_frame(folder: Path, seed: int = SEED) -> None:
    """Write a project folder without news; the folder must be new or empty."""
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty")
    shutil.copytree(ROOT / "templates", folder / "templates", dirs_exist_ok=True)
    for path, text in entries(Random(seed)):  # noqa: S311 - texts, not secrets
        _write(folder / path, text)


def write_corpus(folder: Path, news: int, seed: int = SEED) -> None:
    """Write a project folder with this many news; the folder must be new or empty."""
    write_frame(folder, seed)
    for one in articles(news, seed):
        _write(folder / one.path, one.text())


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def main() -> None:
    """Read the command line and write the corpus."""
    parser = argparse.ArgumentParser(description="Write an invented corpus as a project folder.")
    parser.add_argument("folder", type=Path, help="where to; new or empty")
    parser.add_argument("--news", type=int, default=1000, help="how many news (default: 1000)")
    parser.add_argument("--seed", type=int, default=SEED, help="another seed makes other texts")
    options = parser.parse_args()
    write_corpus(options.folder, options.news, options.seed)


if __name__ == "__main__":
    main()
