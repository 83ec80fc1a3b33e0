"""What an import says, in German and English: doubts, reasons, and the words on the terminal."""

from __future__ import annotations

from collections.abc import Mapping

from stadtnetz.importing.desk import Doubt

__all__ = ["IMPORT_WORDS", "doubt_text", "reason_text"]

_DOUBTS: Mapping[str, tuple[str, str]] = {
    "title-hint": (
        "Überschrift aus Betreff oder Seitentitel, im Text steht keine.",
        "Title taken from the subject or the page's title; the text has none.",
    ),
    "title-missing": ("Keine Überschrift gefunden.", "No headline found."),
    "title-guess": (
        "Mehrere Zeilen über dem Text: Ist die richtige die Überschrift?",
        "Several lines above the text: is the right one the headline?",
    ),
    "kicker-sub": (
        "Stand als Unterzeile unter der Überschrift.",
        "Stood below the headline, as a second line.",
    ),
    "lead-sub": ("Unterzeile als Vorspann übernommen.", "The line below the headline became the lead."),
    "lead-sentences": (
        "Aus den ersten Sätzen des Textes; sie stehen nur noch hier.",
        "Made of the text's first sentences; they stand here only.",
    ),
    "lead-paragraph": (
        "Der erste Absatz des Textes; er steht nur noch hier.",
        "The text's first paragraph; it stands here only.",
    ),
    "lead-missing": ("Kein Vorspann gefunden.", "No lead found."),
    "published-hint": (
        "Datum aus den Angaben der Mail oder Seite, nicht aus dem Text.",
        "Date from the mail's or the page's own data, not from the text.",
    ),
    "published-name": ("Datum aus dem Dateinamen.", "Date from the file's name."),
    "published-today": (
        "Kein Datum gefunden; eingesetzt ist der heutige Tag.",
        "No date found; today's was put in.",
    ),
    "embargo-date": (
        "Es gibt eine Sperrfrist, aber ihr Tag ist nicht zu lesen: {text}",
        "There is an embargo whose day can't be read: {text}",
    ),
    "issuer-credit": ("Aus dem Bildnachweis geschlossen.", "Concluded from the picture's credit."),
    "contact-signature": (
        "Aus Signatur oder Briefkopf, nicht als Pressekontakt genannt.",
        "From signature or letterhead, not named as press contact.",
    ),
    "contact-several": (
        "Mehrere Ansprechpersonen; übernommen ist die erste. Die anderen stehen unten im Wortlaut.",
        "Several people to ask; the first was taken. The others stand below word for word.",
    ),
    "background-wording": (
        "Gleiche Überschrift wie {id}, andere Worte; der Wortlaut steht am Ende des Textes.",
        "Same heading as {id}, other words, which stand at the end of the text.",
    ),
    "city-guess": (
        "Vielleicht ist auch der Ort {id} gemeint.",
        "Perhaps the place {id} is meant as well.",
    ),
    "quote-speaker": ("Wer sagt das? „{text}“", 'Who says so? "{text}"'),
    "english": (
        "Die englische Fassung steht am Ende; sie gehört in eine eigene Datei mit der Endung .en.md.",
        "The English version stands at the end; it belongs into a file of its own, ending in .en.md.",
    ),
    "refused": (
        "Nicht übernommen, weil die Prüfung es ablehnt: {text}",
        "Not taken over, since the check refuses it: {text}",
    ),
    "attachments": (
        "Nicht übernommene Anlagen und Bilder: {text}",
        "Attachments and pictures that were not taken over: {text}",
    ),
}
_REASONS: Mapping[str, tuple[str, str]] = {
    "controls": ("Bedienelemente", "controls"),
    "breadcrumb": ("Weg zur Seite", "breadcrumb"),
    "cookies": ("Cookie-Hinweis", "cookie notice"),
    "stamp": ("Datumsstempel der Seite", "the page's date stamp"),
    "copyright": ("Urheberzeile der Seite", "the page's copyright line"),
    "page": ("Seitenzahl", "page number"),
    "count": ("Zeichenzahl", "number of characters"),
    "request": ("Bitte an Redaktionen", "request to newspapers"),
    "end": ("Schlusszeichen", "mark of the end"),
    "back": ("Zurück-Link", "link back"),
    "navigation": ("Navigation", "navigation"),
    "footer": ("Fußzeile der Seite", "the page's footer"),
    "hidden": ("auf der Seite verborgen", "hidden on the page"),
    "quoted": ("zitierte Mail", "quoted mail"),
    "cover": ("Begleitschreiben", "covering letter"),
    "signature": ("Signatur", "signature"),
    "letterhead": ("Briefkopf", "letterhead"),
    "meta": ("Kopfzeile", "headline data"),
    "embargo": ("Sperrfrist", "embargo"),
    "dateline": ("Ortsmarke", "dateline"),
    "contact": ("Pressekontakt", "press contact"),
    "caption": ("Bildtext", "caption"),
    "background": ("Hintergrundtext", "background block"),
}

