"""The pages with the map: all of it, one state, one status. In every language of the interface.

A page is made from its frame and from the records that it draws, and from nothing else: whatever else an editor
changes, no map is drawn again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from stadtnetz.fingerprint import of_values
from stadtnetz.model.city import State
from stadtnetz.site.counts import count_stand
from stadtnetz.site.edition import Edition, stand_of
from stadtnetz.site.frame import MAP_PATH, map_link, page_for
from stadtnetz.site.map.drawing import draw, is_on_map
from stadtnetz.site.map.record import MapPlace, Shown, shown, state_value, status_value, statuses
from stadtnetz.site.planning import MadePage, PlannedPage, planned_from
from stadtnetz.site.views import MapFacet, MapFacetValue, MapRow, MapView, SiteView

__all__ = ["map_pages"]


class Selection(Struct, frozen=True):
    """What a page shows: everything, or the places of one state or of one status. Empty texts mean everything."""

    field: str = ""
    value: str = ""
    text: str = ""
    heading: str = ""

    @property
    def path(self) -> str:
        """Return where the page stands, below the language's prefix."""
        return f"{MAP_PATH}{self.field}/{self.value}/" if self.field else MAP_PATH


_EVERYTHING = ("", "")
"""The selection's field and value on the page with all places."""


def map_pages(edition: Edition, site: SiteView) -> Iterator[PlannedPage]:
    """Yield the map with all places, and one page for each state and for each status that there is."""
    everything = shown(edition)
    chosen = _chosen(everything.places)
    numbers = {key: len(places) for key, places in chosen.items()}
    shared = (
        edition.facts.frame,
        edition.facts.kinds["page"],  # the ways that stand on every page
        of_values(
            site,
            count_stand(edition),
            statuses(edition),
            {"/".join(key): number for key, number in numbers.items()},
        ),
    )
    for selection in (Selection(), *_states(edition), *_statuses(edition)):
        places = tuple(chosen[selection.field, selection.value])
        ids = {place.id for place in places}
        tandems = tuple(one for one in everything.tandems if one.mentor in ids and one.mentee in ids)
        records = Shown(places, tandems)
        stand = tuple(dict.fromkeys(map(str, _days(edition, records))))
        inputs = (*shared, of_values(records, stand))
        making = partial(_page, edition, site, selection, records, numbers)
        yield planned_from(edition, inputs, edition.prefix + selection.path, "", making)


def _chosen(places: Sequence[MapPlace]) -> Mapping[tuple[str, str], list[MapPlace]]:
    """Return which places each selection has, by its field and value."""
    found: dict[tuple[str, str], list[MapPlace]] = {_EVERYTHING: list(places)}
    for place in places:
        for key in (("land", state_value(place.state)), ("status", status_value(place.badge.key))):
            found.setdefault(key, []).append(place)
    return found


def _states(edition: Edition) -> tuple[Selection, ...]:
    """Return the states that have places, in the order of the alphabet."""
    found = {state_value(place.state): place.state_name for place in shown(edition).places}
    t = edition.texts
    return tuple(
        Selection("land", value, name, t.gettext("Map: places in %(state)s", state=name))
        for value, name in found.items()
    )


def _statuses(edition: Edition) -> tuple[Selection, ...]:
    """Return the statuses that places have, in the order of a place's life."""
    t = edition.texts
    return tuple(
        Selection("status", status_value(key), text, t.gettext("Map: status “%(status)s”", status=text))
        for key, text in statuses(edition).items()
    )


def _frame(edition: Edition, site: SiteView, selection: Selection, records: Shown) -> MadePage:
    """Return the page without what is on it."""
    t = edition.texts
    title = selection.heading or t.gettext("Map of the network")
    description = f"{_number(edition, len(records.places))}. {_lead(edition)}"
    return page_for(
        edition,
        site,
        path=edition.prefix + selection.path,
        template="map.html",
        view=None,
        title=title,
        description=description if selection.field else _lead(edition),
        section="map",
        trail=(map_link(edition),) if selection.field else (),
        stand=[count_stand(edition), *_days(edition, records)],
        tool=selection.path,
    )


