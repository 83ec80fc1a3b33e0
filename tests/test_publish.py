"""Publishing: output/ is the old site or the new one, whatever happens in between."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stadtnetz.diagnostics.catalogue import LANGUAGES, Severity, wording
from stadtnetz.fingerprint import digest
from stadtnetz.output import first as first_site
from stadtnetz.output.disk import FOLDER_MODE, Disk
from stadtnetz.output.ledger import Ledger
from stadtnetz.output.marker import MARKER, MARKER_DATA
from stadtnetz.output.paths import folders_of
from stadtnetz.output.publish import Published, PublishError, publish, publishing, recover
from stadtnetz.output.publisher import Publisher
from stadtnetz.signatures import NEVER, signature_of

PLAIN = Disk(durable=False)
OLD = {
    "index.html": b"Musterstadt",
    "staedte/index.html": b"Liste",
    "staedte/beispielhausen/index.html": b"Beispielhausen",
    "termine": b"a file where a folder comes",
    "alt/index.html": b"goes",
}
NEW = {
    "index.html": b"Musterstadt, neu",
    "staedte/index.html": b"Liste",
    "staedte/beispielhausen": b"a file where a folder was",
    "termine/index.html": b"Termine",
    "assets/site.0a1b.css": b"body{}" * 1000,
}


class KillError(BaseException):
    """The process ends here; nothing but the test catches it."""


class ScriptedDisk:
    """A disk that counts its operations, lacks some abilities, and fails or dies at one of them."""

    def __init__(self, *, without=(), kill_at=None, fail_at=None, fail_from=None, number=errno.ENOSPC):
        self.without, self.kill_at, self.fail_at, self.fail_from = without, kill_at, fail_at, fail_from
        self.number = number
        self.calls = []
        self.dead = False

    def __getattr__(self, name):
        operation = getattr(PLAIN, name)

        def scripted(*args):
            self.calls.append(name)
            if self.dead or len(self.calls) - 1 == self.kill_at:
                self._die(name, args)
            if name in self.without:
                raise self.without[name]
            failing = len(self.calls) - 1 == self.fail_at
            if self.fail_from is not None and len(self.calls) - 1 >= self.fail_from:
                failing = True
            if failing and name != "unlock":
                if name == "write":
                    args[0].write_bytes(args[1][: len(args[1]) // 2])
                raise OSError(self.number, os.strerror(self.number), str(args[0]))
            return operation(*args)

        return scripted

    def _die(self, name, args):
        if name == "unlock":
            os.close(args[1])  # as the system does it for the dead
        elif name == "write" and not self.dead:
            args[0].write_bytes(args[1][: len(args[1]) // 2])
        self.dead = True
        raise KillError


NO_EXCHANGE = {"exchange": NotImplementedError()}
REFUSED_EXCHANGE = {"exchange": OSError(errno.EINVAL, "Invalid argument")}
NO_LINKS = {"link": OSError(errno.EOPNOTSUPP, "Operation not supported")}
WORLDS = {
    "all": {},
    "no-links": NO_LINKS,
    "no-exchange": NO_EXCHANGE,
    "refused-exchange": REFUSED_EXCHANGE,
    "neither": {**NO_EXCHANGE, **NO_LINKS},
}
worlds = pytest.mark.parametrize("without", WORLDS.values(), ids=WORLDS.keys())


def held(output: Path) -> dict[str, bytes] | None:
    """What a folder holds, our marker included; None if it is not there."""
    if not output.is_dir():
        return None
    return {
        path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()
    }


def whole(files: dict[str, bytes]) -> dict[str, bytes]:
    return {MARKER: MARKER_DATA, **files}


def folders(output: Path) -> set[str]:
    return {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_dir()}


def around(output: Path) -> list[str]:
    """What stands beside output/."""
    return sorted(path.name for path in output.parent.glob("*") if path != output)


def code_of(files, output, disk=PLAIN) -> str:
    with pytest.raises(PublishError) as caught:
        publish(files, output, disk=disk)
    diagnostic = caught.value.diagnostic
    assert diagnostic.severity is Severity.ERROR
    for language in LANGUAGES:
        assert all(wording(diagnostic.code, dict(diagnostic.params), language))
    return diagnostic.code


def outcome(files, output, disk):
    """The error's code, or None and the warnings."""
    try:
        return None, publish(files, output, disk=disk).warnings
    except PublishError as error:
        return error.diagnostic.code, ()


