"""What nobody may see yet is nowhere in output/: every field of every kind holds a word of its own that would tell.

Looked through are the names and bytes of all files, and what compressed ones hold, whatever they are for.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL.PngImagePlugin import PngInfo

from stadtnetz.diagnostics import Severity
from tests.minisite import NETWORK, SITE, Files, MiniSite
from tests.picturesite import landscape, saved
from tests.trust.filled import project

WORD = re.compile(rb"kanarie([b-k]+)zz", re.IGNORECASE)
DATED = ("news",)
"""Kinds that can be embargoed; the others can be drafts."""


def picture(word: str) -> bytes:
    about = PngInfo()
    about.add_text("Comment", word)
    about.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{word}</x:xmpmeta>")
    return saved(landscape(90, 60), "PNG", pnginfo=about)


class Canaries:
    """Gives each field a word, and knows whose each word is."""

    def __init__(self) -> None:
        self.ways: dict[str, str] = {}

    def word(self, way: str) -> str:
        number = len(self.ways)
        letters = "".join(chr(98 + int(digit)) for digit in str(number))
        self.ways[letters] = way
        return f"Kanarie{letters}zz"

    def words(self, form: str, way: str) -> str:
        word = self.word(way)
        return {"text": word, "url": f"https://{word}.de/{word}", "mail": f"{word}@musterstadt.de"}[form]

    def body(self, way: str) -> str:
        one, two, three = (self.word(way) for _ in range(3))
        return f"Ein Text mit {one}.\n\n- [Ein Link](https://{two}.de/)\n\n[^1]\n\n[^1]: {three}\n"

    def in_folder(self, folder: Path) -> set[str]:
        """Return the fields of which a trace is anywhere below a folder."""
        found: set[bytes] = set()
        for path in folder.rglob("*"):
            found.update(WORD.findall(str(path.relative_to(folder)).encode()))
            if path.is_file():
                for data in opened(path.read_bytes()):
                    found.update(WORD.findall(data))
        return {self.ways[letters.decode().lower()] for letters in found}


def opened(data: bytes) -> list[bytes]:
    """Return bytes, and whatever is compressed in them."""
    found = [data]
    if data.startswith(b"\x1f\x8b"):
        found.append(gzip.decompress(data))
    for at in (
        match.end() for match in re.finditer(rb"zTXt[^\0]*\0\0|iTXt[^\0]*\0\x01\0[^\0]*\0[^\0]*\0", data)
    ):
        found.append(zlib.decompressobj().decompress(data[at:]))
    for text in list(found):
        if b"\0" in text[:200]:
            found.append(text.replace(b"\0", b""))  # UTF-16
    return found


def hidden_as(how: str, canaries: Canaries) -> dict[str, str | bytes]:
    """Return a project of which everything is a draft or, where it is dated, embargoed, under names of its own."""
    files = project(canaries.words, canaries.body, picture(canaries.word("picture")))
    del files["site.yaml"]
    shown = f"{canaries.word('picture file')}.png".encode()
    made: dict[str, str | bytes] = {}
    for path, data in files.items():
        name = path.replace("bild.png", shown.decode()).replace("ein-", "heimlich-")
        text = data if isinstance(data, bytes) else data.encode()
        if path.endswith((".yaml", ".md")):
            text = text.replace(b"bild.png", shown).replace(b"ein-", b"heimlich-")
            if how == "draft":
                text = re.sub(rb'(?m)^draft: "nein"', b"draft: ja", text)
            elif path.split("/")[1] in DATED and "." not in Path(path).stem:
                text = re.sub(rb"(?m)^embargo: .*", b"embargo: 2030-01-01 12:00", text)
                text = re.sub(rb"(?m)^expires: .*\n", b"", text)
        made[name] = text
    return made


def test_drafts_leave_no_trace(tmp_path: Path) -> None:
    canaries = Canaries()
    site = MiniSite(tmp_path, {**NETWORK, **hidden_as("draft", canaries), "site.yaml": SITE})
    built = site.build(search=True)
    assert [(one.path, one.code) for one in built.diagnostics if one.severity is Severity.ERROR] == []
    assert len(canaries.ways) > 400
    assert canaries.in_folder(site.output) == set()
    assert not [
        path for path in site.output.rglob("*") if "heimlich" in path.name or "noch-eine" in path.name
    ]


@pytest.mark.parametrize("when", ["2021-07-01", "2022-08-01"])
def test_embargoed_and_scheduled_news_leave_no_trace(tmp_path: Path, when: str) -> None:
    """The first moment lies before `published`, the second before the embargo ends."""
    canaries = Canaries()
    files = {path: data for path, data in hidden_as("embargo", canaries).items() if "/news/" in path}
    for path, data in files.items():
        if path.endswith(".md") and isinstance(data, bytes):
            kinds = rb"(?m)^(cities|partners|tandems|networks|events|topics|background): .*\n"
            files[path] = re.sub(kinds, b"", data)
    site = MiniSite(tmp_path, {**NETWORK, **files})
    built = site.build(when, search=True)
    assert [(one.path, one.code) for one in built.diagnostics if one.severity is Severity.ERROR] == []
    assert canaries.in_folder(site.output) == set()
    after = site.build("2030-01-01T12:00", search=True)
    assert after.published is not None
    shown = canaries.in_folder(site.output)
    assert {"news.title", "news.lead", "news.body", "picture file"} <= shown


NEVER = (".note", ".consent")


def test_what_is_for_editors_alone_is_never_published_and_the_rest_is_looked_for_rightly(
    tmp_path: Path,
) -> None:
    """The other way round: everything is visible, so almost every word must be found, and some must not."""
    canaries = Canaries()
    files: Files = project(canaries.words, canaries.body, picture(canaries.word("metadata")))
    site = MiniSite(tmp_path, files)
    assert site.build(search=True).published is not None
    shown = canaries.in_folder(site.output)
    assert len(shown) > 180
    assert {way for way in shown if way.endswith(NEVER)} == set()
    assert "metadata" not in shown
    assert sum(way.endswith(NEVER) for way in canaries.ways.values()) > 10


@pytest.mark.parametrize(
    "pack", [lambda data: data, gzip.compress, lambda data: data.decode().encode("utf-16")]
)
def test_a_word_would_be_found_wherever_it_is(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    canaries = Canaries()
    (tmp_path / "datei.bin").write_bytes(pack(canaries.word("here").encode() * 20))
    assert canaries.in_folder(tmp_path) == {"here"}
