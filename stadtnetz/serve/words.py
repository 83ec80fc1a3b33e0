"""What the preview says in the browser, in German and English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from stadtnetz.diagnostics import Severity

__all__ = ["WORDS", "Words"]


class Words(Struct, frozen=True):
    """The texts of one language. Pairs are for one and for several; blanks are filled with `str.format`."""

    language: str
    numbers: Mapping[Severity, tuple[str, str]]
    labels: Mapping[Severity, str]
    hint: str
    kept: str
    unbuilt: str
    attention: str
    failed: str
    failed_note: str
    editor: str
    close: str
    offline: str
    draft: str
    name: str
    wait: str

    def count(self, severities: Iterable[Severity]) -> str:
        """Return "2 Fehler, 1 Warnung", leaving out what there is none of."""
        found = Counter(severities)
        return ", ".join(
            pair[found[one] != 1].format(n=found[one]) for one, pair in self.numbers.items() if found[one]
        )


WORDS = {
    "de": Words(
        language="de",
        numbers={
            Severity.ERROR: ("{n} Fehler", "{n} Fehler"),
            Severity.WARNING: ("{n} Warnung", "{n} Warnungen"),
            Severity.ADVICE: ("{n} Empfehlung", "{n} Empfehlungen"),
        },
        labels={Severity.ERROR: "Fehler", Severity.WARNING: "Warnung", Severity.ADVICE: "Empfehlung"},
        hint="Hinweis",
        kept="Die Vorschau zeigt den letzten Stand ohne Fehler. Sie geht von selbst weiter, sobald die Fehler behoben "
        "und gespeichert sind.",
        unbuilt="Es gibt noch keine Seite zu sehen. Sie erscheint von selbst, sobald die Fehler behoben und "
        "gespeichert sind.",
        attention="Die Seite ist auf dem neuesten Stand. Diese Stellen verdienen einen Blick.",
        failed="Fehler im Programm",
        failed_note="Das liegt nicht an Ihren Inhalten. Die Vorschau zeigt den letzten Stand und versucht es beim "
        "nächsten Speichern wieder. Einzelheiten stehen im Terminal; bitte melden Sie sie.",
        editor="Im Editor öffnen",
        close="Schließen",
        offline="Vorschau beendet",
        draft="Entwurf – diese Seite wird so nicht veröffentlicht",
        name="Vorschau",
        wait="Die Seite erscheint hier von selbst, sobald sie gebaut ist.",
    ),
    "en": Words(
        language="en",
        numbers={
            Severity.ERROR: ("{n} error", "{n} errors"),
            Severity.WARNING: ("{n} warning", "{n} warnings"),
            Severity.ADVICE: ("{n} piece of advice", "{n} pieces of advice"),
        },
        labels={Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.ADVICE: "Advice"},
        hint="Hint",
        kept="The preview shows the last state without errors. It goes on by itself as soon as they are mended and "
        "saved.",
        unbuilt="There is no page to see yet. It will appear by itself as soon as the errors are mended and saved.",
        attention="The page is up to date. These places deserve a look.",
        failed="Fault in the program",
        failed_note="Your content is not the reason. The preview shows the last state and tries again when you save. "
        "Details are in the terminal; please report them.",
        editor="Open in editor",
        close="Close",
        offline="Preview ended",
        draft="Draft – this page will not be published like this",
        name="Preview",
        wait="The page will appear here by itself as soon as it is built.",
    ),
}
