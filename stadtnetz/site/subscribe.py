"""The page that lists all feeds and calendars."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from stadtnetz.model.city import State
from stadtnetz.site.edition import Edition, stand_of
from stadtnetz.site.frame import page_for
from stadtnetz.site.planning import MadePage, PlannedPage, planned_from
from stadtnetz.site.subscriptions import (
    SUBSCRIBE,
    all_events,
    all_news,
    city_calendar,
    city_feed,
    news_types,
    of_feed,
    state_subscriptions,
    topic_subscriptions,
)
from stadtnetz.site.views import SiteView, SubscribeView, Subscription, SubscriptionGroup

__all__ = ["subscribe_pages"]


def subscribe_pages(edition: Edition, site: SiteView) -> Iterator[PlannedPage]:
    """Yield the page. It depends on which feeds there are, not on the news in them."""
    groups = _groups(edition)
    path = f"{edition.prefix}{SUBSCRIBE}"

    def make() -> MadePage:
        return _page(edition.with_news(()), site, path, groups)

    yield planned_from(edition, (edition.facts.rest, repr(groups)), path, "", make)


def _groups(edition: Edition) -> tuple[SubscriptionGroup, ...]:
    t = edition.texts
    network = edition.network
    present = {glance.type for glance in network.glances.values()}
    feeds = [one for id_ in network.cities for one in city_feed(edition, id_)]
    calendars = [one for id_ in network.cities for one in city_calendar(edition, id_)]
    groups = (
        (
            "alles",
            t.gettext("Everything"),
            [_with_form(one) for one in (all_news(edition), *all_events(edition))],
        ),
        (
            "art",
            t.gettext("News by type (feeds)"),
            [of_feed(edition, "type", type_.value) for type_ in news_types(edition) if type_ in present],
        ),
        ("thema", t.gettext("News by topic (feeds)"), _sorted(edition, _of_topics(edition))),
        (
            "land",
            t.gettext("News by state (feeds)"),
            _sorted(edition, [one for state in State for one in state_subscriptions(edition, state)]),
        ),
        ("ort", t.gettext("News by place (feeds)"), _sorted(edition, feeds)),
        ("termine", t.gettext("Events by place (calendars)"), _sorted(edition, calendars)),
    )
    return tuple(SubscriptionGroup(anchor, title, tuple(items)) for anchor, title, items in groups if items)


def _of_topics(edition: Edition) -> list[Subscription]:
    return [one for id_ in edition.network.topics for one in topic_subscriptions(edition, id_)]


def _with_form(one: Subscription) -> Subscription:
    """Say what it is where feeds and calendars stand side by side."""
    return replace(one, short=f"{one.short} ({one.form})")


def _sorted(edition: Edition, items: list[Subscription]) -> list[Subscription]:
    return sorted(items, key=lambda one: edition.texts.sort_key(one.short))


def _page(edition: Edition, site: SiteView, path: str, groups: tuple[SubscriptionGroup, ...]) -> MadePage:
    t = edition.texts
    view = SubscribeView(
        heading=t.gettext("Subscribe"),
        lead=t.gettext("News as a feed and events as a calendar: new items then come to you by themselves."),
        groups=groups,
    )
    return page_for(
        edition,
        site,
        path=path,
        template="subscribe.html",
        view=view,
        title=view.heading,
        description=view.lead,
        section="",
        # What can be subscribed to follows from these; the news themselves are not shown.
        stand=[
            stand_of(item)
            for kind in ("city", "topic", "event")
            for item in edition.network.items[kind].values()
        ],
        tool=SUBSCRIBE,
        kind="CollectionPage",
    )
