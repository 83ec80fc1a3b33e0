"""One address of every kind of page, the difficult ones of each kind among them."""

from __future__ import annotations

__all__ = ["KINDS"]

KINDS = {
    "home": "",
    "cities": "staedte/",
    "cities A to Z": "staedte/a-z/",
    "cities of a state": "staedte/land/niedersachsen/",
    "city": "staedte/lueneburg/",
    "city with a long name": "staedte/verwaltungsverband-vorderes-kandertal/",
    "city that left and came back": "staedte/dessau-rosslau/",
    "tandems": "tandems/",
    "tandem": "tandems/stendal-lemgo/",
    "tandem that is pending": "tandems/lueneburg-2022/",
    "partners": "partner/",
    "partner": "partner/bbe/",
    "local partner": "partner/heinrich-boell-haus-lueneburg/",
    "news": "aktuelles/",
    "news, second page": "aktuelles/seite/2/",
    "news of a year": "aktuelles/2022/",
    "news of a topic": "aktuelles/thema/tandem-lernen/",
    "news of a city": "aktuelles/ort/lueneburg/",
    "article": "aktuelles/2022/lueneburg-wird-engagierte-stadt/",
    "events": "termine/",
    "events, archive": "termine/archiv/",
    "event": "termine/netzwerktreffen-wuerzburg-2024/",
    "networks": "netzwerke/",
    "network": "netzwerke/rhein-neckar/",
    "topics": "themen/",
    "topic": "themen/beteiligung/",
    "programme": "programm/",
    "tandems explained": "tandems-erklaert/",
    "questions": "faq/",
    "data": "daten/",
    "press": "presse/",
    "imprint": "impressum/",
    "A to Z": "a-z/",
    "English": "en/",
    "plain language": "einfach/",
    "not found": "404.html",
}
