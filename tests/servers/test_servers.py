"""nginx and Apache, told by the files that the site brings along: what readers get by HTTP."""

from __future__ import annotations

import gzip
import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, expect

from stadtnetz.cli import cli
from tests.minisite import MUSTERSTADT, NETWORK, SITE, MiniSite
from tests.servers.serving import SERVERS, Server, served

CONTACT = "\ncontact: {role: Erfundene Stelle, email: stelle@musterstadt.de}\n"
FILES = {
    **NETWORK,
    "site.yaml": SITE.replace("musterstadt.de/", "musterstadt.de/netz/")
    + """
addresses:
  moved: [{old: /archiv/, new: /aktuelles/}]
  gone: [/ein-irrweg/, /alter-flyer.pdf]
deploy: {compress: ja}
security: {email: sicherheit@musterstadt.de, expires: 2023-06-30}
""",
    "content/cities/musterstadt.yaml": MUSTERSTADT
    + "aliases: [/staedte/alt-musterstadt/, /orte.html, /orte/Straße]"
    + CONTACT,
    "content/events/fest.yaml": """
title: Ein erfundenes Fest
lead: Ein erfundener Vorspann.
start: 2022-10-01 10:00
cities: [musterstadt]
sources: [{url: "https://musterstadt.de/fest", seen: 2022-01}]
""",
}
CSP = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "media-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.fixture(scope="session")
def root() -> Iterator[Path]:
    """Build a site into a folder that a server may read, whoever it runs as."""
    with tempfile.TemporaryDirectory(prefix="stadtnetz-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        site = MiniSite(folder / "project", FILES)
        site.output = folder / "root" / "netz"
        site.output.parent.mkdir(mode=0o755)
        built = site.build(search=True)
        assert built.published is not None, built.diagnostics
        yield site.output.parent


@pytest.fixture(scope="session", params=SERVERS)
def server(request: pytest.FixtureRequest, root: Path) -> Iterator[Server]:
    # Tests may come in an order in which a server is started a second time: each time in a folder of its own.
    with tempfile.TemporaryDirectory(prefix=f"{request.param}-", dir=root.parent) as name:
        Path(name).chmod(0o755)
        with served(request.param, root, Path(name) / "server") as running:
            yield running


def first(root: Path, pattern: str) -> str:
    return sorted(path.relative_to(root / "netz").as_posix() for path in (root / "netz").glob(pattern))[0]


def test_every_answer_has_the_headers(server: Server, root: Path) -> None:
    for path in (
        "",
        "staedte/musterstadt/",
        first(root, "assets/site.*.css"),
        "gibt-es-nicht/",
        "ein-irrweg/",
    ):
        headers = server.ask(path).headers
        assert headers["content-security-policy"] == CSP, path
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["referrer-policy"] == "strict-origin-when-cross-origin", path
        assert headers["strict-transport-security"] == "max-age=31536000", path
        assert "geolocation=()" in headers["permissions-policy"], path


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("", "text/html; charset=utf-8"),
        ("assets/site.*.css", "text/css; charset=utf-8"),
        ("assets/search.*.js", "text/javascript; charset=utf-8"),
        ("assets/favicon.*.svg", "image/svg+xml"),
        ("feed.xml", "application/atom+xml"),
        ("sitemap.xml", "application/xml"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("termine/termine.ics", "text/calendar; charset=utf-8"),
        ("staedte/musterstadt/kontakt.vcf", "text/vcard; charset=utf-8"),
        ("daten/*.csv", "text/csv; charset=utf-8"),
        ("daten/*.geojson", "application/geo+json"),
        (".well-known/build.json", "application/json"),
        (".well-known/security.txt", "text/plain; charset=utf-8"),
        ("suche/index/**/*.pf_meta", "application/octet-stream"),
        ("suche/index/**/*.pagefind", "application/octet-stream"),
    ],
)
def test_types(server: Server, root: Path, path: str, media_type: str) -> None:
    answer = server.ask(first(root, path) if "*" in path else path)
    assert answer.status == 200
    assert answer.headers["content-type"].startswith(media_type)


def test_what_is_named_by_its_content_may_be_kept_and_all_else_is_asked_for_again(
    server: Server, root: Path
) -> None:
    for path in ("assets/site.*.css", "suche/index/**/*.pf_meta"):
        caching = server.ask(first(root, path)).headers["cache-control"]
        assert caching == "public, max-age=31536000, immutable"
    for path in ("", "feed.xml", "daten/", "suche/"):
        assert server.ask(path).headers.get("cache-control", "no-cache") == "no-cache"
    assert "immutable" not in server.ask("assets/gibt-es-nicht.css").headers.get("cache-control", "")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("staedte/alt-musterstadt/", "staedte/musterstadt/"),
        ("staedte/alt-musterstadt", "staedte/musterstadt/"),
        ("staedte/alt-musterstadt/feed.xml", None),
        ("staedte/alt-musterstadt/termine.ics", "staedte/musterstadt/termine.ics"),
        ("orte.html", "staedte/musterstadt/"),
        ("orte/Stra%C3%9Fe", "staedte/musterstadt/"),
        ("archiv/", "aktuelles/"),
    ],
)
def test_old_addresses_lead_on(server: Server, old: str, new: str | None) -> None:
    answer = server.ask(old)
    if new is None:
        assert answer.status == 404
        return
    assert answer.status == 301
    # Apache makes an address complete, nginx is told not to: it may not know it.
    assert answer.headers["location"] in (f"/netz/{new}", f"{server.url}{new}")


