"""What the preview answers to whoever speaks HTTP to it, browsers and others, kind and unkind."""

from __future__ import annotations

import base64
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser.previewed import GENEROUS, Previewed, previewed, wait_for
from tests.minisite import CITIES, NETWORK, ROOT, MiniSite, snapshot

MUST_NOT_BE_SEEN = "darf niemand sehen"


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Previewed]:
    site = MiniSite(tmp_path_factory.mktemp("http"), NETWORK)
    site.write(".build/geheim.txt", MUST_NOT_BE_SEEN)
    with previewed(site) as at_work:
        site.write(f".build/preview-{at_work.hosts.port}2/geheim.txt", MUST_NOT_BE_SEEN)
        at_work.built(1)
        assert at_work.last().built.published is not None
        yield at_work


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: str


def ask(preview: Previewed, target: str, method: str = "GET", **headers: str) -> Answer:
    """Send a request as it stands; `host` replaces the Host header, "" leaves it out."""
    connection = http.client.HTTPConnection("127.0.0.1", preview.hosts.port, timeout=GENEROUS)
    connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
    for name, value in {"host": f"127.0.0.1:{preview.hosts.port}", **headers}.items():
        if value:
            connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read().decode("utf-8", "replace") if answer.status != 101 else ""
    connection.close()
    return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, body)


def test_a_page_is_served_fresh_and_for_us_alone(preview: Previewed):
    answer = ask(preview, "/")
    assert answer.status == 200
    assert "Netz der Musterstädte" in answer.body
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "frame-ancestors 'self'"
    assert "etag" not in answer.headers
    assert answer.body.count("data-preview=") == 1
    assert f"connect-src 'self' ws://127.0.0.1:{preview.hosts.port};" in answer.body


def test_head_says_the_same_without_the_page(preview: Previewed):
    answer = ask(preview, "/", "HEAD")
    assert answer.status == 200
    assert answer.body == ""
    assert int(answer.headers["content-length"]) == len(ask(preview, "/").body.encode())


def test_what_is_missing_gets_the_sites_own_page_with_its_status(preview: Previewed):
    for target in ("/gibt-es-nicht/", "/staedte/gibt-es-nicht", "/404.html"):
        answer = ask(preview, target)
        assert answer.status == 404
        assert "Netz der Musterstädte" in answer.body
        assert "data-preview=" in answer.body


