"""The network: relations both ways, tandems as a graph, counts at a moment, and what must leave no trace."""

from __future__ import annotations

import io
import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from PIL import Image

from stadtnetz.clock import BERLIN, Clock
from stadtnetz.network.lifecycle import Stage, TandemState
from stadtnetz.network.network import Network
from stadtnetz.pipeline import build
from stadtnetz.settings import Settings
from tests.minisite import CITIES, DISK, MELDUNG, MUSTERSTADT, NETWORK, TANDEM, MiniSite, snapshot

SOURCE = 'sources: [{url: "https://musterstadt.de/beleg", seen: 2022-01}]\n'

WHOLE = {
    **NETWORK,
    "content/partners/verein.yaml": "name: Verein Muster\nlevel: local\ncities: [musterstadt]\ntopics: [lesen]\n"
    + SOURCE,
    "content/topics/lesen.yaml": "name: Lesen\nsummary: Worum es geht.\nupdated: 2022-01-10\n",
    "content/networks/mitte.yaml": "name: Netz Mitte\nsummary: Es trifft sich.\nstates: [DE-NI]\n"
    "cities: [musterstadt]\npartners: [verein]\ntopics: [lesen]\n" + SOURCE,
    "content/events/treffen.yaml": "title: Treffen in Musterstadt\nlead: Ein Treffen.\nstart: 2022-09-01\n"
    "cities: [musterstadt]\npartners: [verein]\nnetworks: [mitte]\ntandems: [musterstadt-beispielhausen]\n"
    "topics: [lesen]\n" + SOURCE,
    "content/milestones/anfang.yaml": "date: 2019-07\ntitle: Es ging los.\ncities: [musterstadt]\n" + SOURCE,
    "content/news/2021/meldung.md": MELDUNG.replace(
        "cities: [musterstadt]",
        "cities: [musterstadt]\npartners: [verein]\ntandems: [musterstadt-beispielhausen]\nevents: [treffen]\n"
        "networks: [mitte]\ntopics: [lesen]",
    ),
}


def network(site: MiniSite, as_of: str = "2022-08-01") -> Network:
    examined = site.examine(as_of)
    assert examined.site is not None
    return examined.site.network


def links(page: str) -> set[str]:
    """Return where the content of a page leads, as paths without navigation."""
    return {str(target) for target in html.fromstring(page).xpath("//main//a/@href")}


def shown(page: str) -> str:
    return " ".join(html.fromstring(page).xpath("string(//main)").split())


class TestRelations:
    def test_what_is_written_once_is_known_on_both_sides(self, tmp_path: Path) -> None:
        net = network(MiniSite(tmp_path, WHOLE, templates=False))
        ids = {
            "city": "musterstadt",
            "partner": "verein",
            "tandem": "musterstadt-beispielhausen",
            "news": "meldung",
            "event": "treffen",
            "topic": "lesen",
            "network": "mitte",
        }
        written = {
            ("partner", "city"), ("partner", "topic"), ("tandem", "city"), ("news", "city"), ("news", "partner"),
            ("news", "tandem"), ("news", "event"), ("news", "network"), ("news", "topic"), ("event", "city"),
            ("event", "partner"), ("event", "network"), ("event", "tandem"), ("event", "topic"),
            ("network", "city"), ("network", "partner"), ("network", "topic"),
        }  # fmt: skip
        for one, other in written:
            assert ids[other] in net.related(one, ids[one], other), (one, other)
            assert ids[one] in net.related(other, ids[other], one), (other, one)
        assert net.related("city", "musterstadt", "milestone") == ("anfang",)
        assert net.related("city", "beispielhausen", "partner") == ()

    def test_pages_lead_to_what_they_name_and_back(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, WHOLE)
        site.build()
        pages = {
            "city": "/staedte/musterstadt/",
            "partner": "/partner/verein/",
            "tandem": "/tandems/musterstadt-beispielhausen/",
            "news": "/aktuelles/2021/meldung/",
            "event": "/termine/treffen/",
            "topic": "/themen/lesen/",
            "network": "/netzwerke/mitte/",
        }
        leads = {kind: links(site.html(path.strip("/"))) for kind, path in pages.items()}
        missing = [
            f"{one} → {other}"
            for one in pages
            for other in pages
            if one != other and (one, other) not in NOT_RELATED and pages[other] not in leads[one]
        ]
        assert missing == []

    def test_a_link_in_a_text_leads_to_the_entry(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, WHOLE)
        site.build(base_url="https://netz.musterstadt.de/unter/")
        assert "/unter/staedte/beispielhausen/" in links(site.html("aktuelles/2021/meldung"))


