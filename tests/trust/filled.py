"""Entries of every kind with something in every field, made from the models: a field that is added is filled by itself.

What stands in a text is asked for by the way to it ("news.pictures.0.alt"), so that a test can follow each text.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable
from enum import Enum

from stadtnetz.dates import PartialDate
from stadtnetz.model.base import Email, Phone, Record, Reference, Text, Url
from stadtnetz.model.kinds import KINDS, Kind
from stadtnetz.model.site_config import SiteConfig
from stadtnetz.model.translation import Translation

__all__ = ["Words", "project", "values"]

Words = Callable[[str, str], str]
"""Gives what stands in a field, by its form ("text", "url", "mail") and the way to it."""

IDS = {kind: f"ein-{kind}" for kind in KINDS}
_EXACT: dict[str, object] = {
    "layout": "press",
    "state": "DE-NI",
    "draft": "nein",
    "languages": ["de", "en", "de-simple"],
    "base_url": "https://netz.musterstadt.de/",
    "news_per_page": 12,
    "advice_off": [],
    "display_panel": "ja",
    "social_images": "nein",
    "search": "ja",
    "navigation": [],
    "footer": ["ein-page"],
    # Addresses and switches have forms of their own; what hidden entries' old addresses leave behind is looked at in
    # test_old_addresses.
    **dict.fromkeys(("aliases", "addresses", "deploy", "cms", "security"), None),
    "handbook": "nein",
    "contact_emails": "ja",
    "parent": None,
    "pending": None,
    "captions": "untertitel.vtt",
    "length": "2:30",
}
_DATES = {
    "published": "2021-07-08",
    "happened": "2021-07-01",
    "start": "2021-08-01",
    "end": "2022-09-30",
    "embargo": "2021-07-08",
    "expires": "2031-07-08",
    "withdraw_by": "2031-01-01",
    "review_by": "2031-01-01",
    "until": "2031-01-01",
    "closes": "2031-01-01",
}
_FORMS = ((Text, "text"), (Url, "url"), (Email, "mail"), (Phone, "phone"))
_FILES = {"Picture": "bild.png", "Attachment": "anlage.pdf", "Video": "film.mp4"}


def values(model: type[Record], way: str, words: Words) -> dict[str, object]:
    """Return plain values for every field of a record."""
    made: dict[str, object] = {}
    for name, field in model.model_fields.items():
        here = f"{way}.{name}"
        if name == "membership":
            made[name] = [
                {
                    **values(_inner(field.annotation), f"{here}.0", words),
                    "selected": "2019-06-01",
                    "admitted": "2019-07-01",
                }
            ]
            continue
        if name == "file":
            made[name] = _FILES[model.__name__]
            continue
        if name in _EXACT:
            if _EXACT[name] is not None:
                made[name] = _EXACT[name]
            continue
        made[name] = _value(field.annotation, field.metadata, here, words, name)
    return {name: value for name, value in made.items() if value is not None}


def _inner(annotation: object) -> type[Record]:
    found: type[Record] = typing.get_args(annotation)[0]
    return found


def _value(annotation: object, metadata: list[object], way: str, words: Words, name: str) -> object:
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        return _value(next(part for part in parts if part is not type(None)), metadata, way, words, name)
    if origin is tuple:
        return [_value(parts[0], [], f"{way}.0", words, name)]
    if origin is dict:
        return {
            language: _value(parts[1], [], f"{way}.{language}", words, name)
            for language in ("en", "de-simple")
        }
    if origin is typing.Annotated:
        return _value(parts[0], [*parts[1:], *metadata], way, words, name)
    for one in metadata:
        if isinstance(one, Reference):
            return IDS[one.kind]
    form = next((told for form, told in _FORMS if typing.get_args(form)[1] in metadata), "")
    if form == "phone":
        return "0123 456789"
    if form or annotation is str:
        return words(form or "text", way)
    if not isinstance(annotation, type):
        raise TypeError(f"{way}: {annotation}")
    if issubclass(annotation, Record):
        return values(annotation, way, words)
    if issubclass(annotation, Enum):
        return next(iter(annotation)).value
    if annotation is PartialDate:
        return _DATES.get(name, "2021-01-10")
    return "nein" if annotation is bool else 800 if annotation is int else 52.5 if name == "lat" else 9.7


def _yaml(made: dict[str, object]) -> str:
    """Write values as YAML; JSON is YAML, but for the escapes of characters that only YAML writes in another way."""
    return (
        "\n".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in made.items()) + "\n"
    )


def project(words: Words, body: Callable[[str], str], picture: bytes) -> dict[str, str | bytes]:
    """Return a project with an entry of every kind, its text, its translations, and its files."""
    files: dict[str, str | bytes] = {"site.yaml": _yaml(values(SiteConfig, "site", words)).encode()}
    for kind in KINDS.values():
        made = values(kind.model, kind.name, words)
        _fit(kind, made)
        stem = f"content/{kind.folder}/{IDS[kind.name]}"
        head, long = _yaml(made), body(f"{kind.name}.body")
        if kind.form == "markdown":
            files[f"{stem}.md"] = f"---\n{head}---\n{long}".encode()
        else:
            files[f"{stem}.yaml"] = head.encode()
            if kind.permalink:
                files[f"{stem}.md"] = long.encode()
        for language in ("en", "de-simple"):
            told = _translated(kind, values(Translation, f"{kind.name}.{language}", words))
            if kind.permalink or kind.name in ("page", "background"):
                files[f"{stem}.{language}.md"] = (
                    f"---\n{_yaml(told)}---\n{body(f'{kind.name}.{language}.body')}".encode()
                )
        for file in ("bild.png", "anlage.pdf", "film.mp4", "untertitel.vtt"):
            files[f"content/{kind.folder}/{file}"] = (
                picture if file == "bild.png" else b"%PDF-1.4" if file.endswith("pdf") else b"WEBVTT\n"
            )
    other = values(KINDS["city"].model, "city2", words)
    files["content/cities/noch-eine.yaml"] = _yaml(other).encode()
    return files


def _translated(kind: Kind, told: dict[str, object]) -> dict[str, object]:
    return {
        name: value
        for name, value in told.items()
        if name in ("updated", "reviewed_by", "draft", "note") or name in kind.model.model_fields
    }


def _fit(kind: Kind, made: dict[str, object]) -> None:
    """Make fields fit each other, where a model or a rule wants that."""
    if kind.name == "tandem":
        made |= {"mentee": "noch-eine", "start": "2021-08-01", "end": "2022-09-30", "attested": "2021-08-01"}
    if kind.name == "phase":
        made |= {"end": "2031-01-01"}
    if kind.name == "event":
        made |= {"start": "2022-09-01 10:00", "end": "2022-09-01 12:00", "repeats": [{"start": "2022-10-01"}]}
        made["registration"] = {
            **typing.cast("dict[str, object]", made["registration"]),
            "deadline": "2022-08-20",
        }
    if kind.name == "page":
        made["layout"] = "standard"
