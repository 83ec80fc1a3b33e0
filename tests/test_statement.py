"""The accessibility statement: every state's law in every language, and never more claimed than was found."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtnetz.clock import Clock
from stadtnetz.dates import PartialDate
from stadtnetz.i18n import texts
from stadtnetz.model.accessibility import Accessibility, Barrier, Conformity, Jurisdiction
from stadtnetz.model.city import State
from stadtnetz.model.site_config import LANGUAGES
from stadtnetz.network.network import Network
from stadtnetz.site.addresses import Addresses
from stadtnetz.site.edition import Edition, visible_paths
from stadtnetz.site.facts import Facts
from stadtnetz.site.law import law_of
from stadtnetz.site.statement import Statement, claim, statement
from tests.minisite import SITE, MiniSite

SENTENCES = Path(__file__).resolve().parents[1] / "stadtnetz" / "site" / "statement.toml"

ERKLAERUNG = """
---
title: Barrierefreiheit
lead: Ein erfundener Vorspann.
layout: accessibility
updated: 2022-01-10
---
Ein erfundener Text.
"""
IMPRESSUM = """
---
title: Impressum
lead: Ein erfundener Vorspann.
layout: imprint
updated: 2022-01-10
---
Ein erfundener Text.
"""
GEPRUEFT = {
    "assessed": "2022-03-01",
    "method": "Selbstbewertung",
    "state": "DE-NI",
    "email": "a@musterstadt.de",
}

BARRIERE = {
    "what": "Die erfundene Karte hat keine Beschreibung.",
    "why": "Sie ist neu.",
    "alternative": "Die Liste sagt dasselbe.",
    "until": "2022-12",
    "translations": {"en": {"what": "The invented map has no description."}},
}


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Network:
    site = MiniSite(
        tmp_path_factory.mktemp("statement"), {"content/pages/impressum.md": IMPRESSUM}, templates=False
    )
    found = site.examine().site
    assert found is not None
    return found.network


def stated(network: Network, language: str = "de", as_of: str = "2022-08-01", **fields: object) -> Statement:
    config = network.site.model_copy(update={"accessibility": Accessibility.model_validate(fields)})
    here = replace(network, site=config, clock=Clock.from_text(as_of))
    paths = visible_paths(here, language)
    return statement(
        Edition(
            here,
            Addresses("https://netz.musterstadt.de/"),
            texts(language),
            language,
            {},
            paths,
            Facts("", "", {}),
        )
    )


def said(made: Statement) -> str:
    """Return all words of a statement."""
    parts = []
    for section in made.sections:
        parts += [section.heading, *section.paragraphs]
        fields = [*section.fields, *(field for item in section.items for field in item)]
        parts += [f"{field.label}: {field.value or field.note or 'fehlt'}" for field in fields]
    return "\n".join(parts)


class TestLaw:
    def test_there_is_one_for_every_state_and_for_the_federation(self) -> None:
        assert [one.value for one in Jurisdiction] == ["federal", *(state.value for state in State)]
        assert [one.label_de for one in Jurisdiction][1:] == [state.label_de for state in State]
        assert [one.label_en for one in Jurisdiction][1:] == [state.label_en for state in State]

    @pytest.mark.parametrize("jurisdiction", Jurisdiction)
    def test_each_names_its_sources_and_somebody_who_helps(self, jurisdiction: Jurisdiction) -> None:
        law = law_of(jurisdiction)
        assert law.sources
        assert law.enforcement is not None
        assert law.enforcement.url is not None

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("jurisdiction", Jurisdiction)
    def test_each_makes_a_statement(
        self, network: Network, jurisdiction: Jurisdiction, language: str
    ) -> None:
        made = stated(network, language, **{**GEPRUEFT, "state": jurisdiction.value, "conformity": "partial"})
        law = law_of(jurisdiction)
        assert law.law in said(made)
        assert law.enforcement is not None
        assert law.enforcement.name in said(made)
        assert not made.incomplete
        assert made.sources == law.sources
        assert "{" not in said(made)

    def test_what_no_source_names_is_not_recorded(self, network: Network) -> None:
        assert law_of(Jurisdiction.SH).monitoring is None
        made = stated(network, **{**GEPRUEFT, "state": "DE-SH"})
        assert "Überwachung: nicht erfasst: keine ausgewertete Quelle nennt es" in said(made)

    def test_names_of_german_law_are_marked_on_english_pages(self, network: Network) -> None:
        made = stated(network, "en", **GEPRUEFT)
        german = {field.label for part in made.sections for field in part.fields if field.language == "de"}
        assert german == {"Method", "Conciliation or enforcement", "Act", "Ordinance", "Monitoring"}
        assert not [f for part in stated(network, **GEPRUEFT).sections for f in part.fields if f.language]

    @pytest.mark.parametrize(
        ("state", "words"),
        [
            ("DE-BE", "spätestens nach einem Monat"),
            ("DE-HE", "spätestens nach sechs Wochen"),
            ("DE-NI", "ist nicht erfasst. Das Bundesrecht nennt einen Monat"),
        ],
    )
    def test_the_time_for_an_answer_is_the_states(self, network: Network, state: str, words: str) -> None:
        assert words in said(stated(network, **{**GEPRUEFT, "state": state}))

    def test_the_operator_may_name_another_body(self, network: Network) -> None:
        other = {"enforcement": "Erfundene Stelle", "enforcement_url": "https://stelle.musterstadt.de/"}
        made = stated(network, **GEPRUEFT, **other)
        assert "Erfundene Stelle" in said(made)
        assert "Landesbeauftragten" not in said(made)


class TestClaims:
    def test_nothing_is_claimed_of_what_nobody_assessed(self, network: Network) -> None:
        made = stated(network)
        assert made.incomplete
        assert "noch nicht bewertet" in said(made)
        assert "teilweise vereinbar" not in said(made)

    @pytest.mark.parametrize("missing", ["assessed", "method"])
    def test_nor_without_date_or_method(self, network: Network, missing: str) -> None:
        fields = {key: value for key, value in GEPRUEFT.items() if key != missing}
        made = stated(network, **fields, conformity="full")
        assert "vollständig vereinbar" not in said(made)
        assert made.incomplete

    def test_an_assessment_without_a_result_is_no_claim(self, network: Network) -> None:
        made = stated(network, **GEPRUEFT)
        text = said(made).replace("\xa0", " ")
        assert "wurde geprüft (Stand: 1. März 2022); ein Ergebnis ist nicht angegeben" in text

    @pytest.mark.parametrize(
        ("conformity", "words"),
        [
            ("full", "vollständig vereinbar"),
            ("partial", "teilweise vereinbar"),
            ("none", "ist die Seite mit EN 301 549 V3.2.1 nicht vereinbar"),
        ],
    )
    def test_a_result_stands_with_its_date(self, network: Network, conformity: str, words: str) -> None:
        text = said(stated(network, **GEPRUEFT, conformity=conformity)).replace("\xa0", " ")
        assert words in text
        assert "(Stand: 1. März 2022)" in text

    def test_the_standard_is_an_aim(self, network: Network) -> None:
        for language in LANGUAGES:
            first, *rest = stated(network, language).sections
            assert "EN 301 549" in first.paragraphs[0]
            assert not any("WCAG" in paragraph for part in rest for paragraph in part.paragraphs)

    def test_after_a_year_it_says_that_it_is_old(self, network: Network) -> None:
        old = "älter als ein Jahr"
        assert old not in said(stated(network, as_of="2023-02-28", **GEPRUEFT))
        assert old in said(stated(network, as_of="2023-03-01", **GEPRUEFT))

    @given(
        conformity=st.sampled_from(Conformity),
        assessed=st.sampled_from([None, PartialDate(2022), PartialDate(2022, 3, 1)]),
        method=st.sampled_from([None, "Selbstbewertung"]),
        barriers=st.integers(0, 2),
    )
    def test_a_claim_never_exceeds_what_is_stated(
        self, conformity: Conformity, assessed: PartialDate | None, method: str | None, barriers: int
    ) -> None:
        known = tuple(Barrier(what="Etwas Erfundenes fehlt.") for _ in range(barriers))
        found = claim(Accessibility(assessed=assessed, method=method, conformity=conformity, barriers=known))
        ranks = list(Conformity)
        assert found is Conformity.NOT_ASSESSED or ranks.index(found) <= ranks.index(conformity)
        if assessed is None or method is None:
            assert found is Conformity.NOT_ASSESSED
        if barriers:
            assert found is not Conformity.FULL


class TestBarriers:
    def test_each_says_why_what_helps_and_until_when(self, network: Network) -> None:
        text = said(stated(network, barriers=[BARRIERE]))
        assert "Die erfundene Karte hat keine Beschreibung." in text
        for words in ("Grund: Sie ist neu.", "Alternative: Die Liste", "behoben sein: Dezember 2022"):
            assert words in text

    def test_what_is_not_translated_is_marked(self, network: Network) -> None:
        (fields,) = stated(network, "en", barriers=[BARRIERE]).sections[1].items
        assert [(field.value, field.language) for field in fields][:2] == [
            ("The invented map has no description.", ""),
            ("Sie ist neu.", "de"),
        ]

    def test_none_recorded_does_not_mean_that_there_are_none(self, network: Network) -> None:
        assert "Das heißt nicht, dass es keine gibt" in said(stated(network))


def test_feedback_names_mailbox_and_telephone(network: Network) -> None:
    made = stated(network, email="a@musterstadt.de", phone="030 123456")
    fields = {field.value: field.url for part in made.sections for field in part.fields if field.url}
    assert fields == {"a@musterstadt.de": "mailto:a@musterstadt.de", "030 123456": "tel:+4930123456"}


def test_without_a_mailbox_feedback_leads_to_the_imprint(network: Network) -> None:
    fields = {field.label: field.url for part in stated(network).sections for field in part.fields}
    assert fields["Impressum"] == "/impressum/"


def test_every_sentence_stands_in_every_language() -> None:
    for key, sentence in tomllib.loads(SENTENCES.read_text("utf-8")).items():
        assert set(sentence) == set(LANGUAGES), key
        holes = {language: set(re.findall(r"{(\w+)}", words)) for language, words in sentence.items()}
        assert holes["de"] == holes["en"] == holes["de-simple"], key


class TestWholeSite:
    def test_the_page_and_the_footer_of_every_page(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, {"content/pages/barrierefreiheit.md": ERKLAERUNG})
        site.write("site.yaml", f"{SITE}accessibility: {{state: DE-NI, barriers: [{{what: Erfundenes.}}]}}\n")
        assert site.build().published is not None
        page = site.html("barrierefreiheit")
        assert "Diese Seite ist noch nicht vollständig" in page
        assert "Niedersächsisches Behindertengleichstellungsgesetz" in page
        assert 'id="s-feedback"' in page
        assert "Schlichtungsstelle Niedersachsen" in page
        for path in ("", "staedte", "a-z"):
            assert 'href="/barrierefreiheit/#s-feedback"' in site.html(path)

    def test_a_mailbox_or_the_imprint_stand_in_where_there_is_no_statement(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, {"content/pages/impressum.md": IMPRESSUM})
        site.build()
        assert '<a href="/impressum/">Barriere oder Fehler melden</a>' in site.html("")
        site.write("site.yaml", f"{SITE}accessibility: {{email: a@musterstadt.de}}\n")
        site.build()
        assert '<a href="mailto:a@musterstadt.de">Barriere oder Fehler melden</a>' in site.html("")

    @pytest.mark.parametrize(
        ("fields", "code"),
        [
            ("{conformity: full}", "statement-unfounded"),
            ("{conformity: full, barriers: [{what: Etwas Erfundenes.}]}", "statement-contradiction"),
            ("{assessed: 2021-03-01, method: Selbst}", "statement-old"),
            ("{state: NI}", "unknown-choice"),
        ],
    )
    def test_what_the_check_says(self, tmp_path: Path, fields: str, code: str) -> None:
        site = MiniSite(tmp_path, templates=False)
        site.write("site.yaml", f"{SITE}accessibility: {fields}\n")
        assert code in {finding.split()[-1] for finding in site.findings()}

    def test_the_site_changes_when_the_assessment_turns_old(self, tmp_path: Path) -> None:
        site = MiniSite(tmp_path, {"content/pages/barrierefreiheit.md": ERKLAERUNG}, templates=False)
        site.write("site.yaml", f"{SITE}accessibility: {{assessed: 2022-03-01, method: Selbst}}\n")
        found = site.examine("2022-08-01").site
        assert found is not None
        assert found.moments.until is not None
        assert found.moments.until.isoformat() == "2023-03-01T00:00:00+01:00"
