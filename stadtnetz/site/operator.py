"""What the operator states in site.yaml, as sections of the imprint, the privacy and press pages."""

from __future__ import annotations

from msgspec import Struct

from stadtnetz.model.base import Record
from stadtnetz.model.page import Layout
from stadtnetz.network.operator import REQUIRED
from stadtnetz.site.edition import Edition
from stadtnetz.site.parts import phone_url
from stadtnetz.site.views import OperatorField

__all__ = ["OperatorSection", "operator_sections"]


class OperatorSection(Struct, frozen=True):
    """A heading with its fields; incomplete where a required field is empty."""

    heading: str
    fields: tuple[OperatorField, ...]
    incomplete: bool


def operator_sections(edition: Edition, layout: Layout) -> tuple[OperatorSection, ...]:
    """Return the sections that belong to a page's layout, none for most pages."""
    site = edition.network.site
    t = edition.texts
    of_layout: dict[Layout, tuple[tuple[str, str, Record], ...]] = {
        Layout.IMPRINT: (
            (t.gettext("Service provider"), "imprint", site.imprint),
            (t.gettext("Responsible for the content"), "responsible", site.responsible),
        ),
        Layout.PRIVACY: ((t.gettext("Controller and contact"), "privacy", site.privacy),),
        Layout.PRESS: ((t.gettext("Press contact"), "press", site.press),),
    }
    return tuple(
        _section(edition, heading, name, record) for heading, name, record in of_layout.get(layout, ())
    )


def _section(edition: Edition, heading: str, name: str, record: Record) -> OperatorSection:
    fields = []
    incomplete = False
    for field, label in _labels(edition, name).items():
        value = getattr(record, field)
        required = (name, field) in REQUIRED
        incomplete = incomplete or (required and value is None)
        if value is not None or required:
            fields.append(_field(edition, label, field, value))
    return OperatorSection(heading, tuple(fields), incomplete)


def _field(edition: Edition, label: str, field: str, value: str | None) -> OperatorField:
    if value is None:
        return OperatorField(label, "")
    urls = {"email": f"mailto:{value}", "phone": phone_url(value)}
    url = urls.get(field, "")
    # Names and addresses are German; a mailbox or a number is in no language.
    return OperatorField(label, value, url, "" if url else edition.original_mark)


def _labels(edition: Edition, section: str) -> dict[str, str]:
    """Return the fields of a section in reading order with their labels."""
    t = edition.texts
    contact = {"email": t.gettext("E-mail"), "phone": t.gettext("Telephone")}
    return {
        "imprint": {
            "name": t.gettext("Name"),
            "address": t.gettext("Address"),
            "represented_by": t.gettext("Represented by"),
            **contact,
            "register_entry": t.gettext("Register"),
            "vat_id": t.gettext("VAT number"),
        },
        "responsible": {"name": t.gettext("Name"), "address": t.gettext("Address")},
        "privacy": {
            "controller": t.gettext("Controller"),
            "officer": t.gettext("Data protection officer"),
            "email": t.gettext("E-mail"),
            "hosting": t.gettext("Hosting"),
            "log_retention": t.gettext("Access logs"),
        },
        "press": {"name": t.gettext("Contact"), **contact},
    }[section]