NOT_RELATED = {("city", "topic"), ("topic", "city"), ("tandem", "partner"), ("partner", "tandem"),
               ("tandem", "topic"), ("topic", "tandem"), ("tandem", "network"), ("network", "tandem")}  # fmt: skip
"""The mini site's entries of these kinds do not name each other."""


class TestTandems:
    def files(self) -> dict[str, str]:
        names = ("aheim", "bheim", "cheim", "dheim")
        cities = {
            f"content/cities/{name}.yaml": MUSTERSTADT.replace("name: Musterstadt", f"name: {name.title()}")
            for name in names
        }
        return {
            **cities,
            **{
                f"content/tandems/{mentor}-{mentee}.yaml": TANDEM.replace(
                    "mentor: musterstadt", f"mentor: {mentor}"
                )
                .replace("mentee: beispielhausen", f"mentee: {mentee}")
                .replace("2021-07-01", start)
                for mentor, mentee, start in (
                    ("aheim", "bheim", "2020-07-01"),
                    ("aheim", "cheim", "2021-07-01"),
                    ("bheim", "dheim", "2021-09"),
                )
            },
            "content/tandems/offen.yaml": "mentor: cheim\npending: {expected: 2022-09}\n" + SOURCE,
        }

    def test_one_can_accompany_several_and_who_was_accompanied_goes_on(self, tmp_path: Path) -> None:
        net = network(MiniSite(tmp_path, self.files(), templates=False))
        assert net.tandems_by_mentor == {
            "cheim": ("offen",),
            "aheim": ("aheim-bheim", "aheim-cheim"),
            "bheim": ("bheim-dheim",),
        }
        assert net.tandems_by_mentee == {
            "bheim": ("aheim-bheim",),
            "cheim": ("aheim-cheim",),
            "dheim": ("bheim-dheim",),
        }
        assert net.tandem_states == {
            "aheim-bheim": TandemState.ENDED,
            "aheim-cheim": TandemState.ENDED,
            "bheim-dheim": TandemState.RUNNING,
            "offen": TandemState.PENDING,
        }
        stages = {id_: place.stage for id_, place in net.standings.items()}
        assert stages == {
            "aheim": Stage.MENTOR,
            "bheim": Stage.MENTOR,
            "cheim": Stage.TRAINED,  # whom it accompanies is not known yet
            "dheim": Stage.TRAINED,
        }

    def test_a_tandem_shows_its_chain_and_its_siblings(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, self.files())
        site.build()
        chain = links(site.html("tandems/bheim-dheim"))
        assert {"/staedte/aheim/", "/staedte/bheim/", "/staedte/dheim/"} <= chain
        assert "/tandems/aheim-cheim/" in links(site.html("tandems/aheim-bheim"))

    def test_a_circle_of_tandems_ends_somewhere(self, tmp_path: Path) -> None:
        files = self.files()
        files["content/tandems/dheim-aheim.yaml"] = TANDEM.replace(
            "musterstadt\nmentee: beispielhausen", "dheim\nmentee: aheim"
        )
        site = MiniSite(tmp_path, files)
        built = site.build()
        assert built.published is not None

    def test_an_open_side_is_said_to_be_open(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, self.files())
        site.build()
        page = shown(site.html("tandems/offen"))
        assert "noch nicht bekannt" in page
        assert "September 2022" in page

    def test_a_tandem_with_a_hidden_place_does_not_name_it(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, self.files())
        site.edit("content/cities/dheim.yaml", "type: city", "type: city\ndraft: ja")
        assert site.build().published is not None
        assert_no_trace(site, ("Dheim",))


