"""One text on its way through Markdown: its source, and everything that is found in it."""

from __future__ import annotations

from msgspec import Struct, field

from stadtnetz.diagnostics import Diagnostic, Span, problem
from stadtnetz.text.body import BodyImage, BodyReference, Heading
from stadtnetz.text.marks import Marked
from stadtnetz.text.places import Places

__all__ = ["WORDS", "Job"]

WORDS = {
    "de": {
        "table": "Tabelle",
        "footnotes": "Fußnoten",
        "footnote": "Fußnote",
        "back": "Zurück zum Text bei Fußnote {}",
        "part": "abschnitt",
        "info": "Info",
    },
    "en": {
        "table": "Table",
        "footnotes": "Footnotes",
        "footnote": "Footnote",
        "back": "Back to the text at footnote {}",
        "part": "section",
        "info": "Info",
    },
}
"""Words that a text's HTML needs; the pages' catalogues belong to a later stage."""


class Job(Struct):
    """One text being rendered: its source, and everything that is found in it."""

    path: str
    language: str
    places: Places
    source: str
    marked: Marked
    diagnostics: list[Diagnostic] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    references: list[BodyReference] = field(default_factory=list)
    images: list[BodyImage] = field(default_factory=list)
    fragments: list[tuple[str, Span]] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)
    """Ids in use, with the last number that was put behind each."""
    words: int = 0

    @property
    def texts(self) -> dict[str, str]:
        """Return the words for the text's language."""
        return WORDS["en" if self.language == "en" else "de"]

    def report(self, code: str, span: Span, **params: str | int) -> None:
        """Note a problem."""
        self.diagnostics.append(problem(code, self.path, span, related=(), **params))

    def span_of(self, text: str, *kinds: str) -> Span:
        """Return where something that came out of Markdown stood; the text's beginning if nobody knows."""
        mark = self.marked.find(text, *kinds)
        return self.places.span(mark.start, mark.end) if mark else self.places.at(0)

    def free_id(self, wanted: str) -> str:
        """Return an id that no other element of the text has."""
        found = wanted
        while found in self.ids:
            self.ids[wanted] += 1
            found = f"{wanted}-{self.ids[wanted]}"
        self.ids[found] = 1
        return found
