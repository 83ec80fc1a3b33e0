"""The network's rules: each is broken once, at an exact place, and once nearly broken, which stays silent.

In the texts a ▶ stands where the report must point; it is taken out before the file is written. All names are
invented.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from PIL import Image

from stadtnetz.clock import Clock
from stadtnetz.dates import PartialDate
from stadtnetz.diagnostics.catalogue import all_rules
from stadtnetz.model.city import City
from stadtnetz.model.kinds import FOLDERS
from stadtnetz.model.shared import Entry, Source
from stadtnetz.model.tandem import Tandem
from stadtnetz.network.library import Item, Library
from stadtnetz.network.rules import check_rules
from stadtnetz.text.yamltext import parse_yaml
from tests.minisite import (
    CITIES,
    LAWFUL,
    MELDUNG,
    NETWORK,
    SITE,
    UNFINISHED,
    Files,
    MiniSite,
    told,
    without_mark,
)

SOURCE = 'sources: [{url: "https://musterstadt.de/beleg", seen: 2022-01}]'
CITY = "content/cities/dritthausen.yaml"
PARTNER = "content/partners/verein.yaml"
TANDEM = "content/tandems/paar.yaml"
SECOND = "content/tandems/zweites.yaml"
NEWS = "content/news/2021/neues.md"
EVENT = "content/events/treffen.yaml"
PAGE = "content/pages/seite.md"


def picture(size: tuple[int, int] = (8, 6), form: str = "PNG") -> bytes:
    file = io.BytesIO()
    Image.new("1" if form == "PNG" else "RGB", size).save(file, form)
    return file.getvalue()


def moving() -> bytes:
    file = io.BytesIO()
    frames = [Image.new("RGB", (8, 6), colour) for colour in ("red", "green")]
    frames[0].save(file, "PNG", save_all=True, append_images=frames[1:])
    return file.getvalue()


def city(membership: str = "", more: str = "") -> str:
    return (
        f"name: Dritthausen\ntype: city\nstate: DE-NI\nmembership: {membership or '[]'}\n{more}\n{SOURCE}\n"
    )


def news(more: str = "", body: str = "Ein Text.", published: str = "2021-07-08") -> str:
    return f"---\ntitle: Neues\nlead: Vorspann.\npublished: {published}\n{more}\n{SOURCE}\n---\n{body}\n"


def page(body: str, more: str = "") -> str:
    return f"---\ntitle: Seite\nlead: Vorspann.\n{more}\n---\n{body}\n"


def tandem(start: str = "2021-07-01", mentor: str = "musterstadt", more: str = "") -> str:
    return f"mentor: {mentor}\nmentee: beispielhausen\nstart: {start}\n{more}\n{SOURCE}\n"


def event(start: str, end: str = "", more: str = "") -> str:
    last = f"end: {end}\n" if end else ""
    return f"title: Treffen\nlead: Ein Treffen.\nstart: {start}\n{last}{more}\n{SOURCE}\n"


def shown(more: str = "file: bild.png") -> str:
    return f"pictures:\n  - {{{more}, alt: Ein Feld, credit: Erika Muster}}"


def film(more: str) -> str:
    return f"videos:\n  - {{{more}, title: Film, length: 2:35}}"


FILMS: Files = {f"content/pages/film.{ending}": b"..." for ending in ("MP4", "vtt", "txt")}


@dataclass(frozen=True)
class Story:
    """What is written, where the report must point, and what is so near to it that nothing may be said."""

    code: str
    wrong: Files
    near: Files
    at: str = ""
    """The place, where no ▶ can show it: a file's name is wrong, or nothing is where something should be."""
    site: str = ""
    """Another site.yaml than the complete one."""
    near_site: str = ""
    also: frozenset[str] = frozenset()
    """Other codes that can't be avoided at the same time."""


def findings(folder: Path, files: Files) -> list[str]:
    site = MiniSite(folder, files, templates=False)
    return [told(d) for d in site.examine("2022-08-01").diagnostics]


LEGAL_PAGES = {path: text for path, text in LAWFUL.items() if path.endswith(".md")}
OPERATOR = """
footer: [impressum, datenschutz, barrierefreiheit]
imprint: {name: Amt, address: "Weg 1, 12345 Musterstadt", represented_by: Leitung, email: post@musterstadt.de}
responsible: {name: Erika Muster, address: "Weg 1, 12345 Musterstadt"}
privacy: {controller: Amt, email: post@musterstadt.de, hosting: Rechenzentrum}
press: {email: presse@musterstadt.de}
"""
ACCESS = (
    "accessibility:\n  assessed: {date}\n  method: Selbst\n  state: DE-NI\n  email: post@musterstadt.de\n"
    "  enforcement: Stelle\n"
)
COMPLETE = SITE + OPERATOR + ACCESS.format(date="2022-07")

