"""What a column of a table is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import Enum
from typing import Any

from msgspec import Struct, field

from stadtnetz.dates import PartialDate
from stadtnetz.model.base import Choice, Record
from stadtnetz.network.network import Network
from stadtnetz.site.edition import Edition

__all__ = ["Codes", "Column", "Form", "Table", "Value", "codes", "of_field", "visible", "written"]

Value = str | float | bool | tuple[str, ...] | None
"""What a cell holds; None where nothing is known."""

Codes = tuple[tuple[str, str], ...]


class Form(Enum):
    """What the values of a column are."""

    TEXT = "text"
    URL = "url"
    DATE = "date"
    """As precise as its source: a year, a month, a day, a minute in Europe/Berlin."""
    NUMBER = "number"
    YES_NO = "yes-no"
    CODE = "code"
    ID = "id"


class Column(Struct, frozen=True):
    """A column: its name, its German label and help text, and how to get its value from a row's subject."""

    name: str
    label: str
    description: str
    form: Form
    value: Callable[[Edition, Any], Value]
    many: bool = False
    """Whether a cell holds a list; its items have no spaces in them."""
    codes: Codes = ()
    """Every value that is possible, with what it means."""
    required: bool = False


class Table(Struct, frozen=True):
    """A table: what its rows are about, and what each of them says."""

    name: str
    """The name of its files."""
    title: str
    description: str
    columns: tuple[Column, ...]
    subjects: Callable[[Edition], Iterable[Any]]
    stand: Callable[[Edition], date | None]
    kinds: tuple[str, ...]
    """The kinds of entries whose facts have a part in it."""
    geometry: Callable[[Edition, Any], dict[str, object] | None] | None = None
    """Where a row is, as a geometry of GeoJSON; None for a table that has no map."""
    located_by: tuple[str, ...] = field(default=())
    """The columns that say the same as the geometry."""

    def rows(self, edition: Edition) -> Iterator[dict[str, Value]]:
        """Yield the rows, each with a value for every column, in their order."""
        for subject in self.subjects(edition):
            yield {column.name: column.value(edition, subject) for column in self.columns}


def of_field(
    model: type[Record],
    name: str,
    form: Form,
    value: Callable[[Edition, Any], Value],
    *,
    many: bool = False,
    codes: Codes = (),
) -> Column:
    """Return a column that shows a field of the model, with the field's label and help text."""
    about = model.model_fields[name]
    label, description = about.title or name, about.description or ""
    return Column(name, label, description, form, value, many, codes, about.is_required())


def codes(choice: type[Choice]) -> Codes:
    """Return the values of a choice with their German labels."""
    return tuple((member.value, member.label_de) for member in choice)


def written(value: object) -> Value:
    """Return a field's value as a cell holds it: dates as they are written, choices by their codes."""
    if isinstance(value, PartialDate | Enum):
        return str(value)
    if isinstance(value, tuple):
        return tuple(str(one) for one in value)
    if value is None or isinstance(value, str | float | bool):
        return value
    raise TypeError(f"no cell for {type(value).__name__}")


def visible(network: Network, kind: str, ids: Iterable[str | None]) -> tuple[str, ...]:
    """Return the ids of visible entries alone."""
    return tuple(id_ for id_ in ids if id_ is not None and id_ in network.items[kind])
