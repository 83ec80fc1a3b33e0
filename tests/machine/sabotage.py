"""What correctness rests on, each with a way to leave it out; the machine must notice that it is gone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stadtnetz import incremental, retouching, source
from stadtnetz.incremental import KEY_PARTS, Keys
from stadtnetz.output import disk
from stadtnetz.output.disk import Seen
from stadtnetz.output.ledger import Summary
from stadtnetz.signatures import Signature, signature_of
from stadtnetz.site import news_lists, planning

__all__ = ["INGREDIENTS"]

_TOLD_TWICE = frozenset({"place", "language"})
"""Parts of the key that the values say as well: every page has addresses, and its language. Without one of them no
page can be wrong, so there is nothing to notice; test_incremental.py asks the key itself."""


def _without(part: str) -> Callable[[pytest.MonkeyPatch], None]:
    original = Keys.__init__

    def begin(self: Keys, *given: object) -> None:
        original(self, *given)  # type: ignore[arg-type]
        self._parts = tuple(name for name in KEY_PARTS if name != part)

    return lambda patch: patch.setattr(Keys, "__init__", begin)


def _without_inputs(patch: pytest.MonkeyPatch) -> None:
    """Believe that what a page's values are made from never changes."""
    patch.setattr(incremental, "_joined", lambda _inputs: "")


def _without_time(patch: pytest.MonkeyPatch) -> None:
    """Believe that a build holds for ever."""
    patch.setattr(Summary, "holds_at", lambda _self, _now: True)


def _without_fields(patch: pytest.MonkeyPatch) -> None:
    """Believe that of news nothing but the text ever changes."""
    patch.setattr(retouching, "changed_words", lambda _before, _now: frozenset())


def _without_others(patch: pytest.MonkeyPatch) -> None:
    """Believe that nothing but its own page shows the words of a news item."""
    whole = retouching.Knowing
    patch.setattr(
        retouching, "Knowing", lambda edition, network, own, _others: whole(edition, network, own, ())
    )


def _without_glances(patch: pytest.MonkeyPatch) -> None:
    """Believe that nobody but its own page asks what a news item is called."""
    patch.setattr(planning, "facts_of_news", lambda _edition, ids: tuple(ids))
    patch.setattr(news_lists, "facts_of_news", lambda _edition, ids: tuple(ids))


def _without_modes(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Seen, "proper", True)


def _without_change_time(patch: pytest.MonkeyPatch) -> None:
    """Believe the time of modification, which anybody can set."""

    def trusting(status: object) -> Signature:
        size, modified, _, number = signature_of(status)  # type: ignore[arg-type]
        return size, modified, modified, number

    for module in (source, disk):
        patch.setattr(module, "signature_of", trusting)


INGREDIENTS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    **{f"key: {part}": _without(part) for part in KEY_PARTS if part not in _TOLD_TWICE},
    "inputs": _without_inputs,
    "time": _without_time,
    "fields of news": _without_fields,
    "what knows news": _without_others,
    "facts of news": _without_glances,
    "modes": _without_modes,
    "change time": _without_change_time,
}
"""By name, what takes a part of the machinery away; a new part of it is one more line."""
