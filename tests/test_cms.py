"""The form in the browser: its configuration comes from the model, and readers never meet it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from stadtnetz.description import cms_words
from stadtnetz.description.cms import configuration, origins
from stadtnetz.model.base import Record
from stadtnetz.model.cms import Cms
from stadtnetz.model.fields import Field, fields_of
from stadtnetz.model.kinds import KINDS
from tests.minisite import MELDUNG, NETWORK, ROOT, SITE, MiniSite, snapshot

SCHEMA = ROOT / "cms" / "node_modules" / "@sveltia" / "cms" / "schema" / "sveltia-cms.json"
GITHUB = {"backend": "github", "repository": "stadt/netz"}
GITEA = {"backend": "gitea", "repository": "stadt/netz", "url": "https://git.musterstadt.de/"}
WAYS: tuple[dict[str, str], ...] = (
    {"backend": "test"},
    GITHUB,
    {**GITHUB, "review": "ja", "sign_in_url": "https://anmeldung.musterstadt.de"},
    {**GITHUB, "url": "https://github.musterstadt.de"},
    {"backend": "gitlab", "repository": "stadt/gruppe/netz", "app_id": "a1", "review": "ja"},
    {"backend": "gitlab", "repository": "stadt/netz", "url": "https://git.musterstadt.de"},
    GITEA,
    {**GITEA, "app_id": "a1"},
)
ADMIN = "content/pages/admin.md"


def made(**said: str) -> dict[str, Any]:
    cms = Cms.model_validate(said or {"backend": "test"})
    return configuration(cms, "Netz", "https://netz.musterstadt.de/a/", ("de", "en"), {"page"})


@pytest.mark.parametrize("said", WAYS, ids=str)
def test_the_configuration_is_one_by_the_schema_of_the_cms(said: dict[str, str]):
    if not SCHEMA.is_file():
        pytest.fail("Sveltia CMS fehlt. / Sveltia CMS is missing. Set it up with:  make cms", pytrace=False)
    schema = json.loads(SCHEMA.read_text("utf-8"))
    # The collections are the same each time, and checking them takes seconds.
    config = made(**said) if said == WAYS[0] else {**made(**said), "collections": []}
    errors = jsonschema.Draft7Validator(schema).iter_errors(config)
    assert [f"{list(error.absolute_path)}: {error.message[:200]}" for error in errors] == []


def test_nobody_signs_in_by_a_service_that_nobody_named():
    """Without one the CMS would turn to a distributor's."""
    assert made(**GITHUB)["backend"]["auth_methods"] == ["token"]
    assert made(**GITEA)["backend"]["auth_methods"] == ["token"]
    assert made(**GITEA)["backend"]["api_root"] == "https://git.musterstadt.de/api/v1"
    assert made(**{**GITEA, "app_id": "a1"})["backend"]["app_id"] == "a1"


def test_it_may_speak_to_its_service_only():
    assert origins(Cms.model_validate({"backend": "test"})) == ()
    assert origins(Cms.model_validate(GITEA)) == ("https://git.musterstadt.de",)
    assert all(
        one.endswith(("github.com", "githubusercontent.com")) for one in origins(Cms.model_validate(GITHUB))
    )


def pairs(model: type[Record], fields: list[dict[str, Any]]) -> list[tuple[Field, dict[str, Any]]]:
    """Return each field of the model with that of the form, to any depth."""
    by_name = {one["name"]: one for one in fields}
    found = []
    for field in fields_of(model):
        found.append((field, by_name[field.name]))
        if field.record is not None:
            found += pairs(field.record, by_name[field.name]["fields"])
    assert set(by_name) - {field.name for field in fields_of(model)} <= {"body"}
    return found


def test_every_field_of_every_kind_is_in_the_form_with_its_label_and_help():
    collections = {one["name"]: one for one in made()["collections"]}
    assert set(collections) == set(KINDS)
    for kind in KINDS.values():
        collection = collections[kind.name]
        assert collection["folder"] == f"content/{kind.folder}"
        for field, shown in pairs(kind.model, collection["fields"]):
            assert (shown["label"], shown["hint"]) == (field.label, field.help)
            assert shown["required"] == (field.required and not (field.record and field.many))
            if field.kind:
                assert (shown["widget"], shown["collection"]) == ("relation", field.kind)
                assert shown["multiple"] == field.many
            if field.choices is not None:
                assert [one["value"] for one in shown["options"]] == list(field.choices)


def test_a_picture_has_its_file_its_alternative_text_and_its_credit():
    news = next(one for one in made()["collections"] if one["name"] == "news")
    pictures = next(one for one in news["fields"] if one["name"] == "pictures")
    required = {one["name"]: one["widget"] for one in pictures["fields"] if one["required"]}
    assert required == {"file": "image", "alt": "text", "credit": "string"}