def test_other_files_come_as_they_are_with_their_type(preview: Previewed):
    folder = preview.folder
    feed = ask(preview, "/feed.xml")
    assert (feed.status, feed.headers["content-type"]) == (200, "application/xml")
    assert feed.body == (folder / "feed.xml").read_text("utf-8")
    style = ask(preview, "/assets/site.css")
    assert (style.status, style.headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert style.headers["cache-control"] == "no-store"


def test_a_part_of_a_file_can_be_asked_for_as_videos_are(preview: Previewed):
    whole = ask(preview, "/assets/site.css").body
    part = ask(preview, "/assets/site.css", range="bytes=5-9")
    assert (part.status, part.body) == (206, whole[5:10])


def test_a_folder_is_never_listed(preview: Previewed):
    assert ask(preview, "/assets/").status == 404
    moved = ask(preview, "/staedte")
    assert (moved.status, moved.headers["location"]) == (302, "/staedte/")


@pytest.mark.parametrize(
    "target",
    [
        "/../geheim.txt",
        "/..%2fgeheim.txt",
        "/%2e%2e/geheim.txt",
        "/%2e%2e%2fgeheim.txt",
        "/..%5cgeheim.txt",
        "/%252e%252e%252fgeheim.txt",
        "/staedte/..%2f..%2fgeheim.txt",
        "/..%2fpreview-{port}2/geheim.txt",
        "/..%2f..%2fsite.yaml",
        "//../geheim.txt",
        "/.stadtnetz",
        "/%2estadtnetz",
        "/geheim.txt%00.html",
        "/-vorschau/web.py",
        "/-vorschau/..%2fweb.py",
        "/-vorschau/../web.py",
        "/%c0%ae%c0%ae/geheim.txt",
    ],
)
def test_no_file_outside_of_the_preview_is_served(preview: Previewed, target: str):
    answer = ask(preview, target.replace("{port}", str(preview.hosts.port)))
    assert answer.status in (400, 404)
    assert MUST_NOT_BE_SEEN not in answer.body
    assert "base_url" not in answer.body
    assert "stadtnetz makes" not in answer.body
    assert "import" not in answer.body


def test_no_link_is_followed(preview: Previewed):
    folder = preview.folder
    secret = preview.site.root / ".build/geheim.txt"
    links = {"link.txt": secret, "link.html": secret, "ordner": secret.parent}
    for name, target in links.items():
        (folder / name).symlink_to(target)
    try:
        for target in ("/link.txt", "/link.html", "/ordner/geheim.txt", "/ordner/"):
            answer = ask(preview, target)
            assert answer.status == 404
            assert MUST_NOT_BE_SEEN not in answer.body
    finally:
        for name in links:
            (folder / name).unlink()


def test_a_redirect_leads_to_no_other_host(preview: Previewed):
    for target in (
        "//evil.example",
        "//evil.example/staedte",
        "/%2fevil.example/staedte",
        "/\\evil.example/staedte",
    ):
        answer = ask(preview, target)
        assert answer.status in (400, 404), target
        assert "location" not in answer.headers


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1", "192.168.0.7:{port}"])
@pytest.mark.parametrize(
    "target", ["/", "/assets/site.css", "/-vorschau/client.js", "/gibt-es-nicht", "/livereload"]
)
def test_who_believes_to_speak_to_somebody_else_gets_nothing(preview: Previewed, host: str, target: str):
    answer = ask(preview, target, host=host.format(port=preview.hosts.port))
    assert answer.status == 403
    assert "Musterst" not in answer.body
    assert preview.url in answer.body


def test_a_request_without_a_host_gets_nothing(preview: Previewed):
    assert ask(preview, "/", host="").status in (400, 403)


def shake_hands(preview: Previewed, **headers: str) -> int:
    return ask(
        preview,
        "/livereload",
        connection="Upgrade",
        upgrade="websocket",
        sec_websocket_version="13",
        sec_websocket_key=base64.b64encode(os.urandom(16)).decode(),
        **headers,
    ).status


def test_only_our_own_pages_may_listen(preview: Previewed):
    port = preview.hosts.port
    assert shake_hands(preview, origin=f"http://127.0.0.1:{port}") == 101
    assert shake_hands(preview, origin=f"http://localhost:{port}", host=f"localhost:{port}") == 101
    for origin in (
        "http://evil.example",
        f"http://evil.example:{port}",
        f"http://127.0.0.1:{port + 1}",
        "null",
        "",
    ):
        assert shake_hands(preview, origin=origin) == 403, origin
    # Not even with what a browser adds of itself to say that the page is of the same site.
    assert shake_hands(preview, origin="http://evil.example", sec_fetch_site="same-origin") == 403
    evil = f"evil.example:{port}"
    assert shake_hands(preview, origin=f"http://{evil}", host=evil) == 403


def test_other_methods_are_refused(preview: Previewed):
    for method in ("POST", "PUT", "DELETE"):
        assert ask(preview, "/", method).status == 405


def test_a_preview_leaves_output_alone_and_carries_nothing_of_its_own(tmp_path: Path):
    site = MiniSite(tmp_path, NETWORK)
    assert site.build().published is not None
    before = snapshot(site.output)
    with previewed(site) as preview:
        preview.built(1)
        site.edit("content/news/2021/meldung.md", "wie es geht", "was es wird")
        preview.built(2)
    assert snapshot(site.output) == before
    for file, data in snapshot(preview.folder).items():
        assert b"vorschau/client.js" not in data, file


# --- the command, from outside ---


@pytest.fixture
def site(tmp_path: Path) -> MiniSite:
    return MiniSite(tmp_path, CITIES)


@pytest.fixture
def taken() -> Iterator[int]:
    """Give a port that somebody else holds."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def started(site: MiniSite, log: Path, *options: str) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        ROOT / "build.py",
        "serve",
        "--root",
        site.root,
        "--as-of",
        "2022-08-01",
        *options,
    ]
    with log.open("wb") as file:
        return subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for other processes")
def test_the_command_says_where_and_what_and_ends_quietly(site: MiniSite, taken: int, tmp_path: Path):
    log = tmp_path / "log"
    process = started(site, log, "--port", str(taken))
    try:
        wait_for("the first build", lambda: "Bereit nach" in log.read_text("utf-8"))
        site.edit("content/cities/musterstadt.yaml", "name: Musterstadt", "name: Mustercity")
        wait_for("the second build", lambda: "Gebaut in" in log.read_text("utf-8"))
        site.edit("content/cities/musterstadt.yaml", "state: DE-NI", "state: DE-XX")
        wrong = "content/cities/musterstadt.yaml:3:8: Fehler ["
        wait_for("the error", lambda: wrong in log.read_text("utf-8"))
        site.edit("content/cities/musterstadt.yaml", "state: DE-XX", "state: DE-NI")
        wait_for("that all is well", lambda: "Alle Fehler sind behoben." in log.read_text("utf-8"))
        process.send_signal(signal.SIGINT)
        assert process.wait(GENEROUS) == 0
    finally:
        process.kill()
        process.wait()
    said = log.read_text("utf-8")
    assert f"Port {taken} ist belegt, deshalb " in said
    assert "Vorschau: http://127.0.0.1:" in said
    assert "Gezeigt wird der Stand vom 01.08.2022, 00:00; die Uhr steht still." in said
    assert "1 Fehler. Die Vorschau zeigt den letzten Stand ohne Fehler." in said
    assert " | state: DE-XX" in said
    assert said.rstrip().endswith("Vorschau beendet.")
    assert "Traceback" not in said
    assert "\x1b" not in said
    # Told once, not with every build.
    assert said.count("„imprint“") == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM")
def test_it_speaks_english_and_ends_when_the_system_asks(site: MiniSite, tmp_path: Path):
    log = tmp_path / "log"
    process = started(
        site, log, "--port", "8700", "--lang", "en", "--drafts", "--host", "localhost", "--strict"
    )
    try:
        wait_for("the first build", lambda: "The site will appear as soon as" in log.read_text("utf-8"))
        process.terminate()
        assert process.wait(GENEROUS) == 0
    finally:
        process.kill()
        process.wait()
    said = log.read_text("utf-8")
    assert "Preview: http://localhost:" in said
    assert "Drafts are included" in said
    assert re.search(r"\d\d:\d\d:\d\d  8 warnings\.", said)
    assert said.rstrip().endswith("Preview ended.")
