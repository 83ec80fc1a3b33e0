"""What readers can subscribe to: which feeds and calendars there are, where, and what they are called.

There is no feed without news and no calendar without a dated event: an empty one would look like a broken one, and
whoever subscribed to it could not tell. Each comes into being with its first item, at an address that never changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from stadtnetz.dates import PartialDate
from stadtnetz.model.city import State
from stadtnetz.model.event import Event
from stadtnetz.model.news import NewsType
from stadtnetz.site.edition import Edition
from stadtnetz.site.views import Subscription
from stadtnetz.text.slug import slugify

__all__ = [
    "ALL_EVENTS",
    "ALL_NEWS",
    "SUBSCRIBE",
    "all_events",
    "all_news",
    "calendar_path",
    "city_calendar",
    "city_feed",
    "city_subscriptions",
    "feed_path",
    "has_calendar_date",
    "is_calendar_date",
    "news_types",
    "of_feed",
    "state_subscriptions",
    "topic_subscriptions",
    "type_path",
]

SUBSCRIBE = "abonnieren/"
"""Where all feeds and calendars are listed, below the prefix of a language."""
ALL_NEWS, ALL_EVENTS = "feed.xml", "termine/termine.ics"
_STATES = {state.value: state for state in State}
_TYPES = {type_.value: type_ for type_ in NewsType}
ATOM, CALENDAR = "application/atom+xml", "text/calendar"


def type_path(type_: NewsType) -> str:
    """Return the address of the list of all news of a type."""
    return f"aktuelles/art/{slugify(type_.label_de)}/"


def feed_path(kind: str, id_: str) -> str:
    """Return where a feed stands; `kind` is city, topic, state or type, `id_` the entry's id or the choice's value."""
    match kind:
        case "city":
            return f"aktuelles/ort/{id_}/feed.xml"
        case "topic":
            return f"aktuelles/thema/{id_}/feed.xml"
        case "state":
            return f"staedte/land/{slugify(_STATES[id_].label_de)}/feed.xml"
        case _:
            return f"{type_path(_TYPES[id_])}feed.xml"


def calendar_path(kind: str, id_: str) -> str:
    """Return where the calendar of a city or of one event stands."""
    return f"staedte/{id_}/termine.ics" if kind == "city" else f"termine/{id_}/termin.ics"


def news_types(edition: Edition) -> Mapping[NewsType, str]:
    """Return what news of each type are called."""
    t = edition.texts
    return {
        NewsType.PRESS_RELEASE: t.gettext("Press releases"),
        NewsType.NEWS: t.gettext("News items"),
        NewsType.CALL: t.gettext("Calls"),
        NewsType.PORTRAIT: t.gettext("Portraits"),
        NewsType.REVIEW: t.gettext("Reviews"),
    }


def all_news(edition: Edition) -> Subscription:
    """Return the feed of everything."""
    return _subscription(edition, edition.texts.gettext("All news"), ALL_NEWS)


def all_events(edition: Edition) -> Iterator[Subscription]:
    """Yield the calendar of all events, if any has a day."""
    if any(has_calendar_date(item.entry) for item in edition.network.events.values()):
        yield _subscription(edition, edition.texts.gettext("All events"), ALL_EVENTS)


def of_feed(edition: Edition, kind: str, id_: str) -> Subscription:
    """Return a feed, whose news must exist; `kind` and `id_` as for `feed_path`."""
    t = edition.texts
    match kind:
        case "city":
            short = edition.link("city", id_).text
            name = t.gettext("News about %(city)s", city=short)
        case "topic":
            short = edition.link("topic", id_).text
            name = t.gettext("News on the topic %(topic)s", topic=short)
        case "state":
            short = _STATES[id_].label(edition.language)
            name = t.gettext("News from %(state)s", state=short)
        case _:
            name = short = news_types(edition)[_TYPES[id_]]
    return _subscription(edition, name, feed_path(kind, id_), short)


def city_feed(edition: Edition, id_: str) -> Iterator[Subscription]:
    """Yield the feed of a city, if there is news about it."""
    if edition.network.related("city", id_, "news"):
        yield of_feed(edition, "city", id_)


def city_subscriptions(edition: Edition, id_: str) -> Iterator[Subscription]:
    """Yield what a city's page offers: its news and its events, those that there are."""
    yield from city_feed(edition, id_)
    yield from city_calendar(edition, id_)


def city_calendar(edition: Edition, id_: str) -> Iterator[Subscription]:
    """Yield the calendar of a city, if one of its events has a day."""
    events = edition.network.events
    if any(has_calendar_date(events[one].entry) for one in edition.network.related("city", id_, "event")):
        short = edition.link("city", id_).text
        name = edition.texts.gettext("Events of %(city)s", city=short)
        yield _subscription(edition, name, calendar_path("city", id_), short)


def topic_subscriptions(edition: Edition, id_: str) -> Iterator[Subscription]:
    """Yield the feed of a topic, if there is news about it."""
    if edition.network.related("topic", id_, "news"):
        yield of_feed(edition, "topic", id_)


def state_subscriptions(edition: Edition, state: State) -> Iterator[Subscription]:
    """Yield the feed of a state, if there is news about a place in it."""
    network = edition.network
    if any(
        item.entry.state is state and network.related("city", id_, "news")
        for id_, item in network.cities.items()
    ):
        yield of_feed(edition, "state", state.value)


def is_calendar_date(date: PartialDate) -> bool:
    """Tell whether a calendar can hold a date: one of which only the month or the year is known has no day there."""
    return date.day is not None


def has_calendar_date(event: Event) -> bool:
    """Tell whether a calendar can hold at least one of an event's dates."""
    return any(is_calendar_date(start) for start in (event.start, *(one.start for one in event.repeats)))


def _subscription(edition: Edition, name: str, path: str, short: str = "") -> Subscription:
    t = edition.texts
    form, media_type = (
        (t.gettext("Calendar"), CALENDAR) if path.endswith(".ics") else (t.gettext("Feed"), ATOM)
    )
    return Subscription(name, short or name, form, edition.addresses.url(path), media_type)
