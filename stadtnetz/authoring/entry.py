"""A new entry on its way: answers as they were typed, what `check` says to each, the file that comes of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from stadtnetz.authoring.forms import Form, Question
from stadtnetz.authoring.sheet import Sheet, write_sheet
from stadtnetz.authoring.trial import Trial
from stadtnetz.clock import Clock
from stadtnetz.dates import DateFormatError, ImpossibleDateError, PartialDate
from stadtnetz.diagnostics import Diagnostic, Severity, problem
from stadtnetz.model.base import ID_FORM
from stadtnetz.model.fields import Field
from stadtnetz.model.kinds import KINDS
from stadtnetz.text.document import Loc, Plain
from stadtnetz.text.slug import slugify

__all__ = ["NewEntry"]

_PAIR = re.compile(r"\s*(-?[0-9]+(?:[.,][0-9]+)?)\s*[,; ]\s*(-?[0-9]+(?:[.,][0-9]+)?)\s*")
"""Two numbers with a comma, a semicolon or a blank between them; German decimals as well."""


_INCOMPLETE = frozenset({"field-missing", "source-missing", "tandem-without-city", "tandem-one-sided"})
"""What is reported because something is not there yet: not the fault of what is."""


class NewEntry:
    """What is known of an entry that is being written."""

    def __init__(self, form: Form, trial: Trial, clock: Clock) -> None:
        self.form = form
        self.slug = ""
        self._kind = KINDS[form.kind]
        self._trial = trial
        self._clock = clock
        self._answers: dict[Loc, Plain] = {}
        self._typed: dict[str, str] = {}

    @property
    def path(self) -> str:
        """Return where the file will stand, from the project's root; news in the folder of their year."""
        folder = f"content/{self._kind.folder}"
        if self.form.kind == "news":
            folder += f"/{self._year('published')}"
        ending = ".md" if self._kind.form == "markdown" else ".yaml"
        return f"{folder}/{self.slug or self.proposed_slug()}{ending}"

    def answer(self, question: Question, typed: str) -> None:
        """Note an answer as it was typed; an empty one leaves the field empty."""
        # What a terminal sends that is no UTF-8 arrives as halves of characters, which no file can hold.
        typed = typed.strip().encode("utf-8", "replace").decode()
        self._typed[question.option] = typed
        self._answers.pop(question.loc, None)
        if typed:
            self._answers[question.loc] = self._value(self.form.field(question), typed)

    def typed(self, option: str) -> str:
        """Return what was answered, "" where nothing was."""
        return self._typed.get(option, "")

    def wanted(self, question: Question) -> bool:
        """Tell whether a question has a point after what was answered."""
        if question.only_with and not self.typed(question.only_with):
            return False
        return not question.only_without or not all(self.typed(option) for option in question.only_without)

    def proposal(self, question: Question) -> str:
        """Return what today proposes for a question, "" for nothing."""
        today = str(PartialDate.of(self._clock.today))
        return {"day": today, "month": today[:7]}.get(question.proposes, "")

    def proposed_slug(self) -> str:
        """Return the file's name that follows from the answers, "" where there are none yet."""
        names = [self.typed(option) for option in self.form.named_by]
        if self.form.kind == "page":
            names = [next(filter(None, names), "")]
        slug = slugify(" ".join(filter(None, names)))
        if not slug:
            return ""
        # Meetings come again, and so do cities that wait for their mentor: the year tells them apart.
        if self.form.kind == "event" or (self.form.kind == "tandem" and not all(names)):
            year = self._year("start" if self.form.kind == "event" else "expected")
            slug = slug if year in slug.split("-") else f"{slug}-{year}"
        return slug

    def sheet(self) -> Sheet:
        """Write the file as it is by now."""
        return write_sheet(self._kind, self._answers)

    def problems(self) -> tuple[Diagnostic, ...]:
        """Return what `check` would say about the file as it is by now."""
        if self.slug and not ID_FORM.fullmatch(self.slug):
            # Other names may lead out of the folder, or mean a translation.
            name = self.path.rpartition("/")[2]
            suggestion = slugify(self.slug) + name[name.rindex(".") :]
            return (problem("file-name", self.path, name=name, suggestion=suggestion),)
        return self._trial.problems(self.path, self.sheet().text)

    def problems_of_name(self) -> tuple[Diagnostic, ...]:
        """Return what `check` would say about the file's name."""
        return tuple(one for one in self.problems() if one.span is None)

    def problems_of(self, question: Question) -> tuple[Diagnostic, ...]:
        """Return what `check` would say about the answer to one question: what it would not say without it.

        What else is missing in the record around it is not its fault: the question for it may be still to come.
        """
        lines = self.sheet().lines.get(question.loc, range(0))
        found = [
            one
            for one in self.problems()
            if one.path == self.path and one.span is not None and one.span.line in lines
        ]
        if not found:
            return ()
        without = {loc: value for loc, value in self._answers.items() if loc != question.loc}
        others = self._trial.problems(self.path, write_sheet(self._kind, without).text)
        known = {(one.code, one.params) for one in others}
        return tuple(
            one for one in found if (one.code, one.params) not in known and one.code not in _INCOMPLETE
        )

    def wrong_answers(self) -> dict[Question, tuple[Diagnostic, ...]]:
        """Return the questions whose answers are errors, now that all of them are known."""
        found: dict[Question, tuple[Diagnostic, ...]] = {}
        for question in self.form.questions:
            errors = tuple(one for one in self.problems_of(question) if one.severity is Severity.ERROR)
            if errors and self.typed(question.option):
                found[question] = errors
        return found

    def write(self, root: Path) -> None:
        """Write the file. Raises FileExistsError where there is one: nothing is ever overwritten."""
        place = root / self.path
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("x", encoding="utf-8", newline="\n") as file:
            file.write(self.sheet().text)

    def ids(self, kind: str) -> Mapping[str, str]:
        """Return what an answer may name, with names for people."""
        return self._trial.ids(kind)

    def _year(self, option: str) -> str:
        try:
            return f"{PartialDate.parse(self.typed(option)).year:04}"
        except (DateFormatError, ImpossibleDateError):
            return f"{self._clock.today.year:04}"

    def _value(self, field: Field, typed: str) -> Plain:
        if field.name == "coordinates" and (pair := _PAIR.fullmatch(typed)):
            lat, lon = (number.replace(",", ".") for number in pair.groups())
            return {"lat": lat, "lon": lon}
        if field.many:
            return [self._meant(field, part.strip()) for part in typed.split(",") if part.strip()]
        return self._meant(field, typed)

    def _meant(self, field: Field, typed: str) -> str:
        """Return a value for a choice's number or label, an id for a name; anything else as it was typed."""
        if field.choices is not None:
            choices = list(field.choices)
            numbers = {str(number): one.value for number, one in enumerate(choices, 1)}
            labels = {
                label.casefold(): one.value for one in choices for label in (one.label_de, one.label_en)
            }
            return numbers.get(typed) or labels.get(typed.casefold()) or typed
        if field.kind and (slug := slugify(typed)) in self.ids(field.kind):
            return slug
        return typed
