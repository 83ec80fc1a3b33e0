"""What a file below content/ is, by its path alone: folder, stem, and a second ending for the language."""

from __future__ import annotations

import posixpath
import re

from msgspec import Struct

from stadtnetz.diagnostics import Diagnostic, problem
from stadtnetz.diagnostics.suggest import nearest
from stadtnetz.model.kinds import FOLDERS, Kind
from stadtnetz.model.site_config import LANGUAGES
from stadtnetz.network.operator import ORIGINAL
from stadtnetz.rows import Task
from stadtnetz.source import SourceFile
from stadtnetz.text.slug import slugify

__all__ = [
    "CAPTION_ENDINGS",
    "MEDIA_ENDINGS",
    "PICTURE_ENDINGS",
    "TRANSLATED",
    "VIDEO_ENDINGS",
    "Place",
    "place_of",
    "task_of",
]

PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp")
VIDEO_ENDINGS = (".mp4", ".webm")
CAPTION_ENDINGS = (".vtt",)
DOCUMENT_ENDINGS = (".pdf", ".csv", ".docx", ".odt", ".txt", ".ics")
TRANSLATED = tuple(language for language in LANGUAGES if language != ORIGINAL)
"""The languages that a file's name may give; the entry itself is in the original one."""
MEDIA_ENDINGS = PICTURE_ENDINGS + VIDEO_ENDINGS + CAPTION_ENDINGS + DOCUMENT_ENDINGS


class Place(Struct, frozen=True):
    """What a path under content/ says."""

    file: SourceFile
    kind: Kind
    id: str
    language: str
    """Empty for the original."""
    is_text: bool
    """True for the `.md` of a structured entry."""

    @property
    def address(self) -> tuple[str, str]:
        """Return what an entry's files have in common: folder and id."""
        return self.file.path.rpartition("/")[0], self.id


def place_of(file: SourceFile) -> Place | Diagnostic:
    """Return what a path says, or what is wrong with it."""
    parts = file.path.split("/")
    folder = parts[1] if len(parts) > 2 else ""
    kind = FOLDERS.get(folder)
    if kind is None:
        return problem(
            "unknown-folder",
            file.path,
            folder=folder,
            known=", ".join(FOLDERS),
            suggestion=nearest(folder, FOLDERS),
        )
    name = parts[-1]
    if name.endswith(".yml"):
        return problem(
            "file-ending", file.path, ending=".yml", suggestion=name.removesuffix(".yml") + ".yaml"
        )
    stem, ending = posixpath.splitext(name)
    stem, _, language = stem.partition(".")
    if ending not in (".yaml", ".md") or (ending == ".yaml" and kind.form == "markdown"):
        return problem(
            "file-ending",
            file.path,
            ending=ending,
            suggestion=stem + (".md" if kind.form == "markdown" else ".yaml"),
        )
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", stem):
        return problem("file-name", file.path, name=name, suggestion=slugify(stem) + ending)
    if language and language not in TRANSLATED:
        return problem(
            "file-language",
            file.path,
            language=language,
            known=", ".join(TRANSLATED),
            suggestion=nearest(language, TRANSLATED),
        )
    is_text = ending == ".md" and kind.form == "yaml" and not language
    return Place(file, kind, stem, language, is_text)


def task_of(place: Place) -> Task:
    """Return how a file is to be read."""
    language = place.language or ORIGINAL
    return Task(place.file, place.kind, language, translation=bool(place.language), is_text=place.is_text)