IMPORT_WORDS: Mapping[str, Mapping[str, str]] = {
    "de": {
        "found": "Erkannt:",
        "unsure": "Unsicher, bitte ansehen:",
        "left_out": "Weggelassen (steht als Kommentar in der Datei): {number} Stücke: {reasons}",
        "rest": "Nicht zugeordnet (steht am Ende des Textes): {number} Absätze.",
        "open": "Das ist noch auszufüllen:",
        "wanting": "Das meldet die Prüfung außerdem:",
        "good": "Die Datei besteht die Prüfung. Sie ist ein Entwurf und erscheint erst, wenn „draft: ja“ entfernt ist.",
        "written": "Angelegt: {path}",
        "shown": "Nichts geschrieben (--stdout); der Entwurf hieße {path}",
        "exists": "{path} gibt es schon; nichts geschrieben. Mit --slug bekommt der Entwurf einen anderen Namen.",
        "unwritable": "{path} kann nicht geschrieben werden: {reason}.",
        "refused": "Nichts geschrieben.",
        "no_city": "--city {city}: Diese Kennung gibt es nicht. {near}",
        "near": "Meinten Sie {names}?",
        "next": "So geht es weiter:\n  1. {path} öffnen, die Zeilen mit „# unsicher:“ prüfen und entfernen\n"
        "  2. python build.py serve --drafts   zeigt den Entwurf im Browser\n  3. „draft: ja“ "
        "entfernen, dann make check",
        "quotes": "{number} Zitate: {speakers}",
        "sections": "{number} Abschnitte",
        "people": "{number} Personen im Bildtext",
        "picture": "Bildtext",
        "nobody": "?",
    },
    "en": {
        "found": "Recognised:",
        "unsure": "Unsure, please look:",
        "left_out": "Left out (stands in the file as comments): {number} pieces: {reasons}",
        "rest": "Not assigned (stands at the end of the text): {number} paragraphs.",
        "open": "Still to be filled in:",
        "wanting": "The check says as well:",
        "good": 'The file passes the check. It is a draft and appears only when "draft: ja" is removed.',
        "written": "Created: {path}",
        "shown": "Nothing written (--stdout); the draft would be {path}",
        "exists": "{path} exists already; nothing written. --slug gives the draft another name.",
        "unwritable": "{path} can't be written: {reason}.",
        "refused": "Nothing written.",
        "no_city": "--city {city}: there is no such id. {near}",
        "near": "Did you mean {names}?",
        "next": 'What comes next:\n  1. open {path}, check and remove the lines with "# unsicher:"\n'
        '  2. python build.py serve --drafts   shows the draft in a browser\n  3. remove "draft: ja", then make check',
        "quotes": "{number} quotes: {speakers}",
        "sections": "{number} sections",
        "people": "{number} people in the caption",
        "picture": "Caption",
        "nobody": "?",
    },
}


def doubt_text(doubt: Doubt, language: str) -> str:
    """Say what an editor should look at."""
    text = _DOUBTS[doubt.code][language != "de"]
    return text.format(**dict(doubt.params))


def reason_text(reason: str, language: str) -> str:
    """Say why something is not shown."""
    return _REASONS[reason][language != "de"]
