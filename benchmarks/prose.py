"""German-looking prose that says nothing: words, sentences and Markdown bodies for the invented corpus.

Words are put together from parts, so that a large corpus has a large vocabulary, as real text has. Everything is
drawn from a generator of random numbers that the caller seeded.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

__all__ = ["Place", "body", "heading", "sentence"]

Place = tuple[str, str, str]
"""What a link in a text leads to: kind, id and the words of the link."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_FIRST = _words(
    "Nachbarschafts Ehrenamts Stadtteil Vereins Jugend Senioren Familien Kultur Umwelt Bildungs Sport Garten "
    "Bibliotheks Feuerwehr Sommer Winter Markt Rathaus Dorf Quartiers Bürger Integrations Sprach Musik Theater "
    "Lese Reparatur Fahrrad Klima Wald Brücken Brunnen Hafen Schul Kinder Wohn Gesundheits Pflege Begegnungs"
)
_SECOND = _words(
    "treffen fest haus projekt büro netz bündnis forum team archiv lager register atelier heft telefon angebot "
    "gespräch gremium frühstück café labor lexikon seminar studio museum rätsel konzert zentrum konto blatt"
)
_NAMES = _words("Anna Bela Cem Dora Emil Femke Greta Hanno Ida Jonte Kira Levin Mina Nuri Oda Piet")
_SURNAMES = _words("Muster Beispiel Probe Vorlage Exempel Platzhalter Entwurf Schablone")
_SUBJECTS = (
    "Die Beteiligten", "Viele Freiwillige", "Rund vierzig Gäste", "Die Fachleute der Stadt", "Zwei Fördervereine",
    "Einzelne Gruppen", "Mehrere Vereine", "Die Initiativen", "Drei Arbeitskreise", "Alle drei Seiten",
    "Einige Nachbarinnen", "Fünf Schulklassen", "Die Ehrenamtlichen", "Die Ratsmitglieder",
)  # fmt: skip
_VERBS = (
    "planen", "besprechen", "erproben", "eröffnen", "begleiten", "verabreden", "dokumentieren", "beschreiben",
    "unterstützen", "vergleichen", "empfehlen", "prüfen", "überarbeiten", "wiederholen", "erweitern",
)  # fmt: skip
_WHEN = (
    "seit dem Frühjahr", "in einem warmen Monat", "an jedem zweiten Dienstag", "nach langer Vorbereitung",
    "trotz knapper Mittel", "gemeinsam mit der Schule", "ohne große Worte", "zum dritten Mal",
    "am Rande der Sitzung", "über die Ortsgrenze hinaus", "mit Blick auf das Jahr danach",
)  # fmt: skip
_ENDS = (
    "und werten die Ergebnisse danach öffentlich aus",
    "und laden dazu alle ein, die mitmachen wollen",
    "weil der erste Versuch gut angenommen wurde",
    "obwohl noch nicht alle Fragen geklärt sind",
    "damit auch kleinere Orte davon etwas haben",
    "und fassen das Gehörte in einfachen Worten zusammen",
    "denn die Räume stehen ohnehin zur Verfügung",
    "wobei die Kosten bei „null bis zweihundert Euro“ liegen",
    "so jedenfalls steht es im Protokoll",
)


def _thing(random: Random) -> str:
    return random.choice(_FIRST) + random.choice(_SECOND)


def heading(random: Random) -> str:
    """Return a heading of two to four words."""
    return random.choice(
        (
            f"Was das {_thing(random)} leistet",
            f"Vom {_thing(random)} zum {_thing(random)}",
            f"{_thing(random)} und {_thing(random)}",
            f"Wie es mit dem {_thing(random)} weitergeht",
        )
    )


def sentence(random: Random) -> str:
    """Return a sentence of about fourteen words."""
    words = [
        random.choice(_SUBJECTS),
        random.choice(_VERBS),
        random.choice(_WHEN),
        f"das {_thing(random)} und das {_thing(random)}",
    ]
    return " ".join(words) + (f", {random.choice(_ENDS)}." if random.random() < 0.6 else ".")


def _paragraph(random: Random, sentences: int) -> str:
    return " ".join(sentence(random) for _ in range(sentences))


def _linked(random: Random, links: Sequence[Place]) -> str:
    """Return a paragraph with bold and italic words, a link to each place and one to another site."""
    to_places = " und ".join(f"[{words}]({kind}:{name})" for kind, name, words in links)
    return (
        f"{sentence(random)} Beteiligt sind {to_places}; **wichtig** ist dabei *vor allem* das "
        f"**{_thing(random)}**. Mehr steht im [Bericht zum {_thing(random)}]"
        f"(https://example.org/berichte/{random.randrange(10_000)}). {sentence(random)}"
    )


def _list(random: Random, items: int) -> str:
    return "\n".join(
        f"- **{_thing(random)}:** {random.choice(_WHEN)}, {random.choice(_ENDS)}" for _ in range(items)
    )


def _table(random: Random, rows: int) -> str:
    lines = ["| Vorhaben | Beginn | Beteiligte |", "| --- | --- | ---: |"]
    lines += [
        f"| {_thing(random)} | {random.randint(1, 12):02d}/20{random.randint(10, 25)} | {random.randint(3, 90)} |"
        for _ in range(rows)
    ]
    return "\n".join(lines)


def _quote(random: Random) -> str:
    person = f"{random.choice(_NAMES)} {random.choice(_SURNAMES)}"
    return f"> „{sentence(random)}“\n>\n> {person}, {_thing(random)}"


def body(random: Random, links: Sequence[Place]) -> str:
    """Return a Markdown body of about 350 words: headings, paragraphs, a list, a table, links and a quotation."""
    blocks = [
        _paragraph(random, 3),
        _linked(random, links[:1]),
        f"## {heading(random)}",
        _paragraph(random, 3),
        _list(random, 4),
        f"## {heading(random)}",
        _paragraph(random, 2),
        _table(random, 4),
        _quote(random),
        f"## {heading(random)}",
        _linked(random, links[1:] or links),
        _paragraph(random, 2),
    ]
    return "\n\n".join(blocks) + "\n"
