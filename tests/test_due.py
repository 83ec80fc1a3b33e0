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
from tests.minisite import SITE, MiniSite

NOW = "2022-08-01 12:00"
PAST, FUTURE = "2022-08-01T12:00:00+02:00", "2022-08-01T12:00:01+02:00"


def due(*arguments: str, code: int) -> Result:
    result = CliRunner().invoke(cli, ["due", "--as-of", NOW, *arguments], prog_name="build.py")
    assert result.exit_code == code, result.output
    return result


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return tmp_path / "build.json"


class TestFile:
    def test_when_the_moment_has_come_it_is_due(self, record: Path) -> None:
        record.write_text(json.dumps({"commit": "abc", "valid_until": PAST}), "utf-8")
        assert (
            due(str(record), code=0).output
            == "Fällig: Die veröffentlichte Seite gilt seit 01.08.2022, 12:00 nicht mehr.\n"
        )

    def test_before_it_is_not(self, record: Path) -> None:
        record.write_text(json.dumps({"valid_until": FUTURE}), "utf-8")
        assert (
            "Nicht fällig: Die veröffentlichte Seite gilt bis 01.08.2022, 12:00."
            in due(str(record), code=1).output
        )
        record.write_text(json.dumps({"valid_until": "2022-08-01T10:00:01Z"}), "utf-8")
        assert (
            "Not due: the published site is valid until 2022-08-01 12:00."
            in due(str(record), "--lang", "en", code=1).output
        )

    def test_where_nothing_will_change_it_never_is(self, record: Path) -> None:
        record.write_text('{"valid_until": null}', "utf-8")
        assert "ändert sich nichts mehr von selbst" in due(str(record), code=1).output

    def test_before_the_first_time_it_is(self, record: Path) -> None:
        assert "steht noch nichts" in due(str(record), code=0).output

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "{",
            "[]",
            "{}",
            '{"valid_until": 7}',
            '{"valid_until": "bald"}',
            '{"valid_until": "2022-08-01"}',
            "[" * 9999,
        ],
    )
    def test_what_can_not_be_read_counts_as_due(self, record: Path, text: str) -> None:
        record.write_text(text, "utf-8")
        assert "ist nicht zu lesen" in due(str(record), code=0).output

    def test_programs_get_json_and_quiet_says_nothing(self, record: Path) -> None:
        record.write_text(json.dumps({"valid_until": FUTURE}), "utf-8")
        told = json.loads(due(str(record), "--format", "json", code=1).output)
        assert told == {"due": False, "reason": "holds", "valid_until": FUTURE, "detail": ""}
        assert due(str(record), "--quiet", code=1).output == ""


class _Server(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status = {"/netz/.well-known/build.json": 200, "/kaputt/.well-known/build.json": 503}.get(
            self.path, 404
        )
        data = json.dumps({"valid_until": FUTURE}).encode() if status == 200 else b""
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is Python's
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class TestServer:
    def test_the_site_is_asked_at_its_own_address(self, address: str, tmp_path: Path) -> None:
        assert "gilt bis" in due(f"{address}/netz/.well-known/build.json", code=1).output
        assert "gilt bis" in due("--base-url", f"{address}/netz", code=1).output
        site = MiniSite(
            tmp_path, {"site.yaml": SITE.replace("https://netz.musterstadt.de/", f"{address}/netz/")}
        )
        assert "gilt bis" in due("--root", str(site.root), code=1).output

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