@pytest.fixture
def output(tmp_path) -> Path:
    return tmp_path / "output"


# What publishing does


def test_signatures_of_many_are_those_of_each(tmp_path):
    for path in ("a/b/ü.html", "c.html"):
        (tmp_path / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / path).write_text(path)
    (tmp_path / "site" / "link").symlink_to("nowhere")
    (tmp_path / "other").symlink_to("site")
    paths = ("", "a", "a/b/ü.html", "link", "missing/x", "c.html", "c.html/x")
    for root in (tmp_path / "site", tmp_path / "other", tmp_path / "missing", tmp_path / "site/c.html"):
        each = [PLAIN.signature(str(root / path if path else root)) for path in paths]
        assert PLAIN.signatures(str(root), paths) == each


@given(st.sets(st.from_regex(r"[ab](/[ab]){0,3}\.html", fullmatch=True)))
def test_folders_are_all_that_stand_above_files(paths):
    found = folders_of(paths)
    assert set(found) == {str(above) for path in paths for above in PurePosixPath(path).parents} - {"."}
    assert list(found) == sorted(found)


def test_the_first_site(output):
    assert publish(OLD, output) == Published(written=5, kept=0, removed=0)
    assert held(output) == whole(OLD)


def test_folders_above_output_are_made(tmp_path):
    publish(OLD, tmp_path / "a" / "b" / "output", disk=PLAIN)
    assert held(tmp_path / "a" / "b" / "output") == whole(OLD)
    assert around(tmp_path / "a" / "b" / "output") == []


@worlds
def test_the_next_site_replaces_the_first(output, without):
    publish(OLD, output, disk=PLAIN)
    result = publish(NEW, output, disk=ScriptedDisk(without=without))
    assert result == Published(written=4, kept=1, removed=3)
    assert held(output) == whole(NEW)
    assert folders(output) == {"staedte", "termine", "assets"}
    assert around(output) == []


def test_unchanged_files_are_shared_and_changed_ones_are_new(output):
    publish(OLD, output, disk=PLAIN)
    before = {path: (output / path).stat().st_ino for path in ("index.html", "staedte/index.html")}
    with (output / "index.html").open("rb") as reader:
        publish(NEW, output, disk=PLAIN)
        assert reader.read() == OLD["index.html"]  # whoever is reading the old page reads it to its end
    assert (output / "staedte/index.html").stat().st_ino == before["staedte/index.html"]
    assert (output / "staedte/index.html").stat().st_nlink == 1


def test_the_same_site_again_touches_nothing(output):
    publish(OLD, output, disk=PLAIN)
    inode = output.stat().st_ino
    disk = ScriptedDisk()
    assert publish(OLD, output, disk=disk) == Published(written=0, kept=5, removed=0)
    assert output.stat().st_ino == inode
    assert not {"write", "link", "exchange", "rename", "unlink"} & set(disk.calls)


def test_the_same_size_and_time_do_not_hide_a_change(output):
    publish(OLD, output, disk=PLAIN)
    status = (output / "index.html").stat()
    (output / "index.html").write_bytes(b"musterSTADT")
    os.utime(output / "index.html", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert publish(OLD, output, disk=PLAIN).written == 1
    assert held(output) == whole(OLD)


def test_what_nothing_plans_is_gone(output, tmp_path):
    publish(OLD, output, disk=PLAIN)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "keep.txt").write_text("stays")
    (output / "fremd.txt").write_text("?")
    (output / "leer" / "er").mkdir(parents=True)
    (output / "link").symlink_to(outside)
    assert publish(OLD, output, disk=PLAIN) == Published(written=0, kept=5, removed=2)
    assert held(output) == whole(OLD)
    assert folders(output) == {"staedte", "staedte/beispielhausen", "alt"}
    assert (outside / "keep.txt").exists()


def test_an_empty_folder_alone_is_reason_enough(output):
    publish(OLD, output, disk=PLAIN)
    (output / "leer").mkdir()
    publish(OLD, output, disk=PLAIN)
    assert "leer" not in folders(output)


