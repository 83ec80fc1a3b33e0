"""Which fields `new` asks for, in which order; everything else stands in the new file as a comment.

A form names fields of the model and nothing else: labels, help and what is allowed come from there.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from stadtnetz.model.fields import Field, field_at
from stadtnetz.model.kinds import KINDS
from stadtnetz.text.document import Loc

__all__ = ["FORMS", "Form", "Question"]


class Question(Struct, frozen=True):
    """A field that is asked for. `option` names it on the command line, `english` asks for it in English."""

    option: str
    loc: Loc
    english: str
    proposes: str = ""
    """What is proposed: "day" for today, "month" for this month, "" for nothing."""
    only_without: tuple[str, ...] = ()
    """Asked only where one of these options was left empty."""
    only_with: str = ""
    """Asked only where this option was answered."""


class Form(Struct, frozen=True):
    """The questions for a kind of entry; `named_by` are the options whose answers make the file's name."""

    kind: str
    questions: tuple[Question, ...]
    named_by: tuple[str, ...]

    def field(self, question: Question) -> Field:
        """Return what the model says about the field that is asked for."""
        return field_at(KINDS[self.kind].model, question.loc)

    def label(self, question: Question) -> str:
        """Return the model's label, behind that of the field that it is part of."""
        names = [part for part in question.loc if isinstance(part, str)]
        model = KINDS[self.kind].model
        return ": ".join(field_at(model, tuple(names[:length])).label for length in range(1, len(names) + 1))


_ONE_SOURCE = (
    Question("source", ("sources", 0, "url"), "Source: a page where this can be checked"),
    Question(
        "seen",
        ("sources", 0, "seen"),
        "Source last seen there on",
        proposes="month",
        only_with="source",
    ),
)
_STAND = Question("updated", ("updated",), "Holds for (day)", proposes="day")
_TOPICS = Question("topics", ("topics",), "Topics")
_CITIES = Question("cities", ("cities",), "Places it is about")
_SUMMARY = Question("summary", ("summary",), "Summary in one or two sentences")
_WEBSITE = Question("website", ("website",), "Website")

_CITY = (
    Question("name", ("name",), "Name, as the place calls itself"),
    Question("short-name", ("short_name",), "Short name for lists"),
    Question("type", ("type",), "What kind of place"),
    Question("state", ("state",), "State"),
    Question("coordinates", ("coordinates",), "Position: latitude, longitude"),
    Question("selected", ("membership", 0, "selected"), "Selected by the jury on"),
    Question("admitted", ("membership", 0, "admitted"), "Admitted on"),
    _SUMMARY,
    _WEBSITE,
    _TOPICS,
    _STAND,
    *_ONE_SOURCE,
)
_PARTNER = (
    Question("name", ("name",), "Name, as the organisation calls itself"),
    Question("short-name", ("short_name",), "Short name for lists"),
    # Places before the level: a local partner without any would be an error at once.
    Question("cities", ("cities",), "Places in which it takes part"),
    Question("states", ("states",), "States, for partners of a state or region"),
    Question("level", ("level",), "Level"),
    Question("sectors", ("sectors",), "Sectors"),
    _SUMMARY,
    _WEBSITE,
    _TOPICS,
    _STAND,
    *_ONE_SOURCE,
)
_TANDEM = (
    Question("mentor", ("mentor",), "Experienced place, which accompanies"),
    Question("mentee", ("mentee",), "New place, which is accompanied"),
    Question(
        "expected",
        ("pending", "expected"),
        "One side is open: to be known by",
        only_without=("mentor", "mentee"),
    ),
    Question("announced", ("announced",), "Announced on"),
    Question("start", ("start",), "Begins on"),
    _SUMMARY,
    _TOPICS,
    _STAND,
    *_ONE_SOURCE,
)
_NEWS = (
    Question("type", ("type",), "What kind of text"),
    Question("title", ("title",), "Headline: what happened, in one line"),
    Question("kicker", ("kicker",), "Kicker: the subject above the headline"),
    Question("dateline", ("dateline",), "Dateline: place before the first sentence"),
    Question("lead", ("lead",), "Lead: the essence in one to three sentences"),
    Question("published", ("published",), "Published on (day, with time if wished)", proposes="day"),
    Question("embargo", ("embargo",), "Embargo: not to be seen before"),
    _CITIES,
    Question("partners", ("partners",), "Partners it is about"),
    Question("tandems", ("tandems",), "Tandems it is about"),
    _TOPICS,
    *_ONE_SOURCE,
)
_EVENT = (
    Question("title", ("title",), "What the event is called"),
    Question("lead", ("lead",), "Description in one to three sentences"),
    Question("start", ("start",), "Begins on (day, with time if wished)"),
    Question("end", ("end",), "Ends on (last day or time)"),
    Question("place", ("place", "name"), "Building or room"),
    Question("organiser", ("organiser",), "Who invites"),
    _CITIES,
    _TOPICS,
    _STAND,
    *_ONE_SOURCE,
)
_PAGE = (
    Question("title", ("title",), "Heading"),
    Question("short-title", ("short_title",), "Short title for the navigation"),
    Question("lead", ("lead",), "Lead: what it is about, in one to three sentences"),
    Question("parent", ("parent",), "Page above it"),
    _STAND,
)

FORMS: Mapping[str, Form] = {
    "city": Form("city", _CITY, ("name",)),
    "partner": Form("partner", _PARTNER, ("name",)),
    "tandem": Form("tandem", _TANDEM, ("mentor", "mentee")),
    "news": Form("news", _NEWS, ("title",)),
    "event": Form("event", _EVENT, ("title",)),
    "page": Form("page", _PAGE, ("short-title", "title")),
}
"""By kind of entry."""
