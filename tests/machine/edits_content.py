"""What editors do to content/. Each edit is one change; `pick` says which of the things that it could change."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

from tests.machine.seed import picture
from tests.machine.world import World

__all__ = ["CONTENT_EDITS", "body", "title"]

_NEW = {
    "content/news/2022/{}.md": "---\ntitle: {}\nlead: Neu.\npublished: 2022-01-20\ncities: [musterstadt]\n---\nText.\n",
    "content/cities/{}.yaml": "name: {}\ntype: city\nstate: DE-NW\nmembership:\n  - {{admitted: 2022-02-01}}\n",
    "content/partners/{}.yaml": "name: {}\nlevel: local\ncities: [musterstadt]\n",
    "content/events/{}.yaml": "title: {}\nlead: Neu.\nstart: 2022-06-10 18:00\n",
    "content/topics/{}.yaml": "name: {}\nsummary: Neu.\n",
    "content/pages/{}.md": "---\ntitle: {}\nlead: Neu.\n---\n[Start](/)\n",
    "content/tandems/{}.yaml": "mentor: musterstadt\npending: {{expected: 2023}}\nsummary: {}\n",
}


def _one(candidates: list[str], pick: int) -> str:
    return candidates[pick % len(candidates)]


def body(world: World, pick: int) -> None:
    word = world.fresh()
    world.change(_one(world.texts(), pick), lambda text: f"{text}\n{word} kommt hinzu.\n")


def title(world: World, pick: int) -> None:
    pattern = re.compile(r"^(title|name): .*$", re.MULTILINE)
    named = [path for path in world.files("content", ".yaml", ".md") if pattern.search(world.read(path))]
    word = world.fresh()
    world.change(_one(named, pick), lambda text: pattern.sub(rf"\1: Titel {word}", text, count=1))


def yaml_comment(world: World, pick: int) -> None:
    begin = re.compile(r"\A(---\n)?")
    path = _one([*world.entries(), "site.yaml"], pick)
    word = world.fresh()
    world.change(path, lambda text: begin.sub(rf"\g<0># {word}\n", text, count=1))


def html_comment(world: World, pick: int) -> None:
    word = world.fresh()
    world.change(_one(world.texts(), pick), lambda text: f"{text}\n<!-- {word} -->\n")


def same_size_and_times(world: World, pick: int) -> None:
    turn = {"Ein": "Aus", "Aus": "Ein"}
    pattern = re.compile(r"\b(Ein|Aus)\b")
    found = [path for path in world.files("content", ".yaml", ".md") if pattern.search(world.read(path))]
    path = _one([*found, "site.yaml"], pick)
    world.change(path, lambda text: pattern.sub(lambda m: turn[m[1]], text, count=1), restore_times=True)


def times_alone(world: World, pick: int) -> None:
    path = world.root / _one(world.files("content"), pick)
    os.utime(path, ns=(pick * 1_000_000_007, pick * 1_000_000_007))


def renamed(world: World, pick: int) -> None:
    """Rename an entry with all that stands beside it; whatever names it then names nothing."""
    path = Path(_one(world.entries(), pick))
    stem, word = path.name.partition(".")[0], world.fresh().lower()
    for other in (world.root / path.parent).glob(f"{stem}.*"):
        if other.suffix in (".yaml", ".md"):
            other.rename(other.with_name(word + other.name.removeprefix(stem)))


def moved(world: World, pick: int) -> None:
    news = world.files("content/news", ".md")
    if news:
        path = world.root / _one(news, pick)
        target = world.root / "content/news" / world.fresh().lower() / path.name
        target.parent.mkdir()
        path.rename(target)


def swapped(world: World, pick: int) -> None:
    """Exchange the names of two files; sizes, times and numbers go with the contents."""
    found = world.files("content", ".yaml", ".md")
    one = _one(found, pick)
    alike = [
        path
        for path in found
        if path != one and path.split("/")[1] == one.split("/")[1] and path[-3:] == one[-3:]
    ]
    if alike:
        first, second, beside = (
            world.root / name for name in (one, _one(alike, pick // 7), "content/tausch")
        )
        first.rename(beside)
        second.rename(first)
        beside.rename(second)


def deleted(world: World, pick: int) -> None:
    world.site.remove(_one(world.files("content"), pick))


def new_entry(world: World, pick: int) -> None:
    path, text = list(_NEW.items())[pick % len(_NEW)]
    word = world.fresh()
    world.write(path.format(word.lower()), text.format(word))


def drafted(world: World, pick: int) -> None:
    """Make a draft of an entry, or an entry of a draft."""
    path = _one(world.entries(), pick)
    if "draft: ja\n" in world.read(path):
        world.change(path, lambda text: text.replace("draft: ja\n", ""))
    else:
        world.change(path, lambda text: re.sub(r"\A(---\n)?", r"\g<0>draft: ja\n", text, count=1))


def linked(world: World, pick: int) -> None:
    targets = (
        "city:musterstadt",
        "city:beispielhausen",
        "news:gesperrt",
        "news:aushang",
        "event:treffen",
        "/",
    )
    target = targets[pick % len(targets)]
    world.change(_one(world.texts(), pick // 7), lambda text: f"{text}\nMehr [dazu]({target}).\n")


def updated(world: World, pick: int) -> None:
    pattern = re.compile(r"^updated: .*$", re.MULTILINE)
    found = [path for path in world.entries() if pattern.search(world.read(path))]
    if found:
        world.count += 1
        day = f"updated: 20{10 + world.count % 12}-01-{1 + world.count % 28:02}"
        world.change(_one(found, pick), lambda text: pattern.sub(day, text, count=1))


def translated(world: World, pick: int) -> None:
    """Add a translation or take it away."""
    entries = [path for path in world.entries() if path.startswith(("content/pages/", "content/cities/"))]
    language = ("en", "de-simple")[pick % 2]
    path = _one(entries, pick // 2)
    field = "title" if path.endswith(".md") else "summary"
    other = path.rpartition(".")[0] + f".{language}.md"
    world.toggle(other, f"---\n{field}: {world.fresh()}\n---\nAn invented text.\n")


def replaced_picture(world: World, pick: int) -> None:
    world.count += 1
    paths = world.files("content", ".png") or ["content/news/2021/platz.png"]
    world.write(_one(paths, pick), picture((world.count * 7 % 256, world.count // 36, 90)))


def other_alt(world: World, _pick: int) -> None:
    pattern = re.compile(r"alt: [^,]*")
    word = world.fresh()
    for path in (path for path in world.entries() if pattern.search(world.read(path))):
        world.change(path, lambda text: pattern.sub(f"alt: {word}", text))
        return


def rights(world: World, pick: int) -> None:
    """Say anew who made a picture and what others may do with it: a file for print says so itself."""
    pattern = re.compile(r"credit: [^,}\n]*(, licence: [\w.-]+)?")
    word, licence = world.fresh(), ("press", "CC0-1.0", "reserved")[pick % 3]
    for path in (path for path in world.entries() if pattern.search(world.read(path))):
        world.change(path, lambda text: pattern.sub(f"credit: {word}, licence: {licence}", text))
        return


def previews(world: World, _pick: int) -> None:
    """Have previews drawn, or leave that."""
    turn = {"ja": "nein", "nein": "ja"}
    world.change(
        "site.yaml",
        lambda text: re.sub(r"social_images: (ja|nein)", lambda m: f"social_images: {turn[m[1]]}", text),
    )


def attachment(world: World, _pick: int) -> None:
    for path in world.files("content", ".csv"):
        world.change(path, lambda text: f"{text}{world.fresh()};2\n")
        return


def form_of_file(world: World, pick: int) -> None:
    """Give the attachment's name the other Unicode form, or let it stand there in both."""
    for path in sorted((world.root / "content").rglob("*.csv")):
        forms = {unicodedata.normalize(form, path.name) for form in ("NFC", "NFD")}
        (other,) = forms - {path.name} or {path.name}
        if pick % 3:
            path.rename(path.with_name(other))
        else:
            path.with_name(other).write_bytes(path.read_bytes() + b"doppelt\n")
        return


def form_of_reference(world: World, _pick: int) -> None:
    """Write the attachment's name in the other Unicode form where an entry names it."""
    forms = [unicodedata.normalize(form, "übersicht.csv") for form in ("NFC", "NFD")]
    for path in world.entries():
        for one, other in (forms, forms[::-1]):
            if one in world.read(path):
                world.change(path, lambda text, one=one, other=other: text.replace(one, other))  # type: ignore[misc]
                return


def broken(world: World, pick: int) -> None:
    """Make a mistake: YAML that can't be read, a reference to nothing, bytes that are no text."""
    path = _one(world.entries(), pick // 3)
    mistakes = ("kaputt: [\n", "topics: [gibt-es-nicht]\n", "unbekannt: ja\n")
    world.change(path, lambda text: re.sub(r"\A(---\n)?", rf"\g<0>{mistakes[pick % 3]}", text, count=1))


CONTENT_EDITS = (
    *(body, title, yaml_comment, html_comment, same_size_and_times, times_alone, renamed, moved, swapped),
    *(deleted, new_entry, drafted, linked, updated, translated, replaced_picture, other_alt, attachment),
    *(form_of_file, form_of_reference, broken, rights, previews),
)
