"""The configuration of the form in the browser (Sveltia CMS), made from the content model.

Every kind of entry is a collection, every field of the model a field of the form, with the same label and help. What
the form writes has to pass the check: dates are texts that hold as much as is known, ids are picked from the entries
that there are, pictures lie beside their entry. The configuration's own schema is part of the CMS; tests compare.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from urllib.parse import urlsplit

from stadtnetz.description.cms_words import (
    BODY,
    DAY_PICKERS,
    FILES,
    LONG,
    ONES,
    ORDER,
    PLURALS,
    TITLES,
    TRANSLATED,
    WORDS,
)
from stadtnetz.model.base import ID_FORM, Record
from stadtnetz.model.cms import Backend, Cms
from stadtnetz.model.fields import Field, fields_of
from stadtnetz.model.kinds import KINDS, Kind

__all__ = ["configuration", "origins"]

Config = dict[str, object]


def configuration(
    cms: Cms, title: str, site_url: str, languages: Iterable[str], translated: Collection[str]
) -> Config:
    """Return the whole configuration.

    `site_url` is where the site stands; `translated` are the kinds with entries in other languages, for which the form
    has a second half.
    """
    others = [language for language in languages if language != "de"]
    parts = urlsplit(site_url)
    return {
        "load_config_file": False,
        "backend": _backend(cms),
        **({"publish_mode": "editorial_workflow"} if cms.review else {}),
        "app_title": title,
        "site_url": f"{parts.scheme}://{parts.netloc}",
        "display_url": site_url,
        "show_preview_links": False,
        "media_folder": "content",
        "public_folder": "/content",
        "media_libraries": {"default": {"config": {"slugify_filename": True, "max_file_size": 60_000_000}}},
        "slug": {"encoding": "ascii", "clean_accents": True, "maxlength": 80},
        "editor": {"preview": False},
        "output": {"omit_empty_optional_fields": True, "yaml": {"quote": "none"}},
        "i18n": {
            "structure": "multiple_files",
            "locales": ["de", *others],
            "default_locale": "de",
            "initial_locales": ["de"],
            "omit_default_locale_from_file_path": True,
        },
        "collections": [_collection(KINDS[name], in_languages=name in translated) for name in ORDER],
    }


def origins(cms: Cms) -> tuple[str, ...]:
    """Return the origins that the form talks to, besides its own, for its security policy."""
    if cms.backend is Backend.TEST:
        return ()
    if cms.url is not None:
        return (_origin(cms.url),)
    if cms.backend is Backend.GITHUB:
        return ("https://api.github.com", "https://github.com", "https://avatars.githubusercontent.com")
    return ("https://gitlab.com",)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _backend(cms: Cms) -> Config:
    if cms.backend is Backend.TEST:
        return {"name": "test-repo"}
    found: Config = {"name": cms.backend.value, "repo": cms.repository, "branch": cms.branch}
    if cms.url is not None:
        root = cms.url.rstrip("/")
        api = {Backend.GITHUB: "/api/v3", Backend.GITLAB: "/api/v4", Backend.GITEA: "/api/v1"}[cms.backend]
        found |= {"api_root": root + api, "base_url": root}
    if cms.backend is Backend.GITHUB:
        if cms.sign_in_url is not None:
            return {**found, "base_url": cms.sign_in_url}
        return {**found, "auth_methods": ["token"]}
    if cms.app_id is None:
        return {**found, "auth_methods": ["token"]}
    return {
        **found,
        "app_id": cms.app_id,
        **({"auth_type": "pkce"} if cms.backend is Backend.GITLAB else {}),
    }


def _collection(kind: Kind, *, in_languages: bool) -> Config:
    label, icon = PLURALS[kind.name]
    markdown = kind.form == "markdown"
    names = [name for name in TITLES if name in kind.model.model_fields] or ["mentor", "mentee"]
    translated = TRANSLATED if in_languages else frozenset()
    fields = [_field(kind.model, field, translated) for field in _in_order(kind.model)]
    if markdown:
        after = next(
            (number for number, field in enumerate(fields, 1) if field["name"] == "lead"), len(fields)
        )
        fields.insert(after, {**BODY, "i18n": in_languages})
    return {
        "name": kind.name,
        "label": label,
        "label_singular": kind.label_de,
        "icon": icon,
        "folder": f"content/{kind.folder}",
        "extension": "md" if markdown else "yaml",
        "format": "yaml-frontmatter" if markdown else "yaml",
        "create": True,
        "delete": True,
        "identifier_field": names[0],
        "summary": " – ".join(f"{{{{{name}}}}}" for name in names),
        "slug": {
            "template": "-".join(f"{{{{{name}}}}}" for name in names),
            "editable": ["create"],
            "hint": "Der Name der Datei und die spätere Adresse: kleine Buchstaben, Ziffern, Bindestriche.",
            "pattern": [f"^{ID_FORM.pattern}$", "Nur kleine Buchstaben a–z, Ziffern und Bindestriche."],
        },
        **({"path": "{{published | date('YYYY')}}/{{slug}}"} if kind.name == "news" else {}),
        # Pictures and files lie beside their entry, which names them without a folder. Not "", which means beside it as
        # well, but puts them into a folder of their own for news.
        "media_folder": f"/content/{kind.folder}" + ("/{{dirname}}" if kind.name == "news" else ""),
        "public_folder": "",
        "aliases_field": False,
        "i18n": in_languages,
        "fields": fields,
    }


def _in_order(model: type[Record]) -> list[Field]:
    """Return the fields in the form's order: first whether the entry is to be seen at all."""
    return sorted(fields_of(model), key=lambda field: field.name != "draft")


