"""Pages before they are made: where they will stand, what they are made from, and how.

A page is made only if its inputs differ from those of the last build, so what makes it must know nothing else: an
edition without other news than those it named, and without long texts that it did not plan to show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Concatenate, ParamSpec

from msgspec import Struct

from stadtnetz.fingerprint import of_values
from stadtnetz.model.shared import Entry
from stadtnetz.network.glance import news_named
from stadtnetz.network.library import Item
from stadtnetz.site.edition import Edition
from stadtnetz.site.pictures import shown_pictures
from stadtnetz.site.views import Meta, SiteView

__all__ = [
    "Inputs",
    "MadePage",
    "PlannedPage",
    "facts_of_news",
    "given",
    "knowing",
    "pictures_of_news",
    "planned",
    "planned_about",
    "planned_from",
    "planned_knowing",
    "planned_with_news",
]


Inputs = Callable[[], tuple[str, ...]]
"""What a file is made from, as fingerprints; taken only where somebody asks."""


def given(*inputs: str) -> Inputs:
    """Return inputs that are known already."""
    return lambda: inputs


class MadePage(Struct, frozen=True):
    """A page that is ready to be rendered: by which template, with which frozen values.

    `modified` is the day of its last change of content.
    """

    path: str
    template: str
    language: str
    site: SiteView
    meta: Meta
    view: object
    modified: date | None = None
    in_sitemap: bool = True


class PlannedPage(Struct, frozen=True):
    """A page that output/ will have: where, and what it is made from.

    As long as `inputs` gives the same, `make` gives the same page, so that it need not be made again to know that
    nothing about it changed. `origin` is the content file that it comes from, "" for lists.
    """

    path: str
    file: str
    """Where it stands in output/."""
    language: str
    inputs: Inputs
    make: Callable[[], MadePage]
    origin: str = ""
    news: tuple[str, ...] = ()
    """The ids of the news that it knows: no others have a part in it, but in how many there are."""


P = ParamSpec("P")


def planned(
    edition: Edition,
    path: str,
    make: Callable[Concatenate[Edition, P], MadePage],
    *args: P.args,
    **more: P.kwargs,
) -> PlannedPage:
    """Plan a page that is made from the facts of the whole network but its news, without any long text."""
    making = partial(knowing, edition, (), (), make, *args, **more)
    return planned_from(edition, (edition.facts.rest,), path, "", making)


def planned_about(
    edition: Edition,
    path: str,
    item: Item[Entry],
    make: Callable[Concatenate[Edition, P], MadePage],
    *args: P.args,
    **more: P.kwargs,
) -> PlannedPage:
    """Plan the page of an entry. It shows its long text, and of news those alone that name it or are named by it."""
    known = edition.network.related(item.kind, item.id, "news")
    return planned_knowing(edition, path, [item], known, item.path, make, *args, **more)


def planned_knowing(
    edition: Edition,
    path: str,
    items: Iterable[Item[Entry]],
    news: Iterable[str],
    origin: str,
    make: Callable[Concatenate[Edition, P], MadePage],
    *args: P.args,
    **more: P.kwargs,
) -> PlannedPage:
    """Plan a page that shows the long texts of these entries, and no news but these and those that the texts name."""
    shown = tuple(items)
    ids = tuple(dict.fromkeys([*news, *(id_ for item in shown for id_ in news_named(item))]))

    def inputs() -> tuple[str, ...]:
        return (
            edition.facts.rest,
            *(text for item in shown for text in item.texts),
            *facts_of_news(edition, ids),
            *pictures_of_news(edition, ids),
        )

    making = partial(knowing, edition, shown, ids, make, *args, **more)
    return planned_with_news(edition, inputs, path, origin, making, ids)


def facts_of_news(edition: Edition, ids: Iterable[str]) -> tuple[str, ...]:
    """Return what stands for the facts of those news that can be seen, without their pictures."""
    news = edition.network.news
    return tuple([news[id_].facts for id_ in ids if id_ in edition.network.glances])


def pictures_of_news(edition: Edition, ids: Iterable[str]) -> tuple[str, ...]:
    """Return what stands for the pictures that these news show, of those that can be seen."""
    return pictures_of(edition, (edition.network.news[id_] for id_ in ids if id_ in edition.network.glances))


def pictures_of(edition: Edition, items: Iterable[Item[Entry]]) -> tuple[str, ...]:
    """Return what stands for the pictures that entries show; most show none."""
    if not edition.pictures:
        return ()
    shown = [found for item in items if (found := shown_pictures(item, edition.pictures))]
    return (of_values(*shown),) if shown else ()


def knowing(
    edition: Edition,
    items: Iterable[Item[Entry]],
    ids: Iterable[str],
    make: Callable[Concatenate[Edition, P], MadePage],
    *args: P.args,
    **more: P.kwargs,
) -> MadePage:
    """Make a page of an edition that may show the long texts of these entries, and has no other news than these."""
    return make(edition.showing(items).with_news(ids), *args, **more)


def planned_from(
    edition: Edition, inputs: tuple[str, ...], path: str, origin: str, make: Callable[[], MadePage]
) -> PlannedPage:
    """Plan a page that is made from these inputs alone; the edition that `make` knows must hold nothing else."""
    return planned_with_news(edition, given(*inputs), path, origin, make, ())


def planned_with_news(
    edition: Edition,
    inputs: Inputs,
    path: str,
    origin: str,
    make: Callable[[], MadePage],
    news: tuple[str, ...],
) -> PlannedPage:
    """Plan a page that knows of these news, which are asked for only once its inputs are."""
    file = path if path.endswith(".html") else f"{path}index.html"

    def whole() -> tuple[str, ...]:
        return (edition.language, path, *inputs())

    return PlannedPage(path, file, edition.language, whole, make, origin, news)
