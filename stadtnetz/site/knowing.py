"""What shows some news: the pages and feeds that know them, planned without the news themselves, and contact cards."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from itertools import chain
from urllib.parse import unquote

from stadtnetz.network.glance import Glance
from stadtnetz.network.network import Network
from stadtnetz.site.common import site_view
from stadtnetz.site.edition import Edition
from stadtnetz.site.feeds import PlannedText, feeds
from stadtnetz.site.files import PlannedFile
from stadtnetz.site.news import Backgrounds, Glances, Known, news_page
from stadtnetz.site.planning import PlannedPage

__all__ = ["Knowing", "needed_by"]


def needed_by(news: Iterable[str], glances: Glances, backgrounds: Backgrounds) -> dict[str, Glance]:
    """Return a glance at these news and at those that their pages know, in their order."""
    known = [Known.by(glances, backgrounds, id_).ids for id_ in news if id_ in glances]
    needed = set(chain(*known))
    return {id_: glance for id_, glance in glances.items() if id_ in needed}


class Knowing:
    """The pages of some news, and all that knows others of them."""

    def __init__(
        self,
        edition: Callable[[str], Edition],
        network: Network,
        own: Iterable[str],
        others: Collection[str],
    ) -> None:
        """Plan the pages of the news `own`, and everything that knows one of `others`.

        `edition` makes that of a language. The network must have `others`, and of the rest no more than a glance;
        without `others` none at news that are not needed by `own`.
        """
        self._editions = [edition(network.site.languages[0])]
        main = self._editions[0]
        pages = [news_page(main, site_view(main), id_) for id_ in own if id_ in network.glances]
        texts: list[PlannedText] = []
        files: list[PlannedFile] = []
        if others:
            # Imported here for the sake of a quick start: most edits are of texts.
            from stadtnetz.site.contact_cards import cards_of
            from stadtnetz.site.pages import pages_knowing

            self._editions += map(edition, network.site.languages[1:])
            for one in self._editions:
                pages += pages_knowing(one, site_view(one), others)
            texts += (text for text in feeds(main) if not set(others).isdisjoint(text.news))
            shown = [network.news[id_] for id_ in others if id_ in network.news]
            files += cards_of(main, shown)
        self.files = tuple(files)
        self.pages: tuple[PlannedPage, ...] = tuple({page.file: page for page in pages}.values())
        self.texts: tuple[PlannedText, ...] = tuple(texts)

    @property
    def paths(self) -> set[str]:
        """Return where everything stands in output/."""
        pages, texts = (page.file for page in self.pages), (text.file for text in self.texts)
        return {*pages, *texts, *(file.file for file in self.files)}

    @property
    def news(self) -> set[str]:
        """Return the ids of the news that can be seen and that they know."""
        known = (*(page.news for page in self.pages), *(text.news for text in self.texts))
        return set(chain(*known)) & self._editions[0].network.glances.keys()

    def is_pointed_into(self, places: Iterable[str]) -> bool:
        """Tell whether one of these places, as `anchors.places_named` has them, may be inside such a page."""
        paths = set()
        for kind, _, id_ in (unquote(place.partition("#")[0]).partition(":") for place in places):
            paths.add(id_.removeprefix("/") if kind == "path" else None)
            paths.update(one.paths.get((kind, id_)) for one in self._editions)
        return any(page.path in paths for page in self.pages)
