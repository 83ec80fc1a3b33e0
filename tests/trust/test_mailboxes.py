"""Mail addresses of entries are published where the operator wants it, and nowhere where not."""

from __future__ import annotations

import re
from pathlib import Path

from stadtnetz.pipeline import build
from tests.minisite import LAWFUL, NETWORK, SITE, Files, MiniSite, snapshot
from tests.trust.test_canaries import opened

KINDS = ("city", "partner", "news", "event", "network")
SOURCE = 'sources: [{url: "https://musterstadt.de/beleg", seen: 2022-01}]'


def contact(kind: str) -> str:
    return f"contact: {{role: Stelle, email: {kind}@postfach.example, phone: 0123 456789}}"


FILES: Files = {
    **NETWORK,
    "content/cities/neustadt.yaml": f"""name: Neustadt
type: city
state: DE-NI
coordinates: {{lat: 52.1, lon: 10.2}}
membership: [{{admitted: 2020-01-01}}]
{contact("city")}
{SOURCE}
""",
    "content/partners/verein-neu.yaml": f"name: Verein\nlevel: federal\n{contact('partner')}\n{SOURCE}\n",
    "content/networks/netz-neu.yaml": (
        f"name: Netz\nstates: [DE-NI]\nsummary: Ein Netz.\n{contact('network')}\n{SOURCE}\n"
    ),
    "content/events/treffen-neu.yaml": f"""title: Treffen
lead: Ein Treffen.
start: 2022-09-01 10:00
end: 2022-09-01 12:00
place: {{name: Rathaus}}
cities: [neustadt]
{contact("event")}
{SOURCE}
""",
    "content/news/2021/neu.md": f"""---
title: Neu
lead: Ein Vorspann.
published: 2021-03-01
cities: [neustadt]
{contact("news")}
{SOURCE}
---
Wer fragen will, schreibt an [die Redaktion](mailto:redaktion@postfach.example).
""",
}


def addresses(site: MiniSite) -> set[str]:
    """Return the mailboxes that stand anywhere in the output, in whatever form."""
    found: set[str] = set()
    for data in snapshot(site.output).values():
        for text in opened(data):
            found.update(match.decode() for match in re.findall(rb"([a-z]+)@postfach\.example", text))
    return found


def test_the_operator_decides_about_the_addresses_of_entries(tmp_path: Path) -> None:
    site = MiniSite(tmp_path, FILES)
    assert site.build(search=True).published is not None
    assert addresses(site) == {*KINDS, "redaktion"}

    site.write("site.yaml", f"{SITE}contact_emails: nein\n")
    assert site.build(search=True).published is not None
    assert addresses(site) == {"redaktion"}, "what an editor writes into a text is text"
    clean = tmp_path / "clean"
    assert build(site.settings(search=True, keep_state=False), clean).published is not None
    assert snapshot(site.output) == snapshot(clean), "nothing was kept from before"

    page = site.html("staedte/neustadt")
    assert "0123 456789" in page
    assert "E-Mail" not in page


def test_what_the_law_demands_is_shown_all_the_same(tmp_path: Path) -> None:
    site = MiniSite(tmp_path, {**LAWFUL, "site.yaml": f"{LAWFUL['site.yaml']}\ncontact_emails: nein\n"})
    assert site.build(strict=True).published is not None
    assert "mailto:" in site.html("impressum")
