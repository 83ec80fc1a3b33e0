"""The pages that are measured: one of each kind that is written, and those that are derived beside them."""

from __future__ import annotations

from tests.browser.kinds import KINDS

__all__ = ["PAGES"]

PAGES = {
    **KINDS,
    "partners of a level": "partner/ebene/bund/",
    "partners of a sector": "partner/bereich/zivilgesellschaft/",
    "becoming a member": "mitglied-werden/",
    "offers": "angebote/",
    "privacy": "datenschutz/",
    "accessibility": "barrierefreiheit/",
    "about plain language": "einfache-sprache/",
    "sign language": "gebaerdensprache/",
    "English programme": "en/programm/",
    "English privacy": "en/datenschutz/",
    "plain programme": "einfach/programm/",
}
