"""`build.py due`: whether a scheduled job has something to do, asked of a file and of a server."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from stadtnetz.cli import cli
from tests.minisite import NETWORK, SITE, MiniSite

NOW = "2022-08-01 12:00"
PAST, FUTURE = "2022-08-01T12:00:00+02:00", "2022-08-01T12:00:01+02:00"
EMBARGOED = """---
title: Später
lead: Ein Vorspann.
published: 2022-07-01
embargo: 2022-08-01 15:00
sources: [{url: "https://musterstadt.de/beleg", seen: 2022-07}]
---
Text.
"""
LATER = "content/news/2022/spaeter.md"


def due(*arguments: str, code: int, at: str = NOW) -> Result:
    result = CliRunner().invoke(cli, ["due", "--as-of", at, *arguments], prog_name="build.py")
    assert result.exit_code == code, result.output
    return result


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[MiniSite, bytes]:
    """A small site with something under embargo, and its manifest of noon."""
    site = MiniSite(tmp_path_factory.mktemp("due"), {**NETWORK, LATER: EMBARGOED})
    assert site.build(NOW).published is not None
    return site, (site.output / ".well-known/build.json").read_bytes()


@pytest.fixture
def record(tmp_path: Path, published: tuple[MiniSite, bytes]) -> Path:
    path = tmp_path / "build.json"
    path.write_bytes(published[1])
    return path


def until(record: Path, moment: str | None) -> None:
    """Let the manifest name a moment."""
    record.write_text(json.dumps({**json.loads(record.read_text("utf-8")), "valid_until": moment}), "utf-8")


class TestFile:
    def test_when_the_moment_has_come_it_is_due(self, record: Path) -> None:
        until(record, PAST)
        assert (
            due(str(record), code=0).output
            == "Fällig: Die veröffentlichte Seite gilt seit 01.08.2022, 12:00 nicht mehr.\n"
        )

    def test_an_embargo_is_lifted_although_no_manifest_may_tell_of_it(
        self, record: Path, published: tuple[MiniSite, bytes]
    ) -> None:
        root = ("--root", str(published[0].root), "--no-search")
        assert b"2022-08-01T15" not in published[1]
        until(record, None)
        assert (
            due(str(record), *root, code=1).output
            == "Nicht fällig: Die veröffentlichte Seite ist die von heute.\n"
        )
        assert "Not due" in due(str(record), *root, "--lang", "en", code=1, at="2022-08-01 14:59").output
        assert (
            "anders aus als die veröffentlichte"
            in due(str(record), *root, code=0, at="2022-08-01 15:00").output
        )
        told = json.loads(due(str(record), *root, "--format", "json", code=1).output)
        assert told == {"due": False, "reason": "holds", "valid_until": None, "detail": ""}
        assert due(str(record), *root, "--quiet", code=1).output == ""

    def test_a_site_that_can_not_be_built_is_due(self, record: Path, tmp_path: Path) -> None:
        until(record, FUTURE)
        site = MiniSite(tmp_path / "broken", {**NETWORK, "content/cities/kaputt.yaml": "name: ["})
        assert "nicht bauen" in due(str(record), "--root", str(site.root), code=0).output

    def test_before_the_first_time_it_is(self, tmp_path: Path) -> None:
        assert "steht noch nichts" in due(str(tmp_path / "build.json"), code=0).output

    @pytest.mark.parametrize(
        "text",
        ["", "{", "[]", "{}", '{"valid_until": 7}', "[" * 9999],
    )
    def test_what_can_not_be_read_counts_as_due(self, record: Path, text: str) -> None:
        record.write_text(text, "utf-8")
        assert "ist nicht zu lesen" in due(str(record), code=0).output

    @pytest.mark.parametrize("moment", [7, "bald", "2022-08-01"])
    def test_a_moment_that_is_none_counts_as_due(self, record: Path, moment: str) -> None:
        until(record, moment)
        assert "ist nicht zu lesen" in due(str(record), code=0).output


class _Server(BaseHTTPRequestHandler):
    manifest = b""

    def do_GET(self) -> None:
        status = {"/netz/.well-known/build.json": 200, "/kaputt/.well-known/build.json": 503}.get(
            self.path, 404
        )
        data = self.manifest if status == 200 else b""
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is Python's
        """Say nothing."""


@pytest.fixture(scope="module")
def address(published: tuple[MiniSite, bytes]) -> Iterator[str]:
    manifest = json.dumps({**json.loads(published[1]), "valid_until": PAST}).encode()
    handler = type("Handler", (_Server,), {"manifest": manifest})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class TestServer:
    def test_the_site_is_asked_at_its_own_address(self, address: str, tmp_path: Path) -> None:
        assert "gilt seit" in due(f"{address}/netz/.well-known/build.json", code=0).output
        assert "gilt seit" in due("--base-url", f"{address}/netz", code=0).output
        site = MiniSite(
            tmp_path, {"site.yaml": SITE.replace("https://netz.musterstadt.de/", f"{address}/netz/")}
        )
        assert "gilt seit" in due("--root", str(site.root), code=0).output

    def test_what_is_not_there_was_never_published(self, address: str) -> None:
        assert "steht noch nichts" in due("--base-url", address, code=0).output

    def test_a_server_that_fails_can_not_hold_a_build_back(self, address: str) -> None:
        told = due("--base-url", f"{address}/kaputt/", code=0).output
        assert "nicht zu erreichen (HTTP 503)" in told
        closed = due("--base-url", "http://127.0.0.1:9/", code=0).output
        assert "nicht zu erreichen (" in closed

    def test_without_an_address_it_asks_for_one(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, {"site.yaml": "title: Netz\ntagline: x\n"}, templates=False)
        assert "--base-url" in due("--root", str(site.root), code=2).stderr
