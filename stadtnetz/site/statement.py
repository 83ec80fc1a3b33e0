"""The accessibility statement, made from what site.yaml states and what is recorded of the law.

It claims no more than its data: a level of conformity appears only with the date and the method of the assessment
that found it, and "fully" never beside known barriers. Its sentences stand in statement.toml, since plain German has
words of its own; what no source names is said to be not recorded.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from msgspec import Struct
from msgspec.structs import replace

from stadtnetz.model.accessibility import Accessibility, AccessibilityTexts, Barrier, BarrierTexts, Conformity
from stadtnetz.model.shared import Source
from stadtnetz.network.operator import assessment_ages
from stadtnetz.site.edition import Edition
from stadtnetz.site.law import Body, Law, law_of
from stadtnetz.site.parts import phone_url
from stadtnetz.site.views import FEEDBACK, OperatorField, StatementSection

__all__ = ["Statement", "claim", "statement"]


class Statement(Struct, frozen=True):
    """The statement's parts in reading order, its sources, and whether the operator has left something out."""

    sections: tuple[StatementSection, ...]
    sources: tuple[Source, ...]
    incomplete: bool


def statement(edition: Edition) -> Statement:
    """Make the statement in an edition's language."""
    stated = edition.network.site.accessibility
    law = law_of(stated.state) if stated.state is not None else None
    writer = _Writer(edition, stated, law)
    needed = (stated.assessed, stated.method, stated.state, stated.email, writer.body())
    return Statement(
        sections=(
            writer.status(),
            writer.barriers(),
            writer.feedback(),
            writer.enforcement(),
            writer.law_part(),
        ),
        sources=law.sources if law is not None else (),
        incomplete=any(value is None for value in needed),
    )


def claim(stated: Accessibility) -> Conformity:
    """Return what may be said of the site: what an assessment with a date and a method found, and no more."""
    if stated.assessed is None or stated.method is None:
        return Conformity.NOT_ASSESSED
    if stated.conformity is Conformity.FULL and stated.barriers:
        return Conformity.PARTIAL
    return stated.conformity


class _Writer(Struct, frozen=True):
    """Writes the parts of the statement in one language."""

    edition: Edition
    stated: Accessibility
    law: Law | None

    def say(self, key: str, **values: str) -> str:
        return _sentences()[key][self.edition.language].format(**values)

    def status(self) -> StatementSection:
        stated, t = self.stated, self.edition.texts
        found = claim(stated)
        date = t.format_date(stated.assessed) if stated.assessed is not None else ""
        if found is Conformity.NOT_ASSESSED:
            key = "no-result" if stated.assessed is not None and stated.method is not None else "not-assessed"
        else:
            key = found.value
        paragraphs = [self.say("goal"), self.say(key, date=date)]
        ages = assessment_ages(stated)
        if ages is not None and self.edition.network.clock.reached(ages):
            paragraphs.append(self.say("old"))
        translated = stated.translations.get(self.edition.language, AccessibilityTexts())
        method = self._own("method", translated.method, stated.method)
        fields = (OperatorField(self.say("assessed"), date), method)
        return StatementSection("status", self.say("status"), tuple(paragraphs), fields)

    def barriers(self) -> StatementSection:
        known = self.stated.barriers
        return StatementSection(
            "barriers",
            self.say("barriers"),
            () if known else (self.say("no-barriers"),),
            items=tuple(tuple(self._barrier(barrier)) for barrier in known),
        )

    def _barrier(self, barrier: Barrier) -> Iterator[OperatorField]:
        """Yield what is missing, without a label, then why, what helps and until when."""
        words = barrier.translations.get(self.edition.language, BarrierTexts())
        yield replace(self._own("barriers", words.what, barrier.what), label="")
        for key in ("why", "alternative"):
            field = self._own(key, getattr(words, key), getattr(barrier, key))
            if field.value:
                yield field
        if barrier.until is not None:
            yield OperatorField(self.say("until"), self.edition.texts.format_date(barrier.until))

    def feedback(self) -> StatementSection:
        stated, t = self.stated, self.edition.texts
        answer = self.law.answer if self.law is not None else None
        paragraphs = [self.say("feedback-how")]
        fields = []
        if stated.email is None and stated.phone is None:
            paragraphs.append(self.say("feedback-missing"))
            imprint = self.edition.url_of("page", "impressum")
            fields += [OperatorField(self.say("imprint"), self.say("imprint"), imprint)] if imprint else []
        fields.append(
            OperatorField(
                t.gettext("E-mail"), stated.email or "", f"mailto:{stated.email}" if stated.email else ""
            )
        )
        if stated.phone is not None:
            fields.append(OperatorField(t.gettext("Telephone"), stated.phone, phone_url(stated.phone)))
        if answer is not None:
            paragraphs.append(self.say("answer", period=self.say(answer)))
        else:
            paragraphs.append(self.say("answer-unknown"))
        return StatementSection(FEEDBACK, self.say("feedback"), tuple(paragraphs), tuple(fields))

    def body(self) -> Body | None:
        """Return whom readers can turn to: the body that the operator names, else that of the law."""
        stated = self.stated
        if stated.enforcement is not None:
            return Body(name=stated.enforcement, url=stated.enforcement_url)
        return self.law.enforcement if self.law is not None else None

    def enforcement(self) -> StatementSection:
        body = self.body()
        heading = self.say("enforcement")
        if body is None:
            missing = OperatorField(self.say("body"), "")
            return StatementSection("enforcement", heading, (self.say("enforcement-unknown"),), (missing,))
        fields = [self._german("body", body.name), self._german("address", body.address)]
        page = OperatorField(self.say("online"), "", note=self.say("not-recorded"))
        if body.url is not None:
            page = replace(page, value=self.say("open-page"), url=body.url, external=True)
        return StatementSection("enforcement", heading, (self.say("enforcement-when"),), (*fields, page))

    def law_part(self) -> StatementSection:
        state, law = self.stated.state, self.law
        heading = self.say("law")
        if state is None or law is None:
            missing = OperatorField(self.say("act"), "")
            return StatementSection("law", heading, (self.say("law-missing"),), (missing,))
        act = f"{law.law}, {law.sections}" if law.sections else law.law
        monitoring = law.monitoring
        fields = (
            self._german("act", act),
            self._german("ordinance", law.ordinance),
            replace(
                self._german("monitoring", monitoring.name if monitoring is not None else None),
                url=(monitoring.url if monitoring is not None else None) or "",
                external=True,
            ),
        )
        sentence = self.say("law-of", jurisdiction=state.label(self.edition.language))
        return StatementSection("law", heading, (sentence,), fields)

    def _german(self, key: str, value: str | None) -> OperatorField:
        """Return a name of German law, which has no other language; said to be not recorded where it is unknown."""
        return OperatorField(
            self.say(key),
            value or "",
            language=self.edition.original_mark if value else "",
            note=self.say("not-recorded"),
        )

    def _own(self, key: str, translated: str | None, original: str | None) -> OperatorField:
        """Return the operator's words in this language, else as they are, marked as German."""
        if translated is not None:
            return OperatorField(self.say(key), translated)
        return OperatorField(
            self.say(key), original or "", language=self.edition.original_mark if original else ""
        )


@cache
def _sentences() -> Mapping[str, Mapping[str, str]]:
    text = resources.files("stadtnetz.site").joinpath("statement.toml").read_text("utf-8")
    return tomllib.loads(text)
