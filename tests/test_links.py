"""`build.py links`: where links stand, what a server answers, how politely it is asked, and the list for a ticket."""

from __future__ import annotations

import json
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import trustme
from click.testing import CliRunner, Result
from urllib3.util import Timeout

from stadtnetz.authoring.shelf import library_of
from stadtnetz.cli import cli
from stadtnetz.operating.links.answers import Answer, keep_answers, kept_answers
from stadtnetz.operating.links.asking import Asker
from stadtnetz.operating.links.found import links_of
from stadtnetz.operating.links.pace import Pace
from stadtnetz.source import read_sources
from tests.minisite import NETWORK, SITE, MiniSite

NOW = datetime(2022, 8, 1, 10, tzinfo=UTC)
ROBOTS = "User-agent: *\nDisallow: /geheim/*.pdf$\n"


class _Handler(BaseHTTPRequestHandler):
    """Answers by path: /404 with that status, /nach/X with a redirect there, /leise only after the test."""

    server: _Server

    def answer(self) -> None:
        self.server.asked.append((self.command, self.path, self.headers["User-Agent"]))
        name = self.path.strip("/").partition("/")[0]
        number = self.server.count(self.path)
        headers = {}
        if self.path == "/robots.txt":
            self.reply(self.server.robots_status, {}, self.server.robots.encode())
            return
        if name == "leise":
            self.server.over.wait(30)
        if name in ("301", "302", "308"):
            headers["Location"] = self.path[4:] or "/ziel"
        if name in ("429", "503"):
            headers["Retry-After"] = self.path.strip("/").partition("/")[2]
        if name == "405" and self.command == "GET":
            name = "200"
        if name == "429" and number > 1 and headers["Retry-After"] == "3":
            name = "200"
        self.reply(int(name) if name.isdigit() else 200, headers)

    do_GET = do_HEAD = answer  # noqa: N815 - the names are Python's

    def reply(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is Python's
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[tuple[str, str, str]] = []
        self.robots, self.robots_status = ROBOTS, 200
        self.over = threading.Event()
        self.url = f"http://127.0.0.1:{self.server_port}"
        self._counts: Counter[str] = Counter()

    def count(self, path: str) -> int:
        self._counts[path] += 1
        return self._counts[path]

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of those who do not trust us, or do not wait."""


@pytest.fixture
def server() -> Iterator[_Server]:
    yield from serving(_Server())


def serving(one: _Server) -> Iterator[_Server]:
    with one:
        threading.Thread(target=one.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield one
        one.over.set()
        one.shutdown()


class _Time:
    """A clock that only goes on when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def clock(self) -> float:
        return self.now


@pytest.fixture
def time() -> _Time:
    return _Time()


@pytest.fixture
def ask(time: _Time) -> Callable[[str], Answer]:
    pace = Pace(2.0, time.sleep, time.clock)
    timeout = Timeout(connect=5, read=0.3)
    return Asker("https://netz.musterstadt.de/", NOW, pace, local=True, timeout=timeout).ask


class TestAnswers:
    @pytest.mark.parametrize(
        ("path", "kind", "status"),
        [
            *(("/gut", "ok", 200), ("/405", "ok", 200)),
            *(
                ("/404", "gone", 404),
                ("/410", "gone", 410),
                ("/403", "closed", 403),
                ("/999", "failing", 999),
            ),
            *(("/500", "failing", 500), ("/503/7200", "busy", 503), ("/429/morgen", "busy", 429)),
            *(("/302/gut", "ok", 200), ("/302/404", "gone", 404), ("/302/301/gut", "ok", 200)),
            *(
                ("/geheim/plan.pdf", "robots", 0),
                ("/geheim/plan.html", "ok", 200),
                ("/leise", "unreachable", 0),
            ),
        ],
    )
    def test_each_has_its_kind(
        self, server: _Server, ask: Callable[[str], Answer], path: str, kind: str, status: int
    ) -> None:
        answer = ask(server.url + path)
        assert (answer.kind, answer.status, answer.target) == (kind, status, "")

    def test_what_moved_for_good_says_where_to(self, server: _Server, ask: Callable[[str], Answer]) -> None:
        moved = ask(f"{server.url}/301/308/neu")
        assert (moved.kind, moved.target) == ("moved", f"{server.url}/neu")
        partly = ask(f"{server.url}/301/302/neu")
        assert (partly.kind, partly.target) == ("moved", f"{server.url}/302/neu")
        assert ask(f"{server.url}/301/404").kind == "gone"

    def test_redirects_have_an_end(self, server: _Server, ask: Callable[[str], Answer]) -> None:
        assert ask(server.url + "/302" * 9).kind == "loop"

    def test_nobody_there_and_no_address(self, ask: Callable[[str], Answer]) -> None:
        for url in ("http://127.0.0.1:9/", "http://[::1", "http:///x", "http://" + "x" * 70 + ".example/"):
            assert ask(url).kind == "unreachable", url

    def test_a_certificate_that_nobody_vouches_for(self, ask: Callable[[str], Answer]) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
        one = _Server()
        one.socket = context.wrap_socket(one.socket, server_side=True)
        for server in serving(one):
            answer = ask(server.url.replace("http:", "https:"))
            assert answer.kind == "tls"
            assert "certificate" in answer.detail.lower()

    def test_inside_our_own_network_nothing_is_asked(self, server: _Server, time: _Time) -> None:
        careful = Asker("https://netz.musterstadt.de/", NOW, Pace(0, time.sleep, time.clock))
        assert careful.ask(f"{server.url}/gut").kind == "inside"
        assert server.asked == []


class TestPoliteness:
    def test_it_says_who_asks_and_for_the_head_alone(
        self, server: _Server, ask: Callable[[str], Answer]
    ) -> None:
        ask(f"{server.url}/gut")
        assert [one[:2] for one in server.asked] == [("GET", "/robots.txt"), ("HEAD", "/gut")]
        assert all(one[2].startswith("stadtnetz-links/") for one in server.asked)
        assert all(one[2].endswith(" (+https://netz.musterstadt.de/)") for one in server.asked)

    def test_between_two_questions_there_is_a_pause(
        self, server: _Server, ask: Callable[[str], Answer], time: _Time
    ) -> None:
        for path in ("/a", "/b", "/c"):
            ask(server.url + path)
        assert time.slept == [2.0, 2.0]
        assert [one[1] for one in server.asked].count("/robots.txt") == 1

    def test_the_operator_may_ask_for_longer_ones(
        self, server: _Server, ask: Callable[[str], Answer], time: _Time
    ) -> None:
        server.robots = "User-agent: *\nCrawl-delay: 7\n"
        ask(f"{server.url}/a")
        ask(f"{server.url}/b")
        assert time.slept == [7.0]

    def test_who_asks_for_patience_gets_it_once(
        self, server: _Server, ask: Callable[[str], Answer], time: _Time
    ) -> None:
        assert ask(f"{server.url}/429/3").kind == "ok"
        assert time.slept == [3.0]
        assert ask(f"{server.url}/429/4").kind == "busy"

    def test_who_can_not_give_rules_is_left_alone(
        self, server: _Server, ask: Callable[[str], Answer]
    ) -> None:
        server.robots_status = 500
        assert ask(f"{server.url}/gut").kind == "robots"

    def test_hosts_take_turns(self, server: _Server, time: _Time) -> None:
        asker = Asker("https://x.example/", NOW, Pace(0, time.sleep, time.clock), local=True)
        urls = [f"{server.url}/{n}" for n in "abc"]
        told: list[Answer] = []
        answers = asker.ask_all([*urls, "http://127.0.0.1:9/"], told.append)
        assert len(answers) == len(told) == 4
        assert [one.kind for one in answers] == ["ok", "ok", "ok", "unreachable"]


class TestKept:
    FINE = Answer("https://a.example/", "ok", NOW, 200)
    GONE = Answer("https://b.example/", "gone", NOW, 404)

    def test_what_was_fine_is_not_asked_again_for_a_while(self, tmp_path: Path) -> None:
        file = tmp_path / "neu/links.json"
        keep_answers(file, [self.FINE, self.GONE])
        age = timedelta(days=14)
        assert kept_answers(file, NOW + age, age) == {self.FINE.url: self.FINE}
        assert kept_answers(file, NOW + age + timedelta(seconds=1), age) == {}
        assert kept_answers(file, NOW - timedelta(seconds=1), age) == {}

    @pytest.mark.parametrize(
        "text",
        [
            *("", "{", "{}", "[7]", '[{"url": 1}]', "[" * 99_999, '[{"at": "bald"}]', "\ud800"),
            '[{"url": "u", "kind": "ok", "status": 200, "target": "", "at": "2022-08-01"}]',
            '[{"url": "u", "kind": ["ok"], "status": 200, "target": "", "at": "2022-08-01T09:00:00+00:00"}]',
            '[{"url": "u", "kind": "erfunden", "status": 200, "target": "", "at": "2022-08-01T09:00:00+00:00"}]',
        ],
    )
    def test_what_others_may_have_written_is_not_believed(self, tmp_path: Path, text: str) -> None:
        file = tmp_path / "links.json"
        file.write_bytes(text.encode("utf-8", "surrogatepass"))
        assert kept_answers(file, NOW, timedelta(days=14)) == {}


PAGE = """
---
title: Verweise
lead: Ein erfundener Vorspann.
published: 2021-07-09
sources:
  - {url: "SERVER/gut#kapitel", seen: 2022-01}
---
Siehe [dort](SERVER/404/x?a=1&b=2) und `SERVER/nur-gezeigt`.

Noch einmal [dort](SERVER/404/x?a=1&b=2), auch <SERVER/301/neu>, [hier](https://netz.musterstadt.de/orte/).
"""


def site_with(server: _Server, folder: Path) -> MiniSite:
    local = {path: str(text).replace("https://", f"{server.url}/") for path, text in NETWORK.items()}
    page = PAGE.replace("SERVER", server.url)
    return MiniSite(
        folder, {**local, "content/news/2021/verweise.md": page, "site.yaml": SITE}, templates=False
    )


def links(site: MiniSite, *options: str) -> Result:
    arguments = [
        "links",
        "--root",
        str(site.root),
        "--as-of",
        "2022-08-01",
        "--pause",
        "0",
        "--local",
        *options,
    ]
    result = CliRunner().invoke(cli, arguments, prog_name="build.py")
    assert result.exit_code == 0, result.output
    return result


class TestCommand:
    def test_every_link_is_found_with_its_lines(self, server: _Server, tmp_path: Path) -> None:
        site = site_with(server, tmp_path)
        with library_of(site.settings()) as (library, _):
            found = links_of(read_sources(site.root)[0], library)
        page = "content/news/2021/verweise.md"
        assert found[f"{server.url}/404/x?a=1&b=2"] == ((page, 8), (page, 10))
        assert found[f"{server.url}/gut"] == ((page, 6),)
        assert found[f"{server.url}/301/neu"] == ((page, 10),)
        assert found[f"{server.url}/musterstadt.de/presse"] == (("content/news/2021/meldung.md", 9),)
        assert not any("nur-gezeigt" in url or "netz.musterstadt.de" in url for url in found)

    def test_the_list_can_be_put_into_a_ticket(self, server: _Server, tmp_path: Path) -> None:
        site = site_with(server, tmp_path)
        text = links(site, "--format", "markdown").stdout
        assert text.startswith("## Links, um die sich jemand kümmern sollte\n")
        assert f"- [ ] `{server.url}/404/x?a=1&b=2` (404)\n  - `content/news/2021/verweise.md:8`\n" in text
        assert f"- [ ] `{server.url}/301/neu` → `{server.url}/neu`" in text
        assert "musterstadt.de/presse" not in text

    def test_a_second_run_asks_only_for_what_was_not_in_order(self, server: _Server, tmp_path: Path) -> None:
        site = site_with(server, tmp_path)
        first = links(site, "--format", "json")
        server.asked.clear()
        second = links(site, "--format", "json")
        assert json.loads(first.stdout) == json.loads(second.stdout)
        assert {path for _, path, _ in server.asked} == {"/robots.txt", "/404/x?a=1&b=2"}
        links(site, "--max-age", "0", "--as-of", "2022-08-02")
        assert "/gut" in {path for _, path, _ in server.asked}

    def test_a_cache_that_can_not_be_written_is_told_and_no_more(
        self, server: _Server, tmp_path: Path
    ) -> None:
        result = links(site_with(server, tmp_path), "--cache", str(tmp_path / "site/site.yaml/links.json"))
        assert "beim nächsten Mal wird alles neu gefragt" in result.stderr

    def test_when_all_is_well_it_says_so(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, templates=False)
        assert links(site).stdout == "Alle Links nach außen führen an ihr Ziel.\n"
