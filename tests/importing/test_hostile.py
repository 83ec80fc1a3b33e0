"""Files that are broken, huge, mean or something else: a message, never a traceback, and never anything that runs."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from stadtnetz.diagnostics.catalogue import rule
from stadtnetz.importing.blocks import Block, Form, plain_block
from stadtnetz.importing.faults import LARGEST, UnreadableError
from stadtnetz.importing.marking import as_markdown
from stadtnetz.importing.reading import read_release
from stadtnetz.importing.release import Linked, recognise
from stadtnetz.text.markdown import render
from tests.importing.made import MADE, pdf_file, word_file
from tests.importing.network import KNOWN, TODAY
from tests.importing.test_import import run
from tests.minisite import CITIES, MiniSite

PARAGRAPH = "<w:p><w:r><w:t>Ein Satz.</w:t></w:r></w:p>"


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (5 * LARGEST + 1))
    return file.getvalue()


def locked_pdf() -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_file([[(60, 700, "F1", 10, "Geheim")]]))))
    writer.encrypt("kennwort", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("leer.txt", b"", "import-empty"),
        ("leer.txt", b" \n\t\n", "import-empty"),
        ("leer.html", b"<html><body><script>x()</script></body></html>", "import-empty"),
        ("leer.docx", word_file("<w:p/>"), "import-empty"),
        ("leer.eml", b"Subject: Nichts\nMIME-Version: 1.0\n\n", "import-empty"),
        ("bild.pdf", pdf_file([[]]), "import-scan"),
        ("lang.pdf", pdf_file([[(60, 700, "F1", 10, "Seite")]] * 41), "import-long"),
        ("locked.pdf", locked_pdf(), "import-locked"),
        ("kaputt.pdf", MADE["landesverband.pdf"]()[:300], "import-damaged"),
        ("kein.pdf", b"Nur Text", "import-damaged"),
        ("kaputt.docx", MADE["buergerstiftung.docx"]()[:400], "import-damaged"),
        ("kein.docx", b"Nur Text", "import-damaged"),
        ("bombe.docx", bomb(), "import-bomb"),
        ("archiv.docx", word_file("")[:0] + b"PK\x05\x06" + b"\0" * 18, "import-damaged"),
        ("gross.txt", b"a" * (LARGEST + 1), "import-large"),
        ("lang.txt", b"Ein Satz. " * 6001, "import-wordy"),
        ("alt.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "import-format"),
        ("mail.msg", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "import-format"),
        ("text.rtf", b"{\\rtf1 Hallo}", "import-format"),
        ("daten.bin", bytes(range(256)) * 20, "import-format"),
    ],
)
def test_what_can_not_be_read_has_a_reason(name: str, data: bytes, code: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_release(data, name)
    assert caught.value.code == code
    assert rule(code)


def test_the_reason_is_said_in_words(tmp_path: Path) -> None:
    site = MiniSite(tmp_path, CITIES, templates=False)
    file = tmp_path / "mail.msg"
    file.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    said = run(site, file, code=1).stderr
    assert "Dieses Format (Outlook) kann nicht gelesen werden." in said
    assert "Traceback" not in said
    assert not (site.root / "content/news").exists()


def test_a_missing_library_is_named_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pypdf", None)
    monkeypatch.delitem(sys.modules, "stadtnetz.importing.pdf_file", raising=False)
    with pytest.raises(UnreadableError) as caught:
        read_release(MADE["landesverband.pdf"](), "x.pdf")
    assert (caught.value.code, caught.value.params) == ("import-library", {"library": "pypdf"})


def test_entities_of_a_word_file_are_not_opened(tmp_path: Path) -> None:
    secret = tmp_path / "geheim.txt"
    secret.write_text("STRENG GEHEIM", "utf-8")
    header = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
        '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:p><w:r><w:t>Kopf &e;</w:t></w:r></w:p></w:hdr>"
    )
    document = read_release(word_file(PARAGRAPH, extra={"word/header1.xml": header.encode()}), "x.docx")
    assert "GEHEIM" not in " ".join(block.text for block in document.blocks)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_umlauts_survive_every_encoding(encoding: str) -> None:
    text = "Mühlenbrück lädt ein\n\nÄpfel, Öl und „süße“ Grüße – für alle."
    blocks = read_release(text.encode(encoding), "x.txt").blocks
    assert [block.text for block in blocks] == [
        "Mühlenbrück lädt ein",
        "Äpfel, Öl und „süße“ Grüße – für alle.",
    ]


@pytest.mark.parametrize("depth", [200, 300, 5000])
def test_what_is_nested_too_deep_is_not_dropped_in_silence(depth: int) -> None:
    page = b"<div>" * depth + b"<p>Tief</p>" + b"</div>" * depth + b"<p>Ein Satz.</p>"
    with pytest.raises(UnreadableError) as caught:
        read_release(page, "x.html")
    assert caught.value.code == "import-damaged"


_SIGNS = "ab \\`*_{}[]()#+-.!|<>&~^:=\"'$/1ä\n„“"
MEAN = st.lists(
    st.sampled_from([*_SIGNS, "<script>", "javascript:", "city:x", "&lt;", "---", "[^1]"]), max_size=40
).map("".join)


@settings(max_examples=150, deadline=None)
@example([("#", Form.ITEM, False)])
@example([("- a", Form.ITEM, True)])
@given(st.lists(st.tuples(MEAN, st.sampled_from(list(Form)), st.booleans()), min_size=1, max_size=4))
def test_no_sign_becomes_markup(parts: list[tuple[str, Form, bool]]) -> None:
    blocks = [
        Block(plain_block(" ".join(text.split())).runs, form, int(numbered))
        for text, form, numbered in parts
        if text.strip()
    ]
    body, problems = render(as_markdown(Linked(block) for block in blocks), "x.md", 1, "de")
    assert not [one for one in problems if one.code.startswith("html")]
    if body.html:
        shown = lxml_html.fromstring(f"<div>{body.html}</div>")
        assert not shown.xpath(
            ".//a | .//script | .//img | .//code | .//em | .//strong | .//blockquote | .//table | .//pre"
        )
        # Quotes and dashes get their German form from the site's typography; all other signs stay.
        changed = re.compile(r"[\s\"'„“‚‘’”–—.…-]")
        told = changed.sub("", shown.text_content())
        assert sorted(told) == sorted(changed.sub("", "".join(block.text for block in blocks)))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_sorted_and_none_of_it_is_lost(text: str) -> None:
    try:
        document = read_release(text.encode("utf-8", "replace"), "x.txt")
    except UnreadableError:
        return
    release = recognise(document, KNOWN, TODAY)
    kept = " ".join(
        [
            *(release.title, release.kicker, release.lead),
            *(one.block.text for one in release.body),
            *(block.text for block in release.rest),
            *(one.text for one in release.listed),
        ]
    )
    for block in document.blocks:
        for word in block.text.split():
            assert word in kept or word.rstrip(":") in kept


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_files_give_a_release_or_a_reason(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(MADE)))
    file = bytearray(MADE[name]())
    for _ in range(data.draw(st.integers(1, 6))):
        file[data.draw(st.integers(0, len(file) - 1))] = data.draw(st.integers(0, 255))
    codes = []
    try:
        read_release(bytes(file), name)
    except UnreadableError as error:
        codes = [error.code]
    assert all(rule(code) for code in codes)
