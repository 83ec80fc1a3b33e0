"""The manifest, compressed texts, security.txt, places in pages: what a build adds for those who publish it."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import brotli
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from stadtnetz.authoring.upcoming import upcoming
from stadtnetz.cli import cli
from stadtnetz.clock import Clock
from stadtnetz.memory import Memory
from stadtnetz.network.library import load_library
from stadtnetz.output.manifest import MalformedManifestError, Manifest, read_manifest, written
from stadtnetz.source import read_sources
from tests.minisite import CITIES, MELDUNG, NETWORK, ROOT, SITE, WITH_PREVIEWS, MiniSite, snapshot
from tests.picturesite import picture_files

MANIFEST = ".well-known/build.json"
COMPRESSED = SITE + "deploy: {compress: ja}\n"


def manifest(site: MiniSite) -> dict[str, object]:
    found: dict[str, object] = json.loads((site.output / MANIFEST).read_bytes())
    return found


class TestManifest:
    def test_it_lists_every_file_but_itself(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, NETWORK)
        site.build()
        files = {
            path: data for path, data in snapshot(site.output).items() if path not in (MANIFEST, ".stadtnetz")
        }
        sums = {path: {"sha256": sha256(data).hexdigest()} for path, data in files.items()}
        assert manifest(site)["files"] == sums

    def test_a_change_reads_nothing_anew_and_gives_what_a_clean_build_does(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, {**NETWORK, "site.yaml": COMPRESSED})
        site.build(commit="a" * 40)
        before = snapshot(site.output)
        site.edit("content/news/2021/meldung.md", "Ein erfundener Text", "Ein anderer Text")
        built = site.build(commit="b" * 40)
        after = snapshot(site.output)
        pages = [path for path in after if path.endswith(".html") and after[path] != before[path]]
        assert pages == ["aktuelles/2021/meldung/index.html"]
        texts = {f"{pages[0]}{ending}" for ending in ("", ".br", ".gz")}
        assert {path for path in after if after[path] != before.get(path)} == {*texts, MANIFEST}
        assert built.published is not None
        assert built.published.written == 4
        site.build(commit="b" * 40, clean=True)
        assert snapshot(site.output) == after

    def test_another_commit_changes_the_manifest_alone_and_the_same_one_nothing(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, CITIES)
        site.build(commit="a" * 40)
        assert site.build(commit="a" * 40).published.written == 0  # type: ignore[union-attr]
        built = site.build(commit="b" * 40)
        assert (built.reasons, built.published.written) == ({}, 1)  # type: ignore[union-attr]
        assert manifest(site)["commit"] == "b" * 40

    def test_it_says_since_when_and_until_when_as_far_as_readers_may_know(self, tmp_path: Path) -> None:
        hidden = MELDUNG.replace("cities:", "embargo: 2022-08-10 10:00\ncities:")
        fest = "title: Fest\nlead: V\nstart: 2022-09-01\n"
        source = "sources: [{url: 'https://musterstadt.de/f', seen: 2022-01}]\n"
        site = MiniSite(tmp_path, {**NETWORK, "content/events/fest.yaml": fest + source})
        site.build()
        told = manifest(site)
        assert told["valid_until"] == "2022-09-01T00:00:00+02:00"
        assert told["moment"] == "2022-07-01T00:00:00+02:00"
        site.write("content/news/2021/geheim.md", hidden)
        built = site.build()
        assert built.valid_until is not None
        assert built.valid_until.isoformat() == "2022-08-10T10:00:00+02:00"
        assert manifest(site) == told

    @pytest.mark.parametrize(("where", "file"), [("nein", None), ("stand/bau.json", "stand/bau.json")])
    def test_it_stands_where_the_operator_wants_it(
        self, tmp_path: Path, where: str, file: str | None
    ) -> None:
        site = MiniSite(tmp_path, {**CITIES, "site.yaml": f"{SITE}deploy: {{manifest: {where}}}\n"})
        site.build()
        assert not (site.output / MANIFEST).exists()
        assert file is None or (site.output / file).is_file()

    def test_a_deployed_folder_is_compared_with_it(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, CITIES)
        site.build()

        def differences() -> tuple[int, list[tuple[str, str]]]:
            command = ["verify", "--against", str(site.output / MANIFEST), "--output", str(site.output)]
            result = CliRunner().invoke(cli, [*command, "--format", "json"])
            return result.exit_code, [
                (one["file"], one["what"]) for one in json.loads(result.stdout)["differences"]
            ]

        assert differences() == (0, [])
        (site.output / "robots.txt").write_text("anders")
        (site.output / "feed.xml").unlink()
        (site.output / "fremd.html").write_text("fremd")
        wrong = [("feed.xml", "missing"), ("fremd.html", "foreign"), ("robots.txt", "different")]
        assert differences() == (1, wrong)


@settings(max_examples=40)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(["format", "files"]), inner)
        ),
    ).map(lambda value: json.dumps(value).encode())
    | st.binary()
)
def test_whatever_is_no_manifest_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedManifestError):
        read_manifest(data)


@pytest.mark.parametrize("field", ["moment", "valid_until"])
def test_a_manifest_without_offsets_is_refused(field: str) -> None:
    """Whether it is over could not be told."""
    content = json.loads(written(Manifest(None, None, None, (), {})))
    with pytest.raises(MalformedManifestError):
        read_manifest(json.dumps({**content, field: "2022-07-08T12:00:00"}).encode())
    read_manifest(json.dumps({**content, field: "2022-07-08T12:00:00+02:00"}).encode())


class TestCompressed:
    def test_every_text_stands_there_in_three_forms_that_say_the_same(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, {**NETWORK, "site.yaml": COMPRESSED})
        site.build()
        files = snapshot(site.output)
        texts = [
            path for path in files if path.endswith((".html", ".css", ".js", ".xml", ".json", ".svg", ".csv"))
        ]
        for path in texts:
            if path == MANIFEST:
                continue  # it is made last, of all the others
            assert (
                gzip.decompress(files[f"{path}.gz"]) == brotli.decompress(files[f"{path}.br"]) == files[path]
            )
            assert files[f"{path}.gz"][3:8] == bytes(5), "neither a name nor a time"
        assert len(texts) > 20

    def test_what_is_under_embargo_is_in_none(self, tmp_path: Path) -> None:
        hidden = MELDUNG.replace("cities:", "embargo: 2022-12-01\ncities:")
        site = MiniSite(tmp_path, {**NETWORK, "site.yaml": COMPRESSED})
        site.build()
        before = snapshot(site.output)
        site.write("content/news/2021/geheim.md", hidden)
        site.build()
        assert snapshot(site.output) == before

    def test_switched_off_they_go(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, {**CITIES, "site.yaml": COMPRESSED})
        site.build()
        site.write("site.yaml", SITE)
        site.build()
        assert [path for path in snapshot(site.output) if path.endswith((".br", ".gz"))] == []


class TestSecurityTxt:
    SITE = SITE + "security: {email: sicherheit@musterstadt.de, expires: 2022-09-30, languages: de}\n"

    def test_it_says_what_the_standard_demands(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, {**CITIES, "site.yaml": self.SITE})
        assert site.build().valid_until.isoformat() == "2022-10-01T00:00:00+02:00"  # type: ignore[union-attr]
        assert (site.output / ".well-known/security.txt").read_text() == (
            "Contact: mailto:sicherheit@musterstadt.de\nExpires: 2022-09-30T22:00:00Z\nPreferred-Languages: de\n"
            "Canonical: https://netz.musterstadt.de/.well-known/security.txt\n"
        )

    @pytest.mark.parametrize(
        ("day", "code", "there"),
        [
            ("2022-08-30", [], True),
            ("2022-08-31", ["security-ages"], True),
            ("2022-09-30", ["security-ages"], True),
            ("2022-10-01", ["security-expired"], False),
        ],
    )
    def test_its_end_is_watched(self, tmp_path: Path, day: str, code: list[str], there: bool) -> None:
        site = MiniSite(tmp_path, {**CITIES, "site.yaml": self.SITE})
        built = site.build(day)
        assert [one.code for one in built.diagnostics if one.code.startswith("security")] == code
        assert (site.output / ".well-known/security.txt").exists() == there

    def test_it_is_among_what_changes_by_itself(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, {**CITIES, "site.yaml": self.SITE}, templates=False)
        library, _ = load_library(read_sources(site.root)[0], Memory(None))
        found = [
            (one.change.why, one.on_site) for one in upcoming(library, Clock.from_text("2022-08-01"), 90)
        ]
        assert found == [("security-ages", False), ("security-expires", True)]

    @pytest.mark.parametrize("stated", ["{expires: 2022-09-30}", "{email: a@musterstadt.de}"])
    def test_half_of_it_is_reported(self, tmp_path: Path, stated: str) -> None:
        site = MiniSite(tmp_path, {**CITIES, "site.yaml": f"{SITE}security: {stated}\n"}, templates=False)
        assert [one.rpartition(" ")[2] for one in site.findings()] == ["security-incomplete"]


class TestPlacesInPages:
    PAGE = "---\ntitle: Fragen\nlead: Erfunden.\n---\n## Wer fragt?\n\nEin Text.\n"

    @pytest.mark.parametrize(
        ("link", "right"),
        [
            ("[x](page:fragen#wer-fragt)", True),
            ("[x](/fragen/#wer-fragt)", True),
            ("[x](city:musterstadt#s-sources)", True),
            ("[x](▶page:fragen#wer-sagt)", False),
            ("[x](▶/fragen/#wer-sagt)", False),
        ],
    )
    def test_a_link_to_one_must_find_it(self, tmp_path: Path, link: str, right: bool) -> None:
        text = f"---\ntitle: Andere\nlead: Erfunden.\n---\nEin {link.replace('▶', '')}.\n"
        files = {**CITIES, "content/pages/fragen.md": self.PAGE, "content/pages/andere.md": text}
        site = MiniSite(tmp_path, files)
        for _ in range(2):  # as it is found out, and as it is remembered
            expected = [] if right else ["content/pages/andere.md:5:9 place-unknown"]
            assert site.findings() == expected


PICTURED = ("content/cities/beispielhausen.yaml", "content/cities/ort.jpg")
BUILDING = """
import os, random, sys
from pathlib import Path
from stadtnetz.cli import main
real = os.scandir
class Shuffled:
    def __init__(self, *arguments):
        with real(*arguments) as found:
            self._found = list(found)
        random.Random(SEED).shuffle(self._found)
    def __enter__(self): return iter(self._found)
    def __exit__(self, *_): return None
    def __iter__(self): return iter(self._found)
    def close(self): return None