def test_a_page_that_became_a_link_is_a_page_again(output, tmp_path):
    publish(OLD, output, disk=PLAIN)
    (tmp_path / "copy.html").write_bytes(OLD["index.html"])
    (output / "index.html").unlink()
    (output / "index.html").symlink_to(tmp_path / "copy.html")
    publish(OLD, output, disk=PLAIN)
    assert not (output / "index.html").is_symlink()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_modes_do_not_depend_on_the_umask(output):
    before = os.umask(0o077)
    try:
        publish(OLD, output, disk=PLAIN)
    finally:
        os.umask(before)
    (output / "alt").chmod(0o700)
    (output / "termine").chmod(0o600)
    publish(OLD, output, disk=PLAIN)
    modes = {path.stat().st_mode & 0o7777 for path in (output, *output.rglob("*")) if path.is_dir()}
    assert modes == {0o755}
    assert {path.stat().st_mode & 0o7777 for path in output.rglob("*") if path.is_file()} == {0o644}


def test_a_folder_without_write_permission_is_removed_too(output):
    publish(OLD, output, disk=PLAIN)
    (output / "alt").chmod(0o500)
    publish(NEW, output, disk=PLAIN)
    assert held(output) == whole(NEW)
    assert around(output) == []


# What it refuses


def test_a_folder_of_others_is_left_alone(output):
    output.mkdir()
    (output / "brief.txt").write_text("wichtig")
    assert code_of(NEW, output) == "output-foreign"
    assert held(output) == {"brief.txt": b"wichtig"}
    assert around(output) == []


@pytest.mark.parametrize("content", ["", "settings of another program called stadtnetz\n", "stadtnetz"])
def test_a_file_with_the_markers_name_is_not_enough(output, content):
    output.mkdir()
    (output / MARKER).write_text(content)
    (output / "brief.txt").write_text("wichtig")
    assert code_of(NEW, output) == "output-foreign"
    assert held(output) == {MARKER: content.encode(), "brief.txt": b"wichtig"}


def test_a_marker_with_the_line_ends_of_another_system_counts(output):
    publish(OLD, output, disk=PLAIN)
    (output / MARKER).write_bytes(MARKER_DATA.replace(b"\n", b"\r\n"))
    publish(NEW, output, disk=PLAIN)
    assert held(output) == whole(NEW)


@worlds
def test_an_empty_folder_is_taken(output, without):
    output.mkdir()
    publish(NEW, output, disk=ScriptedDisk(without=without))
    assert held(output) == whole(NEW)
    assert around(output) == []


def test_a_file_is_not_a_folder(output):
    output.write_text("x")
    assert code_of(NEW, output) == "output-not-folder"
    assert output.read_text() == "x"


def test_a_link_is_not_followed(output, tmp_path):
    target = tmp_path / "target"
    publish(OLD, target, disk=PLAIN)
    output.symlink_to(target)
    assert code_of(NEW, output) == "output-not-folder"
    assert held(target) == whole(OLD)
    output.unlink()
    output.symlink_to(tmp_path / "nowhere")
    assert code_of(NEW, output) == "output-not-folder"


@pytest.mark.parametrize("use", ["stage", "old"])
def test_a_folder_of_others_under_one_of_our_names_is_left_alone(output, use):
    publish(OLD, output, disk=PLAIN)
    other = output.with_name(f".output.{use}")
    other.mkdir()
    (other / "sicherung.html").write_text("wichtig")
    assert code_of(NEW, output) == "output-foreign"
    assert held(other) == {"sicherung.html": b"wichtig"}
    assert held(output) == whole(OLD)


@pytest.mark.parametrize("torn", [b"", b"stadt", b"\0" * len(MARKER_DATA)])
def test_what_a_power_cut_left_is_known_as_ours(output, torn):
    publish(OLD, output, disk=PLAIN)
    publish(NEW, output.with_name(".output.stage"), disk=PLAIN)
    (output.with_name(".output.stage") / MARKER).write_bytes(torn)
    publish(NEW, output, disk=PLAIN)
    assert around(output) == []


def test_the_root_of_a_file_system_is_refused():
    assert code_of(NEW, Path("/")) == "output-foreign"