def test_a_folder_without_its_slash_leads_to_it(server: Server) -> None:
    answer = server.ask("staedte")
    assert answer.status == 301
    assert answer.headers["location"].endswith("/netz/staedte/")


def test_what_never_was_and_what_is_gone(server: Server) -> None:
    nowhere, gone, flyer = (server.ask(path) for path in ("nirgends/", "ein-irrweg", "alter-flyer.pdf"))
    assert nowhere.status == 404
    assert b"<h1>Diese Seite gibt es nicht</h1>" in nowhere.body
    assert b"/netz/assets/site." in nowhere.body
    assert (gone.status, flyer.status) == (410, 410)
    assert b"<h1>Diese Seite gibt es nicht mehr</h1>" in gone.body


@pytest.mark.parametrize("path", [".htaccess", ".nginx.conf", ".stadtnetz"])
def test_what_is_for_the_server_is_not_given_to_readers(server: Server, path: str) -> None:
    assert server.ask(path).status in (403, 404)


@pytest.mark.parametrize(
    "path", ["", "staedte/musterstadt/", "assets/site.*.css", "feed.xml", "daten/*.geojson"]
)
def test_texts_come_as_they_were_compressed_beforehand(server: Server, root: Path, path: str) -> None:
    path = first(root, path) if "*" in path else path
    plain = server.ask(path)
    file = root / "netz" / (f"{path}index.html" if path.endswith("/") or not path else path)
    assert plain.body == file.read_bytes()
    assert "content-encoding" not in plain.headers
    for accept, coding, ending, unpacked in (
        ("gzip", "gzip", "gz", gzip.decompress),
        ("gzip, deflate, br", "br", "br", brotli.decompress),
    ):
        answer = server.ask(path, accept)
        assert answer.headers["content-encoding"] == coding
        assert answer.body == file.with_name(f"{file.name}.{ending}").read_bytes()
        assert unpacked(answer.body) == plain.body
        assert answer.headers["content-type"] == plain.headers["content-type"]
        assert "accept-encoding" in answer.headers["vary"].lower()
        assert answer.headers["content-security-policy"] == CSP


def test_the_site_works_in_a_browser_under_these_headers(server: Server, browser: Browser) -> None:
    context = browser.new_context(locale="de-DE")
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", lambda one: complaints.append(one.url) if one.status >= 400 else None)
    try:
        page.goto(f"{server.url}suche/")
        page.get_by_label("Suchbegriff").fill("Beispielhausen")
        page.keyboard.press("Enter")
        expect(page.locator("#s-found li").first).to_be_visible(timeout=15_000)
        page.goto(f"{server.url}staedte/alt-musterstadt/")
        assert page.url == f"{server.url}staedte/musterstadt/"
        expect(page.locator("h1")).to_have_text("Musterstadt")
    finally:
        context.close()
    assert complaints == []


def test_a_page_at_an_old_address_leads_on_by_itself(root: Path, browser: Browser) -> None:
    page = (root / "netz" / "staedte" / "alt-musterstadt" / "index.html").read_text("utf-8")
    assert '<html lang="de">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert 'rel="canonical" href="https://netz.musterstadt.de/netz/staedte/musterstadt/"' in page
    assert re.search(r'<a href="/netz/staedte/musterstadt/">Musterstadt</a>', page)
    context = browser.new_context(java_script_enabled=False)
    try:
        opened = context.new_page()
        opened.route(
            "**/*",
            lambda route: route.fulfill(
                body=page if "alt-musterstadt" in route.request.url else "<h1>Angekommen</h1>",
                content_type="text/html",
            ),
        )
        opened.goto("http://127.0.0.1/netz/staedte/alt-musterstadt/")
        expect(opened.locator("h1")).to_have_text("Angekommen")
        assert opened.url == "http://127.0.0.1/netz/staedte/musterstadt/"
    finally:
        context.close()


def test_a_served_site_is_compared_with_its_manifest(server: Server, root: Path) -> None:
    manifest = f"{server.url}.well-known/build.json"
    command = ["verify", "--against", manifest, "--base-url", server.url, "--format", "json"]
    result = CliRunner().invoke(cli, command)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["differences"] == []
    robots = root / "netz" / "robots.txt"
    before = robots.read_bytes()
    robots.write_bytes(before + b"# anders\n")
    try:
        result = CliRunner().invoke(cli, command)
    finally:
        robots.write_bytes(before)
    assert result.exit_code == 1
    assert json.loads(result.stdout)["differences"] == [{"file": "robots.txt", "what": "different"}]