def _field(model: type[Record], field: Field, translated: Collection[str] = ()) -> Config:
    required = field.required and not (field.record is not None and field.many)
    found: Config = {
        "name": field.name,
        "label": field.label,
        "hint": field.help,
        "required": required,
        "i18n": field.name in translated,
    }
    if field.kind:
        return {**found, **_relation(field)}
    if field.record is not None:
        return {**found, **_record(field, field.record)}
    return {**found, **_value(model, field)}


def _relation(field: Field) -> Config:
    kind = KINDS[field.kind]
    names = [name for name in TITLES if name in kind.model.model_fields] or ["{{slug}}"]
    return {
        "widget": "relation",
        "collection": field.kind,
        "value_field": "{{slug}}",
        "display_fields": names[:1],
        "search_fields": [*names[:1], "{{slug}}"],
        "multiple": field.many,
    }


def _record(field: Field, record: type[Record]) -> Config:
    fields = [_field(record, inner) for inner in fields_of(record)]
    if not field.many:
        return {"widget": "object", "collapsed": "auto", "fields": fields}
    one, first = ONES[record.__name__]
    return {
        "widget": "list",
        "collapsed": "auto",
        "fields": fields,
        "label_singular": one,
        "summary": f"{{{{{first}}}}}",
    }


def _value(model: type[Record], field: Field) -> Config:
    if field.choices is not None:
        options = [{"label": choice.label_de, "value": choice.value} for choice in field.choices]
        default = {} if field.default is None else {"default": str(field.default)}
        return {"widget": "select", "options": options, "multiple": field.many, **default}
    if field.dates is not None:
        return _date(field)
    if field.number is not None:
        limits = {"min": field.least, "max": field.most}
        return {
            "widget": "number",
            "value_type": "int" if field.number is int else "float",
            **({} if field.number is int else {"step": 0.01}),
            **({} if field.default is None else {"default": field.default}),
            **{name: limit for name, limit in limits.items() if limit is not None},
        }
    if (model.__name__, field.name) in FILES:
        widget, accept = FILES[model.__name__, field.name]
        return {"widget": widget, "accept": accept, "choose_url": False}
    return _text(field)


def _date(field: Field) -> Config:
    if field.dates is None:
        raise TypeError(field.name)
    if field.dates.precisions == ("day",) or field.name in DAY_PICKERS:
        return {
            "widget": "datetime",
            "type": "date",
            "format": "YYYY-MM-DD",
            **({"default": "{{now}}"} if field.required else {}),
        }
    example = " oder ".join(field.dates.examples)
    return {
        "widget": "string",
        "pattern": [_whole(field.dates.pattern), WORDS["date"].format(example=example)],
    }


def _text(field: Field) -> Config:
    name = field.form.name if field.form is not None else "text"
    if field.many:
        return {"widget": "list"}
    if name == "yes-no":
        return {"widget": "boolean", **({} if field.default is None else {"default": bool(field.default)})}
    widget = "text" if field.name in LONG else "string"
    if field.form is None or name == "text":
        return {"widget": widget}
    words = WORDS.get(name, f"Das geht hier nicht. Gemeint ist: {field.form.label}.")
    return {"widget": widget, "pattern": [_whole(field.form.pattern), words]}


def _whole(pattern: str) -> str:
    return rf"^\s*(?:{pattern})\s*$"
