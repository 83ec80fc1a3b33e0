"""Figures: a picture with what must stand at it, in articles, on cards and for the press.

Who made a picture is said wherever it is shown, and who is on it is told row by row from the back, in each from the
left, as one would point at them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from stadtnetz.i18n import Texts
from stadtnetz.model.picture import Column, Licence, Person, Picture, Row
from stadtnetz.model.shared import Entry
from stadtnetz.network.library import Item
from stadtnetz.network.references import media_path, placed_pictures
from stadtnetz.site.edition import Edition
from stadtnetz.site.picture_views import IN_CARD, IN_COLUMN, picture_view
from stadtnetz.site.pictures import PictureFile, may_be_shown
from stadtnetz.site.views import FigureView, Link, TeaserView

__all__ = ["figure", "figures", "leading", "people_text", "press_figures", "teaser"]


def figures(edition: Edition, item: Item[Entry], *, sizes: str = IN_COLUMN) -> tuple[FigureView, ...]:
    """Return an entry's pictures, without those that its text shows and those that may no longer be shown."""
    pictures: tuple[Picture, ...] = getattr(item.entry, "pictures", ())
    body = edition.read(item, item.text) if item.text is not None and item.text.has_images else None
    in_text = {media_path(item, image.file) for image in (body.images if body is not None else ())}
    chosen = (one for one in pictures if media_path(item, one.file) not in in_text)
    found = (figure(edition, item, picture, sizes) for picture in chosen)
    return tuple(view for view in found if view is not None)


def figure(
    edition: Edition, item: Item[Entry], picture: Picture, sizes: str, *, origin: Link | None = None
) -> FigureView | None:
    """Return one picture, None where there is no file or it may no longer be shown."""
    encoded = _encoded(edition, item, picture)
    if encoded is None:
        return None
    return FigureView(
        picture=picture_view(edition.addresses, encoded, picture.alt, sizes, language=edition.original_mark),
        caption=picture.caption or "",
        people=people_text(edition.texts, edition.language, picture.people),
        credit=picture.credit,
        licence=edition.licence_link(picture),
        download=edition.print_link(encoded, picture),
        origin=origin,
    )


def leading(views: tuple[FigureView, ...]) -> tuple[FigureView, ...]:
    """Return figures of which the first is what the page begins with: it is fetched at once."""
    if not views:
        return ()
    first = replace(views[0], picture=replace(views[0].picture, lazy=False))
    return (first, *views[1:])


def teaser(edition: Edition, item: Item[Entry]) -> TeaserView | None:
    """Return an entry's first picture for its card."""
    pictures: tuple[Picture, ...] = getattr(item.entry, "pictures", ())
    encoded = _encoded(edition, item, pictures[0]) if pictures else None
    if encoded is None:
        return None
    picture = picture_view(
        edition.addresses, encoded, pictures[0].alt, IN_CARD, language=edition.original_mark
    )
    return TeaserView(picture, pictures[0].credit)


def press_figures(edition: Edition, items: Iterable[Item[Entry]], most: int) -> tuple[FigureView, ...]:
    """Return the pictures that others may print, each once, with links to the entries that show them."""
    found: dict[str, FigureView] = {}
    for item in items:
        for _, picture in placed_pictures(item.entry):
            path = media_path(item, picture.file) or ""
            if picture.licence is not Licence.RESERVED and path not in found:
                view = figure(edition, item, picture, IN_CARD, origin=edition.link(item.kind, item.id))
                if view is not None:
                    found[path] = view
                if len(found) == most:
                    return tuple(found.values())
    return tuple(found.values())


def _encoded(edition: Edition, item: Item[Entry], picture: Picture) -> PictureFile | None:
    encoded = edition.pictures.get(media_path(item, picture.file) or "")
    return encoded if encoded is not None and may_be_shown(picture, edition.network) else None


def people_text(t: Texts, language: str, people: tuple[Person, ...]) -> str:
    """Say who is to be seen: "Hinten: A und B; vorne, von links: C und D; außerdem: E"."""
    parts = [
        part
        for row in (Row.BACK, Row.MIDDLE, Row.FRONT, None)
        for part in _row(
            t, row.label(language) if row is not None else "", [p for p in people if p.row is row]
        )
    ]
    others = t.join([_person(person) for person in people if person.row is None and person.column is None])
    if others:
        parts.append(t.gettext("also: %(names)s", names=others) if parts else others)
    text = "; ".join(parts)
    return text[:1].upper() + text[1:]


def _row(t: Texts, row: str, people: list[Person]) -> Iterator[str]:
    """Yield the people of a row, those with a place in it first; without a row, those with a place alone."""
    columns = [column for column in Column if any(person.column is column for person in people)]
    placed = [person for column in columns for person in people if person.column is column]
    if placed:
        where = _from_left(t, row) if len(columns) > 1 else _at(t, row, columns[0])
        yield f"{where}: {t.join([_person(person) for person in placed])}"
    others = [person for person in people if person.column is None]
    if row and others:
        yield f"{row}: {t.join([_person(person) for person in others])}"


def _from_left(t: Texts, row: str) -> str:
    return t.gettext("%(row)s, from left", row=row) if row else t.gettext("from left")


def _at(t: Texts, row: str, column: Column) -> str:
    match column:
        case Column.LEFT:
            return t.gettext("%(row)s, left", row=row) if row else t.gettext("left")
        case Column.CENTRE:
            return t.gettext("%(row)s, centre", row=row) if row else t.gettext("centre")
        case _:
            return t.gettext("%(row)s, right", row=row) if row else t.gettext("right")


def _person(person: Person) -> str:
    about = ", ".join(part for part in (person.role, person.organisation) if part)
    return f"{person.name} ({about})" if about else person.name