@pytest.mark.parametrize(
    "paths",
    [
        [""],
        ["/etc/passwd"],
        ["../index.html"],
        ["a/../b"],
        ["./a"],
        ["a//b"],
        ["a/"],
        ["a\\b"],
        ["a\0b"],
        ["a\nb"],
        ["c:/a"],
        ["a\udc80"],
        ["mu\N{COMBINING DIAERESIS}ll"],
        ["index.html", "Index.html"],
        ["Staedte/a", "staedte/b"],
        ["a", "a/b"],
        ["a/b", "a"],
        ["A", "a/b"],
        [MARKER],
        [MARKER.upper()],
        [f"{MARKER}/a"],
    ],
)
def test_impossible_plans_are_our_bug(output, paths):
    with pytest.raises(ValueError, match="path"):
        publish(dict.fromkeys(paths, b""), output, disk=PLAIN)
    assert not output.exists()


# What may go wrong


@worlds
@pytest.mark.parametrize("before", [OLD, None], ids=["over-a-site", "first-site"])
def test_a_kill_at_any_operation_loses_nothing(tmp_path, without, before):
    pair = "exchange" in without
    for moment in range(operations(tmp_path, before, without)):
        output = tmp_path / f"run-{moment}" / "output"
        if before is not None:
            publish(before, output, disk=PLAIN)
        with pytest.raises(KillError):
            publish(NEW, output, disk=ScriptedDisk(without=without, kill_at=moment))
        states = [before and whole(before), whole(NEW)]
        if held(output) is None and pair:
            recover(output, disk=PLAIN)
        assert held(output) in states
        if moment % 2:
            recover(output, disk=PLAIN)
            assert held(output) in states
        publish(NEW, output, disk=PLAIN)
        assert held(output) == whole(NEW)
        assert folders(output) == {"staedte", "termine", "assets"}
        assert around(output) == []


@worlds
def test_a_kill_while_mending_loses_nothing(tmp_path, without):
    """Kill a build, then kill the one that mends it, at every pair of a few moments."""
    total = operations(tmp_path, OLD, without)
    for first in range(0, total, 3):
        for second in range(0, 24, 2):
            output = tmp_path / f"run-{first}-{second}" / "output"
            publish(OLD, output, disk=PLAIN)
            for moment in (first, second):
                with suppress(KillError):  # there may be fewer operations than that
                    publish(NEW, output, disk=ScriptedDisk(without=without, kill_at=moment))
            recover(output, disk=PLAIN)
            assert held(output) in (whole(OLD), whole(NEW))
            assert around(output) == []


@worlds
@pytest.mark.parametrize("before", [OLD, None], ids=["over-a-site", "first-site"])
def test_a_failure_of_any_operation_leaves_one_whole_site(tmp_path, without, before):
    for moment in range(operations(tmp_path, before, without)):
        output = tmp_path / f"run-{moment}" / "output"
        if before is not None:
            publish(before, output, disk=PLAIN)
        code, warnings = outcome(NEW, output, ScriptedDisk(without=without, fail_at=moment))
        if code is not None:
            assert code == "disk-full"
            assert held(output) == (before and whole(before))
            assert around(output) == []
        else:
            assert held(output) == whole(NEW)
            assert bool(warnings) == bool(around(output))
        publish(NEW, output, disk=PLAIN)
        assert held(output) == whole(NEW)
        assert around(output) == []


@worlds
def test_a_disk_that_fails_for_good_leaves_a_site_that_can_be_mended(tmp_path, without):
    for moment in range(operations(tmp_path, OLD, without)):
        output = tmp_path / f"run-{moment}" / "output"
        publish(OLD, output, disk=PLAIN)
        disk = ScriptedDisk(without=without, fail_from=moment, number=errno.EIO)
        assert outcome(NEW, output, disk)[0] in ("output-failed", None)
        recover(output, disk=PLAIN)
        assert held(output) in (whole(OLD), whole(NEW))
        assert around(output) == []


NAMES = st.sampled_from(["a", "b", "c", "d.html"])
SITES = st.dictionaries(
    st.lists(NAMES, min_size=1, max_size=3).map("/".join),
    st.sampled_from([b"", b"x", b"y", b"xx"]),
    max_size=6,
).filter(lambda site: not any(one != other and other.startswith(one + "/") for one in site for other in site))


@settings(max_examples=60, deadline=None)
@given(before=SITES, after=SITES, without=st.sampled_from(list(WORLDS.values())), data=st.data())
def test_any_site_any_kill(before, after, without, data):
    folder = Path(tempfile.mkdtemp())
    try:
        total = operations(folder, before, without, after)
        output = folder / "run" / "output"
        publish(before, output, disk=PLAIN)
        moment = data.draw(st.integers(0, total - 1))
        with pytest.raises(KillError):
            publish(after, output, disk=ScriptedDisk(without=without, kill_at=moment))
        recover(output, disk=PLAIN)
        assert held(output) in (whole(before), whole(after))
        result = publish(after, output, disk=ScriptedDisk(without=without))
        assert held(output) == whole(after)
        assert result.written + result.kept == len(after)
        assert around(output) == []
    finally:
        shutil.rmtree(folder)


