"""No field for a file reaches out of content/, whatever the path looks like."""

from __future__ import annotations

from pathlib import Path

import pytest

from stadtnetz.diagnostics import Severity
from tests.minisite import CITIES, SITE, MiniSite
from tests.picturesite import landscape, saved

SECRET = b"Geheimnistuerei"
PICTURE = saved(landscape(40, 30), "PNG") + SECRET
PATHS = (
    "../../geheim.png",
    "../../../geheim.png",
    "/geheim.png",
    "..\\..\\geheim.png",
    "C:\\geheim.png",
    "file:///geheim.png",
    "file:geheim.png",
    "./../../geheim.png",
    "a/../../../geheim.png",
    "//musterdienst.de/geheim.png",
    "https://musterdienst.de/geheim.png",
    "data:image/png;base64,AAAA",
    "%2e%2e/%2e%2e/geheim.png",
    "..%2f..%2fgeheim.png",
    "....//....//geheim.png",
    "~/geheim.png",
    "$HOME/geheim.png",
    "geheim.png\\u0000",
    "../../templates/assets/favicon.svg",
    "../../site.yaml",
    "../../.build/memory.sqlite",
    "\\\\server\\geheim.png",
    "\u2024\u2024/geheim.png",
    "．．/．．/geheim.png",
    "../pages/../../geheim.png",
)
FIELDS = {
    "pictures": "pictures: [{{file: '{}', alt: Feld, credit: Foto}}]\n---\nText\n",
    "attachments": "attachments: [{{file: '{}', title: Anlage}}]\n---\nText\n",
    "videos": "videos: [{{file: '{}', title: Film, length: '1:00', transcript: Text, captions: a.vtt}}]\n---\nText\n",
    "captions": "videos: [{{file: a.mp4, title: Film, length: '1:00', transcript: Text, captions: '{}'}}]\n---\nText\n",
    "poster": (
        "videos: [{{file: a.mp4, title: Film, length: '1:00', transcript: Text, captions: a.vtt, "
        "poster: {{file: '{}', alt: Feld, credit: Foto}}}}]\n---\nText\n"
    ),
    "external": (
        "external_videos: [{{url: 'https://musterstadt.de/', title: Film, "
        "picture: {{file: '{}', alt: Feld, credit: Foto}}}}]\n---\nText\n"
    ),
    "body": "---\n![Feld](<{}>)\n",
}


@pytest.mark.parametrize("field", FIELDS)
def test_no_field_for_a_file_reaches_out_of_content(field: str, tmp_path: Path) -> None:
    head = "---\ntitle: Seite\nlead: Vorspann.\n"
    files = {f"content/pages/seite-{n}.md": head + FIELDS[field].format(path) for n, path in enumerate(PATHS)}
    site = MiniSite(tmp_path, {**CITIES, **files, "site.yaml": SITE})
    for place in (site.root / "geheim.png", tmp_path / "geheim.png", site.root / "content/geheim.pdf"):
        place.write_bytes(PICTURE)
    for name in ("a.mp4", "a.vtt"):
        (site.root / "content/pages" / name).write_bytes(b"WEBVTT")
    examined = site.examine()
    wrong = {one.path for one in examined.diagnostics if one.severity is Severity.ERROR}
    assert set(files) <= wrong
    assert all(
        b"Geheim" not in file.data
        for path, file in examined.sources.files.items()
        if path != "content/geheim.pdf"
    )
    assert site.build().published is None
    assert not site.output.exists()
