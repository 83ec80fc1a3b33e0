"""Readers search the real site: by any spelling, narrowed, by keyboard alone, back and forth, and without luck."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from stadtnetz.text.compounds import Compounds, marked
from tests.browser.host import Host

SEARCH = "suche/"
STATUS = "#s-status"
RESULTS = "#s-found li"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Give a reader with JavaScript, who never was here before."""
    context = browser.new_context(locale="de-DE", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    expect.set_options(timeout=15_000)
    yield context
    context.close()


def ask(page: Page, query: str) -> None:
    """Type a question and send it off."""
    page.get_by_label("Suchbegriff").fill(query)
    page.keyboard.press("Enter")


def told(page: Page, query: str) -> int:
    """Wait for the answer to a question, and return how many results it announces."""
    words = page.locator(STATUS)
    expect(words).to_contain_text(re.compile(rf"^(Keine|[\d.]+) Treffer für „{re.escape(query)}“"))
    number = words.inner_text().partition(" ")[0]
    return 0 if number == "Keine" else int(number.replace(".", ""))


def titles(page: Page) -> list[str]:
    return page.locator(f"{RESULTS} h2").all_inner_texts()


@pytest.mark.parametrize("query", ["Lüneburg", "Lueneburg", "luneburg", "LÜNEBURG"])
def test_a_place_is_found_by_any_spelling_and_comes_first(page: Page, site: Host, query: str):
    page.goto(site.at(SEARCH))
    ask(page, query)
    assert told(page, query) > 10
    expect(page.locator(f"{RESULTS} a").first).to_have_text("Lüneburg")
    expect(page.locator(f"{RESULTS} a").first).to_have_attribute("href", re.compile("/staedte/lueneburg/$"))


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("Beteiligung", "Anlaufstelle für Bürger/-innenbeteiligung Treptow-Köpenick"),
        ("Zentrum", "Jugendförderungszentrum Gardelegen"),
        ("Agentur", "Ehrenamtsagentur Trier"),
        ("Stiftungen", "Bürgerstiftung Barnim Uckermark"),
        ("Häuser", "Heinrich-Böll-Haus Lüneburg"),
        ("Universitätsstadt", "Zwei Universitätsstädte lernen voneinander"),
        ("Dessau-Rosslau", "Dessau-Roßlau"),
        ("Bürger*innenbeteiligung", "Anlaufstelle für Bürger/-innenbeteiligung Treptow-Köpenick"),
    ],
)
def test_parts_of_compounds_and_other_forms_are_found(page: Page, site: Host, query: str, title: str):
    page.goto(site.at(f"{SEARCH}?q={quote(query)}"))
    assert told(page, query)
    while title not in titles(page) and page.locator("#s-more").is_visible():
        shown = page.locator(RESULTS).count()
        page.locator("#s-more").click()
        expect(page.locator(RESULTS)).not_to_have_count(shown)
    assert title in titles(page)


def test_an_excerpt_is_a_piece_of_the_page_s_record(page: Page, site: Host):
    page.goto(site.at(f"{SEARCH}?q=Beteiligung"))
    told(page, "Beteiligung")
    for item in page.locator(RESULTS).all():
        address = item.locator("a").get_attribute("href") or ""
        file = site.folder / address.partition("/netz/")[2] / "index.html"
        whole = " ".join(html.parse(str(file)).xpath("string(//main)").replace("·", " ").split())
        excerpt = item.locator(".card__text").inner_text()
        assert "|" not in excerpt
        for piece in re.split(r"[·…]", excerpt):
            first = " ".join(piece.split()[:4])
            assert first in whole or "„" in first, f"{first!r} is not on {address}"
        assert item.locator("mark").count()