class TestCounts:
    FILES = {  # noqa: RUF012 - never changed
        **CITIES,
        "content/cities/zurueck.yaml": MUSTERSTADT.replace("Musterstadt", "Zurückingen").replace(
            "{selected: 2019-06-01, admitted: 2019-07-01}",
            "{admitted: 2015-09, until: 2019}\n  - {selected: 2021-01-10, admitted: 2021-02-01}",
        ),
        "content/cities/unklar.yaml": MUSTERSTADT.replace("Musterstadt", "Unklarheim").replace(
            "selected: 2019-06-01, admitted: 2019-07-01", "admitted: 2015-09, confirmed: nein"
        ),
    }

    @pytest.mark.parametrize(
        ("as_of", "members", "former", "unconfirmed"),
        [
            ("2015-08-31", 0, 0, 0),
            ("2015-09-01", 1, 0, 1),
            ("2019-06-30", 1, 0, 1),
            ("2019-07-01", 2, 0, 1),
            ("2020-01-01", 1, 1, 1),
            ("2021-01-10", 1, 0, 1),  # selected again
            ("2021-02-01", 2, 0, 1),
            ("2021-07-01", 3, 0, 1),
        ],
    )
    def test_numbers_hold_for_their_moment(
        self, as_of: str, members: int, former: int, unconfirmed: int, tmp_path: Path
    ) -> None:
        net = network(MiniSite(tmp_path, self.FILES, templates=False), as_of)
        found = len(net.member_ids), net.stage_counts[Stage.FORMER], len(net.unconfirmed_ids)
        assert found == (members, former, unconfirmed)

    def test_the_home_page_counts_and_says_for_when(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, self.FILES)
        site.build("2021-07-01")
        page = html.fromstring(site.html(""))
        terms = [" ".join(dt.text_content().split()) for dt in page.xpath("//dl[@class='counts']//dt")]
        numbers = [dd.text_content().strip() for dd in page.xpath("//dl[@class='counts']//dd")]
        assert dict(zip(terms, numbers, strict=True))["Mitglieder"] == "3"
        assert "Stand: 1. Juli 2021" in shown(site.html("")).replace("\xa0", " ")

    def test_periods_may_stand_in_any_order(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, self.FILES, templates=False)
        before = network(site).standings["zurueck"]
        site.edit(
            "content/cities/zurueck.yaml",
            "{admitted: 2015-09, until: 2019}\n  - {selected: 2021-01-10, admitted: 2021-02-01}",
            "{selected: 2021-01-10, admitted: 2021-02-01}\n  - {admitted: 2015-09, until: 2019}",
        )
        assert network(site).standings["zurueck"] == before


HIDDEN_NEWS = """
---
type: news
title: Geheimnisvolle Überschrift
kicker: Dachzeilenrätsel
lead: Vorspannrätsel.
published: 2022-08-01
cities: [musterstadt]
topics: [raetsel]
pictures:
  - {file: raetselbild.png, alt: Alternativrätsel, credit: Krediträtsel, consent: Aktenrätsel}
attachments:
  - {file: raetselanlage.pdf, title: Anlagenrätsel}
sources:
  - {url: "https://musterstadt.de/quellenraetsel", seen: 2022-01}
note: Notizrätsel
---
Ein Textkörperrätsel.

## Zwischenrätsel
"""
WORDS = (
    "Geheimnisvoll", "Dachzeilenrätsel", "Vorspannrätsel", "Alternativrätsel", "Krediträtsel", "Aktenrätsel",
    "raetselbild", "raetselanlage", "Anlagenrätsel", "quellenraetsel", "Notizrätsel", "Textkörperrätsel",
    "Zwischenrätsel", "sperrvermerk", "Übersetzungsrätsel", "/raetsel/",
)  # fmt: skip
"""Words that occur nowhere but in the hidden entry, its id, and the address of a list that only it is in."""
NEVER = ("Aktenrätsel", "Notizrätsel")


def secret(tmp_path: Path) -> MiniSite:
    file = io.BytesIO()
    Image.new("RGB", (8, 6), "teal").save(file, "PNG")
    return MiniSite(
        tmp_path,
        {
            **NETWORK,
            "content/topics/raetsel.yaml": "name: Thema\nsummary: Ein Thema.\ndraft: ja\n",
            "content/news/2022/sperrvermerk.md": HIDDEN_NEWS,
            "content/news/2022/sperrvermerk.en.md": "---\ntitle: Übersetzungsrätsel\n---\nText\n",
            "content/news/2022/raetselbild.png": file.getvalue(),
            "content/news/2022/raetselanlage.pdf": b"%PDF Anlagenr\xc3\xa4tsel",
            "content/pages/seite.md": "---\ntitle: Seite\nlead: V\n---\nZur [Nachricht](news:sperrvermerk) hin.\n",
        },
    )


def traces(site: MiniSite, words: tuple[str, ...]) -> list[str]:
    """Return every file of output/ that holds one of the words, in its name or its bytes."""
    return sorted(
        f"{path}: {word}"
        for path, data in snapshot(site.output).items()
        for word in words
        if word.encode() in data or word in path
    )


def assert_no_trace(site: MiniSite, words: tuple[str, ...]) -> None:
    assert traces(site, words) == []


