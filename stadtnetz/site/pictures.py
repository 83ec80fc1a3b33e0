"""Which picture files the visible site needs, and what is known of each once it is encoded.

Pictures past their `withdraw_by` are not needed, whatever entry names them: they vanish everywhere at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from stadtnetz.diagnostics import Span
from stadtnetz.model.picture import Picture
from stadtnetz.network.library import Library
from stadtnetz.network.network import Network
from stadtnetz.network.references import media_path, placed_pictures

__all__ = ["NamedPicture", "PictureFile", "Pictures", "may_be_shown", "named_pictures"]


@dataclass(frozen=True, slots=True)
class PictureFile:
    """An encoded picture: its path in output/ and its size in pixels."""

    path: str
    width: int
    height: int


Pictures = Mapping[str, PictureFile]
"""Encoded pictures by the path of their source below the project's root."""


@dataclass(frozen=True, slots=True)
class NamedPicture:
    """A picture file with the place that names it, for diagnostics."""

    source: str
    named_in: str
    span: Span
    shown: bool
    """False where it may not be seen yet; it is looked at all the same, so that no build fails on the day it may."""


def may_be_shown(picture: Picture, network: Network) -> bool:
    """Tell whether a picture may be seen at the network's moment."""
    return picture.withdraw_by is None or not network.clock.reached(picture.withdraw_by)


def named_pictures(library: Library, network: Network) -> Iterator[NamedPicture]:
    """Yield every picture that an entry names; those in its long text are in its list as well."""
    for item in library.all_items():
        visible = item.id in network.items[item.kind]
        for place, picture in placed_pictures(item.entry):
            path = media_path(item, picture.file)
            if path is not None:
                shown = visible and may_be_shown(picture, network)
                yield NamedPicture(path, item.path, item.spans.value((*place, "file")), shown)
