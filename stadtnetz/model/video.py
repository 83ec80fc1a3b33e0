"""A video: a file of our own with captions and transcript, or a link to a video elsewhere."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from stadtnetz.model.base import Form, Record, Text, Url, YesNo
from stadtnetz.model.picture import Picture

__all__ = ["ExternalVideo", "Length", "Video"]

_MINUTE, _HOUR = 60, 3600
_LENGTH = re.compile(r"(?:([0-9]{1,2}):)?([0-9]{1,2}):([0-5][0-9])")


def _read_length(value: object) -> object:
    """Read 2:35 or 1:02:35 as seconds."""
    if not isinstance(value, str):
        return value
    match = _LENGTH.fullmatch(value.strip())
    if match is None or (match[1] is not None and int(match[2]) >= _MINUTE):
        raise PydanticCustomError("length_form", "not a length")
    return int(match[1] or 0) * _HOUR + int(match[2]) * _MINUTE + int(match[3])


Length = Annotated[
    int, BeforeValidator(_read_length), Field(gt=0), Form("length", "Länge, etwa 2:35", _LENGTH.pattern)
]
"""How long a video is, in seconds; written as minutes and seconds (2:35) or with hours (1:02:35)."""


class Video(Record):
    """A video file beside the entry. Nobody is left out: captions for those who don't hear, a text for all others."""

    file: Text = Field(title="Datei", description="Name der Videodatei im selben Ordner (MP4 oder WebM).")
    title: Text = Field(title="Titel", description="Worum es im Video geht; steht als Überschrift darüber.")
    length: Length = Field(
        title="Länge", description="Minuten und Sekunden, etwa 2:35, oder mit Stunden 1:02:35."
    )
    sign_language: YesNo = Field(
        False, title="Gebärdensprache", description="„ja“, wenn das Video in Deutscher Gebärdensprache ist."
    )
    captions: Text | None = Field(
        None, title="Untertitel", description="Name der Untertiteldatei im selben Ordner (WebVTT, .vtt)."
    )
    transcript: Text | None = Field(
        None,
        title="Abschrift",
        description="Was im Video gesagt, gebärdet und gezeigt wird. "
        "Leer lassen, wenn der Text der Seite dasselbe sagt.",
    )
    poster: Picture | None = Field(
        None, title="Vorschaubild", description="Steht da, bis das Video läuft; mit Bildnachweis."
    )
    width: int = Field(1280, title="Breite", description="In Bildpunkten.", ge=320, le=7680)
    height: int = Field(720, title="Höhe", description="In Bildpunkten.", ge=240, le=4320)


class ExternalVideo(Record):
    """A video on another site: a link with a preview of our own; nothing of it is loaded here."""

    url: Url = Field(title="Adresse", description="Vollständige Adresse der Seite, auf der das Video läuft.")
    title: Text = Field(title="Titel", description="Worum es im Video geht.")
    length: Length | None = Field(None, title="Länge", description="Minuten und Sekunden, wenn bekannt.")
    sign_language: YesNo = Field(
        False, title="Gebärdensprache", description="„ja“, wenn das Video in Deutscher Gebärdensprache ist."
    )
    picture: Picture | None = Field(
        None,
        title="Vorschaubild",
        description="Ein eigenes Bild, mit Bildnachweis; nie das der anderen Seite.",
    )
