"""The site that the machine begins with: every kind of page, two pages of news, three languages, all names invented.

Its templates show every value that a page has, fields and all: a value that changes without its page being rendered
can't hide in a part that a template happens not to show.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from PIL import Image

from stadtnetz.clock import BERLIN
from tests.minisite import BEISPIELHAUSEN, MUSTERSTADT, SITE, TANDEM

__all__ = ["BEGIN", "FILES", "THRESHOLDS", "picture"]

SOURCES = """sources:
  - {url: "https://beispiel.example.org/quelle", seen: 2022-01}
"""


def picture(colour: tuple[int, int, int]) -> bytes:
    """Return a small picture in one colour; the same colour gives the same bytes."""
    file = BytesIO()
    Image.new("RGB", (48, 32), colour).save(file, "PNG")
    return file.getvalue()


def _news(title: str, published: str, more: str = "", body: str = "Ein erfundener Text.") -> str:
    return f"---\ntitle: {title}\nlead: Ein erfundener Vorspann.\npublished: {published}\n{more}{SOURCES}---\n{body}\n"


def _page(title: str, more: str = "", body: str = "Ein erfundener Text.") -> str:
    return f"---\ntitle: {title}\nlead: Ein erfundener Vorspann.\nupdated: 2022-01-10\n{more}---\n{body}\n"


_PICTURE = """pictures:
  - {file: platz.png, alt: Ein Platz, credit: Foto Muster, withdraw_by: 2022-11-01}
attachments:
  - {file: übersicht.csv, title: Eine Übersicht}
"""

_TEMPLATES = {
    "base.html": """
        {% from "parts/inline.html" import shown %}
        {% include "parts/head.html" %}
        <main>{% block content %}{% endblock %}</main>
        <footer>{{ _("Skip to content") }} {{ shown(site) }}</footer>
        """,
    "parts/head.html": """
        <html lang="{{ site.language }}"><title>{{ meta.title }}</title><link href="{{ asset("site.css") }}">
        {{ meta }}
        """,
    "parts/inline.html": """
        {% macro shown(value) %}<b>{{ value }}</b>{% endmacro %}
        """,
    "parts/lists.html": """
        {% from "parts/inline.html" import shown %}
        {% macro listed(value) %}<ul><li>{{ shown(value) }}</li></ul>{% endmacro %}
        """,
    "404.html": '{% extends "base.html" %}{% block content %}{{ base_path }} {{ page }}{% endblock %}',
    "feed.xml": "<feed>{{ feed }}</feed>",
    "sitemap.xml": "<urlset>{{ urls }}</urlset>",
    "robots.txt": "Sitemap: {{ sitemap_url }}\n",
}
_LISTING = ("home", "list", "index", "topic", "subscribe")
_SINGLE = ("news", "event", "page", "partner", "tandem", "city", "network", "search", "map")


def _template(macro: str, part: str) -> str:
    return (
        f'{{% extends "base.html" %}}\n{{% from "parts/{part}.html" import {macro} %}}\n'
        f"{{% block content %}}{{{{ {macro}(page) }}}}{{% endblock %}}\n"
    )


FILES: dict[str, str | bytes] = {
    "site.yaml": f"{SITE.rstrip()}\nnavigation: [programm]\nfooter: [programm]\nnews_per_page: 2\n",
    "content/cities/musterstadt.yaml": MUSTERSTADT,
    "content/cities/beispielhausen.yaml": BEISPIELHAUSEN,
    "content/tandems/musterstadt-beispielhausen.yaml": TANDEM,
    "content/news/2021/meldung.md": _news(
        "Musterstadt zeigt es", "2021-07-08", f"cities: [musterstadt]\n{_PICTURE}"
    ),
    "content/news/2021/platz.png": picture((200, 30, 30)),
    "content/news/2021/übersicht.csv": "Ort;Zahl\nMusterstadt;1\n",
    "content/news/2022/gesperrt.md": _news("Bald mehr", "2022-01-15", "embargo: 2022-03-01 12:00\n"),
    "content/news/2022/aushang.md": _news(
        "Nur eine Weile",
        "2022-02-01",
        "expires: 2022-05-01\nevents: [treffen]\n",
        "Mehr über [Beispielhausen](city:beispielhausen).",
    ),
    "content/news/2021/rueckblick.md": _news(
        "Ein Rückblick",
        "2021-09-10",
        "topics: [beteiligung]\n",
        "Mehr im [Aushang](news:aushang).\n\n## Wie es war\n\nEs war gut.",
    ),
    "content/news/2021/ausblick.md": _news(
        "Ein Ausblick", "2021-10-01", body="So [war es](news:rueckblick#wie-es-war)."
    ),
    "content/events/treffen.yaml": (
        "title: Ein Treffen\nlead: Ein erfundenes Treffen.\nstart: 2022-06-10 18:00\nend: 2022-06-10 20:00\n"
        f"cities: [musterstadt]\nrepeats:\n  - {{start: 2022-09-01}}\n{SOURCES}"
    ),
    "content/events/treffen.md": "Wer kommt, bringt etwas mit.\n",
    "content/partners/stiftung-muster.yaml": (
        f"name: Stiftung Muster\nlevel: federal\ntopics: [beteiligung]\n{SOURCES}"
    ),
    "content/topics/beteiligung.yaml": "name: Beteiligung\nsummary: Alle reden mit.\n",
    "content/networks/netz-nord.yaml": (
        f"name: Netz Nord\nsummary: Ein erfundenes Netz.\ncities: [musterstadt]\n{SOURCES}"
    ),
    "content/phases/eins.yaml": (
        f"name: Phase I\ntitle: Anfang\nsummary: Der Anfang.\nstart: 2019\nend: 2021\n{SOURCES}"
    ),
    "content/milestones/anfang.yaml": f"date: 2019-06\ntitle: Es beginnt.\n{SOURCES}",
    "content/pages/start.md": _page("Willkommen", "layout: home\n"),
    "content/pages/start.en.md": _page("Welcome"),
    "content/pages/start.de-simple.md": _page("Hallo"),
    "content/pages/programm.md": _page("Das Programm", "layout: programme\n"),
    "content/pages/programm.en.md": _page("The programme"),
    "templates/assets/site.css": "body { color: black }\n",
    "templates/assets/zeichen.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>\n",
    **{f"templates/{name}": text for name, text in _TEMPLATES.items()},
    **{f"templates/{name}.html": _template("listed", "lists") for name in _LISTING},
    **{f"templates/{name}.html": _template("shown", "inline") for name in _SINGLE},
}
"""The project's files by path."""


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


BEGIN = _at("2022-02-10")
"""The moment of the first build: one of the news is under embargo, another not yet expired."""

THRESHOLDS = tuple(
    map(
        _at,
        (
            "2022-03-01 12:00",  # an embargo lifts
            "2022-05-01",  # a news item expires
            "2022-06-10 18:00",  # an event begins
            "2022-06-10 20:00",  # and ends
            "2022-07-01",  # a city has been a member for a year; so has a tandem
            "2022-09-01",  # the event's second date begins
            "2022-09-02",  # and ends
            "2022-11-01",  # a picture must go
        ),
    )
)
"""Every later moment at which the site changes by itself."""
