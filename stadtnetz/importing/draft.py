"""The draft of a news entry: fields, remarks for the editor, the text, and what could not be assigned.

The file is tried before it is written. A value that the check refuses (a telephone number with a letter in it) is not
lost: it becomes a remark, so that the draft stops nobody's build.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from stadtnetz.advice.remains import REMAINS, UNSURE
from stadtnetz.authoring.sheet import Notes, Sheet, write_sheet
from stadtnetz.authoring.trial import Trial
from stadtnetz.diagnostics import Diagnostic, Severity, problem
from stadtnetz.importing.caption import CaptionFound
from stadtnetz.importing.desk import Doubt
from stadtnetz.importing.marking import as_markdown
from stadtnetz.importing.release import Linked, Release
from stadtnetz.importing.wording import doubt_text, reason_text
from stadtnetz.model.base import ID_FORM
from stadtnetz.model.kinds import KINDS
from stadtnetz.text.document import Loc, Plain
from stadtnetz.text.slug import slugify

__all__ = ["Draft", "make_draft"]

_LISTED = "Aus der Vorlage, zum Vergleich: was weggelassen (-) oder in Felder übernommen ist (+). Kann gelöscht werden."
_PICTURE = "Zum Bild gehört dieser Text. Datei neben diese legen, beschreiben, was zu sehen ist, und # davor entfernen:"


class Draft(Struct, frozen=True):
    """A file that may be written; `problems` is what `check` would say about it."""

    path: str
    sheet: Sheet
    problems: tuple[Diagnostic, ...]
    doubts: tuple[Doubt, ...]

    def write(self, root: Path) -> None:
        """Write the file. Raises FileExistsError where there is one: nothing is ever overwritten."""
        place = root / self.path
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("x", encoding="utf-8", newline="\n") as file:
            file.write(self.sheet.text)


def make_draft(release: Release, trial: Trial, *, slug: str, name: str, seen: str) -> Draft:
    """Make a draft and try it. `slug` is the editor's, `name` the source's file name, `seen` this month."""
    stem = slug or slugify(release.title) or slugify(name.rpartition(".")[0] or name) or "einfuhr"
    path = f"content/news/{release.published.year:04}/{stem}.md"
    answers = dict(_answers(release, seen))
    if not ID_FORM.fullmatch(stem):
        # Other names may lead out of the folder, or mean a translation.
        wrong = problem("file-name", path, name=f"{stem}.md", suggestion=f"{slugify(stem) or 'meldung'}.md")
        return Draft(path, write_sheet(KINDS["news"], answers), (wrong,), release.doubts)
    doubts = release.doubts
    if release.attachments:
        text = "; ".join(release.attachments)
        doubts += (Doubt.of("attachments", "attachments", text=text),)
    while True:
        sheet = write_sheet(KINDS["news"], answers, _notes(release, doubts))
        problems = trial.problems(path, sheet.text)
        refused = _refused(sheet, problems, answers)
        if refused is None:
            return Draft(path, sheet, problems, doubts)
        doubts += (Doubt.of(str(refused[0]), "refused", text=_one_line(str(answers.pop(refused)))),)


def _answers(release: Release, seen: str) -> Mapping[Loc, Plain]:
    single = {
        "type": "press-release",
        "title": release.title,
        "kicker": release.kicker,
        "dateline": release.dateline,
        "lead": release.lead,
        "published": str(release.published),
        "embargo": str(release.embargo or ""),
        "issuer": release.issuer,
        "background": release.background,
        "original": release.address,
        "draft": "ja",
    }
    answers: dict[Loc, Plain] = {(name,): _one_line(text) for name, text in single.items() if text}
    if release.contact is not None:
        answers |= {("contact", name): _one_line(text) for name, text in release.contact.fields.items()}
    if release.cities:
        answers[("cities",)] = list(release.cities)
    if release.partners:
        answers[("partners",)] = list(release.partners)
    if release.address:
        answers |= {("sources", 0, "url"): release.address, ("sources", 0, "seen"): seen}
    return answers


def _refused(sheet: Sheet, problems: tuple[Diagnostic, ...], answers: Mapping[Loc, Plain]) -> Loc | None:
    """Return an answer that the check refuses; the day and the headline stay, since without them there is no entry."""
    for one in problems:
        if one.severity is not Severity.ERROR or one.span is None:
            continue
        for loc, lines in sheet.lines.items():
            if one.span.line in lines and loc in answers and loc[0] not in ("title", "published", "draft"):
                return loc
    return None


def _notes(release: Release, doubts: tuple[Doubt, ...]) -> Notes:
    remarks: dict[str, list[str]] = defaultdict(list)
    for doubt in doubts:
        # What belongs to no field of the model stands before the text.
        field = doubt.field if doubt.field != "quotes" else "note"
        remarks[field].append(f"{UNSURE} {_one_line(doubt_text(doubt, 'de'))}")
    listed = [
        f"{'-' if one.furniture else '+'} {reason_text(one.reason, 'de')}: {_one_line(one.text)}"
        for one in release.listed
    ]
    return Notes(
        {name: tuple(lines) for name, lines in remarks.items()},
        {"pictures": tuple(_pictures(release.captions))} if release.captions else {},
        (_LISTED, *listed) if listed else (),
        _body(release),
    )


def _pictures(captions: tuple[CaptionFound, ...]) -> list[str]:
    """Return pictures as they would be written, to be filled in: without a file there is no picture yet."""
    lines = [f"## {_PICTURE}", "pictures:"]
    for one in captions:
        rows: dict[Loc, Plain] = {("caption",): _one_line(one.text), ("credit",): _one_line(one.credit)}
        lines += ["  - file:  ## Name der Bilddatei", "    alt:  ## Was zu sehen ist"]
        lines += [f"    {name}: {_quoted(str(value))}" for (name,), value in rows.items() if value]
        if one.people:
            lines.append("    people:")
        for person in one.people:
            fields = {
                "name": person.name,
                "role": person.role,
                "organisation": person.organisation,
                "row": person.row,
                "column": person.column,
            }
            pairs = ", ".join(f"{name}: {_quoted(value)}" for name, value in fields.items() if value)
            lines.append(f"      - {{{pairs}}}")
    return lines


def _quoted(text: str) -> str:
    plain = "".join(sign for sign in text if sign.isprintable())
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _body(release: Release) -> str:
    parts = [as_markdown(release.body)]
    if release.rest:
        parts += [f"## {REMAINS}", as_markdown(Linked(replace(block, level=0)) for block in release.rest)]
    return "\n\n".join(filter(None, parts))


def _one_line(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