os.scandir = Shuffled
os.umask(UMASK)
main()
"""


def test_the_same_site_on_any_machine(tmp_path: Path) -> None:
    """Path, locale, time zone, umask, hash seed, order and times of files, workers: none of them shows."""
    files = {
        **NETWORK,
        **{path: picture_files()[path] for path in PICTURED},
        "site.yaml": WITH_PREVIEWS
        + "deploy: {compress: ja}\nsecurity: {email: a@b.de, expires: 2023-01-01}\n",
    }
    found = []
    for number, (locale, zone, umask, seed, jobs, age) in enumerate(
        [
            ("C", "Pacific/Kiritimati", 0o077, "1", "1", 0),
            ("C.UTF-8", "America/Los_Angeles", 0o000, "77", "2", 10**9),
        ]
    ):
        site = MiniSite(
            tmp_path / ("x" * (number * 30 + 1)), dict(reversed(files.items())) if number else files
        )
        for path in site.root.rglob("*"):
            os.utime(path, (age, age)) if age else None
        program = BUILDING.replace("SEED", seed).replace("UMASK", str(umask))
        environment = {
            **os.environ,
            "LC_ALL": locale,
            "TZ": zone,
            "PYTHONHASHSEED": seed,
            "SOURCE_DATE_EPOCH": "1659304800",
            "PYTHONPATH": str(ROOT),
        }
        command = [sys.executable, "-c", program, "build", "--root", str(site.root), "--jobs", jobs]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        found.append(snapshot(site.output))
        for path in site.output.rglob("*"):
            assert path.stat().st_mode & 0o7777 == (0o755 if path.is_dir() else 0o644), path
    assert found[0] == found[1]
    assert {".png", ".avif", ".br", ".pf_meta"} <= {Path(path).suffix for path in found[0]}