STORIES = [
    Story("unknown-folder", {"content/stadt/x.yaml": "a: b"}, {}, at="content/stadt/x.yaml"),
    Story("unknown-folder", {"content/notiz.md": "Text"}, {"content/.notiz.md": "x"}, at="content/notiz.md"),
    Story("file-ending", {"content/cities/x.yml": "a: b"}, {}, at="content/cities/x.yml"),
    Story("file-ending", {"content/news/x.yaml": "a: b"}, {}, at="content/news/x.yaml"),
    Story(
        "file-name",
        {"content/cities/Köln-Süd.yaml": "a: b"},
        {"content/cities/dritthausen-2.yaml": city()},
        at="content/cities/Köln-Süd.yaml",
    ),
    Story(
        "file-language",
        {"content/cities/musterstadt.fr.yaml": "name: Ville"},
        {"content/cities/musterstadt.en.yaml": "name: Sampletown"},
        at="content/cities/musterstadt.fr.yaml",
    ),
    Story(  # an entry is in German already
        "file-language",
        {"content/cities/musterstadt.de.yaml": "name: Stadt"},
        {"content/cities/musterstadt.de-simple.yaml": "name: Stadt"},
        at="content/cities/musterstadt.de.yaml",
    ),
    Story(
        "duplicate-id",
        {NEWS: news(), "content/news/2022/neues.md": news()},
        {NEWS: news(), "content/pages/neues.md": page("Text")},
        at="content/news/2022/neues.md",
    ),
    Story(
        "duplicate-id",
        {
            "content/cities/musterstadt.en.md": "---\nname: A\n---\n",
            "content/cities/musterstadt.en.yaml": "name: B",
        },
        {"content/cities/musterstadt.en.md": "---\nname: A\n---\n", "content/cities/musterstadt.md": "Text."},
        at="content/cities/musterstadt.en.yaml",
    ),
    Story(
        "entry-missing",
        {"content/cities/musterstatt.md": "▶Ein Text."},
        {"content/cities/musterstadt.md": "Ein Text."},
    ),
    Story(
        "entry-missing",
        {NEWS: news(), "content/news/2022/neues.en.md": "▶---\ntitle: News\n---\nText"},
        {NEWS: news(), "content/news/2021/neues.en.md": "---\ntitle: News\n---\nText"},
    ),
    Story(
        "unknown-reference",
        {NEWS: news("cities: [musterstadt, ▶beispielhausn]")},
        {NEWS: news("cities: [musterstadt, beispielhausen]")},
    ),
    Story(
        "unknown-reference",
        {NEWS: news(body="Zeile\n\nZu [Muster](▶city:muster) hin.")},
        {NEWS: news(body="Zeile\n\nZu `[Muster](city:muster)` hin.")},
    ),
    Story(
        "unknown-reference",
        {
            "content/cities/musterstadt.en.yaml": "name: X",
            "content/cities/musterstadt.md": "[x](▶topic:nichts)",
        },
        {
            "content/cities/musterstadt.md": "[x](topic:etwas)",
            "content/topics/etwas.yaml": "name: E\nsummary: S",
        },
    ),
    Story(
        "unknown-reference", {}, {}, site=COMPLETE.replace("barrierefreiheit]", "barrierefreiheit, ▶fehlt]")
    ),
    Story(
        "reference-unpublished",
        {PAGE: page("Mehr in der [Meldung](▶news:neues)."), NEWS: news(published="2022-08-02")},
        {PAGE: page("Mehr in der [Meldung](news:neues)."), NEWS: news(published="2022-08-01")},
    ),
    Story(  # who is hidden too is told on the day
        "reference-unpublished",
        {EVENT: event("2022-01-01", more="cities: [▶dritthausen]"), CITY: city(more="draft: ja")},
        {EVENT: event("2022-01-01", more="draft: ja\ncities: [dritthausen]"), CITY: city(more="draft: ja")},
    ),
    Story(
        "broken-path",
        {PAGE: page("Zur [Presse](▶/press/).")},
        {PAGE: page("Zur [Übersicht](/staedte/#mitglieder) und [hierher](/seite/).")},
    ),
    Story(
        "duplicate-permalink",
        {"content/pages/staedte.md": page("Text")},
        {"content/pages/staedte-liste.md": page("Text")},
        at="content/pages/staedte.md",
    ),
    Story(
        "duplicate-permalink",
        {
            "content/pages/en.md": page("Text"),
            "content/pages/start.md": page("T"),
            "content/pages/start.en.md": page("T"),
        },
        {"content/pages/en.md": page("Text"), "content/pages/start.md": page("T")},
        at="content/pages/start.md",
    ),
    Story(
        "path-leaves-content",
        {PAGE: page("Text", "attachments:\n  - {file: ▶../../site.yaml, title: Alles}")},
        {
            PAGE: page("Text", "attachments:\n  - {file: ../cities/karte.pdf, title: Karte}"),
            "content/cities/karte.pdf": b"%PDF",
        },
    ),
    Story(
        "path-leaves-content",
        {PAGE: page("Text", shown("file: ▶/etc/bild.png"))},
        {PAGE: page("Text", shown("file: ./bild.png")), "content/pages/bild.png": picture()},
    ),
    Story(
        "media-missing",
        {PAGE: page("Text", shown("file: ▶Bild.png")), "content/pages/bild.png": picture()},
        {PAGE: page("Text", shown()), "content/pages/bild.png": picture()},
    ),
    Story(
        "picture-uncredited",
        {PAGE: page("Seht:\n\n![Ein Feld](▶bild.png)"), "content/pages/bild.png": picture()},
        {PAGE: page("Seht:\n\n![Ein Feld](bild.png)", shown()), "content/pages/bild.png": picture()},
    ),
    Story(
        "picture-uncredited",
        {
            PAGE: page("Text"),
            "content/pages/seite.en.md": "---\ntitle: Page\n---\n![A field](▶bild.png)\n",
            "content/pages/bild.png": picture(),
        },
        {
            PAGE: page("Text", shown()),
            "content/pages/seite.en.md": "---\ntitle: Page\n---\n![A field](bild.png)\n",
            "content/pages/bild.png": picture(),
        },
    ),
    Story(
        "picture-format",
        {PAGE: page("Text", shown("file: ▶bild.pdf")), "content/pages/bild.pdf": b"%PDF"},
        {PAGE: page("Text", shown("file: BILD.PNG")), "content/pages/BILD.PNG": picture()},
    ),
    Story(
        "picture-broken",
        {PAGE: page("Text", shown("file: ▶bild.png")), "content/pages/bild.png": picture()[:40]},
        {PAGE: page("Text", shown()), "content/pages/bild.png": picture()},
    ),
    Story(
        "picture-too-large",
        {PAGE: page("Text", shown("file: ▶bild.png")), "content/pages/bild.png": picture((10_000, 5_001))},
        {PAGE: page("Text", shown()), "content/pages/bild.png": picture((800, 5_001))},
    ),
    Story(
        "picture-other-form",
        {PAGE: page("Text", shown("file: ▶bild.png")), "content/pages/bild.png": picture(form="GIF")},
        {PAGE: page("Text", shown()), "content/pages/bild.png": picture()},
    ),
    Story(
        "picture-moves",
        {PAGE: page("Text", shown("file: ▶bild.png")), "content/pages/bild.png": moving()},
        {PAGE: page("Text", shown()), "content/pages/bild.png": picture()},
    ),
    Story(
        "picture-misnamed",
        {PAGE: page("Text", shown("file: ▶bild.png")), "content/pages/bild.png": picture(form="WEBP")},
        {PAGE: page("Text", shown("file: bild.webp")), "content/pages/bild.webp": picture(form="WEBP")},
    ),
    Story(
        "picture-small-for-press",
        {
            PAGE: page("Text", shown("licence: press, file: ▶bild.png")),
            "content/pages/bild.png": picture((9, 1599)),
        },
        {
            PAGE: page("Text", shown("licence: press, file: bild.png")),
            "content/pages/bild.png": picture((9, 1600)),
        },
    ),
    Story(
        "video-format",
        {PAGE: page("Text", film("file: ▶film.avi, captions: film.vtt")), **FILMS},
        {PAGE: page("Text", film("file: film.MP4, captions: film.vtt")), **FILMS},
    ),
    Story(
        "captions-format",
        {PAGE: page("Text", film("file: film.MP4, captions: ▶film.txt")), **FILMS},
        {PAGE: page("Text", film("file: film.MP4, captions: film.vtt")), **FILMS},
    ),
    Story(
        "video-without-captions",
        {PAGE: page("Text", film("▶file: film.MP4").replace("{▶", "▶{")), **FILMS},
        {PAGE: page("Text", film("file: film.MP4, captions: film.vtt")), **FILMS},
    ),
    Story(  # a page's own text may be the transcript
        "video-without-transcript",
        {PAGE: page("", film("▶file: film.MP4, captions: film.vtt").replace("{▶", "▶{")), **FILMS},
        {
            PAGE: page("", film("file: film.MP4, captions: film.vtt, transcript: Man sieht ein Feld.")),
            **FILMS,
        },
    ),
    Story(
        "picture-withdrawn",
        {
            PAGE: page("Text", shown("file: bild.png, withdraw_by: ▶2022-08-01")),
            "content/pages/bild.png": picture(),
        },
        {
            PAGE: page("Text", shown("file: bild.png, withdraw_by: 2022-08-02")),
            "content/pages/bild.png": picture(),
        },
    ),
    Story(
        "review-overdue",
        {PAGE: page("Text", "review_by: ▶2022-07-31")},
        {PAGE: page("Text", "review_by: 2022-08-01")},
    ),
    Story(
        "source-missing",
        {CITY: "▶name: Dritthausen\ntype: city\nstate: DE-NI\n"},
        {CITY: "name: Dritthausen\ntype: city\nstate: DE-NI\ndraft: ja\n"},
    ),
    Story(  # a release that stands elsewhere says where it comes from
        "source-missing",
        {NEWS: "---\n▶title: Neues\nlead: V\npublished: 2021-07-08\n---\nText"},
        {
            NEWS: "---\ntitle: Neues\nlead: V\npublished: 2021-07-08\noriginal: https://musterstadt.de/pm\n---\nText"
        },
    ),
    Story(
        "coordinates-outside",
        {CITY: city(more="coordinates:\n  ▶lat: 9.7\n  lon: 52.5")},
        {CITY: city(more="coordinates:\n  lat: 54.9\n  lon: 8.3")},
    ),
    Story("coordinates-outside", {CITY: city(more="coordinates: ▶{lat: 48.2, lon: 16.4}")}, {}),
    Story(
        "membership-overlap",
        {CITY: city("[{admitted: 2015, until: 2019-06}, ▶{admitted: 2019-05}]")},
        {CITY: city("[{admitted: 2015, until: 2019-06}, {admitted: 2019-06}]")},
    ),
    Story(
        "membership-overlap",
        {CITY: city("[{admitted: 2015}, ▶{admitted: 2022}]")},
        {CITY: city("[{admitted: 2015, until: 2022}, {admitted: 2022}]")},
    ),
    Story(
        "membership-overlap",
        {CITY: city("[{admitted: 2022-01}, ▶{admitted: 2015, until: 2022-02}]")},
        {CITY: city("[{admitted: 2022-02}, {admitted: 2015, until: 2022-02}]")},
    ),
    Story(
        "membership-overlap",
        {CITY: city("[{attested: 2018, until: 2020}, ▶{attested: 2019}]")},
        {CITY: city("[{until: 2020}, {attested: 2020}]")},
    ),
    Story(
        "partner-without-city",
        {PARTNER: f"name: Verein\nlevel: ▶local\n{SOURCE}"},
        {PARTNER: f"name: Verein\nlevel: regional\n{SOURCE}"},
    ),
    Story(
        "tandem-self", {TANDEM: f"mentor: musterstadt\nmentee: ▶musterstadt\n{SOURCE}"}, {TANDEM: tandem()}
    ),
    Story(
        "tandem-overdue",
        {TANDEM: f"mentee: beispielhausen\npending:\n  expected: ▶2022-07-31\n{SOURCE}"},
        {TANDEM: f"mentee: beispielhausen\npending:\n  expected: 2022-08\n{SOURCE}"},
    ),
    Story(
        "mentor-not-member", {TANDEM: tandem("2021", mentor="▶dritthausen"), CITY: city()}, {TANDEM: tandem()}
    ),
    Story(
        "mentor-not-member",
        {TANDEM: tandem("2021-07", mentor="▶dritthausen"), CITY: city("[{admitted: 2015, until: 2021-06}]")},
        {TANDEM: tandem("2021-07", mentor="dritthausen"), CITY: city("[{admitted: 2015, until: 2021}]")},
    ),
    Story(  # away and back: it counts whether any period holds
        "mentor-not-member",
        {
            TANDEM: tandem("2021-07", mentor="▶dritthausen"),
            CITY: city("[{admitted: 2015, until: 2019}, {admitted: 2021-08}]"),
        },
        {
            TANDEM: tandem("2021-07", mentor="dritthausen"),
            CITY: city("[{admitted: 2015, until: 2019}, {admitted: 2021-07}]"),
        },
    ),
    Story(
        "mentor-untrained",
        {TANDEM: tandem(mentor="▶dritthausen"), CITY: city("[{admitted: 2020-07-02}]")},
        {TANDEM: tandem(mentor="dritthausen"), CITY: city("[{admitted: 2020-07-01}]")},
    ),
    Story(  # a vague year began on its first day, but not before the jury's choice
        "mentor-untrained",
        {TANDEM: tandem(mentor="▶dritthausen"), CITY: city("[{selected: 2020-07-02, admitted: 2020}]")},
        {TANDEM: tandem(mentor="dritthausen"), CITY: city("[{admitted: 2020}]")},
    ),
    Story(
        "mentor-untrained",
        {TANDEM: tandem("2021-12", mentor="▶dritthausen"), CITY: city("[{admitted: 2021}]")},
        {TANDEM: tandem("2021-12", mentor="dritthausen"), CITY: city("[{attested: 2021}]")},
    ),
    Story(
        "mentee-not-member",
        {TANDEM: tandem("2021-06-30").replace("mentee: ", "mentee: ▶")},
        {TANDEM: tandem("2021-06"), CITY: city()}
        | {"content/cities/beispielhausen.yaml": city("[{admitted: 2021}]")},
    ),
    Story(
        "tandem-twice",
        {TANDEM: tandem(), SECOND: tandem("2022-06-30").replace("mentee: ", "mentee: ▶")},
        {TANDEM: tandem(), SECOND: tandem("2022-07-01")},
    ),
    Story(  # "2021" and "2022" may follow one another
        "tandem-twice",
        {TANDEM: tandem("2022"), SECOND: tandem("2022").replace("mentee: ", "mentee: ▶")},
        {TANDEM: tandem("2022"), SECOND: tandem("2023")},
    ),
    Story(
        "tandem-twice",
        {TANDEM: tandem(more="end: 2023-01-31"), SECOND: tandem("2022-08").replace("mentee: ", "mentee: ▶")},
        {
            TANDEM: tandem(more="end: 2022-07"),
            SECOND: f"mentee: beispielhausen\npending: {{expected: 2022-09}}\n{SOURCE}",
        },
    ),
    Story(
        "news-before-event",
        {NEWS: news("happened: 2021-07-09").replace("published: ", "published: ▶")},
        {NEWS: news("happened: 2021-07-08", published="2021-07-08 09:00")},
    ),
    Story(
        "news-before-event",
        {NEWS: news("happened: 2021-08").replace("published: ", "published: ▶")},
        {NEWS: news("happened: 2021-08\ntype: call"), "content/news/vage.md": news("happened: 2021")},
    ),
    Story(
        "event-order",
        {EVENT: event("2022-09-02", "▶2022-09-01")},
        {EVENT: event("2022-09-01 18:30", "2022-09-01")},
    ),
    Story(
        "event-order",
        {EVENT: event("2022-09-01 18:30", "▶2022-09-01 17:00")},
        {EVENT: event("2022-09", "2022")},
    ),
    Story(
        "event-order",
        {EVENT: event("2022-09-01", more="repeats:\n  - {start: 2022-10-02, end: ▶2022-10-01}")},
        {EVENT: event("2022-09-01", more="repeats:\n  - {start: 2022-08-02, end: 2022-08-02}")},
    ),
    Story(
        "registration-late",
        {EVENT: event("2022-09-01", more="registration: {deadline: ▶2022-09-02}")},
        {EVENT: event("2022-09-01", more="registration: {deadline: 2022-09-01}")},
    ),
    Story(  # a series is open until its last day
        "registration-late",
        {EVENT: event("2022-09-01 18:00", "2022-09-01 20:00", "registration: {deadline: ▶2022-09-01 20:01}")},
        {
            EVENT: event(
                "2022-09-01", more="registration: {deadline: 2022-09-20}\nrepeats: [{start: 2022-10-01}]"
            ),
            "content/events/abend.yaml": event(
                "2022-09-01 18:00", "2022-09-01 20:00", "registration: {deadline: 2022-09-01 20:00}"
            ),
        },
    ),
    Story("operator-missing", {}, {}, site=COMPLETE.replace("email: presse@musterstadt.de", "▶email: ")),
    Story(
        "base-url-missing",
        {},
        {},
        site=COMPLETE.replace("base_url: https://netz.musterstadt.de/", "▶base_url:"),
        near_site=COMPLETE.replace("https://netz.musterstadt.de/", "http://netz.musterstadt.de/unter"),
    ),
    Story(
        "base-url-example",
        {},
        {},
        site=COMPLETE.replace("https://netz.musterstadt.de/", "▶https://www.example.org/netz/"),
        near_site=COMPLETE.replace("netz.musterstadt.de", "example.org.musterstadt.de"),
    ),
    Story(
        "statement-old",
        {},
        {},
        site=SITE + OPERATOR + ACCESS.format(date="▶2021-07"),
        near_site=SITE + OPERATOR + ACCESS.format(date="2021-08"),
    ),
    Story(
        "statement-future",
        {},
        {},
        site=SITE + OPERATOR + ACCESS.format(date="▶2022-08-02"),
        near_site=SITE + OPERATOR + ACCESS.format(date="2022-08-01"),
    ),
    Story(
        "legal-page-missing",
        {"content/pages/impressum.md": page("Text", "draft: ja\nlayout: imprint")},
        {},
        also=frozenset({"reference-unpublished"}),
        site=COMPLETE.replace("footer:", "▶footer:"),
    ),
    Story(
        "legal-page-unlinked",
        {},
        {},
        site=COMPLETE.replace("footer: [impressum, ", "▶footer: ["),
        near_site=COMPLETE.replace("footer: [impressum, ", "navigation: [impressum]\nfooter: ["),
    ),
    Story(
        "address-incomplete",
        {},
        {},
        site=COMPLETE.replace('Amt, address: "Weg 1, 12345', 'Amt, address: ▶"Postfach 17, 12345'),
        near_site=COMPLETE.replace(
            'Amt, address: "Weg 1, 12345', 'Amt, address: "Am Markt 3a, Postfach 17, 12345'
        ),
    ),
    Story(
        "credit-empty",
        {
            CITY: city(more="pictures: [{file: b.png, alt: Feld, credit: ▶folgt}]"),
            "content/cities/b.png": picture(),
        },
        {
            CITY: city(more="pictures: [{file: b.png, alt: Feld, credit: Foto Folgt}]"),
            "content/cities/b.png": picture(),
        },
    ),
    Story(
        "responsible-empty",
        {NEWS: news('responsible: ▶"–"')},
        {NEWS: news("responsible: Erika Muster, Weg 1")},
    ),
    Story(
        "operator-missing",
        {},
        {},
        site=COMPLETE.replace("name: Erika Muster", "▶name: wird nachgetragen"),
    ),
    Story(
        "statement-unfounded",
        {},
        {},
        also=frozenset({"operator-missing"}),
        site=COMPLETE.replace("  assessed: 2022-07\n", "  conformity: ▶partial\n"),
        near_site=COMPLETE.replace("  assessed: 2022-07\n", "  conformity: partial\n  assessed: 2022-07\n"),
    ),
    Story(
        "statement-contradiction",
        {},
        {},
        site=COMPLETE.replace(
            "  assessed:", "  barriers: [{what: Ein Film}]\n  conformity: ▶full\n  assessed:"
        ),
        near_site=COMPLETE.replace(
            "  assessed:", "  barriers: [{what: Ein Film}]\n  conformity: partial\n  assessed:"
        ),
    ),
    Story("site-languages", {}, {}, site=COMPLETE.replace("[de, en, de-simple]", "[▶en, de]")),
    Story("site-languages", {}, {}, site=COMPLETE.replace("[de, en, de-simple]", "[de, ▶fr]")),
    Story("site-languages", {}, {}, site=COMPLETE.replace("[de, en, de-simple]", "[de, en, ▶en]")),
    Story("site-languages", {}, {}, site=COMPLETE.replace("[de, en, de-simple]", "▶[]")),
    Story(
        "advice-unknown",
        {},
        {},
        site=f"{COMPLETE.strip()}\nadvice_off: [{{rule: ▶title-lang, reason: So}}]\n",
        near_site=f"{COMPLETE.strip()}\nadvice_off: [{{rule: title-long, reason: So}}]\n",
    ),
    Story(
        "advice-unknown",
        {},
        {},
        site=f"{COMPLETE.strip()}\nadvice_off: [{{rule: ▶source-missing, reason: Eine Warnung bleibt}}]\n",
    ),
]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.code)
def test_a_mistake_is_reported_at_its_place_and_its_neighbour_is_not(story: Story, tmp_path: Path) -> None:
    wrong, place = without_mark({"site.yaml": story.site or COMPLETE, **LEGAL_PAGES, **CITIES, **story.wrong})
    found = findings(tmp_path / "wrong", wrong)
    assert f"{story.at or place} {story.code}" in found
    assert {line.rpartition(" ")[2] for line in found} == {story.code, *story.also}
    near, _ = without_mark({"site.yaml": story.near_site or COMPLETE, **LEGAL_PAGES, **CITIES, **story.near})
    assert findings(tmp_path / "near", near) == []


