"""What `diff` says, in German and English."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["DIFF_WORDS"]

DIFF_WORDS: Mapping[str, Mapping[str, str]] = {
    "de": {
        "title": "Änderungen auf der Seite gegenüber {name}",
        "none": "Auf der Seite ändert sich nichts.",
        "added": "Neue Seiten",
        "removed": "Seiten, die wegfallen",
        "removed-hint": "Wer diese Adressen gespeichert hat, findet dort nichts mehr.",
        "moved": "Seiten mit neuer Adresse",
        "redirected": "Adressen, die jetzt weiterleiten",
        "changed": "Geänderte Seiten",
        "around": "Geändert im Rahmen der Seiten (Kopf, Navigation, Fuß)",
        "on": "auf {number} Seiten, etwa {address}",
        "on-one": "auf {address}",
        "markup": "Nur im Aufbau geändert, der Text bleibt",
        "files": "Andere Dateien",
        "file-added": "neu",
        "file-removed": "fällt weg",
        "file-changed": "geändert",
        "more": "und {number} weitere",
        "broken": "Der jetzige Stand hat Fehler, deshalb gibt es nichts zu vergleichen:",
        "base-broken": "Der Stand {name} lässt sich mit diesem Programm nicht bauen:",
        "git-none": "Hier gibt es kein git-Verzeichnis. Vergleichen Sie mit einem Ordner, in dem eine gebaute Seite "
        "liegt: --base ORDNER",
        "git-unknown": "„{name}“ ist weder ein Stand in git noch ein Ordner mit einer gebauten Seite.",
        "git-empty": "Im Stand {name} gibt es hier keine site.yaml und kein content/.",
    },
    "en": {
        "title": "Changes on the site since {name}",
        "none": "Nothing changes on the site.",
        "added": "New pages",
        "removed": "Pages that go",
        "removed-hint": "Whoever has kept these addresses will find nothing there.",
        "moved": "Pages with a new address",
        "redirected": "Addresses that lead on now",
        "changed": "Changed pages",
        "around": "Changed around the pages (header, navigation, footer)",
        "on": "on {number} pages, for instance {address}",
        "on-one": "on {address}",
        "markup": "Changed in structure only, the text stays",
        "files": "Other files",
        "file-added": "new",
        "file-removed": "goes",
        "file-changed": "changed",
        "more": "and {number} more",
        "broken": "The present state has errors, so there is nothing to compare:",
        "base-broken": "The state {name} can't be built by this program:",
        "git-none": "There is no git repository here. Compare with a folder that holds a built site: --base FOLDER",
        "git-unknown": '"{name}" is neither a state in git nor a folder with a built site.',
        "git-empty": "In {name} there is no site.yaml and no content/ here.",
    },
}
