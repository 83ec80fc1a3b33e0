"""Which picture files the visible site needs, and what is known of each once it is encoded.

Pictures past their `withdraw_by` are not needed, whatever entry names them: they vanish everywhere at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from stadtnetz.diagnostics import Span
from stadtnetz.model.picture import Picture
from stadtnetz.network.network import Network
from stadtnetz.network.references import media_path

__all__ = ["NeededPicture", "PictureFile", "Pictures", "may_be_shown", "needed_pictures"]


@dataclass(frozen=True, slots=True)
class PictureFile:
    """An encoded picture: its path in output/ and its size in pixels."""

    path: str
    width: int
    height: int


Pictures = Mapping[str, PictureFile]
"""Encoded pictures by the path of their source below the project's root."""


@dataclass(frozen=True, slots=True)
class NeededPicture:
    """A picture file with the place that names it, for diagnostics."""

    source: str
    named_in: str
    span: Span


def may_be_shown(picture: Picture, network: Network) -> bool:
    """Tell whether a picture may be seen at the network's moment."""
    return picture.withdraw_by is None or not network.clock.reached(picture.withdraw_by)


def needed_pictures(network: Network) -> Iterator[NeededPicture]:
    """Yield every picture that a visible entry shows; those in its long text are in its list as well."""
    for by_id in network.items.values():
        for item in by_id.values():
            pictures: tuple[Picture, ...] = getattr(item.entry, "pictures", ())
            for number, picture in enumerate(pictures):
                path = media_path(item, picture.file)
                if path is not None and may_be_shown(picture, network):
                    yield NeededPicture(path, item.path, item.spans.value(("pictures", number, "file")))