TESTS = Path(__file__).parent
TOLD_ELSEWHERE = {
    "test_old_addresses.py": ("address-", "alias-", "redirect-", "history-"),
    "test_manifest.py": ("place-", "security-"),
    "test_cms.py": ("cms-",),
}
"""Where rules are broken that need more than a project folder: git, a manifest, the form's bundle."""


def test_every_rule_of_the_network_has_its_story() -> None:
    told = {story.code for story in STORIES}
    for rule in all_rules():
        if rule.stage == "network" and rule.code not in told:
            files = [file for file, beginnings in TOLD_ELSEWHERE.items() if rule.code.startswith(beginnings)]
            assert [file for file in files if rule.code in (TESTS / file).read_text("utf-8")], rule.code
            told.add(rule.code)
    assert told == {rule.code for rule in all_rules() if rule.stage == "network"}


def test_a_second_place_is_named_where_two_do_not_fit(tmp_path: Path) -> None:
    site = MiniSite(tmp_path, {**CITIES, TANDEM: tandem(), SECOND: tandem()}, templates=False)
    [found] = [d for d in site.examine().diagnostics if d.code == "tandem-twice"]
    assert [(one.note, one.path, one.span and one.span.line) for one in found.related] == [
        ("other-here", TANDEM, 2)
    ]


