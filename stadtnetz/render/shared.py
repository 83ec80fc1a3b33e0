"""What many pages of a build show alike, rendered once: words of the interface, and pieces such as the footer.

A page has three dozen words that fill in nothing, and Jinja takes longer for each of them than for a line of the page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from jinja2.runtime import Macro

__all__ = ["Shared", "remembering"]

_MOST_KEPT = 20_000


def remembering(gettext: Callable[[str], str]) -> Callable[..., Markup]:
    """Return what Jinja makes of a `gettext` where everything is escaped; what fills in nothing is made once."""
    plain: dict[str, Markup] = {}

    def translate(message: str, /, **values: object) -> Markup:
        if values:
            return Markup(gettext(message)) % values  # noqa: S704 - our own words; values are escaped
        if message not in plain:
            plain[message] = Markup(gettext(message)) % {}  # noqa: S704 - our own words
        return plain[message]

    return translate


class Shared:
    """`shared(macro, value)` in a template: what the macro makes of a value that many pages hold in common.

    Values are frozen and macros know nothing but their arguments, so the same value gives the same text. Values are
    told apart by identity and kept alive with what was made of them, so that none is taken for another's; further
    arguments are plain texts and numbers.
    """

    def __init__(self) -> None:
        self._made: dict[tuple[int, int, tuple[str | int, ...]], tuple[Macro, object, Markup]] = {}

    def __call__(self, macro: Macro, value: object, *more: str | int) -> Markup:
        """Return what the macro makes of the value and what it is given besides."""
        key = id(macro), id(value), more
        known = self._made.get(key)
        if known is None:
            if len(self._made) >= _MOST_KEPT:
                self._made.clear()
            known = self._made[key] = macro, value, Markup(macro(value, *more))  # noqa: S704 - a macro escapes what it fills in
        return known[2]
