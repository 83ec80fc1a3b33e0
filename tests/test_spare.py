"""The spare tree: a change takes steps for what changed, and nothing but our own files ever goes live."""

from __future__ import annotations

import errno
import os
import shutil
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from stadtnetz.outcome import Built
from stadtnetz.output import first as first_site
from stadtnetz.output.disk import Disk
from stadtnetz.output.marker import MARKER
from stadtnetz.pipeline import build
from tests.minisite import CITIES, MELDUNG, MiniSite, snapshot

PLAIN = Disk(durable=False)
NUMBERS = range(12)


class CountingDisk:
    """The disk, and how often it was asked for what."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self._stepped_at = 0

    def __getattr__(self, name: str) -> Callable[..., Any]:
        operation = getattr(PLAIN, name)

        def counted(*args: object) -> object:
            self.calls[name] += 1
            if name == "signatures" and self.steps > self._stepped_at:
                time.sleep(0.025)  # what was written a moment ago is not believed: all of so small a site
                self._stepped_at = self.steps
            return operation(*args)

        return counted

    @property
    def steps(self) -> int:
        """Return how many of them changed anything."""
        changing = (
            "link",
            "make_folder",
            "write",
            "unlink",
            "remove_folder",
            "rename",
            "replace",
            "exchange",
        )
        return sum(self.calls[name] for name in changing)


def source(number: int) -> str:
    return f"content/news/2021/meldung-{number}.md"


def page(number: int) -> str:
    return f"aktuelles/2021/meldung-{number}/index.html"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> MiniSite:
    """Build a site with a dozen news once, for all tests."""
    site = MiniSite(tmp_path_factory.mktemp("first"), {**CITIES, **{source(n): MELDUNG for n in NUMBERS}})
    assert published(site).published is not None
    return site


@pytest.fixture
def site(first: MiniSite) -> MiniSite:
    """Return that site, as it was after its first build: its trees are replaced by such as this test may change."""
    for path in (first.output, spare_of(first)):
        if path.is_dir():
            shutil.rmtree(path)
        elif path.exists():
            path.unlink()
    for number in NUMBERS:
        first.write(source(number), MELDUNG)
    assert published(first).published is not None
    assert published(first, counting := CountingDisk()).published is not None
    assert counting.steps == 0
    return first


def published(site: MiniSite, disk: CountingDisk | None = None, **options: object) -> Built:
    return build(site.settings(**options), site.output, disk=disk or CountingDisk())  # type: ignore[arg-type]


def spare_of(site: MiniSite) -> Path:
    return site.output.with_name(".output.spare")


def edit(site: MiniSite, *numbers: int, text: str = "Ein neuer Text") -> None:
    for number in numbers:
        site.edit(source(number), "Ein erfundener Text", text)


def is_right(site: MiniSite, **options: object) -> None:
    """See that output/ holds what a clean build makes."""
    other = site.root / "clean"
    assert (
        build(replace(site.settings(**options), clean=True, keep_state=False), other, disk=PLAIN).published
        is not None
    )
    assert snapshot(site.output) == snapshot(other)
    shutil.rmtree(other)


def numbers_of(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        str(path.relative_to(folder)): (path.stat().st_ino, path.stat().st_ctime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_first_build_leaves_a_spare_that_shares_every_file(site: MiniSite) -> None:
    live, spare = numbers_of(site.output), numbers_of(spare_of(site))
    assert snapshot(site.output) == snapshot(spare_of(site))
    assert {path for path in live if live[path][0] != spare[path][0]} == {MARKER}


class TestTwinOfAFirstSite:
    """A large first site's spare is made by another process; here a small one's is."""

    @pytest.fixture
    def bare(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MiniSite:
        monkeypatch.setattr(first_site, "_MANY", 0)
        return MiniSite(tmp_path, {**CITIES, **{source(n): MELDUNG for n in NUMBERS}})

    def test_another_process_shares_every_file(self, bare: MiniSite) -> None:
        counting = CountingDisk()
        assert published(bare, counting, jobs=2).published is not None
        assert counting.calls["link"] == 0
        live, spare = numbers_of(bare.output), numbers_of(spare_of(bare))
        assert snapshot(bare.output) == snapshot(spare_of(bare))
        assert {path for path in live if live[path][0] != spare[path][0]} == {MARKER}

    def test_what_it_signed_holds_for_the_next_build(self, bare: MiniSite) -> None:
        published(bare, jobs=2)
        published(bare, jobs=2)  # what was linked a moment before was not believed
        assert published(bare, counting := CountingDisk(), jobs=2).published is not None
        assert (counting.steps, counting.calls["read"]) == (0, 0)
        edit(bare, 1, 2)
        published(bare, counting := CountingDisk(), jobs=2)
        assert (counting.calls["link"], counting.calls["exchange"]) == (0, 1)
        is_right(bare)

    def test_what_it_does_not_finish_is_done_here(self, bare: MiniSite) -> None:
        here = os.getpid()

        class Halting(CountingDisk):
            def link(self, existing: str, new: str) -> None:
                if os.getpid() != here:
                    os._exit(9)
                self.calls["link"] += 1
                PLAIN.link(existing, new)

        disk = Halting()
        assert published(bare, disk, jobs=2).published is not None
        assert disk.calls["link"] > 0
        assert snapshot(bare.output) == snapshot(spare_of(bare))

    def test_one_that_cannot_go_live_leaves_nothing(self, bare: MiniSite) -> None:
        class Failing(CountingDisk):
            def rename(self, old: Path, new: Path) -> None:
                if new == bare.output:
                    raise OSError(errno.ENOSPC, "No space left on device", str(new))
                PLAIN.rename(old, new)

        assert published(bare, Failing(), jobs=2).published is None
        assert not list(bare.output.parent.glob("*output*"))

    @pytest.mark.parametrize("told", ["here", "in the other process alone"])
    def test_a_disk_that_fails_leaves_nothing(self, bare: MiniSite, told: str) -> None:
        here = os.getpid()

        class Failing(CountingDisk):
            def settle(self, folder: Path) -> None:
                if told == "here" or os.getpid() != here:
                    raise OSError(errno.EIO, "Input/output error", str(folder))

        built = published(bare, Failing(), jobs=2)
        assert built.published is None
        assert "output-failed" in {one.code for one in built.diagnostics}
        assert not list(bare.output.parent.glob("*output*"))


def test_two_changed_files_take_few_steps(site: MiniSite) -> None:
    files = len(snapshot(site.output))
    edit(site, 1, 2)
    counting = CountingDisk()
    built = published(site, counting)
    assert set(built.reasons) == {page(1), page(2)}
    assert counting.calls["link"] == 0
    assert counting.calls["exchange"] == 1
    assert counting.steps < 20 < files
    is_right(site)


def test_the_next_change_catches_up_with_the_last_one(site: MiniSite) -> None:
    edit(site, 1, 2)
    published(site)
    edit(site, 3, 4)
    counting = CountingDisk()
    published(site, counting)
    assert counting.calls["link"] == 2
    assert counting.calls["make_folder"] <= 1
    assert counting.steps < 25
    is_right(site)


def test_one_changed_file_is_put_in_the_place_of_the_old_one(site: MiniSite) -> None:
    published(site, manifest=False)  # which would be a second file
    before, folder = numbers_of(site.output), site.output.stat().st_ino
    edit(site, 5)
    counting = CountingDisk()
    published(site, counting, manifest=False)
    after = numbers_of(site.output)
    assert {path for path in after if after[path] != before.get(path)} == {page(5)}
    assert before.keys() == after.keys()
    assert site.output.stat().st_ino == folder
    assert (counting.calls["replace"], counting.calls["exchange"], counting.calls["link"]) == (1, 0, 0)
    is_right(site, manifest=False)


def test_files_that_were_replaced_one_by_one_reach_the_spare_with_the_next_change(site: MiniSite) -> None:
    published(site, manifest=False)
    for number in (1, 2, 3):
        edit(site, number)
        published(site, manifest=False)
    edit(site, 4, 5)
    counting = CountingDisk()
    published(site, counting, manifest=False)
    assert counting.calls["link"] == 3
    is_right(site, manifest=False)
    edit(site, 6, 7)
    published(site, manifest=False)
    is_right(site, manifest=False)


def test_new_and_removed_pages_come_and_go_with_the_spare(site: MiniSite) -> None:
    (site.root / source(11)).rename(site.root / "content/news/2021/umbenannt.md")
    published(site)
    assert not (site.output / page(11)).parent.exists()
    is_right(site)
    edit(site, 1, 2)
    published(site)
    assert not (spare_of(site) / page(11)).exists()
    is_right(site)
    (site.root / "content/news/2021/umbenannt.md").unlink()
    published(site)
    is_right(site)
    edit(site, 3, 4)
    published(site)
    is_right(site)


def _foreign_file(spare: Path) -> None:
    (spare / "fremd.html").write_text("foreign")


def _foreign_file_below(spare: Path) -> None:
    (spare / page(7)).with_name("fremd.html").write_text("foreign")


def _foreign_folder(spare: Path) -> None:
    (spare / "fremd").mkdir()


def _foreign_link(spare: Path) -> None:
    (spare / "fremd").symlink_to("index.html")


def _removed_file(spare: Path) -> None:
    (spare / page(7)).unlink()


def _removed_folder(spare: Path) -> None:
    shutil.rmtree((spare / page(7)).parent)


def _exchanged_file(spare: Path) -> None:
    file = spare / page(7)
    data = file.read_bytes()
    file.unlink()
    file.write_bytes(data.replace(b"Musterstadt", b"Lasterstadt"))
    file.chmod(0o644)


def _renamed_over(spare: Path) -> None:
    aside = spare.with_name("aside")
    aside.write_text("foreign")
    aside.chmod(0o644)
    aside.replace(spare / page(7))


def _swapped_files(spare: Path) -> None:
    one, other, aside = spare / page(7), spare / page(8), spare.with_name("aside")
    one.rename(aside)
    other.rename(one)
    aside.rename(other)


def _file_became_folder(spare: Path) -> None:
    (spare / page(7)).unlink()
    (spare / page(7)).mkdir()


def _folder_became_link(spare: Path) -> None:
    folder = (spare / page(7)).parent
    elsewhere = spare.with_name("elsewhere")
    shutil.rmtree(elsewhere, ignore_errors=True)
    folder.rename(elsewhere)
    folder.symlink_to(elsewhere)


def _closed_folder(spare: Path) -> None:
    (spare / page(7)).parent.chmod(0o700)


def _missing(spare: Path) -> None:
    shutil.rmtree(spare)


def _copied(spare: Path) -> None:
    aside = spare.with_name("aside")
    shutil.copytree(spare, aside)
    shutil.rmtree(spare)
    aside.rename(spare)


def _marker_is_longer(spare: Path) -> None:
    with (spare / MARKER).open("a") as file:
        file.write("and more\n")


HARM = [
    _foreign_file,
    _foreign_file_below,
    _foreign_folder,
    _foreign_link,
    _removed_file,
    _removed_folder,
    _exchanged_file,
    _renamed_over,
    _swapped_files,
    _file_became_folder,
    _folder_became_link,
    _closed_folder,
    _missing,
    _copied,
    _marker_is_longer,
]


@pytest.mark.parametrize("harm", HARM, ids=lambda harm: harm.__name__)
def test_a_spare_that_is_not_as_it_was_left_never_goes_live(
    site: MiniSite, harm: Callable[[Path], None]
) -> None:
    harm(spare_of(site))
    edit(site, 1, 2)
    counting = CountingDisk()
    assert published(site, counting).published is not None
    # Either everything is staged anew, or what was done to a shared file showed in output/ as well.
    assert counting.calls["link"] >= 1
    is_right(site)
    assert (site.output / page(7)).stat().st_mode & 0o777 == 0o644
    assert (site.output / page(7)).parent.stat().st_mode & 0o777 == 0o755
    edit(site, 3, 4)
    published(site)
    is_right(site)


def test_a_folder_in_the_place_of_the_spare_that_is_not_ours_is_left_alone(site: MiniSite) -> None:
    before = snapshot(site.output)
    spare = spare_of(site)
    shutil.rmtree(spare)
    spare.mkdir()
    (spare / "brief.txt").write_text("not ours")
    edit(site, 1, 2)
    built = published(site)
    assert [d.code for d in built.diagnostics if d.code.startswith("output")] == ["output-foreign"]
    assert built.published is None
    assert snapshot(site.output) == before
    assert (spare / "brief.txt").read_text() == "not ours"
    shutil.rmtree(spare)


def test_a_marker_that_says_something_else_makes_the_spare_foreign(site: MiniSite) -> None:
    before = snapshot(site.output)
    (spare_of(site) / MARKER).write_text("something else")
    edit(site, 1, 2)
    built = published(site)
    assert built.published is None
    assert snapshot(site.output) == before
    shutil.rmtree(spare_of(site))
    published(site)
    is_right(site)


def test_a_file_in_the_place_of_the_spare_is_left_alone(site: MiniSite) -> None:
    before = snapshot(site.output)
    spare = spare_of(site)
    shutil.rmtree(spare)
    spare.write_text("not ours")
    edit(site, 1, 2)
    built = published(site)
    assert [d.code for d in built.diagnostics if d.code.startswith("output")] == ["output-not-folder"]
    assert snapshot(site.output) == before
    assert spare.read_text() == "not ours"


@pytest.mark.parametrize("pause", [0, 0.05])
def test_a_folder_that_became_a_link_loses_no_file_here_or_there(
    site: MiniSite, tmp_path: Path, pause: float
) -> None:
    """Whatever the file system says through a link says nothing of what stands in the tree."""
    moved = tmp_path / "moved"
    (site.output / "daten").rename(moved)
    (site.output / "daten").symlink_to(moved)
    there = snapshot(moved)
    assert len(there) > 5
    for number in range(0, 6, 2):
        edit(site, number, number + 1)
        published(site)
        is_right(site)
        assert snapshot(moved) == there
        time.sleep(pause)


def test_what_was_too_young_to_be_believed_is_read_once_and_not_shared_anew(site: MiniSite) -> None:
    # As after a build of a small site that was quick: the ledger believes nothing of what stands in output/.
    for path in (page for tree in (site.output, spare_of(site)) for page in tree.rglob("*.html")):
        os.utime(path)
    time.sleep(0.05)
    edit(site, 1, 2)
    published(site, first := CountingDisk())
    assert first.calls["read"] > len(NUMBERS)
    assert first.calls["link"] == 0
    assert first.calls["unlink"] < len(NUMBERS)
    edit(site, 3, 4)
    published(site, second := CountingDisk())
    assert second.calls["read"] < len(NUMBERS)
    assert second.calls["link"] == 2
    is_right(site)


def test_what_changes_in_output_after_the_spare_fell_behind_never_goes_live(site: MiniSite) -> None:
    # The file is shared with the spare: whoever writes into it changes both trees.
    with (site.output / page(7)).open("a") as file:
        file.write("foreign")
    edit(site, 1, 2)
    published(site)
    is_right(site)
    edit(site, 3, 4)
    published(site)
    is_right(site)
    spare, live = spare_of(site) / page(7), site.output / page(7)
    assert b"foreign" not in spare.read_bytes() or not spare.samefile(live)


def test_a_ledger_from_before_does_not_bring_an_old_spare_back(site: MiniSite) -> None:
    (ledger,) = (site.root / ".build").glob("*.ledger")
    edit(site, 1, 2)
    old = ledger.read_bytes()
    published(site)
    edit(site, 3, 4)
    ledger.write_bytes(old)
    published(site)
    is_right(site)
    edit(site, 5, 6)
    published(site)
    is_right(site)


def test_without_a_ledger_the_spare_is_not_used(site: MiniSite) -> None:
    (ledger,) = (site.root / ".build").glob("*.ledger")
    ledger.unlink()
    _exchanged_file(spare_of(site))
    edit(site, 1, 2)
    published(site)
    is_right(site)


def test_what_changes_while_a_build_looks_at_it_is_noticed_by_the_next(
    site: MiniSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A file that is not as it was left is read; whoever writes to it right after that must not be believed later.
    place = site.output / page(7)
    place.write_bytes(place.read_bytes())
    read, mode = Disk.read, place.stat().st_mode

    def reading(self: Disk, path: Path) -> bytes:
        data = read(self, path)
        if path == place:
            place.write_bytes(data.replace(b"<", b"(", 1))
            place.chmod(mode)
        return data

    with monkeypatch.context() as patch:
        patch.setattr(Disk, "read", reading)
        edit(site, 1, 2)
        published(site)
    time.sleep(0.05)
    edit(site, 3, 4)
    published(site)
    is_right(site)
