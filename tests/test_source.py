"""Reading the files of a site: what is read, what is refused, and that nothing raises or blocks."""

from __future__ import annotations

import os
import shutil
import socket
import time
import unicodedata
from hashlib import sha256

import pytest

from stadtnetz import source
from stadtnetz.diagnostics.catalogue import wording
from stadtnetz.signatures import NEVER
from stadtnetz.source import MEDIA_LIMIT, TEXT_LIMIT, SourceChangedError, SourceFile, read_sources
from stadtnetz.text.decode import decode


@pytest.fixture
def root(tmp_path):
    (tmp_path / "content" / "cities").mkdir(parents=True)
    (tmp_path / "templates").mkdir()
    (tmp_path / "site.yaml").write_bytes(b"title: Netz\n")
    return tmp_path


def problems(diagnostics):
    """Return codes with their places, after putting every message into words in both languages."""
    for diagnostic in diagnostics:
        for language in ("de", "en"):
            assert all(wording(diagnostic.code, dict(diagnostic.params), language))
    return [(d.code, d.path) for d in diagnostics]


def read(root):
    sources, diagnostics = read_sources(root)
    return list(sources.files), problems(diagnostics)


def test_reads_site_content_and_templates_in_order(root):
    (root / "content" / "cities" / "musterstadt.yaml").write_bytes(b"name: Musterstadt\n")
    (root / "templates" / "base.html").write_bytes(b"<html>")
    (root / "README.md").write_bytes(b"not ours")
    sources, diagnostics = read_sources(root)
    assert diagnostics == ()
    assert list(sources.files) == ["content/cities/musterstadt.yaml", "site.yaml", "templates/base.html"]
    file = sources.files["site.yaml"]
    assert (file.path, file.data) == ("site.yaml", b"title: Netz\n")
    assert file.digest == sha256(b"title: Netz\n").hexdigest()


@pytest.mark.parametrize(
    "name",
    [
        ".DS_Store",
        ".hidden",
        "Thumbs.db",
        "a.yaml~",
        "a.yaml.swp",
        "a.yaml.bak",
        "#a.yaml#",
        "~$brief.docx",
        "desktop.ini",
    ],
)
def test_leaves_editors_and_desktops_files_alone(root, name):
    (root / "content" / name).write_bytes(b"x")
    assert read(root) == (["site.yaml"], [])


def test_says_what_is_missing(tmp_path):
    assert read(tmp_path) == ([], [("site-missing", "site.yaml"), ("content-missing", "content")])


def test_names_become_nfc(root):
    decomposed = unicodedata.normalize("NFD", "grün.md")
    (root / "content" / decomposed).write_bytes(b"x")
    assert read(root)[0] == ["content/grün.md", "site.yaml"]


def test_names_that_differ_in_case_only_collide(root):
    (root / "content" / "cities" / "Stadt.yaml").write_bytes(b"x")
    (root / "content" / "cities" / "stadt.yaml").write_bytes(b"x")
    files, found = read(root)
    assert found == [("file-name-collision", "content/cities/stadt.yaml")]
    assert files == ["content/cities/Stadt.yaml", "site.yaml"]


def test_names_that_differ_in_unicode_form_only_collide(root):
    for form in ("NFC", "NFD"):
        (root / "content" / unicodedata.normalize(form, "grün.md")).write_bytes(b"x")
    assert read(root)[1] == [("file-name-collision", "content/grün.md")]


def test_names_that_nobody_can_see_are_refused(root):
    (root / "content" / "a\nb.md").write_bytes(b"x")
    with open(os.path.join(os.fsencode(root), b"content", b"\xff.md"), "wb") as file:  # noqa: PTH118, PTH123
        file.write(b"x")
    assert [code for code, _ in read(root)[1]] == ["file-name-characters"] * 2


