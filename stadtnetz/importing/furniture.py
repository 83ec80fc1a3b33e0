"""What belongs to a web page, a printed sheet or a mail and not to the release: small rules, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from stadtnetz.importing.blocks import Form, Place
from stadtnetz.importing.desk import Desk, Role

__all__ = ["RULES", "Rule", "clear_furniture", "is_made_of"]


class Rule(Struct, frozen=True):
    """Tells furniture from text; `example` is a text that it recognises."""

    name: str
    why: str
    example: str
    test: Callable[[str], bool]


_ALWAYS = (
    "Inhalte auf der Seite|Schrift verkleinern|Schrift vergrößern|Ausgangsgröße|zurück|zurück zur Übersicht|"
    "zur Übersicht|nach oben|zum Seitenanfang|Seitenanfang|drucken|Seite drucken|Artikel drucken|Druckversion|"
    "Druckansicht|als PDF herunterladen|PDF herunterladen|PDF-Version|als PDF speichern|teilen|Seite teilen|"
    "Artikel teilen|Beitrag teilen|auf Facebook teilen|auf Twitter teilen|auf X teilen|per WhatsApp teilen|"
    "auf LinkedIn teilen|per E-Mail teilen|per Mail versenden|Seite weiterempfehlen|Facebook|Twitter|WhatsApp|"
    "LinkedIn|Instagram|YouTube|Mastodon|XING|Vorlesen|Seite vorlesen|Kontrast erhöhen|Kontrast|Impressum|"
    "Datenschutz|Datenschutzerklärung|Sitemap|Menü|Menü öffnen|Navigation|Sie sind hier|Alle akzeptieren|"
    "Alle Cookies akzeptieren|Ablehnen|Nur notwendige Cookies|Cookie-Einstellungen|RSS|RSS-Feed|Zum Inhalt springen|"
    "Zur Navigation springen|Zum Hauptinhalt|Zur Suche|Skip to content|Back to top|Print this page"
    "|Share|Privacy policy|"
    "Vorheriger Artikel|Nächster Artikel|Vorherige Meldung|Nächste Meldung|Weiterlesen|Schließen|"
    "Newsletter abonnieren|Merkzettel|Link kopieren"
)
_WITH_OTHERS = (
    "Barrierefreiheit|Startseite|Home|Presse|Pressemitteilungen|Aktuelles|Rathaus|Kontakt|Suche|Suchen|Login|Anmelden|"
    "Leichte Sprache|Gebärdensprache|Einstellungen|Newsletter|E-Mail|Mehr|English|Deutsch|PDF|X|Bürgerservice|Service|"
    "Stadtleben|Karriere|AGB|Cookies|Essenziell|Statistik|News|Über uns|und"
)
"""Words that are furniture beside furniture only: "Barrierefreiheit" may also be a headline."""


def _folded(text: str) -> str:
    return re.sub(r"[^\wäöüß]+", "", text.casefold())


_PHRASES = sorted({_folded(one) for one in _ALWAYS.split("|")}, key=len, reverse=True)
_COMPANIONS = sorted({_folded(one) for one in _WITH_OTHERS.split("|")}, key=len, reverse=True)
_LONGEST = 600


def is_made_of(text: str) -> str:
    """Return "always" where a text is nothing but furniture's words, "others" where it may be, else "".

    Words may stand without a blank: pages that hide their icons give "Schrift verkleinernSchrift vergrößern".
    """
    if len(text) > _LONGEST:
        return ""
    rest, kinds = _folded(text), set()
    while rest:
        phrase = next((one for one in _PHRASES if rest.startswith(one)), "")
        other = next((one for one in _COMPANIONS if rest.startswith(one)), "")
        # The longer one wins: "Presse" must not stop "Pressemitteilungen".
        longest = phrase if len(phrase) >= len(other) else other
        if not longest:
            return ""
        kinds.add("always" if longest is phrase else "others")
        rest = rest[len(longest) :]
    return "always" if "always" in kinds else "others" if kinds else ""


def _matches(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda text: compiled.fullmatch(text) is not None


RULES = (
    Rule(
        "controls",
        "Buttons and links of the page around the text, often without blanks between them.",
        "Schrift verkleinernSchrift vergrößernAusgangsgröße",
        lambda text: is_made_of(text) == "always",
    ),
    Rule(
        "breadcrumb",
        "The way to the page, with signs between its steps.",
        "Startseite > Rathaus > Presse",
        _matches(r"(?:Sie sind hier:? )?(?:[^.!?>»›/]{2,40} ?[>»›/] ?){2,}[^.!?>»›]{2,90}"),
    ),
    Rule(
        "cookies",
        "A notice about the page's own technique.",
        "Diese Webseite verwendet Cookies, um Ihnen den besten Service zu bieten.",
        _matches(r"(?:.*\b(?:verwende[nt]|nutz(?:t|en)|setzen|uses?)\b.{0,40}\bcookies?\b.*)"),
    ),
    Rule(
        "stamp",
        "The date on which the page was changed or printed; the release's own date is another.",
        "Zuletzt geändert: 11.07.2022",
        _matches(
            r"(?:(?:zuletzt (?:geändert|aktualisiert)|letzte (?:änderung|aktualisierung)|druckdatum|ausgedruckt am"
            r"|abgerufen am|seite aktualisiert|last (?:updated|modified))\b.{0,60})"
        ),
    ),
    Rule(
        "copyright",
        "The page's owner; a picture's credit has no year in front.",
        "© 2022 Stadt Musterstadt. Alle Rechte vorbehalten.",
        _matches(r"(?:©|\(c\)|copyright) ?(?:19|20)\d\d.{0,120}"),
    ),
    Rule(
        "page",
        "A page's number.",
        "Seite 1 von 2",
        _matches(r"(?:- ?\d+ ?-|(?:Seite|Page) \d+(?: (?:von|of) \d+|/\d+)?)"),
    ),
    Rule(
        "count",
        "How long the text is, for newspapers.",
        "2.345 Zeichen inkl. Leerzeichen",
        _matches(
            r"(?:\(?(?:ca\. )?[\d.]+ (?:Zeichen|Anschläge|Wörter)\b.{0,60}|(?:Zeichen|Anschläge):? ?[\d.]+.{0,40})"
        ),
    ),
    Rule(
        "request",
        "A request to newspapers.",
        "Abdruck honorarfrei, Belegexemplar erbeten",
        _matches(
            r"(?:abdruck (?:honorarfrei|frei)|(?:um )?(?:ein )?beleg(?:exemplar)? (?:wird )?erbeten|zur sofortigen "
            r"veröffentlichung|for immediate release|frei zur veröffentlichung)\b.{0,80}"
        ),
    ),
    Rule(
        "end", "A mark of the end.", "+++ Ende +++", _matches(r"[-+#*_=~–— ]*(?:Ende|End|ENDS)?[-+#*_=~–— ]*")
    ),
    Rule(
        "cover",
        "A header of the mail from which the text was copied.",
        "Von: presse@musterstadt.example",
        _matches(r"(?:Von|An|Cc|Gesendet|From|To|Sent): .{2,99}[^.!?]"),
    ),
    Rule(
        "back",
        "A link back or to the next page, with an arrow.",
        "« Zurück zu den Pressemitteilungen",
        _matches(r"[«‹<←▲↑ ]*(?:zurück|nach oben|back)\b(?:.{0,60}[^.!?])?"),
    ),
)
"""In the order in which they are asked."""

_PLACES = {
    Place.NAVIGATION: "navigation",
    Place.FOOTER: "footer",
    Place.HIDDEN: "hidden",
    Place.QUOTED: "quoted",
    Place.COVER: "cover",
}


def clear_furniture(desk: Desk) -> None:
    """Take everything off the desk that is not the release's. Signatures and letterheads stay: they "
    "may name whom to ask."""
    for number, sheaf in enumerate(desk.sheaves):
        reason = _PLACES.get(sheaf.block.place) or next(
            (rule.name for rule in RULES if rule.test(sheaf.text)), ""
        )
        if reason:
            desk.take(number, Role.FURNITURE, reason)
    changed = True
    while changed:
        changed = False
        for number in desk.open:
            if is_made_of(desk.sheaves[number].text) and _beside_furniture(desk, number):
                desk.take(number, Role.FURNITURE, "controls")
                changed = True


def _beside_furniture(desk: Desk, number: int) -> bool:
    if desk.sheaves[number].block.form is Form.HEADING:
        return False
    near = (*desk.sheaves[max(number - 1, 0) : number], *desk.sheaves[number + 1 : number + 2])
    return any(one.role is Role.FURNITURE and one.reason in ("controls", "navigation") for one in near)