def test_a_file_that_can_not_be_read_is_reported_once_and_not_by_all_who_name_it(tmp_path: Path) -> None:
    site = MiniSite(tmp_path, NETWORK, templates=False)
    site.edit("content/cities/beispielhausen.yaml", "type: municipality", "type: dorf")
    assert site.findings() == ["content/cities/beispielhausen.yaml:2:7 unknown-choice"]


def test_an_address_on_the_command_line_replaces_the_example(tmp_path: Path) -> None:
    site = MiniSite(tmp_path, CITIES, templates=False)
    site.edit("site.yaml", "https://netz.musterstadt.de/", "https://example.org/")
    examined = site.examine(base_url="https://netz.musterstadt.de/")
    assert {d.code for d in examined.diagnostics} == UNFINISHED


def test_dates_at_the_end_of_time_are_strange_but_harmless(tmp_path: Path) -> None:
    files = {
        CITY: city("[{admitted: 2199-12-31, until: 2199}]"),
        EVENT: event("2199-12-31", "2199"),
        NEWS: news("expires: 2199-12-31"),
        TANDEM: tandem("2199-12", more="end: 2199"),
    }
    site = MiniSite(tmp_path, {**CITIES, **files}, templates=False)
    assert site.findings() == []
    assert site.findings("2199-12-31") == []


