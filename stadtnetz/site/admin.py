"""The form in the browser: its page, its configuration, and the bundle that `make cms` puts into cms/dist/.

It is no page for readers: it stands in no list, no sitemap and no search, asks not to be indexed, and has a security
policy of its own, which lets it speak to the repository's service and to nobody else.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct, field

from stadtnetz.description.cms import configuration, origins
from stadtnetz.diagnostics import Diagnostic, Related, problem
from stadtnetz.fingerprint import of_bytes
from stadtnetz.model.cms import Cms
from stadtnetz.site.edition import Edition
from stadtnetz.site.feeds import PlannedText
from stadtnetz.site.files import PlannedFile
from stadtnetz.site.planning import PlannedPage, given
from stadtnetz.site.security import form_policy

__all__ = ["BUNDLE", "Admin", "AdminView", "admin"]

BUNDLE = "cms/dist/"
"""Where the bundle stands in the project."""
_FOLDER = "admin/"
_START = f"{BUNDLE}cms.js"


class AdminView(Struct, frozen=True):
    """What the form's page shows."""

    language: str
    title: str
    policy: str
    """Its content security policy."""
    home_url: str
    site_title: str


class Admin(Struct, frozen=True):
    """What the form adds to a plan; nothing where it is off. `copies` as in Plan."""

    texts: tuple[PlannedText, ...] = ()
    files: tuple[PlannedFile, ...] = ()
    copies: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Diagnostic, ...] = ()


def admin(edition: Edition, bundle: Collection[str], pages: Collection[PlannedPage]) -> Admin:
    """Plan the form. `bundle` are the files in cms/dist/, `pages` what must not stand in its place."""
    cms = edition.network.site.cms
    if cms is None:
        return Admin()
    problems = tuple(_problems(bundle, pages))
    if problems:
        return Admin(problems=problems)
    copies = {_FOLDER + path.removeprefix(BUNDLE): path for path in bundle}
    return Admin((_page(edition, cms),), (_configuration(edition, cms),), copies)


def _problems(bundle: Collection[str], pages: Collection[PlannedPage]) -> Iterator[Diagnostic]:
    if _START not in bundle:
        yield problem("cms-bundle-missing", "site.yaml", folder=BUNDLE)
    for page in pages:
        if page.path == _FOLDER:
            related = (Related("first-here", "site.yaml"),)
            yield problem(
                "duplicate-permalink", page.origin or "site.yaml", related=related, url=f"/{_FOLDER}"
            )


def _page(edition: Edition, cms: Cms) -> PlannedText:
    site = edition.network.site
    view = AdminView(
        edition.language,
        edition.texts.gettext("Editorial office"),
        form_policy(origins(cms)),
        edition.addresses.url(""),
        site.title,
    )
    return PlannedText(
        f"{_FOLDER}index.html", "admin.html", edition.language, given(repr(view)), lambda: {"admin": view}
    )


def _configuration(edition: Edition, cms: Cms) -> PlannedFile:
    site = edition.network.site
    translated = {"page"} | {
        kind
        for kind, items in edition.network.items.items()
        if any(item.translations for item in items.values())
    }
    inputs = (repr(cms), site.title, edition.addresses.base_url, *site.languages, *sorted(translated))

    def make() -> bytes:
        made = configuration(cms, site.title, edition.addresses.base_url, site.languages, translated)
        return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()

    return PlannedFile(f"{_FOLDER}config.json", (of_bytes(repr(inputs).encode()),), make)
