"""`build.py stats`: what there is, and what lies fallow."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from stadtnetz.authoring.stats import months_before
from stadtnetz.cli import cli
from stadtnetz.cli.stats import WORDS
from tests.minisite import NETWORK, SITE, MiniSite, snapshot


def news(title: str, published: str, *more: str) -> str:
    lines = [f"title: {title}", "lead: Erfunden.", f"published: {published}", *more]
    return "\n".join(["---", *lines, "---", "Ein erfundener Text.", ""])


def page(title: str, *more: str, text: str = "Ein erfundener Text.") -> str:
    return "\n".join(["---", f"title: {title}", "lead: Erfunden.", *more, "---", text, ""])


TOPIC = "name: Einsam\nsummary: Ein erfundenes Thema.\nupdated: 2020-08-01\n"
NOBODY = "name: Neuhausen\ntype: municipality\nstate: DE-BY\nupdated: 2021-08-01\n"
FILES = {
    **NETWORK,
    "site.yaml": SITE + "footer: [impressum]\n",
    "content/cities/neuhausen.yaml": NOBODY,
    "content/topics/einsam.yaml": TOPIC,
    "content/news/2022/entwurf.md": news("Entwurf", "2022-07-01", "draft: ja", "cities: [musterstadt]"),
    "content/news/2022/gesperrt.md": news(
        "Gesperrt", "2022-07-01", "embargo: 2022-09-01", "cities: [musterstadt]"
    ),
    "content/news/2021/weg.md": news(
        "Weg", "2021-07-01", "expires: 2022-01-01", 'original: "https://musterstadt.de/weg"'
    ),
    "content/pages/start.md": page("Willkommen", "layout: home"),
    "content/pages/impressum.md": page("Impressum"),
    "content/pages/hinweis.md": page("Hinweis", "updated: 2022-06-01", text="[Ziel](/ziel/)"),
    "content/pages/ziel.md": page("Ziel", "updated: 2021-07-31"),
    "content/pages/allein.md": page("Allein"),
}


@pytest.fixture
def site(tmp_path: Path) -> MiniSite:
    return MiniSite(tmp_path, FILES, templates=False)


def ask(site: MiniSite, *options: str, code: int = 0) -> Result:
    before = snapshot(site.root)
    arguments = ["stats", "--root", str(site.root), "--as-of", "2022-08-01", *options]
    result = CliRunner().invoke(cli, arguments, prog_name="build.py")
    assert result.exit_code == code, result.output
    assert snapshot(site.root) == before
    return result


def told(site: MiniSite, *options: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ask(site, "--format", "json", *options).stdout)
    return found


def ids(entries: list[dict[str, str]]) -> list[str]:
    return [entry["id"] for entry in entries]


def test_entries_by_kind_and_by_what_may_be_seen(site: MiniSite) -> None:
    kinds = told(site)["kinds"]
    assert kinds["news"] == {"seen": 1, "draft": 1, "not-yet": 1, "expired": 1}
    assert kinds["city"] == {"seen": 3}
    assert kinds["page"] == {"seen": 5}
    assert "event" not in kinds


def test_places_by_state(site: MiniSite) -> None:
    assert told(site)["states"] == {"DE-BY": 1, "DE-NI": 2}


def test_ages(site: MiniSite) -> None:
    ages = told(site)["ages"]
    assert ages["page"] == [1, 0, 1, 0, 3]
    assert ages["topic"] == [0, 0, 1, 0, 0]
    assert ages["news"] == [2, 0, 2, 0, 0]


def test_what_was_not_brought_up_to_date(site: MiniSite) -> None:
    assert ids(told(site)["stale"]) == ["einsam", "ziel"]
    assert ids(told(site, "--stale-after", "24")["stale"]) == []
    assert ids(told(site, "--stale-after", "1")["stale"])[-1] == "hinweis"


def test_what_names_nothing_and_is_named_by_nothing(site: MiniSite) -> None:
    assert ids(told(site)["orphaned"]) == ["neuhausen", "weg", "allein", "einsam"]


def test_what_has_no_source_is_what_the_check_reports(site: MiniSite) -> None:
    found = {entry["path"] for entry in told(site)["unsourced"]}
    reported = {one.path for one in site.examine().diagnostics if one.code == "source-missing"}
    assert found == reported
    assert "content/cities/neuhausen.yaml" in found


def test_people_are_told_in_both_languages(site: MiniSite) -> None:
    german, english = ask(site).stdout, ask(site, "--lang", "en").stdout
    assert "Seit mehr als 12 Monaten nicht auf den Stand gebracht (2)" in german
    assert "  content/topics/einsam.yaml  Einsam  2020-08-01\n" in german
    assert "Bayern " in german
    assert "Not connected: names nothing and is named nowhere (4)" in english
    assert "Bavaria " in english
    assert WORDS["de"].keys() == WORDS["en"].keys()


def test_nothing_at_all(tmp_path: Path) -> None:
    shown = ask(MiniSite(tmp_path, templates=False)).stdout
    assert "Ohne Quelle (0)\n  nichts" in shown


def test_files_with_errors_are_mentioned(site: MiniSite) -> None:
    site.write("content/pages/kaputt.md", "Kein Kopf\n")
    assert "Dateien mit Fehlern sind nicht mitgezählt" in ask(site, code=1).stderr


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(1, 600))
def test_months_before(day: date, months: int) -> None:
    earlier = months_before(day, months)
    assert (day.year - earlier.year) * 12 + day.month - earlier.month == months
    assert earlier.day <= day.day
