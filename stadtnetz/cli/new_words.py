"""What `new` says, in German and English; questions come from the model and from the forms."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["NEW_WORDS"]

NEW_WORDS: Mapping[str, Mapping[str, str]] = {
    "de": {
        "start": "Neuer Eintrag: {kind}. Enter übernimmt den Vorschlag in Klammern oder lässt das Feld leer, "
        "„-“ lässt es immer leer, Strg+C bricht ab.",
        "required": "Pflicht",
        "several": "mehrere mit Komma",
        "ids": "„?“ zeigt alle {number} Kennungen, „?{letters}“ die, in denen das vorkommt.",
        "no_ids": "Keine Kennung gefunden.",
        "none_yet": "Es gibt noch keine Einträge, die man hier nennen könnte.",
        "which": "Welcher Ort ist gemeint?",
        "no_place": "keiner davon",
        "number": "Nummer",
        "found_place": "Im Ortsverzeichnis (GeoNames): {place}",
        "unsure": "Lage und Land bleiben offen: Mit „{name}“ kann gemeint sein: {places}.",
        "no_number": "Bitte eine Zahl von 0 bis {most}.",
        "slug": "Dateiname ohne Endung, zugleich die spätere Adresse",
        "slug_help": "Kleine Buchstaben a–z, Ziffern, Bindestriche.",
        "no_name": "Ohne {options} oder --slug hat die Datei keinen Namen.",
        "written": "Angelegt: {path}",
        "exists": "{path} gibt es schon; nichts geschrieben.",
        "unwritable": "{path} kann nicht geschrieben werden: {reason}.",
        "refused": "Nichts geschrieben: Diese Angaben stimmen noch nicht.",
        "open": "Das ist noch auszufüllen:",
        "wanting": "Das könnte noch besser werden:",
        "good": "Die Datei besteht die Prüfung.",
        "next": "So geht es weiter:\n  1. {path} in einem Editor öffnen und ergänzen\n"
        "  2. make check   prüft alle Inhalte\n  3. make site    baut die Seite nach output/",
        "aborted": "Abgebrochen; nichts geschrieben.",
    },
    "en": {
        "start": "New entry: {kind}. Enter takes the proposal in brackets or leaves the field empty, "
        '"-" always leaves it empty, Ctrl+C stops.',
        "required": "required",
        "several": "several with commas",
        "ids": '"?" shows all {number} ids, "?{letters}" those that contain it.',
        "no_ids": "No id found.",
        "none_yet": "There are no entries yet that could be named here.",
        "which": "Which place is meant?",
        "no_place": "none of these",
        "number": "Number",
        "found_place": "In the gazetteer (GeoNames): {place}",
        "unsure": 'Position and state stay open: "{name}" may be: {places}.',
        "no_number": "A number from 0 to {most}, please.",
        "slug": "File name without ending, which is also the later address",
        "slug_help": "Lower-case a–z, digits, hyphens.",
        "no_name": "Without {options} or --slug the file has no name.",
        "written": "Created: {path}",
        "exists": "{path} exists already; nothing written.",
        "unwritable": "{path} can't be written: {reason}.",
        "refused": "Nothing written: these answers are not right yet.",
        "open": "Still to be filled in:",
        "wanting": "This could still be better:",
        "good": "The file passes the check.",
        "next": "What comes next:\n  1. open {path} in an editor and complete it\n"
        "  2. make check   checks all content\n  3. make site    builds the site into output/",
        "aborted": "Stopped; nothing written.",
    },
}
