"""Calendars, read by vobject, which has nothing to do with the library that writes them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import vobject
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stadtnetz.clock import BERLIN
from stadtnetz.network.network import Network
from tests.exports.rich import MEAN, RICH
from tests.minisite import CITIES, MiniSite
from tests.test_site import BASE, Site

EVENT = """
title: Ein Treffen
lead: Ein erfundenes Treffen.
start: 2022-10-10
cities: [musterstadt]
updated: 2022-03-04
sources: [{url: "https://musterstadt.de/x", seen: 2022-01}]
"""


def read(data: bytes) -> vobject.base.Component:
    lines = data.split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 and b"\n" not in line for line in lines), "lines are folded at 75 octets"
    calendar = vobject.readOne(data.decode())
    calendar.validate()
    return calendar


def events(site: Site, path: str) -> dict[str, vobject.base.Component]:
    return {event.summary.value: event for event in read(site.files[path]).vevent_list}


def calendars(site: Site) -> dict[str, vobject.base.Component]:
    return {path: read(data) for path, data in site.files.items() if path.endswith(".ics")}


def test_every_calendar_is_sound(exported: Site):
    found = calendars(exported)
    assert "termine/termine.ics" in found
    for path, calendar in found.items():
        assert calendar.source.value == BASE + path
        uids = [event.uid.value for event in calendar.vevent_list]
        assert len(set(uids)) == len(uids) >= 1
        for event in calendar.vevent_list:
            assert event.url.value.removeprefix(BASE) in exported.pages
            assert event.dtstamp.value.tzinfo is not None
            assert event.status.value in ("CONFIRMED", "TENTATIVE", "CANCELLED")
            if hasattr(event, "dtend"):
                assert type(event.dtend.value) is type(event.dtstart.value)
                assert event.dtend.value > event.dtstart.value
            assert not hasattr(event, "rrule")


def test_every_event_with_a_day_has_its_calendar(exported: Site):
    network: Network = exported.network
    dated = {id_ for id_, item in network.events.items() if item.entry.start.day is not None}
    found = {path.split("/")[1] for path in exported.files if path.endswith("/termin.ics")}
    assert found == dated
    cities = {city for id_ in dated for city in network.events[id_].entry.cities if city in network.cities}
    assert {path.split("/")[1] for path in exported.files if path.endswith("/termine.ics")} - {
        "termine.ics"
    } == cities


def test_one_event_has_one_id_in_all_calendars(rich: Site):
    of_one = events(rich, "termine/tage/termin.ics")["Zwei Tage"].uid.value
    for path in (
        "termine/termine.ics",
        "staedte/musterstadt/termine.ics",
        "staedte/beispielhausen/termine.ics",
    ):
        assert events(rich, path)["Zwei Tage"].uid.value == of_one


def test_a_timed_event_crosses_the_change_of_clocks(rich: Site):
    event = events(rich, "termine/abend/termin.ics")[MEAN]
    assert b"\r\nDTSTART;TZID=Europe/Berlin:20220326T183000\r\n" in rich.files["termine/abend/termin.ics"]
    assert event.dtstart.value.astimezone(UTC) == datetime(2022, 3, 26, 17, 30, tzinfo=UTC)
    assert event.dtend.value.astimezone(UTC) == datetime(2022, 3, 27, 1, 30, tzinfo=UTC)


def test_the_zone_in_the_file_is_that_of_berlin(rich: Site):
    zone = read(rich.files["termine/termine.ics"]).vtimezone.gettzinfo()
    for year in (2014, 2022, 2026, 2037):
        for day in range(1, 366, 13):
            moment = datetime(year, 1, 1, 12) + timedelta(days=day)
            assert moment.replace(tzinfo=zone).utcoffset() == moment.replace(tzinfo=BERLIN).utcoffset()


def test_the_end_of_whole_days_is_the_day_after(rich: Site):
    event = events(rich, "termine/tage/termin.ics")["Zwei Tage"]
    assert (event.dtstart.value, event.dtend.value) == (date(2022, 10, 29), date(2022, 10, 31))
    assert b"VTIMEZONE" not in rich.files["termine/tage/termin.ics"]
    assert event.status.value == "TENTATIVE"
    assert event.location.value == "Saal, Weg 1, 12345 Musterstadt"
    assert not hasattr(event, "geo"), "of a hall it is not known where it is"


def test_everything_that_is_known_is_there(rich: Site):
    event = events(rich, "termine/abend/termin.ics")[MEAN]
    assert event.location.value == "Musterstadt"
    assert event.geo.value == "52.5;9.7"
    # The reader takes a comma in a value that it does not know for the end of an item of a list.
    whole = rich.files["termine/abend/termin.ics"].replace(b"\r\n ", b"")
    assert b"\r\nCONFERENCE;VALUE=URI:https://musterstadt.de/online;a,b\r\n" in whole
    assert event.organizer.value == "mailto:amt@musterstadt.de"
    assert event.organizer.params["CN"] == ["Verein; der, Muster"]
    assert event.categories.value == ["Lesen, schreiben; rechnen"]
    lines = event.description.value.split("\n")
    assert lines == [
        MEAN,
        "Online: https://musterstadt.de/online;a,b",
        "Anmeldung: https://musterstadt.de/an",
        f"{BASE}termine/abend/",
    ]
    moment = datetime(2022, 3, 3, 23, tzinfo=UTC)
    assert (event.dtstamp.value, event.last_modified.value) == (moment, moment)


def test_without_a_public_mailbox_there_is_no_organizer(rich: Site):
    assert not hasattr(events(rich, "termine/tage/termin.ics")["Zwei Tage"], "organizer")


def test_what_is_off_moved_or_full_says_so_in_its_title(rich: Site):
    found = events(rich, "termine/termine.ics")
    assert found["Abgesagt: Kein Fest"].status.value == "CANCELLED"
    assert found["Verschoben: Anderes Fest"].status.value == "CONFIRMED"
    assert found["Ausgebucht: Volles Fest"].status.value == "CONFIRMED"
    assert not hasattr(found["Verschoben: Anderes Fest"], "dtend"), "its end is not known"
    full = found["Ausgebucht: Volles Fest"]
    assert full.dtend.value == datetime(2023, 2, 26, tzinfo=full.dtend.value.tzinfo), (
        "its last day is the 25th"
    )


def test_further_dates_are_entries_of_their_own(rich: Site):
    found = read(rich.files["termine/reihe/termin.ics"]).vevent_list
    assert len({event.uid.value for event in found}) == len(found) == 3
    assert [str(event.dtstart.value)[:16] for event in found] == [
        "2022-10-20 19:00",
        "2022-11-03 19:00",
        "2022-12-01",
    ]
    assert found[1].dtend.value - found[1].dtstart.value == timedelta(hours=2)
    assert found[2].dtend.value == date(2022, 12, 2)


def test_a_month_is_no_date_for_a_calendar(rich: Site):
    assert "Irgendwann" not in events(rich, "termine/termine.ics")
    assert "staedte/leerstadt/termine.ics" not in rich.files
    assert not rich.pages["termine/ungenau/"].all("//a[contains(@href, '.ics')]/@href")


def test_pages_lead_to_their_calendars(rich: Site):
    assert rich.pages["termine/tage/"].all("//main//a[@type='text/calendar']/@href") == [
        "/netz/termine/tage/termin.ics"
    ]
    assert not rich.pages["termine/abend/"].all("//main//a[@type='text/calendar']/@href"), "it is over"
    assert "/netz/staedte/musterstadt/termine.ics" in rich.pages["staedte/musterstadt/"].all(
        "//main//a/@href"
    )
    assert "/netz/termine/termine.ics" in rich.pages["termine/"].all("//main//a/@href")


def test_a_moved_event_keeps_its_id_and_counts_on(tmp_path: Path):
    site = MiniSite(tmp_path, {**CITIES, "content/events/treffen.yaml": EVENT})
    site.build()
    [before] = read((site.output / "termine/treffen/termin.ics").read_bytes()).vevent_list
    site.edit("content/events/treffen.yaml", "start: 2022-10-10", "start: 2022-11-11\nstatus: moved")
    site.edit("content/events/treffen.yaml", "updated: 2022-03-04", "updated: 2022-07-05")
    site.build()
    [after] = read((site.output / "termine/treffen/termin.ics").read_bytes()).vevent_list
    assert after.uid.value == before.uid.value
    assert int(after.sequence.value) > int(before.sequence.value)
    assert after.dtstart.value == date(2022, 11, 11)


def test_calendars_do_not_depend_on_when_they_are_made(tmp_path: Path):
    site = MiniSite(tmp_path, RICH)
    early = {one.file: one.make() for one in planned(site, "2022-04-01") if one.file.endswith(".ics")}
    late = {one.file: one.make() for one in planned(site, "2025-04-01") if one.file.endswith(".ics")}
    assert early == late
    assert len(early) > 8


def planned(site: MiniSite, as_of: str = "2022-08-01"):
    examined = site.examine(as_of)
    assert examined.site is not None, examined.diagnostics
    return examined.site.plan.files


def test_an_edited_event_makes_its_own_calendars(tmp_path: Path):
    files = {
        **CITIES,
        "content/events/eins.yaml": EVENT,
        "content/events/zwei.yaml": EVENT.replace("musterstadt]", "beispielhausen]"),
    }
    site = MiniSite(tmp_path, files)
    site.build()
    site.edit("content/events/zwei.yaml", "Ein Treffen", "Das Treffen")
    assert {file for file in site.build().reasons if file.endswith(".ics")} == {
        "termine/termine.ics",
        "termine/zwei/termin.ics",
        "staedte/beispielhausen/termine.ics",
    }


TEXTS = (
    st.text(
        st.characters(exclude_categories=["C", "Zl", "Zp"], include_characters="\n,;\\:\"'<>&=+@😀\u00ad"),
        min_size=1,
        max_size=200,
    )
    .map(str.strip)
    .filter(lambda text: text != "" and r"\N" not in text)
)
"""The library takes a written `\\N` for a line break; that is one way to read RFC 5545, and nobody's name has it."""


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> MiniSite:
    return MiniSite(tmp_path_factory.mktemp("werkstatt"), {**CITIES, "content/events/treffen.yaml": EVENT})


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=TEXTS, place=TEXTS)
def test_any_text_comes_back_as_it_was(workshop: MiniSite, title: str, place: str):
    more = f"place: {{name: {json.dumps(place, ensure_ascii=False)}}}\n"
    text = EVENT.replace("title: Ein Treffen", f"title: {json.dumps(title, ensure_ascii=False)}") + more
    workshop.write("content/events/treffen.yaml", text)
    network = workshop.examine().site.network
    entry = network.events["treffen"].entry
    [made] = [one for one in planned(workshop) if one.file == "termine/treffen/termin.ics"]
    [event] = read(made.make()).vevent_list
    assert (event.summary.value, event.location.value) == (entry.title, entry.place.name)