def test_a_news_item_that_two_rules_concern_is_reported_twice(tmp_path: Path) -> None:
    wrong = MELDUNG.replace("cities: [musterstadt]", "cities: [muster]\nhappened: 2021-08")
    site = MiniSite(tmp_path, {**CITIES, "content/news/2021/meldung.md": wrong}, templates=False)
    assert [line.rpartition(" ")[2] for line in site.findings()] == ["news-before-event", "unknown-reference"]


# Properties: the rules over entries of random dates, without a disk.

UNHURRIED = settings(deadline=None)
"""A busy machine is no mistake of the example that it happened to be slow at."""

days = st.dates(date(2010, 1, 1), date(2035, 12, 31))


@st.composite
def dates(draw: st.DrawFn) -> PartialDate:
    day = draw(days)
    parts = draw(st.sampled_from([(day.year,), (day.year, day.month), (day.year, day.month, day.day)]))
    return PartialDate(*parts)


@st.composite
def periods(draw: st.DrawFn) -> dict[str, str]:
    found = {name: draw(st.none() | dates()) for name in ("selected", "admitted", "attested", "until")}
    begin = found["admitted"] or found["selected"]
    for first, last in ((found["selected"], found["admitted"]), (begin, found["until"])):
        assume(first is None or last is None or not last.surely_before(first))
    return {name: str(value) for name, value in found.items() if value is not None}


