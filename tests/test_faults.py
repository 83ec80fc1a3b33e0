"""Real processes and real faults: kills, two builds at once, full and read-only disks; the site stays whole."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.minisite import CITIES, MELDUNG, NETWORK, ROOT, UNFINISHED, MiniSite, snapshot

SOURCE = "content/news/2021/meldung.md"
KILLS = 12
Running = subprocess.Popen[str]


def start(site: MiniSite, *options: str, output: Path | None = None, **env: str) -> Running:
    """Start a build as an editor does."""
    command = [
        sys.executable,
        str(ROOT / "build.py"),
        "build",
        "--root",
        str(site.root),
        "--as-of",
        "2022-08-01",
        "--no-search",
    ]
    command += ["--output", str(output or site.output), "--format", "json", *options]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(running: Running) -> tuple[int, dict[str, Any]]:
    """Return how a build ended and what it said."""
    out, err = running.communicate(timeout=60)
    assert "Traceback" not in err, err
    return running.returncode, json.loads(out)


def run(site: MiniSite, *options: str, output: Path | None = None, **env: str) -> tuple[int, list[str]]:
    """Build; return the exit code and the codes of what was reported about disks."""
    code, said = finished(start(site, *options, output=output, **env))
    codes = [one["code"] for one in said["diagnostics"]]
    return code, [one for one in codes if one not in UNFINISHED]


def leftovers(output: Path) -> set[str]:
    """Return what stands beside output/ and should not."""
    return {path.name for path in output.parent.glob(f".{output.name}.*")} - {f".{output.name}.spare"}


def clean(site: MiniSite, name: str = "clean") -> dict[str, bytes]:
    """Return the files of a build from nothing."""
    output = site.root / name
    assert run(site, "--clean", output=output)[0] == 0
    files = snapshot(output)
    for path in site.root.glob(f"*{name}*"):
        shutil.rmtree(path)
    return files


@pytest.fixture
def site(tmp_path: Path) -> MiniSite:
    made = MiniSite(tmp_path, NETWORK)
    made.build()
    return made


def edit(site: MiniSite) -> None:
    """Change what many pages show."""
    site.edit(SOURCE, "zeigt, wie es geht", "zeigt es noch einmal")


def test_a_build_that_is_killed_leaves_the_old_site_or_the_new_one(site: MiniSite) -> None:
    titles = ["zeigt, wie es geht", "zeigt es noch einmal"]
    sites = [snapshot(site.output)]
    edit(site)
    begun = time.monotonic()
    sites.append(clean(site))
    whole = time.monotonic() - begun
    chance = random.Random(7)  # noqa: S311 - moments, not secrets
    for attempt in range(KILLS):
        running = start(site)
        # The later part of a build is the one that writes.
        time.sleep(whole * chance.uniform(0.3, 1.0))
        running.send_signal(signal.SIGKILL)
        running.communicate(timeout=60)
        # A kill between the two steps of an exchange in two steps would be mended by the next start; here it is one.
        assert snapshot(site.output) in sites, attempt
        if snapshot(site.output) == sites[1]:
            # It was complete: from here on what was new is old.
            titles.reverse()
            sites.reverse()
            site.edit(SOURCE, *titles)
    assert run(site)[0] == 0
    assert snapshot(site.output) == sites[1]
    assert leftovers(site.output) == set()


def test_two_builds_at_once_leave_one_whole_site(site: MiniSite) -> None:
    edit(site)
    both = [finished(one) for one in (start(site), start(site))]
    codes = [code for code, _ in both]
    assert 0 in codes
    for code, said in both:
        reported = {one["code"] for one in said["diagnostics"]}
        assert code == 0 or "output-busy" in reported
    assert snapshot(site.output) == clean(site)
    assert leftovers(site.output) == set()
    assert run(site) == (0, [])


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[Path]:
    """Give a test a small disk of its own; it needs root for that."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root mounts a disk")
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("this machine lets nobody mount a disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], capture_output=True, check=True)


def test_a_full_disk_leaves_the_old_site_and_is_told_once(site: MiniSite, tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "size=8m") as disk:
        output = disk / "output"
        assert run(site, output=output) == (0, [])
        old = snapshot(output)
        edit(site)
        ballast = disk / "ballast"
        with ballast.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(bytes(4096))
        code, reported = run(site, output=output)
        assert code == 1
        assert len(reported) == 1
        assert snapshot(output) == old
        ballast.unlink()
        assert run(site, output=output) == (0, [])
        assert snapshot(output) == clean(site)
        assert leftovers(output) == set()


def test_a_disk_that_fills_up_while_several_processes_render_is_told_once(tmp_path: Path) -> None:
    news = {f"content/news/2021/meldung-{number}.md": MELDUNG for number in range(300)}
    site = MiniSite(tmp_path, {**CITIES, **news})
    with mounted(tmp_path / "disk", "size=1m") as disk:
        code, reported = run(site, "--jobs", "2", output=disk / "output")
        assert (code, len(reported)) == (1, 1)
        assert leftovers(disk / "output") == set()


def test_a_disk_that_can_only_be_read_leaves_the_old_site(site: MiniSite, tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "size=8m") as disk:
        output = disk / "output"
        assert run(site, output=output) == (0, [])
        old = snapshot(output)
        edit(site)
        remount = ["mount", "-o", "remount,ro", str(disk)]
        if subprocess.run(remount, capture_output=True, check=False).returncode != 0:
            pytest.skip("this machine lets nobody change a disk")
        code, reported = run(site, output=output)
        assert code == 1
        assert len(reported) == 1
        assert reported[0].startswith("output-")
        assert snapshot(output) == old
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], capture_output=True, check=True)
        assert run(site, output=output) == (0, [])
        assert snapshot(output) == clean(site)


def test_a_memory_that_cannot_be_written_is_said_and_does_no_harm(site: MiniSite) -> None:
    shutil.rmtree(site.root / ".build")
    (site.root / ".build").write_text("in the way")
    edit(site)
    for _ in range(2):
        assert run(site) == (0, ["state-not-writable"])
        assert snapshot(site.output) == clean(site)
    (site.root / ".build").unlink()
    assert run(site) == (0, [])
    assert run(site) == (0, [])
    assert (site.root / ".build").is_dir()


def test_a_full_disk_below_the_memory_is_said_and_does_no_harm(site: MiniSite, tmp_path: Path) -> None:
    shutil.rmtree(site.root / ".build")
    with mounted(tmp_path / "disk", "size=16k") as disk:
        (site.root / ".build").symlink_to(disk)
        edit(site)
        assert run(site) == (0, ["state-not-writable"])
        assert snapshot(site.output) == clean(site)
        (site.root / ".build").unlink()


def test_the_same_bytes_for_any_number_of_jobs_and_any_order_of_hashes(tmp_path: Path) -> None:
    news = {f"content/news/2021/meldung-{number}.md": MELDUNG for number in range(300)}
    site = MiniSite(tmp_path, {**CITIES, **news})
    outputs = [site.root / "one", site.root / "three"]
    for output, jobs, seed in zip(outputs, ("1", "3"), ("1", "4711"), strict=True):
        assert run(site, "--clean", "--jobs", jobs, output=output, PYTHONHASHSEED=seed)[0] == 0
    assert len(snapshot(outputs[0])) > 300
    assert snapshot(outputs[0]) == snapshot(outputs[1])