class TestHidden:
    @pytest.mark.parametrize(
        ("fields", "before", "after"),
        [
            ("published: 2022-08-01", "2022-07-31 23:59", "2022-08-01"),
            ("published: 2022-08-01 09:30", "2022-08-01 09:29", "2022-08-01 09:30"),
            ("published: 2022-08-01\nembargo: 2022-08-05 11:00", "2022-08-05 10:59", "2022-08-05 11:00"),
            ("published: 2022-08-05\nembargo: 2022-08-01", "2022-08-04 23:59", "2022-08-05"),
        ],
        ids=["scheduled", "scheduled to the minute", "embargoed", "embargo over, not yet published"],
    )
    def test_before_its_moment_nothing_of_a_news_item_is_in_output(
        self, fields: str, before: str, after: str, tmp_path: Path
    ) -> None:
        site = secret(tmp_path)
        site.edit("content/news/2022/sperrvermerk.md", "published: 2022-08-01", fields)
        built = site.build(before)
        assert built.published is not None
        assert_no_trace(site, WORDS)
        assert "Zur Nachricht hin." in shown(site.html("seite"))
        assert built.valid_until == Clock.from_text(after).now

        site.build(after)
        assert_no_trace(site, NEVER)
        found = {line.partition(": ")[0] for line in traces(site, ("Geheimnisvoll",))}
        assert found >= {
            "aktuelles/2022/sperrvermerk/index.html",
            "aktuelles/2022/index.html",
            "aktuelles/index.html",
            "aktuelles/ort/musterstadt/index.html",
            "feed.xml",
            "index.html",
            "staedte/musterstadt/index.html",
        }
        assert any(re.match(r"bilder/raetselbild\.\w+", path) for path in snapshot(site.output))
        assert "dateien/news/sperrvermerk/raetselanlage.pdf" in snapshot(site.output)
        assert "/aktuelles/2022/sperrvermerk/" in links(site.html("seite"))

    def test_when_it_expires_it_is_gone_as_if_it_had_never_been(self, tmp_path: Path) -> None:
        site = secret(tmp_path)
        site.edit("content/news/2022/sperrvermerk.md", "2022-08-01", "2022-08-01\nexpires: 2022-09-01")
        site.build("2022-08-31 23:59")
        assert traces(site, ("Geheimnisvoll",)) != []
        site.build("2022-09-01")
        assert_no_trace(site, WORDS)

    def test_a_draft_shows_only_with_drafts(self, tmp_path: Path) -> None:
        site = secret(tmp_path)
        site.edit("content/news/2022/sperrvermerk.md", "type: news", "type: news\ndraft: ja")
        built = site.build("2022-09-01")
        assert_no_trace(site, WORDS)
        assert built.examined.site is not None
        site.build("2022-09-01", drafts=True)
        assert traces(site, ("Geheimnisvoll",)) != []
        assert traces(site, ("/raetsel/",)) != []
        assert_no_trace(site, NEVER)

    def test_drafts_do_not_lift_an_embargo(self, tmp_path: Path) -> None:
        site = secret(tmp_path)
        site.edit("content/news/2022/sperrvermerk.md", "type: news", "type: news\nembargo: 2022-09-01 11:00")
        site.build("2022-09-01", drafts=True)
        assert_no_trace(site, tuple(word for word in WORDS if word != "/raetsel/"))

    def test_a_draft_of_any_kind_leaves_no_trace(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, WHOLE)
        for path in WHOLE:
            if not path.endswith(("musterstadt.yaml", "meldung.md")):
                site.write(path, WHOLE[path].rstrip("\n") + "\ndraft: ja\n")
        assert site.build().published is not None
        names = (
            "Verein Muster",
            "Netz Mitte",
            "Treffen in",
            "Es ging los",
            "beispielhausen",
            "/lesen/",
            "Worum es",
        )
        assert_no_trace(site, names)

    def test_a_draft_translation_hides_the_translation_only(self, tmp_path: Path) -> None:
        page = {
            "content/pages/seite.md": "---\ntitle: Seite\nlead: V\n---\nText\n",
            "content/pages/seite.en.md": "---\ntitle: Hidden page\nlead: V\ndraft: ja\n---\nHidden text\n",
        }
        site = MiniSite(tmp_path, page)
        site.build()
        assert_no_trace(site, ("Hidden", "en/seite"))
        site.build(drafts=True)
        assert "Hidden text" in site.html("en/seite")

    def test_a_withdrawn_picture_is_gone_on_its_day(self, tmp_path: Path) -> None:
        site = secret(tmp_path)
        site.edit("content/news/2022/sperrvermerk.md", "consent: Aktenrätsel", "withdraw_by: 2022-09-01")
        site.edit(
            "content/news/2022/sperrvermerk.md", "## Zwischenrätsel", "![Alternativrätsel](raetselbild.png)"
        )
        site.build("2022-08-31")
        assert "Alternativrätsel" in site.html("aktuelles/2022/sperrvermerk")
        assert "Krediträtsel" in site.html("aktuelles/2022/sperrvermerk")
        assert_no_trace(site, ("2022-09-01", "withdraw"))
        site.build("2022-09-01")
        assert_no_trace(site, ("raetselbild", "Alternativrätsel", "Krediträtsel"))
        assert "Textkörperrätsel" in site.html("aktuelles/2022/sperrvermerk")

    def test_internal_fields_are_never_published(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, WHOLE)
        for path in WHOLE:
            if not path.endswith("meldung.md"):
                site.write(path, WHOLE[path].rstrip("\n") + "\nnote: Notizrätsel\nreview_by: 2031-12-24\n")
        site.edit(
            "content/news/2021/meldung.md", "type: press-release", "type: press-release\nnote: Notizrätsel"
        )
        assert site.build().published is not None
        assert_no_trace(site, ("Notizrätsel", "2031", "24. Dezember"))