def _lead(edition: Edition) -> str:
    return edition.texts.gettext(
        "Every place that is, was or will be a member, and who accompanies whom. The list under the map says the same."
    )


def _days(edition: Edition, records: Shown) -> list[date | None]:
    return [stand_of(edition.network.cities[place.id]) for place in records.places]


def _number(edition: Edition, number: int) -> str:
    t = edition.texts
    return t.ngettext("%(num)s place", "%(num)s places", number, num=t.format_number(number))


def _facets(
    edition: Edition, current: Selection, numbers: Mapping[tuple[str, str], int]
) -> tuple[MapFacet, ...]:
    t = edition.texts
    everything = MapFacetValue(
        "", t.gettext("All"), _url(edition, Selection()), numbers[_EVERYTHING], not current.field
    )
    keys = {status_value(key): key for key in statuses(edition)}
    return tuple(
        MapFacet(
            field,
            title,
            (
                replace(everything, current=current.field != field and not current.field),
                *(
                    MapFacetValue(
                        one.value,
                        one.text,
                        _url(edition, one),
                        numbers[one.field, one.value],
                        one == current,
                        keys.get(one.value, ""),
                    )
                    for one in selections
                ),
            ),
        )
        for field, title, selections in (
            ("status", t.gettext("By status"), _statuses(edition)),
            ("land", t.gettext("By state"), _states(edition)),
        )
        if selections
    )


def _url(edition: Edition, selection: Selection) -> str:
    return edition.addresses.url(edition.prefix + selection.path)


def _page(
    edition: Edition,
    site: SiteView,
    selection: Selection,
    records: Shown,
    numbers: Mapping[tuple[str, str], int],
) -> MadePage:
    t = edition.texts
    frame = _frame(edition, site, selection, records)
    names = {state.value: state.label(edition.language) for state in State}
    by_name = sorted(records.places, key=lambda place: t.sort_key(place.name))
    number = len(records.places)
    view = MapView(
        heading=frame.meta.title,
        lead="" if selection.field else _lead(edition),
        title=t.gettext("Map of Germany with the places of the network"),
        description=_description(edition, records),
        drawing=draw(records, names),
        facets=_facets(edition, selection, numbers),
        result=_number(edition, number),
        one=_number(edition, 1),
        many=t.ngettext("%(num)s place", "%(num)s places", 2, num="#"),
        none=t.gettext("No place has both."),
        rows=tuple(_row(place) for place in by_name),
        absent=tuple(place.link for place in by_name if not is_on_map(place)),
        main_url=_url(edition, Selection()),
        is_whole=not selection.field,
        shows_tandems=any(one.confirmed for one in records.tandems),
        shows_running=any(one.running for one in records.tandems),
        shows_inferred=any(not one.confirmed for one in records.tandems),
    )
    return replace(frame, view=view)


def _description(edition: Edition, records: Shown) -> str:
    """Say what the drawing shows, for those who don't see it."""
    t = edition.texts
    on_map = sum(map(is_on_map, records.places))
    tandems = len(records.tandems)
    return " ".join(
        (
            t.ngettext(
                "%(num)s place as a mark whose shape tells its status; each leads to its page.",
                "%(num)s places as marks whose shapes tell their status; each leads to its page.",
                on_map,
            ),
            t.ngettext(
                "%(num)s tandem as an arc from the accompanying place to the accompanied one.",
                "%(num)s tandems as arcs from the accompanying place to the accompanied one.",
                tandems,
            ),
            t.gettext("The list under the map says the same in words."),
        )
    )


def _row(place: MapPlace) -> MapRow:
    return MapRow(
        link=place.link,
        state_name=place.state_name,
        badge=place.badge,
        stage=place.stage,
        since=place.since,
        begun=place.begun,
        tandems=place.tandems,
        state=state_value(place.state),
        status=status_value(place.badge.key),
    )
