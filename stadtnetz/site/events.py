"""Events: what is coming, what has been, and one page each."""

from __future__ import annotations

from collections.abc import Iterator

from stadtnetz.model.event import Event, Registration
from stadtnetz.network.library import Item
from stadtnetz.site.cards import city_cards, event_card, event_cards, news_cards, tandem_cards
from stadtnetz.site.edition import Edition, stand_of
from stadtnetz.site.figures import figures
from stadtnetz.site.frame import page_for, section_link
from stadtnetz.site.lists import jumps_to
from stadtnetz.site.parts import contact_view, external, source_views
from stadtnetz.site.planning import MadePage, PlannedPage, planned, planned_about
from stadtnetz.site.states import EventTime, event_badge, event_time
from stadtnetz.site.structured.events import event_thing
from stadtnetz.site.subscriptions import all_events, calendar_path, has_calendar_date
from stadtnetz.site.views import EventView, Facet, FacetValue, Group, Link, ListView, Prose, SiteView

__all__ = ["event_pages", "upcoming_events"]


def upcoming_events(edition: Edition) -> list[str]:
    """Return the events that are going on or still to come, the next first."""
    network = edition.network
    chosen = [
        item for item in network.events.values() if event_time(item.entry, network) is not EventTime.PAST
    ]
    return [item.id for item in sorted(chosen, key=lambda item: (str(item.entry.start), item.id))]


def event_pages(edition: Edition, site: SiteView) -> Iterator[PlannedPage]:
    """Yield both lists and one page for each event."""
    upcoming = upcoming_events(edition)
    past = [id_ for id_ in edition.network.events if id_ not in set(upcoming)]
    yield planned(edition, "termine/", _upcoming_page, site, upcoming, past)
    yield planned(edition, "termine/archiv/", _archive_page, site, upcoming, past)
    for item in edition.network.events.values():
        yield planned_about(edition, f"termine/{item.id}/", item, _event_page, site, item)


def _facets(edition: Edition, upcoming: list[str], past: list[str], current: str) -> tuple[Facet, ...]:
    t = edition.texts
    values = tuple(
        FacetValue(text, edition.addresses.url(path), number, path == current)
        for path, text, number in (
            ("termine/", t.gettext("Upcoming events"), len(upcoming)),
            ("termine/archiv/", t.gettext("Past events"), len(past)),
        )
    )
    return (Facet(t.gettext("Period"), values),)


def _upcoming_page(edition: Edition, site: SiteView, upcoming: list[str], past: list[str]) -> MadePage:
    t = edition.texts
    groups = [Group("kommende", "", tuple(event_card(edition, id_) for id_ in upcoming))] if upcoming else []
    latest = event_cards(edition, past)[:5]
    if not upcoming and latest:
        groups = [
            Group(
                "zuletzt",
                t.gettext("Most recent events"),
                latest,
                url=edition.addresses.url("termine/archiv/"),
            )
        ]
    view = ListView(
        heading=t.gettext("Events"),
        lead=t.gettext("Network meetings, regional meetings, workshops and visits."),
        prose=Prose(),
        counts=(),
        counts_note="" if upcoming else t.gettext("No upcoming event is recorded."),
        facets=_facets(edition, upcoming, past, "termine/"),
        groups=tuple(groups),
        empty=t.gettext("No upcoming event is recorded."),
    )
    return _list_page(edition, site, "termine/", view)


def _archive_page(edition: Edition, site: SiteView, upcoming: list[str], past: list[str]) -> MadePage:
    t = edition.texts
    events = edition.network.events
    years = sorted({events[id_].entry.start.year for id_ in past}, reverse=True)
    groups = tuple(
        Group(
            str(year),
            str(year),
            event_cards(edition, [id_ for id_ in past if events[id_].entry.start.year == year]),
        )
        for year in years
    )
    view = ListView(
        heading=t.gettext("Past events"),
        lead=t.gettext("Events of the network since its beginning, as far as they are recorded here."),
        prose=Prose(),
        counts=(),
        counts_note="",
        facets=_facets(edition, upcoming, past, "termine/archiv/"),
        groups=groups,
        empty=t.gettext("No past event is recorded."),
        jumps=jumps_to(groups),
    )
    return _list_page(edition, site, "termine/archiv/", view)


def _list_page(edition: Edition, site: SiteView, path: str, view: ListView) -> MadePage:
    return page_for(
        edition,
        site,
        path=path,
        template="list.html",
        view=view,
        title=view.heading,
        description=view.lead,
        section="event",
        trail=() if path == "termine/" else (section_link(edition, "event"),),
        stand=[stand_of(item) for item in edition.network.events.values()],
        kind="CollectionPage",
        subscriptions=all_events(edition),
    )


def _event_page(edition: Edition, site: SiteView, item: Item[Event]) -> MadePage:
    network = edition.network
    entry = item.entry
    texts = edition.texts
    registration = entry.registration
    past = event_time(entry, network) is EventTime.PAST
    view = EventView(
        title=edition.name(item),
        badge=event_badge(texts, entry, network),
        when=texts.format_range(entry.start, entry.end)
        if entry.end is not None
        else texts.format_date(entry.start),
        start=edition.date_text(entry.start),
        repeats=tuple(edition.date_text(repeat.start) for repeat in entry.repeats),
        lead=entry.lead,
        prose=edition.prose(item, item.text),
        figures=figures(edition, item),
        place=tuple(line for line in (entry.place.name, entry.place.address) if line) if entry.place else (),
        online=external(entry.online_url) if entry.online_url else None,
        organiser=entry.organiser or "",
        registration=external(registration.url) if registration and registration.url else None,
        registration_text=_registration_text(edition, registration) if registration else "",
        price=entry.price or "",
        audience=entry.audience or "",
        access=entry.access or "",
        contact=contact_view(edition, item),
        cities=city_cards(edition, entry.cities),
        partners=edition.links("partner", entry.partners),
        tandems=tandem_cards(edition, entry.tandems),
        topics=edition.links("topic", entry.topics),
        networks=edition.links("network", entry.networks),
        news=news_cards(edition, network.related("event", item.id, "news")),
        sources=source_views(edition, entry.sources),
        calendar_url=edition.addresses.url(calendar_path("event", item.id))
        if has_calendar_date(entry) and not past
        else "",
    )
    archive = Link(texts.gettext("Past events"), edition.addresses.url("termine/archiv/"))
    return page_for(
        edition,
        site,
        path=f"termine/{item.id}/",
        template="event.html",
        view=view,
        title=view.title,
        description=entry.lead,
        section="event",
        trail=(section_link(edition, "event"), archive) if past else (section_link(edition, "event"),),
        stand=[stand_of(item)],
        item=item,
        structured=[event_thing(edition, item)],
    )


def _registration_text(edition: Edition, registration: Registration) -> str:
    parts = []
    if registration.deadline is not None:
        parts.append(
            edition.texts.gettext("until %(date)s", date=edition.texts.format_date(registration.deadline))
        )
    if registration.remark:
        parts.append(registration.remark)
    return "; ".join(parts)
