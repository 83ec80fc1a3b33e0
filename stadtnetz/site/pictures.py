"""Which picture files the visible site needs, and what is known of each once it is encoded.

Pictures past their `withdraw_by` are not needed, whatever entry names them: they vanish everywhere at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from stadtnetz.diagnostics import Span
from stadtnetz.fingerprint import of_bytes
from stadtnetz.model.picture import Licence, Picture
from stadtnetz.model.shared import Entry
from stadtnetz.network.library import Item, Library
from stadtnetz.network.network import Network
from stadtnetz.network.references import media_path, placed_pictures

__all__ = [
    "Candidate",
    "NamedPicture",
    "PictureFile",
    "Pictures",
    "PrintFile",
    "Rights",
    "licence_url",
    "may_be_shown",
    "named_pictures",
    "print_file",
    "rights_of",
    "shown_pictures",
]


class Candidate(Struct, frozen=True):
    """A file of a picture: its path in output/ and its width in pixels."""

    path: str
    width: int


class PrintFile(Struct, frozen=True):
    """A picture as newspapers print it. `rights` are those of the entry that offers it, `weight` is in bytes."""

    rights: str
    path: str
    width: int
    height: int
    weight: int


class PictureFile(Struct, frozen=True):
    """An encoded picture: the size of the widest file in pixels, and the files of each format from narrow to wide."""

    width: int
    height: int
    avif: tuple[Candidate, ...]
    webp: tuple[Candidate, ...]
    plain: tuple[Candidate, ...]
    """JPEG, or one PNG where something shines through: what any browser can show."""
    prints: tuple[PrintFile, ...] = ()


Pictures = Mapping[str, PictureFile]
"""Encoded pictures by the path of their source below the project's root."""


class Rights(Struct, frozen=True):
    """What a file for print says of itself."""

    credit: str
    licence: str
    licence_url: str

    @property
    def key(self) -> str:
        """Return what tells these rights from others."""
        return of_bytes(f"{self.credit}\0{self.licence}\0{self.licence_url}".encode())


def rights_of(picture: Picture) -> Rights | None:
    """Return what others may do with a picture, None where they may do nothing."""
    if picture.licence is Licence.RESERVED:
        return None
    return Rights(picture.credit, picture.licence.label("de"), licence_url(picture))


def print_file(file: PictureFile, picture: Picture) -> PrintFile | None:
    """Return the file for print that goes with what an entry says of the picture."""
    rights = rights_of(picture)
    return next((one for one in file.prints if rights is not None and one.rights == rights.key), None)


def licence_url(picture: Picture) -> str:
    """Return where the licence can be read, "" where that is not known."""
    return picture.licence_url or picture.licence.deed


class NamedPicture(Struct, frozen=True):
    """A picture file with the place that names it, for diagnostics."""

    source: str
    named_in: str
    span: Span
    picture: Picture
    shown: bool
    """False where it may not be seen yet; it is looked at all the same, so that no build fails on the day it may."""
    withdrawn: bool
    """Whether it must not be seen any more, here or wherever else its file is named."""


def may_be_shown(picture: Picture, network: Network) -> bool:
    """Tell whether a picture may be seen at the network's moment."""
    return picture.withdraw_by is None or not network.clock.reached(picture.withdraw_by)


def shown_pictures(item: Item[Entry], pictures: Pictures) -> tuple[tuple[str, PictureFile], ...]:
    """Return the pictures of an entry that can be seen, by their source: what a page that shows them is made from."""
    paths = [media_path(item, picture.file) for _, picture in placed_pictures(item.entry)] if pictures else []
    return tuple((path, pictures[path]) for path in paths if path is not None and path in pictures)


def named_pictures(library: Library, network: Network) -> Iterator[NamedPicture]:
    """Yield every picture that an entry names; those in its long text are in its list as well."""
    for item in library.all_items():
        visible = item.id in network.items[item.kind]
        for place, picture in placed_pictures(item.entry):
            path = media_path(item, picture.file)
            if path is not None:
                known = network.drafts_shown or not item.entry.draft
                withdrawn = known and not may_be_shown(picture, network)
                span = item.spans.value((*place, "file"))
                yield NamedPicture(path, item.path, span, picture, visible and not withdrawn, withdrawn)