SEEN = (Source.model_validate({"url": "https://musterstadt.de/", "seen": "2022"}),)


def item(kind: str, id_: str, entry: Entry) -> Item[Entry]:
    document, _ = parse_yaml("a: b\n", f"content/{id_}.yaml")
    assert document is not None
    return Item(kind, id_, f"content/{id_}.yaml", entry, None, "", document.spans, (), "")


def codes(*items: Item[Entry], as_of: str = "2022-08-01") -> list[str]:
    by_kind: dict[str, dict[str, Item[Entry]]] = {kind.name: {} for kind in FOLDERS.values()}
    for one in items:
        by_kind[one.kind][one.id] = one
    return [d.code for d in check_rules(Library(None, by_kind, {}, frozenset()), Clock.from_text(as_of))]


def place(id_: str, *membership: dict[str, str]) -> Item[Entry]:
    data = {"name": id_, "type": "city", "state": "DE-NI", "membership": list(membership)}
    return item("city", id_, City.model_validate(data).model_copy(update={"sources": SEEN}))


def pair(id_: str, **fields: str) -> Item[Entry]:
    data = {"mentor": "musterstadt", "mentee": "beispielhausen", **fields}
    return item("tandem", id_, Tandem.model_validate(data).model_copy(update={"sources": SEEN}))


