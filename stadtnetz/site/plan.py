"""The plan: every file that output/ will have, before one of them is rendered.

A `Plan` exists only without collisions, and every internal path that a long text names is in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from urllib.parse import unquote

from msgspec import Struct

from stadtnetz.diagnostics import Diagnostic, Related, problem
from stadtnetz.diagnostics.suggest import nearest
from stadtnetz.model.picture import Attachment
from stadtnetz.network.network import Network
from stadtnetz.network.references import media_path
from stadtnetz.site.addresses import Addresses
from stadtnetz.site.admin import BUNDLE, admin
from stadtnetz.site.calendars import calendars
from stadtnetz.site.common import site_view
from stadtnetz.site.contact_cards import contact_cards
from stadtnetz.site.edition import Edition, edition_of
from stadtnetz.site.facts import facts_of
from stadtnetz.site.feeds import PlannedText, feeds, robots
from stadtnetz.site.files import PlannedFile
from stadtnetz.site.findable import Shard, shards_of
from stadtnetz.site.handbook import FOLDER, handbook_pages, handbook_pictures
from stadtnetz.site.languages import in_words
from stadtnetz.site.opendata.files import data_files
from stadtnetz.site.pages import pages_of
from stadtnetz.site.parts import attachment_path, file_path
from stadtnetz.site.pictures import Pictures
from stadtnetz.site.planning import PlannedPage
from stadtnetz.site.previews import Preview, previews
from stadtnetz.site.redirects import MOVED, Moves, moved_pages, old_addresses
from stadtnetz.site.search import search_pages
from stadtnetz.site.securitytxt import security_txt
from stadtnetz.site.serving.files import server_files
from stadtnetz.site.videos import video_files
from stadtnetz.source import SourceFile

__all__ = ["Plan", "Shards", "editions_of", "make_plan", "shards_in"]


class Shards(Struct, frozen=True):
    """The parts of the search index; `waiting` where these are not all of today."""

    all: tuple[Shard, ...]
    waiting: bool


class Plan(Struct, frozen=True):
    """What output/ will have besides assets and pictures, and the list of addresses (`feeds.sitemap`).

    `copies` are files to take over as they are: path in output/ to path in content/. `previews` are to be drawn.
    """

    pages: tuple[PlannedPage, ...]
    texts: tuple[PlannedText, ...]
    files: tuple[PlannedFile, ...]
    copies: Mapping[str, str]
    moves: Moves
    """What became of old addresses."""
    rest: str
    """What stands for everything but news; see `facts`."""
    previews: tuple[Preview, ...]
    shards: Shards

    @property
    def live(self) -> frozenset[str]:
        """Return the addresses of pages and files below the site's root, without those that lead elsewhere."""
        moved = {redirect.old for redirect in self.moves.moved}
        texts = {text.file for text in self.texts if text.template != MOVED}
        files = {file.file for file in self.files}
        return frozenset({*(page.path for page in self.pages), *texts, *files, *self.copies} - moved)


def editions_of(
    network: Network,
    addresses: Addresses,
    pictures: Pictures,
    site: str = "",
    since: datetime | None = None,
) -> list[Edition]:
    """Return the editions in all languages, the main one first. `site` and `since` are those of `facts_of`."""
    facts = facts_of(network, site, addresses.base_url, pictures, since)
    return [edition_of(network, addresses, language, pictures, facts) for language in network.site.languages]


def shards_in(editions: Sequence[Edition], shelved: Mapping[str, Shard]) -> Shards:
    """Return the parts of the search index. `shelved` are parts by name that do although there may be newer ones."""
    newest = shards_of(editions)
    shards = tuple(shelved.get(shard.name, shard) for shard in newest)
    return Shards(shards, any(one.key != new.key for one, new in zip(shards, newest, strict=True)))


def make_plan(
    editions: Sequence[Edition], shards: Shards, besides: Mapping[str, SourceFile]
) -> tuple[Plan, tuple[Diagnostic, ...]]:
    """Plan every page of every edition. `besides` are the files of the form's bundle and of the handbook, by path."""
    main = editions[0]
    network = main.network
    bundle, handbook = (
        {path: file for path, file in besides.items() if path.startswith(folder)}
        for folder in (BUNDLE, FOLDER)
    )
    pages = [page for edition in editions for page in _pages(edition, shards.all)]
    pages += handbook_pages(main, site_view(main), handbook)
    diagnostics = [*_collisions(pages), *_broken_paths(network, pages)]
    unique = tuple({page.file: page for page in reversed(pages)}.values())[::-1]
    form = admin(main, bundle, unique)
    diagnostics += form.problems
    files = (*calendars(main), *contact_cards(main), *data_files(main), *form.files)
    drawn = dict.fromkeys(preview for edition in editions for preview in previews(edition))
    texts_ = (*feeds(main), robots(main), *form.texts)
    copies = {**_copies(network), **form.copies, **handbook_pictures(main, handbook)}
    named = {
        *(page.file for page in unique),
        *(text.file for text in texts_),
        *(file.file for file in files),
        *copies,
    }
    moves = old_addresses(editions, named | {page.path for page in unique})
    if network.site.deploy.redirect_pages:
        texts_ += tuple(moved_pages(main, moves.moved, sorted(named)))
    files += (*server_files(main, moves), *security_txt(main))
    plan = Plan(unique, texts_, files, copies, moves, main.facts.rest, tuple(drawn), shards)
    return plan, tuple(diagnostics)


def _pages(edition: Edition, shards: Sequence[Shard]) -> Iterator[PlannedPage]:
    site = site_view(edition)
    yield from pages_of(edition, site)
    if edition.is_main or in_words(edition.language):
        yield from search_pages(edition, site, shards)


def _collisions(pages: Sequence[PlannedPage]) -> Iterator[Diagnostic]:
    seen: dict[str, PlannedPage] = {}
    for page in pages:
        # File systems of editors and servers may not tell upper and lower case apart.
        first = seen.setdefault(page.file.casefold(), page)
        if first is not page:
            origin, other = (page.origin, first.origin) if page.origin else (first.origin, page.origin)
            related = (Related("first-here", other),) if other else ()
            yield problem("duplicate-permalink", origin or "site.yaml", related=related, url=f"/{page.path}")


def _broken_paths(network: Network, pages: Sequence[PlannedPage]) -> Iterator[Diagnostic]:
    """Report links such as /presse/ in long texts that lead to no page; better ones name the entry."""
    known = {f"/{page.path}" for page in pages}
    for by_id in network.items.values():
        for item in by_id.values():
            for text, path in item.all_texts:
                if not any(kind == "path" and unquote(id_) not in known for kind, id_ in text.targets):
                    continue
                for reference in text.body.references:
                    target = unquote(reference.id)
                    if reference.kind == "path" and target not in known:
                        suggestion = nearest(target, known)
                        yield problem(
                            "broken-path", path, reference.span, target=reference.id, suggestion=suggestion
                        )


def _copies(network: Network) -> dict[str, str]:
    found: dict[str, str] = {}
    for by_id in network.items.values():
        for item in by_id.values():
            files: tuple[Attachment, ...] = getattr(item.entry, "attachments", ())
            for attachment in files:
                source = media_path(item, attachment.file)
                if source is not None:
                    found[attachment_path(item, attachment)] = source
            for file in video_files(item.entry):
                source = media_path(item, file)
                if source is not None:
                    found[file_path(item, file)] = source
    return found
