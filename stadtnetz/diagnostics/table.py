"""The table of all codes for docs/regeln.md, made from the catalogue so that it can't be out of date.

`make docs` writes it; a test compares.
"""

from __future__ import annotations

import re

from stadtnetz.diagnostics.catalogue import Severity, all_rules

__all__ = ["rules_table"]

_INTRO = """\
# Was die Prüfung meldet

Jede Meldung hat einen festen Code, der in eckigen Klammern hinter „Fehler“ oder „Warnung“ steht. Ein **Fehler**
verhindert, dass die Seite gebaut wird: Sie enthielte sonst etwas Falsches oder Kaputtes. Eine **Warnung** will
beachtet werden; mit `--strict`, also vor dem Veröffentlichen, zählt sie wie ein Fehler. Eine **Empfehlung** macht
einen richtigen Text besser und hält nie etwas auf; wer sie nicht möchte, schaltet sie in `site.yaml` unter `advice_off`
ab und nennt den Grund. In geschweiften Klammern steht, was die Meldung im Einzelfall nennt. `python build.py explain
CODE` sagt alles über eine Meldung, auf Wunsch auf Englisch (`--lang en`).

Diese Seite wird aus dem Programm erzeugt (`make docs`).
"""

_STAGES = {
    "source": "Dateien lesen",
    "text": "YAML und Markdown",
    "schema": "Felder der Einträge",
    "network": "Zusammenhänge im Netzwerk",
    "advice": "Empfehlungen für gute Texte",
    "render": "Vorlagen",
    "output": "Schreiben der Seite",
    "import": "Mitteilungen einlesen",
}
_SEVERITIES = {Severity.ERROR: "Fehler", Severity.WARNING: "Warnung", Severity.ADVICE: "Empfehlung"}


def rules_table() -> str:
    """Return docs/regeln.md."""
    parts = [_INTRO]
    for stage, heading in _STAGES.items():
        rows = [rule for rule in all_rules() if rule.stage == stage]
        parts.append(
            f"\n## {heading}\n\n| Code | Art | Meldung | Was zu tun ist |\n| --- | --- | --- | --- |\n"
        )
        for rule in rows:
            wording = rule.texts["de"]
            cells = (
                f"`{rule.code}`",
                _SEVERITIES[rule.severity],
                _cell(wording.message),
                _cell(wording.hint or wording.suggest),
            )
            parts.append("| " + " | ".join(cells) + " |\n")
    return "".join(parts)


def _cell(text: str) -> str:
    """Write a text for a cell of a table: what it says of Markdown and HTML is to be read, not to be done."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", " ")
    return re.sub(r"[|*\[\]]", r"\\\g<0>", text)


if __name__ == "__main__":
    print(rules_table(), end="")
