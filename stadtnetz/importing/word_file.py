"""Read a Word file (.docx): mammoth makes HTML of it, which is read like any other.

mammoth keeps what counts (styles, lists, emphasis, tables, accepted changes) and runs no macro. It leaves out headers
and footers, in which letterheads have date and contact; these are read here. A .docx is a zip archive, so its unpacked
size is looked at before anything is unpacked.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import mammoth
from lxml import etree

from stadtnetz.importing.blocks import Block, Document, Hints, Place, plain_block
from stadtnetz.importing.faults import LARGEST, UnreadableError
from stadtnetz.importing.lines import tidy
from stadtnetz.importing.web_page import read_page

__all__ = ["read_word"]

_MOST_FILES = 2000
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Titel'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
p[style-name='Untertitel'] => h2:fresh
p[style-name='Caption'] => figcaption:fresh
p[style-name='caption'] => figcaption:fresh
p[style-name='Beschriftung'] => figcaption:fresh
"""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_word(data: bytes, hints: Hints | None = None) -> Document:
    """Return a Word file as blocks. Raises UnreadableError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST_FILES or sum(one.file_size for one in entries) > 5 * LARGEST:
                raise UnreadableError("import-bomb")
            names = {one.filename for one in entries}
            if "word/document.xml" not in names:
                raise UnreadableError("import-format", name="zip")
            heads = list(_margins(archive, names, "header"))
            feet = list(_margins(archive, names, "footer"))
            page = mammoth.convert_to_html(
                io.BytesIO(data),
                style_map=_STYLES,
                convert_image=mammoth.images.img_element(lambda _: {"src": ""}),
            ).value
    except UnreadableError:
        raise
    except Exception as error:  # a file from outside: mammoth raises what its damage leads to, of any kind
        raise UnreadableError("import-damaged", format="Word", reason=type(error).__name__) from error
    read = read_page(f"<body>{page}</body>", hints) if page.strip() else Document((), hints or Hints())
    return Document((*heads, *read.blocks, *feet), read.hints, read.attachments)


def _margins(archive: zipfile.ZipFile, names: set[str], kind: str) -> Iterator[Block]:
    """Yield the paragraphs of all headers or footers, each once."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    seen = set()
    for name in sorted(one for one in names if one.startswith(f"word/{kind}") and one.endswith(".xml")):
        root = etree.fromstring(archive.read(name), parser)
        for paragraph in root.iter(f"{_W}p"):
            parts = [
                (one.text or "") if one.tag == f"{_W}t" else " "
                for one in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br")
            ]
            text = " ".join(tidy("".join(parts)).split())
            if text and text not in seen:
                seen.add(text)
                yield plain_block(text, place=Place.LETTERHEAD, tight=True)
