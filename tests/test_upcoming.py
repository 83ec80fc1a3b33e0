"""`build.py upcoming`: what will change by itself, told in three forms, and never otherwise than builds see it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import vobject
from click.testing import CliRunner, Result

from stadtnetz.authoring.shelf import library_of
from stadtnetz.authoring.upcoming import upcoming
from stadtnetz.cli import cli
from stadtnetz.cli.upcoming import WORDS
from stadtnetz.clock import BERLIN, Clock
from stadtnetz.network.library import Library
from stadtnetz.network.moments import REASONS, moments_of
from tests.minisite import NETWORK, SITE, MiniSite, snapshot

DAY = "2022-08-01"
EMBARGO = """
---
title: Musterstadt feiert „zehn Jahre“
lead: Ein erfundener Vorspann.
published: 2022-08-10
embargo: 2022-08-12 09:30
expires: 2022-10-01
cities: [musterstadt]
---
Ein erfundener Text.
"""
PLANNED = """
---
title: Ein Tag im September
lead: Ein erfundener Vorspann.
published: 2022-09-05
embargo: 2022-08-20
review_by: 2022-09-30
---
Ein erfundener Text.
"""
DRAFT = """
---
title: Noch nicht fertig
lead: Ein erfundener Vorspann.
published: 2022-08-15
draft: ja
---
Ein erfundener Text.
"""
EVENT = """
title: Freiwilligentag
lead: Ein erfundener Tag.
start: 2022-09-10 10:00
end: 2022-09-10 16:00
repeats:
  - {start: 2022-09-17}
"""
NEW_CITY = """
name: Neuhausen
type: municipality
state: DE-NI
membership:
  - {selected: 2022-08-05, admitted: 2022-09-01, until: 2023-08-31}
updated: 2022-08-31
"""
PENDING = """
mentee: neuhausen
pending: {expected: 2022-08-31}
"""
NEXT = """
mentor: musterstadt
mentee: neuhausen
start: 2022-10-01
end: 2023-09-30
"""
PICTURE = """
---
title: Mit Bild
lead: Ein erfundener Vorspann.
published: 2021-01-01
pictures:
  - {file: bild.png, alt: Ein Platz, credit: Erfunden, withdraw_by: 2022-11-01}
