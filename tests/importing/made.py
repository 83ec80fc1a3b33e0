"""Releases in formats that can't be written by hand: a Word file and a PDF, the same bytes every time.

python -m tests.importing.made FOLDER     writes them, to be looked at
"""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

__all__ = ["MADE", "pdf_file", "word_file"]

_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
</Types>"""
_RELS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
 Target="word/document.xml"/></Relationships>"""
_STYLES = (
    ("Titel", "Title"),
    ("Untertitel", "Subtitle"),
    ("berschrift1", "heading 1"),
    ("berschrift2", "heading 2"),
)


def word_file(
    paragraphs: str, header: str = "", footer: str = "", extra: dict[str, bytes] | None = None
) -> bytes:
    """Make a .docx of paragraphs in WordprocessingML, with lines of header and footer."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/></w:style>'
        for id_, name in _STYLES
    )
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELS,
        "word/document.xml": f"<w:document {_NS}><w:body>{paragraphs}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {_NS}>{styles}</w:styles>",
    }
    for name, text in (("header1", header), ("footer1", footer)):
        if text:
            lines = "".join(_p(line) for line in text.split("\n"))
            parts[f"word/{name}.xml"] = f"<w:hdr {_NS}>{lines}</w:hdr>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**parts, **(extra or {})}.items():
            # A fixed date: otherwise the bytes would be others every time.
            archive.writestr(zipfile.ZipInfo(name, (2022, 1, 1, 0, 0, 0)), text)
    return file.getvalue()


def _p(text: str, style: str = "", *, bold: bool = False) -> str:
    looks = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:p>{looks}<w:r>{weight}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def agency() -> bytes:
    """Return a release of an association as a Word file: styles, an accepted change, a header, two bold labels."""
    changed = (
        '<w:p><w:r><w:t xml:space="preserve">Die Schulung dauert </w:t></w:r>'
        '<w:del w:id="1"><w:r><w:delText>drei</w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>fünf</w:t></w:r></w:ins>'
        '<w:r><w:t xml:space="preserve"> Abende und ist kostenlos. Sie richtet sich an alle, die in Musterstadt oder '
        "Mühlenbrück wohnen und eine Gruppe begleiten möchten.</w:t></w:r></w:p>"
    )
    return word_file(
        _p("Presseinformation vom 17. Januar 2024")
        + _p("Engagementlotsen gesucht", "Untertitel")
        + _p("Neuer Kurs für Engagementlotsinnen und -lotsen beginnt im März", "Titel")
        + _p(
            "Die Bürgerstiftung Musterstadt bildet ab März wieder Engagementlotsen aus. Zwanzig Plätze sind frei, "
            "Anmeldungen sind ab sofort möglich.",
            bold=True,
        )
        + _p(
            "Musterstadt (17.1.2024) – Lotsinnen und Lotsen helfen anderen beim Start in ein Ehrenamt. „Sie sind die "
            "Brücke zwischen Wollen und Tun“, sagt Projektleiterin Lisa Probe von der Bürgerstiftung Musterstadt."
        )
        + changed
        + _p("Was die Lotsen tun", "berschrift2")
        + _p(
            "Sie beraten Vereine, bringen Menschen zusammen und werben für gute Ideen. „Ich habe dabei meine halbe "
            "Nachbarschaft kennengelernt“, erzählt Lotse Emre Muster. Auch Kolleg*innen und Schüler:innen machen mit."
        )
        + _p("Hintergrund: Den Kurs gibt es seit 2016. Bisher haben ihn mehr als 140 Menschen aus der Region besucht; "
             "er wird vom Land nicht gefördert.")
        + _p("Ansprechpartnerin:", bold=True)
        + _p("Lisa Probe")
        + _p("Bürgerstiftung Musterstadt")
        + _p("Telefon 0555 2020, probe@buergerstiftung.example"),
        header="Bürgerstiftung Musterstadt\nKirchplatz 2 · 12345 Musterstadt",
    )  # fmt: skip


Line = tuple[int, int, str, int, str]
"""Left end and baseline in points, font, size, words."""


def pdf_file(pages: list[list[Line]], title: str = "") -> bytes:
    """Make a PDF of lines at places, with Helvetica (F1) and its bold (F2)."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    for name in ("Helvetica", "Helvetica-Bold"):
        objects.append(
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()
        )
    numbers = []
    for lines in pages:
        content = b"".join(_shown(line) for line in lines)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        numbers.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>" % len(objects)
        )
    kids = b" ".join(b"%d 0 R" % number for number in numbers)
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(numbers))
    objects.append(b"<< /Title (%s) >>" % title.encode("cp1252"))
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (len(objects) + 1, len(objects))
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def _shown(line: Line) -> bytes:
    x, y, font, size, text = line
    words = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /%s %d Tf 1 0 0 1 %d %d Tm (%s) Tj ET\n" % (font.encode(), size, x, y, words)