def test_results_are_narrowed_and_counted(page: Page, site: Host):
    page.goto(site.at(SEARCH))
    expect(page.locator("#s-facets")).to_be_hidden()
    ask(page, "Tandem")
    everything = told(page, "Tandem")
    kind, state, year = page.get_by_label("Art"), page.get_by_label("Bundesland"), page.get_by_label("Jahr")
    numbers = [int(one) for one in re.findall(r"\((\d+)\)", kind.inner_text())]
    assert sum(numbers) == everything
    kind.select_option("news")
    expect(page.locator(STATUS)).to_contain_text("mit dieser Auswahl")
    news = told(page, "Tandem")
    assert 0 < news < everything
    assert all("Meldung" in one for one in page.locator(f"{RESULTS} .card__kicker").all_inner_texts())
    assert sum(int(one) for one in re.findall(r"\((\d+)\)", year.inner_text())) == news
    year.select_option("2022")
    expect(page.locator(f"{RESULTS} .card__kicker").filter(has_not_text="2022")).to_have_count(0)
    assert told(page, "Tandem") < news
    year.select_option("")
    kind.select_option("")
    state.select_option("DE-NI")
    expect(page).to_have_url(site.at(f"{SEARCH}?q=Tandem&state=DE-NI"))
    in_state = state.locator("option:checked")
    expect(in_state).to_have_text(re.compile(r"^Niedersachsen \(\d+\)$"))
    number = int(in_state.inner_text().partition("(")[2].rstrip(")"))
    expect(page.locator(STATUS)).to_have_text(f"{number} Treffer für „Tandem“ mit dieser Auswahl")
    assert 0 < number < everything
    expect(page.locator(f"{RESULTS} .card__kicker").filter(has_text="Niedersachsen").first).to_be_visible()


def test_a_keyboard_is_enough(page: Page, site: Host):
    page.goto(site.at("staedte/lueneburg/"))
    page.get_by_role("link", name="Suche", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(site.at(SEARCH))
    page.wait_for_load_state()  # the address is there before the page is, and a key then finds nothing
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "s-query":
            break
    page.keyboard.type("Netzwerk")
    page.keyboard.press("Enter")
    assert told(page, "Netzwerk") > 20
    assert page.evaluate("document.activeElement.id") == "s-query", "the focus stays where it was"
    page.locator("#s-more").focus()
    page.keyboard.press("Enter")
    expect(page.locator(RESULTS)).to_have_count(20)
    expect(page.locator(f"{RESULTS}:nth-child(11) a")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(STATUS)).to_have_count(0)


def test_back_and_forth_repeats_questions_and_an_address_can_be_passed_on(page: Page, site: Host):
    page.goto(site.at(SEARCH))
    ask(page, "Stendal")
    told(page, "Stendal")
    ask(page, "Lemgo")
    told(page, "Lemgo")
    page.go_back()
    expect(page.get_by_label("Suchbegriff")).to_have_value("Stendal")
    told(page, "Stendal")
    page.go_forward()
    told(page, "Lemgo")
    page.locator(f"{RESULTS} a").first.click()
    page.go_back()
    told(page, "Lemgo")
    expect(page).to_have_url(site.at(f"{SEARCH}?q=Lemgo"))
    page.go_back()
    page.go_back()
    expect(page.locator(STATUS)).to_have_text("")
    expect(page.locator(RESULTS)).to_have_count(0)


def test_nothing_found_helps_on(page: Page, site: Host):
    page.goto(site.at(SEARCH))
    expect(page.locator("#s-ways")).to_be_hidden()
    for query in ("Xylophon", "Lüneburg Xylophon", "x"):
        ask(page, query)
        assert told(page, query) == 0
        expect(page.locator(RESULTS)).to_have_count(0)
        expect(page.get_by_text("Versuchen Sie es mit einem anderen oder kürzeren Wort")).to_be_visible()
    page.locator("main").get_by_role("link", name="A bis Z").click()
    expect(page).to_have_url(site.at("a-z/"))


def test_english_readers_get_english_pages_first_and_then_german_ones(page: Page, site: Host):
    page.goto(site.at("en/suche/?q=Programm"))
    expect(page.locator(STATUS)).to_contain_text(re.compile(r"^\d+ results for “Programm”"))
    while page.locator("#s-more").is_visible():
        shown = page.locator(RESULTS).count()
        page.locator("#s-more").click()
        expect(page.locator(RESULTS)).not_to_have_count(shown)
    links = page.locator(f"{RESULTS} a")
    foreign = [one.get_attribute("lang") == "de" for one in links.all()]
    assert foreign == sorted(foreign)
    assert foreign[0] is False
    assert foreign[-1] is True
    addresses = [one.get_attribute("href") or "" for one in links.all()]
    assert any(one.endswith("/en/programm/") for one in addresses)
    assert not any(one.endswith("/netz/programm/") for one in addresses), "not a second time in German"
    german = page.locator(RESULTS).filter(has=page.locator("a[lang=de]")).first
    expect(german.locator(".card__kicker")).to_contain_text("in German")
    expect(german.locator("a")).to_have_attribute("hreflang", "de")


def test_pages_in_plain_german_are_called_so(page: Page, site: Host):
    page.goto(site.at(f"{SEARCH}?q=Programm&kind=page"))
    told(page, "Programm")
    plain = page.locator(RESULTS).filter(has=page.locator("a[href*='/einfach/']")).first
    expect(plain.locator(".card__kicker")).to_contain_text("in einfacher Sprache")


def test_without_javascript_the_page_leads_on(browser: Browser, site: Host):
    context = browser.new_context(java_script_enabled=False, locale="de-DE")
    page = context.new_page()
    page.goto(site.at(SEARCH))
    expect(page.locator("form")).to_be_hidden()
    expect(page.get_by_text("Die Suche braucht JavaScript")).to_be_visible()
    page.locator("main").get_by_role("link", name="A bis Z").click()
    expect(page).to_have_url(site.at("a-z/"))
    context.close()


@pytest.mark.parametrize("lost", ["facts.json", "pagefind.js", "wasm.de.pagefind", "pagefind-entry.json"])
def test_an_index_that_is_not_there_is_told(context: BrowserContext, site: Host, lost: str):
    def refuse(route: Route) -> None:
        route.fulfill(status=404, body="Nicht da")

    page = context.new_page()
    page.route(f"**/{lost}*", refuse)
    page.goto(site.at(f"{SEARCH}?q=Stendal"))
    expect(page.locator(STATUS)).to_contain_text("Die Suche lässt sich gerade nicht laden")
    expect(page.locator("main").get_by_role("link", name="A bis Z")).to_be_visible()
    page.unroute(f"**/{lost}*")
    page.reload()
    assert told(page, "Stendal")


def test_the_index_is_loaded_with_the_first_question_alone(page: Page, site: Host):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.at(SEARCH), wait_until="networkidle")
    assert not [one for one in asked if "/suche/index/" in one]
    ask(page, "Stendal")
    told(page, "Stendal")
    first = [one for one in asked if "/suche/index/" in one]
    assert 0 < len(first) <= 40
    ask(page, "Lemgo")
    told(page, "Lemgo")
    again = [one for one in asked if "/suche/index/" in one][len(first) :]
    assert not [one for one in again if not one.endswith((".pf_index", ".pf_fragment"))]