---
Ein erfundener Text.
"""
FILES = {
    **NETWORK,
    "site.yaml": SITE + "accessibility: {assessed: 2021-10, method: Selbstbewertung}\n",
    "content/news/2022/feier.md": EMBARGO,
    "content/news/2022/tag.md": PLANNED,
    "content/news/2022/entwurf.md": DRAFT,
    "content/news/2021/bild.md": PICTURE,
    "content/events/freiwilligentag.yaml": EVENT,
    "content/cities/neuhausen.yaml": NEW_CITY,
    "content/tandems/neuhausen-2022.yaml": PENDING,
    "content/tandems/musterstadt-neuhausen.yaml": NEXT,
}


@pytest.fixture
def site(tmp_path: Path) -> MiniSite:
    return MiniSite(tmp_path, FILES, templates=False)


def ask(site: MiniSite, *options: str, code: int = 0) -> Result:
    before = snapshot(site.root)
    arguments = ["upcoming", "--root", str(site.root), "--as-of", DAY, *options]
    result = CliRunner().invoke(cli, arguments, prog_name="build.py")
    assert result.exit_code == code, result.output
    assert snapshot(site.root) == before
    return result


def rows(site: MiniSite, *options: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(ask(site, "--format", "json", *options).stdout)["changes"]
    return found


def told(site: MiniSite, *options: str) -> list[str]:
    return [f"{row['at'][:16]} {row['why']} {row['id']}".strip() for row in rows(site, *options)]


def test_a_year_ahead(site: MiniSite) -> None:
    assert told(site, "--within", "400") == [
        "2022-08-05T00:00 city-selected neuhausen",
        "2022-08-12T09:30 embargo-lifts feier",
        "2022-08-15T00:00 news-appears entwurf",
        "2022-08-31T00:00 figures-hold neuhausen",
        "2022-09-01T00:00 membership-begins neuhausen",
        "2022-09-01T00:00 tandem-overdue neuhausen-2022",
        "2022-09-05T00:00 news-appears tag",
        "2022-09-10T10:00 event-begins freiwilligentag",
        "2022-09-10T16:00 event-over freiwilligentag",
        "2022-09-17T00:00 event-begins freiwilligentag",
        "2022-09-18T00:00 event-over freiwilligentag",
        "2022-10-01T00:00 news-expires feier",
        "2022-10-01T00:00 review-due tag",
        "2022-10-01T00:00 tandem-begins musterstadt-neuhausen",
        "2022-10-31T00:00 statement-ages",
        "2022-11-01T00:00 picture-withdrawn bild",
        "2023-09-01T00:00 first-year-over neuhausen",
        "2023-09-01T00:00 membership-over neuhausen",
    ]


def test_no_further_than_asked(site: MiniSite) -> None:
    assert told(site, "--within", "11") == [
        "2022-08-05T00:00 city-selected neuhausen",
    ]
    assert len(told(site, "--within", "11", "--as-of", "2022-08-01 09:29")) == 1
    assert told(site, "--within", "11", "--as-of", "2022-08-01 09:30")[-1].endswith("embargo-lifts feier")


@pytest.fixture
def library(site: MiniSite) -> Iterator[Library]:
    with library_of(site.settings(DAY)) as (found, _):
        yield found


def instants(library: Library) -> Iterator[datetime]:
    """Walk through time as builds would: each says until when it holds."""
    now = Clock.from_text(DAY).now
    while (until := moments_of(library, now).told_until) is not None:
        yield until
        now = until


@pytest.mark.parametrize("drafts", [False, True])
def test_it_names_the_moments_that_builds_reckon_with_and_no_others(library: Library, drafts: bool) -> None:
    found = upcoming(library, Clock.from_text(DAY), 36_500, drafts=drafts)
    assert [*instants(library)] == sorted({one.change.at for one in found})
    now = Clock.from_text(DAY).now
    on_site = sorted({one.change.at for one in found if one.on_site})
    for at in on_site:
        assert moments_of(library, now, drafts=drafts).until == at
        now = at
    assert moments_of(library, now, drafts=drafts).until is None


def test_every_moment_it_names_is_one_at_which_the_site_or_the_check_changes(
    site: MiniSite, library: Library
) -> None:
    """An oracle that knows nothing of moments: what is seen and reported just before, and just then."""

    def seen(at: datetime) -> tuple[object, ...]:
        examined = site.examine(at.astimezone(BERLIN).strftime("%Y-%m-%dT%H:%M"))
        assert examined.site is not None
        network = examined.site.network
        return examined.diagnostics, network.hidden, network.standings, network.tandem_states

    differing = {"event-begins", "event-over", "figures-hold", "picture-withdrawn", "statement-ages"}
    for one in upcoming(library, Clock.from_text(DAY), 400):
        if one.change.why in differing or one.draft:
            continue  # these show on pages only
        at = one.change.at
        assert seen(at) != seen(at - timedelta(minutes=1)), one


def test_people_are_told_in_german(site: MiniSite) -> None:
    shown = ask(site, "--within", "60").stdout
    assert "Das ändert sich von selbst bis zum 30.09.2022:" in shown
    assert (
        "12.08.2022 09:30  Meldung „Musterstadt feiert ‚zehn Jahre‘“: erscheint, die Sperrfrist endet"
        in shown
    )
    assert "content/news/2022/feier.md\n" in shown
    assert "Tandem „? – Neuhausen“: der fehlende Ort sollte jetzt bekannt sein" in shown
    assert "(meldet die Prüfung, auf der Seite ändert sich nichts)" in shown
    assert "content/news/2022/entwurf.md (Entwurf, auf der Seite ändert sich nichts)" in shown
    assert "Nur für die Redaktion" in shown


def test_people_are_told_in_english(site: MiniSite) -> None:
    shown = ask(site, "--lang", "en").stdout
    assert "This changes by itself until 2022-10-30:" in shown
    assert '2022-09-05        news item "Ein Tag im September": appears' in shown


def test_nothing_is_said_too(site: MiniSite) -> None:
    assert ask(site, "--as-of", "2030-01-01").stdout == "Bis zum 01.04.2030 ändert sich nichts von selbst.\n"


def test_a_calendar_that_another_program_reads(site: MiniSite) -> None:
    data = ask(site, "--within", "400", "--format", "ics").stdout_bytes
    assert data == ask(site, "--within", "400", "--format", "ics").stdout_bytes
    calendar = vobject.readOne(data.decode())
    events = calendar.vevent_list
    assert len(events) == len(told(site, "--within", "400"))
    assert len({one.uid.value for one in events}) == len(events)
    embargo = next(one for one in events if "Sperrfrist" in one.summary.value)
    assert embargo.dtstart.value == datetime(2022, 8, 12, 7, 30, tzinfo=UTC)
    assert embargo.description.value == "content/news/2022/feier.md"
    over = next(one for one in events if "Mitgliedschaft ist zu Ende" in one.summary.value)
    assert str(over.dtstart.value) == "2023-09-01"


def test_files_with_errors_are_mentioned(site: MiniSite) -> None:
    site.write("content/news/2022/tag.md", "---\ntitle: Nur ein Titel\n---\n")
    result = ask(site, code=1)
    assert "Dateien mit Fehlern fehlen in dieser Liste" in result.stderr
    assert "Freiwilligentag" in result.stdout


def test_every_reason_has_words_in_both_languages() -> None:
    assert WORDS["de"].keys() == WORDS["en"].keys()
    assert set(REASONS) <= WORDS["de"].keys()
