"""`build.py new KIND`: the commands, known by name only until one of them is called."""

from __future__ import annotations

import click

__all__ = ["new_command"]

_ABOUT = {
    "city": "Einen Ort anlegen.",
    "partner": "Einen Partner anlegen.",
    "tandem": "Ein Tandem anlegen.",
    "news": "Eine Meldung oder Pressemitteilung anlegen.",
    "event": "Einen Termin anlegen.",
    "page": "Eine Seite mit fester Adresse anlegen.",
}


class _Kinds(click.Group):
    """A command for each kind of entry that people add; what it asks is read from the model when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the form is click's
        return list(_ABOUT)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _ABOUT:
            return None
        # Imported here for the sake of a quick start: other commands need neither model nor gazetteer.
        from stadtnetz.cli.new_entry import command_for

        return command_for(cmd_name, _ABOUT[cmd_name])


@click.group("new", cls=_Kinds)
def new_command() -> None:
    """Legt einen Eintrag an: fragt nach dem Nötigen und schreibt eine Datei mit Erklärungen.

    \b
    python build.py new news                      fragt nach Überschrift, Vorspann, Datum, …
    python build.py new city --lang en            asks in English
    python build.py new event --no-input --title "Freiwilligentag" --start 2027-05-08

    Was als Option dasteht, wird nicht gefragt. Vorhandene Dateien werden nie überschrieben.
    """
