"""What editors do to news that are plain texts: a build may take a shorter way with these, so they are edited often."""

from __future__ import annotations

import re

from tests.machine.world import World

__all__ = ["NEWS_EDITS"]

_TARGETS = (
    "city:beispielhausen",
    "news:aushang",
    "news:rueckblick#wie-es-war",
    "/aktuelles/#main",
    "news:gesperrt",
)


def _plain(world: World, pick: int) -> str | None:
    """Return a news item without pictures, None where there is none left."""
    found = [path for path in world.files("content/news", ".md") if path.count(".") == 1]
    found = [path for path in found if "pictures:" not in world.read(path)]
    return found[pick // 2 % len(found)] if found else None


def _append(world: World, pick: int, text: str) -> None:
    path = _plain(world, pick)
    if path is not None:
        world.change(path, lambda before: f"{before}\n{text}\n")


def _field(world: World, pick: int, name: str, value: str) -> None:
    path = _plain(world, pick)
    line = re.compile(rf"^{name}: .*$", re.MULTILINE)
    if path is not None and line.search(world.read(path)):
        world.change(path, lambda text: line.sub(f"{name}: {value}", text, count=1))


def news_text(world: World, pick: int) -> None:
    _append(world, pick, f"{world.fresh()} kommt hinzu.")


def news_heading(world: World, pick: int) -> None:
    """Add a heading, or give the headings that there are other names: links may lead to them."""
    path = _plain(world, pick)
    word = world.fresh()
    if path is not None and pick % 3 and "\n## " in world.read(path):
        world.change(path, lambda text: re.sub(r"\n## .*", f"\n## {word}", text))
    else:
        _append(world, pick, f"## {word}\n\nWas darunter steht.")


def news_link(world: World, pick: int) -> None:
    _append(world, pick, f"Mehr [dazu]({_TARGETS[pick % len(_TARGETS)]}).")


def news_picture(world: World, pick: int) -> None:
    _append(world, pick, "![Ein Platz](platz.png)")


def two_news_texts(world: World, pick: int) -> None:
    news_text(world, pick)
    news_text(world, pick + 2)


def news_title(world: World, pick: int) -> None:
    _field(world, pick, "title", f"Titel {world.fresh()}")


def news_words(world: World, pick: int) -> None:
    """Change other words that are shown elsewhere, or that nobody but the page shows, or all at once."""
    field = ("lead", "kicker", "dateline", "correction", "issuer")[pick % 5]
    path = _plain(world, pick)
    if path is not None:
        line = f"{field}: Wort {world.fresh()}"
        world.change(
            path, lambda text: re.sub(rf"\n{field}: .*|(?=\npublished: )", f"\n{line}", text, count=1)
        )
    if pick % 7 == 0:
        news_title(world, pick)
        news_text(world, pick + 1)


def news_day(world: World, pick: int) -> None:
    """Change the day, and with it often the neighbours, and sometimes the year that a list is of."""
    _field(world, pick, "published", f"20{20 + pick % 2}-{1 + pick % 12:02}-{1 + pick % 28:02}")


NEWS_EDITS = (
    news_text,
    news_heading,
    news_link,
    news_picture,
    two_news_texts,
    news_title,
    news_words,
    news_day,
)