@UNHURRIED
@given(one=periods(), two=periods())
def test_whether_two_periods_overlap_does_not_depend_on_their_order(
    one: dict[str, str], two: dict[str, str]
) -> None:
    assert codes(place("musterstadt", one, two)) == codes(place("musterstadt", two, one))


@UNHURRIED
@given(until=dates(), admitted=dates())
def test_a_period_that_begins_after_the_other_ended_never_overlaps(
    until: PartialDate, admitted: PartialDate
) -> None:
    assume(not admitted.surely_before(until))
    assert codes(place("musterstadt", {"until": str(until)}, {"admitted": str(admitted)})) == []


@UNHURRIED
@given(admitted=dates(), mentee=dates(), start=days)
def test_a_tandem_of_a_trained_member_with_a_member_is_never_reported(
    admitted: PartialDate, mentee: PartialDate, start: date
) -> None:
    begin = PartialDate.of(start)
    assume(not begin.surely_before(PartialDate.of(admitted.first_day).plus_years(1)))
    assume(not begin.surely_before(mentee))
    cities = (
        place("musterstadt", {"admitted": str(admitted)}),
        place("beispielhausen", {"admitted": str(mentee)}),
    )
    assert codes(*cities, pair("paar", start=str(begin))) == []


@UNHURRIED
@given(one=dates(), two=dates())
def test_tandems_of_one_mentee_are_reported_in_either_order_or_not_at_all(
    one: PartialDate, two: PartialDate
) -> None:
    cities = place("musterstadt", {"attested": "2010"}), place("beispielhausen", {"attested": "2010"})
    there = codes(*cities, pair("a", start=str(one)), pair("b", start=str(two)))
    back = codes(*cities, pair("a", start=str(two)), pair("b", start=str(one)))
    assert there == back
    if not two.surely_before(one.plus_years(1)):
        assert there == []


@UNHURRIED
@given(expected=dates(), today=days)
def test_an_open_side_is_overdue_when_all_of_its_date_is_over(expected: PartialDate, today: date) -> None:
    entry = Tandem.model_validate({"mentee": "beispielhausen", "pending": {"expected": str(expected)}})
    entry = entry.model_copy(update={"sources": SEEN})
    found = codes(place("beispielhausen"), item("tandem", "offen", entry), as_of=today.isoformat())
    assert (found == ["tandem-overdue"]) == (expected.last_day < today)