def test_links_inside_content_are_read(root):
    (root / "content" / "cities" / "bild.jpg").write_bytes(b"x")
    (root / "content" / "kopie.jpg").symlink_to("cities/bild.jpg")
    (root / "content" / "orte").symlink_to("cities")
    files, found = read(root)
    assert found == []
    assert files == ["content/cities/bild.jpg", "content/kopie.jpg", "content/orte/bild.jpg", "site.yaml"]


def test_links_that_leave_are_not_read(root, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.md").write_bytes(b"x")
    (root / "content" / "a.md").symlink_to(outside / "secret.md")
    (root / "content" / "b").symlink_to(outside)
    (root / "content" / "c.html").symlink_to("../templates")
    (root / "templates" / "d.html").symlink_to("../site.yaml")
    files, found = read(root)
    assert files == ["site.yaml"]
    assert found == [
        ("link-leaves-content", "content/a.md"),
        ("link-leaves-content", "content/b"),
        ("link-leaves-content", "content/c.html"),
        ("link-leaves-content", "templates/d.html"),
    ]


def test_links_to_nothing_and_in_circles(root):
    (root / "content" / "a.md").symlink_to("fehlt.md")
    (root / "content" / "b.md").symlink_to("b.md")
    (root / "content" / "c").symlink_to(".")
    assert read(root)[1] == [
        ("link-dangling", "content/a.md"),
        ("link-dangling", "content/b.md"),
        ("link-loop", "content/c"),
    ]


def test_a_circle_through_a_folder_is_noticed_where_it_closes(root):
    (root / "content" / "a" / "b").mkdir(parents=True)
    (root / "content" / "a" / "b" / "f.md").write_bytes(b"x")
    (root / "content" / "a" / "b" / "up").symlink_to("../../a")
    (root / "content" / "z").symlink_to("a/b")
    files, found = read(root)
    assert files == ["content/a/b/f.md", "content/z/f.md", "site.yaml"]
    assert found == [("link-loop", "content/a/b/up"), ("link-loop", "content/z/up/b")]


def test_a_folder_that_becomes_a_link_after_it_was_listed_leads_nowhere(root, tmp_path_factory, monkeypatch):
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.md").write_bytes(b"x")
    for name in ("a", "b"):
        (root / "content" / name).mkdir()
        (root / "content" / name / "f.md").write_bytes(b"x")
    read_one = source._read

    def reading(place, path):
        if path == "content/a/f.md":
            shutil.rmtree(root / "content" / "b")
            (root / "content" / "b").symlink_to(outside)
        return read_one(place, path)

    monkeypatch.setattr(source, "_read", reading)
    assert read(root) == (["content/a/f.md", "site.yaml"], [("link-leaves-content", "content/b")])


def test_pipes_and_sockets_are_never_opened(root, monkeypatch):
    os.mkfifo(root / "content" / "pipe.md")
    monkeypatch.chdir(root / "content")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.md")
        assert read(root)[1] == [("file-special", "content/pipe.md"), ("file-special", "content/socket.md")]


def test_large_files_are_refused(root):
    for name, size in (
        ("a.md", TEXT_LIMIT + 1),
        ("b.md", TEXT_LIMIT),
        ("c.jpg", TEXT_LIMIT + 1),
        ("d.jpg", MEDIA_LIMIT + 1),
    ):
        with (root / "content" / name).open("wb") as file:
            file.truncate(size)
    files, found = read(root)
    assert found == [("file-too-large", "content/a.md"), ("file-too-large", "content/d.jpg")]
    assert files == ["content/b.md", "content/c.jpg", "site.yaml"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_files_are_reported(root):
    (root / "content" / "a.md").write_bytes(b"x")
    (root / "content" / "a.md").chmod(0)
    assert read(root)[1] == [("file-unreadable", "content/a.md")]


def test_files_that_vanish_are_reported(root):
    # Listed a moment ago, gone when its turn comes.
    found = source._read(str(root / "content" / "vanished.md"), "content/vanished.md")
    assert problems([found]) == [("file-vanished", "content/vanished.md")]


def known(sources):
    return {path: (file.signature, file.digest) for path, file in sources.files.items()}


def test_what_has_the_recorded_signature_is_not_opened(root, monkeypatch):
    (root / "content" / "a.md").write_bytes(b"alt")
    time.sleep(0.05)
    first, _ = read_sources(root)
    opened = []
    monkeypatch.setattr(source, "_read", lambda _, path: opened.append(path))
    again, _ = read_sources(root, known(first))
    assert opened == ["site.yaml"]  # links and single files are always read
    assert again.files["content/a.md"].digest == first.files["content/a.md"].digest


def test_the_same_size_with_restored_times_is_read_again(root):
    path = root / "content" / "a.md"
    path.write_bytes(b"alt")
    times = path.stat()
    time.sleep(0.05)
    first, _ = read_sources(root)
    path.write_bytes(b"neu")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    again, _ = read_sources(root, known(first))
    assert again.files["content/a.md"].data == b"neu"


def test_what_was_written_a_moment_ago_is_read_again(root):
    # Two writes in one tick of the file system's clock can't be told apart.
    (root / "content" / "a.md").write_bytes(b"alt")
    first, _ = read_sources(root)
    assert first.files["content/a.md"].signature == NEVER


def test_bytes_that_are_read_later_must_be_the_same(root):
    path = root / "content" / "a.md"
    path.write_bytes(b"alt")
    time.sleep(0.05)
    first, _ = read_sources(root)
    second, _ = read_sources(root, known(first))
    path.write_bytes(b"neu")
    with pytest.raises(SourceChangedError):
        _ = second.files["content/a.md"].data


def places(data):
    text, diagnostics = decode(SourceFile.of("content/a.md", data))
    problems(diagnostics)
    return text, [(d.code, d.span.line, d.span.column) for d in diagnostics]


@pytest.mark.parametrize(
    "data",
    [
        "Grüße\nzwei\n".encode(),
        b"\xef\xbb\xbf" + "Grüße\nzwei\n".encode(),
        "Grüße\r\nzwei\r\n".encode(),
        "Grüße\rzwei\r".encode(),
    ],
)
def test_harmless_forms_just_work(data):
    assert places(data) == ("Grüße\nzwei\n", [])


def test_windows_text_gets_a_place_and_a_guess():
    data = "äöü ok\nGr".encode() + b"\xfc\xdfe"
    _, (diagnostic,) = decode(SourceFile.of("a.md", data))
    assert places(data) == (None, [("encoding-invalid", 2, 3)])
    assert dict(diagnostic.params) == {"byte": "FC", "suggestion": "ü"}


def test_byte_that_no_encoding_knows():
    assert places(b"a\x81") == (None, [("encoding-invalid", 1, 2)])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_encodings(encoding):
    assert places("title: Meldung\n".encode(encoding)) == (None, [("encoding-utf16", 1, 1)])


def test_control_characters_each_with_a_place():
    text, found = places(b"a\x00b\n\tc\x1b[31m\x7f")
    assert found == [("control-character", 1, 2), ("control-character", 2, 3), ("control-character", 2, 8)]
    assert text == "a\ufffdb\n\tc\ufffd[31m\ufffd"


def test_many_control_characters_are_not_many_messages():
    assert len(places(b"\x00" * 3 + b"abc" + b"\x01" * 900)[1]) == 20


def test_conflict_markers():
    data = b"a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\n<<<<<<< HEAD\n"
    assert places(data) == (None, [("conflict-marker", 2, 1), ("conflict-marker", 7, 1)])
    assert places(b"x <<<<<<< HEAD\n<<<<<<<<<< \n")[1] == []


def test_everything_at_once():
    assert [code for code, _, _ in places(b"\x01\n<<<<<<< x\n\xfc")[1]] == [
        "encoding-invalid",
        "conflict-marker",
        "control-character",
    ]