TIMES = {
    **NETWORK,
    "content/news/2022/bald.md": MELDUNG.replace("2021-07-08", "2022-03-01 08:00\nexpires: 2023-02-01"),
    "content/news/2022/sperre.md": MELDUNG.replace("2021-07-08", "2022-05-01\nembargo: 2022-05-03 12:00"),
    "content/news/2022/entwurf.md": MELDUNG.replace("2021-07-08", "2022-04-01\ndraft: ja"),
    "content/events/fest.yaml": "title: Fest\nlead: V\nstart: 2022-06-01 10:00\nend: 2022-06-02\n"
    "repeats: [{start: 2022-10-01}]\n" + SOURCE,
    "content/cities/neuheim.yaml": MUSTERSTADT.replace("Musterstadt", "Neuheim")
    .replace(
        "selected: 2019-06-01, admitted: 2019-07-01", "selected: 2022-06-14, admitted: 2022, until: 2024"
    )
    .replace("updated: 2022-01-10", "updated: 2022-11-11"),
    "content/tandems/kuenftig.yaml": TANDEM.replace("mentee: beispielhausen", "mentee: neuheim").replace(
        "start: 2021-07-01", "start: 2022-09"
    ),
    "content/tandems/offen.yaml": "mentee: neuheim\npending: {expected: 2022-08-31}\n" + SOURCE,
}


@pytest.fixture(scope="module")
def timed(tmp_path_factory: pytest.TempPathFactory) -> MiniSite:
    return MiniSite(tmp_path_factory.mktemp("times"), TIMES)


def at(site: MiniSite, moment: datetime) -> tuple[dict[str, bytes], datetime | None]:
    """Build at a moment; return output/ and the next moment at which it would change."""
    built = build(Settings(site.root, Clock.at(moment)), site.output, disk=DISK)
    assert built.published is not None
    return snapshot(site.output), built.valid_until


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=st.dates(date(2021, 12, 1), date(2025, 6, 1)), part=st.floats(0, 1))
def test_until_the_announced_moment_the_site_stays_as_it_is(timed: MiniSite, day: date, part: float) -> None:
    now = datetime(day.year, day.month, day.day, tzinfo=BERLIN)
    files, next_change = at(timed, now)
    last = (next_change or datetime(2150, 1, 1, tzinfo=BERLIN)) - timedelta(seconds=1)
    assert at(timed, now + (last - now) * part)[0] == files


def test_at_every_announced_moment_something_changes(timed: MiniSite) -> None:
    moments = []
    before, moment = at(timed, datetime(2022, 2, 20, tzinfo=BERLIN))
    while moment is not None:
        moments.append(f"{moment:%Y-%m-%d %H:%M}")
        after, following = at(timed, moment)
        assert after != before, moments[-1]
        before, moment = after, following
    assert moments == [
        "2022-03-01 08:00",  # a news item appears
        "2022-05-03 12:00",  # an embargo ends; that of a draft tells nobody anything
        "2022-06-01 10:00",  # an event begins
        "2022-06-03 00:00",  # and is over
        "2022-06-14 00:00",  # Neuheim is selected, and admitted some time in 2022
        "2022-07-01 00:00",  # Beispielhausen's first year and its tandem are over
        "2022-09-01 00:00",  # a tandem begins
        "2022-10-01 00:00",  # the event's second date
        "2022-10-02 00:00",
        "2022-11-11 00:00",  # the day that Neuheim's data speak of
        "2023-02-01 00:00",  # a news item expires
        "2023-09-30 00:00",  # the tandem that began some time in September is over for certain
        "2023-12-31 00:00",  # so is Neuheim's first year
        "2025-01-01 00:00",  # it has left
    ]
