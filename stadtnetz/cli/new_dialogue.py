"""The questions for a new entry, one after the other; each is asked until the answer is one that `check` accepts."""

from __future__ import annotations

from collections.abc import Iterable

import click

from stadtnetz.authoring.entry import NewEntry
from stadtnetz.authoring.forms import Question
from stadtnetz.authoring.gazetteer import GazetteerPlace, candidates, certain, load_gazetteer
from stadtnetz.cli.new_words import NEW_WORDS
from stadtnetz.diagnostics import Diagnostic, Severity
from stadtnetz.diagnostics.catalogue import wording
from stadtnetz.diagnostics.printers import visible
from stadtnetz.model.city import State
from stadtnetz.model.fields import Field
from stadtnetz.model.kinds import KINDS

__all__ = ["Dialogue"]

_FEW = 12
"""So many ids are shown at once; more of them on demand."""
_EMPTY = "-"
_MOST_PLACES = 30


class Dialogue:
    """Leads through the questions in one language."""

    def __init__(self, entry: NewEntry, language: str) -> None:
        self._entry = entry
        self._language = language
        self._words = NEW_WORDS[language]
        self._proposals: dict[str, str] = {}

    def lead(self, given: dict[Question, str]) -> None:
        """Ask everything that is not given, and again what is wrong. Raises click.Abort where nobody answers."""
        kind = KINDS[self._entry.form.kind]
        label = kind.label_de if self._language == "de" else kind.label_en
        _say(self._words["start"].format(kind=label))
        for question in self._entry.form.questions:
            if question in given:
                self._entry.answer(question, given[question])
                if self._tell(self._entry.problems_of(question)):
                    self._ask(question)
            elif self._entry.wanted(question):
                self._ask(question)
            if question.option == "name" and self._entry.form.kind == "city":
                self._locate()
        # Some answers can only be judged with others: an end that lies before its start.
        while wrong := self._entry.wrong_answers():
            question = list(wrong)[-1]
            self._tell(wrong[question])
            self._ask(question)
        self._ask_slug()

    def tell_unsure(self, gazetteer: Iterable[GazetteerPlace]) -> None:
        """Say which places a name may mean, where several are possible and nobody can be asked."""
        name = self._entry.typed("name")
        found = candidates(name, gazetteer, self._entry.typed("state"))
        if found:
            places = "; ".join(_shown(place) for place in found[:_MOST_PLACES])
            _say(self._words["unsure"].format(name=visible(name), places=places))

    def _ask(self, question: Question) -> None:
        field = self._entry.form.field(question)
        proposal = self._proposals.get(question.option) or self._entry.proposal(question)
        self._introduce(question, field)
        while True:
            typed = self._prompt(proposal)
            if field.kind and typed.startswith("?"):
                self._show_ids(field.kind, typed[1:].strip())
                continue
            self._entry.answer(question, "" if typed == _EMPTY else typed)
            if not self._tell(self._entry.problems_of(question)):
                return

    def _introduce(self, question: Question, field: Field) -> None:
        german = self._language == "de"
        words = self._words
        # A field of a record that may be left out as a whole is required only where the record is begun.
        required = field.required and (len(question.loc) == 1 or question.only_with)
        marks = [words["required"]] if required else []
        marks += (
            [words["several"]] if field.many and question.loc[-1] == field.name and not field.record else []
        )
        label = self._entry.form.label(question) if german else question.english
        remark = f" ({', '.join(marks)})" if marks else ""
        _say(f"\n{click.style(label, bold=True)}{remark}")
        if german and field.help:
            _say(f"  {field.help}")
        if field.choices is not None:
            for number, choice in enumerate(field.choices, 1):
                _say(f"  {number:2} {choice.value} – {choice.label(self._language)}")
        if field.kind:
            self._show_ids(field.kind, None)

    def _show_ids(self, kind: str, part: str | None) -> None:
        """Show the ids that contain a part, or, with None, what there is to choose from."""
        ids = self._entry.ids(kind)
        if part is None and len(ids) > _FEW:
            letters = next(iter(ids))[:3]
            _say(f"  {self._words['ids'].format(number=len(ids), letters=letters)}")
            return
        wanted = (part or "").casefold()
        found = [(id_, name) for id_, name in ids.items() if wanted in id_ or wanted in name.casefold()]
        for id_, name in found:
            _say(f"  {id_} – {visible(name)}" if name else f"  {id_}")
        if not found:
            _say(f"  {self._words['no_ids' if ids else 'none_yet']}")

    def _prompt(self, proposal: str) -> str:
        answer: str = click.prompt(
            ">", default=proposal, show_default=bool(proposal), prompt_suffix=" ", err=True
        )
        return answer.strip()

    def _tell(self, problems: Iterable[Diagnostic]) -> bool:
        """Say what is wrong, in the words of `check`; tell whether there is an error among it."""
        wrong = False
        for one in problems:
            message, hint = wording(one.code, dict(one.params), self._language)
            error = one.severity is Severity.ERROR
            _say(click.style(f"  {visible(message)}", fg="red" if error else "yellow"))
            if hint:
                _say(f"  {visible(hint)}")
            wrong = wrong or error
        return wrong

    def _locate(self) -> None:
        """Propose state and position, after asking which place is meant where that is not certain."""
        gazetteer = load_gazetteer()
        name, state = self._entry.typed("name"), self._entry.typed("state")
        place = certain(name, gazetteer, state)
        if place is None:
            found = candidates(name, gazetteer, state)[:_MOST_PLACES]
            place = self._choose(found) if found else None
        if place is not None:
            _say(f"  {self._words['found_place'].format(place=_shown(place))}")
            self._proposals["state"] = place.state
            self._proposals["coordinates"] = f"{place.lat}, {place.lon}"

    def _choose(self, found: tuple[GazetteerPlace, ...]) -> GazetteerPlace | None:
        _say(f"\n{click.style(self._words['which'], bold=True)}")
        _say(f"   0 {self._words['no_place']}")
        for number, place in enumerate(found, 1):
            _say(f"  {number:2} {_shown(place)}")
        while True:
            typed = click.prompt(self._words["number"], default="0", prompt_suffix=" ", err=True).strip()
            if typed.isascii() and typed.isdigit() and int(typed) <= len(found):
                return found[int(typed) - 1] if int(typed) else None
            _say(click.style(f"  {self._words['no_number'].format(most=len(found))}", fg="red"))

    def _ask_slug(self) -> None:
        entry = self._entry
        if entry.slug and not self._tell(entry.problems_of_name()):
            return
        proposal = entry.proposed_slug()
        _say(f"\n{click.style(self._words['slug'], bold=True)}\n  {self._words['slug_help']}")
        while True:
            entry.slug = self._prompt(proposal)
            if entry.slug and not self._tell(entry.problems_of_name()):
                return


def _shown(place: GazetteerPlace) -> str:
    states = {state.value: state.label_de for state in State}
    return f"{place.name}, {states[place.state]} ({place.lat}, {place.lon})"


def _say(text: str) -> None:
    click.echo(text, err=True)