def test_what_is_said_of_single_fields_is_said_of_fields_that_exist():
    models: dict[str, type[Record]] = {}

    def walk(model: type[Record]) -> None:
        models[model.__name__] = model
        for field in fields_of(model):
            if field.record is not None:
                walk(field.record)

    for kind in KINDS.values():
        walk(kind.model)
    names = {field.name for model in models.values() for field in fields_of(model)}
    assert names >= cms_words.LONG
    assert names >= cms_words.DAY_PICKERS
    for model, name in cms_words.FILES:
        assert name in models[model].model_fields
    for model, (_, name) in cms_words.ONES.items():
        assert name in models[model].model_fields
    assert set(cms_words.PLURALS) == set(cms_words.ORDER) == set(KINDS)


def with_cms(
    tmp_path: Path, cms: str = "{backend: test}", *, templates: bool = True, **files: str
) -> MiniSite:
    site = MiniSite(tmp_path, {**NETWORK, **files}, templates=templates)
    site.write("site.yaml", f"{SITE.strip()}\ncms: {cms}\n")
    site.write("cms/dist/cms.js", "// erfunden\n")
    site.write("cms/dist/assets/font.woff2", b"font")
    return site


def test_it_is_off_by_default(tmp_path: Path):
    site = MiniSite(tmp_path, NETWORK)
    site.write("cms/dist/cms.js", "// erfunden\n")
    assert site.build().published is not None
    assert not (site.output / "admin").exists()


def test_it_stands_under_admin_and_nowhere_else(tmp_path: Path):
    site = with_cms(tmp_path)
    assert site.build().published is not None
    files = snapshot(site.output)
    assert {one for one in files if one.startswith("admin/")} == {
        "admin/index.html",
        "admin/config.json",
        "admin/cms.js",
        "admin/assets/font.woff2",
    }
    page = files["admin/index.html"].decode()
    assert '<meta name="robots" content="noindex, nofollow">' in page
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    assert "default-src &#39;none&#39;; script-src &#39;self&#39;; " in policy
    assert "http" not in policy
    others = [one for one, data in files.items() if not one.startswith("admin/") and b"admin/" in data]
    assert others == [".well-known/build.json"], "which names every file"
    assert json.loads(files["admin/config.json"])["backend"] == {"name": "test-repo"}


def test_a_second_build_makes_nothing_and_switching_off_takes_it_away(tmp_path: Path):
    site = with_cms(tmp_path)
    site.build()
    again = site.build()
    assert (again.reasons or {}) == {}
    before = snapshot(site.output)
    site.edit("content/news/2021/meldung.md", "erfundener Text", "geänderter Text")
    assert "admin/config.json" not in (site.build().reasons or {})
    site.edit("content/news/2021/meldung.md", "geänderter Text", "erfundener Text")
    site.build()
    assert snapshot(site.output) == before
    site.write("site.yaml", SITE)
    site.build()
    assert not (site.output / "admin").exists()


def test_kinds_with_translations_have_a_second_half(tmp_path: Path):
    site = with_cms(tmp_path, **{"content/topics/a.yaml": "name: Alpha\nsummary: Text.\n"})
    site.build()

    def halves() -> set[str]:
        read = json.loads((site.output / "admin" / "config.json").read_text("utf-8"))
        return {one["name"] for one in read["collections"] if one["i18n"]}

    assert halves() == {"page"}
    site.write("content/topics/a.en.yaml", "name: Alpha in English\n")
    site.build()
    assert halves() == {"page", "topic"}


@pytest.mark.parametrize(
    ("cms", "expected"),
    [
        ("{backend: test}", ["site.yaml:6:16 cms-test"]),
        ("{backend: github}", ["site.yaml:6:6 cms-repository"]),
        ("{backend: github, repository: 'https://github.com/a/b'}", ["site.yaml:6:24 cms-repository"]),
        ("{backend: gitea, repository: a/b}", ["site.yaml:6:16 cms-url-missing"]),
        (
            "{backend: gitea, repository: a/b, url: 'https://git.a.de', review: ja}",
            ["site.yaml:6:73 cms-review"],
        ),
        ("{backend: gitlab, repository: a/b/c, review: ja}", []),
        ("{backend: svn}", ["site.yaml:6:16 unknown-choice"]),
    ],
)
def test_wrong_values_are_told(tmp_path: Path, cms: str, expected: list[str]):
    site = with_cms(tmp_path, cms, templates=False)
    assert [one for one in site.findings() if one.startswith("site.yaml")] == expected


def test_missing_files_and_a_page_in_its_place_are_told(tmp_path: Path):
    page = "---\ntitle: Verwaltung\nlead: Eine Seite.\n---\nText.\n"
    site = with_cms(tmp_path, **{ADMIN: page})
    assert f"{ADMIN} duplicate-permalink" in site.findings()
    shutil.rmtree(site.root / "cms")
    assert "site.yaml cms-bundle-missing" in site.findings()
    assert site.build().published is None


def test_drafts_of_the_form_leave_no_trace(tmp_path: Path):
    draft = MELDUNG.replace("---\ntype", "---\ndraft: true\ntype").replace("zeigt", "verschweigt")
    site = with_cms(tmp_path, **{"content/news/2021/entwurf.md": draft})
    site.build()
    assert [one for one, data in snapshot(site.output).items() if b"verschweigt" in data] == []
