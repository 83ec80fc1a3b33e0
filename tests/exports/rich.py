"""A small invented site in which everything is that feeds, calendars, cards and data have to cope with."""

from __future__ import annotations

from tests.minisite import BEISPIELHAUSEN, MELDUNG, MUSTERSTADT, SITE, TANDEM, Files

__all__ = ["HIDDEN", "MEAN", "RICH"]

MEAN = "=1+1, Komma; „Strich\\punkt“ \"q\" <b>&amp;</script><!-- 😀 'x'"
"""A title with everything that means something in one of the formats."""

HIDDEN = "Geheimnistuerei"
"""A word that stands only where nobody may see it."""

_SOURCES = 'sources: [{url: "https://musterstadt.de/x", seen: 2022-01}]\nupdated: 2022-03-04\n'


def _yaml(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _event(title: str, start: str, more: str = "") -> str:
    return f"title: {_yaml(title)}\nlead: {_yaml(title)}\nstart: {start}\n{more}{_SOURCES}"


def _page(title: str, body: str, more: str = "") -> str:
    return f"---\ntitle: {title}\nlead: Vorspann.\nupdated: 2022-01-10\n{more}---\n{body}\n"


_CONTACT = (
    "contact:\n  name: {name}\n  role: Ehrenamt, Rat; und Tat\n  organisation: 'Stadt; Musterstadt, Amt'\n"
    "  address: 'Weg 1, 12345 Musterstadt'\n  email: amt@musterstadt.de\n  phone: '+49 30 123456'\n"
)

RICH: Files = {
    "site.yaml": SITE.replace("[de, en, de-simple]", "[de, en]")
    + "imprint: {name: Verein Musternetz}\npress: {name: Pressestelle, email: presse@musterstadt.de}\n",
    "content/cities/musterstadt.yaml": MUSTERSTADT.replace(
        "seen: 2022-01}", "seen: 2022-01}\nnote: " + HIDDEN
    )
    + "topics: [lesen, geheim]\nwebsite: https://musterstadt.de/\n"
    + _CONTACT.format(name="Erika Muster"),
    "content/cities/beispielhausen.yaml": BEISPIELHAUSEN,
    "content/cities/leerstadt.yaml": BEISPIELHAUSEN.replace("Beispielhausen", "Leerstadt"),
    "content/cities/verborgen.yaml": "draft: ja\n" + BEISPIELHAUSEN.strip().replace("Beispielhausen", HIDDEN),
    "content/tandems/musterstadt-beispielhausen.yaml": TANDEM,
    "content/tandems/musterstadt-offen.yaml": "mentor: musterstadt\npending: {expected: 2023}\n" + _SOURCES,
    "content/topics/lesen.yaml": "name: 'Lesen, schreiben; rechnen'\nsummary: Ein Thema.\n",
    "content/topics/geheim.yaml": f"draft: ja\nname: {HIDDEN}\nsummary: Ein Thema.\n",
    "content/networks/nord.yaml": f"name: Netz Nord\nsummary: Ein Netz.\ncities: [musterstadt]\n{_SOURCES}",
    "content/partners/amt.yaml": "name: Amt für Muster\nlevel: local\nsectors: [administration]\n"
    "cities: [musterstadt, verborgen]\nperiods: [{since: 2020, role: '@mitwirkend'}, {since: 2022-05}]\n"
    f"contact: {{phone: '030 123456'}}\n{_SOURCES}",
    "content/partners/verein.yaml": "name: Verein der Muster\nlevel: federal\n"
    f"sectors: [civil-society, administration]\ncontact: {{url: 'https://musterstadt.de/verein'}}\n{_SOURCES}",
    "content/news/2021/meldung.md": MELDUNG.replace(
        "cities: [musterstadt]", "cities: [musterstadt]\ntopics: [lesen]"
    ),
    "content/news/2022/gemein.md": f"---\ntype: call\ntitle: {_yaml(MEAN)}\nlead: {_yaml(MEAN)}\n"
    "published: 2022-03-27 01:30\nupdated: 2022-06-01\nissuer: Amt für Muster\n"
    f"sources: [{{url: 'https://musterstadt.de/x', seen: 2022}}]\n---\nText.\n",
    "content/news/2022/gesperrt.md": f"---\ntype: portrait\ntitle: {HIDDEN}\nlead: {HIDDEN}.\n"
    "published: 2022-01-05\nembargo: 2022-09-01 10:00\ncities: [leerstadt]\n"
    "sources: [{url: 'https://musterstadt.de/x', seen: 2022}]\n---\nText.\n",
    "content/events/abend.yaml": _event(
        MEAN,
        "2022-03-26 18:30",
        "end: 2022-03-27 03:30\ncities: [musterstadt]\ntopics: [lesen, geheim]\n"
        "place: {name: Musterstadt}\nonline_url: https://musterstadt.de/online;a,b\nprice: 12,50 €\n"
        "organiser: 'Verein; der, Muster'\nregistration: {url: 'https://musterstadt.de/an', deadline: 2022-03-20}\n"
        + _CONTACT.format(name="Max Muster"),
    ),
    "content/events/tage.yaml": _event(
        "Zwei Tage",
        "2022-10-29",
        "end: 2022-10-30\ncities: [musterstadt, beispielhausen]\nstatus: planned\n"
        "place: {name: Saal, address: 'Weg 1, 12345 Musterstadt'}\nprice: Kostenfrei\n",
    ),
    "content/events/reihe.yaml": _event(
        "Eine Reihe",
        "2022-10-20 19:00",
        "end: 2022-10-20 20:00\nrepeats:\n  - {start: 2022-11-03 19:00, end: 2022-11-03 21:00}\n"
        "  - {start: 2022-12-01}\n",
    ),
    "content/events/abgesagt.yaml": _event("Kein Fest", "2022-12-24", "status: cancelled\n"),
    "content/events/verschoben.yaml": _event("Anderes Fest", "2023-01-24 20:00", "status: moved\n"),
    "content/events/voll.yaml": _event(
        "Volles Fest", "2023-02-24 20:00", "status: sold-out\nend: 2023-02-25\n"
    ),
    "content/events/ungenau.yaml": _event("Irgendwann", "2023-06", "cities: [leerstadt]\n"),
    "content/events/online.yaml": _event("Am Schirm", "2023-07-01", "place: {name: Online}\n"),
    "content/pages/presse.md": _page("Presse", "Text.", "layout: press\n"),
    "content/pages/daten.md": _page("Daten", "Text.", "layout: data\n"),
    "content/pages/fragen.md": _page(
        "Fragen",
        "## Geld\n\n### Gibt es Geld?\n\nNein, *nie* & nimmer.\n\n### Warum?\n\nDarum.\n\n"
        "## Zeit\n\n### Wann?\n\n- Jetzt\n",
    ),
}
