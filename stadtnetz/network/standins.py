"""Texts that only stand in for one: what people write into a field that must not be empty."""

from __future__ import annotations

import re

__all__ = ["says_nothing"]

_NOTHING = re.compile(
    # "Foto: unbekannt" names as little as "unbekannt"; without the colon it may be a name.
    r"[\W_]*|[\W_]*(?:(?:foto(?:s|graf(?:in)?)?|bild(?:er)?|quelle|credit|photo)\s*:[\W_]*)?"
    r"(?:todo|tbd|tba|x{2,}|folgt(?: noch)?|(?:wird )?(?:noch )?(?:nachgetragen|ergänzt)|nachtragen|platzhalter|"
    r"placeholder|unbekannt|unknown|n\. ?n\.?|k\. ?a\.|keine angabe|n/?a|none|entf[äa]llt|internet|google)[\W_]*",
    re.IGNORECASE,
)


def says_nothing(value: str) -> bool:
    """Tell whether a text is none ("folgt", "xxx", "-")."""
    return _NOTHING.fullmatch(value) is not None
