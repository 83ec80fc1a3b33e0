"""security.txt (RFC 9116): whom finders of security holes can tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from functools import partial

from stadtnetz.clock import BERLIN
from stadtnetz.model.deploy import SecurityContact
from stadtnetz.site.edition import Edition
from stadtnetz.site.files import PlannedFile

__all__ = ["SECURITY_TXT", "security_txt"]

SECURITY_TXT = ".well-known/security.txt"


def security_txt(edition: Edition) -> Iterator[PlannedFile]:
    """Plan the file where a contact is stated and the statement still holds: an expired one must not be used."""
    stated, clock = edition.network.site.security, edition.network.clock
    if stated.expires is None or not (stated.email or stated.url) or clock.passed(stated.expires):
        return
    lines = _lines(stated, edition.addresses.absolute(SECURITY_TXT))
    text = "".join(f"{name}: {value}\n" for name, value in lines)
    yield PlannedFile(SECURITY_TXT, (text,), partial(bytes, text.encode()))


def _lines(stated: SecurityContact, canonical: str) -> Iterator[tuple[str, str]]:
    if stated.email:
        yield "Contact", f"mailto:{stated.email}"
    if stated.url:
        yield "Contact", stated.url
    if stated.expires is not None:
        yield "Expires", f"{stated.expires.ends(BERLIN).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    yield "Preferred-Languages", stated.languages
    yield "Canonical", canonical
    if stated.policy:
        yield "Policy", stated.policy
    if stated.acknowledgments:
        yield "Acknowledgments", stated.acknowledgments
