"""What the preview says in the browser, in German and English."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["WORDS", "Words"]


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language. Pairs are for one and for several; blanks are filled with `str.format`."""

    language: str
    errors: tuple[str, str]
    warnings: tuple[str, str]
    error: str
    warning: str
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

    def count(self, errors: int, warnings: int) -> str:
        """Return "2 Fehler, 1 Warnung", leaving out what there is none of."""
        found = ((errors, self.errors), (warnings, self.warnings))
        return ", ".join(pair[number != 1].format(n=number) for number, pair in found if number)


WORDS = {
    "de": Words(
        language="de",
        errors=("{n} Fehler", "{n} Fehler"),
        warnings=("{n} Warnung", "{n} Warnungen"),
        error="Fehler",
        warning="Warnung",
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
        errors=("{n} error", "{n} errors"),
        warnings=("{n} warning", "{n} warnings"),
        error="Error",
        warning="Warning",
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
