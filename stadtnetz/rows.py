"""What comes out of a file of content, as the memory has it, and what has to be known of the file for that.

Nothing here needs what reads files: where all are remembered, or another process reads those that are not, a build
does without the libraries of YAML and Markdown.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import force_setattr

from stadtnetz.diagnostics import Diagnostic, Span
from stadtnetz.fingerprint import of_bytes, of_program
from stadtnetz.model.kinds import Kind
from stadtnetz.source import SourceFile
from stadtnetz.text.body import Body
from stadtnetz.text.document import Loc

__all__ = ["Long", "Short", "ShortText", "Target", "Task"]


class Task(Struct, frozen=True):
    """A file to be read: an entry of a kind, its translation, the text beside it, or, without a kind, site.yaml."""

    file: SourceFile
    kind: Kind | None = None
    language: str = "de"
    translation: bool = False
    is_text: bool = False
    key: str = ""
    """What everything that comes out depends on; the path is part of it because problems name it."""

    def __post_init__(self) -> None:
        kind = self.kind.name if self.kind is not None else ""
        form = f"{kind} {self.language} {self.translation} {self.is_text}"
        parts = f"{of_program()} {self.file.digest} {form} {self.file.path}"
        force_setattr(self, "key", of_bytes(parts.encode("utf-8", "surrogatepass")))


class Target(NamedTuple):
    """A field that names another entry, by the way to it."""

    loc: Loc
    kind: str
    id: str


class ShortText(Struct, frozen=True, array_like=True):
    """What every build must know of a long text."""

    fingerprint: str
    targets: tuple[tuple[str, str], ...]
    """What it links to: kinds and ids; the kind "path" for addresses, "place" for places inside other pages."""
    has_images: bool


class Short(Struct, frozen=True, array_like=True):
    """The short part of a row: what every build must know of a file."""

    problems: tuple[Diagnostic, ...]
    fingerprint: str
    """Of the record alone: neither comments nor the long text count."""
    data: dict[str, Any] | None
    """The record, as `records` has it."""
    targets: tuple[Target, ...]
    text: ShortText | None


class Long(Struct, frozen=True, array_like=True):
    """The long part of a row: where values and keys stand, and the long text."""

    values: tuple[tuple[Loc, Span], ...]
    keys: tuple[tuple[Loc, Span], ...]
    body: Body | None