def association() -> bytes:
    """Return a release as a PDF of two pages: broken lines and words, page numbers, a contact in two columns."""
    first = [
        (60, 800, "F1", 9, "Landesverband Musterland der Freiwilligen e. V."),
        (60, 760, "F2", 10, "PRESSEMITTEILUNG"),
        (60, 740, "F1", 10, "Beispielhausen, den 5. Dezember 2022"),
        (60, 700, "F2", 16, "Tag des Ehrenamts: Landesverband ehrt"),
        (60, 680, "F2", 16, "vierzig Vereine aus Stadt und Land"),
        *_lines(
            640,
            "Der Landesverband Musterland der Freiwilligen hat am Montag vierzig Ver-",
            "eine ausgezeichnet. Sie stehen für rund 6.000 Menschen, die sich in Sport,",
            "Kultur- und Umweltschutz einsetzen. Gefeiert wurde in Beispielhausen.",
        ),
        *_lines(
            580,
            "„Ohne diese Menschen bliebe vieles dunkel“, sagte Verbandsvorsitzende Ines",
            "Schablone. Schirmherr Kai Exempel, Bürgermeister von Bad Beispiel, dankte den",
            "Ehrenamtlichen: „Sie geben das Wertvollste, das Sie haben: Ihre Zeit.“",
        ),
        (60, 520, "F2", 10, "Drei besondere Preise"),
        *_lines(
            500,
            "Eine Jury wählte drei Vereine für einen besonderen Preis aus. Den ersten be-",
            "kam der Chor aus Mühlenbrück, der seit drei Jahren in Pflegeheimen singt. Der",
            "zweite ging an eine Fahrradwerkstatt, in der Jugendliche und Ältere zusammen",
        ),
        (280, 40, "F1", 8, "Seite 1 von 2"),
    ]
    second = [
        (60, 800, "F1", 9, "Landesverband Musterland der Freiwilligen e. V."),
        *_lines(760, "schrauben. Der dritte Preis bleibt in diesem Jahr in Beispielhausen."),
        (60, 700, "F2", 10, "Pressekontakt:"),
        (60, 686, "F1", 10, "Ines Schablone"),
        (340, 686, "F1", 10, "Tel. 04321 1002"),
        (60, 672, "F1", 10, "Ring 7, 12345 Beispielhausen"),
        (340, 672, "F1", 10, "presse@landesverband.example"),
        (280, 40, "F1", 8, "Seite 2 von 2"),
    ]
    return pdf_file([first, second], "PM_Ehrenamt_final_v3")


def _lines(y: int, *words: str) -> list[Line]:
    return [(60, y - 14 * number, "F1", 10, text) for number, text in enumerate(words)]


MADE = {"buergerstiftung.docx": agency, "landesverband.pdf": association}
"""By file name."""

if __name__ == "__main__":
    for name, make in MADE.items():
        (Path(sys.argv[1]) / name).write_bytes(make())