def test_nothing_is_stored(page: Page, site: Host):
    page.goto(site.at(f"{SEARCH}?q=Stendal"))
    told(page, "Stendal")
    kept = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
    assert kept == [0, 0, ""]


WORDS = st.lists(
    st.text(st.sampled_from("abBürgerbeteiligung*-|.„“&<ß"), min_size=1, max_size=20), min_size=1, max_size=70
)


def test_any_excerpt_is_a_piece_of_the_text(page: Page, site: Host):
    page.goto(site.at(SEARCH))
    script = page.locator("script[src*='/search.']").get_attribute("src")

    @given(st.lists(st.tuples(WORDS, st.lists(st.integers(0, 69), max_size=6)), min_size=20, max_size=40))
    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    def check(texts: list[tuple[list[str], list[int]]]) -> None:
        cases = [
            (" ".join(words), sorted({one for one in hits if one < len(words)})) for words, hits in texts
        ]
        given_ = [(marked(text, Compounds()), hits) for text, hits in cases]
        found = page.evaluate(
            "async ([script, cases]) => { const { excerpt } = await import(script);"
            " return cases.map(([text, hits]) => excerpt(text, hits)); }",
            [script, given_],
        )
        for (text, hits), pieces in zip(cases, found, strict=True):
            shown = "".join(piece["text"] for piece in pieces)
            assert shown.removeprefix("… ").removesuffix(" …") in text
            assert bool(hits) >= any(piece["hit"] for piece in pieces)

    check()