def operations(folder: Path, before, without, after=NEW) -> int:
    """Count what publishing does when nothing goes wrong."""
    output = folder / "count" / "output"
    if before is not None:
        publish(before, output, disk=PLAIN)
    disk = ScriptedDisk(without=without)
    publish(after, output, disk=disk)
    return len(disk.calls)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk-full"),
        (errno.EDQUOT, "disk-full"),
        (errno.EACCES, "output-not-writable"),
        (errno.EROFS, "output-not-writable"),
        (errno.EBUSY, "output-mount"),
        (errno.EXDEV, "output-mount"),
        (errno.ENAMETOOLONG, "output-failed"),
    ],
)
def test_each_error_has_its_sentence(output, number, code):
    publish(OLD, output, disk=PLAIN)
    reason = OSError(number, os.strerror(number), str(output))
    assert code_of(NEW, output, ScriptedDisk(without={"exchange": reason})) == code
    assert held(output) == whole(OLD)
    assert around(output) == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_parent_without_write_permission(output):
    output.parent.chmod(0o500)
    try:
        assert code_of(NEW, output) == "output-not-writable"
    finally:
        output.parent.chmod(0o700)


def test_an_old_site_that_cannot_be_removed_is_a_warning(output):
    publish(OLD, output, disk=PLAIN)
    result = publish(NEW, output, disk=ScriptedDisk(without={"remove_folder": OSError(errno.EIO, "broken")}))
    assert [warning.code for warning in result.warnings] == ["output-leftover"]
    assert result.warnings[0].severity is Severity.WARNING
    assert held(output) == whole(NEW)
    publish(NEW, output, disk=PLAIN)
    assert around(output) == []


# One build at a time

HOLDER = """
import sys, time
from pathlib import Path, PurePosixPath
from stadtnetz.output.lock import acquire
assert acquire(Path(sys.argv[1])) is not None
print("held", flush=True)
time.sleep(60)
"""


def test_a_second_build_is_told_so_and_a_killed_one_leaves_no_lock(output):
    publish(OLD, output, disk=PLAIN)
    lock = output.with_name(".output.lock")
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(lock)], stdout=subprocess.PIPE) as other:
        try:
            assert other.stdout.readline().strip() == b"held"
            assert code_of(NEW, output) == "output-busy"
            output.with_name(".output.stage").mkdir()
            recover(output, disk=PLAIN)
            assert output.with_name(".output.stage").exists()  # it is the other build's
            assert held(output) == whole(OLD)
        finally:
            other.send_signal(signal.SIGKILL)
    assert lock.exists()
    publish(NEW, output, disk=PLAIN)
    assert held(output) == whole(NEW)
    assert around(output) == []


def test_a_lock_whose_file_was_removed_under_us_is_taken_anew(tmp_path):
    """We opened the file, its holder removed it and let go: our lock would be one that nobody else sees."""
    lock = tmp_path / "lock"
    ours = PLAIN.lock(lock)
    lock.unlink()
    theirs = PLAIN.lock(lock)
    assert theirs is not None
    assert PLAIN.lock(lock) is None
    PLAIN.unlock(lock, theirs)
    os.close(ours)
    assert not lock.exists()


def test_publishing_at_the_same_time_never_mixes(output):
    """Two processes publish two sites again and again; every look from outside sees one of them, whole."""
    script = (
        "import sys; from pathlib import Path; from stadtnetz.output.publish import publish, PublishError\n"
        "from stadtnetz.output.disk import Disk\n"
        "site = {f'{i}.html': sys.argv[2].encode() for i in range(20)}\n"
        "for n in range(60):\n"
        "    try: publish(site, Path(sys.argv[1]), disk=Disk(durable=False))\n"
        "    except PublishError as error: assert error.diagnostic.code == 'output-busy', error\n"
    )
    sites = [{f"{i}.html": name for i in range(20)} for name in (b"eins", b"zwei")]
    publish(sites[0], output, disk=PLAIN)
    runs = [subprocess.Popen([sys.executable, "-c", script, str(output), name]) for name in ("eins", "zwei")]
    while any(run.poll() is None for run in runs):
        folder = os.open(output, os.O_RDONLY)  # one moment's site, whatever the name leads to later
        try:
            names = os.listdir(folder)  # noqa: PTH208 - a path has no descriptor
            retired = not os.path.samestat(os.fstat(folder), output.stat())
        finally:
            os.close(folder)
        assert len(names) == 21 or retired  # whole, or no longer the live one and being removed
    assert [run.wait() for run in runs] == [0, 0]
    assert held(output) in [whole(site) for site in sites]
    assert around(output) == []


