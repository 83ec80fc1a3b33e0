"""The files of the tables, what the data page says of them, and the catalogue for search engines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from stadtnetz.site.edition import Edition
from stadtnetz.site.files import PlannedFile
from stadtnetz.site.opendata.columns import Column, Form, Table
from stadtnetz.site.opendata.formats import About, csv_description, json_schema, to_csv, to_geojson, to_json
from stadtnetz.site.opendata.tables import TABLES
from stadtnetz.site.structured.script import Thing, filled
from stadtnetz.site.structured.things import operator
from stadtnetz.site.views import DataColumn, DatasetView, Link

__all__ = ["data_catalogue", "data_files", "data_stands", "datasets", "licence"]

FOLDER = "daten/"
_MEDIA_TYPES = {".csv": "text/csv", ".json": "application/json", ".geojson": "application/geo+json"}


def data_files(edition: Edition) -> Iterator[PlannedFile]:
    """Plan the files of every table; they depend on the facts of the kinds of entries that are in it."""
    facts = edition.facts
    for table in TABLES:
        inputs = (facts.frame, *(facts.kinds[kind] for kind in table.kinds))
        for ending, make in _formats(table).items():
            path = f"{FOLDER}{table.name}{ending}"
            yield PlannedFile(path, (path, *inputs), partial(make, edition))


def _formats(table: Table) -> dict[str, Callable[[Edition], bytes]]:
    formats: dict[str, Callable[[Edition], bytes]] = {
        ".csv": lambda edition: to_csv(table, table.rows(edition)),
        ".json": lambda edition: to_json(table, table.rows(edition), _about(edition, table)),
        ".schema.json": lambda edition: json_schema(table, _about(edition, table)),
        ".csv-metadata.json": lambda edition: csv_description(table, _about(edition, table)),
    }
    geometry = table.geometry
    if geometry is not None:
        formats[".geojson"] = lambda edition: to_geojson(
            table,
            zip(
                (geometry(edition, subject) for subject in table.subjects(edition)),
                table.rows(edition),
                strict=True,
            ),
            _about(edition, table),
        )
    return formats


def _about(edition: Edition, table: Table) -> About:
    terms = edition.network.site.data
    return About(table.stand(edition), terms.licence, terms.licence_url, edition.addresses.absolute(FOLDER))


def datasets(edition: Edition) -> tuple[DatasetView, ...]:
    """Return what the data page says of each table."""
    return tuple(_dataset(edition, table) for table in TABLES)


def _dataset(edition: Edition, table: Table) -> DatasetView:
    t = edition.texts
    number = sum(1 for _ in table.subjects(edition))
    names = {
        ".csv": "CSV",
        ".json": "JSON",
        ".geojson": "GeoJSON",
        ".schema.json": "JSON Schema",
        ".csv-metadata.json": "CSV on the Web",
    }
    formats = _formats(table)
    url = edition.addresses.url
    return DatasetView(
        anchor=f"daten-{table.name}",
        title=table.title,
        description=table.description,
        rows=t.ngettext("%(num)s row", "%(num)s rows", number),
        stand=edition.stand([table.stand(edition)]),
        files=tuple(
            Link(name, url(f"{FOLDER}{table.name}{ending}"))
            for ending, name in names.items()
            if ending in formats
        ),
        columns=tuple(_column(edition, column) for column in table.columns),
    )


def _column(edition: Edition, column: Column) -> DataColumn:
    t = edition.texts
    words = {
        Form.TEXT: t.gettext("text"),
        Form.URL: t.gettext("address"),
        Form.DATE: t.gettext("date, as precise as known"),
        Form.NUMBER: t.gettext("number"),
        Form.YES_NO: "true, false",
        Form.CODE: t.gettext("one of these values"),
        Form.ID: t.gettext("id"),
    }
    form = words[column.form]
    return DataColumn(
        column.name,
        column.label,
        t.gettext("several: %(form)s", form=form) if column.many else form,
        column.description,
        column.codes,
    )


def data_stands(edition: Edition) -> Iterator[date | None]:
    """Yield the days that the tables hold for."""
    yield from (table.stand(edition) for table in TABLES)


def licence(edition: Edition) -> Link:
    """Return the licence of the data; a link without words where the operator has stated none."""
    terms = edition.network.site.data
    return Link(terms.licence or "", terms.licence_url or "", external=True)


def data_catalogue(edition: Edition, page: str) -> Thing:
    """Return the tables as a catalogue of datasets (https://schema.org/DataCatalog); `page` is the data page's path."""
    url = edition.addresses.absolute(page)
    return filled(
        {
            "@type": "DataCatalog",
            "@id": f"{url}#catalogue",
            "name": edition.network.site.title,
            "url": url,
            "publisher": operator(edition),
            "dataset": [_dataset_thing(edition, table, url) for table in TABLES],
        }
    )


def _dataset_thing(edition: Edition, table: Table, url: str) -> Thing:
    about = _about(edition, table)
    return filled(
        {
            "@type": "Dataset",
            "@id": f"{url}#s-daten-{table.name}",
            "name": f"{edition.network.site.title}: {table.title}",
            "description": table.description,
            "url": f"{url}#s-daten-{table.name}",
            "inLanguage": "de",
            "creator": operator(edition),
            "license": about.licence_url or about.licence,
            "isAccessibleForFree": True,
            "dateModified": about.as_of.isoformat() if about.as_of else None,
            "variableMeasured": [column.name for column in table.columns],
            "distribution": [
                {
                    "@type": "DataDownload",
                    "encodingFormat": _MEDIA_TYPES[ending],
                    "contentUrl": f"{about.folder}{table.name}{ending}",
                }
                for ending in _formats(table)
                if ending in _MEDIA_TYPES
            ],
        }
    )