FIRST = {"index.html": b"Musterstadt", "staedte/a/index.html": b"A", "staedte/b/index.html": b"B"}


class TestAFirstSite:
    """Its files are put in their places while the others are still made."""

    def begun(self, publisher: Publisher) -> dict[str, Path]:
        fresh = {file: publisher.place(file, str(number)) for number, file in enumerate(FIRST)}
        for file, path in fresh.items():
            publisher.put_aside(path, FIRST[file])
        return fresh

    def test_its_files_go_live_without_being_moved_and_its_spare_shares_them(self, tmp_path: Path) -> None:
        output = tmp_path / "output"
        with publishing(output, Ledger(), disk=PLAIN) as publisher:
            fresh = self.begun(publisher)
            assert not output.exists()
            numbers = {file: path.stat().st_ino for file, path in fresh.items()}
            planned = {file: digest(data) for file, data in FIRST.items()}
            assert publisher.publish(planned, fresh).written == 3
        assert held(output) == whole(FIRST)
        assert held(tmp_path / ".output.spare") == whole(FIRST)
        for file, number in numbers.items():
            assert (
                (output / file).stat().st_ino == (tmp_path / ".output.spare" / file).stat().st_ino == number
            )
        assert {path.name for path in tmp_path.iterdir()} == {"output", ".output.spare"}

    def test_what_a_worker_wrote_before_it_died_is_written_anew(self, tmp_path: Path) -> None:
        with publishing(tmp_path / "output", Ledger(), disk=PLAIN) as publisher:
            path = publisher.place("a/index.html", "0")
            publisher.put_aside(path, b"hal")
            publisher.put_aside(path, b"halb und ganz")
            assert path.read_bytes() == b"halb und ganz"

    def test_one_that_does_not_come_about_leaves_nothing(self, tmp_path: Path) -> None:
        with publishing(tmp_path / "output", Ledger(), disk=PLAIN) as publisher:
            self.begun(publisher)
        assert list(tmp_path.iterdir()) == []

    def test_one_that_is_given_up_takes_along_what_other_processes_began(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(first_site, "_MANY", 0)
        with publishing(tmp_path / "output", Ledger(), disk=PLAIN, aside=True) as publisher:
            publisher.begin(self.begun(publisher).keys())
        assert list(tmp_path.iterdir()) == []

    def test_what_comes_after_the_beginning_is_shared_and_signed_as_well(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(first_site, "_MANY", 0)
        more = {"staedte/neu/index.html": b"neu", "build.json": b"{}"}
        planned = {file: digest(data) for file, data in (FIRST | more).items()}
        with publishing(tmp_path / "output", Ledger(), disk=PLAIN, aside=True) as publisher:
            fresh = self.begun(publisher)
            publisher.begin(fresh.keys())
            publisher.publish(planned, {**fresh, **more})
            traces = publisher.traces(planned)
        assert held(tmp_path / "output") == held(tmp_path / ".output.spare") == whole(FIRST | more)
        assert traces.files.keys() == {MARKER, *planned}
        assert traces.folders.keys() == {"", "staedte", "staedte/a", "staedte/b", "staedte/neu"}
        assert traces.spare is not None
        assert traces.spare.folders.keys() == traces.folders.keys()
        for root, signed in (
            (tmp_path / "output", {**traces.files, **traces.folders}),
            (tmp_path / ".output.spare", traces.spare.folders),
        ):
            for path, signature in signed.items():
                assert signature in (NEVER, signature_of((root / path).lstat())), path

    def test_it_takes_nothing_over_from_a_site_that_is_gone(self, tmp_path: Path) -> None:
        left = tmp_path / ".output.spare"
        (left / "alt").mkdir(parents=True)
        (left / MARKER).write_bytes(MARKER_DATA)
        (left / "alt/index.html").write_bytes(b"alt")
        with publishing(tmp_path / "output", Ledger(), disk=PLAIN) as publisher:
            fresh = self.begun(publisher)
            publisher.publish({file: digest(data) for file, data in FIRST.items()}, fresh)
        assert held(left) == whole(FIRST)
        assert not (left / "alt").exists()

    def test_it_goes_live_although_the_spare_of_a_site_that_is_gone_stays(self, tmp_path: Path) -> None:
        left = tmp_path / ".output.spare"
        left.mkdir()
        for name, data in ((MARKER, MARKER_DATA), ("index.html", b"alt")):
            (left / name).write_bytes(data)
        disk = ScriptedDisk(without={"unlink": PermissionError(errno.EACCES, os.strerror(errno.EACCES))})
        with publishing(tmp_path / "output", Ledger(), disk=disk) as publisher:
            fresh = self.begun(publisher)
            published = publisher.publish({file: digest(data) for file, data in FIRST.items()}, fresh)
        assert held(tmp_path / "output") == whole(FIRST)
        assert [warning.code for warning in published.warnings] == ["output-leftover"]

    def test_a_folder_whose_maker_died_gets_its_mode(self, tmp_path: Path) -> None:
        with publishing(tmp_path / "output", Ledger(), disk=PLAIN) as publisher:
            publisher.place("index.html", "0")
            (tmp_path / ".output.spare").mkdir()
            (tmp_path / ".output.spare" / MARKER).write_bytes(MARKER_DATA)
            for tree in (".output.stage", ".output.spare"):
                (tmp_path / tree / "staedte").mkdir(0o700)
                (tmp_path / tree / "staedte/a").mkdir(0o700)
            fresh = self.begun(publisher)
            publisher.publish({file: digest(data) for file, data in FIRST.items()}, fresh)
        for tree in ("output", ".output.spare"):
            for folder in ("staedte", "staedte/a"):
                assert (tmp_path / tree / folder).stat().st_mode & 0o777 == FOLDER_MODE

    def test_it_goes_live_without_a_spare_where_files_can_have_one_name_only(self, tmp_path: Path) -> None:
        disk = ScriptedDisk(without=NO_LINKS)
        with publishing(tmp_path / "output", Ledger(), disk=disk) as publisher:
            fresh = self.begun(publisher)
            publisher.publish({file: digest(data) for file, data in FIRST.items()}, fresh)
        assert held(tmp_path / "output") == whole(FIRST)
        assert {path.name for path in tmp_path.iterdir()} == {"output"}

    @pytest.mark.parametrize("spares", [True, False])
    @worlds
    def test_a_kill_at_any_step_leaves_nothing_or_all_and_the_next_build_is_right(
        self, without: dict[str, Exception], spares: bool
    ) -> None:
        moment, killed = 0, True
        while killed:
            with tempfile.TemporaryDirectory() as folder:
                output = Path(folder) / "output"
                killed = self.built(output, ScriptedDisk(without=without, kill_at=moment), spares=spares)
                assert held(output) in (None, whole(FIRST))
                if not output.exists():
                    assert not self.built(output, PLAIN, spares=True)
                    assert held(output) == held(Path(folder) / ".output.spare") == whole(FIRST)
            moment += 1
        assert moment > 10

    def built(self, output: Path, disk: Disk | ScriptedDisk, *, spares: bool) -> bool:
        """Publish a first site; tell whether the process died."""
        planned = {file: digest(data) for file, data in FIRST.items()}
        try:
            with publishing(output, Ledger(), disk=disk, spares=spares) as publisher:  # type: ignore[arg-type]
                publisher.publish(planned, self.begun(publisher))
        except KillError:
            return True
        return False

    @worlds
    def test_a_failure_at_any_step_leaves_nothing_or_all(self, without: dict[str, Exception]) -> None:
        moment, failed = 0, True
        while failed:
            with tempfile.TemporaryDirectory() as folder:
                output = Path(folder) / "output"
                disk = ScriptedDisk(without=without, fail_at=moment)
                with suppress(PublishError):
                    self.built(output, disk, spares=True)
                assert held(output) in (None, whole(FIRST))
                failed = len(disk.calls) > moment
            moment += 1
        assert moment > 10
